/* The slow oracle of the tests, as a program.
 *
 *     bench-slow SET HOME < POINTS
 *
 * POINTS holds one "longitude latitude" a line. For each: code of the authority
 * or "-", metres to HOME's border, metres to its centre. The last line holds
 * the nanoseconds that a point took. */
#include <stdio.h>
#include <stdlib.h>

#include "../../tests/unit/oracle_border.h"
#include "bench.h"

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: bench-slow SET HOME < POINTS\n", stderr);
        return 2;
    }
    bench_set open = bench_open(argv[1]);
    size_t home = bench_home(&open, argv[2]), n = 0;
    oracle_border *border = oracle_border_new(open.ctx, open.set, home);
    hf_lonlat centre = hf_boundaries_authority(open.set, home)->centre, p;
    double start = bench_now_s();
    char line[128], *rest;
    for (; fgets(line, sizeof line, stdin); n++) {
        p.lon_deg = strtod(line, &rest);
        p.lat_deg = strtod(rest, NULL);
        size_t in = oracle_locate(open.ctx, open.set, p);
        printf("%s %.6f %.6f\n",
               in == HF_NOWHERE ? "-"
                                : hf_boundaries_authority(open.set, in)->code,
               oracle_border_m(open.ctx, border, p),
               hf_geodesic_dist_m(centre, p));
    }
    printf("%.0f\n", 1e9 * (bench_now_s() - start) / (double)(n ? n : 1));
    oracle_border_free(border);
    bench_close(&open);
    return 0;
}
