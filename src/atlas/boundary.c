#include "atlas/boundary.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "atlas/boundary_about.h"
#include "atlas/boundary_facts.h"
#include "atlas/boundary_files.h"
#include "atlas/boundary_plane.h"
#include "base/compress.h"
#include "base/context.h"
#include "base/memory.h"
#include "shape/topology.h"

struct hf_boundaries {
    hf_authority *authorities;
    hf__polygon *polygons;
    size_t n;
    hf__projection *plane;
    hf_boundaries_info info;
    char **strings; /* all that the structs above point to */
    size_t n_strings;
    size_t strings_capacity;
    hf__lazy *derived;
};

/* What the steps of loading share. */
typedef struct loader {
    hf_context *ctx;
    const hf_shapefile_bytes *bytes;
    hf_boundaries_options options;
    hf__shapefile *file;
    hf__boundary_fields fields;
    hf__boundary_records records;
    hf__boundary_plane plane;
    hf__about about;
    bool is_known; /* these very bytes were found valid before */
    hf_boundaries *set;
    char repaired_why[200]; /* what was wrong with the first of them */
} loader;

void hf_boundaries_options_init(hf_boundaries_options *options) {
    *options = (hf_boundaries_options){0};
}

/* Copies a string into the set; NULL without memory. */
static const char *keep(hf_boundaries *set, const char *text) {
    void *strings = set->strings;
    if (!hf__reserve(&strings, &set->strings_capacity, set->n_strings + 1,
                     sizeof *set->strings)) {
        return NULL;
    }
    set->strings = strings;
    char *copy = hf__strdup(text);
    if (copy) {
        set->strings[set->n_strings++] = copy;
    }
    return copy;
}

/* The same for bytes that may not be UTF-8: field names and paths. */
static const char *keep_as_utf8(hf_boundaries *set, const char *text) {
    if (hf__utf8_is_valid(text, strlen(text))) {
        return keep(set, text);
    }
    hf__buf utf8;
    hf__buf_init(&utf8);
    const char *copy = NULL;
    if (!hf__to_utf8(hf__str_of(text), "ISO-8859-1", &utf8)) {
        copy = keep(set, utf8.text);
    }
    hf__buf_reset(&utf8);
    return copy;
}

/* The polygon of n rings, one of each record. */
static hf_status assemble_rings(loader *in, const hf__rings *rings, size_t n,
                                hf__assembled *out) {
    /* What is known and yet encloses nothing is looked at again. */
    if (in->is_known && n == 1) {
        hf_status status = hf__topology_adopt(in->ctx, rings, out);
        if (status != HF_ERR_GEOMETRY) {
            return status;
        }
    }
    return hf__topology_assemble(in->ctx, rings, n, out);
}

/* The polygon of `n` records of one authority. HF_ERR_NOT_FOUND, without a
 * message, where none of them has a shape. */
static hf_status assemble(loader *in, const hf__boundary_record *records,
                          size_t n, hf__assembled *out) {
    hf_status status = HF_OK;
    size_t n_read = 0;
    hf__polygon *copies = hf__calloc(n, sizeof *copies);
    hf__rings *rings = hf__calloc(n, sizeof *rings);
    if (!copies || !rings) {
        status = hf__fail_memory(in->ctx);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        hf__rings *read = &rings[n_read];
        status = hf__boundary_plane_rings(in->ctx, &in->plane, in->file,
                                          in->bytes->label, &records[i], read);
        if (status) {
            goto done;
        }
        if (!read->n_rings) {
            hf__warn(in->ctx, "%s: record %zu (%s %s) has no shape",
                     in->bytes->label, records[i].index + 1, records[i].code,
                     records[i].name);
            continue;
        }
        if (n > 1) { /* what was read lasts until the next record */
            hf__polygon *copy = &copies[n_read];
            if ((status = hf__rings_clean(in->ctx, read, copy))) {
                goto done;
            }
            *read = (hf__rings){copy->points, copy->ring_start, copy->n_rings};
        }
        n_read++;
    }
    status = n_read ? assemble_rings(in, rings, n_read, out) : HF_ERR_NOT_FOUND;
done:
    for (size_t i = 0; copies && i < n_read; i++) {
        hf__polygon_reset(&copies[i]);
    }
    hf__free(copies);
    hf__free(rings);
    return status;
}

