/* Which definitions of the distance between two places a claim fits. */
#include <math.h>

#include "howfar/claim.h"

/* Points known better than this are taken as they are. */
#define PRECISE_M 100.0

const char *hf_claim_measure_name(hf_claim_measure_kind kind) {
    static const char *const names[HF_CLAIM_MEASURES] = {
        [HF_CLAIM_NEAREST] = "nearest",
        [HF_CLAIM_CENTRE] = "centre",
        [HF_CLAIM_REACH] = "farthest from the border",
        [HF_CLAIM_FARTHEST] = "farthest",
        [HF_CLAIM_ANY] = "any point to any point",
        [HF_CLAIM_FROM_CENTRE] = "from the centre to any point",
        [HF_CLAIM_FROM_BORDER] = "from the border to any point"};
    return names[kind];
}

/* How far off the true value a point may be taken. */
static double slack_m(const hf_place *place) {
    bool is_rough =
        place->kind == HF_PLACE_POINT && place->precision_m >= PRECISE_M;
    return is_rough ? place->precision_m : 0;
}

static void hold(const hf_claim *claim, hf_claim_fit *fit) {
    fit->fits = hf_claim_meets(claim, fit->least_m, fit->most_m);
    fit->off_m = 0;
    if (!fit->fits) {
        bool is_too_much = claim->low_m >= fit->most_m;
        fit->off_m = is_too_much ? claim->figure_m - fit->most_m
                                 : claim->most_m - fit->least_m;
    }
}

void hf_claim_hold(const hf_claim *claim, hf_claim_fits *fits) {
    fits->fits = false;
    for (int k = 0; k < HF_CLAIM_MEASURES; k++) {
        if (fits->of[k].applies) {
            hold(claim, &fits->of[k]);
            fits->fits |= fits->of[k].fits;
        }
    }
}

/* From the centre of an area to the nearest and farthest point of a place. */
static hf_status measure_from_centre(hf_context *ctx, const hf_boundaries *set,
                                     const hf_place *to, hf_claim_fits *out,
                                     hf_distances *d) {
    hf_place centre;
    hf_place_init(&centre);
    centre.kind = HF_PLACE_POINT;
    centre.point = out->centre;
    return hf_distance_between(ctx, set, &centre, to, d);
}

hf_status hf_claim_measure(hf_context *ctx, const hf_boundaries *set,
                           const hf_claim *claim, const hf_place *from,
                           const hf_place *to, hf_claim_fits *out) {
    hf_claim_fits fits = {.fits = false};
    hf_distances *d = &fits.distances, of_centre = {0};
    bool from_area = from->kind != HF_PLACE_POINT;
    bool to_area = to->kind != HF_PLACE_POINT;
    hf_status status = hf_distance_between(ctx, set, from, to, d);
    if (!status) {
        status = hf_distance_centre(ctx, set, from, &fits.centre);
    }
    if (!status && from_area && to_area) {
        status = measure_from_centre(ctx, set, to, &fits, &of_centre);
    }
    if (status) {
        return status;
    }
    const struct {
        bool applies;
        double least_m, most_m;
    } values[HF_CLAIM_MEASURES] = {
        [HF_CLAIM_NEAREST] = {from_area || to_area, d->nearest.dist_m,
                              d->nearest.dist_m},
        [HF_CLAIM_CENTRE] = {true, d->centre.dist_m, d->centre.dist_m},
        [HF_CLAIM_REACH] = {from_area && to_area, d->reach.dist_m,
                            d->reach.dist_m},
        [HF_CLAIM_FARTHEST] = {from_area || to_area, d->farthest.dist_m,
                               d->farthest.dist_m},
        [HF_CLAIM_ANY] = {from_area || to_area, d->nearest.dist_m,
                          d->farthest.dist_m},
        [HF_CLAIM_FROM_CENTRE] = {from_area && to_area,
                                  of_centre.nearest.dist_m,
                                  of_centre.farthest.dist_m},
        [HF_CLAIM_FROM_BORDER] = {from_area && to_area, d->nearest.dist_m,
                                  d->reach.dist_m}};
    double slack = slack_m(from) + slack_m(to);
    for (int k = 0; k < HF_CLAIM_MEASURES; k++) {
        if (values[k].applies) {
            fits.of[k] =
                (hf_claim_fit){.applies = true,
                               .least_m = fmax(values[k].least_m - slack, 0),
                               .most_m = values[k].most_m + slack};
        }
    }
    hf_claim_hold(claim, &fits);
    *out = fits;
    return HF_OK;
}
