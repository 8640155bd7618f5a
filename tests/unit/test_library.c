/* Libraries loaded when first needed. */
#include "base/library.h"

#include <math.h>

#include "check.h"

#define MATHS(F) F(cosh) F(hypot)
HF__LIBRARY(maths, "libm.so.6", MATHS)

#define LACKING(F) F(cosh) F(check_random)
HF__LIBRARY(lacking, "libm.so.6", LACKING)

HF__LIBRARY(missing, "libhowfar-none.so.9", MATHS)

static hf_context *ctx;

static int set_up(void **state) {
    (void)state;
    return (int)hf_context_new(&ctx);
}

static int tear_down(void **state) {
    (void)state;
    hf_context_free(ctx);
    return 0;
}

static void test_functions_are_the_librarys(void **state) {
    (void)state;
    assert_ok(ctx, hf__library_load(ctx, &maths_library));
    assert_near(maths.hypot(3, 4), 5, 0);
    assert_near(maths.cosh(0), 1, 0);
    assert_ok(ctx, hf__library_load(ctx, &maths_library));
}

static void test_what_is_missing_is_named(void **state) {
    (void)state;
    assert_status(ctx, hf__library_load(ctx, &missing_library), HF_ERR_IO);
    assert_contains(hf_context_message(ctx), "libhowfar-none.so.9");
    assert_status(ctx, hf__library_load(ctx, &lacking_library), HF_ERR_IO);
    assert_contains(hf_context_message(ctx), "no function check_random");
    /* What was not loaded is not held for loaded the next time. */
    assert_status(ctx, hf__library_load(ctx, &lacking_library), HF_ERR_IO);
    assert_null(missing.all[0]);
    assert_null(lacking.all[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions_are_the_librarys),
        cmocka_unit_test(test_what_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