/* What can be told of an authority in the plane. */
static hf_status describe(loader *in, const hf__boundary_record *records,
                          size_t n, const hf__assembled *found,
                          hf_authority *out) {
    const hf__polygon *polygon = &found->polygon;
    const hf__boundary_record *first = &records[0];
    out->code = keep(in->set, first->code);
    out->name = keep(in->set, first->name);
    out->name_cy = keep(in->set, first->name_cy);
    if (!out->code || !out->name || !out->name_cy) {
        return hf__fail_memory(in->ctx);
    }
    out->country = hf__country_of_code(first->code);
    out->first_year = first->first_year;
    out->last_year = first->last_year;
    for (size_t i = 1; i < n; i++) {
        if (!records[i].first_year || records[i].first_year < out->first_year) {
            out->first_year = records[i].first_year;
        }
        if (!records[i].last_year ||
            (out->last_year && records[i].last_year > out->last_year)) {
            out->last_year = records[i].last_year;
        }
        if (strcmp(records[i].name, first->name)) {
            hf__warn(in->ctx, "%s: %s is %s in record %zu, and %s in %zu",
                     in->bytes->label, first->code, first->name,
                     first->index + 1, records[i].name, records[i].index + 1);
        }
    }
    out->was_repaired = found->was_repaired;
    out->parts = found->measures.n_outer;
    out->holes = found->measures.n_holes;
    out->vertices = hf__polygon_n_points(polygon);
    out->min = polygon->box.min;
    out->max = polygon->box.max;
    out->area_m2 = found->measures.area_m2;
    out->centroid = found->measures.centroid;
    out->centre_is_within =
        hf__polygon_side(polygon, out->centroid) != HF__OUTSIDE;
    return HF_OK;
}

/* Adds the authority of `n` records of the same code to the set. */
static hf_status add_authority(loader *in, const hf__boundary_record *records,
                               size_t n) {
    hf_boundaries *set = in->set;
    const char *code = records[0].code, *name = records[0].name;
    hf_authority authority = {0};
    hf__assembled found;
    hf_status status = assemble(in, records, n, &found);
    if (status == HF_ERR_NOT_FOUND) {
        hf__warn(in->ctx, "%s: %s %s has no shape in any record; left out",
                 in->bytes->label, code, name);
        return HF_OK;
    }
    if (status == HF_ERR_GEOMETRY) {
        hf__warn(in->ctx, "%s: %s %s: %s; left out", in->bytes->label, code,
                 name, hf_context_message(in->ctx));
        set->info.is_valid = false;
        return HF_OK;
    }
    if (status) {
        return status;
    }
    if (found.was_repaired && !set->info.repaired++) {
        memcpy(in->repaired_why, found.why, sizeof found.why);
    }
    set->info.is_valid &= found.is_as_filed;
    set->polygons[set->n] = found.polygon;
    status = describe(in, records, n, &found, &authority);
    set->info.vertices += authority.vertices;
    set->authorities[set->n++] = authority;
    return status;
}

/* Bytes of names in one message. */
#define REPAIRED_MOST 600

/* One line, however many there are. */
static void warn_of_repairs(loader *in) {
    const hf_boundaries *set = in->set;
    hf__buf names;
    hf__buf_init(&names);
    size_t n = 0;
    for (size_t i = 0; i < set->n && names.len < REPAIRED_MOST; i++) {
        const hf_authority *it = &set->authorities[i];
        if (it->was_repaired) {
            hf__buf_add_format(&names, "%s%s %s", n++ ? ", " : "", it->code,
                               it->name);
        }
    }
    if (set->info.repaired == 1) {
        hf__warn(in->ctx, "%s: %s: %s; made valid", in->bytes->label,
                 names.text ? names.text : "", in->repaired_why);
    } else if (n) {
        hf__warn(in->ctx, "%s: %zu invalid areas were made valid: %s%s",
                 in->bytes->label, set->info.repaired,
                 names.text ? names.text : "",
                 n < set->info.repaired ? ", ..." : "");
    }
    hf__buf_reset(&names);
}

static hf_status add_authorities(loader *in) {
    hf_boundaries *set = in->set;
    const hf__boundary_records *records = &in->records;
    set->authorities = hf__calloc(records->n, sizeof *set->authorities);
    set->polygons = hf__calloc(records->n, sizeof *set->polygons);
    if (!set->authorities || !set->polygons) {
        return hf__fail_memory(in->ctx);
    }
    set->info.is_valid = hf__boundary_plane_is_file(&in->plane) &&
                         records->n == hf__shapefile_n_records(in->file);
    for (size_t i = 0, n = 1; i < records->n; i += n, n = 1) {
        while (i + n < records->n &&
               !strcmp(records->list[i].code, records->list[i + n].code)) {
            n++;
        }
        hf_status status = add_authority(in, &records->list[i], n);
        if (status) {
            return status;
        }
    }
    warn_of_repairs(in);
    if (!set->n) {
        return hf__fail(in->ctx, HF_ERR_GEOMETRY,
                        "%s: no authority with a shape", in->bytes->label);
    }
    return HF_OK;
}

