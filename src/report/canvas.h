/* A page to draw on: SVG, PNG or PDF from the same calls. Units are points of
 * the page, y downwards. */
#ifndef HOWFAR_REPORT_CANVAS_H
#define HOWFAR_REPORT_CANVAS_H

#include <stdbool.h>

#include "base/text.h"
#include "howfar/map.h"

typedef struct hf__canvas hf__canvas;

typedef struct hf__colour {
    double red, green, blue, alpha; /* 0 to 1 */
} hf__colour;

typedef enum hf__anchor {
    HF__ANCHOR_LEFT = 0,
    HF__ANCHOR_MIDDLE = 1,
    HF__ANCHOR_RIGHT = 2
} hf__anchor;

typedef struct hf__type {
    double size;
    bool is_bold;
    bool has_halo; /* readable on whatever is behind it */
    hf__anchor anchor;
    hf__colour colour;
} hf__type;

/* `scale`: pixels of PNG per point. HF_ERR_MEMORY; HF_ERR_IO where the library
 * that draws can't be loaded. */
hf_status hf__canvas_new(hf_context *ctx, hf_map_format format, double width,
                         double height, double scale, const char *title,
                         hf__canvas **out);
void hf__canvas_free(hf__canvas *canvas);
/* Ends the page and appends its bytes. HF_ERR_MEMORY. */
hf_status hf__canvas_finish(hf_context *ctx, hf__canvas *canvas, hf__buf *out);

/* A path, then what is done with it; filling and hatching keep it, a stroke
 * ends it, as does forget. */
void hf__canvas_move(hf__canvas *canvas, double x, double y);
void hf__canvas_line(hf__canvas *canvas, double x, double y);
void hf__canvas_close(hf__canvas *canvas);
void hf__canvas_rectangle(hf__canvas *canvas, double x, double y, double width,
                          double height);
void hf__canvas_fill(hf__canvas *canvas, hf__colour colour);
/* Diagonal lines within the path. */
void hf__canvas_hatch(hf__canvas *canvas, hf__colour colour, double distance);
void hf__canvas_stroke(hf__canvas *canvas, hf__colour colour, double width,
                       bool is_dashed);
void hf__canvas_forget(hf__canvas *canvas);

/* What follows is drawn within the path only, until unclip. */
void hf__canvas_clip(hf__canvas *canvas);
void hf__canvas_unclip(hf__canvas *canvas);

/* One line of text, its baseline at y. */
void hf__canvas_text(hf__canvas *canvas, double x, double y,
                     const hf__type *type, const char *text);
double hf__canvas_text_width(hf__canvas *canvas, const hf__type *type,
                             const char *text);

#endif
