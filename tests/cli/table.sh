# Distances from an authority to a group, sorted; all with all; wrong usage.
"$HOWFAR" table --home Bexley --to "Inner London" --sort name |
    sed -e 's/[0-9][0-9]*\.[0-9]/N/g' -e '/^Boundaries/d'
"$HOWFAR" table --all --format csv >all.csv
wc -l <all.csv
"$HOWFAR" table --all --measure nearest --format csv | grep E09000004 |
    cut -d, -f1-3
"$HOWFAR" table --all --measure farthest
echo $?
"$HOWFAR" table --home Bexley --to "Inner London" --sort size
echo $?
"$HOWFAR" table
echo $?
