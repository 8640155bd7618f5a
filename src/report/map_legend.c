/* Classes of counts, their shades, the legend, the scale. */
#include <math.h>

#include "howfar/units.h"
#include "report/document.h"
#include "report/map_parts.h"

const hf__colour hf__map_home = {0.90, 0.56, 0.10, 1};
const hf__colour hf__map_ink = {0.12, 0.12, 0.12, 1};
const hf__colour hf__map_grey = {0.45, 0.45, 0.45, 1};

/* From light to dark in equal steps of lightness. */
static const hf__colour shades[HF__MAP_SHADES] = {{0.83, 0.90, 0.96, 1},
                                                  {0.63, 0.78, 0.91, 1},
                                                  {0.40, 0.62, 0.82, 1},
                                                  {0.20, 0.44, 0.68, 1},
                                                  {0.05, 0.24, 0.46, 1}};

/* The next of 1, 2, 5, 10, 20, ... from `value` on. */
static uint64_t round_up(uint64_t value) {
    static const uint64_t steps[] = {1, 2, 5};
    uint64_t power = 1;
    for (;;) {
        for (size_t i = 0; i < 3; i++) {
            if (steps[i] * power >= value) {
                return steps[i] * power;
            }
        }
        power *= 10;
    }
}

void hf__map_classify(const hf_map_options *options, hf__map_classes *out) {
    uint64_t least = UINT64_MAX, most = 0;
    for (size_t i = 0; i < options->n_areas; i++) {
        const hf_map_area *area = &options->areas[i];
        if (!area->is_withheld && area->count) {
            least = area->count < least ? area->count : least;
            most = area->count > most ? area->count : most;
        }
    }
    *out = (hf__map_classes){.least = least};
    if (!most) {
        return;
    }
    /* Every edge from the greatest down, or every second, third ... */
    for (size_t stride = 1;; stride++) {
        uint64_t edges[64];
        size_t n = 0, n_kept = 0;
        for (uint64_t e = round_up(least); n < 64; e = round_up(e + 1)) {
            edges[n++] = e;
            if (e >= most) {
                break;
            }
        }
        if ((n + stride - 1) / stride > HF__MAP_SHADES) {
            continue;
        }
        for (size_t i = (n - 1) % stride; i < n; i += stride) {
            out->edges[n_kept++] = edges[i];
        }
        out->n = n_kept;
        return;
    }
}

size_t hf__map_class_of(const hf__map_classes *classes, uint64_t count) {
    size_t at = 0;
    while (at + 1 < classes->n && count > classes->edges[at]) {
        at++;
    }
    return at;
}

hf__colour hf__map_shade(const hf__map_classes *classes, size_t at) {
    /* Few classes take the darker shades, which are easier to tell. */
    size_t first = classes->n < HF__MAP_SHADES ? 1 : 0;
    size_t span = HF__MAP_SHADES - 1 - first;
    return shades[classes->n < 2 ? HF__MAP_SHADES / 2 + 1
                                 : first + at * span / (classes->n - 1)];
}

#define SWATCH 16.0
#define LINE 21.0

static const hf__type plain = {.size = 11, .colour = {0.12, 0.12, 0.12, 1}};
static const hf__type bold = {
    .size = 11, .is_bold = true, .colour = {0.12, 0.12, 0.12, 1}};

static void entry(hf__canvas *canvas, double x, double *y, const char *text) {
    hf__canvas_text(canvas, x + SWATCH + 7, *y + 12, &plain, text);
    *y += LINE;
}

static void swatch(hf__canvas *canvas, double x, double y, hf__colour colour,
                   bool is_hatched) {
    const hf__colour white = {1, 1, 1, 1};
    hf__canvas_rectangle(canvas, x, y, SWATCH, SWATCH);
    hf__canvas_fill(canvas, is_hatched ? white : colour);
    if (is_hatched) {
        hf__canvas_hatch(canvas, colour, 4);
    }
    hf__canvas_stroke(canvas, hf__map_grey, 0.6, false);
}

