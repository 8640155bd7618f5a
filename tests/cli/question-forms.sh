# The same question in other words has the same answer.
ask() {
    echo "-- $*"
    "$HOWFAR" "$@" | head -n 1
}
ask Scotland --from Hertfordshire
ask to Scotland --from Hertfordshire
ask --from=Hertfordshire scotland
ask --from HERTFORDSHIRE -- Scotland
ask Leicester --from Bexley
ask Bexley --from Bexley
ask 57.48,-4.22 --from Hertfordshire
ask 57.48, -4.22 --from Hertfordshire
ask '57°28′48″N 4°13′12″W' --from Hertfordshire
ask "TL 32 12" --from Bexley
ask London --from Hertfordshire
ask Hertfordshire --from 51.5,-0.1
