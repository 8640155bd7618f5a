# SSDA903 returns: the derived fields beside the usual columns.
export XDG_DATA_HOME=$PWD/data
SAMPLES=$ROOT/tests/data
"$HOWFAR" postcodes import "$SAMPLES/ssda903/directory.csv" -q >/dev/null || echo "exit status $?"
annotate() {
    "$HOWFAR" annotate "$@" --home Hertfordshire 2>&1 | sed 's/; boundaries .*//'
}
# Without the columns whose last digit hangs on the boundary set.
rows() {
    "$HOWFAR" annotate "$@" --home Hertfordshire -q | cut -d, -f1-16,19-
}
fields() {
    annotate "$@" -q | cut -d, -f1,4,11-12,15-16,19-
}
echo "-- episodes"
annotate "$SAMPLES/ssda903/episodes.csv" -o out.csv
rows "$SAMPLES/ssda903/episodes.csv"
echo "-- who is UASC: by a file, by a column"
fields "$SAMPLES/ssda903/episodes.csv" --uasc "$SAMPLES/ssda903/uasc.csv" | sed -n 7p
printf 'CHILD,UASC\n1001,1\n1006,0\n1007,2\n' >header.csv
annotate "$SAMPLES/ssda903/episodes.csv" --header header.csv | grep -n 'UASC'
echo "-- a Header file that doesn't say, alone and beside the UASC file"
printf 'CHILD,SEX\n1001,1\n' >header.csv
annotate "$SAMPLES/ssda903/episodes.csv" --header header.csv
annotate "$SAMPLES/ssda903/episodes.csv" --header header.csv --uasc "$SAMPLES/ssda903/uasc.csv" -o out.csv | head -n 1
annotate "$SAMPLES/ssda903/episodes.csv" --uasc nothing.csv
printf 'SEX\n1\n' >header.csv
annotate "$SAMPLES/ssda903/episodes.csv" --uasc header.csv
echo "-- in any case, in any order, in French CSV, with the fields there already"
cat >mine.csv <<'END'
pl post;Home_Post;ls;PL_DISTANCE;note;child
CM1 1AA;SG13 8DE;c2;23,9;x;"10 01"
CM1 1AA;SG13 8DE;v3;;;
END
annotate mine.csv -o out.csv
cut -d ';' -f 1-9,12- out.csv
echo "-- XML"
annotate "$SAMPLES/ssda903/return.xml" -o out.csv
cut -d, -f1-17,20- out.csv
echo "-- XML from a pipe, parted by semicolons"
annotate - -d ';' -q <"$SAMPLES/ssda903/return.xml" | tail -n 1 | cut -d ';' -f 1-17,20-
echo "-- distance_and_Placement_Extended"
cat >extended.csv <<'END'
CHILD,SEX,DOB,UASC_STATUS,PL_DISTANCE,LA_PLACEMENT
1,1,01/01/2010,0,12.3,E10000015
2,1,01/01/2010,0,400.1,SCO
3,1,01/01/2010,0,999.9,CON
4,1,01/01/2010,0,999.9,NUK
5,1,01/01/2010,0,5.0,919
END
annotate extended.csv -o out.csv
cut -d, -f1-9,12- out.csv
