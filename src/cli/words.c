#include "cli/words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "howfar/units.h"

void say(words *w, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len =
        vsnprintf(w->text + w->len, sizeof w->text - w->len, format, args);
    va_end(args);
    if (len > 0) {
        w->len += (size_t)len;
        if (w->len >= sizeof w->text) {
            w->len = sizeof w->text - 1;
        }
    }
}

void say_miles(words *w, double dist_m) {
    double miles = hf_miles_from_m(dist_m);
    say(w, "%.1f mile%s", miles, fabs(miles - 1) < 0.05 ? "" : "s");
}
