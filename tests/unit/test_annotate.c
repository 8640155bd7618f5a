#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotated.h"
#include "base/text.h"
#include "howfar/geodesic.h"

#define ADDED ",authority_code,authority,category,miles,miles_border,note"

static country land;

static int set_up(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    country_open(&land);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    country_close(&land);
    return 0;
}

/* ---- an independent look at the bytes ---- */

/* Length of the record at `text`, with its line end, by one state at a time. */
static size_t record_len(const char *text, size_t len, char delimiter,
                         size_t *out_body, size_t *out_delimiters) {
    bool is_quoted = false, at_cell_start = true;
    size_t i = 0;
    *out_delimiters = 0;
    for (; i < len; i++) {
        char c = text[i];
        if (is_quoted) {
            if (c == '"' && i + 1 < len && text[i + 1] == '"') {
                i++;
            } else if (c == '"') {
                is_quoted = false;
            }
            continue;
        }
        if (c == '\n' || c == '\r') {
            break;
        }
        is_quoted = at_cell_start && c == '"';
        at_cell_start = c == delimiter;
        *out_delimiters += c == delimiter;
    }
    *out_body = i;
    if (i < len && text[i] == '\r' && i + 1 < len && text[i + 1] == '\n') {
        i++;
    }
    return i < len ? i + 1 : i;
}

/* Every record of `in` is in `out`, in order, with its bytes first, then
 * delimiters of padding and six cells, then its own line end; lines without a
 * byte are as they were. */
static void assert_bytes_kept(const char *in, size_t in_len, const char *out,
                              size_t out_len, char delimiter, size_t width) {
    size_t i = 0, o = 0;
    while (i < in_len) {
        size_t in_body, out_body, in_cells, out_cells;
        size_t n =
            record_len(in + i, in_len - i, delimiter, &in_body, &in_cells);
        size_t m =
            record_len(out + o, out_len - o, delimiter, &out_body, &out_cells);
        assert_true(out_body >= in_body);
        assert_memory_equal(in + i, out + o, in_body);
        assert_int_equal(n - in_body, m - out_body);
        assert_memory_equal(in + i + in_body, out + o + out_body, n - in_body);
        if (in_body) {
            size_t padded = in_cells + 1 < width ? width - 1 : in_cells;
            assert_int_equal(out_cells, padded + 6);
        } else {
            assert_int_equal(out_body, 0);
        }
        i += n;
        o += m;
    }
    assert_int_equal(o, out_len);
}

/* ---- bytes ---- */

typedef struct dialect_case {
    const char *text;
    size_t len; /* 0: up to its NUL */
    size_t preamble;
    char delimiter;
    size_t width;
    uint64_t rows;
} dialect_case;

static const dialect_case dialects[] = {
    {"lat,lon\n51.7,-0.5\n", 0, 0, ',', 2, 1},
    {"lat,lon\n51.7,-0.5", 0, 0, ',', 2, 1},
    {"lat,lon", 0, 0, ',', 2, 0},
    {"lat,lon\r\n", 0, 0, ',', 2, 0},
    {"lat,lon\r\n51.7,-0.5\r\n51.8,-0.5\r\n", 0, 0, ',', 2, 2},
    {"lat,lon\r51.7,-0.5\r51.8,-0.5", 0, 0, ',', 2, 2},
    {"lat,lon\n51.7,-0.5\r\n51.8,-0.5\r51.9,-0.5\n", 0, 0, ',', 2, 3},
    {"\xEF\xBB\xBFlat,lon\r\n51.7,-0.5\r\n", 0, 3, ',', 2, 1},
    {"lat;lon;name\n51,7;-0,5;\"a;b\"\n", 0, 0, ';', 3, 1},
    {"lat\tlon\tname\n51.7\t-0.5\ta,b;c\n", 0, 0, '\t', 3, 1},
    {"sep=;\r\nlat;lon\r\n51.7;-0.5\r\n", 0, 7, ';', 2, 1},
    {"\"lat\",\"lon\",\"a\nb\"\n\"51.7\",\"-0.5\",\"x\r\ny\"\n", 0, 0, ',', 3,
     1},
    {"lat,lon,n\n51.7,-0.5,\"say \"\"no\"\"\"\n51.7,-0.5,6\" nail\n", 0, 0, ',',
     3, 2},
    {"lat,lon,n\n51.7,-0.5,M\xF4n\n", 0, 0, ',', 3, 1},
    {"lat,lon,n\n51.7,-0.5,M\xC3\xB4n\n", 0, 0, ',', 3, 1},
    /* Rows shorter and longer than the header, and lines without a byte. */
    {"lat,lon,n\n51.7,-0.5\n51.7,-0.5,x,y\n51.7\n", 0, 0, ',', 3, 3},
    {"\n\r\nlat,lon\n\n51.7,-0.5\n\n\n51.8,-0.5\n\r\n", 0, 0, ',', 2, 2},
    {"lat,lon,\n51.7,-0.5,\n", 0, 0, ',', 3, 1},
    {"lat,lon\n51.7,-0.5,\n51.8,-0.5,\n", 0, 0, ',', 3, 2},
    {"lat,lon,lon2,lat,x\n51.7,-0.5,,,\n", 0, 0, ',', 5, 1},
    {"lat,lon,n\n51.7,-0.5,a\0b\n\0,,\n", 28, 0, ',', 3, 2},
    {"lat,lon\nNaN,NaN\ninf,-inf\n1e999,0\n,\n\"\",\"\"\n51.7,-0.5\n"
     "51.7,-0.5\n51.7,-0.5\n51.7,-0.5\n",
     0, 0, ',', 2, 9},
    {"id,authority,note\n1,\"Bristol, City of\",x\n2,Nowhere,y\n", 0, 0, ',', 3,
     2},
};

