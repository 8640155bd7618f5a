# A report on a return by its own fields: the Department's tables and --origin
# home take PL_DISTANCE, and only where no other origin is asked for.
export XDG_DATA_HOME=$PWD/data
SAMPLES=$ROOT/tests/data/ssda903
"$HOWFAR" postcodes import "$SAMPLES/directory.csv" -q >/dev/null || echo "exit status $?"
table() {
    "$HOWFAR" table "$SAMPLES/episodes.csv" --home Hertfordshire -q "$@"
}
facts() {
    grep -E '^(Short breaks|Counted|Miles|Method) '
}
echo "-- by locality"
table --template dfe-locality --suppress 0 -f csv | cut -d, -f11-
table --template dfe-locality --suppress 0 | facts
echo "-- UASC, and how many are left out, protected"
table --template dfe-bands --suppress 0 --uasc "$SAMPLES/uasc.csv" -f csv | cut -d, -f11-
table --template dfe-bands | facts | head -n 1
table --template dfe-bands --round 5 | facts | head -n 1
echo "-- from elsewhere, if asked"
table --template dfe-bands --suppress 0 --origin border | facts
echo "-- every row, from the children's homes"
table --origin home --suppress 0 --uasc "$SAMPLES/uasc.csv" >all.txt
sed -n '3p; /by destination/,/All outside/p; /not known, and why/,/^$/p' all.txt
facts <all.txt
echo "-- a file with distances and without postcodes"
printf 'CHILD,PL_DISTANCE,LA_PLACEMENT\n1,1.0,E10000015\n2,90.1,W06000015\n' >x.csv
"$HOWFAR" table x.csv --home Hertfordshire -q --suppress 0 --template dfe-locality -f csv |
    cut -d, -f11-
