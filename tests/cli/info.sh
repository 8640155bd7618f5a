# What was loaded, by which libraries; versions differ from system to system.
"$HOWFAR" info | sed -e "s|$ROOT/||" -e 's|build/[^.]*/\.\./\.\./||' \
    -e 's/^\(PROJ\|GEOS\|howfar\)\( *\)[0-9].*/\1\2(version)/'
