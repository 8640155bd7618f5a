/* Reading claims. */
#include <math.h>
#include <string.h>

#include "check.h"

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

#define MI 1609.344
#define KM 1000.0

static const struct {
    const char *typed;
    double low, high, unit_m;
    bool has_low, has_high;
    const char *text, *taken;
} read_cases[] = {
    {"429", 428.5, 429.5, MI, true, false, "429 miles", "428.5 to 429.5 miles"},
    {"429 miles", 428.5, 429.5, MI, true, false, "429 miles",
     "428.5 to 429.5 miles"},
    {"  429  Miles ", 428.5, 429.5, MI, true, false, "429 miles",
     "428.5 to 429.5 miles"},
    {"429mi", 428.5, 429.5, MI, true, false, "429 miles",
     "428.5 to 429.5 miles"},
    {"429 miles away", 428.5, 429.5, MI, true, false, "429 miles",
     "428.5 to 429.5 miles"},
    {"429.3", 429.25, 429.35, MI, true, false, "429.3 miles",
     "429.25 to 429.35 miles"},
    {"429.30", 429.295, 429.305, MI, true, false, "429.30 miles",
     "429.295 to 429.305 miles"},
    {"1", 0.5, 1.5, MI, true, false, "1 mile", "0.5 to 1.5 miles"},
    {"0", 0, 0.5, MI, true, false, "0 miles", "0 to 0.5 miles"},
    {"007", 6.5, 7.5, MI, true, false, "7 miles", "6.5 to 7.5 miles"},
    {"430", 429.5, 430.5, MI, true, false, "430 miles", "429.5 to 430.5 miles"},
    {"1,200", 1199.5, 1200.5, MI, true, false, "1200 miles",
     "1199.5 to 1200.5 miles"},
    {"1,200.5 km", 1200.45, 1200.55, KM, true, false, "1200.5 km",
     "1200.45 to 1200.55 km"},
    {"690km", 689.5, 690.5, KM, true, false, "690 km", "689.5 to 690.5 km"},
    {"690 kilometres", 689.5, 690.5, KM, true, false, "690 km",
     "689.5 to 690.5 km"},
    {"690\xc2\xa0KM", 689.5, 690.5, KM, true, false, "690 km",
     "689.5 to 690.5 km"},
    {"exactly 429", 428.5, 429.5, MI, true, false, "429 miles",
     "428.5 to 429.5 miles"},
    {"about 430", 425, 435, MI, true, false, "about 430 miles",
     "425 to 435 miles"},
    {"around 400", 375, 425, MI, true, false, "about 400 miles",
     "375 to 425 miles"},
    {"roughly 350 miles", 325, 375, MI, true, false, "about 350 miles",
     "325 to 375 miles"},
    {"approx. 425", 422.5, 427.5, MI, true, false, "about 425 miles",
     "422.5 to 427.5 miles"},
    {"approx 429", 428.5, 429.5, MI, true, false, "about 429 miles",
     "428.5 to 429.5 miles"},
    {"~20", 17.5, 22.5, MI, true, false, "about 20 miles",
     "17.5 to 22.5 miles"},
    {"\xe2\x89\x88 690 km", 685, 695, KM, true, false, "about 690 km",
     "685 to 695 km"},
    {"about 10", 9.5, 10.5, MI, true, false, "about 10 miles",
     "9.5 to 10.5 miles"},
    {"400 or so", 375, 425, MI, true, false, "about 400 miles",
     "375 to 425 miles"},
    {"about 0", 0, 0.5, MI, true, false, "about 0 miles",
     "less than 0.5 miles"},
    {"over 400", 400, INFINITY, MI, false, true, "over 400 miles",
     "more than 400 miles"},
    {"more than 400 miles", 400, INFINITY, MI, false, true, "over 400 miles",
     "more than 400 miles"},
    {">400", 400, INFINITY, MI, false, true, "over 400 miles",
     "more than 400 miles"},
    {"at least 400", 400, INFINITY, MI, true, true, "at least 400 miles",
     "400 miles or more"},
    {"400+", 400, INFINITY, MI, true, true, "at least 400 miles",
     "400 miles or more"},
    {"400+ miles", 400, INFINITY, MI, true, true, "at least 400 miles",
     "400 miles or more"},
    {"400 miles or more", 400, INFINITY, MI, true, true, "at least 400 miles",
     "400 miles or more"},
    {"\xe2\x89\xa5 400", 400, INFINITY, MI, true, true, "at least 400 miles",
     "400 miles or more"},
    {"up to 300", 0, 300, MI, true, true, "up to 300 miles",
     "300 miles or less"},
    {"no more than 300", 0, 300, MI, true, true, "up to 300 miles",
     "300 miles or less"},
    {"up to 0", 0, 0, MI, true, true, "up to 0 miles", "0 miles or less"},
    {"under 300", 0, 300, MI, true, false, "under 300 miles",
     "less than 300 miles"},
    {"less than 1,000 km", 0, 1000, KM, true, false, "under 1000 km",
     "less than 1000 km"},
    {"nearly 400", 375, 400, MI, true, false, "nearly 400 miles",
     "375 to just below 400 miles"},
    {"just under 430", 425, 430, MI, true, false, "nearly 430 miles",
     "425 to just below 430 miles"},
    {"just over 400", 400, 425, MI, false, true, "just over 400 miles",
     "just above 400 to 425 miles"},
    {"400-450", 400, 450, MI, true, true, "400 to 450 miles",
     "400 to 450 miles"},
    {"400\xe2\x80\x93"
     "450 km",
     400, 450, KM, true, true, "400 to 450 km", "400 to 450 km"},
    {"400 to 450 miles", 400, 450, MI, true, true, "400 to 450 miles",
     "400 to 450 miles"},
    {"between 400 and 450", 400, 450, MI, true, true, "400 to 450 miles",
     "400 to 450 miles"},
    {"from 0.5 to 1.25 miles", 0.5, 1.25, MI, true, true, "0.5 to 1.25 miles",
     "0.5 to 1.25 miles"},
    {"400 km - 450 km", 400, 450, KM, true, true, "400 to 450 km",
     "400 to 450 km"},
    {"about 400 to 450", 400, 450, MI, true, true, "400 to 450 miles",
     "400 to 450 miles"},
};

