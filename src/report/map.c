#include "howfar/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "howfar/units.h"
#include "report/document.h"
#include "report/map_parts.h"

#define MARGIN 14.0
#define TITLE 34.0
#define SIDE 176.0 /* the column of the legend */
#define INSET_HEAD 30.0
#define RING_POINTS 180

static const struct {
    const char *name;
    hf_map_format format;
} formats[] = {{"svg", HF_MAP_SVG}, {"png", HF_MAP_PNG}, {"pdf", HF_MAP_PDF}};

hf_status hf_map_format_parse(hf_context *ctx, const char *name,
                              hf_map_format *out) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (hf__str_is_nocase(hf__str_of(name), formats[i].name)) {
            *out = formats[i].format;
            return HF_OK;
        }
    }
    return hf__fail(ctx, HF_ERR_USAGE, "no map format \"%s\": svg, png, pdf",
                    name);
}

void hf_map_options_init(hf_map_options *options) {
    *options = (hf_map_options){.home = HF_NOWHERE,
                                .title = "",
                                .legend = "Placements",
                                .withheld = "withheld",
                                .attribution = "",
                                .width = 800,
                                .scale = 2};
}

typedef struct map {
    hf_context *ctx;
    const hf_boundaries *set;
    const hf_map_options *options;
    hf__map_classes classes;
    const hf_map_area **shaded; /* by authority: its area, or NULL */
    hf__map_stop *stops;
    size_t n_stops;
    hf__canvas *canvas;
    bool has_inset; /* where home is too small to see on the map */
    hf__view inset;
} map;

hf__spot hf__view_point(const hf__view *view, hf_xy p) {
    return (hf__spot){
        view->page.left + (p.x_m - view->plane.min.x_m) * view->scale,
        view->page.top + (view->plane.max.y_m - p.y_m) * view->scale};
}

/* ---- what is in view -------------------------------------------------------
 */

static hf__box box_of(const map *m, size_t authority) {
    return hf__boundaries_polygon(m->set, authority)->box;
}

static hf__box home_box(const map *m) {
    hf__box box = box_of(m, m->options->home);
    for (size_t i = 0; i < m->options->n_neighbours; i++) {
        hf__box other = box_of(m, m->options->neighbours[i]);
        hf__box_widen(&box, &other);
    }
    return box;
}

static hf__box whole_box(const map *m) {
    hf__box box = home_box(m);
    for (size_t i = 0; i < m->options->n_areas; i++) {
        hf__box other = box_of(m, m->options->areas[i].authority);
        hf__box_widen(&box, &other);
    }
    return box;
}

/* The window of `page` that shows all of `plane`, centred, with some air. */
static hf__view make_view(hf__frame page, hf__box plane) {
    double wide_m = (plane.max.x_m - plane.min.x_m) * 1.06;
    double high_m = (plane.max.y_m - plane.min.y_m) * 1.06;
    double wide = page.right - page.left, high = page.bottom - page.top;
    hf__view view = {.page = page, .scale = fmin(wide / wide_m, high / high_m)};
    double middle_x = (plane.min.x_m + plane.max.x_m) / 2;
    double middle_y = (plane.min.y_m + plane.max.y_m) / 2;
    double half_x = wide / view.scale / 2, half_y = high / view.scale / 2;
    view.plane = (hf__box){{middle_x - half_x, middle_y - half_y},
                           {middle_x + half_x, middle_y + half_y}};
    return view;
}

/* ---- drawing ---------------------------------------------------------------
 */

/* To a quarter of a point: nobody sees more, and the file is half the size. */
static hf__spot snap(hf__spot p) {
    return (hf__spot){round(p.x * 4) / 4, round(p.y * 4) / 4};
}

static void add_path(const map *m, const hf__view *view, size_t authority) {
    const hf__polygon *polygon = hf__boundaries_polygon(m->set, authority);
    for (size_t r = 0; r < polygon->n_rings; r++) {
        hf__spot last = {NAN, NAN};
        size_t n = 0;
        for (size_t i = polygon->ring_start[r]; i < polygon->ring_start[r + 1];
             i++) {
            hf__spot p = snap(hf__view_point(view, polygon->points[i]));
            if (fabs(p.x - last.x) < 0.6 && fabs(p.y - last.y) < 0.6) {
                continue; /* too near to see */
            }
            if (n++) {
                hf__canvas_line(m->canvas, p.x, p.y);
            } else {
                hf__canvas_move(m->canvas, p.x, p.y);
            }
            last = p;
        }
        hf__canvas_close(m->canvas);
    }
}

