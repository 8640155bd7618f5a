# Reports in files and formats, the Department's tables, provenance; a report
# from destinations with counts; miles from each child's home.
export XDG_DATA_HOME=$PWD/data
cp "$ROOT/tests/data/report.csv" in.csv
table() {
    "$HOWFAR" table in.csv --home Bexley -q "$@"
}
echo "-- the suffix tells the format"
for suffix in txt md html json csv tex xlsx; do
    table -o "report.$suffix"
    head -c 14 "report.$suffix" | tr -d '\000-\037\200-\377' | cut -c 1-12
    echo
done
echo "-- never over the input"
table -o in.csv
echo "-- templates"
table --template dfe-locality --year 2024 -f csv | head -n 4
table --template dfe-bands -f csv | tail -n 3
table --template dfe
table --template dfe-bands --year 24
echo "-- facts"
table -f json | sed -n '/"facts"/,$p' | sed '/"boundaries"/d; /"program"/d'
echo "-- small counts are announced"
"$HOWFAR" table in.csv --home Bexley --suppress 0 -f csv 2>&1 >/dev/null |
    tail -n 1
echo "-- children by destination"
printf 'destination,children\nKent,30\nLondon,12\nScotland,x\n' >counts.csv
"$HOWFAR" table counts.csv --home Bexley -q --group authority | head -n 3
"$HOWFAR" table counts.csv --home Bexley -q -f json | grep left_out
echo "-- provenance beside what is annotated"
"$HOWFAR" annotate in.csv --home Bexley -o out.csv --provenance out.json -q
sed -n 's/^    "\([a-z_0-9]*\)": .*/\1/p; /"reason"/p; /"rows"/p' out.json