/* Centres in longitude and latitude, all at once. */
static hf_status find_centres(loader *in) {
    hf_boundaries *set = in->set;
    hf_status status = HF_OK;
    hf_xy *centroids = hf__calloc(set->n, sizeof *centroids);
    hf_lonlat *centres = hf__calloc(set->n, sizeof *centres);
    if (!centroids || !centres) {
        status = hf__fail_memory(in->ctx);
        goto done;
    }
    for (size_t i = 0; i < set->n; i++) {
        centroids[i] = set->authorities[i].centroid;
    }
    status =
        hf__projection_inverse(in->ctx, set->plane, centroids, set->n, centres);
    for (size_t i = 0; !status && i < set->n; i++) {
        if (!hf_lonlat_is_valid(centres[i])) {
            status = hf__fail(in->ctx, HF_ERR_PROJECTION,
                              "%s: %s %s lies outside what the projection can "
                              "show; name the right one with --projection",
                              in->bytes->label, set->authorities[i].code,
                              set->authorities[i].name);
        }
        set->authorities[i].centre = centres[i];
    }
done:
    hf__free(centroids);
    hf__free(centres);
    return status;
}

/* The name of the .shp without folder and extension. */
static hf__str base_name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    hf__str name = hf__str_of(slash ? slash + 1 : path);
    if (name.len > 4 &&
        hf__str_is_nocase((hf__str){name.at + name.len - 4, 4}, ".shp")) {
        name.len -= 4;
    }
    return name;
}

static void describe_resolution(hf_boundaries *set, hf__str base_name) {
    hf_boundaries_info *info = &set->info;
    info->median_edge_m = hf__median_edge_m(set->polygons, set->n);
    info->resolution = hf__resolution_of_name(base_name);
    if (!info->resolution) {
        info->resolution = hf__resolution_of_edges(info->median_edge_m);
        info->resolution_is_guess = info->resolution != HF_RESOLUTION_UNKNOWN;
    }
    info->resolution_m = hf__resolution_m(info->resolution);
    info->resolution_text =
        hf__resolution_text(info->resolution, info->resolution_is_guess);
}

/* The year in the code field's name, or those in the file's name, or those of
 * the records. */
static bool describe_vintage(loader *in, hf__str base_name) {
    const hf__boundary_records *records = &in->records;
    hf__buf text;
    hf__buf_init(&text);
    if (in->fields.year) {
        hf__buf_add_format(&text, "%d", in->fields.year);
    } else {
        hf__vintage_of_name(base_name, &text);
    }
    if (!text.len && records->earliest_year) {
        hf__buf_add_format(&text, "%d to %d", records->earliest_year,
                           records->latest_year);
    }
    if (!text.failed) {
        in->set->info.vintage = keep(in->set, text.text ? text.text : "");
    }
    hf__buf_reset(&text);
    return in->set->info.vintage != NULL;
}

static bool describe_projection(loader *in) {
    hf_boundaries *set = in->set;
    const hf__projection_facts *file =
        hf__projection_get_facts(in->plane.file_system);
    const hf__projection_facts *plane = hf__projection_get_facts(set->plane);
    set->info.file_system = keep_as_utf8(set, file->name);
    set->info.plane =
        keep_as_utf8(set, *plane->authority ? plane->authority : plane->name);
    set->info.operation = keep_as_utf8(set, plane->operation);
    set->info.accuracy_m = plane->accuracy_m;
    return set->info.file_system && set->info.plane && set->info.operation;
}

/* What the licence of official files asks to be said. Their fields tell them:
 * CTYUA24CD. */
static bool attribute_official(loader *in, const char *code_field) {
    static const char *const official[] = {"ctyua", "utla", "lad",
                                           "cty",   "ctry", "rgn"};
    hf_boundaries_info *info = &in->set->info;
    info->attribution = "";
    for (size_t i = 0; i < sizeof official / sizeof *official; i++) {
        size_t len = strlen(official[i]);
        hf__str start = {code_field, len};
        if (strlen(code_field) == len + 4 &&
            hf__str_is_nocase(start, official[i])) {
            hf__buf text;
            hf__buf_init(&text);
            hf__buf_add_format(
                &text,
                "Source: Office for National Statistics licensed under the "
                "Open Government Licence v3.0. Contains OS data \u00a9 Crown "
                "copyright and database right 20%.2s",
                code_field + len);
            info->attribution = text.failed ? NULL : keep(in->set, text.text);
            hf__buf_reset(&text);
            break;
        }
    }
    return info->attribution != NULL;
}

