#include "atlas/boundary_facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/boundary_fields.h"
#include "base/memory.h"

const char *hf_country_name(hf_country country) {
    switch (country) {
        case HF_ENGLAND:
            return "England";
        case HF_WALES:
            return "Wales";
        case HF_SCOTLAND:
            return "Scotland";
        case HF_NORTHERN_IRELAND:
            return "Northern Ireland";
        case HF_COUNTRY_OTHER:
            break;
    }
    return "";
}

hf_country hf__country_of_code(const char *code) {
    if (!hf__is_gss_code(hf__str_of(code))) {
        return HF_COUNTRY_OTHER;
    }
    switch (code[0]) {
        case 'E':
        case 'e':
            return HF_ENGLAND;
        case 'W':
        case 'w':
            return HF_WALES;
        case 'S':
        case 's':
            return HF_SCOTLAND;
        case 'N':
        case 'n':
            return HF_NORTHERN_IRELAND;
        default:
            return HF_COUNTRY_OTHER;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void hf__vintage_of_name(hf__str base_name, hf__buf *out) {
    int first = 0, last = 0;
    for (size_t i = 0; i < base_name.len;) {
        size_t n = 0;
        while (i + n < base_name.len && is_digit(base_name.at[i + n])) {
            n++;
        }
        if (n == 4) {
            int year = 0;
            for (size_t k = 0; k < 4; k++) {
                year = year * 10 + base_name.at[i + k] - '0';
            }
            if (year >= 1900 && year < 2100) {
                first = !first || year < first ? year : first;
                last = year > last ? year : last;
            }
        }
        i += n ? n : 1;
    }
    if (last > first) {
        hf__buf_add_format(out, "%d to %d", first, last);
    } else if (first) {
        hf__buf_add_format(out, "%d", first);
    }
}

static const struct {
    hf_resolution resolution;
    const char *tag;
    double metres;
    const char *text;
    const char *guess;
    double edge_m; /* longest median edge of the class */
} classes[] = {
    {HF_RESOLUTION_FULL_EXTENT, "BFE", 0, "full, extent of the realm (BFE)",
     "full", 0},
    {HF_RESOLUTION_FULL_CLIPPED, "BFC", 0, "full, clipped to the coast (BFC)",
     "full", 15},
    {HF_RESOLUTION_GENERALISED, "BGC", 20, "20 m (BGC)", "about 20 m", 150},
    {HF_RESOLUTION_SUPER, "BSC", 200, "200 m (BSC)", "about 200 m", 600},
    {HF_RESOLUTION_ULTRA, "BUC", 500, "500 m (BUC)", "about 500 m", 2500}};

#define N_CLASSES (sizeof classes / sizeof *classes)

hf_resolution hf__resolution_of_name(hf__str base_name) {
    for (size_t i = 0; i + 3 <= base_name.len; i++) {
        bool begins = !i || !is_word(base_name.at[i - 1]);
        bool ends = i + 3 == base_name.len || !is_word(base_name.at[i + 3]);
        for (size_t k = 0; begins && ends && k < N_CLASSES; k++) {
            if (hf__str_is_nocase((hf__str){base_name.at + i, 3},
                                  classes[k].tag)) {
                return classes[k].resolution;
            }
        }
    }
    return HF_RESOLUTION_UNKNOWN;
}

hf_resolution hf__resolution_of_edges(double median_edge_m) {
    for (size_t k = 0; k < N_CLASSES; k++) {
        if (median_edge_m <= classes[k].edge_m) {
            return classes[k].resolution;
        }
    }
    return HF_RESOLUTION_UNKNOWN;
}

double hf__resolution_m(hf_resolution resolution) {
    return resolution ? classes[resolution - 1].metres : 0;
}

const char *hf__resolution_text(hf_resolution resolution, bool is_guess) {
    if (!resolution) {
        return "unknown";
    }
    return is_guess ? classes[resolution - 1].guess
                    : classes[resolution - 1].text;
}

/* The k-th least of n values, which change places (Hoare's selection). */
static double kth_least(double *values, size_t n, size_t k) {
    size_t low = 0, high = n - 1;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;;) {
            while (values[i] < pivot) {
                i++;
            }
            while (values[j] > pivot) {
                j--;
            }
            if (i >= j) {
                break;
            }
            double swap = values[i];
            values[i++] = values[j];
            values[j--] = swap;
        }
        /* values[low .. j] <= pivot <= values[j + 1 .. high] */
        if (k <= j) {
            high = j;
        } else {
            low = j + 1;
        }
    }
    return values[k];
}

double hf__median_edge_m(const hf__polygon *polygons, size_t n) {
    enum { MOST = 10000 };
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        total += hf__polygon_n_points(&polygons[i]);
    }
    size_t step = total / MOST + 1, n_lengths = 0, due = 0;
    double *lengths = hf__calloc(total / step + 1, sizeof *lengths);
    if (!lengths) {
        return NAN;
    }
    for (size_t i = 0; i < n; i++) {
        const hf__polygon *polygon = &polygons[i];
        for (size_t r = 0; r < polygon->n_rings; r++) {
            const hf_xy *ring = polygon->points + polygon->ring_start[r];
            size_t len = polygon->ring_start[r + 1] - polygon->ring_start[r];
            for (; due < len; due += step) {
                hf_xy a = ring[due], b = ring[(due + 1) % len];
                lengths[n_lengths++] = hypot(b.x_m - a.x_m, b.y_m - a.y_m);
            }
            due -= len;
        }
    }
    double median =
        n_lengths ? kth_least(lengths, n_lengths, n_lengths / 2) : NAN;
    hf__free(lengths);
    return median;
}
