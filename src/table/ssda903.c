/* The official distance of SSDA903, without a rounding error. */
#include "howfar/ssda903.h"

#include <math.h>
#include <stdint.h>

/* Metres that a coordinate of the United Kingdom has at most, generously. */
#define GRID_MOST_M 2e6
/* The greatest distance that is not "unknown", tenths of a mile. */
#define TENTHS_MOST 9998

/* Whether a distance of which `squared` is the square, m2, is at least
 * `tenths` - 1/2 tenths of a mile of 1609.3 m, in whole numbers:
 *     sqrt(s) >= (t - 1/2) 160.93   <=>   40000 s >= ((2 t - 1) 16093)^2
 * Both sides stay below 2^60. They are never equal: then 200 sqrt(s) would be
 * whole and even, and (2 t - 1) 16093 is odd. So "half up" never comes to
 * decide between two tenths, and the nearest is the right one. */
static bool is_at_least(uint64_t squared, uint64_t tenths) {
    uint64_t side = (2 * tenths - 1) * 16093;
    return tenths == 0 || 40000 * squared >= side * side;
}

double hf_ssda903_miles(hf_xy home, hf_xy placement) {
    double east = fabs(round(home.x_m) - round(placement.x_m));
    double north = fabs(round(home.y_m) - round(placement.y_m));
    /* Not written as >, so that NaN is no distance either. */
    if (!(east < GRID_MOST_M && north < GRID_MOST_M)) {
        return HF_SSDA903_UNKNOWN_MILES;
    }
    uint64_t squared =
        (uint64_t)east * (uint64_t)east + (uint64_t)north * (uint64_t)north;
    uint64_t tenths = (uint64_t)(sqrt((double)squared) / 160.93 + 0.5);
    if (tenths && !is_at_least(squared, tenths)) {
        tenths--;
    } else if (is_at_least(squared, tenths + 1)) {
        tenths++;
    }
    return tenths <= TENTHS_MOST ? (double)tenths / 10
                                 : HF_SSDA903_UNKNOWN_MILES;
}
