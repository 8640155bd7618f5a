# Rows that could not be placed are exit status 3 only where that is asked for.
"$HOWFAR" annotate "$ROOT/tests/data/placements.csv" --home Kent -q >plain.csv
echo "exit status $?"
"$HOWFAR" annotate "$ROOT/tests/data/placements.csv" --home Kent -q --strict >strict.csv
echo "strict: exit status $?"
cmp plain.csv strict.csv
sed '$d' "$ROOT/tests/data/placements.csv" >all.csv
"$HOWFAR" annotate all.csv --home Kent -q --strict >/dev/null
echo "strict, all placed: exit status $?"
