# Rows that could not be placed are exit status 3 only where that is asked for.
"$HOWFAR" annotate "$ROOT/tests/data/placements.csv" --home Kent -q >plain.csv
echo "exit status $?"
"$HOWFAR" annotate "$ROOT/tests/data/placements.csv" --home Kent -q --strict >strict.csv
echo "strict: exit status $?"
cmp plain.csv strict.csv
sed '$d' "$ROOT/tests/data/placements.csv" >all.csv
"$HOWFAR" annotate all.csv --home Kent -q --strict >/dev/null
echo "strict, all placed: exit status $?"
echo "-- a point at sea has miles and no place"
printf 'lat,lon\n53.5,-5.0\n' >sea.csv
"$HOWFAR" annotate sea.csv --home Kent --strict -o sea-out.csv 2>&1 | head -n 4
"$HOWFAR" annotate sea.csv --home Kent --strict -q >/dev/null
echo "strict, at sea: exit status $?"
echo "-- a closed standard output takes no other file's place"
"$HOWFAR" annotate all.csv --home Kent -q 2>&1 >&-
echo "exit status $?"
sed '$d' "$ROOT/tests/data/placements.csv" | cmp - all.csv
