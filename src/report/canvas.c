#include "report/canvas.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/library.h"
#include "base/memory.h"

/* Loaded when it is first needed. */
/* clang-format off */
#define CAIRO(F) \
    F(cairo_append_path) F(cairo_clip) F(cairo_close_path) \
    F(cairo_copy_path) F(cairo_create) F(cairo_destroy) \
    F(cairo_fill_preserve) F(cairo_image_surface_create) F(cairo_line_to) \
    F(cairo_move_to) F(cairo_new_path) F(cairo_paint) F(cairo_path_destroy) \
    F(cairo_path_extents) F(cairo_pdf_surface_create_for_stream) \
    F(cairo_pdf_surface_set_metadata) F(cairo_rectangle) F(cairo_restore) \
    F(cairo_save) F(cairo_scale) F(cairo_select_font_face) F(cairo_set_dash) \
    F(cairo_set_fill_rule) F(cairo_set_font_size) F(cairo_set_line_join) \
    F(cairo_set_line_width) F(cairo_set_source_rgb) F(cairo_set_source_rgba) \
    F(cairo_show_text) F(cairo_status) F(cairo_status_to_string) \
    F(cairo_stroke) F(cairo_surface_destroy) F(cairo_surface_finish) \
    F(cairo_surface_status) F(cairo_surface_write_to_png_stream) \
    F(cairo_svg_surface_create_for_stream) \
    F(cairo_svg_surface_set_document_unit) F(cairo_text_extents) \
    F(cairo_text_path)
/* clang-format on */
HF__LIBRARY(cairo, HF_SONAME_CAIRO, CAIRO)

struct hf__canvas {
    hf_map_format format;
    double width, height;
    cairo_surface_t *surface;
    cairo_t *cairo;
    hf__buf bytes;
};