static void draw_area(const map *m, const hf__view *view, size_t authority) {
    const hf__colour land = {0.955, 0.95, 0.935, 1};
    const hf__colour border = {0.62, 0.62, 0.60, 1};
    const hf_map_area *area = m->shaded[authority];
    add_path(m, view, authority);
    if (authority == m->options->home) {
        hf__canvas_fill(m->canvas, hf__map_home);
    } else if (area && !area->is_withheld && area->count) {
        size_t at = hf__map_class_of(&m->classes, area->count);
        hf__canvas_fill(m->canvas, hf__map_shade(&m->classes, at));
    } else {
        hf__canvas_fill(m->canvas, land);
    }
    hf__canvas_stroke(m->canvas, border, 0.5, false);
}

/* All that is withheld in one go: lines that go through, and a small file. */
static void hatch_withheld(const map *m, const hf__view *view) {
    for (size_t i = 0; i < m->options->n_areas; i++) {
        const hf_map_area *area = &m->options->areas[i];
        hf__box box = box_of(m, area->authority);
        if (area->is_withheld && area->authority != m->options->home &&
            hf__box_meets(&box, &view->plane, 0)) {
            add_path(m, view, area->authority);
        }
    }
    hf__canvas_hatch(m->canvas, hf__map_grey, 4);
    hf__canvas_forget(m->canvas);
}

static void outline(const map *m, const hf__view *view, size_t authority,
                    double width) {
    add_path(m, view, authority);
    hf__canvas_stroke(m->canvas, hf__map_ink, width, false);
}

static void draw_lines(const map *m, const hf__view *view) {
    const hf_authority *home =
        hf_boundaries_authority(m->set, m->options->home);
    hf__spot from = hf__view_point(view, home->centroid);
    hf__colour colour = hf__map_home;
    colour.alpha = 0.75;
    for (size_t i = 0; i < m->n_stops; i++) {
        hf__spot to = hf__view_point(view, m->stops[i].at);
        hf__canvas_move(m->canvas, from.x, from.y);
        hf__canvas_line(m->canvas, to.x, to.y);
        hf__canvas_stroke(m->canvas, colour, 0.7, false);
    }
}

/* A circle on the ellipsoid, as the plane shows it. */
static hf_status ring_points(const map *m, double miles, hf_xy *out) {
    const hf_authority *home =
        hf_boundaries_authority(m->set, m->options->home);
    hf_lonlat points[RING_POINTS];
    for (size_t i = 0; i < RING_POINTS; i++) {
        points[i] =
            hf_geodesic_direct(home->centre, (double)i * 360 / RING_POINTS,
                               hf_m_from_miles(miles));
    }
    return hf__projection_forward(m->ctx, hf__boundaries_plane(m->set), points,
                                  RING_POINTS, out);
}

static void draw_ring(const map *m, const hf__view *view, const hf_xy *ring) {
    bool is_down = false;
    for (size_t i = 0; i <= RING_POINTS; i++) {
        hf_xy at = ring[i % RING_POINTS];
        if (isnan(at.x_m) || isnan(at.y_m)) {
            is_down = false;
            continue;
        }
        hf__spot p = hf__view_point(view, at);
        if (is_down) {
            hf__canvas_line(m->canvas, p.x, p.y);
        } else {
            hf__canvas_move(m->canvas, p.x, p.y);
        }
        is_down = true;
    }
    hf__colour colour = hf__map_ink;
    colour.alpha = 0.7;
    hf__canvas_stroke(m->canvas, colour, 0.9, true);
}

/* "50 miles" on the ring, northwards first, wherever there is room. */
static void label_ring(const map *m, const hf__view *view, const hf_xy *ring,
                       double miles, hf__map_labels *labels) {
    const hf__type type = {
        .size = 9.5, .has_halo = true, .colour = hf__map_ink};
    hf__buf text;
    hf__buf_init(&text);
    hf__add_full(&text, miles, 0);
    hf__buf_add_text(&text, miles == 1 ? " mile" : " miles");
    bool is_done = !text.text;
    for (size_t i = 0; i < RING_POINTS && !is_done; i += 5) {
        size_t at = i % 10 ? RING_POINTS - i : i; /* right and left in turn */
        if (!isnan(ring[at % RING_POINTS].x_m)) {
            hf__spot p = hf__view_point(view, ring[at % RING_POINTS]);
            is_done =
                hf__map_label(m->canvas, view, labels, p, &type, text.text);
        }
    }
    hf__buf_reset(&text);
}

