# Every official distance of 934 episodes on real postcodes, against the formula
# worked out by awk from the directory's own grid references; and the same
# episodes reconciled with what was added, as they are and with one wrong.
directory=$HOWFAR_DATA/postcodes/onspd_nov2025_gb.csv.gz
episodes=$HOWFAR_DATA/placements/hertfordshire_episodes_903.csv
if [ ! -r "$directory" ] || [ ! -r "$episodes" ]; then
    echo "no $HOWFAR_DATA" >&2
    exit 77
fi
export XDG_DATA_HOME=$PWD/data
"$HOWFAR" postcodes import "$directory" -q >/dev/null || echo "exit status $?"
"$HOWFAR" annotate "$episodes" --home Hertfordshire -q -o out.csv
gunzip -c "$directory" | awk -F, '
    function key(text) { gsub(/ /, "", text); return toupper(text) }
    NR == FNR {
        if (FNR > 1) {
            status[FNR] = $4; home[FNR] = $11; there[FNR] = $12; says[FNR] = $20
            wanted[key($11)]; wanted[key($12)]; n = FNR
        }
        next
    }
    (k = key($1)) in wanted { east[k] = $2; north[k] = $3 }
    END {
        for (i = 2; i <= n; i++) {
            a = key(home[i]); b = key(there[i])
            if (status[i] == "V3" || status[i] == "V4") should = ""
            else if (!(a in east) || !(b in east)) should = "999.9"
            else {
                miles = sqrt((east[a] - east[b]) ^ 2 + (north[a] - north[b]) ^ 2)
                should = sprintf("%.1f", int(miles / 160.93 + 0.5) / 10)
            }
            rows++
            if (says[i] != should) wrong++
            else if (should != "" && should != "999.9") measured++
        }
        print rows, "rows,", measured, "measured,", wrong + 0, "wrong"
    }' out.csv -
cut -d, -f1-13,20-22 out.csv >right.csv
"$HOWFAR" reconcile right.csv --home Hertfordshire -q | head -n 1
awk -F, -v OFS=, 'NR == 501 { $14 += 0.3 } 1' right.csv >wrong.csv
"$HOWFAR" reconcile wrong.csv --home Hertfordshire -q | head -n 1
