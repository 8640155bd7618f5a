# Whether a claimed distance fits, by which definition, and where.
check() {
    echo "-- check $*"
    "$HOWFAR" check "$@" | sed '/^Boundaries/d'
}
# The first line is the verdict.
verdict() {
    echo "-- check $*"
    "$HOWFAR" check "$@" | head -n 1
}
check 429 Scotland --from Hertfordshire
check 300 "Newcastle upon Tyne" --from Greenwich
check 200 Liverpool --from Bexley
check 690km Highland --from Hertfordshire
verdict about 430 miles Scotland --from Hertfordshire
verdict over 400 Scotland --from Hertfordshire
verdict 400 to 450 Scotland --from London
verdict up to 300 England --from London
verdict 380 Scotland --from Hertfordshire
verdict 234 Scotland --from Hertfordshire
verdict 630 Scotland --from Hertfordshire
verdict 700 Scotland --from Hertfordshire
verdict 0 Scotland --from Hertfordshire
verdict 0 Essex --from Hertfordshire
verdict 10 Hertfordshire --from Hertfordshire
verdict 60 Hertfordshire --from Hertfordshire
verdict 422 57.48,-4.22 --from Hertfordshire
verdict 407 57.48,-4.22 --from Hertfordshire
verdict 415 57.48,-4.22 --from Hertfordshire
verdict 300 Inverness --from Hertfordshire
verdict 450 Bexley --from 57.48,-4.22
verdict 1.5 57.4900,-4.2500 --from 57.4800,-4.2200
verdict 30 57.4900,-4.2500 --from 57.4800,-4.2200
verdict 20 "SG13 8DE" --from "AL1 1AA"
