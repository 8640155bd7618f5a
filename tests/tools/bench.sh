# A small run of what measures: everything runs, and the answers agree.
command -v python3 >/dev/null || {
    echo "no python3" >&2
    exit 77
}
build=$(dirname "$HOWFAR")
programs=$build/bench
[ -x "$programs/bench-rows" ] || {
    echo "run 'make bench-programs' first" >&2
    exit 77
}
set=$ROOT/shapes/howfar.shp
export BENCH_OUT=$PWD HOWFAR_DATA=$PWD/none HOWFAR_SHAPES=$set
export BENCH_ROWS=1000 BENCH_ROUNDS=1 BENCH_PEERS=none
"$ROOT/tools/bench/run" "$build" >printed 2>said
echo "exit status $?"
cmp printed result.md && echo "what is printed is kept"
grep -c 'FAILED\|failed' said printed
sed -n 's|; /.*||; /all answers/p' said
sed -n 's/^| howfar | \([0-9,]*\) | \([0-9]*\) .*/\2 of \1 rows differ/p' printed
sed -n 's/^| \(howfar[^|]*\) | [0-9,]* | .*| [0-9]* MB |.*/\1/p' printed |
    grep -v 'postcode\|another home'
grep -c '^| border distances of all pairs | [0-9]' printed
echo "-- the table of README"
"$ROOT/tools/bench/readme-table" result.json |
    sed -n 's/^| \(howfar, [12] thread[^|]*\) | [0-9].*/\1/p'
echo "-- the same seed makes the same rows, another one others"
for seed in 1 1 2; do
    "$programs/bench-rows" "$set" points 500 $seed | cksum
done | sort | uniq -c | awk '{ print $1 }' | sort
"$programs/bench-rows" "$set" grid 3 1 | head -n 1
"$programs/bench-rows" "$set" homes 3 1 | head -n 1
"$programs/bench-rows" "$set" codes 300 1 | cut -d, -f3 | grep -c '^[ENSW][0-9]'
echo "-- rows over and over"
printf 'a,b\n1,2\n3,4\n' >few.csv
"$programs/bench-repeat" few.csv 5
echo "-- more vertices, the same answers"
"$programs/bench-rows" "$set" points 300 1 >rows.csv
BENCH_MAX=1000 BENCH_VERTICES=200000 \
    "$ROOT/tools/bench/scaling" "$build" >printed 2>said
echo "exit status $?"
grep 'rows changed' said | sed 's/[0-9]* vertices/more vertices/'
grep -c '<polyline' scaling.svg
echo "-- what is wrong is said"
BENCH_ROWS=few "$ROOT/tools/bench/run" "$build" 2>&1
"$programs/bench-rows" "$set" nothing 1 1 2>&1
"$programs/bench-slow" "$set" E99999999 </dev/null 2>&1
"$programs/bench-measure" result /bin/false
cut -d' ' -f4 result
