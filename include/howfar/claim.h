/* Claims: does "429 miles" fit, by which definition, and where?
 *
 * A figure for a distance is read as an interval: 429 miles is 428.5 to 429.5.
 * It is held against every distance between two places that somebody can have
 * meant, and against the ground: which parts of the destination, which towns
 * and which districts of postcodes lie so far from the centre of the home.
 *
 *     hf_claim claim;
 *     hf_claim_fits fits;
 *     hf_claim_ground *ground;
 *     if (hf_claim_parse(ctx, "429 miles", 9, &claim) ||
 *         hf_claim_measure(ctx, set, &claim, &home, &there, &fits) ||
 *         hf_claim_find(ctx, set, places, &claim, &home, &there, &ground)) {
 *         fprintf(stderr, "%s\n", hf_context_message(ctx));
 *         return 1;
 *     }
 *     printf("%s: %s\n", claim.text, fits.fits ? "fits" : "does not fit");
 *     for (size_t i = 0; i < ground->n_areas; i++)
 *         printf("%s\n", hf_boundaries_authority(
 *                            set, ground->areas[i].authority)->name);
 *     hf_claim_ground_free(ground);
 */
#ifndef HOWFAR_CLAIM_H
#define HOWFAR_CLAIM_H

#include "howfar/distance.h"

HF_BEGIN_DECLS

/* ---- Reading ------------------------------------------------------------ */

/* What a figure may mean. N is the figure, h half a unit of its last digit
 * (429: 0.5; 429.3: 0.05), r half of what a round figure is rounded to (below).
 */
typedef enum hf_claim_kind {
    HF_CLAIM_FIGURE = 0,    /* 429: N - h <= distance < N + h */
    HF_CLAIM_ABOUT = 1,     /* about, around, roughly: N - r to N + r */
    HF_CLAIM_OVER = 2,      /* over, more than: above N */
    HF_CLAIM_AT_LEAST = 3,  /* at least, N or more, N+: N and above */
    HF_CLAIM_UNDER = 4,     /* under, less than, below: less than N */
    HF_CLAIM_UP_TO = 5,     /* up to, at most, within: 0 to N */
    HF_CLAIM_NEARLY = 6,    /* nearly, almost, just under: N - r to below N */
    HF_CLAIM_JUST_OVER = 7, /* just over: above N to N + r */
    HF_CLAIM_RANGE = 8      /* 400-450, between 400 and 450: both included */
} hf_claim_kind;

/* A claim as understood. With "about", "nearly" and "just over" a round figure
 * is taken to be rounded to the nearest 50, 10 or 5, whichever is the largest
 * that divides it and is no more than a quarter of it, else to its last digit:
 * about 430 is 425 to 435, about 400 is 375 to 425, about 20 is 17.5 to 22.5.
 */
typedef struct hf_claim {
    hf_claim_kind kind;
    double low_m, high_m; /* high_m is infinite where there is no upper limit */
    bool has_low, has_high; /* whether the limits themselves fit */
    double figure_m;        /* what was claimed; of a range: its lower figure */
    double most_m;          /* the same, of a range its upper figure */
    double unit_m;          /* 1609.344 or 1000 */
    char text[80]; /* in the usual form: "about 430 miles", "400 to 450 km" */
} hf_claim;

/* Reads a claim (UTF-8): 429 · 429 miles · 429.3 mi · 690km · 1,200 kilometres
 * · about 430 · over 400 · at least 400 · 400+ · under 300 · up to 300 · nearly
 * 400 · 400-450 · between 400 and 450 miles · ~430 · >400; miles unless it says
 * otherwise, in any case. HF_ERR_USAGE with what was wrong and what is
 * understood; HF_ERR_RANGE for more than the circumference of the earth. */
HF_API HF_WARN_UNUSED hf_status hf_claim_parse(hf_context *ctx,
                                               const char *text, size_t len,
                                               hf_claim *out);

/* "428.5 miles or more and less than 429.5": what is taken to fit. Writes at
 * most `size` bytes with the NUL. */
HF_API void hf_claim_describe(const hf_claim *claim, char *out, size_t size);

/* Whether a distance fits, or any of a range of distances. */
HF_API bool hf_claim_holds(const hf_claim *claim, double dist_m);
HF_API bool hf_claim_meets(const hf_claim *claim, double least_m,
                           double most_m);

/* Roads between towns are typically 1.2 to 1.3 times as long as the straight
 * line: a rule of thumb, no measurement; more where water is in the way, and
 * over short distances. On such factors: R. H. Ballou, H. Rahardja, N. Sakai,
 * Selected country circuity factors for road travel distance estimation,
 * Transportation Research Part A 36 (2002), 843-848. */
#define HF_CLAIM_ROAD_LEAST 1.2
#define HF_CLAIM_ROAD_MOST 1.3

/* What a claim suggests in a straight line if it was measured along roads: from
 * its lower limit over 1.3 to its upper limit over 1.2. */
