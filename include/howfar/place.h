/* Places: what a person may type, or a file may hold, and what it means.
 *
 * One resolver serves the command line and the files. */
#ifndef HOWFAR_PLACE_H
#define HOWFAR_PLACE_H

#include "howfar/boundary.h"
#include "howfar/postcode.h"

HF_BEGIN_DECLS

typedef enum hf_place_kind {
    HF_PLACE_AUTHORITY = 1, /* one authority */
    HF_PLACE_GROUP = 2,     /* several: a country, a region, a county */
    HF_PLACE_POINT = 3      /* a coordinate, a postcode or a part of one */
} hf_place_kind;

/* What was understood. Owns its strings and members: hf_place_reset. */
typedef struct hf_place {
    hf_place_kind kind;
    char *name;       /* for people: "Hertfordshire", "57.48, -4.22" */
    char *note;       /* what the reader should know, "" if nothing */
    size_t *members;  /* authorities of the set, ascending; NULL for a point */
    size_t n_members; /* 1 for an authority, 0 for a point */
    hf_lonlat point;  /* of a point; NaN otherwise */
    double precision_m; /* of a point: half the square or last digit given; of
                           a part of a postcode: 95 % of it lie within */
    bool is_also_town;  /* of an authority: a town has the name that was given,
                           and "NAME town" would mean it */
    size_t assigned;    /* of a point: the authority that a postcode directory
                           assigns to it, which goes before what the boundaries
                           say; HF_NOWHERE where it says nothing */
} hf_place;

/* Sets to nothing; for the first use of a place on the stack. */
HF_API void hf_place_init(hf_place *place);
/* Frees what a place owns and sets it to nothing. */
HF_API void hf_place_reset(hf_place *place);

/* The resolver of one boundary set: what may be typed and what it means there.
 * Immutable once open, so threads share it, each with its own context. */
typedef struct hf_places hf_places;

typedef struct hf_places_options {
    int as_of; /* YYYYMMDD: names and codes mean what they meant on that day;
                  0: the day of the set's vintage */
    const char *postcodes; /* path of the postcode index; NULL: the default one
                              (hf_postcodes_default_path), if it is there */
} hf_places_options;

HF_API void hf_places_options_init(hf_places_options *options);

/* Reads the tables of authorities, groups and districts from the context's data
 * folder (without them only the names and codes of the set are known, with a
 * warning). `options` may be NULL; `set` must outlive it. HF_ERR_DAMAGED,
 * HF_ERR_RANGE for a day that does not exist, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_places_open(hf_context *ctx,
                                               const hf_boundaries *set,
                                               const hf_places_options *options,
                                               hf_places **out);
HF_API void hf_places_close(hf_places *places);

/* Understands `text` (UTF-8): a name in any usual spelling, English or Welsh, a
 * GSS code or three-digit DfE code (several: "940 / 941"), a group (a country,
 * a region, a county), a district's name or code, a coordinate, a postcode, a
 * sector or district of postcodes. A name or code of another time means what
 * the set has of its area, and the note says so. HF_ERR_NOT_FOUND with the
 * nearest spellings in the message, HF_ERR_AMBIGUOUS with the candidates and
 * how to choose, HF_ERR_RANGE for an impossible coordinate. Never a silent
 * guess. */
HF_API HF_WARN_UNUSED hf_status hf_place_resolve(hf_context *ctx,
                                                 const hf_places *places,
                                                 const char *text, size_t len,
                                                 hf_place *out);

/* The postcode index, opened on first use. Borrowed. HF_ERR_IO where there is
 * none, with a message that says how to import one; HF_ERR_DAMAGED,
 * HF_ERR_UNSUITABLE. */
HF_API HF_WARN_UNUSED hf_status hf_places_postcodes(hf_context *ctx,
                                                    const hf_places *places,
                                                    const hf_postcodes **out);

/* A place that is one authority of the set. */
HF_API HF_WARN_UNUSED hf_status hf_place_of_authority(hf_context *ctx,
                                                      const hf_boundaries *set,
                                                      size_t authority,
                                                      hf_place *out);

HF_END_DECLS
#endif
