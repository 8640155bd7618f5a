# What breaks off: a reader that has seen enough, a full disk, an interrupt; and
# a pipe as input, which is read like a file.
tail -n +2 "$ROOT/tests/data/placements.csv" >rows.csv
head -n 1 "$ROOT/tests/data/placements.csv" >many.csv
for i in 1 2 3 4 5 6 7 8 9 10; do cat rows.csv; done >ten.csv
for i in 1 2 3 4 5 6 7 8 9 10; do cat ten.csv; done >hundred.csv
for i in 1 2 3 4 5 6 7 8 9 10; do cat hundred.csv; done >>many.csv
"$HOWFAR" annotate many.csv --home Kent -q -o whole.csv
wc -l <whole.csv
cat many.csv | "$HOWFAR" annotate - --home Kent -q >piped.csv
cmp whole.csv piped.csv && echo "from a pipe: the same"

{ "$HOWFAR" annotate many.csv --home Kent -q; echo "closed: $?" >status; } |
    head -n 1
cat status
"$HOWFAR" annotate many.csv --home Kent -q -o /dev/full
echo "a full disk: $?"

# The pipe stays open, so that howfar waits for more when it is interrupted.
mkfifo slow
exec 3<>slow
"$HOWFAR" annotate slow --home Kent -q -o broken.csv &
howfar=$!
cat many.csv >&3
until ls broken.csv?* >beside 2>/dev/null; do sleep 0.1; done
while kill -INT $howfar 2>/dev/null; do sleep 0.1; done
wait $howfar
echo "interrupted: $?"
ls broken.csv* 2>/dev/null
exec 3>&-
