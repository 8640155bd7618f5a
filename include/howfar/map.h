/* Maps: a home authority, where its placements are, and how far that is.
 *
 * Drawn: the home authority, its neighbours outlined, authorities shaded by
 * class (withheld ones hatched), rings at chosen miles as true geodesic
 * circles, straight lines from the centre of home to the centre of each shaded
 * authority or group of them (never to a placement), names where there is room,
 * legend, scale, title and attribution. Where most of the map lies far from
 * home, an inset shows the surroundings of home. */
#ifndef HOWFAR_MAP_H
#define HOWFAR_MAP_H

#include "howfar/boundary.h"

HF_BEGIN_DECLS

typedef enum hf_map_format {
    HF_MAP_SVG = 0,
    HF_MAP_PNG = 1,
    HF_MAP_PDF = 2
} hf_map_format;

/* Finds "svg", "png", "pdf". HF_ERR_USAGE with the list. */
HF_API HF_WARN_UNUSED hf_status hf_map_format_parse(hf_context *ctx,
                                                    const char *name,
                                                    hf_map_format *out);

/* An authority that is shaded. */
typedef struct hf_map_area {
    size_t authority; /* index into the set */
    uint64_t count;   /* of the destination it belongs to; published figures
                         only. Ignored where it is withheld. */
    bool is_withheld;
    const char *group; /* the destination, where that is several authorities:
                          they share a name and a line; NULL: its own name */
    const char *words; /* hover text of SVG: "London: 88 placements" */
} hf_map_area;

typedef struct hf_map_options {
    size_t home;              /* index into the set; required */
    const size_t *neighbours; /* outlined */
    size_t n_neighbours;
    const hf_map_area *areas;
    size_t n_areas;
    const double *rings; /* miles, above 0 */
    size_t n_rings;
    const char *title;
    const char *legend;      /* what is counted: "Placements" */
    const char *withheld;    /* what hatching means: "withheld (1 to 5)" */
    const char *attribution; /* of the boundaries; several lines with \n */
    double width;            /* points of SVG and PDF, 300 to 5000; default
                                800. The height follows from what is shown. */
    double scale;            /* pixels of PNG per point, 0.5 to 8; default 2 */
} hf_map_options;

HF_API void hf_map_options_init(hf_map_options *options);

/* Draws the map as bytes with a NUL behind them; free with hf_text_free.
 * HF_ERR_RANGE for options out of range, HF_ERR_PROJECTION, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_map_write(hf_context *ctx,
                                             const hf_boundaries *set,
                                             const hf_map_options *options,
                                             hf_map_format format, char **out,
                                             size_t *out_len);

HF_END_DECLS
#endif
