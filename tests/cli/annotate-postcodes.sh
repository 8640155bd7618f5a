# Rows placed by postcode: a small directory, imported; then without it.
export XDG_DATA_HOME=$PWD/data
cat >rows.csv <<'END'
id,home_postcode,postcode,authority
1,SG13 8DE,IV1 1AA,
2,,sg138de,
3,SG13 8DE,BT1 5GS,
4,SG13 8DE,SG13,
5,SG13 8DE,ZZ99 3VZ,
6,SG13 8DE,SG13 8DZ,
7,SG13 8DE,SG13 BDE,
8,SG13 8DE,,940 / 941
9,SG13 8DE,,E07000242
END
annotate() {
    "$HOWFAR" annotate "$@" 2>&1 | sed 's/; boundaries .*//; s/.*: no postcodes are/... no postcodes are/'
}
echo "-- no postcodes are imported"
annotate rows.csv --home Hertfordshire
echo "-- and nothing else tells"
cut -d, -f1-3 rows.csv >bare.csv
annotate bare.csv --home Hertfordshire
cat >onspd_nov2025.csv <<'END'
pcds,oseast1m,osnrth1m,oslaua,osgrdind
SG13 8DE,532414,211995,E07000242,1
SG13 8DF,532614,211995,E07000242,1
IV1 1AA,266758,845637,S12000017,1
BT1 5GS,333832,374014,N09000003,1
END
"$HOWFAR" postcodes import onspd_nov2025.csv -q >/dev/null || echo "exit status $?"
echo "-- imported"
annotate rows.csv --home Hertfordshire
echo "-- a home for each row"
printf 'la,postcode\n919,SG13 8DE\nHighland,SG13 8DE\n,SG13 8DE\nNowhere,SG13 8DE\n' >homes.csv
annotate homes.csv --home-column la
annotate homes.csv --home-column la --home Belfast -q
echo "-- children by destination"
printf 'destination,children\nLondon,88\nEssex,51\nHertfordshire,7\n' >counts.csv
annotate counts.csv --home Hertfordshire
echo "-- columns by name"
annotate rows.csv --home Hertfordshire --postcode home_postcode --home-postcode postcode -q | head -n 3
annotate rows.csv --home Hertfordshire --postcode id
