# A report as a page in a headless browser: it renders without a message on the
# console, sorts, prints and asks nobody for anything; a page that does
# otherwise is told.
command -v "${CHROMIUM:-chromium}" >/dev/null 2>&1 || {
    echo "no Chromium: tools/install-deps ci installs it" >&2
    exit 77
}
"$HOWFAR" table "$ROOT/tests/data/report.csv" --home Bexley --by reason -q \
    -o page.html || exit 1
grep -c '<title>Kent: 14 placements</title>' page.html
"$ROOT/tools/check-page" page.html
sed 's|</main>|<script>console.error("wrong")</script>&|' page.html >loud.html
"$ROOT/tools/check-page" loud.html 2>/dev/null
echo "exit status $?"
sed -e '/Content-Security-Policy/d' \
    -e 's|</main>|<img src="http://127.0.0.1:9/x.png" alt="">&|' \
    page.html >asking.html
"$ROOT/tools/check-page" asking.html 2>/dev/null
echo "exit status $?"
