# Maps: by suffix and by --format, of home alone and of placements; what is
# withheld stands nowhere in them; wrong usage.
map() {
    "$HOWFAR" map "$@" -q
}
kind() {
    head -c 8 "$1" | tr -d '\211\r\032' | head -n 1 | cut -c 1-5
}
map "$ROOT/tests/data/report.csv" --home Bexley -o map.svg
map "$ROOT/tests/data/report.csv" --home Bexley -o map.png --scale 0.5
map --home Bexley --format pdf --rings 5,10 >map.pdf
kind map.svg
kind map.png
kind map.pdf
echo "-- hover texts"
sed -n 's|.*<title>\([^<]*:[^<]*\)</title>.*|\1|p' map.svg | sort | uniq -c |
    sed 's/^ *//'
echo "-- and without anything withheld"
"$HOWFAR" map "$ROOT/tests/data/report.csv" --home Bexley --suppress 0 \
    --group country --rings none 2>&1 >all.svg | grep -v columns
sed -n 's|.*<title>\([^<]*:[^<]*\)</title>.*|\1|p' all.svg | sort -u
echo "-- what the report of the same options shows"
titles() {
    grep -o '<title>[^<]*:[^<]*' | sort
}
for options in "" "--by reason" "--round 5" "--group region --by reason"; do
    map "$ROOT/tests/data/report.csv" --home Bexley $options | titles >drawn
    "$HOWFAR" table "$ROOT/tests/data/report.csv" --home Bexley $options -q \
        -f html | titles | cmp - drawn && grep -c withheld drawn
done
"$HOWFAR" map "$ROOT/tests/data/report.csv" --home Bexley -o map.svg 2>&1 |
    grep note
echo "-- no request, no script"
grep -c -E '<script|href="http|src="http' map.svg
refused() {
    echo "-- $*"
    map "$@" 2>&1 >/dev/null
    echo $?
}
refused
refused --home Bexley -o map.jpg
refused --home Bexley --rings 10,5
refused --home Bexley --width 100
[ -e map.jpg ] || echo "no map.jpg"
