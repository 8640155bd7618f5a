"$HOWFAR" neighbours Hertfordshire
echo
"$HOWFAR" neighbours Bexley --format json | grep -c '"contact"'
"$HOWFAR" neighbours Scotland
