# The output is written beside the target and renamed, for its owner only; the
# input is never overwritten; what fails leaves no file.
cp "$ROOT/tests/data/placements.csv" in.csv
cp in.csv before.csv
"$HOWFAR" annotate in.csv --home Kent -q -o out.csv
ls -l out.csv | cut -c1-10
"$HOWFAR" annotate in.csv --home Kent -q -o in.csv
echo "onto itself: exit status $?"
ln in.csv link.csv
"$HOWFAR" annotate in.csv --home Kent -q -o link.csv
echo "onto itself by another name: exit status $?"
"$HOWFAR" annotate in.csv --home Kent -q >>in.csv
echo "onto itself by the shell: exit status $?"
cmp in.csv before.csv && echo "the input is as it was"
"$HOWFAR" annotate in.csv --home Kent -q -o none/out.csv
echo "into no folder: exit status $?"
"$HOWFAR" annotate in.csv --home Kent -q -o ""
echo "into a file without a name: exit status $?"
printf 'latitude,longitude\n51,0\n52,"1' >damaged.csv
"$HOWFAR" annotate damaged.csv --home Kent -q -o failed.csv
echo "an unclosed quote: exit status $?"
"$HOWFAR" annotate in.csv --home Kent -q >/dev/full
echo "a full disk: exit status $?"
ls -A
