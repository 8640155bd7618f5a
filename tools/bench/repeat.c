/* A file of rows, as long as one likes.
 *
 *     bench-repeat FILE ROWS
 *
 * Writes FILE's header, and its rows over and over until there are ROWS: from
 * memory, so that any number is made faster than it is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

/* The whole file; its rows must end in newlines. */
static char *read_all(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        bench_stop(path, "cannot read");
    }
    long end = ftell(file);
    char *text = bench_alloc((size_t)(end > 0 ? end : 0), 1);
    rewind(file);
    *len = fread(text, 1, (size_t)(end > 0 ? end : 0), file);
    fclose(file);
    return text;
}

/* Where the first n lines end; *n becomes how many there are. */
static size_t end_of_lines(const char *text, size_t len, uint64_t *n) {
    size_t at = 0;
    uint64_t found = 0;
    while (found < *n && at < len) {
        const char *newline = memchr(text + at, '\n', len - at);
        if (!newline) {
            break;
        }
        at = (size_t)(newline - text) + 1;
        found++;
    }
    *n = found;
    return at;
}

static void put(const char *text, size_t len) {
    if (len && fwrite(text, 1, len, stdout) != len) {
        exit(1); /* the reader has gone */
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: bench-repeat FILE ROWS\n", stderr);
        return 2;
    }
    size_t len;
    char *text = read_all(argv[1], &len);
    uint64_t header = 1;
    size_t start = end_of_lines(text, len, &header);
    put(text, start);
    for (uint64_t left = strtoull(argv[2], NULL, 10); left;) {
        uint64_t some = left;
        size_t end = end_of_lines(text + start, len - start, &some);
        if (!some) {
            bench_stop(argv[1], "no rows");
        }
        put(text + start, end);
        left -= some;
    }
    free(text);
    return fflush(stdout) ? 1 : 0;
}
