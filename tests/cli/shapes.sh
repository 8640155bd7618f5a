# Where boundaries are looked for, and what is said of files that are damaged.
mkdir set
cp "$ROOT"/shapes/howfar.* set
try() {
    echo "-- $1"
    shift
    "$HOWFAR" info "$@" 2>&1 | sed -n -e "s|$PWD/||" -e '/^File/p' \
        -e '/^howfar:/p' -e '/^Authorities/p'
}
try "by option" --shapes set
HOWFAR_SHAPES=$PWD/set/howfar.shp
export HOWFAR_SHAPES
try "by environment"
HOWFAR_SHAPES=nowhere
try "the option comes first" --shapes set/howfar
try "the environment is not passed over"
unset HOWFAR_SHAPES
mkdir -p .local/share/howfar/shapes/mine
cp set/howfar.* .local/share/howfar/shapes/mine
unset XDG_DATA_HOME
try "by the name of an installed set" --shapes mine
try "a folder here comes first" --shapes set
try "no such name" --shapes other
XDG_DATA_HOME=$PWD/data
export XDG_DATA_HOME
try "nothing is installed" --shapes mine
try "no such set" --shapes nowhere.shp
for part in shp shx dbf prj cpg; do
    mv set/howfar.$part kept
    try "no .$part" --shapes set
    n=40
    [ $part = cpg ] && n=3
    head -c $n kept >set/howfar.$part
    try "$n bytes of the .$part" --shapes set
    : >set/howfar.$part
    try "an empty .$part" --shapes set
    mv kept set/howfar.$part
done
: >set.zip
: >set.geojson
try "an archive" --shapes set.zip
try "another format" --shapes set.geojson
