# An SSDA903 return checked: each mistake found once, and nothing else.
export XDG_DATA_HOME=$PWD/data
SAMPLES=$ROOT/tests/data/ssda903
"$HOWFAR" postcodes import "$SAMPLES/directory.csv" -q >/dev/null || echo "exit status $?"
reconcile() {
    "$HOWFAR" reconcile "$@" --home Hertfordshire 2>&1
    echo "exit status $?"
}
facts_off() {
    sed '/^Method/d; /^Boundaries/d; /^Columns/d'
}
echo "-- every mistake once"
reconcile "$SAMPLES/reconcile.csv" | facts_off
echo "-- with a UASC among them; as CSV"
printf 'CHILD,DUC\n1008,\n1004,01/02/2025\n' >uasc.csv
reconcile "$SAMPLES/reconcile.csv" --uasc uasc.csv --format csv --limit 3 | grep -v ^boundaries
echo "-- what annotate writes is right"
cut -d, -f1-13 "$SAMPLES/reconcile.csv" >bare.csv
"$HOWFAR" annotate bare.csv --home Hertfordshire -q | cut -d, -f1-13,20-22 >right.csv
reconcile right.csv | head -n 1
reconcile right.csv -q --format csv | grep -v ^boundaries
echo "-- last year's file"
head -n 4 right.csv | sed 's/,1\.8,IN/,2.3,IN/2; 2s/,1\.8,/,2.2,/; 3s/,1\.8,/,,/; 4s/,1\.8,/,1.6,/; 4s/03\/04\/2024/3\/4\/2024/' >last.csv
sed -n '9s/,23\.9,/,80.0,/p' right.csv | sed 's/,S,C2/,P,C2/' >>last.csv
sed -n '10s/,,,,SG13/,31\/03\/2024,,,SG13/p' right.csv | sed 's/,23\.9,/,80.0,/' >>last.csv
sed -n '2,$p' last.csv | cut -d, -f1-3,8,14
reconcile right.csv --previous last.csv | facts_off | head -n 9
echo "-- last year's without the derived fields: from its postcodes"
cut -d, -f1-13 last.csv >last-bare.csv
reconcile bare.csv --previous last-bare.csv | facts_off
echo "-- XML that has them"
sed 's|</PL>|</PL><PL_DISTANCE>1.5</PL_DISTANCE>|' "$SAMPLES/return.xml" >return.xml
reconcile return.xml | facts_off
echo "-- distance_and_Placement_Extended"
cat >extended.csv <<'END'
CHILD,UASC_STATUS,PL_DISTANCE,LA_PLACEMENT
1,0,12.3,E10000015
2,0,,Essex
3,1,4.5,SCO
4,0,1000,
5,0,999.9,CON
END
reconcile extended.csv | facts_off | head -n 7
echo "-- refused"
reconcile bare.csv
printf 'postcode,x\nSG13 8DE,1\n' >other.csv
reconcile other.csv
reconcile right.csv --previous extended.csv
reconcile right.csv --previous nowhere.csv
"$HOWFAR" reconcile right.csv || echo "exit status $?"
