# The placements by postcode, destination and count; every authority of the
# sample. Barnsley and Sheffield count under either code.
index=$HOWFAR_DATA/postcodes
set=$HOWFAR_DATA/boundaries/ctyua_2024_buc
rows=$HOWFAR_DATA/placements
if [ ! -d "$index" ] || [ ! -d "$set" ] || [ ! -d "$rows" ]; then
    echo "no $HOWFAR_DATA" >&2
    exit 77
fi
export XDG_DATA_HOME=$PWD/data
"$HOWFAR" postcodes import "$index/onspd_nov2025_gb.csv.gz" -q >/dev/null ||
    echo "exit status $?"
for kind in postcodes destinations counts; do
    echo "$kind"
    "$HOWFAR" annotate "$rows/hertfordshire_$kind.csv" --home Hertfordshire \
        -o $kind.csv 2>&1 | grep outside
done
cut -d, -f9 "$rows/hertfordshire_full.csv" >truth
# Names with a comma stand in quotes in both.
awk -F, 'NR == FNR { t[FNR] = $0; next } FNR > 1 && index($0, t[FNR]) == 0 {
    n++ } END { print n + 0, "wrong authorities" }' truth postcodes.csv
cut -d, -f1 "$index/onspd_sample_40k_gb.csv" >sample.csv
for shapes in "$ROOT/shapes" "$set"; do
    "$HOWFAR" annotate sample.csv --home Hertfordshire --shapes "$shapes" -q \
        >out.csv || echo "exit status $?"
    paste -d, "$index/onspd_sample_40k_gb.csv" out.csv | tr -d '\r' |
        sed 's/E08000016/E08000038/g; s/E08000019/E08000039/g' |
        awk -F, 'NR > 1 { n++; wrong += $5 != $7 }
            END { print n, "rows,", wrong + 0, "wrong" }'
done
for threads in 1 2 5; do
    "$HOWFAR" annotate sample.csv --home Hertfordshire -q -j $threads | cksum
done | sort -u | wc -l
