/* Annotating while memory runs out: the n-th allocation fails, for every n, and
 * then every one after it, until the call succeeds. This program brings the
 * library's memory module itself, so that base/memory.c is not linked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotated.h"
#include "base/memory.h"

static long left = -1; /* allocations until one fails; negative: never */
static bool for_good;  /* all after it fail too */

static bool may_allocate(void) {
    if (left < 0) {
        return true;
    }
    if (left == 0) {
        left = for_good ? 0 : -1;
        return false;
    }
    left--;
    return true;
}

void *hf__calloc(size_t count, size_t size) {
    return may_allocate() ? calloc(count ? count : 1, size) : NULL;
}

void *hf__realloc_array(void *old, size_t count, size_t size) {
    if ((count && size > SIZE_MAX / count) || !may_allocate()) {
        return NULL;
    }
    size_t bytes = count * size;
    return realloc(old, bytes ? bytes : 1);
}

void hf__free(void *memory) {
    free(memory);
}

bool hf__reserve(void **array, size_t *capacity, size_t need, size_t size) {
    if (need <= *capacity) {
        return true;
    }
    /* No spare room: more calls that can fail. */
    void *moved = hf__realloc_array(*array, need, size);
    if (!moved) {
        return false;
    }
    *array = moved;
    *capacity = need;
    return true;
}

char *hf__strndup(const char *text, size_t len) {
    char *copy = hf__calloc(len + 1, 1);
    if (copy && len) {
        memcpy(copy, text, len);
    }
    return copy;
}

char *hf__strdup(const char *text) {
    return hf__strndup(text, strlen(text));
}

static const char points[] =
    "\"lat\",lon,easting,northing,authority,note\n"
    "51.7,-0.5,,,,x\n"
    ",,505000,205000,,\"a\nb\"\n"
    ",,,,Wales,\n"
    ",,,,Bristol,\n"
    ",,,,Nowhere at all,\n"
    ",,,,\"51.7, -0.5\",\n"
    "51.7,-0.5,,,\n"
    "0,0,,,,\n";

/* Invented; one of them on the Irish Grid. */
static const char directory[] =
    "pcds,oseast1m,osnrth1m,oslaua\n"
    "AL1 1AA,505000,205000,E10000015\n"
    "AL1 1AB,495000,205000,E06000056\n"
    "BT1 5GS,333832,374014,N09000003\n";

static const char postcodes[] =
    "responsible,home_postcode,postcode,destination,children\n"
    "Luton,AL1 1AA,AL1 1AB,,1\n"
    "Hertfordshire,BT1 5GS,AL1,,1\n"
    ",,AL1 1AZ,Wales,2\n"
    "Luton,AL1 1AB,BT1 5GS,,3\n"
    "Nowhere,,AL1 1AA,,x\n";

static const char episodes[] =
    "CHILD,LS,HOME_POST,PL_POST\n"
    "1,C2,AL1 1AA,AL1 1AB\n"
    "2,C2,AL1 1AA,BT1 5GS\n"
    "3,V4,,\n";

static const char xml[] =
    "<r><CHILD><HEADER><CHILDID>1</CHILDID><UASC>1</UASC></HEADER><EPISODE>"
    "<HOME_POST>AL1 1AA</HOME_POST><PL_POST>BT1 5GS</PL_POST><NEW>a,b</NEW>"
    "</EPISODE><EPISODE><LS>V3</LS></EPISODE></CHILD></r>";

static hf_status ignore_row(void *user, const hf_annotated_row *row) {
    (void)user;
    assert_non_null(row->cells[0]);
    return HF_OK;
}

static void fail_every_allocation(const char *table, bool names_columns) {
    static const char *const kept[] = {"destination"};
    static const char *const kept_of_return[] = {"LS", "PL_DISTANCE"};
    country land;
    country_open_with(&land, directory);
    hf_annotate_options options = home_options(&land);
    if (table == postcodes) {
        options.home_column = "responsible";
        options.row = ignore_row;
        options.kept_columns = kept;
        options.n_kept_columns = 1;
    }
    if (table == episodes || table == xml) {
        options.row = ignore_row;
        options.kept_columns = kept_of_return;
        options.n_kept_columns = 2;
        options.may_lack_kept = true;
    }
    if (names_columns) {
        options.lat_column = "#1";
        options.lon_column = "LON";
        options.easting_column = "Easting!";
        options.northing_column = "northing";
        options.authority_column = "authority";
    }
    hf__annotate_tuning tuning = {50, 100};
    run good = run_bytes(&land, table, strlen(table), &options, &tuning);
    assert_status(land.ctx, good.status, HF_OK);
    for (int way = 0; way < 2; way++) {
        long n = 0;
        for (;; n++) {
            left = n;
            for_good = way;
            run r = run_bytes(&land, table, strlen(table), &options, &tuning);
            bool has_failed = left < 0 || (way && left == 0);
            left = -1;
            if (!has_failed) {
                assert_status(land.ctx, r.status, HF_OK);
                run_reset(&r);
                break;
            }
            /* What was asked for may be done without: a suggestion, say. */
            if (r.status != HF_OK) {
                assert_status(land.ctx, r.status, HF_ERR_MEMORY);
                assert_null(r.summary);
            } else {
                assert_int_equal(r.summary->rows, good.summary->rows);
            }
            run_reset(&r);
        }
        assert_true(n > 100);
    }
    run again = run_bytes(&land, table, strlen(table), &options, &tuning);
    assert_status(land.ctx, again.status, HF_OK);
    assert_int_equal(again.len, good.len);
    assert_memory_equal(again.out, good.out, good.len);
    run_reset(&again);
    run_reset(&good);
    country_close(&land);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    fail_every_allocation(points, false);
}

