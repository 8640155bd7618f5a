#include "table/annotate.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/context.h"
#include "base/memory.h"
#include "table/csv.h"
#include "table/feed.h"
#include "table/pipeline.h"
#include "table/rows.h"

#define BLOCK_BYTES ((size_t)256 << 10)
#define HEAD_BYTES ((size_t)1 << 20)
#define THREADS_MOST 64
/* Blocks are smaller where there are many of them. */
#define MANY_THREADS 16
/* Long records are not kept waiting by the dozen. */
#define IN_FLIGHT_MOST ((size_t)16 << 20)
/* Nanoseconds between calls of the progress callback. */
#define PROGRESS_NS 250000000

/* A block on its way. */
typedef struct job {
    hf__buf in, out;
    hf__found found;
    hf__tally tally;
    hf_status status;
    char *message; /* of a failure; NULL for want of memory */
} job;

/* What one thread works with, made when it works first. */
typedef struct hand {
    hf_context *ctx;
    hf__worker *worker;
} hand;

typedef struct run {
    hf_context *ctx;
    const hf_annotate_options *options;
    const char *label;
    int out_fd;
    size_t block_bytes;
    size_t n_threads, n_jobs;
    hf__feed feed;
    hf__plan plan;
    job *jobs;
    hand *hands;
    hf__tally tally; /* of what is written */
    size_t in_flight;
    uint64_t bytes_done, bytes_total;
    int64_t last_progress_ns;
    hf_status oracle_status; /* what stopped a look at the content */
    hf_status fill_status;   /* reading failed: after what was read before */
    char *fill_message;
} run;

void hf_annotate_options_init(hf_annotate_options *options) {
    *options = (hf_annotate_options){.home = HF_NOWHERE,
                                     .origin = HF_ORIGIN_CENTRE,
                                     .coast_m = HF_LOCATE_COAST_M};
}

/* ---- progress ---- */

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool go_on(void *user) {
    run *r = user;
    r->last_progress_ns = now_ns();
    return !r->options->progress ||
           r->options->progress(r->options->progress_user, r->tally.rows,
                                r->bytes_done, r->bytes_total);
}

static hf_status tell_progress(run *r) {
    if (!r->options->progress || now_ns() - r->last_progress_ns < PROGRESS_NS ||
        go_on(r)) {
        return HF_OK;
    }
    return hf__fail(r->ctx, HF_ERR_CANCELLED, "stopped");
}

/* What is left to read of a file; 0 for a pipe. */
static uint64_t bytes_to_read(int fd) {
    struct stat st;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        return 0;
    }
    off_t at = lseek(fd, 0, SEEK_CUR);
    return at >= 0 && st.st_size > at ? (uint64_t)(st.st_size - at) : 0;
}

/* ---- the header ---- */

static hf_status write_out(run *r, hf__str bytes) {
    return r->plan.writes ? hf__write_all(r->ctx, r->out_fd, bytes, go_on, r)
                          : HF_OK;
}

static bool is_taken(const hf__names *names, const char *name) {
    for (size_t i = 0; i < names->n; i++) {
        if (hf__str_is_nocase(hf__str_of(names->texts[i]), name)) {
            return true;
        }
    }
    return false;
}

/* A name that the header does not have yet: authority, authority_howfar,
 * authority_howfar2 ... */
static void add_free_name(const hf__names *names, const char *name,
                          hf__buf *out) {
    hf__buf candidate;
    hf__buf_init(&candidate);
    hf__buf_add_text(&candidate, name);
    for (unsigned i = 1; !candidate.failed && is_taken(names, candidate.text);
         i++) {
        candidate.len = 0;
        hf__buf_add_format(&candidate, i > 1 ? "%s_howfar%u" : "%s_howfar",
                           name, i);
    }
    hf__buf_add(out, candidate.text ? candidate.text : "", candidate.len);
    out->failed |= candidate.failed;
    hf__buf_reset(&candidate);
}

