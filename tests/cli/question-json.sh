# JSON carries the answer and every number behind it, rounded here.
"$HOWFAR" Leicester --from Bexley --format json |
    sed 's/: \(-\{0,1\}[0-9]*\.[0-9][0-9][0-9]\)[0-9]*/: \1.../'
