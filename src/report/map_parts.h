/* What the parts of a map share. */
#ifndef HOWFAR_REPORT_MAP_PARTS_H
#define HOWFAR_REPORT_MAP_PARTS_H

#include "atlas/boundary.h"
#include "report/canvas.h"

/* Sequential blues that stay apart in greyscale and for every colour vision;
 * orange for home. */
#define HF__MAP_SHADES 5

/* Counts up to each edge, the last at least the greatest count. */
typedef struct hf__map_classes {
    uint64_t edges[HF__MAP_SHADES];
    uint64_t least; /* the least count that is shown */
    size_t n;
} hf__map_classes;

void hf__map_classify(const hf_map_options *options, hf__map_classes *out);
size_t hf__map_class_of(const hf__map_classes *classes, uint64_t count);

hf__colour hf__map_shade(const hf__map_classes *classes, size_t at);
extern const hf__colour hf__map_home, hf__map_ink, hf__map_grey;

/* A point of the page, and a part of it; y downwards. */
typedef struct hf__spot {
    double x, y;
} hf__spot;
typedef struct hf__frame {
    double left, top, right, bottom;
} hf__frame;

/* A window of the plane on the page. */
typedef struct hf__view {
    hf__frame page;
    hf__box plane;
    double scale; /* points of the page per metre */
} hf__view;

hf__spot hf__view_point(const hf__view *view, hf_xy p);

/* Names that do not overlap: boxes that are taken. */
#define HF__MAP_MOST_LABELS 64
typedef struct hf__map_labels {
    hf__frame taken[HF__MAP_MOST_LABELS];
    size_t n;
} hf__map_labels;

/* Writes `text` at or beside p where it is free and within the page box; false
 * where it is nowhere. */
bool hf__map_label(hf__canvas *canvas, const hf__view *view,
                   hf__map_labels *labels, hf__spot p, const hf__type *type,
                   const char *text);

/* The legend below (x, y). */
double hf__map_legend_height(const hf_map_options *options,
                             const hf__map_classes *classes);
void hf__map_legend(hf__canvas *canvas, const hf_map_options *options,
                    const hf__map_classes *classes, double x, double y);

/* A bar of round miles whose left end is at (x, y). */
void hf__map_scale_bar(hf__canvas *canvas, const hf__view *view, double x,
                       double y);

/* What has a name and a line: an authority that is shaded, or several that are
 * one destination. */
typedef struct hf__map_stop {
    const char *name;
    hf_xy at; /* the centre of all its area */
    double area_m2;
    uint64_t count; /* 0 where it is withheld */
} hf__map_stop;

/* By number shown, the greatest first; free with hf__free. False without
 * memory. */
bool hf__map_make_stops(const hf_boundaries *set, const hf_map_options *options,
                        hf__map_stop **out, size_t *out_n);

/* The attribution below y in lines that fit between x and the same margin on
 * the right, or only its height, which is returned. */
double hf__map_attribution(hf__canvas *canvas, bool is_drawn,
                           const hf_map_options *options, double x, double y);

/* Adds the hover text of each area to an SVG, and the map's own in words. */
void hf__map_add_hover(hf__buf *svg, const hf_boundaries *set,
                       const hf_map_options *options, const hf__view *view);

#endif