static void add_header(const run *r, const hf__names *names, hf__buf *out) {
    const hf__columns *columns = &r->plan.columns;
    bool is_return = columns->official.kind != HF__RETURN_NONE;
    const struct {
        const char *name;
        bool is_added;
    } added[] = {{"authority_code", true},
                 {"authority", true},
                 {"category", true},
                 {"miles", true},
                 {"miles_border", true},
                 {"miles_home", columns->home_postcode != HF__NO_COLUMN},
                 {"PL_DISTANCE", columns->official.kind == HF__RETURN_EPISODES},
                 {"PL_LOCATION", is_return},
                 {"PL_LA", is_return},
                 {"note", true}};
    char delimiter = r->plan.dialect.delimiter;
    for (size_t i = names->n; i < columns->width; i++) {
        hf__buf_add_char(out, delimiter);
    }
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        if (added[i].is_added) {
            hf__buf_add_char(out, delimiter);
            add_free_name(names, added[i].name, out);
        }
    }
}

/* Writes everything up to the header's line end, with the names added. */
static hf_status write_header(run *r, const hf__sample *sample, hf__str head) {
    const hf__dialect *dialect = &r->plan.dialect;
    hf__str records = {head.at + dialect->preamble,
                       head.len - dialect->preamble};
    hf__csv_record header;
    size_t end = 0;
    if (!hf__feed_find_header(records, dialect->delimiter, &header, &end)) {
        return HF_OK;
    }
    size_t consumed = dialect->preamble + end;
    hf__names names;
    hf_status status = hf__names_read(r->ctx, sample, dialect, &names);
    if (status) {
        return status;
    }
    hf__buf out;
    hf__buf_init(&out);
    hf__buf_add(&out, head.at, consumed - header.line_end);
    add_header(r, &names, &out);
    hf__buf_add(&out, head.at + consumed - header.line_end, header.line_end);
    status = out.failed ? hf__fail_memory(r->ctx)
                        : write_out(r, (hf__str){out.text, out.len});
    hf__buf_reset(&out);
    hf__names_reset(&names);
    hf__stream_skip(&r->feed.records, consumed);
    r->bytes_done += consumed;
    return status;
}

/* ---- the head of the file ---- */

static hf__area_kind oracle_kind(void *user, hf__str cell) {
    run *r = user;
    hf__area_kind kind = HF__AREA_NONE;
    hf_postcode ignored;
    if (!r->oracle_status &&
        hf__postal_read(hf__cell_bare(cell), &ignored) == HF__PLACED) {
        r->oracle_status = hf__postal_open(r->ctx, &r->plan.postal);
    }
    if (!r->oracle_status) {
        r->oracle_status =
            hf__areas_kind(r->ctx, r->plan.home->areas, cell, &kind);
    }
    return kind;
}

static hf_status oracle_postcodes(void *user, const char **why) {
    run *r = user;
    hf_status status = hf__postal_open(r->ctx, &r->plan.postal);
    *why = r->plan.postal.why;
    return status ? status : r->plan.postal.status;
}

static size_t oracle_count_within(void *user, const hf_xy *grid, size_t n) {
    run *r = user;
    size_t within = 0;
    for (size_t i = 0; i < n && !r->oracle_status; i++) {
        hf_lonlat point;
        hf_location location = {.authority = HF_NOWHERE};
        r->oracle_status =
            hf__projection_inverse(r->ctx, r->plan.grid, &grid[i], 1, &point);
        if (!r->oracle_status && hf_lonlat_is_valid(point)) {
            r->oracle_status = hf_locate(r->ctx, r->plan.set, point,
                                         r->options->coast_m, &location);
        }
        within += location.authority != HF_NOWHERE;
    }
    return within;
}

/* Which directory postcodes are looked up in is a part of the answer. */
static hf_status name_directory(run *r) {
    hf__columns *columns = &r->plan.columns;
    if (!columns->has_postcodes) {
        return HF_OK;
    }
    hf__buf line;
    hf__buf_init(&line);
    hf__buf_add_text(&line, columns->message);
    hf__buf_add_text(&line, "; postcodes by ");
    hf__postal_add_name(&r->plan.postal, &line);
    char *message = hf__buf_take(&line);
    if (!message) {
        return hf__fail_memory(r->ctx);
    }
    hf__free(columns->message);
    columns->message = message;
    return HF_OK;
}

