# A report on a file of placements: as text, with small counts shown and
# withheld, grouped and broken down; what is no breakdown; wrong usage.
table() {
    "$HOWFAR" table "$ROOT/tests/data/report.csv" --home Bexley "$@" |
        sed '/^Boundaries/d'
}
echo "-- small counts shown"
table --suppress 0 --by reason
echo "-- withheld"
table --by reason --format csv 2>/dev/null
echo "-- by region"
table --group region --bands dfe-locality --suppress 0 --format csv -q |
    sed -n '/^destination/,$p'
echo "-- from the border to the border of an area"
table --origin border --suppress 0 -q | grep -E '[Mm]easured'
echo "-- rounded"
table --round 5 --format csv -q | head -n 6
refused() {
    echo "-- $*"
    "$HOWFAR" table "$ROOT/tests/data/report.csv" "$@" -q >all 2>&1
    status=$?
    sed "s|$ROOT/||" all
    echo $status
}
refused --home Bexley --by child_id
refused --home Bexley --by where
refused --home Bexley --by nothing
refused --home Bexley --bands 50,20
refused --home Bexley --bands dfe
refused --home Bexley --group parish
refused
