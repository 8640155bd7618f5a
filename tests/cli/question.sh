"$HOWFAR" Scotland --from Hertfordshire
