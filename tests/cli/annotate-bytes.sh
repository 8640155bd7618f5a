# Byte order mark, CRLF, quoted newlines, an encoding that is not UTF-8 and a
# missing final newline come out as they went in.
printf '\357\273\277id;"latitude";longitude;words\r\n' >in.csv
printf '1;51.7550;-0.3360;"a ""quoted""\r\nword"\r\n' >>in.csv
printf '2;52.6369;-1.1350;caf\351\r\n' >>in.csv
printf '3;;;short\r\n4;51.9029;-0.2019;last' >>in.csv
"$HOWFAR" annotate in.csv --home Hertfordshire --quiet | od -c | sed 's/ *$//'
"$HOWFAR" annotate - --home Hertfordshire --quiet <in.csv >piped.csv
"$HOWFAR" annotate in.csv --home Hertfordshire --quiet -o file.csv
cmp piped.csv file.csv && echo "a pipe and a file give the same"
