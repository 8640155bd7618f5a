# Rows come out in order, their own bytes unchanged, with columns added.
cp "$ROOT/tests/data/placements.csv" .
"$HOWFAR" annotate placements.csv --home Hertfordshire >out.csv
cat out.csv
cut -d, -f1-3 placements.csv >in.cut
cut -d, -f1-3 out.csv | cmp - in.cut && echo "the input is there" >&2
