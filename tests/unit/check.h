/* The one shim over cmocka: its headers in the right order, and assertions for
 * doubles. (cmocka 1.1.5 compares doubles as floats.) */
#ifndef HOWFAR_TESTS_CHECK_H
#define HOWFAR_TESTS_CHECK_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdbool.h>

#include "howfar/howfar.h"

/* |actual - expected| <= tolerance; fails on NaN. */
#define assert_near(actual, expected, tolerance) \
    check_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)
void check_near(double actual, double expected, double tolerance,
                const char *what, const char *file, int line);

/* The call returned HF_OK; prints the context's message where it did not. */
#define assert_ok(ctx, call) \
    check_status((ctx), (call), HF_OK, #call, __FILE__, __LINE__)
/* The call returned this very status. */
#define assert_status(ctx, call, status) \
    check_status((ctx), (call), (status), #call, __FILE__, __LINE__)
void check_status(hf_context *ctx, hf_status actual, hf_status expected,
                  const char *what, const char *file, int line);

/* `text` holds `part`. */
#define assert_contains(text, part) \
    check_contains((text), (part), __FILE__, __LINE__)
void check_contains(const char *text, const char *part, const char *file,
                    int line);

/* Random numbers that are the same everywhere (xorshift64*). The seed is
 * HOWFAR_SEED or 1, and is printed when a test fails. */
uint64_t check_random(void);
/* Uniform in [low, high). */
double check_random_in(double low, double high);

/* A path below the folder of real data (HOWFAR_DATA, default ../shared/data):
 * skips the test where the folder is missing. Static storage, four at a time.
 */
const char *check_data(const char *path);

/* Runs a table of cmocka tests and prints the closing counts. */
#undef run_tests
#define run_tests(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