static void every_byte_of_every_dialect_is_kept(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        const dialect_case *it = &dialects[i];
        size_t len = it->len ? it->len : strlen(it->text);
        hf_annotate_options options = home_options(&land);
        run whole = run_bytes(&land, it->text, len, &options, NULL);
        assert_status(land.ctx, whole.status, HF_OK);
        assert_int_equal(whole.summary->rows, it->rows);
        assert_memory_equal(whole.out, it->text, it->preamble);
        assert_bytes_kept(it->text + it->preamble, len - it->preamble,
                          whole.out + it->preamble, whole.len - it->preamble,
                          it->delimiter, it->width);
        run_reset(&whole);
    }
}

/* Any number of threads, any size of block, file or pipe: the same bytes. */
static void cutting_and_threads_change_nothing(void **state) {
    (void)state;
    static const size_t blocks[] = {1, 2, 7, 64, 1000};
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        const dialect_case *it = &dialects[i];
        size_t len = it->len ? it->len : strlen(it->text);
        run whole = run_bytes(&land, it->text, len, NULL, NULL);
        for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
            hf_annotate_options options = home_options(&land);
            options.threads = 1 + b % 3;
            hf__annotate_tuning tuning = {blocks[b], 1 << 20};
            run r = run_bytes(&land, it->text, len, &options, &tuning);
            assert_status(land.ctx, r.status, HF_OK);
            assert_int_equal(r.len, whole.len);
            assert_memory_equal(r.out, whole.out, whole.len);
            assert_int_equal(r.summary->rows, whole.summary->rows);
            assert_int_equal(r.summary->ragged_rows,
                             whole.summary->ragged_rows);
            assert_string_equal(r.columns, whole.columns);
            run_reset(&r);
        }
        run_reset(&whole);
    }
}

/* A header longer than what is read at first. */
static void a_long_header_is_read_to_its_end(void **state) {
    (void)state;
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_text(&text, "lat,lon");
    for (int i = 0; i < 3000; i++) {
        hf__buf_add_format(&text, ",column %d", i);
    }
    hf__buf_add_text(&text, "\n51.7,-0.5\n");
    hf__annotate_tuning tuning = {16, 16};
    run r = run_bytes(&land, text.text, text.len, NULL, &tuning);
    assert_status(land.ctx, r.status, HF_OK);
    assert_int_equal(r.summary->rows, 1);
    assert_bytes_kept(text.text, text.len, r.out, r.len, ',', 3002);
    run_reset(&r);
    hf__buf_reset(&text);
}

/* ---- what is added ---- */

/* In Hertfordshire, next to it, far away, at sea near and far. Coordinates by
 * cs2cs, EPSG:27700 to EPSG:4326, of 505000 205000, 495000 205000, 365000
 * 175000, 510100 205000, 530000 205000. */
static const char located[] =
    "id,lat,lon\n"
    "1,51.733887,-0.480918\n"
    "2,51.735669,-0.625679\n"
    "3,51.472873,-2.505309\n"
    "4,51.732909,-0.407096\n"
    "5,51.728652,-0.119088\n";

static char *line_of(const run *r, size_t number) {
    char *at = r->out;
    for (size_t i = 0; i < number; i++) {
        at = strchr(at, '\n');
        assert_non_null(at);
        at++;
    }
    char *end = strchr(at, '\n');
    assert_non_null(end);
    *end = '\0';
    return at;
}

