# The examples of a README are run and compared.
cat >command <<'END'
#!/bin/sh
echo "hello $*"
END
chmod +x command
run() {
    "$ROOT/tools/check-readme" ./command page.md
    echo "exit status $?"
}
echo "-- what is right"
cat >page.md <<'END'
Words with `$ false` in them.

```sh
$ false
```

```console
$ howfar there
hello there
$ howfar one \
    two
hello one two
$ printf 'a\nb\nc\nd\n'
a
...
d
$ echo problem >&2
problem
```

```
$ not run
```

```console
$ true
```
END
run
echo "-- what is wrong"
cat >page.md <<'END'
```console
$ howfar there
hello here
$ printf 'a\nb\n'
a
$ printf 'a\nb\n'
...
c
$ true
more
```
END
run
echo "-- nothing to run"
echo 'No example.' >page.md
run | sed "s|$PWD/||"
