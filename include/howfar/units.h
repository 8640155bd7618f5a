/* Units. Everything is computed in metres and shown in miles. */
#ifndef HOWFAR_UNITS_H
#define HOWFAR_UNITS_H

/* The international mile, exact since 1959. */
#define HF_METRES_PER_MILE 1609.344

static inline double hf_miles_from_m(double dist_m) {
    return dist_m / HF_METRES_PER_MILE;
}

static inline double hf_m_from_miles(double dist_miles) {
    return dist_miles * HF_METRES_PER_MILE;
}

#endif