static void reads_what_people_write(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        hf_claim claim;
        char taken[128];
        const char *typed = read_cases[i].typed;
        assert_ok(ctx, hf_claim_parse(ctx, typed, strlen(typed), &claim));
        double unit_m = read_cases[i].unit_m;
        assert_near(claim.unit_m, unit_m, 0);
        assert_near(claim.low_m, read_cases[i].low * unit_m, 1e-6);
        if (isfinite(read_cases[i].high)) {
            assert_near(claim.high_m, read_cases[i].high * unit_m, 1e-6);
        } else {
            assert_true(claim.high_m > 0 && isinf(claim.high_m));
        }
        assert_int_equal(claim.has_low, read_cases[i].has_low);
        assert_int_equal(claim.has_high, read_cases[i].has_high);
        assert_string_equal(claim.text, read_cases[i].text);
        hf_claim_describe(&claim, taken, sizeof taken);
        assert_string_equal(taken, read_cases[i].taken);
    }
}

static void what_it_writes_it_reads_again(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        hf_claim first, second;
        const char *typed = read_cases[i].typed;
        assert_ok(ctx, hf_claim_parse(ctx, typed, strlen(typed), &first));
        assert_ok(ctx,
                  hf_claim_parse(ctx, first.text, strlen(first.text), &second));
        assert_int_equal(second.kind, first.kind);
        assert_true(second.low_m == first.low_m);
        assert_true(second.high_m == first.high_m);
        assert_string_equal(second.text, first.text);
    }
}

static const struct {
    const char *typed, *says;
    hf_status status;
} refused[] = {
    {"", "understood are", HF_ERR_USAGE},
    {"banana", "understood are", HF_ERR_USAGE},
    {"about", "understood are", HF_ERR_USAGE},
    {"4 2 9", "understood are", HF_ERR_USAGE},
    {"429 furlongs", "miles or km", HF_ERR_USAGE},
    {"429 milestones", "miles or km", HF_ERR_USAGE},
    {"1e3", "miles or km", HF_ERR_USAGE},
    {"429m", "miles or metres", HF_ERR_USAGE},
    {"-5", "below 0", HF_ERR_USAGE},
    {"under 0", "below 0", HF_ERR_USAGE},
    {"nearly 0", "below 0", HF_ERR_USAGE},
    {"1,20", "groups of three", HF_ERR_USAGE},
    {"429,3", "groups of three", HF_ERR_USAGE},
    {"1,2000", "groups of three", HF_ERR_USAGE},
    {"1200,300", "groups of three", HF_ERR_USAGE},
    {"400-300", "lower to the higher", HF_ERR_USAGE},
    {"over 400-450", "two ends", HF_ERR_USAGE},
    {"between 400", "understood are", HF_ERR_USAGE},
    {"400 to", "understood are", HF_ERR_USAGE},
    {"400 miles to 700 km", "not in both", HF_ERR_USAGE},
    {"about 400+", "understood are", HF_ERR_USAGE},
    {"1234567890123", "too many digits", HF_ERR_USAGE},
    {"0.12345678901234", "too many digits", HF_ERR_USAGE},
    {"24902", "around the earth", HF_ERR_RANGE},
    {"0-40076 km", "around the earth", HF_ERR_RANGE},
    {"429 \x01", "understood are", HF_ERR_USAGE},
    {"\xff\xfe"
     "429",
     "understood are", HF_ERR_USAGE},
    {"429 miles from the place where somebody once lived, by all accounts",
     "too long", HF_ERR_USAGE},
};

