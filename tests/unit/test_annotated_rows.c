/* What was found of rows, told one by one. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "annotated.h"

static country land;

/* Invented: see test_annotate_postcodes.c. AL3 lies in two authorities. */
static const char directory[] =
    "pcds,oseast1m,osnrth1m,oslaua\n"
    "AL1 1AA,505000,205000,E10000015\n"
    "AL3 1AA,495000,205000,E06000056\n"
    "AL3 1AB,365000,175000,E06000023\n";

static int set_up(void **state) {
    (void)state;
    country_open_with(&land, directory);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    country_close(&land);
    return 0;
}

/* Rows as text, one per line. */
typedef struct told {
    char text[4000];
    size_t len;
    uint64_t n, stop_at;
    size_t n_cells;
    double last_miles;
} told;

static void add(told *it, const char *text) {
    int len =
        snprintf(it->text + it->len, sizeof it->text - it->len, "%s|", text);
    assert_true(len > 0 && (size_t)len < sizeof it->text - it->len);
    it->len += (size_t)len;
}

static hf_status take(void *user, const hf_annotated_row *row) {
    told *it = user;
    assert_int_equal(row->number, ++it->n);
    assert_int_equal(row->home, land.home);
    add(it, hf_annotate_category_text(row->categories));
    add(it, row->area);
    for (size_t i = 0; i < row->n_authorities; i++) {
        add(it, hf_boundaries_authority(land.set, row->authorities[i])->code);
    }
    for (size_t i = 0; i < it->n_cells; i++) {
        add(it, row->cells[i]);
    }
    add(it, row->reason);
    it->text[it->len - 1] = '\n';
    it->last_miles = row->miles;
    return row->number == it->stop_at ? HF_ERR_CANCELLED : HF_OK;
}

static run run_told(told *it, const char *text, size_t block, size_t threads,
                    const char *const *kept, size_t n_kept) {
    hf_annotate_options options = home_options(&land);
    hf__annotate_tuning tuning = {block, 100};
    options.row = take;
    options.row_user = it;
    options.threads = threads;
    options.kept_columns = kept;
    options.n_kept_columns = it->n_cells = n_kept;
    return run_bytes(&land, text, strlen(text), &options, &tuning);
}

static void each_row_is_told_with_its_cells(void **state) {
    (void)state;
    static const char *const kept[] = {"reason", "#1"};
    told it = {.len = 0};
    run r = run_told(&it,
                     "id,postcode,authority,reason\n"
                     "1,AL1 1AA,,\" a \"\"b\"\" \"\n"
                     "\n"
                     "2,AL3,,c\xC3\xB4\n"
                     "3,,Bristol,\n"
                     "4,,,d\n"
                     "5\n",
                     50, 1, kept, 2);
    assert_status(land.ctx, r.status, HF_OK);
    assert_string_equal(
        it.text,
        "in-county||E10000015|a \"b\"|1|\n"
        "neighbouring or distant||E06000056|E06000023|c\xC3\xB4|2|\n"
        "distant|Bristol|E06000023||3|\n"
        "unknown||d|4|no postcode\n"
        "unknown|||5|no postcode\n");
    run_reset(&r);
}

/* Wales is one authority of the test country, Bedfordshire two; Luton, which
 * overlaps Hertfordshire, does not adjoin it. */
static void a_group_has_its_members(void **state) {
    (void)state;
    told it = {.len = 0};
    run r = run_told(&it, "destination\nWales\nBedfordshire\nHertfordshire\n",
                     50, 1, NULL, 0);
    assert_status(land.ctx, r.status, HF_OK);
    assert_string_equal(
        it.text,
        "distant|Ynys M\xC3\xB4n|W06000001|\n"
        "neighbouring or distant|Bedfordshire|E06000032|E06000056|\n"
        "in-county|Hertfordshire|E10000015|\n");
    assert_near(it.last_miles, 0, 0);
    run_reset(&r);
}

static hf_status count_children(void *user, const hf_annotated_row *row) {
    int64_t *children = user;
    children[row->number - 1] =
        row->is_counted ? (int64_t)row->children : -1 - (int64_t)row->children;
    return HF_OK;
}

static void children_are_those_of_their_column(void **state) {
    (void)state;
    int64_t children[4] = {0};
    hf_annotate_options options = home_options(&land);
    options.row = count_children;
    options.row_user = children;
    static const char text[] =
        "destination,children\nWales,3\nBristol,12\nLuton,0\nCardiff,1\n";
    run r = run_bytes(&land, text, strlen(text), &options, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    assert_int_equal(children[0], 3);
    assert_int_equal(children[1], 12);
    assert_int_equal(children[2], 0);
    assert_int_equal(children[3], 1);
    run_reset(&r);
}

/* What the n-th row must be. */
static hf_status check_order(void *user, const hf_annotated_row *row) {
    uint64_t *n = user;
    char expected[20];
    assert_int_equal(row->number, *n + 1);
    snprintf(expected, sizeof expected, "%u", (unsigned)*n);
    assert_string_equal(row->cells[0], expected);
    ++*n;
    return HF_OK;
}

static void rows_come_in_order_and_nothing_need_be_written(void **state) {
    (void)state;
    static char text[60000];
    static const char *const kept[] = {"n"};
    size_t len = (size_t)sprintf(text, "n,easting,northing\n");
    for (unsigned i = 0; i < 2000; i++) {
        len += (size_t)sprintf(text + len, "%u,%u,205000\n", i, 500000 + i);
    }
    for (size_t threads = 1; threads <= 3; threads++) {
        uint64_t n = 0;
        hf_annotate_options options = home_options(&land);
        hf__annotate_tuning tuning = {100 * threads, 100};
        hf_annotate_summary *summary;
        options.row = check_order;
        options.row_user = &n;
        options.threads = threads;
        options.kept_columns = kept;
        options.n_kept_columns = 1;
        int fd = file_of(text, len);
        assert_ok(land.ctx,
                  hf__annotate(land.ctx, land.set, land.places, land.adjacency,
                               &options, fd, "t.csv", -1, &tuning, &summary));
        close(fd);
        assert_int_equal(n, 2000);
        assert_int_equal(summary->rows, 2000);
        hf_annotate_summary_free(summary);
    }
}

static void a_refusal_ends_the_run(void **state) {
    (void)state;
    told it = {.n = 0, .stop_at = 2};
    run r = run_told(&it, "destination\nLuton\nLuton\nLuton\n", 10, 1, NULL, 0);
    assert_status(land.ctx, r.status, HF_ERR_CANCELLED);
    assert_int_equal(it.n, 2);
    run_reset(&r);
}

static void a_column_to_keep_must_be_there(void **state) {
    (void)state;
    static const char *const kept[] = {"cause"};
    told it = {.len = 0};
    run r = run_told(&it, "destination,reason\nLuton,x\n", 50, 1, kept, 1);
    assert_status(land.ctx, r.status, HF_ERR_NOT_FOUND);
    assert_contains(hf_context_message(land.ctx), "t.csv: no column \"cause\"");
    assert_int_equal(it.n, 0);
    run_reset(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_told_with_its_cells),
        cmocka_unit_test(a_group_has_its_members),
        cmocka_unit_test(children_are_those_of_their_column),
        cmocka_unit_test(rows_come_in_order_and_nothing_need_be_written),
        cmocka_unit_test(a_refusal_ends_the_run),
        cmocka_unit_test(a_column_to_keep_must_be_there),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
