/* The index over pieces: what a search gathers, and that what a vicinity
 * remembers of earlier searches near it changes nothing. */
#include "shape/index.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "check.h"
#include "earth/geocentric.h"

#define N_PIECES 3000
#define N_PLACES 200
#define N_AROUND 30
#define SIDE_M 9000.0

/* A ragged ring of pieces of about 100 m around a place in England. */
static hf__index *make_ring(void) {
    double(*pieces)[HF__PIECE_VALUES] = hf__calloc(N_PIECES, sizeof *pieces);
    hf__xyz ends[N_PIECES];
    for (size_t i = 0; i < N_PIECES; i++) {
        double turn = 2 * M_PI * (double)i / N_PIECES;
        double radius = 0.5 + 0.15 * sin(7 * turn) + check_random_in(0, 0.003);
        ends[i] =
            hf__xyz_of((hf_lonlat){.lon_deg = -0.2 + radius * cos(turn),
                                   .lat_deg = 51.8 + radius * 0.6 * sin(turn)});
    }
    assert_non_null(pieces);
    for (size_t i = 0; i < N_PIECES; i++) {
        hf__xyz from = ends[i], to = ends[(i + 1) % N_PIECES];
        double a[3] = {from.x_m, from.y_m, from.z_m};
        double b[3] = {to.x_m, to.y_m, to.z_m};
        for (int k = 0; k < 3; k++) {
            pieces[i][k] = a[k];
            pieces[i][3 + k] = b[k] - a[k];
            pieces[i][6 + k] = 1e-9 * a[k]; /* up to 6 mm */
        }
    }
    hf__index *index = hf__index_new(pieces, N_PIECES);
    assert_non_null(index);
    return index;
}

static int by_piece(const void *a, const void *b) {
    const hf__near *x = a, *y = b;
    return x->piece < y->piece ? -1 : x->piece > y->piece;
}

static void sort(hf__near_list *list) {
    if (list->n) {
        qsort(list->at, list->n, sizeof *list->at, by_piece);
    }
}

static double chord_to(const hf__index *index, size_t piece, hf__xyz p) {
    hf__near one = {.piece = (uint32_t)piece};
    return hf__index_chord_m(index, &one, 1, p);
}

static bool is_found(const hf__near_list *found, size_t piece) {
    hf__near key = {.piece = (uint32_t)piece};
    return bsearch(&key, found->at, found->n, sizeof key, by_piece);
}

/* Whether the nearest place of a piece is its end, where the next one begins.
 */
static bool is_stood_for(const hf__index *index, size_t piece, hf__xyz p) {
    const double *v = hf__index_pieces(index)[piece];
    hf__xyz from = {v[0], v[1], v[2]};
    hf__xyz to = {v[0] + v[3], v[1] + v[4], v[2] + v[5]};
    return hf__xyz_nearest(from, to, p) == 1;
}

/* Every piece within the band, by going through all of them: it is found, or
 * the next one around the ring is as near and stands for it. Counts those that
 * are left out. */
static size_t check_band(const hf__index *index, hf__xyz p,
                         const hf__near_list *found) {
    double chords[N_PIECES], least_m = INFINITY;
    size_t n_left_out = 0;
    for (size_t i = 0; i < N_PIECES; i++) {
        chords[i] = chord_to(index, i, p);
        least_m = fmin(least_m, chords[i]);
    }
    double cutoff_m = hf__index_cutoff_m(least_m, 0.007);
    for (size_t i = 0; i < N_PIECES; i++) {
        if (chords[i] <= cutoff_m && !is_found(found, i)) {
            size_t next = (i + 1) % N_PIECES;
            assert_true(is_stood_for(index, i, p));
            assert_true(chords[next] <= chords[i] + 1e-8);
            assert_true(is_found(found, next) || is_stood_for(index, next, p));
            n_left_out++;
        }
    }
    return n_left_out;
}

/* About uniform by the logarithm of the distance: 50 m to 2,200 km. */
static hf_lonlat random_place(void) {
    double off_deg = 0.0005 * exp(check_random_in(0, log(4e4)));
    double turn = check_random_in(0, 2 * M_PI);
    double lat = 51.8 + (0.3 + off_deg) * 0.6 * sin(turn);
    return (hf_lonlat){-0.2 + (0.5 + off_deg) * cos(turn),
                       fmax(fmin(lat, 80), -80)};
}

/* A square with its middle at `middle`, and where p is in it. */
static hf__around around_of(hf__vicinity *vicinity, hf_lonlat middle,
                            hf_lonlat p) {
    const double m_per_deg = 111e3;
    double x_m = (p.lon_deg - middle.lon_deg) * m_per_deg *
                 cos(middle.lat_deg * M_PI / 180);
    double y_m = (p.lat_deg - middle.lat_deg) * m_per_deg;
    return (hf__around){vicinity, x_m + SIDE_M / 2, y_m + SIDE_M / 2, SIDE_M};
}

typedef struct seen {
    size_t searches, known, left_out, more;
} seen;

static seen check_variant(const hf__lanes *lanes) {
    hf__index *ring = make_ring(), *other = make_ring();
    hf__near_list with = {0}, without = {0};
    seen all = {0};
    for (size_t place = 0; place < N_PLACES; place++) {
        hf_lonlat middle = random_place();
        hf__vicinity vicinity = {0};
        for (size_t i = 0; i < N_AROUND; i++) {
            hf_lonlat p = {middle.lon_deg + check_random_in(-0.04, 0.04),
                           middle.lat_deg + check_random_in(-0.04, 0.04)};
            hf__xyz at = hf__xyz_of(p);
            double most_m = i % 5 == 4 ? check_random_in(0, 1e6) : INFINITY;
            /* A vicinity may be asked of one border, then of another. */
            const hf__index *index = i == N_AROUND / 2 ? other : ring;
            hf__around around = around_of(&vicinity, middle, p);
            with.n = without.n = 0;
            assert_true(hf__index_near(index, lanes, at, most_m, &without));
            assert_true(
                hf__index_near_around(index, lanes, at, &around, &with));
            sort(&with);
            sort(&without);
            for (size_t k = 0; k < without.n; k++) {
                assert_true(is_found(&with, without.at[k].piece));
            }
            all.more += with.n - without.n;
            if (isinf(most_m) && i % 3 == 0) {
                all.left_out += check_band(index, at, &with);
                check_band(index, at, &without);
                all.searches++;
            }
            all.known += vicinity.state == HF__VICINITY_KNOWN;
        }
    }
    hf__free(with.at);
    hf__free(without.at);
    hf__index_free(ring);
    hf__index_free(other);
    return all;
}

static void test_vicinities_change_nothing(void **state) {
    (void)state;
    const hf__lanes *lanes;
    for (size_t i = 0; (lanes = hf__lanes_variant(i)); i++) {
        seen all = check_variant(lanes);
        /* Many are known from the third search on, and many are nearest to a
         * corner, or nothing was tested. */
        assert_true(all.known > N_PLACES * N_AROUND / 5);
        assert_true(all.left_out > all.searches / 5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vicinities_change_nothing),
    };
    return run_tests(tests);
}
