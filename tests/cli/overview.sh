"$HOWFAR" --version
"$HOWFAR" --help
echo "exit status $?"
"$HOWFAR" >out 2>err
echo "without a word: exit status $?, $(wc -c <out) bytes on standard output"
cmp err - <<END && echo "the overview goes to standard error then"
$("$HOWFAR" --help)
END