static hf_status draw_rings(const map *m, const hf__view *view,
                            hf__map_labels *labels) {
    hf_xy ring[RING_POINTS];
    for (size_t i = 0; i < m->options->n_rings; i++) {
        hf_status status = ring_points(m, m->options->rings[i], ring);
        if (status) {
            return status;
        }
        draw_ring(m, view, ring);
        label_ring(m, view, ring, m->options->rings[i], labels);
    }
    return HF_OK;
}

/* What the inset shows better is named there only. */
static bool is_named_here(const map *m, const hf__view *view, hf_xy centre) {
    return !m->has_inset || view == &m->inset ||
           !hf__box_has(&m->inset.plane, centre);
}

static void label(const map *m, const hf__view *view, const char *name,
                  hf_xy at, bool is_home, hf__map_labels *labels) {
    const hf__type type = {.size = is_home ? 12 : 9.5,
                           .is_bold = is_home,
                           .has_halo = true,
                           .colour = hf__map_ink};
    if (is_home || is_named_here(m, view, at)) {
        (void)hf__map_label(m->canvas, view, labels, hf__view_point(view, at),
                            &type, name);
    }
}

static void label_home(const map *m, const hf__view *view,
                       hf__map_labels *labels) {
    const hf_authority *home =
        hf_boundaries_authority(m->set, m->options->home);
    label(m, view, home->name, home->centroid, true, labels);
}

static void label_areas(const map *m, const hf__view *view,
                        hf__map_labels *labels) {
    for (size_t i = 0; i < m->n_stops; i++) {
        label(m, view, m->stops[i].name, m->stops[i].at, false, labels);
    }
    for (size_t i = 0; i < m->options->n_neighbours; i++) {
        size_t neighbour = m->options->neighbours[i];
        const hf_authority *a = hf_boundaries_authority(m->set, neighbour);
        if (!m->shaded[neighbour]) {
            label(m, view, a->name, a->centroid, false, labels);
        }
    }
}

/* All of the map within one window. */
static hf_status draw_view(const map *m, const hf__view *view) {
    hf__map_labels labels = {.n = 0};
    const hf__frame *page = &view->page;
    double wide = page->right - page->left, high = page->bottom - page->top;
    const hf__colour sea = {0.93, 0.96, 0.98, 1};
    hf__canvas_rectangle(m->canvas, page->left, page->top, wide, high);
    hf__canvas_fill(m->canvas, sea);
    hf__canvas_clip(m->canvas);
    for (size_t i = 0; i < hf_boundaries_count(m->set); i++) {
        hf__box box = box_of(m, i);
        if (hf__box_meets(&box, &view->plane, 0)) {
            draw_area(m, view, i);
        }
    }
    hatch_withheld(m, view);
    for (size_t i = 0; i < m->options->n_neighbours; i++) {
        outline(m, view, m->options->neighbours[i], 1.1);
    }
    outline(m, view, m->options->home, 1.8);
    draw_lines(m, view);
    label_home(m, view, &labels);
    hf_status status = draw_rings(m, view, &labels);
    label_areas(m, view, &labels);
    hf__canvas_unclip(m->canvas);
    hf__canvas_rectangle(m->canvas, page->left, page->top, wide, high);
    hf__canvas_stroke(m->canvas, hf__map_grey, 0.8, false);
    return status;
}

/* ---- the page --------------------------------------------------------------
 */

/* The surroundings of home beside the map, below the legend. */
static void plan_inset(map *m, const hf__view *view) {
    hf__box near_home = home_box(m);
    double part = (near_home.max.x_m - near_home.min.x_m) * view->scale /
                  (view->page.right - view->page.left);
    double x = view->page.right + MARGIN;
    double y = view->page.top + hf__map_legend_height(m->options, &m->classes);
    hf__frame page = {x, y + INSET_HEAD, x + SIDE, y + INSET_HEAD + SIDE};
    m->has_inset = part < 0.33 && page.bottom <= view->page.bottom;
    m->inset = make_view(page, near_home);
}

static hf_status draw_inset(const map *m) {
    const hf__type type = {.size = 11, .is_bold = true, .colour = hf__map_ink};
    hf__canvas_text(m->canvas, m->inset.page.left, m->inset.page.top - 7, &type,
                    "Around home");
    return draw_view(m, &m->inset);
}

