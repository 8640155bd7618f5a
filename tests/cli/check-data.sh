# With the postcodes of Great Britain: 44 of Highland lie 428.7 to 429.3 miles
# from the centre of Hertfordshire, by an independent count.
postcodes=$HOWFAR_DATA/postcodes/onspd_nov2025_gb.csv.gz
shapes=$HOWFAR_DATA/boundaries/ctyua_2024_buc
if [ ! -f "$postcodes" ] || [ ! -d "$shapes" ]; then
    echo "no $postcodes or $shapes" >&2
    exit 77
fi
XDG_DATA_HOME=$PWD
export XDG_DATA_HOME
"$HOWFAR" postcodes import "$postcodes" >/dev/null 2>&1 || exit 1
"$HOWFAR" check 428.7-429.3 Highland --from 51.830034,-0.217568 \
    --shapes "$shapes" | sed -n '/authority/,/left out/p'
"$HOWFAR" check 429 Scotland --from Hertfordshire --shapes "$shapes" |
    sed -n '1p; /% of/,/left out/p; /^Postcodes/p'
