# What can't be annotated is told in one line that says what to do.
try() {
    echo "-- $1"
    shift
    "$HOWFAR" annotate in.csv --home Hertfordshire "$@" 2>&1
    echo "exit status $?"
}
try "no file"
: >in.csv
try "an empty file"
printf 'a,b\n1,x\n2,y\n' >in.csv
try "no location"
try "a column that is not there" --lat a --lon nowhere
try "half a pair" --lat a
printf 'latitude,longitude\n-0.3360,51.7550\n-1.1350,52.6369\n-4.2250,57.4780\n' \
    >in.csv
try "swapped axes"
printf 'latitude,longitude\n51.7550,-0.3360\n' >in.csv
try "a home that is a group" --home Scotland
try "a home that is nowhere" --home Hertfordshre
try "an origin that is nowhere" --origin Nowhere
