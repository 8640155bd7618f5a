# The first line: what may be a header, and what is a row and not to be shown.
try() {
    printf '%s\nEssex\nKent\n' "$1" >in.csv
    echo "-- $1"
    "$HOWFAR" annotate in.csv --home Hertfordshire --authority '#1' 2>&1 \
        >/dev/null | head -n 1
}
try LA
try County
try Wales
echo "-- codes of providers are no districts of postcodes"
printf 'CHILD,PLACE,PLACE_PROVIDER\n1,U4,PR0\n2,K2,PR1\n3,U4,PR4\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
echo "-- no header"
printf 'John Smith,SG13 8DE,foster\nAnn Other,AL1 3JE,kin\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
printf 'John Smith;1 High Street, Hertford;K2\nAnn Other;2 Low Road;K2\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
echo "-- codes of all countries"
printf 'code\nS12000017\nW06000015\nN09000003\nE10000012\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire --authority code -q |
    cut -d, -f1-4
echo "-- a first line that may be data is named by numbers"
printf 'Ann Lincoln;Kent Road\nBob;Essex\nCarl;Kent\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire --authority '#2' 2>&1 |
    head -n 1
printf 'Ann Lincoln;51 Kent Road\nBob;x\nCarl;y\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire --authority '#2' 2>&1
echo "-- two columns that fit alike"
printf 'id,LA,LA\n1,Essex,Kent\n2,Kent,Luton\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
printf 'id,LA,LA\n1,Essex,"essex "\n2,Kent,Kent\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1 | head -n 1
echo "-- no CSV"
printf '[{"place":"Kent"}]\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
printf '\n<html><body>Kent</body></html>\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1
printf 'id,place\n1,Kent\n2,"x\n3,Essex\n4,Kent\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1 >/dev/null | tail -n 1
printf 'id,place\n2,"x\n3,Essex\n4,Kent\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire 2>&1 >/dev/null
exit 0
