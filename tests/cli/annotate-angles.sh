# Latitudes and longitudes with degree signs, minutes, seconds and directions.
{
    printf 'id,lat,long\n1,51.5°,-0.25°\n2,51.5°N,0.25°W\n'
    printf '3,"51°30'\''00""N","0°15'\''00""W"\n4,51 30 00 N,0 15 00 W\n'
    printf '5,51.5N,0.25\n6,51.5°W,0.25°N\n7,51.5°,0.25°\n'
} >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire -q
echo "-- in CP1252"
iconv -f UTF-8 -t CP1252 in.csv >cp1252.csv
"$HOWFAR" annotate cp1252.csv --home Hertfordshire -q |
    iconv -f CP1252 -t UTF-8
echo "-- the other way round"
sed 's/,lat,long/,long,lat/' in.csv >swapped.csv
"$HOWFAR" annotate swapped.csv --home Hertfordshire 2>&1
echo "exit status $?"
echo "-- both in one cell, or a grid reference"
printf 'Coordinates\n"51.5, -0.25"\n51.5N 0.25W\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire -q
printf 'Grid Ref\nTL 32 12\nTQ 29090 79645\n' >in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire -q