static void add_class(hf__buf *text, const hf__map_classes *classes,
                      size_t at) {
    unsigned long long low = at ? classes->edges[at - 1] + 1 : classes->least;
    unsigned long long high = classes->edges[at];
    if (low == high) {
        hf__buf_add_format(text, "%llu", low);
    } else {
        hf__buf_add_format(text, "%llu to %llu", low, high);
    }
}

static bool is_any_withheld(const hf_map_options *options) {
    for (size_t i = 0; i < options->n_areas; i++) {
        if (options->areas[i].is_withheld) {
            return true;
        }
    }
    return false;
}

double hf__map_legend_height(const hf_map_options *options,
                             const hf__map_classes *classes) {
    bool has_withheld = is_any_withheld(options);
    size_t n = classes->n + has_withheld + (classes->n || has_withheld) + 1 +
               (options->n_neighbours > 0) + (options->n_rings > 0) +
               (options->n_areas > 0);
    return (double)n * LINE;
}

static double classes_legend(hf__canvas *canvas, const hf_map_options *options,
                             const hf__map_classes *classes, double x,
                             double y) {
    bool has_withheld = is_any_withheld(options);
    if (classes->n || has_withheld) {
        hf__canvas_text(canvas, x, y + 11, &bold, options->legend);
        y += LINE;
    }
    for (size_t i = classes->n; i-- > 0;) {
        hf__buf text;
        hf__buf_init(&text);
        add_class(&text, classes, i);
        swatch(canvas, x, y, hf__map_shade(classes, i), false);
        entry(canvas, x, &y, text.text ? text.text : "");
        hf__buf_reset(&text);
    }
    if (has_withheld) {
        swatch(canvas, x, y, hf__map_grey, true);
        entry(canvas, x, &y, options->withheld);
    }
    return y;
}

static void sample_line(hf__canvas *canvas, double x, double y,
                        hf__colour colour, double width, bool is_dashed) {
    hf__canvas_move(canvas, x, y + SWATCH / 2);
    hf__canvas_line(canvas, x + SWATCH, y + SWATCH / 2);
    hf__canvas_stroke(canvas, colour, width, is_dashed);
}

void hf__map_legend(hf__canvas *canvas, const hf_map_options *options,
                    const hf__map_classes *classes, double x, double y) {
    y = classes_legend(canvas, options, classes, x, y);
    swatch(canvas, x, y, hf__map_home, false);
    entry(canvas, x, &y, "home authority");
    if (options->n_neighbours) {
        sample_line(canvas, x, y, hf__map_ink, 1.6, false);
        entry(canvas, x, &y, "adjoining authority");
    }
    if (options->n_rings) {
        sample_line(canvas, x, y, hf__map_ink, 0.9, true);
        entry(canvas, x, &y, "miles from home's centre");
    }
    if (options->n_areas) {
        sample_line(canvas, x, y, hf__map_home, 0.9, false);
        entry(canvas, x, &y, "from centre to centre");
    }
}

void hf__map_scale_bar(hf__canvas *canvas, const hf__view *view, double x,
                       double y) {
    double most = 140 / view->scale / HF_METRES_PER_MILE;
    double power = pow(10, floor(log10(most)));
    double miles = most >= 5 * power   ? 5 * power
                   : most >= 2 * power ? 2 * power
                                       : power;
    double length = hf_m_from_miles(miles) * view->scale;
    hf__canvas_move(canvas, x, y - 4);
    hf__canvas_line(canvas, x, y);
    hf__canvas_line(canvas, x + length, y);
    hf__canvas_line(canvas, x + length, y - 4);
    hf__canvas_stroke(canvas, hf__map_ink, 1.2, false);
    hf__buf text;
    hf__buf_init(&text);
    hf__add_full(&text, miles, 0);
    hf__buf_add_text(&text, miles == 1 ? " mile" : " miles");
    hf__canvas_text(canvas, x + length + 6, y, &plain,
                    text.text ? text.text : "");
    hf__buf_reset(&text);
}
