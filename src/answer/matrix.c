#include "howfar/boundary.h"
#include "howfar/distance.h"

hf_status hf_distance_matrix(hf_context *ctx, const hf_boundaries *set,
                             double *out_m) {
    size_t n = hf_boundaries_count(set);
    for (size_t a = 0; a < n; a++) {
        out_m[a * n + a] = 0;
        for (size_t b = a + 1; b < n; b++) {
            hf_line line;
            hf_status status =
                hf_distance_between_borders(ctx, set, a, b, &line);
            if (status) {
                return status;
            }
            out_m[a * n + b] = out_m[b * n + a] = line.dist_m;
        }
    }
    return HF_OK;
}