static void points_get_authority_category_and_miles(void **state) {
    (void)state;
    run r = run_text(&land, located);
    assert_status(land.ctx, r.status, HF_OK);
    static const char *const starts[] = {
        "1,51.733887,-0.480918,E10000015,Hertfordshire,in-county,",
        "2,51.735669,-0.625679,E06000056,Central Bedfordshire,neighbouring,",
        "3,51.472873,-2.505309,E06000023,\"Bristol, City of\",distant,",
        "4,51.732909,-0.407096,E10000015,Hertfordshire,in-county,",
        "5,51.728652,-0.119088,,,unknown,"};
    static const char *const ends[] = {
        ",0.0000,", ",", ",", " m outside the nearest authority",
        ",outside every authority of the boundary set"};
    hf_lonlat centre = hf_boundaries_authority(land.set, land.home)->centre;
    for (size_t i = 5; i-- > 0;) {
        const char *line = line_of(&r, i + 1);
        assert_memory_equal(line, starts[i], strlen(starts[i]));
        size_t end_len = strlen(ends[i]);
        assert_string_equal(line + strlen(line) - end_len, ends[i]);
        hf_lonlat p;
        double miles, border_miles;
        assert_int_equal(sscanf(line, "%*d,%lf,%lf", &p.lat_deg, &p.lon_deg),
                         2);
        assert_int_equal(
            sscanf(line + strlen(starts[i]), "%lf,%lf", &miles, &border_miles),
            2);
        assert_near(miles, hf_miles_from_m(hf_geodesic_dist_m(centre, p)),
                    0.00005001);
        hf_line border;
        assert_ok(land.ctx, hf_distance_to_border(land.ctx, land.set, land.home,
                                                  p, &border));
        assert_near(border_miles, hf_miles_from_m(border.dist_m), 0.00005001);
    }
    const hf_annotate_summary *s = r.summary;
    assert_int_equal(s->rows, 5);
    assert_int_equal(s->placed, 4);
    assert_int_equal(s->unknown, 1);
    assert_int_equal(s->by_category[HF_CATEGORY_IN_COUNTY], 2);
    assert_int_equal(s->by_category[HF_CATEGORY_NEIGHBOURING], 1);
    assert_int_equal(s->by_category[HF_CATEGORY_DISTANT], 1);
    assert_int_equal(s->by_category[HF_CATEGORY_UNKNOWN], 1);
    assert_int_equal(s->near_coast, 1);
    assert_int_equal(s->n_reasons, 1);
    assert_int_equal(s->greatest_row, 3);
    assert_string_equal(s->columns, r.columns);
    run_reset(&r);
}

static void grid_and_degrees_agree(void **state) {
    (void)state;
    run grid = run_text(&land,
                        "easting,northing\n505000,205000\n495000,205000\n"
                        "365000,175000\n510100,205000\n");
    run degrees = run_text(&land, located);
    assert_status(land.ctx, grid.status, HF_OK);
    for (size_t i = 5; i-- > 1;) {
        double a, b;
        const char *line = strstr(line_of(&grid, i), ",E");
        const char *other = strstr(line_of(&degrees, i), ",E");
        assert_non_null(line);
        assert_non_null(other);
        const char *words[] = {"in-county,", "neighbouring,", "distant,",
                               "in-county,"};
        const char *x = strstr(line, words[i - 1]);
        const char *y = strstr(other, words[i - 1]);
        assert_non_null(x);
        assert_non_null(y);
        assert_int_equal(x - line, y - other);
        assert_int_equal(sscanf(x + strlen(words[i - 1]), "%lf", &a), 1);
        assert_int_equal(sscanf(y + strlen(words[i - 1]), "%lf", &b), 1);
        /* Degrees above are rounded to 6 decimals: 0.06 m. */
        assert_near(a, b, 0.0002);
    }
    run_reset(&grid);
    run_reset(&degrees);
}

