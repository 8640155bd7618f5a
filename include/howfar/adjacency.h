/* Adjoining authorities.
 *
 * Three kinds of contact:
 *   land   a shared border of positive length, found by geometry;
 *   point  touching in a corner only (reported apart; does not count by
 *          default);
 *   water  meeting in tidal water, where boundaries clipped to the coast have
 *          lost the border: from the table adjoining.csv (code, code, kind,
 *          reason).
 *
 * Geometry: the part of one border that lies within tolerance_m of the other.
 * Official files are not bit-exact: shared vertices may differ by 0.1 mm, while
 * Rutland and Peterborough are 23 m apart and do not touch. */
#ifndef HOWFAR_ADJACENCY_H
#define HOWFAR_ADJACENCY_H

#include "howfar/boundary.h"

HF_BEGIN_DECLS

typedef enum hf_contact {
    HF_CONTACT_NONE = 0,
    HF_CONTACT_LAND = 1,
    HF_CONTACT_POINT = 2,
    HF_CONTACT_WATER = 3
} hf_contact;

/* "land", "point", "water"; "" for none. */
HF_API const char *hf_contact_name(hf_contact contact);

typedef struct hf_neighbour {
    size_t authority; /* index into the set */
    hf_contact contact;
    double length_m;    /* of the shared border, in the working plane; 0 for
                           point and water */
    const char *reason; /* from the table, for water; "" otherwise */
} hf_neighbour;

typedef struct hf_adjacency_options {
    double tolerance_m;        /* borders this near are shared; default 0.1,
                                  0.001 to 1 are sensible */
    bool counts_point;         /* point contact adjoins; default false */
    bool counts_water;         /* water contact adjoins; default true */
    const char *overrides_csv; /* path of the table; NULL: adjoining.csv in
                                  the data folder */
} hf_adjacency_options;

HF_API void hf_adjacency_options_init(hf_adjacency_options *options);

/* Who adjoins whom in a set. Contacts are found for an authority on first
 * use; safe for several threads. */
typedef struct hf_adjacency hf_adjacency;

/* Reads the table of overrides; a pair whose codes the set does not have is
 * ignored. `options` may be NULL. HF_ERR_UNSUITABLE when the set is of
 * districts (E07): the law asks for upper-tier authorities; HF_ERR_IO,
 * HF_ERR_DAMAGED for the table (a missing default table is a warning),
 * HF_ERR_RANGE for a tolerance that is not finite and positive. `set` must
 * outlive it. */
HF_API HF_WARN_UNUSED hf_status
hf_adjacency_new(hf_context *ctx, const hf_boundaries *set,
                 const hf_adjacency_options *options, hf_adjacency **out);
HF_API void hf_adjacency_free(hf_adjacency *adjacency);

HF_API const hf_adjacency_options *hf_adjacency_get_options(
    const hf_adjacency *adjacency);

/* Every contact of an authority, sorted by name: borrowed, valid as long as
 * `adjacency`. HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_adjacency_neighbours(
    hf_context *ctx, const hf_adjacency *adjacency, size_t authority,
    const hf_neighbour **out_list, size_t *out_count);

/* Whether two authorities adjoin by the rules of the options; *out_contact may
 * be NULL. */
HF_API HF_WARN_UNUSED hf_status
hf_adjacency_adjoins(hf_context *ctx, const hf_adjacency *adjacency, size_t a,
                     size_t b, bool *out_adjoins, hf_contact *out_contact);

HF_END_DECLS
#endif