static void and_with_columns_named(void **state) {
    (void)state;
    fail_every_allocation(points, true);
}

static void and_with_postcodes_and_homes(void **state) {
    (void)state;
    fail_every_allocation(postcodes, false);
}

static void returns_survive_each(void **state) {
    (void)state;
    fail_every_allocation(episodes, false);
}

static void xml_survives_each(void **state) {
    (void)state;
    fail_every_allocation(xml, false);
}

/* Enough children for the slots to grow. */
static void children_survive_each(void **state) {
    (void)state;
    char uasc[2000] = "CHILD,DUC\n";
    size_t len = strlen(uasc);
    for (unsigned i = 0; i < 100; i++) {
        len += (size_t)sprintf(uasc + len, "A%u,\"x\"\n", i);
    }
    country land;
    country_open(&land);
    for (int way = 0; way < 2; way++) {
        bool has_failed = true;
        for (long n = 0; has_failed; n++) {
            hf_ssda903_children *children = NULL;
            int fd = file_of(uasc, len);
            left = n;
            for_good = way;
            hf_status status = hf_ssda903_children_new(land.ctx, &children);
            if (!status) {
                status = hf_ssda903_children_read_uasc(land.ctx, children, fd,
                                                       "u.csv");
            }
            has_failed = status != HF_OK;
            assert_true(has_failed || left >= 0); /* none failed unseen */
            left = -1;
            assert_status(land.ctx, status, has_failed ? HF_ERR_MEMORY : HF_OK);
            if (!has_failed) {
                assert_int_equal(hf_ssda903_children_count(children), 100);
            }
            hf_ssda903_children_free(children);
            close(fd);
        }
    }
    country_close(&land);
}

static const char this_year[] =
    "CHILD,DECOM,LS,HOME_POST,PL_POST,PL_DISTANCE,PL_LOCATION,PL_LA\n"
    "1,1/4/2024,C2,AL1 1AA,AL1 1AB,9.9,IN,E06000056\n"
    "2,1/4/2024,C2,AL1 1AA,BT1 5GS,1,OUT,Nowhere\n";

static const char last_year[] =
    "CHILD,DECOM,DEC,LS,HOME_POST,PL_POST,PL_DISTANCE\n"
    "1,1/4/2024,,C2,AL1 1AA,AL1 1AB,3.3\n"
    "2,1/4/2024,1/5/2024,C2,AL1 1AA,BT1 5GS,1\n";

static void reconciling_survives_each(void **state) {
    (void)state;
    country land;
    country_open_with(&land, directory);
    hf_reconcile_options options;
    hf_reconcile_options_init(&options);
    options.annotate = home_options(&land);
    options.previous_label = "last.csv";
    for (int way = 0; way < 2; way++) {
        bool has_failed = true;
        for (long n = 0; has_failed; n++) {
            hf_reconcile_summary *summary = NULL;
            int fd = file_of(this_year, strlen(this_year));
            options.previous_fd = file_of(last_year, strlen(last_year));
            left = n;
            for_good = way;
            hf_status status =
                hf_reconcile(land.ctx, land.set, land.places, land.adjacency,
                             &options, fd, "t.csv", &summary);
            left = -1;
            has_failed = status != HF_OK;
            assert_status(land.ctx, status, has_failed ? HF_ERR_MEMORY : HF_OK);
            if (!has_failed) {
                assert_int_equal(summary->findings, 5);
                assert_int_equal(summary->matched, 1);
            }
            hf_reconcile_summary_free(summary);
            close(options.previous_fd);
            close(fd);
        }
    }
    country_close(&land);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(returns_survive_each),
        cmocka_unit_test(xml_survives_each),
        cmocka_unit_test(children_survive_each),
        cmocka_unit_test(reconciling_survives_each),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(and_with_columns_named),
        cmocka_unit_test(and_with_postcodes_and_homes),
    };
    return run_tests(tests);
}
