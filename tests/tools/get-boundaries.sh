# Boundary sets are taken from files, checked, installed whole or not at all,
# and then found by their names.
command -v python3 >/dev/null || { echo "no python3" >&2; exit 77; }
case $("$HOWFAR" --version) in
    howfar*) ;;
    *) echo "howfar is not built" >&2; exit 77 ;;
esac
export XDG_DATA_HOME=$PWD/data PYTHONDONTWRITEBYTECODE=1
shapes=$XDG_DATA_HOME/howfar/shapes

mkdir set zips
cp "$ROOT"/shapes/howfar.* set
python3 - <<'END'
import os, struct, zipfile

def pack(name, folder, files, method=zipfile.ZIP_STORED):
    with zipfile.ZipFile("zips/" + name, "w", method) as archive:
        for file in files:
            archive.write("set/howfar." + file[-3:].lower(), folder + file)

ends = ["shp", "shx", "dbf", "prj", "cpg"]
pack("set.zip", "", ["howfar." + e for e in ends])
pack("deep.zip", "a/b/", ["howfar." + e.upper() for e in ends],
     zipfile.ZIP_DEFLATED)
pack("two.zip", "", [n + e for n in ("one.", "other.") for e in ends])
pack("bare.zip", "", ["howfar.shp", "howfar.dbf"])
pack("none.zip", "", ["howfar.prj"])
pack("climbs.zip", "../../../", ["howfar." + e for e in ends])
whole = open("zips/set.zip", "rb").read()
open("zips/cut.zip", "wb").write(whole[:len(whole) // 2])
at = len(whole) // 3
open("zips/damaged.zip", "wb").write(
    whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
open("zips/empty.zip", "wb").close()
open("zips/features.json", "w").write('{"type": "FeatureCollection"}')

shp, dbf = (open("set/howfar." + e, "rb").read() for e in ("shp", "dbf"))
def variant(name, shp, dbf):
    os.mkdir(name)
    for end in ends:
        data = {"shp": shp, "dbf": dbf}.get(end)
        if data is None:
            data = open("set/howfar." + end, "rb").read()
        open("%s/%s.%s" % (name, name, end), "wb").write(data)
variant("cut", shp[:-1000], dbf)
parts, points = struct.unpack("<2i", shp[144:152])
n = struct.unpack("<i", shp[156:160])[0] if parts > 1 else points
at = 152 + 4 * parts
ring = [shp[at + 16 * i:at + 16 * (i + 1)] for i in range(n)]
variant("turned", shp[:at] + b"".join(ring[::-1]) + shp[at + 16 * n:], dbf)
variant("lines", shp[:32] + struct.pack("<i", 3) + shp[36:], dbf)
variant("districts", shp, dbf.replace(b"E10000015", b"E07000095"))
variant("regions", shp, dbf.replace(b"E10000015", b"E12000006"))
variant("nameless", shp, dbf[:200])
END

get() {
    timeout 60 "$ROOT/tools/get-boundaries" --howfar "$HOWFAR" "$@" >got 2>&1
    status=$?
    sed -e "s|$PWD/||g" -e 's/[0-9a-f]\{64\}/HEX/g' \
        -e 's/\(cut short or damaged\): its header.*/\1: .../' \
        -e 's/[0-9][0-9]* of [0-9][0-9]* bytes/N of N bytes/' \
        -e 's/\(authorities, [0-9]*\), .*/\1, .../' got
    [ $status -eq 0 ] || echo "exit status $status"
}
try() {
    echo "-- $1"
    shift
    get "$@"
}
# What the folder of sets holds, dot files and all but for the lock.
holds() {
    echo "holds:" $(ls -A "$shapes" | grep -v '^\.lock$')
}

try "a zip" a zips/set.zip
ls "$shapes/a"
try "a folder" b set
try "a .shp" c set/howfar.shp
try "a zip with folders and capitals" d zips/deep.zip
try "one of two in a zip" e zips/two.zip --layer other
ls "$shapes/e"
try "a zip that climbs out of its folder" f zips/climbs.zip
holds

# Each was found valid, whatever the .about file that came with it says.
echo "-- marked as valid"
for name in a b e; do
    sum=$("$HOWFAR" info --shapes $name | sed -n 's/^CRC-32 *//p')
    grep '^valid' "$shapes/$name"/*.about | sed "s/$sum/its checksum/"
done
printf '\n\n\nvalid CRC-32 00000000\n' >turned/turned.about
get t turned | sed -n 1p
"$HOWFAR" info --shapes t | sed -n '/^Valid/p'
grep -c . "$shapes"/t/turned.about
rm -r "$shapes/t"

echo "-- howfar finds it by name"
"$HOWFAR" info --shapes a | sed -n -e "s|$PWD/||" -e 1,2p
HOWFAR_SHAPES=e "$HOWFAR" info | sed -n -e "s|$PWD/||" -e 1,2p
"$HOWFAR" info --shapes g 2>&1 | sed "s|$PWD/||"
mkdir b
"$HOWFAR" info --shapes b 2>&1
rmdir b
(unset XDG_DATA_HOME; "$HOWFAR" info --shapes a 2>&1 | sed "s|$PWD/||")
(unset HOME; XDG_DATA_HOME=data "$HOWFAR" info --shapes a 2>&1)
rm -r "$shapes"/[b-f]
"$ROOT/tools/get-boundaries" | sed -n -e "s|$PWD/||" -e '/^Installed/,$p'

echo old >"$shapes/a/mark"
for name in cut damaged none bare two empty; do
    try "$name.zip" a zips/$name.zip
done
try "JSON" a zips/features.json
try "nothing there" a zips/nowhere.zip
try "no such layer" a zips/two.zip --layer third
for name in cut lines districts regions nameless; do
    try "a folder: $name" a $name
done
try "no shapefile in the folder" a zips
try "wrong checksum" a zips/set.zip --sha256 "$(printf %064d 0)"
holds
cat "$shapes/a/mark"
try "right checksum, and a new set for the old" a zips/set.zip \
    --sha256 "$(sha256sum zips/set.zip | cut -c 1-64)"
ls "$shapes/a"
cmp "$shapes/a/howfar.shp" set/howfar.shp

echo old >"$shapes/a/mark"
echo "-- killed between two renames"
mv "$shapes/a" "$shapes/.a.old"
mkdir "$shapes/.a.new"
get a zips/cut.zip
holds
cat "$shapes/a/mark"

try "a name that is not in the list" nowhere
python3 - <<'END'
import csv, os, re
with open(os.environ["ROOT"] + "/tools/boundaries.csv", newline="",
          encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
assert rows and len({row["name"] for row in rows}) == len(rows)
for row in rows:
    assert all(row.values()) and None not in row, row
    assert re.match(r"https://[^ ]+/FeatureServer/\d+$", row["address"]), row
    assert re.match(r"20\d\d-\d\d$", row["vintage"]), row
    assert row["vintage"][:4] in row["name"] and \
        row["vintage"][:4] in row["title"], row
END
try "a file where the name should be" zips/set.zip
try "no checksum" a zips/set.zip --sha256 12
try "no howfar" a zips/set.zip --howfar ./none