static hf_status draw_page(const map *m, const hf__view *view, double foot) {
    const hf__type title = {.size = 17, .is_bold = true, .colour = hf__map_ink};
    double x = view->page.right + MARGIN;
    hf__canvas_text(m->canvas, MARGIN, MARGIN + 16, &title, m->options->title);
    hf_status status = draw_view(m, view);
    if (status) {
        return status;
    }
    hf__map_legend(m->canvas, m->options, &m->classes, x, view->page.top);
    status = m->has_inset ? draw_inset(m) : HF_OK;
    hf__map_scale_bar(m->canvas, view, MARGIN, view->page.bottom + 18);
    (void)hf__map_attribution(m->canvas, true, m->options, MARGIN, foot);
    return status;
}

static hf_status check_options(hf_context *ctx, const hf_boundaries *set,
                               const hf_map_options *options) {
    size_t n = hf_boundaries_count(set);
    bool is_fine = options->home < n && options->width >= 300 &&
                   options->width <= 5000 && options->scale >= 0.5 &&
                   options->scale <= 8;
    for (size_t i = 0; i < options->n_areas; i++) {
        is_fine &= options->areas[i].authority < n;
    }
    for (size_t i = 0; i < options->n_neighbours; i++) {
        is_fine &= options->neighbours[i] < n;
    }
    if (!is_fine) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "a map is 300 to 5000 points wide, at 0.5 to 8 pixels "
                        "per point, of authorities of the set");
    }
    for (size_t i = 0; i < options->n_rings; i++) {
        if (!(options->rings[i] > 0 && options->rings[i] <= 2000)) {
            return hf__fail(ctx, HF_ERR_RANGE,
                            "a ring is above 0 and at most 2000 miles");
        }
    }
    return HF_OK;
}

static hf_status draw(map *m, hf_map_format format, hf__buf *out) {
    hf__box whole = whole_box(m);
    double frame = m->options->width - 3 * MARGIN - SIDE;
    double shape =
        (whole.max.y_m - whole.min.y_m) / (whole.max.x_m - whole.min.x_m);
    double high = frame * (shape < 0.75 ? 0.75 : shape > 1.6 ? 1.6 : shape);
    hf__canvas *measure;
    hf_status status = hf__canvas_new(m->ctx, HF_MAP_SVG, m->options->width, 1,
                                      1, "", &measure);
    if (status) {
        return status;
    }
    double foot = hf__map_attribution(measure, false, m->options, MARGIN, 0);
    hf__canvas_free(measure);
    double height = MARGIN + TITLE + high + 34 + foot + MARGIN;
    hf__frame page = {MARGIN, MARGIN + TITLE, MARGIN + frame,
                      MARGIN + TITLE + high};
    hf__view view = make_view(page, whole);
    plan_inset(m, &view);
    status = hf__canvas_new(m->ctx, format, m->options->width, height,
                            m->options->scale, m->options->title, &m->canvas);
    if (status) {
        return status;
    }
    status = draw_page(m, &view, height - MARGIN - foot);
    status = status ? status : hf__canvas_finish(m->ctx, m->canvas, out);
    if (!status && format == HF_MAP_SVG) {
        hf__map_add_hover(out, m->set, m->options, &view);
    }
    hf__canvas_free(m->canvas);
    return status;
}

hf_status hf_map_write(hf_context *ctx, const hf_boundaries *set,
                       const hf_map_options *options, hf_map_format format,
                       char **out, size_t *out_len) {
    hf_status status = check_options(ctx, set, options);
    if (status) {
        return status;
    }
    map m = {.ctx = ctx, .set = set, .options = options};
    hf__buf bytes;
    hf__buf_init(&bytes);
    m.shaded = hf__calloc(hf_boundaries_count(set), sizeof *m.shaded);
    if (!m.shaded || !hf__map_make_stops(set, options, &m.stops, &m.n_stops)) {
        hf__free(m.shaded);
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < options->n_areas; i++) {
        m.shaded[options->areas[i].authority] = &options->areas[i];
    }
    hf__map_classify(options, &m.classes);
    status = draw(&m, format, &bytes);
    hf__free(m.stops);
    hf__free(m.shaded);
    size_t len = bytes.len;
    char *text = status ? NULL : hf__buf_take(&bytes);
    hf__buf_reset(&bytes);
    if (!status && !text) {
        status = hf__fail_memory(ctx);
    }
    if (!status) {
        *out = text;
        *out_len = len;
    }
    return status;
}
