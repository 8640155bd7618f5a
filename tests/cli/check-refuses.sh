# Claims that are none, and wrong usage: one line, and exit status 2; --strict:
# exit status 3 where nothing fits.
try() {
    echo "-- check $*"
    "$HOWFAR" check "$@" 2>&1 >out
    echo "exit status $?, $(wc -l <out) lines"
}
try
try 429
try 429 Scotland
try Scotland --from Kent
try "429 furlongs" Scotland --from Kent
try 429m Scotland --from Kent
try -5 Scotland --from Kent
try 1,20 Scotland --from Kent
try 450-400 Scotland --from Kent
try 400-450km Scotland --from Kent
try over 400-450 Scotland --from Kent
try 99999 Scotland --from Kent
try 429 Atlantis --from Kent
try 429 Scotland --from Atlantis
try 429 Scotland --from Kent --postcodes /nonexistent
try 429 Scotland --from Hertfordshire --strict
try 700 Scotland --from Hertfordshire
try 700 Scotland --from Hertfordshire --strict
try between 400 and 300 Newcastle upon Tyne --from Kent
