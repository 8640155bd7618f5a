# Wrong usage is one line on standard error and exit status 2.
try() {
    echo "-- howfar $*"
    "$HOWFAR" "$@" 2>&1
    echo "exit status $?"
}
try Scotland
try --from Hertfordshire
try Scotland --from
try Scotland --from Hertfordshire --frm Kent
try Scotland --from Hertfordshire --format yaml
try annotate
try annotate x.csv
try annotate x.csv y.csv --home Kent
try annotate x.csv --home Kent --threads many
try annotate x.csv --home Kent --delimiter ab
try neighbours
try neighbours Kent --tolerance wide
try Kent --from Essex --as-of 2019-13-01