static hf_status choose_columns(run *r, const hf__sample *sample) {
    hf__area_oracle oracle = {.user = r,
                              .kind = oracle_kind,
                              .count_within = oracle_count_within,
                              .postcodes = oracle_postcodes,
                              .is_uk = r->plan.is_uk};
    hf_status status =
        hf__columns_choose(r->ctx, r->label, sample, &r->plan.dialect,
                           r->options, &oracle, &r->plan.columns);
    if (r->oracle_status) {
        /* What was chosen, or refused, is worth nothing then. */
        return hf__fail(r->ctx, r->oracle_status, "%s: %s", r->label,
                        hf_status_text(r->oracle_status));
    }
    if (status) {
        return status;
    }
    /* A name's cell may hold a postcode: later, with threads, is too late. */
    if (r->plan.columns.has_areas) {
        status = hf__postal_open(r->ctx, &r->plan.postal);
        if (status) {
            return status;
        }
    }
    status = name_directory(r);
    if (status) {
        return status;
    }
    size_t named = hf__sample_width(sample, 0);
    if (r->plan.columns.width > named) {
        hf__warn(r->ctx,
                 "%s: rows have %zu cells, the header %zu: columns without a "
                 "name are added to it",
                 r->label, r->plan.columns.width, named);
    }
    if (r->options->columns) {
        r->options->columns(r->options->columns_user, r->plan.columns.message);
    }
    return HF_OK;
}

static hf_status start(run *r, const hf_places *places,
                       const hf_adjacency *adjacency, size_t head_bytes) {
    hf__dialect dialect;
    hf__str records;
    hf_status status =
        hf__feed_read_head(r->ctx, &r->feed, head_bytes, r->options->delimiter,
                           &dialect, &records);
    if (!status) {
        status =
            hf__plan_set_dialect(r->ctx, &r->plan, places, adjacency, &dialect);
    }
    if (status) {
        return status;
    }
    hf__sample sample = {0};
    status = hf__sample_take(r->ctx, records, dialect.delimiter,
                             HF__SAMPLE_ROWS, &sample);
    if (!status) {
        status = choose_columns(r, &sample);
    }
    if (!status) {
        status = write_header(r, &sample, hf__stream_ahead(&r->feed.records));
    }
    hf__sample_reset(&sample);
    return status;
}

/* ---- the rows ---- */

static hf__filled fill(void *user, size_t slot) {
    run *r = user;
    job *it = &r->jobs[slot];
    if (r->in_flight > IN_FLIGHT_MOST) {
        return HF__FILL_LATER;
    }
    r->fill_status = hf__stream_next(r->ctx, &r->feed.records, r->block_bytes,
                                     r->plan.dialect.delimiter, &it->in);
    if (r->fill_status) {
        r->fill_message = hf__strdup(hf_context_message(r->ctx));
        return HF__FILL_END;
    }
    if (!it->in.len) {
        return HF__FILL_END;
    }
    r->in_flight += it->in.len;
    return HF__FILLED;
}

/* The first thread is the caller's and has the caller's context. */
static hf_status take_hand(run *r, size_t thread, hand **out) {
    hand *h = &r->hands[thread];
    hf_status status = HF_OK;
    if (!h->ctx && !thread) {
        h->ctx = r->ctx;
    } else if (!h->ctx) {
        status = hf_context_new(&h->ctx);
        if (!status) {
            status =
                hf_context_set_data_dir(h->ctx, hf_context_data_dir(r->ctx));
        }
    }
    if (!status && !h->worker) {
        status = hf__worker_new(h->ctx, &r->plan, &h->worker);
    }
    *out = h;
    return status;
}

