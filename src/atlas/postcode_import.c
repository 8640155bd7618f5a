/* Compiling postcode directories into an index file. */
#include "atlas/postcode_import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "atlas/postcode_rows.h"
#include "base/context.h"
#include "base/memory.h"

/* More unusable rows than one in so many: something is wrong with the file. */
#define FAULTY_SHARE 20
#define TICK_NS 200000000

/* One stream of rows: a file, bytes, or a member of an archive. */
typedef struct input {
    const char *path;  /* as the user wrote it */
    const void *bytes; /* NULL: a file */
    size_t len;
    hf__archive *archive; /* NULL: not in one */
    size_t member;
    bool owns_archive; /* the first of its members */
    uint64_t size;     /* for progress */
} input;

typedef struct import {
    hf_context *ctx;
    const hf_postcodes_import_options *options;
    input *inputs;
    size_t n_inputs, input_capacity;
    size_t n_files;
    hf__postcode_builder *builder;
    hf__postcode_tally tally;
    uint64_t bytes_before, bytes_total;
    struct timespec last_tick;
} import;

void hf_postcodes_import_options_init(hf_postcodes_import_options *options) {
    *options = (hf_postcodes_import_options){0};
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- inputs ------------------------------------------------------------ */

static hf_status add_input(import *im, const input *added) {
    void *inputs = im->inputs;
    bool has_room = hf__reserve(&inputs, &im->input_capacity, im->n_inputs + 1,
                                sizeof *im->inputs);
    im->inputs = inputs;
    if (!has_room) {
        return hf__fail_memory(im->ctx);
    }
    im->inputs[im->n_inputs++] = *added;
    im->bytes_total += added->size;
    return HF_OK;
}

/* Adds the members of an archive, which it takes over. */
static hf_status add_members(import *im, const input *file,
                             hf__archive *archive) {
    size_t *members = NULL;
    size_t n = 0;
    hf_status status = hf__postcode_members(
        im->ctx, archive, base_name(file->path), &members, &n);
    bool is_owned = false;
    for (size_t i = 0; i < n && !status; i++) {
        input member = *file;
        member.archive = archive;
        member.member = members[i];
        member.size = hf__archive_member_size(archive, members[i]);
        member.owns_archive = i == 0;
        status = add_input(im, &member);
        is_owned = is_owned || !status;
    }
    if (!is_owned) {
        hf__archive_close(archive);
    }
    hf__free(members);
    return status;
}

/* The first bytes of a file and its size. */
static hf_status look_into(import *im, const char *path, unsigned char *first,
                           size_t *n, uint64_t *size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    ssize_t got = -1;
    if (fd >= 0 && !fstat(fd, &stat)) {
        *size = S_ISREG(stat.st_mode) ? (uint64_t)stat.st_size : 0;
        got = S_ISREG(stat.st_mode) ? read(fd, first, *n) : 0;
    }
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (got < 0) {
        return hf__fail(im->ctx, HF_ERR_IO, "%s: %s", path, strerror(error));
    }
    *n = (size_t)got;
    return HF_OK;
}

static hf_status add_file(import *im, const char *path) {
    unsigned char first[4];
    size_t n = sizeof first;
    input file = {.path = path};
    hf_status status = look_into(im, path, first, &n, &file.size);
    if (status) {
        return status;
    }
    im->n_files++;
    if (!hf__archive_is(first, n)) {
        return add_input(im, &file);
    }
    hf__archive *archive;
    status = hf__archive_open(im->ctx, path, &archive);
    return status ? status : add_members(im, &file, archive);
}

static hf_status add_bytes(import *im, const void *bytes, size_t len,
                           const char *label) {
    input file = {.path = label, .bytes = bytes, .len = len, .size = len};
    im->n_files++;
    if (!hf__archive_is(bytes, len)) {
        return add_input(im, &file);
    }
    hf__archive *archive;
    hf_status status =
        hf__archive_open_bytes(im->ctx, bytes, len, label, &archive);
    return status ? status : add_members(im, &file, archive);
}

static const char *input_name(const input *in) {
    return base_name(in->archive
                         ? hf__archive_member_name(in->archive, in->member)
                         : in->path);
}

static hf_status open_input(import *im, const input *in, hf__source **out) {
    if (in->archive) {
        return hf__source_open_member(im->ctx, in->archive, in->member, out);
    }
    if (in->bytes) {
        return hf__source_open_bytes(im->ctx, in->bytes, in->len, in->path,
                                     out);
    }
    return hf__source_open(im->ctx, in->path, out);
}

/* ---- reading ----------------------------------------------------------- */

static hf_status report(import *im, uint64_t bytes) {
    const hf_postcodes_import_options *options = im->options;
    if (options->progress &&
        !options->progress(options->progress_user, im->tally.rows, bytes,
                           im->bytes_total)) {
        return hf__fail(im->ctx, HF_ERR_CANCELLED,
                        "the import was stopped; nothing was changed");
    }
    return HF_OK;
}

static hf_status tick(void *user, const hf__source *source) {
    import *im = user;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long passed =
        (long long)(now.tv_sec - im->last_tick.tv_sec) * 1000000000 +
        (now.tv_nsec - im->last_tick.tv_nsec);
    if (passed < TICK_NS) {
        return HF_OK;
    }
    im->last_tick = now;
    return report(im, im->bytes_before + hf__source_position(source));
}

static hf_status read_inputs(import *im) {
    clock_gettime(CLOCK_MONOTONIC, &im->last_tick);
    for (size_t i = 0; i < im->n_inputs; i++) {
        const input *in = &im->inputs[i];
        hf__source *source;
        hf_status status = open_input(im, in, &source);
        if (status) {
            return status;
        }
        status = hf__postcode_rows_read(im->ctx, source, input_name(in),
                                        im->builder, tick, im, &im->tally);
        hf__source_close(source);
        if (status) {
            return status;
        }
        im->bytes_before += in->size;
    }
    return report(im, im->bytes_before);
}

static uint64_t count_faults(const hf__postcode_tally *tally) {
    uint64_t n = 0;
    for (int i = 0; i < HF__ROW_N_FAULTS; i++) {
        n += tally->faults[i];
    }
    return n;
}

static int commonest_fault(const hf__postcode_tally *tally) {
    int best = 0;
    for (int i = 1; i < HF__ROW_N_FAULTS; i++) {
        if (tally->faults[i] > tally->faults[best]) {
            best = i;
        }
    }
    return best;
}

/* Whether what was read is a postcode directory at all. */
static hf_status judge(import *im) {
    const hf__postcode_tally *tally = &im->tally;
    const char *name = base_name(im->inputs[0].path);
    uint64_t n_faults = count_faults(tally);
    if (!tally->rows) {
        return hf__fail(im->ctx, HF_ERR_UNSUITABLE,
                        "%s: no rows: nothing to import", name);
    }
    if (n_faults * FAULTY_SHARE > tally->rows) {
        int worst = commonest_fault(tally);
        return hf__fail(
            im->ctx, HF_ERR_DAMAGED,
            "%llu of %llu rows can't be used, most because: %s "
            "(%s); nothing was changed",
            (unsigned long long)n_faults, (unsigned long long)tally->rows,
            hf__row_fault_text((hf__row_fault)worst),
            tally->where[worst].text ? tally->where[worst].text : "");
    }
    return HF_OK;
}

/* ---- what the index says of itself ------------------------------------- */

static const char *product_of(const import *im) {
    for (size_t i = 0; i < im->n_inputs; i++) {
        const char *names[] = {input_name(&im->inputs[i]),
                               base_name(im->inputs[i].path)};
        for (int k = 0; k < 2; k++) {
            if (!strncasecmp(names[k], "ONSPD", 5)) {
                return "ONSPD";
            }
            if (!strncasecmp(names[k], "NSPL", 4)) {
                return "NSPL";
            }
        }
    }
    return im->tally.is_code_point ? "Code-Point Open" : "postcode directory";
}

static void find_vintage(const import *im, int *year, int *month) {
    if (im->options->year) {
        *year = im->options->year;
        *month = im->options->month;
        return;
    }
    for (size_t i = 0; i < im->n_inputs; i++) {
        const input *in = &im->inputs[i];
        if (hf__postcode_vintage(input_name(in), year, month) ||
            hf__postcode_vintage(base_name(in->path), year, month)) {
            return;
        }
    }
    *year = im->tally.newest / 100;
    *month = im->tally.newest % 100;
}

static hf_status build(import *im, unsigned char **out, size_t *out_len) {
    hf__buf source;
    hf__buf_init(&source);
    hf__buf_add_text(&source, base_name(im->inputs[0].path));
    if (im->n_files > 1) {
        hf__buf_add_format(&source, " and %zu more", im->n_files - 1);
    }
    hf__postcode_origin origin = {
        .product = product_of(im),
        .source = source.text,
        .has_life = im->tally.has_life && !im->tally.has_no_life};
    find_vintage(im, &origin.year, &origin.month);
    hf_status status = source.failed
                           ? hf__fail_memory(im->ctx)
                           : hf__postcode_builder_finish(im->ctx, im->builder,
                                                         &origin, out, out_len);
    hf__buf_reset(&source);
    return status;
}

/* ---- the summary ------------------------------------------------------- */

typedef struct owned_summary {
    hf_postcodes_summary head; /* first */
    hf_postcodes_reason reasons[HF__ROW_N_FAULTS];
    char *where[HF__ROW_N_FAULTS];
    char *columns;
    char *path;
    char *product;
    char *source;
} owned_summary;

void hf_postcodes_summary_free(hf_postcodes_summary *summary) {
    owned_summary *own = (owned_summary *)summary;
    if (!own) {
        return;
    }
    for (int i = 0; i < HF__ROW_N_FAULTS; i++) {
        hf__free(own->where[i]);
    }
    hf__free(own->columns);
    hf__free(own->path);
    hf__free(own->product);
    hf__free(own->source);
    hf__free(own);
}

static int compare_reasons(const void *a, const void *b) {
    const hf_postcodes_reason *x = a, *y = b;
    if (x->rows != y->rows) {
        return x->rows > y->rows ? -1 : 1;
    }
    return strcmp(x->text, y->text);
}

static bool fill_reasons(import *im, owned_summary *own) {
    size_t n = 0;
    for (int i = 0; i < HF__ROW_N_FAULTS; i++) {
        if (!im->tally.faults[i]) {
            continue;
        }
        own->where[i] = hf__buf_take(&im->tally.where[i]);
        if (!own->where[i]) {
            return false;
        }
        own->reasons[n++] =
            (hf_postcodes_reason){hf__row_fault_text((hf__row_fault)i),
                                  im->tally.faults[i], own->where[i]};
    }
    qsort(own->reasons, n, sizeof *own->reasons, compare_reasons);
    own->head.n_reasons = n;
    own->head.reasons = own->reasons;
    return true;
}

/* What `index`, just made, holds; its strings die with it and are copied. */
static bool fill_info(owned_summary *own, const hf_postcodes_info *info) {
    own->path = hf__strdup(info->path);
    own->product = hf__strdup(info->product);
    own->source = hf__strdup(info->source);
    own->head.info = *info;
    own->head.info.path = own->path;
    own->head.info.product = own->product;
    own->head.info.source = own->source;
    return own->path && own->product && own->source;
}

/* Reads the index back as any user would: what is written can be opened. */
static hf_status summarise(import *im, const unsigned char *bytes, size_t len,
                           const char *path, hf_postcodes_summary **out) {
    hf_postcodes *index;
    hf_status status =
        hf_postcodes_open_bytes(im->ctx, bytes, len, path, &index);
    if (status) {
        return status;
    }
    owned_summary *own = hf__calloc(1, sizeof *own);
    bool is_whole = own && fill_reasons(im, own) &&
                    fill_info(own, hf_postcodes_get_info(index)) &&
                    (own->columns = hf__buf_take(&im->tally.columns)) != NULL;
    hf_postcodes_close(index);
    if (!is_whole) {
        hf_postcodes_summary_free(own ? &own->head : NULL);
        return hf__fail_memory(im->ctx);
    }
    own->head.rows = im->tally.rows;
    own->head.duplicates = im->tally.duplicates;
    own->head.damaged = count_faults(&im->tally);
    own->head.columns = own->columns;
    *out = &own->head;
    return HF_OK;
}

/* ---- the whole --------------------------------------------------------- */

static hf_status import_begin(import *im, hf_context *ctx,
                              const hf_postcodes_import_options *options) {
    static const hf_postcodes_import_options none = {0};
    *im = (import){.ctx = ctx, .options = options ? options : &none};
    hf__postcode_tally_init(&im->tally);
    im->builder = hf__postcode_builder_new();
    return im->builder ? HF_OK : hf__fail_memory(ctx);
}

static void import_end(import *im) {
    for (size_t i = 0; i < im->n_inputs; i++) {
        if (im->inputs[i].owns_archive) {
            hf__archive_close(im->inputs[i].archive);
        }
    }
    hf__free(im->inputs);
    hf__postcode_builder_free(im->builder);
    hf__postcode_tally_reset(&im->tally);
}

/* From inputs to an index in memory and its summary. */
static hf_status compile(import *im, const char *path, unsigned char **out,
                         size_t *out_len, hf_postcodes_summary **out_summary) {
    hf_status status = read_inputs(im);
    if (!status) {
        status = judge(im);
    }
    unsigned char *bytes = NULL;
    size_t len = 0;
    if (!status) {
        status = build(im, &bytes, &len);
    }
    if (!status) {
        status = summarise(im, bytes, len, path, out_summary);
    }
    if (status) {
        hf__free(bytes);
        return status;
    }
    *out = bytes;
    *out_len = len;
    return HF_OK;
}

hf_status hf__postcodes_import_bytes(hf_context *ctx, const void *bytes,
                                     size_t len, const char *label,
                                     const hf_postcodes_import_options *options,
                                     unsigned char **out_index, size_t *out_len,
                                     hf_postcodes_summary **out) {
import im;
    hf_status status = import_begin(&im, ctx, options);
    if (!status) {
        status = add_bytes(&im, bytes, len, label);
    }
    if (!status) {
        status = compile(&im, label, out_index, out_len, out);
    }
    import_end(&im);
    return status;
}

hf_status hf_postcodes_import(hf_context *ctx, const char *const *paths,
                              size_t n_paths, const char *index_path,
                              const hf_postcodes_import_options *options,
                              hf_postcodes_summary **out) {
    if (!n_paths) {
        return hf__fail(ctx, HF_ERR_USAGE, "no file to import");
    }
    char path[HF__POSTCODES_PATH];
    if (!index_path) {
        hf_status status = hf_postcodes_default_path(ctx, path, sizeof path);
        if (status) {
            return status;
        }
        index_path = path;
    }
    unsigned char *bytes = NULL;
    size_t len = 0;
    hf_postcodes_summary *summary = NULL;
import im;
    hf_status status = import_begin(&im, ctx, options);
    for (size_t i = 0; i < n_paths && !status; i++) {
        status = add_file(&im, paths[i]);
    }
    if (!status) {
        status = compile(&im, index_path, &bytes, &len, &summary);
    }
    import_end(&im);
    if (!status) {
        status = hf__postcodes_write(ctx, index_path, bytes, len);
    }
    hf__free(bytes);
    if (status) {
        hf_postcodes_summary_free(summary);
        return status;
    }
    *out = summary;
    return HF_OK;
}
