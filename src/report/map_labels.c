/* Names on a map that do not overlap. */
#include "report/map_parts.h"

static bool holds(const hf__frame *outer, const hf__frame *inner) {
    return inner->left >= outer->left && inner->right <= outer->right &&
           inner->top >= outer->top && inner->bottom <= outer->bottom;
}

static bool meets(const hf__frame *a, const hf__frame *b) {
    return a->left < b->right && b->left < a->right && a->top < b->bottom &&
           b->top < a->bottom;
}

static bool is_free(const hf__map_labels *labels, const hf__frame *frame,
                    const hf__frame *page) {
    if (!holds(page, frame)) {
        return false;
    }
    for (size_t i = 0; i < labels->n; i++) {
        if (meets(&labels->taken[i], frame)) {
            return false;
        }
    }
    return true;
}

bool hf__map_label(hf__canvas *canvas, const hf__view *view,
                   hf__map_labels *labels, hf__spot p, const hf__type *type,
                   const char *text) {
    /* On the point; then beside it, above, below. In widths and heights. */
    static const double places[][2] = {
        {-0.5, 0.35}, {-0.5, -0.5},  {-0.5, 1.2}, {0.08, 0.35}, {-1.08, 0.35},
        {0.05, -0.4}, {-1.05, -0.4}, {0.05, 1.1}, {-1.05, 1.1}};
    double width = hf__canvas_text_width(canvas, type, text);
    if (labels->n == HF__MAP_MOST_LABELS) {
        return false;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double x = p.x + places[i][0] * width;
        double y = p.y + places[i][1] * type->size;
        hf__frame box = {x - 2, y - type->size * 0.85, x + width + 2,
                         y + type->size * 0.3};
        if (is_free(labels, &box, &view->page)) {
            labels->taken[labels->n++] = box;
            hf__canvas_text(canvas, x, y, type, text);
            return true;
        }
    }
    return false;
}
