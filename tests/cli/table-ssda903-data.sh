# The Department's tables of 934 episodes on real postcodes, against a count
# by awk from the directory's own grid references and districts.
directory=$HOWFAR_DATA/postcodes/onspd_nov2025_gb.csv.gz
episodes=$HOWFAR_DATA/placements/hertfordshire_episodes_903.csv
if [ ! -r "$directory" ] || [ ! -r "$episodes" ]; then
    echo "no $HOWFAR_DATA" >&2
    exit 77
fi
export XDG_DATA_HOME=$PWD/data
"$HOWFAR" postcodes import "$directory" -q >/dev/null || echo "exit status $?"
gunzip -c "$directory" | awk -F, '
    function key(text) { gsub(/ /, "", text); return toupper(text) }
    NR == FNR {
        if (FNR > 1 && $4 != "V3" && $4 != "V4") {
            home[++n] = key($11); there[n] = key($12)
            wanted[home[n]]; wanted[there[n]]
        }
        next
    }
    (k = key($1)) in wanted { east[k] = $2; north[k] = $3; district[k] = $4 }
    END {
        split("E07000095 E07000096 E07000098 E07000099 E07000102 E07000103 " \
              "E07000240 E07000241 E07000242 E07000243", list, " ")
        for (i in list) own[list[i]]
        for (i = 1; i <= n; i++) {
            a = home[i]; b = there[i]
            side = !(b in district) ? "Not known or not recorded" : \
                district[b] in own ? "Inside boundary" : "Outside boundary"
            tenths = -1
            if (a in east && b in east) {
                m = sqrt((east[a] - east[b]) ^ 2 + (north[a] - north[b]) ^ 2)
                tenths = int(m / 160.93 + 0.5)
            }
            near = tenths < 0 ? "Not known or not recorded" : \
                tenths <= 200 ? "20 miles or less" : "Over 20 miles"
            count[side "," near]++; count[side ",Total"]++
            count["Total," near]++; count["Total,Total"]++
            band = tenths < 0 ? "Not known or not recorded" : \
                tenths <= 200 ? "Under 20 miles" : \
                tenths <= 400 ? "21 to 40 miles" : \
                tenths <= 600 ? "41 to 60 miles" : \
                tenths <= 800 ? "61 to 80 miles" : \
                tenths <= 1000 ? "81 to 100 miles" : "Over 100 miles"
            count[band]++; count["Total"]++
        }
        for (c in count) print c "," count[c]
    }' "$episodes" - | sort >counted
for template in dfe-locality dfe-bands; do
    "$HOWFAR" table "$episodes" --home Hertfordshire --template $template \
        --suppress 0 -f csv -q | tail -n +2 | cut -d, -f11- |
        sed 's/,[0-9k]*$//' | grep -v ',0$'
done | sort >table
cmp counted table && cat table
"$HOWFAR" table "$episodes" --home Hertfordshire --template dfe-bands -q |
    grep -E '^(Short breaks|Miles|Method) '
