# Boundary sets are downloaded, as a whole or not at all. The server on loopback
# ends with this script, and by itself after two minutes.
command -v python3 >/dev/null || { echo "no python3" >&2; exit 77; }
case $("$HOWFAR" --version) in
    howfar*) ;;
    *) echo "howfar is not built" >&2; exit 77 ;;
esac
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
export XDG_DATA_HOME=$PWD/data PYTHONDONTWRITEBYTECODE=1
shapes=$XDG_DATA_HOME/howfar/shapes

mkdir set web
cp "$ROOT"/shapes/howfar.* set
python3 -m zipfile -c web/set.zip set
python3 - <<'END'
data = bytearray(open("web/set.zip", "rb").read())
data[len(data) // 3] ^= 1
open("web/damaged.zip", "wb").write(data)
END

"$ROOT/tests/tools/serve-boundaries" web port log 120 &
server=$!
trap 'kill $server 2>/dev/null' EXIT
n=0
while [ ! -s port ] && [ $n -lt 100 ]; do
    sleep 0.1
    n=$((n + 1))
done
port=$(cat port) || exit 1
web=http://127.0.0.1:$port

get() {
    timeout 60 "$ROOT/tools/get-boundaries" --howfar "$HOWFAR" "$@" >got 2>&1
    status=$?
    sed -e "s|$PWD/||g" -e "s|$web|WEB|g" -e 's/[0-9a-f]\{64\}/HEX/g' \
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

try "a file, before" a web/set.zip
echo old >"$shapes/a/mark"
try "download" whole "$web/whole/set.zip"
try "cut once" cut "$web/cut/set.zip"
grep cut log | sed 's/=[1-9][0-9]*-/=N-/'
cmp "$shapes/cut/howfar.shp" set/howfar.shp
try "cut, and no second try" again "$web/cut/set.zip" --tries 1
holds
try "the same command goes on" again "$web/cut/set.zip" --tries 1
cmp "$shapes/again/howfar.shp" set/howfar.shp
try "changed in the meantime" other "$web/other/set.zip"
cmp "$shapes/other/howfar.shp" set/howfar.shp
try "busy" busy "$web/busy/set.zip"
try "not yet ready" late "$web/late/set.zip"
try "a feature service" service "$web/rest/Known/FeatureServer/0" \
    --portal "$web"
cat >list.csv <<END
name,title,vintage,resolution,address,attribution
known,Known areas,2023-12,20 m,$web/rest/Known/FeatureServer/0,Source: tests
other,Other areas,2022-12,20 m,$web/rest/Other/FeatureServer/0,Source: tests
END
rm set/howfar.about
(cd set && python3 -m zipfile -c ../web/set.zip howfar.*)
try "a known set" known --list list.csv --portal "$web"
"$HOWFAR" info --shapes known | sed -n 1p
try "a known set that is of another year" other --list list.csv \
    --portal "$web"
sed -e "s|$web|WEB|" -e 's/^\(sha256\|installed\): .*/\1: .../' \
    "$shapes/known/source.txt"
"$ROOT/tools/get-boundaries" --list list.csv | head -n 2
rm -r "$shapes"/??*

try "always cut, with no way to go on" a "$web/short/set.zip" --tries 2
try "a web page" a "$web/page/set.zip"
try "a damaged zip" a "$web/whole/damaged.zip"
try "wrong checksum" a "$web/whole/set.zip" --sha256 "$(printf %064d 0)"
try "404" a "$web/gone/set.zip"
try "a redirect into this machine" a "$web/away/set.zip"
echo "-- a redirect from https to http"
python3 - <<'END'
import importlib.machinery, importlib.util, os, urllib.request
loader = importlib.machinery.SourceFileLoader(
    "tool", os.environ["ROOT"] + "/tools/get-boundaries")
tool = importlib.util.module_from_spec(
    importlib.util.spec_from_loader("tool", loader))
loader.exec_module(tool)
try:
    tool.NoDowngrade().redirect_request(
        urllib.request.Request("https://safe.example/set.zip"), None, 302,
        "Found", {}, "http://open.example/set.zip")
except tool.Problem as problem:
    print(problem)
END
try "no such service" a "$web/rest/Gone/FeatureServer"
try "silence" a "$web/endless/set.zip" --tries 1 --timeout 1
holds
rm "$shapes"/.a.part*
try "no server" a "http://127.0.0.1:1/set.zip" --tries 1

echo "-- stopped half way"
"$ROOT/tools/get-boundaries" a "$web/endless/set.zip" --howfar "$HOWFAR" &
running=$!
n=0
while [ ! -s "$shapes/.a.part" ] && [ $n -lt 100 ]; do
    sleep 0.1
    n=$((n + 1))
done
try "while another one runs" b web/set.zip
kill $running
wait $running
echo "exit status $?"
holds
cat "$shapes/a/mark"

