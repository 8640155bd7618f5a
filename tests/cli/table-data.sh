# The figures of a published report, from one command: by postcodes,
# coordinates, destinations and counts of them; and what is withheld of them.
placements=$HOWFAR_DATA/placements
postcodes=$HOWFAR_DATA/postcodes/onspd_nov2025_gb.csv.gz
official=$HOWFAR_DATA/boundaries/ctyua_2024_buc
[ -f "$placements/hertfordshire_postcodes.csv" ] && [ -f "$postcodes" ] &&
    [ -d "$official" ] || {
    echo "no placements in HOWFAR_DATA" >&2
    exit 77
}
export XDG_DATA_HOME=$PWD/data
"$HOWFAR" postcodes import "$postcodes" -q >/dev/null || exit 1
table() {
    file=$1
    shift
    "$HOWFAR" table "$placements/hertfordshire_$file.csv" \
        --home Hertfordshire --group county -q "$@"
}
echo "-- as published"
table postcodes --by reason --suppress 0 >all.txt
sed -n 3p all.txt
grep -E '^  (London|Bedfordshire|Essex|Scotland|lack of provision) ' all.txt |
    tr -s ' '
grep '^Boundaries' all.txt | cut -c 1-20
echo "-- destinations alone, and counts of them"
table destinations --suppress 0 | sed -n 3p
table counts --suppress 0 | sed -n 3p
for file in postcodes destinations counts; do
    table $file --suppress 0 -f json | grep -A 1 '"destination":' |
        tr -d '\n' | sed 's/--/\n/g' | sort >$file.txt
done
cmp postcodes.txt destinations.txt && cmp postcodes.txt counts.txt &&
    wc -l <counts.txt
echo "-- on a file of 500 m"
table latlong --suppress 0 --shapes "$official" | sed -n 3p |
    cut -d ' ' -f 1-11
table latlong --shapes "$official" | grep '^Attribution' | cut -c 21-170
echo "-- withheld: the three in Scotland and their 429 miles"
for format in text md html json csv latex; do
    table postcodes --by reason -f $format >report
    printf '%s: %s 429\n' $format "$(sed '/<svg/,/<\/svg>/d' report |
        grep -c -E '(^|[^0-9])429([^0-9]|$)')"
done
table postcodes --by reason -f csv | grep '^Scotland'
table postcodes --by reason -f html |
    grep -c '<title>Scotland: number withheld</title>'
echo "-- no postcode, coordinate or identifier of a row"
table postcodes --by reason -f html >report
cut -d , -f 1,5 "$placements/hertfordshire_postcodes.csv" | tail -n +2 |
    tr , '\n' >secrets
wc -l <secrets
grep -c -F -f secrets report
exit 0