static cairo_status_t keep(void *user, const unsigned char *bytes,
                           unsigned int len) {
    hf__canvas *canvas = user;
    hf__buf_add(&canvas->bytes, bytes, len);
    return canvas->bytes.failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *make_surface(hf__canvas *canvas, double scale,
                                     const char *title) {
    cairo_surface_t *surface = NULL;
    switch (canvas->format) {
        case HF_MAP_SVG:
            surface = cairo.cairo_svg_surface_create_for_stream(
                keep, canvas, canvas->width, canvas->height);
            cairo.cairo_svg_surface_set_document_unit(surface,
                                                      CAIRO_SVG_UNIT_PX);
            break;
        case HF_MAP_PDF:
            surface = cairo.cairo_pdf_surface_create_for_stream(
                keep, canvas, canvas->width, canvas->height);
            cairo.cairo_pdf_surface_set_metadata(
                surface, CAIRO_PDF_METADATA_TITLE, title);
            /* The same map gives the same bytes on any day. */
            cairo.cairo_pdf_surface_set_metadata(surface,
                                                 CAIRO_PDF_METADATA_CREATE_DATE,
                                                 "1980-01-01T00:00:00Z");
            break;
        case HF_MAP_PNG:
            surface = cairo.cairo_image_surface_create(
                CAIRO_FORMAT_RGB24, (int)ceil(canvas->width * scale),
                (int)ceil(canvas->height * scale));
            break;
    }
    return surface;
}

hf_status hf__canvas_new(hf_context *ctx, hf_map_format format, double width,
                         double height, double scale, const char *title,
                         hf__canvas **out) {
    hf_status status = hf__library_load(ctx, &cairo_library);
    if (status) {
        return status;
    }
    hf__canvas *canvas = hf__calloc(1, sizeof *canvas);
    if (!canvas) {
        return hf__fail_memory(ctx);
    }
    *canvas = (hf__canvas){.format = format, .width = width, .height = height};
    hf__buf_init(&canvas->bytes);
    canvas->surface = make_surface(canvas, scale, title);
    canvas->cairo = cairo.cairo_create(canvas->surface);
    if (cairo.cairo_status(canvas->cairo)) {
        hf__canvas_free(canvas);
        return hf__fail_memory(ctx);
    }
    if (format == HF_MAP_PNG) {
        cairo.cairo_scale(canvas->cairo, scale, scale);
    }
    cairo.cairo_set_source_rgb(canvas->cairo, 1, 1, 1);
    cairo.cairo_paint(canvas->cairo);
    cairo.cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    *out = canvas;
    return HF_OK;
}

void hf__canvas_free(hf__canvas *canvas) {
    if (!canvas) {
        return;
    }
    cairo.cairo_destroy(canvas->cairo);
    cairo.cairo_surface_destroy(canvas->surface);
    hf__buf_reset(&canvas->bytes);
    hf__free(canvas);
}

#define SURFACE " id=\"surface"

hf_status hf__canvas_finish(hf_context *ctx, hf__canvas *canvas, hf__buf *out) {
    cairo_status_t status = cairo.cairo_status(canvas->cairo);
    if (canvas->format == HF_MAP_PNG && !status) {
        status = cairo.cairo_surface_write_to_png_stream(canvas->surface, keep,
                                                         canvas);
    }
    cairo.cairo_surface_finish(canvas->surface);
    status = status ? status : cairo.cairo_surface_status(canvas->surface);
    if (status || canvas->bytes.failed) {
        return hf__fail(ctx, HF_ERR_MEMORY, "the map can't be drawn: %s",
                        cairo.cairo_status_to_string(status));
    }
    const char *text = canvas->bytes.text, *end = text + canvas->bytes.len;
    const char *id =
        canvas->format == HF_MAP_SVG ? strstr(text, SURFACE) : NULL;
    if (id) { /* numbers all surfaces of the process; nothing refers to it */
        hf__buf_add(out, text, (size_t)(id - text));
        id += sizeof SURFACE - 1;
        text = id + strcspn(id, "\"") + 1;
    }
    hf__buf_add(out, text, (size_t)(end - text));
    return HF_OK;
}

static void set_colour(hf__canvas *canvas, hf__colour colour) {
    cairo.cairo_set_source_rgba(canvas->cairo, colour.red, colour.green,
                                colour.blue, colour.alpha);
}

void hf__canvas_move(hf__canvas *canvas, double x, double y) {
    cairo.cairo_move_to(canvas->cairo, x, y);
}

void hf__canvas_line(hf__canvas *canvas, double x, double y) {
    cairo.cairo_line_to(canvas->cairo, x, y);
}

void hf__canvas_close(hf__canvas *canvas) {
    cairo.cairo_close_path(canvas->cairo);
}

void hf__canvas_rectangle(hf__canvas *canvas, double x, double y, double width,
                          double height) {
    cairo.cairo_rectangle(canvas->cairo, x, y, width, height);
}

void hf__canvas_fill(hf__canvas *canvas, hf__colour colour) {
    set_colour(canvas, colour);
    cairo.cairo_set_fill_rule(canvas->cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo.cairo_fill_preserve(canvas->cairo);
}

void hf__canvas_hatch(hf__canvas *canvas, hf__colour colour, double distance) {
    cairo_t *to = canvas->cairo;
    double left, top, right, bottom;
    cairo_path_t *path = cairo.cairo_copy_path(to);
    cairo.cairo_path_extents(to, &left, &top, &right, &bottom);
    cairo.cairo_save(to);
    cairo.cairo_set_fill_rule(to, CAIRO_FILL_RULE_EVEN_ODD);
    cairo.cairo_clip(to);
    cairo.cairo_new_path(to);
    /* Lines x + y = k * distance, so that neighbouring areas match. */
    double first = floor((left + top) / distance) * distance;
    int n = (int)((right + bottom - first) / distance);
    for (int i = 0; i <= n; i++) {
        double at = first + i * distance;
        cairo.cairo_move_to(to, at - top, top);
        cairo.cairo_line_to(to, at - bottom, bottom);
    }
    set_colour(canvas, colour);
    cairo.cairo_set_line_width(to, distance / 4);
    cairo.cairo_stroke(to);
    cairo.cairo_restore(to);
    cairo.cairo_append_path(to, path);
    cairo.cairo_path_destroy(path);
}

void hf__canvas_stroke(hf__canvas *canvas, hf__colour colour, double width,
                       bool is_dashed) {
    const double dashes[] = {4, 3};
    set_colour(canvas, colour);
    cairo.cairo_set_line_width(canvas->cairo, width);
    cairo.cairo_set_dash(canvas->cairo, dashes, is_dashed ? 2 : 0, 0);
    cairo.cairo_stroke(canvas->cairo);
}

void hf__canvas_forget(hf__canvas *canvas) {
    cairo.cairo_new_path(canvas->cairo);
}

void hf__canvas_clip(hf__canvas *canvas) {
    cairo_path_t *path = cairo.cairo_copy_path(canvas->cairo);
    cairo.cairo_new_path(canvas->cairo);
    cairo.cairo_save(canvas->cairo);
    cairo.cairo_append_path(canvas->cairo, path);
    cairo.cairo_clip(canvas->cairo);
    cairo.cairo_path_destroy(path);
}

void hf__canvas_unclip(hf__canvas *canvas) {
    cairo.cairo_restore(canvas->cairo);
    cairo.cairo_new_path(canvas->cairo);
}

static void set_type(hf__canvas *canvas, const hf__type *type) {
    cairo.cairo_select_font_face(
        canvas->cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
        type->is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo.cairo_set_font_size(canvas->cairo, type->size);
}

double hf__canvas_text_width(hf__canvas *canvas, const hf__type *type,
                             const char *text) {
    cairo_text_extents_t extents;
    set_type(canvas, type);
    cairo.cairo_text_extents(canvas->cairo, text, &extents);
    return extents.x_advance;
}

void hf__canvas_text(hf__canvas *canvas, double x, double y,
                     const hf__type *type, const char *text) {
    double width = hf__canvas_text_width(canvas, type, text);
    double left = type->anchor == HF__ANCHOR_LEFT    ? x
                  : type->anchor == HF__ANCHOR_RIGHT ? x - width
                                                     : x - width / 2;
    cairo.cairo_new_path(canvas->cairo);
    if (type->has_halo && canvas->format == HF_MAP_SVG) {
        /* Outlines of letters would make up most of an SVG. */
        const hf__colour white = {1, 1, 1, 0.7};
        hf__canvas_rectangle(canvas, left - 1.5, y - type->size * 0.82,
                             width + 3, type->size * 1.1);
        hf__canvas_fill(canvas, white);
    } else if (type->has_halo) {
        const hf__colour white = {1, 1, 1, 0.85};
        cairo.cairo_move_to(canvas->cairo, left, y);
        cairo.cairo_text_path(canvas->cairo, text);
        hf__canvas_stroke(canvas, white, 3, false);
    }
    cairo.cairo_new_path(canvas->cairo);
    cairo.cairo_move_to(canvas->cairo, left, y);
    set_colour(canvas, type->colour);
    cairo.cairo_show_text(canvas->cairo, text);
    cairo.cairo_new_path(canvas->cairo);
}
