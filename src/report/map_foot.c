/* The attribution below a map. */
#include <string.h>

#include "base/memory.h"
#include "report/map_parts.h"

#define LINE 13.0

/* As much of a line as fits into a width, up to a blank where there is one. */
static size_t fitting(hf__canvas *canvas, const hf__type *type, double width,
                      hf__str line) {
    size_t len = line.len;
    for (;;) {
        char *text = hf__strndup(line.at, len);
        double own = text ? hf__canvas_text_width(canvas, type, text) : 0;
        hf__free(text);
        size_t at = len;
        while (at && line.at[at - 1] != ' ') {
            at--;
        }
        if (own <= width || !at) {
            return len;
        }
        len = at - 1;
    }
}

double hf__map_attribution(hf__canvas *canvas, bool is_drawn,
                           const hf_map_options *options, double x, double y) {
    const hf__type type = {.size = 9, .colour = hf__map_grey};
    hf__str rest = hf__str_of(options->attribution);
    double height = 0;
    while (rest.len) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t whole = end ? (size_t)(end - rest.at) : rest.len;
        size_t len = fitting(canvas, &type, options->width - 2 * x,
                             (hf__str){rest.at, whole});
        char *line = is_drawn ? hf__strndup(rest.at, len) : NULL;
        height += LINE;
        if (line) {
            hf__canvas_text(canvas, x, y + height, &type, line);
        }
        hf__free(line);
        len += len < rest.len; /* the blank, or the line's end */
        rest = (hf__str){rest.at + len, rest.len - len};
    }
    return height;
}
