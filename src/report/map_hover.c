/* Hover text of an SVG: an unseen shape with a title over each area. */
#include <math.h>
#include <string.h>

#include "report/map_parts.h"

static void add_text(hf__buf *out, const char *text) {
    for (const char *c = text; *c; c++) {
        const char *escape = *c == '&'   ? "&amp;"
                             : *c == '<' ? "&lt;"
                             : *c == '>' ? "&gt;"
                             : *c == '"' ? "&quot;"
                                         : NULL;
        if (escape) {
            hf__buf_add_text(out, escape);
        } else {
            hf__buf_add_char(out, *c);
        }
    }
}

static void add_ring(hf__buf *out, const hf__view *view, const hf_xy *points,
                     size_t n) {
    hf__spot last = {NAN, NAN};
    for (size_t i = 0; i < n; i++) {
        hf__spot p = hf__view_point(view, points[i]);
        if (fabs(p.x - last.x) < 0.7 && fabs(p.y - last.y) < 0.7) {
            continue;
        }
        hf__buf_add_char(out, i ? 'L' : 'M');
        hf__buf_add_fixed(out, p.x, 1);
        hf__buf_add_char(out, ' ');
        hf__buf_add_fixed(out, p.y, 1);
        last = p;
    }
    hf__buf_add_char(out, 'Z');
}

static void add_area(hf__buf *out, const hf__polygon *polygon,
                     const hf__view *view, const char *words) {
    hf__buf_add_text(out, "<path fill-rule=\"evenodd\" d=\"");
    for (size_t r = 0; r < polygon->n_rings; r++) {
        size_t from = polygon->ring_start[r], to = polygon->ring_start[r + 1];
        add_ring(out, view, polygon->points + from, to - from);
    }
    hf__buf_add_text(out, "\"><title>");
    add_text(out, words);
    hf__buf_add_text(out, "</title></path>\n");
}

void hf__map_add_hover(hf__buf *svg, const hf_boundaries *set,
                       const hf_map_options *options, const hf__view *view) {
    if (svg->failed || !svg->text) {
        return;
    }
    char *end = strstr(svg->text, "</svg>");
    for (char *next = end; next; next = strstr(next + 1, "</svg>")) {
        end = next;
    }
    if (!end) {
        return;
    }
    svg->len = (size_t)(end - svg->text);
    *end = '\0';
    hf__buf_add_text(svg, "<g fill=\"#fff\" fill-opacity=\"0\">\n");
    for (size_t i = 0; i < options->n_areas; i++) {
        const hf_map_area *area = &options->areas[i];
        if (area->words) {
            add_area(svg, hf__boundaries_polygon(set, area->authority), view,
                     area->words);
        }
    }
    hf__buf_add_text(svg, "</g>\n</svg>\n");
}
