/* Where the postcodes of a sector, district or area lie. */
#include <math.h>
#include <string.h>

#include "atlas/postcode_index.h"
#include "base/context.h"

/* Bins of distance for the share of points within a radius. */
#define BINS 256

typedef struct survey {
    const hf_postcodes *index;
    const unsigned char *rows;
    size_t n_rows;
    bool is_live;
    uint32_t by_code[HF__POSTCODES_MOST_CODES];
} survey;

static uint64_t row_at(const survey *s, size_t i) {
    return hf__get64(s->rows + i * HF__POSTCODES_ROW);
}

static bool is_counted(const survey *s, uint64_t row) {
    return !s->is_live || hf__row_life(row) == HF_POSTCODE_LIVE;
}

static bool has_point(const survey *s, uint64_t row) {
    return hf__row_has_point(row) && is_counted(s, row);
}

static bool has_live(const survey *s) {
    for (size_t i = 0; i < s->n_rows; i++) {
        if (hf__row_life(row_at(s, i)) == HF_POSTCODE_LIVE) {
            return true;
        }
    }
    return false;
}

/* Counts, codes and the mean. Sums of whole metres are exact. */
static void count(survey *s, hf_postcode_spread *out) {
    uint64_t sum_x = 0, sum_y = 0;
    for (size_t i = 0; i < s->n_rows; i++) {
        uint64_t row = row_at(s, i);
        if (!is_counted(s, row)) {
            continue;
        }
        out->postcodes++;
        s->by_code[hf__row_code(row)]++;
        if (hf__row_has_point(row)) {
            out->points++;
            sum_x += hf__row_easting(row);
            sum_y += hf__row_northing(row);
        }
    }
    double n = (double)out->points;
    out->mean.x_m = out->points ? (double)sum_x / n : NAN;
    out->mean.y_m = out->points ? (double)sum_y / n : NAN;
}

static double distance_m(const hf_postcode_spread *spread, uint64_t row) {
    double dx = (double)hf__row_easting(row) - spread->mean.x_m;
    double dy = (double)hf__row_northing(row) - spread->mean.y_m;
    return sqrt(dx * dx + dy * dy);
}

static void measure(const survey *s, hf_postcode_spread *out) {
    double greatest_m = 0;
    for (size_t i = 0; i < s->n_rows; i++) {
        uint64_t row = row_at(s, i);
        if (has_point(s, row)) {
            greatest_m = fmax(greatest_m, distance_m(out, row));
        }
    }
    out->radius_m = out->points ? greatest_m : NAN;
    out->radius_95_m = out->radius_m;
    if (!(greatest_m > 0)) {
        return;
    }
    size_t bins[BINS] = {0};
    for (size_t i = 0; i < s->n_rows; i++) {
        uint64_t row = row_at(s, i);
        if (has_point(s, row)) {
            double share = distance_m(out, row) / greatest_m;
            size_t bin = (size_t)(share * BINS);
            bins[bin < BINS ? bin : BINS - 1]++;
        }
    }
    size_t within = 0, bin = 0;
    while (bin < BINS && within * 100 < out->points * 95) {
        within += bins[bin++];
    }
    out->radius_95_m = greatest_m * (double)bin / BINS;
}

/* Puts a share into its place among the largest. */
static void add_share(hf_postcode_spread *out, hf_postcode_share added) {
    size_t n = out->n_authorities < HF_POSTCODE_SHARES ? out->n_authorities
                                                       : HF_POSTCODE_SHARES;
    size_t at = n;
    while (at && out->authorities[at - 1].postcodes < added.postcodes) {
        at--;
    }
    out->n_authorities++;
    if (at == HF_POSTCODE_SHARES) {
        return;
    }
    size_t after = n - at - (n == HF_POSTCODE_SHARES);
    memmove(out->authorities + at + 1, out->authorities + at,
            after * sizeof added);
    out->authorities[at] = added;
}

static void share_out(const survey *s, hf_postcode_spread *out) {
    for (size_t c = 0; c < hf__postcodes_n_codes(s->index); c++) {
        hf_postcode_share share = {
            .authority_code = hf__postcodes_authority(s->index, c),
            .county_code = hf__postcodes_county(s->index, c),
            .postcodes = s->by_code[c]};
        if (share.postcodes && *share.authority_code) {
            add_share(out, share);
        }
    }
}

hf_status hf_postcodes_survey(hf_context *ctx, const hf_postcodes *index,
                              const hf_postcode *postcode,
                              hf_postcode_spread *out) {
    if (postcode->kind == HF_POSTCODE_FULL) {
        return hf__fail(ctx, HF_ERR_USAGE,
                        "a full postcode is a point: it has no spread");
    }
    survey s = {.index = index};
    hf__postcode_key key = hf__postcode_key_of(postcode);
    hf_status status = hf__postcodes_rows(ctx, index, postcode->kind, &key,
                                          &s.rows, &s.n_rows);
    if (status) {
        return status;
    }
    s.is_live = has_live(&s);
    hf_postcode_spread spread = {.is_live = s.is_live,
                                 .kind = hf__outward_is_irish(key.outward)
                                             ? HF_COORDINATE_IRISH_GRID
                                             : HF_COORDINATE_GRID};
    count(&s, &spread);
    measure(&s, &spread);
    share_out(&s, &spread);
    *out = spread;
    return HF_OK;
}
