# The runner of the unit tests counts what passes, fails, is skipped, is lost in
# a crash, hangs, and never ran.
program() {
    { echo '#!/bin/sh'
      cat; } >"$1"
    chmod +x "$1"
}
run() {
    "$ROOT/tools/run-tests" "$@" | sed 's/([0-9]* s)/(N s)/'
}

program good <<'END'
echo 1..2
echo "ok 1 - adds"
echo "some words without a newlineok 2 - multiplies"
END
program skips <<'END'
echo 1..2
echo "ok 1 - adds"
echo "no ../data/x.csv: skipped"
echo "not ok 2 # SKIP reads"
END
program fails <<'END'
echo 1..3
echo "ok 1 - adds"
echo "x is 3, not 4" >&2
echo "not ok 2 - multiplies"
echo "ok 3 - divides"
exit 1
END
program crashes <<'END'
echo 1..3
echo "ok 1 - adds"
kill -SEGV $$
END
program leaks <<'END'
echo 1..1
echo "ok 1 - adds"
echo "4 bytes leaked" >&2
exit 23
END
program hangs <<'END'
echo 1..1
exec sleep 60
END
program nothing <<'END'
exit 0
END

for name in good skips fails crashes leaks nothing; do
    echo "-- $name"
    run ./$name
done
echo "-- hangs"
TEST_TIMEOUT=1 run ./hangs
echo "-- several"
run ./good ./fails ./skips
echo "-- none"
run

for name in good skips fails crashes leaks nothing; do
    "$ROOT/tools/run-tests" ./$name >/dev/null
    echo "$name: exit status $?"
done