static void refuses_what_it_does_not_understand_and_says_why(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        hf_claim claim = {.unit_m = 7};
        const char *typed = refused[i].typed;
        assert_status(ctx, hf_claim_parse(ctx, typed, strlen(typed), &claim),
                      refused[i].status);
        assert_contains(hf_context_message(ctx), refused[i].says);
        assert_near(claim.unit_m, 7, 0); /* untouched */
    }
}

static hf_claim parse(const char *text) {
    hf_claim claim;
    assert_ok(ctx, hf_claim_parse(ctx, text, strlen(text), &claim));
    return claim;
}

static void rounds_half_up_at_its_limits(void **state) {
    (void)state;
    hf_claim claim = parse("429");
    assert_true(hf_claim_holds(&claim, 428.5 * MI));
    assert_false(hf_claim_holds(&claim, 428.4999 * MI));
    assert_true(hf_claim_holds(&claim, 429.4999 * MI));
    assert_false(hf_claim_holds(&claim, 429.5 * MI));
    claim = parse("over 400");
    assert_false(hf_claim_holds(&claim, 400 * MI));
    claim = parse("at least 400");
    assert_true(hf_claim_holds(&claim, 400 * MI));
    claim = parse("up to 300");
    assert_true(hf_claim_holds(&claim, 300 * MI));
    claim = parse("under 300");
    assert_false(hf_claim_holds(&claim, 300 * MI));
    claim = parse("up to 0");
    assert_true(hf_claim_holds(&claim, 0));
    assert_false(hf_claim_holds(&claim, NAN));
}

static void a_range_of_distances_meets_a_claim_where_they_overlap(
    void **state) {
    (void)state;
    hf_claim claim = parse("429");
    assert_true(hf_claim_meets(&claim, 233 * MI, 640 * MI));
    assert_true(hf_claim_meets(&claim, 429.4 * MI, 640 * MI));
    assert_false(hf_claim_meets(&claim, 429.5 * MI, 640 * MI));
    assert_true(hf_claim_meets(&claim, 0, 428.5 * MI));
    assert_false(hf_claim_meets(&claim, 0, 428.4 * MI));
    assert_false(hf_claim_meets(&claim, 2, 1)); /* no range */
}

static void suggests_a_straight_line_by_road(void **state) {
    (void)state;
    hf_claim claim = parse("429"), straight = hf_claim_by_road(&claim);
    assert_near(straight.low_m, 428.5 / 1.3 * MI, 1e-6);
    assert_near(straight.high_m, 429.5 / 1.2 * MI, 1e-6);
    assert_string_equal(straight.text, "330 to 358 miles");
    claim = parse("over 400 km");
    straight = hf_claim_by_road(&claim);
    assert_string_equal(straight.text, "over 308 km");
    assert_near(straight.low_m, 400e3 / 1.3, 1e-6);
    assert_true(isinf(straight.high_m));
    claim = parse("under 300");
    straight = hf_claim_by_road(&claim);
    assert_string_equal(straight.text, "under 250 miles");
    assert_near(straight.low_m, 0, 0);
    assert_false(straight.has_high);
}

static void a_description_is_cut_to_nothing_where_it_does_not_fit(
    void **state) {
    (void)state;
    hf_claim claim = parse("429");
    char taken[8] = "before";
    hf_claim_describe(&claim, taken, sizeof taken);
    assert_string_equal(taken, "");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(reads_what_people_write),
        CASE(what_it_writes_it_reads_again),
        CASE(refuses_what_it_does_not_understand_and_says_why),
        CASE(rounds_half_up_at_its_limits),
        CASE(a_range_of_distances_meets_a_claim_where_they_overlap),
        CASE(suggests_a_straight_line_by_road),
        CASE(a_description_is_cut_to_nothing_where_it_does_not_fit),
    };
    return run_tests(tests);
}
