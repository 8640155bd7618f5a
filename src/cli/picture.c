#include "cli/picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/provenance.h"

#define MOST_RINGS 10

/* Points into the one picture of the process. */
static cli_option picture_table[4];

void picture_init(picture *m, placements *p) {
    hf_map_options usual;
    hf_map_options_init(&usual);
    *m = (picture){.p = p, .width = usual.width, .scale = usual.scale};
}

const cli_option *picture_options(picture *m) {
    const cli_option table[] = {
        {"rings", 0, CLI_TEXT, (void *)&m->rings, "MILES",
         "of a map: circles, such as 20,50,100 (default: the bands)"},
        {"width", 0, CLI_NUMBER, &m->width, "POINTS",
         "of a map: 300 to 5000 (default 800)"},
        {"scale", 0, CLI_NUMBER, &m->scale, "N",
         "of a PNG: pixels per point (default 2)"},
        {0}};
    memcpy(picture_table, table, sizeof table);
    return picture_table;
}

/* What is put together for a map. */
typedef struct drawing {
    hf_map_options options;
    double rings[MOST_RINGS];
    size_t *neighbours;
    hf_map_area *areas;
    char **words; /* by destination */
    size_t n_words;
    hf_report_destination *destinations;
    char title[512], withheld[64], attribution[4096];
} drawing;

static void drawing_reset(drawing *d) {
    for (size_t i = 0; i < d->n_words; i++) {
        free(d->words[i]);
    }
    free(d->words);
    free(d->areas);
    free(d->neighbours);
    hf_report_destinations_free(d->destinations);
}

static hf_status add_neighbours(const picture *m, drawing *d) {
    const hf_neighbour *list;
    size_t n;
    const session *s = &m->p->s;
    hf_status status = hf_adjacency_neighbours(s->ctx, s->adjacency,
                                               d->options.home, &list, &n);
    if (status) {
        return status;
    }
    d->neighbours = calloc(n ? n : 1, sizeof *d->neighbours);
    if (!d->neighbours) {
        return HF_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        bool adjoins;
        status = hf_adjacency_adjoins(s->ctx, s->adjacency, d->options.home,
                                      list[i].authority, &adjoins, NULL);
        if (status) {
            return status;
        }
        if (adjoins) {
            d->neighbours[d->options.n_neighbours++] = list[i].authority;
        }
    }
    d->options.neighbours = d->neighbours;
    return HF_OK;
}

/* "London: 88 placements" */
static char *words_of(const hf_report_destination *destination) {
    char text[512];
    const char *name = *destination->name ? destination->name : "Elsewhere";
    if (destination->is_withheld) {
        snprintf(text, sizeof text, "%.400s: number withheld", name);
    } else {
        snprintf(text, sizeof text, "%.400s: %" PRIu64 " placement%s", name,
                 destination->count, destination->count == 1 ? "" : "s");
    }
    return strdup(text);
}

/* Every authority of a destination is shaded as the destination is. */
static hf_status add_areas(const picture *m, drawing *d) {
    const session *s = &m->p->s;
    size_t n, n_all = hf_boundaries_count(s->set);
    hf_status status =
        hf_report_destinations(s->ctx, m->sum->report, &d->destinations, &n);
    if (status) {
        return status;
    }
    d->areas = calloc(n_all ? n_all : 1, sizeof *d->areas);
    d->words = calloc(n ? n : 1, sizeof *d->words);
    if (!d->areas || !d->words) {
        return HF_ERR_MEMORY;
    }
    for (; d->n_words < n; d->n_words++) {
        d->words[d->n_words] = words_of(&d->destinations[d->n_words]);
        if (!d->words[d->n_words]) {
            return HF_ERR_MEMORY;
        }
    }
    for (size_t a = 0; a < n_all; a++) {
        size_t i = summary_find_destination(m->sum, a, d->destinations, n);
        if (i < n && a != d->options.home) {
            d->areas[d->options.n_areas++] =
                (hf_map_area){.authority = a,
                              .count = d->destinations[i].count,
                              .is_withheld = d->destinations[i].is_withheld,
                              .group = d->destinations[i].name,
                              .words = d->words[i]};
        }
    }
    d->options.areas = d->areas;
    return HF_OK;
}

static bool set_rings(const picture *m, drawing *d) {
    const char *text = m->rings ? m->rings : m->sum ? m->sum->bands : NULL;
    bool is_numbers = text && *text >= '0' && *text <= '9';
    if (m->rings && (!strcmp(text, "none") || !strcmp(text, "0"))) {
        return true;
    }
    d->options.rings = d->rings;
    return summary_parse_miles("--rings",
                               m->rings || is_numbers ? text : "20,50,100",
                               d->rings, MOST_RINGS, &d->options.n_rings);
}

static void set_texts(const picture *m, drawing *d) {
    const char *home = m->p->home_place.name;
    snprintf(d->title, sizeof d->title,
             m->sum ? "Placements of %s" : "%s and its neighbours", home);
    provenance_attribution(
        &m->p->s, m->sum && m->sum->read && m->sum->read->has_postcodes,
        d->attribution, sizeof d->attribution);
    snprintf(d->withheld, sizeof d->withheld, "number withheld");
    d->options.title = d->title;
    d->options.attribution = d->attribution;
    d->options.withheld = d->withheld;
    d->options.width = m->width;
    d->options.scale = m->scale;
}

bool picture_draw(picture *m, hf_map_format format, char **out, size_t *out_len,
                  int *exit_out) {
    drawing d = {.n_words = 0};
    hf_map_options_init(&d.options);
    d.options.home = m->p->options.home;
    hf_status status = HF_OK;
    bool is_fine = set_rings(m, &d);
    if (is_fine) {
        set_texts(m, &d);
        status = add_neighbours(m, &d);
        status = status || !m->sum ? status : add_areas(m, &d);
        status = status ? status
                        : hf_map_write(m->p->s.ctx, m->p->s.set, &d.options,
                                       format, out, out_len);
    }
    drawing_reset(&d);
    *exit_out = !is_fine ? CLI_WRONG_USAGE
                : status ? session_failed(&m->p->s, status)
                         : CLI_DONE;
    return !*exit_out;
}

bool picture_add(picture *m, hf_document *document, int *exit_out) {
    char *svg = NULL, words[512];
    size_t len = 0;
    if (!picture_draw(m, HF_MAP_SVG, &svg, &len, exit_out)) {
        return false;
    }
    snprintf(words, sizeof words,
             "Map: %.300s and the destinations of its placements, shaded by "
             "number, as in the table of destinations.",
             m->p->home_place.name);
    hf_document_picture(document, svg, len, words);
    hf_text_free(svg);
    return true;
}
