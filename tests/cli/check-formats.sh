# The same for programs: every number in full, every row with --all.
"$HOWFAR" check 429 Highland --from Hertfordshire --format json |
    sed -E '/"boundaries"/d; s/([0-9]\.[0-9]{3})[0-9]+/\1/'
"$HOWFAR" check 429 Highland --from Hertfordshire --format csv | cut -d, -f1
"$HOWFAR" check 429 Highland --from Hertfordshire --format md | head -n 15
"$HOWFAR" check 429 Highland --from Hertfordshire --format html | grep -c '<table'
echo "-- rows without and with --all"
for all in "" --all; do
    "$HOWFAR" check 100 England --from Bexley $all --format json |
        grep -c '"share_percent"'
done