/* What the home's area covers is within it, whoever's code sorts first. */
static void what_home_covers_is_in_county(void **state) {
    (void)state;
    run r = run_text(&land, "lat,lon\n51.769075,-0.421765\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(line_of(&r, 1), ",E06000032,Luton,in-county,");
    assert_int_equal(r.summary->by_category[HF_CATEGORY_IN_COUNTY], 1);
    run_reset(&r);
}

static void names_and_codes_are_measured_centre_to_centre(void **state) {
    (void)state;
    run r = run_text(&land,
                     "destination\nBristol\nE06000056\nYnys M\xC3\xB4n\n"
                     "\"Bristol, City of\"\nHertfordshire\n");
    assert_status(land.ctx, r.status, HF_OK);
    hf_lonlat centre = hf_boundaries_authority(land.set, land.home)->centre;
    static const struct {
        size_t line;
        const char *code, *start;
    } cases[] = {
        {5, "E10000015", "Hertfordshire,E10000015,Hertfordshire,in-county,"},
        {4, "E06000023",
         "\"Bristol, City of\",E06000023,\"Bristol, City of\",distant,"},
        {3, "W06000001", "Ynys M\xC3\xB4n,W06000001,Ynys M\xC3\xB4n,distant,"},
        {2, "E06000056",
         "E06000056,E06000056,Central Bedfordshire,neighbouring,"},
        {1, "E06000023", "Bristol,E06000023,\"Bristol, City of\",distant,"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *line = line_of(&r, cases[i].line);
        assert_memory_equal(line, cases[i].start, strlen(cases[i].start));
        assert_contains(line, "nearest border and centre of the authority");
        size_t authority = hf_boundaries_find_code(land.set, cases[i].code, 9);
        hf_place home, there;
        assert_ok(land.ctx,
                  hf_place_of_authority(land.ctx, land.set, land.home, &home));
        assert_ok(land.ctx,
                  hf_place_of_authority(land.ctx, land.set, authority, &there));
        hf_distances d;
        assert_ok(land.ctx,
                  hf_distance_between(land.ctx, land.set, &home, &there, &d));
        double miles, border_miles;
        assert_int_equal(sscanf(line + strlen(cases[i].start), "%lf,%lf",
                                &miles, &border_miles),
                         2);
        assert_near(
            miles,
            hf_miles_from_m(hf_geodesic_dist_m(
                centre, hf_boundaries_authority(land.set, authority)->centre)),
            0.00005001);
        assert_near(border_miles, hf_miles_from_m(d.nearest.dist_m),
                    0.00005001);
        hf_place_reset(&home);
        hf_place_reset(&there);
    }
    run_reset(&r);
}

static void a_group_has_the_categories_of_its_members(void **state) {
    (void)state;
    run r = run_text(&land, "destination\nWales\nEngland\n");
    assert_status(land.ctx, r.status, HF_OK);
    const char *line = line_of(&r, 2);
    static const char start[] =
        "England,,England,in-county or neighbouring or distant,";
    assert_memory_equal(line, start, sizeof start - 1);
    assert_contains(line, "group (4 authorities)");
    line = line_of(&r, 1);
    assert_contains(line, "Wales,");
    assert_contains(line, ",distant,");
    assert_int_equal(r.summary->placed, 2);
    assert_int_equal(r.summary->by_category[HF_CATEGORY_UNKNOWN], 0);
    assert_int_equal(r.summary->by_set[7], 1);
    assert_int_equal(r.summary->outside, 1);
    assert_int_equal(r.summary->n_reasons, 0);
    run_reset(&r);
}

static void origin_can_be_the_border_or_a_place(void **state) {
    (void)state;
    hf_annotate_options options = home_options(&land);
    options.origin = HF_ORIGIN_BORDER;
    run r = run_bytes(&land, located, strlen(located), &options, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    double miles, border_miles;
    assert_int_equal(sscanf(strstr(line_of(&r, 3), "distant,") + 8, "%lf,%lf",
                            &miles, &border_miles),
                     2);
    assert_true(miles == border_miles && miles > 80);
    run_reset(&r);
    hf_place place;
    assert_ok(land.ctx, hf_place_resolve(land.ctx, land.places,
                                         "51.472873, -2.505309", 20, &place));
    options.origin = HF_ORIGIN_PLACE;
    options.origin_place = &place;
    r = run_bytes(&land, located, strlen(located), &options, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(line_of(&r, 3), "distant,0.0000,");
    run_reset(&r);
    hf_place_reset(&place);
}

/* ---- what is not known ---- */

static void unknown_rows_say_why_and_are_empty(void **state) {
    (void)state;
    run r = run_text(
        &land,
        "lat,lon\n51.733887,-0.480918\n,\nnan,0\n91.25,0\n51.7,\n"
        "99.999999,0.000000\n0,0\n-0.480918,51.733887\n51.7,x\n"
        "51.733887,-0.480918\n51.733887,-0.480918\n51.733887,-0.480918\n"
        "51.733887,-0.480918\n51.733887,-0.480918\n51.733887,-0.480918\n"
        "51.733887,-0.480918\n,\n");
    assert_status(land.ctx, r.status, HF_OK);
    static const char *const lines[] = {
        ",,,,unknown,,,no coordinates",
        "nan,0,,,unknown,,,latitude is not a number",
        "91.25,0,,,unknown,,,latitude is outside -90 to 90",
        "51.7,,,,unknown,,,longitude is empty",
        "99.999999,0.000000,,,unknown,,,no grid reference",
        "0,0,,,unknown,,,\"coordinates are 0, 0\"",
        "-0.480918,51.733887,,,unknown,,,latitude and longitude seem swapped",
        "51.7,x,,,unknown,,,longitude is not a number"};
    for (size_t i = 8; i-- > 0;) {
        assert_string_equal(line_of(&r, i + 2), lines[i]);
    }
    const hf_annotate_summary *s = r.summary;
    assert_int_equal(s->rows, 17);
    assert_int_equal(s->placed, 8);
    assert_int_equal(s->unknown, 9);
    assert_int_equal(s->by_category[HF_CATEGORY_UNKNOWN], 9);
    assert_int_equal(s->n_reasons, 8);
    assert_string_equal(s->reasons[0].text, "no coordinates");
    assert_int_equal(s->reasons[0].rows, 2);
    assert_int_equal(s->reasons[0].first_rows[0], 2);
    assert_int_equal(s->reasons[0].first_rows[1], 17);
    run_reset(&r);
}

static void the_next_source_is_asked_and_named(void **state) {
    (void)state;
    run r = run_text(&land,
                     "lat,lon,easting,northing,authority\n"
                     "51.733887,-0.480918,1,1,x\n"
                     ",,365000,175000,\n"
                     "bad,0,,,Central Bedfordshire\n"
                     "51.733887,-0.480918,365000,175000,Central Bedfordshire\n"
                     ",,,,\n"
                     "51.733887,-0.480918,365000,175000,Central Bedfordshire\n"
                     ",,,,Nowhere at all\n"
                     "51.733887,-0.480918,365000,175000,Central Bedfordshire\n"
                     ",,365000,175000,Central Bedfordshire\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(r.columns, "; else easting \"easting\"");
    assert_contains(line_of(&r, 7), ",,,unknown,,,name not found");
    assert_contains(line_of(&r, 5), ",,,unknown,,,no coordinates");
    assert_contains(line_of(&r, 3),
                    "placed by authority (latitude is not a number); nearest "
                    "border and centre of the authority");
    assert_contains(line_of(&r, 2),
                    ",placed by easting and northing (no coordinates)");
    assert_contains(line_of(&r, 1), ",in-county,");
    run_reset(&r);
}

/* Nothing of a row gets into messages or notes. */
static void notes_and_messages_hold_no_data(void **state) {
    (void)state;
    run r = run_text(&land,
                     "authority\nKate Example SG13 8DE\nHertfordshire\n"
                     "Hertfordshire\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_string_equal(line_of(&r, 1),
                        "Kate Example SG13 8DE,,,unknown,,,name not found");
    assert_null(strstr(r.columns, "Kate"));
    for (size_t i = 0; i < r.summary->n_reasons; i++) {
        assert_null(strstr(r.summary->reasons[i].text, "Kate"));
    }
    run_reset(&r);
    r = run_text(&land, "authority\nKate Example\n");
    assert_status(land.ctx, r.status, HF_ERR_NOT_FOUND);
    assert_null(strstr(hf_context_message(land.ctx), "Kate"));
    run_reset(&r);
}

static void ragged_rows_are_padded_noted_and_counted(void **state) {
    (void)state;
    run r =
        run_text(&land,
                 "lat,lon,a,b\n51.733887,-0.480918\n51.733887,-0.480918,1,2,3\n"
                 "51.733887,-0.480918,1,2\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(line_of(&r, 2), "51.733887,-0.480918,1,2,3,E10000015,");
    assert_contains(r.out, "51.733887,-0.480918,,,E10000015,");
    assert_contains(r.out, "\"row has 2 cells, the header 4\"");
    assert_int_equal(r.summary->ragged_rows, 2);
    run_reset(&r);
}

static void names_in_the_header_are_not_taken_twice(void **state) {
    (void)state;
    run r =
        run_text(&land, "lat,lon,Authority,note,note_howfar\n51.7,-0.5,,,\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_string_equal(line_of(&r, 0),
                        "lat,lon,Authority,note,note_howfar,authority_code,"
                        "authority_howfar,category,miles,miles_border,"
                        "note_howfar2");
    run_reset(&r);
}

/* A file in Windows-1252 stays one. */
static void added_text_is_in_the_encoding_of_the_file(void **state) {
    (void)state;
    run r = run_text(&land, "place,authority\nM\xF4n,Ynys M\xF4n\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(line_of(&r, 1),
                    "M\xF4n,Ynys M\xF4n,W06000001,Ynys M\xF4n,distant,");
    run_reset(&r);
    r = run_text(&land, "place,authority\nx,Isle of Anglesey\n");
    assert_status(land.ctx, r.status, HF_OK);
    assert_contains(line_of(&r, 1), ",W06000001,Ynys M\xC3\xB4n,distant,");
    run_reset(&r);
}

/* ---- what goes wrong ---- */

static void damage_is_told_with_its_row(void **state) {
    (void)state;
    run r = run_text(&land,
                     "lat,lon,n\n51.7,-0.5,a\n51.71,-0.5,b\n51.7,-0.5,\"c\n"
                     "51.7,-0.5,d\n");
    assert_status(land.ctx, r.status, HF_ERR_DAMAGED);
    assert_string_equal(
        hf_context_message(land.ctx),
        "t.csv: row 3: a quote opens in it that nothing closes");
    /* Rows before it are written. */
    assert_contains(r.out, "51.71,-0.5,b,E10000015,");
    run_reset(&r);
    r = run_text(&land, "lat,\"lon\n51.7,-0.5\n");
    assert_status(land.ctx, r.status, HF_ERR_DAMAGED);
    assert_contains(hf_context_message(land.ctx), "opens in the header");
    run_reset(&r);
    r = run_text(&land, "");
    assert_status(land.ctx, r.status, HF_ERR_NOT_FOUND);
    assert_contains(hf_context_message(land.ctx), "t.csv is empty");
    assert_int_equal(r.len, 0);
    run_reset(&r);
}

/* 3 MB in one cell is a row like any other; what never ends is refused before
 * it fills the memory. */
static void rows_may_be_long_but_not_endless(void **state) {
    (void)state;
    size_t len = 3000000;
    char *text = malloc(len + 64);
    assert_non_null(text);
    size_t at = (size_t)sprintf(text, "lat,lon,n\n51.7,-0.5,a\n51.7,-0.5,\"");
    memset(text + at, ',', len);
    strcpy(text + at + len, "\"\n51.7,-0.5,b");
    size_t all = at + len + strlen("\"\n51.7,-0.5,b");
    run r = run_bytes(&land, text, all, NULL, NULL);
    assert_status(land.ctx, r.status, HF_OK);
    assert_int_equal(r.summary->rows, 3);
    assert_bytes_kept(text, all, r.out, r.len, ',', 3);
    run_reset(&r);
    free(text);

    static const char start[] = "lat,lon,n\n51.7,-0.5,a\n51.7,-0.5,\"";
    int fd = file_of(start, strlen(start));
    assert_int_equal(ftruncate(fd, (off_t)70 << 20), 0); /* NULs, sparse */
    r = run_file(&land, NULL, fd, NULL);
    assert_status(land.ctx, r.status, HF_ERR_DAMAGED);
    assert_string_equal(hf_context_message(land.ctx),
                        "t.csv: row 2: a row is longer than 64 MB: a quote in "
                        "it may lack its closing quote");
    run_reset(&r);
    close(fd);
}

static void wrong_options_are_refused(void **state) {
    (void)state;
    hf_annotate_options good = home_options(&land);
    hf_annotate_options bad[] = {good, good, good, good, good, good};
    static const hf_status statuses[] = {HF_ERR_USAGE, HF_ERR_USAGE,
                                         HF_ERR_USAGE, HF_ERR_RANGE,
                                         HF_ERR_RANGE, HF_ERR_USAGE};
    bad[5].delimiter = '1';
    bad[0].home = HF_NOWHERE;
    bad[1].origin = HF_ORIGIN_PLACE;
    bad[2].delimiter = '"';
    bad[3].coast_m = NAN;
    bad[4].coast_m = -1;
    for (size_t i = 0; i < 6; i++) {
        run r = run_bytes(&land, located, strlen(located), &bad[i], NULL);
        assert_status(land.ctx, r.status, statuses[i]);
        assert_int_equal(r.len, 0);
        run_reset(&r);
    }
}

static void unreadable_and_unwritable_files_are_told(void **state) {
    (void)state;
    hf_annotate_options options = home_options(&land);
    hf_annotate_summary *summary = NULL;
    int in = file_of(located, strlen(located));
    int folder = open(".", O_RDONLY);
    int full = open("/dev/full", O_WRONLY);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_true(folder >= 0 && full >= 0);
    assert_status(land.ctx,
                  hf_annotate(land.ctx, land.set, land.places, land.adjacency,
                              &options, folder, "a folder", full, &summary),
                  HF_ERR_IO);
    assert_contains(hf_context_message(land.ctx), "reading a folder: ");
    assert_status(land.ctx,
                  hf_annotate(land.ctx, land.set, land.places, land.adjacency,
                              &options, in, "t.csv", full, &summary),
                  HF_ERR_IO);
    assert_contains(hf_context_message(land.ctx),
                    "writing the output: No space left on device");
    lseek(in, 0, SEEK_SET);
    assert_status(land.ctx,
                  hf_annotate(land.ctx, land.set, land.places, land.adjacency,
                              &options, in, "t.csv", ends[1], &summary),
                  HF_ERR_IO);
    assert_contains(hf_context_message(land.ctx), "has closed it");
    assert_null(summary);
    close(ends[1]);
    close(full);
    close(folder);
    close(in);
}

static bool stop_at_once(void *user, uint64_t rows, uint64_t bytes,
                         uint64_t bytes_total) {
    (void)rows;
    (void)bytes;
    *(uint64_t *)user = bytes_total;
    return false;
}

static void progress_can_stop_it(void **state) {
    (void)state;
    uint64_t total = 0;
    hf_annotate_options options = home_options(&land);
    options.progress = stop_at_once;
    options.progress_user = &total;
    run r = run_bytes(&land, located, strlen(located), &options, NULL);
    assert_status(land.ctx, r.status, HF_ERR_CANCELLED);
    assert_int_equal(total, strlen(located));
    run_reset(&r);
}

/* ---- pipes, blocks and threads on many rows ---- */

/* Random rows, most with a point near home, some without, some ragged, some
 * quoted over lines. */
static void many_rows(size_t n, hf__buf *out) {
    hf__buf_add_text(out, "id,lat,lon,authority,text\r\n");
    for (size_t i = 0; i < n; i++) {
        hf__buf_add_format(out, "%zu,", i + 1);
        unsigned kind = (unsigned)(check_random() % 16);
        if (kind == 0) {
            hf__buf_add_text(out, ",,Wales,");
        } else if (kind == 1) {
            hf__buf_add_text(out, ",,Nowhere,");
        } else if (kind == 2) {
            hf__buf_add_text(out, "x,y,Bristol,");
        } else {
            hf__buf_add_format(out, "%.6f,%.6f,,", check_random_in(51.4, 51.9),
                               check_random_in(-2.6, -0.3));
        }
        hf__buf_add_text(out, kind == 3   ? "\"over\r\ntwo, \"\"lines\"\"\""
                              : kind == 4 ? "a,b"
                                          : "a");
        hf__buf_add_text(out, kind == 5 ? "\n\n" : "\r\n");
    }
}

typedef struct feeder {
    const char *bytes;
    size_t len;
    int fd;
} feeder;

/* Writes in pieces of odd sizes. */
static void *feed(void *argument) {
    feeder *f = argument;
    size_t at = 0, step = 1;
    while (at < f->len) {
        size_t n = step < f->len - at ? step : f->len - at;
        ssize_t done = write(f->fd, f->bytes + at, n);
        if (done <= 0) {
            break;
        }
        at += (size_t)done;
        step = step * 3 % 9973 + 1;
    }
    close(f->fd);
    return NULL;
}

static void a_pipe_gives_what_a_file_gives(void **state) {
    (void)state;
    hf__buf text;
    hf__buf_init(&text);
    many_rows(5000, &text);
    run file = run_bytes(&land, text.text, text.len, NULL, NULL);
    assert_status(land.ctx, file.status, HF_OK);
    assert_int_equal(file.summary->rows, 5000);
    assert_bytes_kept(text.text, text.len, file.out, file.len, ',', 5);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    feeder f = {text.text, text.len, ends[1]};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, feed, &f), 0);
    hf_annotate_options options = home_options(&land);
    options.threads = 3;
    hf__annotate_tuning tuning = {3000, 1 << 20};
    run piped = run_file(&land, &options, ends[0], &tuning);
    pthread_join(thread, NULL);
    close(ends[0]);
    assert_status(land.ctx, piped.status, HF_OK);
    assert_int_equal(piped.len, file.len);
    assert_memory_equal(piped.out, file.out, file.len);
    assert_memory_equal(piped.summary->by_category, file.summary->by_category,
                        sizeof file.summary->by_category);
    assert_int_equal(piped.summary->greatest_row, file.summary->greatest_row);
    assert_near(piped.summary->median_miles, file.summary->median_miles, 0);
    assert_int_equal(piped.summary->n_reasons, file.summary->n_reasons);
    for (size_t i = 0; i < file.summary->n_reasons; i++) {
        assert_memory_equal(piped.summary->reasons[i].first_rows,
                            file.summary->reasons[i].first_rows,
                            sizeof file.summary->reasons[i].first_rows);
    }
    run_reset(&piped);
    run_reset(&file);
    hf__buf_reset(&text);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void the_summary_is_that_of_the_rows(void **state) {
    (void)state;
    hf__buf text;
    hf__buf_init(&text);
    hf__buf_add_text(&text, "lat,lon\n");
    size_t n = 2000;
    for (size_t i = 0; i < n; i++) {
        hf__buf_add_format(&text, "%.5f,%.5f\n", check_random_in(51.4, 51.9),
                           check_random_in(-2.6, -0.3));
    }
    hf_annotate_options options = home_options(&land);
    options.threads = 2;
    hf__annotate_tuning tuning = {1000, 1 << 20};
    run r = run_bytes(&land, text.text, text.len, &options, &tuning);
    assert_status(land.ctx, r.status, HF_OK);
    double *miles = calloc(n, sizeof *miles);
    assert_non_null(miles);
    double greatest = 0;
    size_t greatest_row = 0;
    uint64_t by_category[HF_CATEGORY_COUNT] = {0};
    for (size_t i = n; i-- > 0;) {
        const char *line = line_of(&r, i + 1);
        for (int c = 0; c < HF_CATEGORY_COUNT; c++) {
            char word[32];
            snprintf(word, sizeof word, ",%s,",
                     hf_category_name((hf_category)c));
            const char *at = strstr(line, word);
            if (at) {
                by_category[c]++;
                miles[i] = strtod(at + strlen(word), NULL);
            }
        }
        if (miles[i] >= greatest) {
            greatest = miles[i];
            greatest_row = i + 1;
        }
    }
    qsort(miles, n, sizeof *miles, by_value);
    assert_near(r.summary->median_miles, (miles[n / 2 - 1] + miles[n / 2]) / 2,
                0.0101);
    assert_near(r.summary->greatest_miles, greatest, 0.0001);
    assert_int_equal(r.summary->greatest_row, greatest_row);
    assert_memory_equal(r.summary->by_category, by_category,
                        sizeof by_category);
    free(miles);
    run_reset(&r);
    hf__buf_reset(&text);
}

/* ---- real files ---- */

/* 934 placements, of which a point-in-polygon by another program puts 376
 * outside Hertfordshire on this file, 180 of them in its nine neighbours. */
static void places_the_rows_of_a_published_report(void **state) {
    (void)state;
    char shp[1024], csv[1024];
    snprintf(shp, sizeof shp, "%s",
             check_data("boundaries/ctyua_2024_buc/CTYUA_DEC_2024_UK_BUC.shp"));
    static const char *const files[] = {"placements/hertfordshire_latlong.csv",
                                        "placements/hertfordshire_grid.csv"};
    country uk = {.ctx = NULL};
    assert_int_equal(hf_context_new(&uk.ctx), HF_OK);
    assert_ok(uk.ctx, hf_context_set_data_dir(uk.ctx, "shapes"));
    assert_ok(uk.ctx, hf_boundaries_open(uk.ctx, shp, NULL, &uk.set));
    assert_ok(uk.ctx, hf_places_open(uk.ctx, uk.set, NULL, &uk.places));
    assert_ok(uk.ctx, hf_adjacency_new(uk.ctx, uk.set, NULL, &uk.adjacency));
    uk.home = hf_boundaries_find_code(uk.set, "E10000015", 9);
    for (size_t i = 0; i < 2; i++) {
        snprintf(csv, sizeof csv, "%s", check_data(files[i]));
        int fd = open(csv, O_RDONLY);
        assert_true(fd >= 0);
        size_t len;
        char *text = read_all(fd, &len);
        lseek(fd, 0, SEEK_SET);
        run r = run_file(&uk, NULL, fd, NULL);
        assert_status(uk.ctx, r.status, HF_OK);
        assert_int_equal(r.summary->rows, 934);
        assert_int_equal(r.summary->placed, 934);
        assert_int_equal(r.summary->by_category[HF_CATEGORY_IN_COUNTY], 558);
        assert_int_equal(r.summary->by_category[HF_CATEGORY_NEIGHBOURING], 180);
        assert_int_equal(r.summary->by_category[HF_CATEGORY_DISTANT], 196);
        assert_near(r.summary->greatest_miles, 429, 0.05);
        assert_contains(r.columns, "934 of the first 934 rows usable");
        assert_bytes_kept(text, len, r.out, r.len, ',', i ? 4 : 6);
        run_reset(&r);
        free(text);
        close(fd);
    }
    country_close(&uk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_of_every_dialect_is_kept),
        cmocka_unit_test(cutting_and_threads_change_nothing),
        cmocka_unit_test(a_long_header_is_read_to_its_end),
        cmocka_unit_test(points_get_authority_category_and_miles),
        cmocka_unit_test(grid_and_degrees_agree),
        cmocka_unit_test(what_home_covers_is_in_county),
        cmocka_unit_test(names_and_codes_are_measured_centre_to_centre),
        cmocka_unit_test(a_group_has_the_categories_of_its_members),
        cmocka_unit_test(origin_can_be_the_border_or_a_place),
        cmocka_unit_test(unknown_rows_say_why_and_are_empty),
        cmocka_unit_test(the_next_source_is_asked_and_named),
        cmocka_unit_test(notes_and_messages_hold_no_data),
        cmocka_unit_test(ragged_rows_are_padded_noted_and_counted),
        cmocka_unit_test(names_in_the_header_are_not_taken_twice),
        cmocka_unit_test(added_text_is_in_the_encoding_of_the_file),
        cmocka_unit_test(damage_is_told_with_its_row),
        cmocka_unit_test(rows_may_be_long_but_not_endless),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(unreadable_and_unwritable_files_are_told),
        cmocka_unit_test(progress_can_stop_it),
        cmocka_unit_test(a_pipe_gives_what_a_file_gives),
        cmocka_unit_test(the_summary_is_that_of_the_rows),
        cmocka_unit_test(places_the_rows_of_a_published_report),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
