# The same bytes come out whatever the number of threads.
awk 'BEGIN {
    print "id,lat,lon"
    for (i = 0; i < 20000; i++)
        printf "%d,%.5f,%.5f\n", i, 50 + i % 997 / 100, -6 + i % 1009 / 130
}' >in.csv
for n in 1 2 5; do
    "$HOWFAR" annotate in.csv --home Hertfordshire -q --threads $n >out$n.csv
    echo "$n: exit status $?, $(wc -l <out$n.csv) lines"
done
cmp out1.csv out2.csv && cmp out1.csv out5.csv && echo "the same"
# A reader that leaves is an error of writing, in one line.
{ "$HOWFAR" annotate in.csv --home Hertfordshire -q; echo "exit status $?" >&2; } |
    head -n 1
