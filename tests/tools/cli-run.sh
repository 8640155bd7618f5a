# The runner of script tests sees each difference, skips, updates.
mkdir suite
cat >command <<'END'
#!/bin/sh
echo "hello $*"
END
chmod +x command
run() {
    "$ROOT/tests/cli/run" -C suite ./command "$@"
    echo "exit status $?"
}
echo '"$HOWFAR" a; echo oops >&2; exit 3' >suite/one.sh
echo "-- nothing is expected"
run
echo "-- what is expected is written"
UPDATE=1 run
ls suite
cat suite/one.out suite/one.err suite/one.exit
echo "-- and found again"
run
echo "-- another exit status"
echo '"$HOWFAR" a; echo oops >&2' >suite/one.sh
run one
echo "-- UPDATE removes what is default"
UPDATE=1 run one
ls suite
echo "-- skipped"
echo 'echo "no data" >&2; exit 77' >suite/two.sh
run
echo "-- only skipped is not passed"
run two
echo "-- expected output of a test that is gone"
echo x >suite/gone.out
run one
echo "-- each test has an empty folder of its own"
rm suite/*
echo 'ls -A; touch here' >suite/a.sh
echo 'ls -A; touch here' >suite/b.sh
run
echo "-- no such test, no test at all, no command"
run none
rm suite/*
run
rm command
run 2>&1 | sed "s|$PWD|.|"
