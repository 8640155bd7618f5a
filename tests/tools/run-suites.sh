# The sum of suites; one that dies, ends badly or runs nothing counts.
run() {
    echo "-- $1"
    shift
    "$ROOT/tools/run-suites" logs "$@" 2>&1
    echo "exit status $?"
}
run "all pass" one 'echo "3 passed, 0 failed"' \
    two 'echo words; echo "4 passed, 0 failed, 2 skipped"'
run "one fails" one 'echo "3 passed, 2 failed"; false' \
    two 'echo "4 passed, 0 failed"'
run "one dies" one 'echo "3 passed, 0 failed"' two 'echo half; exit 9'
run "one ends badly" one 'echo "3 passed, 0 failed"; exit 3'
run "nothing ran" one 'echo "0 passed, 0 failed"'
run "wrong usage" one
ls logs
