# Missing packages are found, named and installed; apt-get and its neighbours
# are stood in for, so nothing is installed here.
mkdir bin
sh=$(command -v sh)
for tool in awk cat ls env grep sed; do
    ln -s "$(command -v $tool)" bin/$tool
done
fake() {
    { echo "#!$sh"
      cat; } >"bin/$1"
    chmod +x "bin/$1"
}
fake dpkg-query <<'END'
cat installed
exit 1
END
fake apt-get <<'END'
echo "apt-get $*"
case "$*" in
    *update*) : >updated ;;
    *install*)
        if [ -e stale ] && [ ! -e updated ]; then
            echo "E: no such file on the server"
            exit 100
        fi
        for word in "$@"; do echo "installed $word" >>installed; done ;;
esac
END
fake id <<'END'
cat uid
END
run() {
    echo "-- $1"
    shift
    PATH=$PWD/bin APT_LISTS=$PWD/lists "$sh" "$ROOT/tools/install-deps" "$@" \
        2>&1
    echo "exit status $?"
}
everything() {
    for name in $("$ROOT/tools/install-deps" "$1" --list); do
        echo "installed $name"
    done
}

echo 0 >uid
mkdir lists
: >lists/mirror_Packages.lz4
everything run >installed
run "nothing is missing"
run "the tests need more" check
everything run | grep -v -e jansson -e geos >installed
echo 'config-files libgeos-dev' >>installed
run "some are missing, one of them removed but not purged" run
: >stale
everything run | grep -v jansson >installed
rm -f updated
run "old lists are brought up to date" run
rm -f stale updated lists/*
everything run | grep -v jansson >installed
run "there are no lists yet" run
: >lists/mirror_Packages.lz4
echo 1000 >uid
everything run | grep -v jansson >installed
run "neither root nor sudo" run
fake sudo <<'END'
echo "sudo $1 $2 $3 $4"
exec "$@"
END
run "sudo" run
rm bin/apt-get
run "no apt" check
run "wrong usage" everything