static void work(void *user, size_t thread, size_t slot) {
    run *r = user;
    job *it = &r->jobs[slot];
    hand *h;
    it->status = take_hand(r, thread, &h);
    if (!it->status) {
        it->status =
            hf__worker_annotate(h->worker, (hf__str){it->in.text, it->in.len},
                                &it->out, &it->found, &it->tally);
    }
    if (it->status && h->ctx) {
        it->message = hf__strdup(hf_context_message(h->ctx));
    }
}

static hf_status fail_open_row(run *r) {
    return hf__fail(r->ctx, HF_ERR_DAMAGED,
                    "%s: row %" PRIu64
                    ": a quote opens in it that nothing closes",
                    r->label, r->tally.rows + 1);
}

static hf_status drain(void *user, size_t slot) {
    run *r = user;
    job *it = &r->jobs[slot];
    if (it->status && it->status != HF_ERR_DAMAGED) {
        return it->status == HF_ERR_MEMORY || !it->message
                   ? hf__fail_memory(r->ctx)
                   : hf__fail(r->ctx, it->status, "%s", it->message);
    }
    hf_status status =
        write_out(r, (hf__str){it->out.text ? it->out.text : "", it->out.len});
    if (!status && r->plan.tells) {
        status = hf__found_tell(r->ctx, &it->found, r->plan.columns.n_kept,
                                r->tally.rows + 1, r->options->row,
                                r->options->row_user);
    }
    if (status) {
        return status;
    }
    hf__tally_add(&r->tally, &it->tally);
    r->bytes_done += it->in.len;
    r->in_flight -= it->in.len;
    if (it->status) {
        return fail_open_row(r);
    }
    if (it->in.capacity > 4 * r->block_bytes) {
        hf__buf_reset(&it->in);
        hf__buf_reset(&it->out);
        hf__found_reset(&it->found);
    }
    return tell_progress(r);
}

/* Reading failed: everything before is written. XML has lines of its own. */
static hf_status fail_reading(run *r) {
    if (r->fill_status == HF_ERR_DAMAGED && r->fill_message && !r->feed.xml) {
        return hf__fail(r->ctx, HF_ERR_DAMAGED, "%s: row %" PRIu64 ": %s",
                        r->label, r->tally.rows + 1, r->fill_message);
    }
    return r->fill_message
               ? hf__fail(r->ctx, r->fill_status, "%s", r->fill_message)
               : hf__fail_memory(r->ctx);
}

static hf_status annotate_rows(run *r) {
    hf__pipeline pipeline = {.user = r,
                             .n_threads = r->n_threads,
                             .n_slots = r->n_jobs,
                             .fill = fill,
                             .work = work,
                             .drain = drain};
    hf_status status = hf__pipeline_run(r->ctx, &pipeline);
    return !status && r->fill_status ? fail_reading(r) : status;
}

static hf_status summarise(run *r, hf_annotate_summary **out) {
    hf__histogram all = {.failed = false};
    for (size_t i = 0; i < r->n_threads; i++) {
        if (r->hands[i].worker) {
            hf__histogram_add(&all, hf__worker_histogram(r->hands[i].worker));
        }
    }
    hf_status status =
        all.failed ? hf__fail_memory(r->ctx)
                   : hf__tally_summarise(
                         r->ctx, &r->tally, &all, r->plan.columns.message,
                         r->plan.columns.count != HF__NO_COLUMN, out);
    if (!status) {
        const hf__return *official = &r->plan.columns.official;
        (*out)->has_uasc = official->kind && official->uasc != HF__NO_COLUMN;
    }
    hf__histogram_reset(&all);
    if (!status) {
        (*out)->has_postcodes = r->plan.columns.has_postcodes;
        (*out)->has_home_postcodes =
            r->plan.columns.home_postcode != HF__NO_COLUMN;
    }
    return status;
}

/* ---- all of it ---- */

/* Not a part of numbers, names or CSV itself. */
static bool can_delimit(char c) {
    static const char reserved[] = "\"\n\r._-+";
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool is_digit = c >= '0' && c <= '9';
    return !is_letter && !is_digit && (unsigned char)c < 0x80 &&
           !strchr(reserved, c);
}

