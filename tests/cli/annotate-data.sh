# The published report's figures: 934 placements, 376 outside the county on the
# 500 m file (371 in truth), three in Highland 429 miles away.
set=$HOWFAR_DATA/boundaries/ctyua_2024_buc
rows=$HOWFAR_DATA/placements
if [ ! -d "$set" ] || [ ! -d "$rows" ]; then
    echo "no $HOWFAR_DATA" >&2
    exit 77
fi
for kind in latlong grid; do
    "$HOWFAR" annotate "$rows/hertfordshire_$kind.csv" --home Hertfordshire \
        --shapes "$set" -q >out.csv || echo "exit status $?"
    echo "$kind: $(wc -l <out.csv) lines"
    # Columns counted from the end, where there is no quoted comma.
    awk -F, 'NR > 1 { n[$(NF - 3)]++ }
        END { for (c in n) print "  " c, n[c] }' out.csv | LC_ALL=C sort
    grep -c S12000017 out.csv
    awk -F, '/S12000017/ { printf "  %.0f\n", $(NF - 2) }' out.csv
done
