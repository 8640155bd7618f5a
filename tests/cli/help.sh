for command in to annotate check neighbours authorities places info; do
    echo "-- $command"
    "$HOWFAR" $command --help || echo "exit status $?"
done
