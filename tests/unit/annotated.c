#include "annotated.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture_shapefile.h"

/* Where no index is. */
#define NO_INDEX "/nonexistent/postcodes.index"

static void path_in(const country *c, const char *name, char *out,
                    size_t size) {
    int len = snprintf(out, size, "%s/%s", c->folder, name);
    assert_true(len > 0 && (size_t)len < size);
}

/* Compiles a directory; *out_path is its index. */
static void import(country *c, const char *directory, char *out_path,
                   size_t size) {
    char csv[100];
    snprintf(c->folder, sizeof c->folder, "/tmp/howfar-annotated-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    path_in(c, "directory.csv", csv, sizeof csv);
    path_in(c, "postcodes.index", out_path, size);
    FILE *file = fopen(csv, "wb");
    assert_non_null(file);
    assert_true(fputs(directory, file) >= 0);
    assert_int_equal(fclose(file), 0);
    const char *paths[] = {csv};
    hf_postcodes_import_options options;
    hf_postcodes_import_options_init(&options);
    options.year = 2025;
    options.month = 11;
    hf_postcodes_summary *summary;
    assert_ok(c->ctx, hf_postcodes_import(c->ctx, paths, 1, out_path, &options,
                                          &summary));
    hf_postcodes_summary_free(summary);
    assert_int_equal(remove(csv), 0);
}

void country_open(country *c) {
    country_open_with(c, NULL);
}

void country_open_with(country *c, const char *directory) {
    char index[100] = NO_INDEX;
    *c = (country){.ctx = NULL};
    assert_int_equal(hf_context_new(&c->ctx), HF_OK);
    assert_ok(c->ctx, hf_context_set_data_dir(c->ctx, "shapes"));
    fixture f;
    fixture_init(&f, "CTYUA24CD,CTYUA24NM");
    f.cpg = "UTF-8";
    fixture_add(&f, "E10000015|Hertfordshire",
                fixture_square(500000, 200000, 10000));
    fixture_add(&f, "E06000056|Central Bedfordshire",
                fixture_square(490000, 200000, 10000));
    fixture_add(&f, "E06000023|Bristol, City of",
                fixture_square(360000, 170000, 10000));
    fixture_add(&f, "W06000001|Ynys M\xC3\xB4n",
                fixture_square(240000, 380000, 10000));
    fixture_add(&f, "E06000032|Luton", fixture_square(508000, 208000, 5000));
    fixture_finish(&f);
    assert_ok(c->ctx,
              hf_boundaries_open_bytes(c->ctx, &f.bytes, NULL, &c->set));
    fixture_reset(&f);
    if (directory) {
        import(c, directory, index, sizeof index);
    }
    hf_places_options options;
    hf_places_options_init(&options);
    options.postcodes = index;
    assert_ok(c->ctx, hf_places_open(c->ctx, c->set, &options, &c->places));
    assert_ok(c->ctx, hf_adjacency_new(c->ctx, c->set, NULL, &c->adjacency));
    c->home = hf_boundaries_find_code(c->set, "E10000015", 9);
    assert_true(c->home != HF_NOWHERE);
}

void country_close(country *c) {
    if (c->folder[0]) {
        char index[100];
        path_in(c, "postcodes.index", index, sizeof index);
        assert_int_equal(remove(index), 0);
        assert_int_equal(rmdir(c->folder), 0);
    }
    hf_adjacency_free(c->adjacency);
    hf_places_close(c->places);
    hf_boundaries_close(c->set);
    hf_context_free(c->ctx);
}

hf_annotate_options home_options(const country *c) {
    hf_annotate_options options;
    hf_annotate_options_init(&options);
    options.home = c->home;
    options.threads = 1;
    return options;
}

char *read_all(int fd, size_t *out_len) {
    off_t size = lseek(fd, 0, SEEK_END);
    assert_true(size >= 0);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(pread(fd, bytes, (size_t)size, 0), size);
    bytes[size] = '\0';
    *out_len = (size_t)size;
    return bytes;
}

static int nameless_file(void) {
    FILE *file = tmpfile();
    assert_non_null(file);
    int fd = dup(fileno(file));
    assert_true(fd >= 0);
    fclose(file);
    return fd;
}

int file_of(const char *bytes, size_t len) {
    int fd = nameless_file();
    assert_int_equal(pwrite(fd, bytes, len, 0), (ssize_t)len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void keep_columns(void *user, const char *message) {
    run *r = user;
    assert_int_equal(r->columns[0], '\0');
    snprintf(r->columns, sizeof r->columns, "%s", message);
}

run run_file(const country *c, const hf_annotate_options *options, int in_fd,
             const hf__annotate_tuning *tuning) {
    run r = {.summary = NULL};
    hf_annotate_options own = options ? *options : home_options(c);
    own.columns = keep_columns;
    own.columns_user = &r;
    int out_fd = nameless_file();
    r.status = hf__annotate(c->ctx, c->set, c->places, c->adjacency, &own,
                            in_fd, "t.csv", out_fd, tuning, &r.summary);
    r.out = read_all(out_fd, &r.len);
    close(out_fd);
    return r;
}

run run_bytes(const country *c, const char *bytes, size_t len,
              const hf_annotate_options *options,
              const hf__annotate_tuning *tuning) {
    int fd = file_of(bytes, len);
    run r = run_file(c, options, fd, tuning);
    close(fd);
    return r;
}

run run_text(const country *c, const char *text) {
    return run_bytes(c, text, strlen(text), NULL, NULL);
}

void run_reset(run *r) {
    free(r->out);
    hf_annotate_summary_free(r->summary);
    *r = (run){.summary = NULL};
}