/* Reads the .about file, and whether it knows these very bytes. They are known
 * as the file has them: in another plane nothing is. */
static void read_about(loader *in) {
    const hf_shapefile_bytes *bytes = in->bytes;
    hf__str text = {bytes->about ? bytes->about : "", bytes->about_len};
    uint32_t checksum = hf__crc32(0, bytes->shp, bytes->shp_len);
    checksum = hf__crc32(checksum, bytes->dbf, bytes->dbf_len);
    in->set->info.checksum = checksum;
    if (!hf__about_read(text, &in->about)) {
        hf__warn(in->ctx, "%s: its .about file is not in UTF-8 and is ignored",
                 bytes->label);
    }
    in->is_known = hf__boundary_plane_is_file(&in->plane) &&
                   in->about.has_valid && in->about.valid == checksum;
}

/* Title, accuracy and attribution as the .about file has them. */
static bool describe_about(loader *in) {
    hf_boundaries_info *info = &in->set->info;
    const char **facts[] = {&info->set_name, &info->resolution_text,
                            &info->attribution};
    const hf__str lines[] = {in->about.title, in->about.accuracy,
                             in->about.attribution};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!lines[i].len) {
            continue;
        }
        char *copy = hf__strndup(lines[i].at, lines[i].len);
        *facts[i] = copy ? keep(in->set, copy) : NULL;
        hf__free(copy);
        if (!*facts[i]) {
            return false;
        }
    }
    info->resolution_is_guess &= !in->about.accuracy.len;
    return true;
}

/* The line that every output names the set by. */
static bool cite(hf_boundaries *set) {
    hf_boundaries_info *info = &set->info;
    hf__buf line;
    hf__buf_init(&line);
    hf__buf_add_text(&line, info->set_name);
    if (*info->vintage && !strstr(info->set_name, info->vintage)) {
        hf__buf_add_format(&line, ", %s", info->vintage);
    }
    hf__buf_add_format(&line, ", %s, %zu areas, CRC-32 %08lx",
                       info->resolution_text, info->authorities,
                       (unsigned long)info->checksum);
    info->citation = line.failed ? NULL : keep(set, line.text);
    hf__buf_reset(&line);
    return info->citation != NULL;
}

static hf_status describe_set(loader *in) {
    hf_boundaries *set = in->set;
    hf_boundaries_info *info = &set->info;
    hf__str base_name = base_name_of(in->bytes->label);
    char *name = hf__strndup(base_name.at, base_name.len);
    if (!name) {
        return hf__fail_memory(in->ctx);
    }
    info->path = keep(set, in->bytes->label);
    info->set_name = keep_as_utf8(set, name);
    hf__free(name);
    info->code_field =
        keep_as_utf8(set, hf__shapefile_field_name(in->file, in->fields.code));
    info->name_field =
        keep_as_utf8(set, hf__shapefile_field_name(in->file, in->fields.name));
    info->encoding = keep(set, in->records.encoding);
    if (!info->path || !info->set_name || !info->code_field ||
        !info->name_field || !info->encoding ||
        !describe_vintage(in, base_name) || !describe_projection(in)) {
        return hf__fail_memory(in->ctx);
    }
    info->authorities = set->n;
    info->records = hf__shapefile_n_records(in->file);
    for (size_t i = 0; i < set->n; i++) {
        info->is_lower_tier |= !strncmp(set->authorities[i].code, "E07", 3);
    }
    describe_resolution(set, base_name);
    if (!attribute_official(in, info->code_field) || !describe_about(in) ||
        !cite(set)) {
        return hf__fail_memory(in->ctx);
    }
    return HF_OK;
}