static hf_status check_options(hf_context *ctx, const hf_boundaries *set,
                               const hf_annotate_options *options) {
    if (options->home >= hf_boundaries_count(set) &&
        !(options->home == HF_NOWHERE && options->home_column)) {
        return hf__fail(ctx, HF_ERR_USAGE, "no home authority");
    }
    if (options->origin == HF_ORIGIN_PLACE && !options->origin_place) {
        return hf__fail(ctx, HF_ERR_USAGE, "no place to measure from");
    }
    if (!(options->coast_m >= 0 && isfinite(options->coast_m))) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the tolerance at the coast is not 0 or more metres");
    }
    if (options->delimiter && !can_delimit(options->delimiter)) {
        return hf__fail(ctx, HF_ERR_USAGE,
                        "the delimiter can't be a letter, a digit, a quote, a "
                        "line end, or what numbers and names are written with");
    }
    return HF_OK;
}

static size_t count_threads(size_t asked) {
    long processors = asked ? 0 : sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = asked ? asked : processors > 0 ? (size_t)processors : 1;
    return threads < THREADS_MOST ? threads : THREADS_MOST;
}

static void free_run(run *r) {
    for (size_t i = 0; r->jobs && i < r->n_jobs; i++) {
        hf__buf_reset(&r->jobs[i].in);
        hf__buf_reset(&r->jobs[i].out);
        hf__found_reset(&r->jobs[i].found);
        hf__free(r->jobs[i].message);
    }
    for (size_t i = 0; r->hands && i < r->n_threads; i++) {
        hf__worker_free(r->hands[i].worker);
        if (i) {
            hf_context_free(r->hands[i].ctx);
        }
    }
    hf__free(r->jobs);
    hf__free(r->hands);
    hf__free(r->fill_message);
    hf__feed_close(&r->feed);
    hf__plan_reset(&r->plan);
}

hf_status hf__annotate(hf_context *ctx, const hf_boundaries *set,
                       const hf_places *places, const hf_adjacency *adjacency,
                       const hf_annotate_options *options, int in_fd,
                       const char *in_label, int out_fd,
                       const hf__annotate_tuning *tuning,
                       hf_annotate_summary **out) {
    hf_status status = check_options(ctx, set, options);
    if (status) {
        return status;
    }
    run r = {.ctx = ctx,
             .options = options,
             .label = in_label,
             .out_fd = out_fd,
             .n_threads = count_threads(options->threads),
             .bytes_total = bytes_to_read(in_fd)};
    r.block_bytes = tuning                       ? tuning->block_bytes
                    : r.n_threads > MANY_THREADS ? BLOCK_BYTES / 2
                                                 : BLOCK_BYTES;
    r.n_jobs = 2 * r.n_threads + 2;
    r.jobs = hf__calloc(r.n_jobs, sizeof *r.jobs);
    r.hands = hf__calloc(r.n_threads, sizeof *r.hands);
    status = r.jobs && r.hands
                 ? hf__plan_init(ctx, set, places, options, &r.plan)
                 : hf__fail_memory(ctx);
    r.plan.writes = out_fd >= 0;
    r.plan.tells = options->row != NULL;
    if (!status) {
        status = hf__feed_open(ctx, &r.feed, in_fd, in_label,
                               options->delimiter, go_on, &r);
    }
    if (!status) {
        /* Rows made from XML are no bytes of the file. */
        r.bytes_total = r.feed.xml ? 0 : r.bytes_total;
        status = start(&r, places, adjacency,
                       tuning ? tuning->head_bytes : HEAD_BYTES);
    }
    if (!status) {
        status = annotate_rows(&r);
    }
    if (!status) {
        status = summarise(&r, out);
    }
    free_run(&r);
    return status;
}

hf_status hf_annotate(hf_context *ctx, const hf_boundaries *set,
                      const hf_places *places, const hf_adjacency *adjacency,
                      const hf_annotate_options *options, int in_fd,
                      const char *in_label, int out_fd,
                      hf_annotate_summary **out) {
    return hf__annotate(ctx, set, places, adjacency, options, in_fd, in_label,
                        out_fd, NULL, out);
}