HF_API hf_claim hf_claim_by_road(const hf_claim *claim);

/* ---- By which definition ------------------------------------------------ */

typedef enum hf_claim_measure_kind {
    HF_CLAIM_NEAREST = 0,     /* border to border */
    HF_CLAIM_CENTRE = 1,      /* centre to centre */
    HF_CLAIM_REACH = 2,       /* "up to": from the home's border to the point of
                                 the destination that is farthest from it */
    HF_CLAIM_FARTHEST = 3,    /* between the two points farthest apart */
    HF_CLAIM_ANY = 4,         /* any point of one to any point of the other */
    HF_CLAIM_FROM_CENTRE = 5, /* home's centre to any point of the other */
    HF_CLAIM_FROM_BORDER = 6, /* home's border to any point of the other; 0 for
                                 those within the home */
    HF_CLAIM_MEASURES = 7
} hf_claim_measure_kind;

/* "nearest", "any point to any point", ...; a constant. */
HF_API const char *hf_claim_measure_name(hf_claim_measure_kind kind);

/* A claim held against one definition. */
typedef struct hf_claim_fit {
    bool applies; /* false where another row says the same: from a point, say */
    double least_m, most_m; /* equal for the first four */
    bool fits;
    double off_m; /* 0 where it fits; else what was claimed less the nearest
                     true value: positive where too much was claimed */
} hf_claim_fit;

typedef struct hf_claim_fits {
    hf_claim_fit of[HF_CLAIM_MEASURES];
    bool fits; /* some straight line between the places is so long */
    hf_distances distances;
    hf_lonlat centre; /* of the home */
} hf_claim_fits;

/* Holds a claim against every definition. A point that is known to within 100 m
 * or more (hf_place.precision_m) widens each value by that much either way.
 * HF_ERR_RANGE, HF_ERR_PROJECTION, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_claim_measure(
    hf_context *ctx, const hf_boundaries *set, const hf_claim *claim,
    const hf_place *from, const hf_place *to, hf_claim_fits *out);

/* Holds another claim against what was measured. */
HF_API void hf_claim_hold(const hf_claim *claim, hf_claim_fits *fits);

/* ---- Where -------------------------------------------------------------- */

/* An authority of the destination, and how much of it is as far from the
 * centre of the home as was claimed. */
typedef struct hf_claim_area {
    size_t authority;
    double area_m2;    /* on the ellipsoid */
    double fitting_m2; /* between the circles of the claim's limits, exactly,
                          but for at most 1 mm along the border */
    size_t postcodes;  /* with a point, that its directory assigns to it: those
                          in use, where the directory says which */
    size_t fitting_postcodes;
} hf_claim_area;

/* A town as far from the centre as was claimed, give or take the kilometre to
 * which its point is known. Strings live as long as the places. */
typedef struct hf_claim_town {
    const char *name;
    size_t authority;
    hf_lonlat point;
    double dist_m;
} hf_claim_town;

/* A district of postcodes of which at least some are as far. */
typedef struct hf_claim_district {
    char name[5];     /* "IV7" */
    size_t authority; /* that most of those that fit are assigned to */
    const char *near; /* the town nearest to the middle of those that fit, ""
                         where there are no towns */
    size_t postcodes; /* of the destination */
    size_t fitting_postcodes; /* at least HF_CLAIM_POSTCODES_LEAST */
} hf_claim_district;

/* Districts with fewer postcodes that fit are left out, so that none points to
 * an address. */
#define HF_CLAIM_POSTCODES_LEAST 6

typedef struct hf_claim_ground {
    hf_lonlat centre;           /* what is measured from */
    double area_m2, fitting_m2; /* of the whole destination */
    size_t n_areas;             /* those that fit; none for a point */
    hf_claim_area *areas; /* most postcodes that fit first, then most area */
    size_t n_towns;
    hf_claim_town *towns; /* by their authority's place in `areas`, then by
                             name */
    bool has_postcodes;   /* a directory is imported */
    size_t n_districts;
    hf_claim_district *districts; /* most postcodes that fit first */
    size_t left_out; /* districts with fewer than HF_CLAIM_POSTCODES_LEAST */
    char around[64]; /* the town of a postcode area nearest to most of what fits
                        in the first area, in it and within 25 miles; "" where
                        there is none */
} hf_claim_ground;

/* Finds the ground of a destination that fits a claim. A destination that is a
 * point has none. HF_ERR_RANGE, HF_ERR_PROJECTION, HF_ERR_DAMAGED for a table
 * or the postcode index, HF_ERR_MEMORY. Free with hf_claim_ground_free. */
HF_API HF_WARN_UNUSED hf_status
hf_claim_find(hf_context *ctx, const hf_boundaries *set,
              const hf_places *places, const hf_claim *claim,
              const hf_place *from, const hf_place *to, hf_claim_ground **out);
HF_API void hf_claim_ground_free(hf_claim_ground *ground);

HF_END_DECLS
#endif
