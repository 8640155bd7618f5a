# A name that is not found gets its nearest spellings and exit status 1.
for name in Hertfordshre "Berkshire and Bucks" Nowhere Ireland "Isle of Man" \
    "IM1 1AA" "" 91,181; do
    echo "-- $name"
    "$HOWFAR" "$name" --from Bexley 2>&1
    echo "exit status $?"
done
"$HOWFAR" Kent --from Hertfordshre
