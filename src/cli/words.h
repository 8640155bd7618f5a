/* Sentences put together piece by piece. */
#ifndef HOWFAR_CLI_WORDS_H
#define HOWFAR_CLI_WORDS_H

#include <stddef.h>

/* A text of fixed size; what does not fit is cut. */
typedef struct words {
    char text[1200];
    size_t len;
} words;

void say(words *w, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* "1.0 mile", "233.8 miles". */
void say_miles(words *w, double dist_m);

#endif