static hf_status load(loader *in) {
    hf_status status;
    const hf_shapefile_bytes *bytes = in->bytes;
    if ((status = hf__shapefile_open(in->ctx, bytes, &in->file)) ||
        (status = hf__boundary_fields_find(in->ctx, in->file, bytes->label,
                                           &in->options, &in->fields)) ||
        (status =
             hf__boundary_records_read(in->ctx, in->file, bytes, &in->options,
                                       &in->fields, &in->records)) ||
        (status =
             hf__boundary_plane_choose(in->ctx, in->file, bytes, &in->options,
                                       &in->records, &in->plane))) {
        return status;
    }
    read_about(in);
    if ((status = add_authorities(in))) {
        return status;
    }
    hf__box box = hf__box_of(NULL, 0);
    for (size_t i = 0; i < in->set->n; i++) {
        hf__box_widen(&box, &in->set->polygons[i].box);
    }
    status = hf__boundary_plane_check(in->ctx, &in->plane, bytes->label, &box);
    if (status) {
        return status;
    }
    hf__projection **owner =
        in->plane.plane ? &in->plane.plane : &in->plane.file_system;
    in->set->plane = *owner;
    if (!(status = find_centres(in))) {
        status = describe_set(in);
    }
    *owner = NULL; /* the set's now */
    return status;
}

static bool is_date(int as_of) {
    int month = as_of / 100 % 100, day = as_of % 100;
    return as_of >= 18000101 && as_of <= 99991231 && month >= 1 &&
           month <= 12 && day >= 1 && day <= 31;
}

static hf_boundaries *new_set(void) {
    hf_boundaries *set = hf__calloc(1, sizeof *set);
    hf__lazy *derived = hf__calloc(1, sizeof *derived);
    if (!set || !derived) {
        hf__free(set);
        hf__free(derived);
        return NULL;
    }
    hf__lazy_init(derived);
    set->derived = derived;
    return set;
}

hf_status hf_boundaries_open_bytes(hf_context *ctx,
                                   const hf_shapefile_bytes *bytes,
                                   const hf_boundaries_options *options,
                                   hf_boundaries **out) {
    loader in = {.ctx = ctx, .bytes = bytes};
    if (options) {
        in.options = *options;
    }
    if (in.options.as_of && !is_date(in.options.as_of)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "%d is no date; write a year, month and day as in "
                        "20240401",
                        in.options.as_of);
    }
    in.set = new_set();
    hf_status status = in.set ? load(&in) : hf__fail_memory(ctx);
    if (!status) {
        *out = in.set;
        in.set = NULL;
    }
    hf_boundaries_close(in.set);
    hf__boundary_plane_reset(&in.plane);
    hf__boundary_records_reset(&in.records);
    hf__shapefile_close(in.file);
    return status;
}

hf_status hf_boundaries_open(hf_context *ctx, const char *path,
                             const hf_boundaries_options *options,
                             hf_boundaries **out) {
    hf__boundary_files files;
    hf_status status = hf__boundary_files_read(ctx, path, &files);
    if (!status) {
        status = hf_boundaries_open_bytes(ctx, &files.bytes, options, out);
        hf__boundary_files_reset(&files);
    }
    return status;
}

void hf_boundaries_close(hf_boundaries *set) {
    if (!set) {
        return;
    }
    hf__lazy_reset(set->derived);
    hf__free(set->derived);
    for (size_t i = 0; i < set->n; i++) {
        hf__polygon_reset(&set->polygons[i]);
    }
    for (size_t i = 0; i < set->n_strings; i++) {
        hf__free(set->strings[i]);
    }
    hf__projection_free(set->plane);
    hf__free(set->strings);
    hf__free(set->polygons);
    hf__free(set->authorities);
    hf__free(set);
}

const hf_boundaries_info *hf_boundaries_get_info(const hf_boundaries *set) {
    return &set->info;
}

size_t hf_boundaries_count(const hf_boundaries *set) {
    return set->n;
}

const hf_authority *hf_boundaries_authority(const hf_boundaries *set,
                                            size_t index) {
    assert(index < set->n);
    return &set->authorities[index];
}

/* The first authority whose code does not come before this one. */
static size_t first_not_before(const hf_boundaries *set, hf__str code) {
    size_t low = 0, high = set->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(set->authorities[middle].code, code.at, code.len) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t hf_boundaries_find_code(const hf_boundaries *set, const char *code,
                               size_t len) {
    hf__str wanted = {code, len};
    size_t i = first_not_before(set, wanted);
    if (i < set->n && hf__str_is(wanted, set->authorities[i].code)) {
        return i;
    }
    for (i = 0; i < set->n; i++) {
        if (hf__str_is_nocase(wanted, set->authorities[i].code)) {
            return i;
        }
    }
    return HF_NOWHERE;
}

const hf__polygon *hf__boundaries_polygon(const hf_boundaries *set,
                                          size_t authority) {
    assert(authority < set->n);
    return &set->polygons[authority];
}

const hf__projection *hf__boundaries_plane(const hf_boundaries *set) {
    return set->plane;
}

hf__lazy *hf__boundaries_derived(const hf_boundaries *set) {
    return set->derived;
}
