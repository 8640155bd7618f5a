#include "atlas/boundary_plane.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "howfar/geodesic.h"
#include "shape/shapefile_check.h"

/* Nothing on Earth is farther from any grid's origin. */
#define FARTHEST_COORDINATE 1e9

static const hf__box lonlat_box = {{-180.000001, -90.000001},
                                   {180.000001, 90.000001}};
static const hf__box uk_box = {{-9.5, 49}, {2.5, 61.5}};
static const hf__box uk_box_swapped = {{49, -9.5}, {61.5, 2.5}};
static const hf__box british_grid_box = {{-500000, -500000},
                                         {1200000, 1700000}};

/* The box of a record's rings as the file has them, every coordinate a number
 * that a place on Earth can have; empty without a shape. */
static hf_status find_box(hf_context *ctx, hf__shapefile *file,
                          const char *label, const hf__boundary_record *record,
                          hf__box *out) {
    hf__rings rings;
    hf_status status = hf__shapefile_rings(ctx, file, record->index, &rings);
    if (status) {
        return status;
    }
    hf__box box = hf__box_of(NULL, 0);
    size_t n = rings.n_rings ? rings.ring_start[rings.n_rings] : 0;
    for (size_t i = 0; i < n; i++) {
        hf_xy p = rings.points[i];
        if (!(fabs(p.x_m) < FARTHEST_COORDINATE &&
              fabs(p.y_m) < FARTHEST_COORDINATE)) {
            return hf__fail(
                ctx, HF_ERR_DAMAGED,
                "%s: record %zu (%s %s): point %zu is %s; get the "
                "file again",
                label, record->index + 1, record->code, record->name, i + 1,
                isfinite(p.x_m) && isfinite(p.y_m) ? "nowhere on Earth"
                                                   : "not a finite coordinate");
        }
        hf__box_add(&box, p);
    }
    *out = box;
    return HF_OK;
}

/* The box of each record, in the file's own units. */
static hf_status find_boxes(hf_context *ctx, hf__shapefile *file,
                            const char *label,
                            const hf__boundary_records *records,
                            hf__box **out) {
    hf__box *boxes = hf__calloc(records->n, sizeof *boxes);
    if (!boxes) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < records->n; i++) {
        hf_status status =
            find_box(ctx, file, label, &records->list[i], &boxes[i]);
        if (status) {
            hf__free(boxes);
            return status;
        }
    }
    *out = boxes;
    return HF_OK;
}

static hf__box extent_of(const hf__box *boxes, size_t n) {
    hf__box extent = hf__box_of(NULL, 0);
    for (size_t i = 0; i < n; i++) {
        hf__box_widen(&extent, &boxes[i]);
    }
    return extent;
}

static bool has_uk_codes(const hf__boundary_records *records) {
    size_t n = 0;
    for (size_t i = 0; i < records->n; i++) {
        n += hf__is_gss_code(hf__str_of(records->list[i].code));
    }
    return 2 * n > records->n;
}

/* How to name the system that coordinates in a box seem to be in. */
static const char *suggestion(const hf__box *extent) {
    if (hf__box_holds(&lonlat_box, extent)) {
        return "--projection EPSG:4326 (the coordinates look like longitude "
               "and latitude)";
    }
    if (hf__box_holds(&british_grid_box, extent)) {
        return "--projection EPSG:27700 (the coordinates look like the British "
               "National Grid)";
    }
    return "--projection, such as EPSG:27700 for the British National Grid";
}

/* Longitude and latitude whose values say otherwise. */
static hf_status check_lonlat(hf_context *ctx, const char *where,
                              const hf__box *extent, bool is_uk) {
    if (is_uk && hf__box_holds(&uk_box_swapped, extent)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: latitude comes first in this file; a shapefile "
                        "holds longitude, then latitude: export it again",
                        where);
    }
    if (!hf__box_holds(&lonlat_box, extent)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s says longitude and latitude, but coordinates reach "
                        "%.0f, %.0f; name the right system with %s",
                        where, extent->max.x_m, extent->max.y_m,
                        suggestion(extent));
    }
    return HF_OK;
}

/* A plane for a file whose own coordinates are no plane in metres. */
static hf_status choose_plane(hf_context *ctx, const char *where,
                              const hf__box *extent, double metres_per_unit,
                              bool has_codes, const hf__projection *file_system,
                              hf__projection **out) {
    hf_xy corners[2] = {
        {extent->min.x_m * metres_per_unit, extent->min.y_m * metres_per_unit},
        {extent->max.x_m * metres_per_unit, extent->max.y_m * metres_per_unit}};
    hf_lonlat ends[2];
    hf_status status =
        hf__projection_inverse(ctx, file_system, corners, 2, ends);
    if (status) {
        return status;
    }
    hf__box box = {{ends[0].lon_deg, ends[0].lat_deg},
                   {ends[1].lon_deg, ends[1].lat_deg}};
    if (has_codes || hf__box_holds(&uk_box, &box)) {
        return hf__projection_british_grid(ctx, out);
    }
    hf_lonlat middle = {(ends[0].lon_deg + ends[1].lon_deg) / 2,
                        (ends[0].lat_deg + ends[1].lat_deg) / 2};
    if (!hf_lonlat_is_valid(middle)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: the coordinates don't fit their projection",
                        where);
    }
    return hf__projection_local(ctx, middle, out);
}

/* A plane may stretch lengths by this share, and areas and tolerances in it
 * still mean what they say. Grids stay within 0.2 %, the equal-area projection
 * of Europe within 1 %; Web Mercator stretches Hertfordshire by 61 %. */
#define STRETCH_MOST 0.02

/* Lengths of the probe, as shares of the extent, and how many times. */
#define PROBE_SHARE 1e-3
#define PROBES 3

/* Whether metres of a projected system are no metres on the ground, somewhere
 * in the extent. Where PROJ has no answer there is nothing to say. */
static hf_status find_stretch(hf_context *ctx,
                              const hf__projection *file_system,
                              const hf__box *extent, double metres_per_unit,
                              bool *out) {
    double width = (extent->max.x_m - extent->min.x_m) * metres_per_unit;
    double height = (extent->max.y_m - extent->min.y_m) * metres_per_unit;
    double step = PROBE_SHARE * (width > height ? width : height);
    bool stretches = false;
    if (!(step > 0)) {
        *out = false;
        return HF_OK;
    }
    for (int i = 0; i < PROBES * PROBES; i++) {
        int column = i % PROBES, row = i / PROBES;
        double right = (double)column / (PROBES - 1);
        double up = (double)row / (PROBES - 1);
        hf_xy at = {extent->min.x_m * metres_per_unit + right * width,
                    extent->min.y_m * metres_per_unit + up * height};
        hf_xy cross[3] = {at, {at.x_m + step, at.y_m}, {at.x_m, at.y_m + step}};
        hf_lonlat ends[3];
        hf_status status =
            hf__projection_inverse(ctx, file_system, cross, 3, ends);
        if (status) {
            return status;
        }
        for (int k = 1; k < 3; k++) {
            double ground_m = hf_geodesic_dist_m(ends[0], ends[k]);
            stretches |= fabs(step - ground_m) > STRETCH_MOST * ground_m;
        }
    }
    *out = stretches;
    return HF_OK;
}

/* The file's system, from the option or the .prj. */
static hf_status read_system(hf_context *ctx, hf__shapefile *file,
                             const hf_shapefile_bytes *bytes,
                             const hf_boundaries_options *options,
                             const hf__boundary_records *records,
                             const char *where, hf__projection **out) {
    if (options->projection) {
        return hf__projection_parse(ctx, options->projection,
                                    strlen(options->projection), where, out);
    }
    if (bytes->prj) {
        return hf__projection_parse(ctx, bytes->prj, bytes->prj_len, where,
                                    out);
    }
    hf__box *boxes;
    hf_status status = find_boxes(ctx, file, bytes->label, records, &boxes);
    if (status) {
        return status;
    }
    hf__box extent = extent_of(boxes, records->n);
    hf__free(boxes);
    return hf__fail(ctx, HF_ERR_PROJECTION,
                    "%s: no such file, so the projection is unknown; name it "
                    "with %s",
                    where, suggestion(&extent));
}

/* Values that the system named can't have: hf__boundary_plane_check says so. */
static bool is_contradicted(const hf__projection *file_system,
                            const hf__box *box) {
    const hf__projection_facts *facts = hf__projection_get_facts(file_system);
    return hf__box_holds(&lonlat_box, box) ||
           (!strcmp(facts->authority, "EPSG:27700") &&
            !hf__box_holds(&british_grid_box, box));
}

/* Where an authority of the United Kingdom may lie: to the extent of the realm,
 * and what the corners of a box on a grid add. */
static const hf__box realm_box = {{-11, 49}, {3, 61.6}};

/* A projected system that puts an authority of the United Kingdom elsewhere is
 * the wrong one: a file of the British grid read as Irish, or as Web Mercator.
 */
static hf_status check_realm(hf_context *ctx, const char *label,
                             const hf__boundary_record *record,
                             const hf__box *box, const char *where,
                             const hf__boundary_plane *plane) {
    double unit = plane->metres_per_unit;
    hf_xy corners[2] = {{box->min.x_m * unit, box->min.y_m * unit},
                        {box->max.x_m * unit, box->max.y_m * unit}};
    hf_lonlat ends[2];
    hf_status status =
        hf__projection_inverse(ctx, plane->file_system, corners, 2, ends);
    if (status) {
        return status;
    }
    hf__box spot = {{ends[0].lon_deg, ends[0].lat_deg},
                    {ends[1].lon_deg, ends[1].lat_deg}};
    if (hf__box_holds(&realm_box, &spot)) {
        return HF_OK;
    }
    const hf__projection_facts *facts =
        hf__projection_get_facts(plane->file_system);
    return hf__fail(ctx, HF_ERR_PROJECTION,
                    "%s: %s would put record %zu of %s (%s %s) outside the "
                    "United Kingdom; name the right projection with %s",
                    where, facts->name, record->index + 1, label, record->code,
                    record->name, suggestion(box));
}

static hf_status check_realms(hf_context *ctx, const char *label,
                              const hf__boundary_records *records,
                              const hf__box *boxes, const char *where,
                              const hf__boundary_plane *plane) {
    hf_status status = HF_OK;
    for (size_t i = 0; i < records->n && !status; i++) {
        const hf__boundary_record *record = &records->list[i];
        if (boxes[i].min.x_m <= boxes[i].max.x_m &&
            hf__is_gss_code(hf__str_of(record->code))) {
            status = check_realm(ctx, label, record, &boxes[i], where, plane);
        }
    }
    return status;
}

/* Chooses the working plane of records in these boxes. */
static hf_status settle_plane_of(hf_context *ctx, const char *label,
                                 const hf__boundary_records *records,
                                 const hf__box *boxes, const char *where,
                                 hf__boundary_plane *plane) {
    bool is_geographic =
        hf__projection_get_facts(plane->file_system)->is_geographic;
    bool has_codes = has_uk_codes(records);
    hf__box extent = extent_of(boxes, records->n);
    bool is_empty = !(extent.min.x_m <= extent.max.x_m);
    bool stretches = false;
    hf_status status = HF_OK;
    if (is_empty && !is_geographic) {
        return status;
    }
    if (is_geographic) {
        status =
            is_empty ? HF_OK : check_lonlat(ctx, where, &extent, has_codes);
    } else if (!is_contradicted(plane->file_system, &extent)) {
        /* Web Mercator is longitude and latitude drawn on a screen: its metres
         * are not metres. */
        status = find_stretch(ctx, plane->file_system, &extent,
                              plane->metres_per_unit, &stretches);
        if (!status && has_codes) {
            status = check_realms(ctx, label, records, boxes, where, plane);
        }
    }
    if (!status && (is_geographic || stretches)) {
        status = choose_plane(ctx, where, &extent, plane->metres_per_unit,
                              has_codes, plane->file_system, &plane->plane);
    }
    return status;
}

/* Chooses the working plane of a file whose system is known. */
static hf_status settle_plane(hf_context *ctx, hf__shapefile *file,
                              const char *label,
                              const hf__boundary_records *records,
                              const char *where, hf__boundary_plane *plane) {
    hf__box *boxes;
    hf_status status = find_boxes(ctx, file, label, records, &boxes);
    if (!status) {
        status = settle_plane_of(ctx, label, records, boxes, where, plane);
        hf__free(boxes);
    }
    return status;
}

hf_status hf__boundary_plane_choose(hf_context *ctx, hf__shapefile *file,
                                    const hf_shapefile_bytes *bytes,
                                    const hf_boundaries_options *options,
                                    const hf__boundary_records *records,
                                    hf__boundary_plane *out) {
    hf__boundary_plane plane = {.metres_per_unit = 1};
    char name[HF__PART_NAME_SIZE];
    const char *where = options->projection ? "--projection"
                                            : hf__shapefile_part_name(
                                                  bytes->label, "prj", name);
    hf_status status = read_system(ctx, file, bytes, options, records, where,
                                   &plane.file_system);
    if (status) {
        return status;
    }
    const hf__projection_facts *facts =
        hf__projection_get_facts(plane.file_system);
    if (!facts->is_geographic) {
        plane.metres_per_unit = facts->metres_per_unit;
    }
    status = settle_plane(ctx, file, bytes->label, records, where, &plane);
    if (status) {
        hf__boundary_plane_reset(&plane);
        return status;
    }
    *out = plane;
    return HF_OK;
}

void hf__boundary_plane_reset(hf__boundary_plane *plane) {
    hf__projection_free(plane->file_system);
    hf__projection_free(plane->plane);
    hf__free(plane->points);
    hf__free(plane->lonlats);
    *plane = (hf__boundary_plane){0};
}

/* Takes n points through WGS84 into the plane, into the scratch. */
static hf_status transform(hf_context *ctx, hf__boundary_plane *plane,
                           const hf_xy *points, size_t n) {
    void *to = plane->points, *lonlats = plane->lonlats;
    bool has_room =
        hf__reserve(&to, &plane->points_capacity, n, sizeof *plane->points) &&
        (!plane->plane || hf__reserve(&lonlats, &plane->lonlats_capacity, n,
                                      sizeof *plane->lonlats));
    plane->points = to;
    plane->lonlats = lonlats;
    if (!has_room) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        plane->points[i] = (hf_xy){points[i].x_m * plane->metres_per_unit,
                                   points[i].y_m * plane->metres_per_unit};
    }
    if (!plane->plane) {
        return HF_OK;
    }
    hf_status status = hf__projection_inverse(ctx, plane->file_system,
                                              plane->points, n, plane->lonlats);
    return status ? status
                  : hf__projection_forward(ctx, plane->plane, plane->lonlats, n,
                                           plane->points);
}

hf_status hf__boundary_plane_rings(hf_context *ctx, hf__boundary_plane *plane,
                                   hf__shapefile *file, const char *label,
                                   const hf__boundary_record *record,
                                   hf__rings *out) {
    hf__rings rings;
    hf_status status = hf__shapefile_rings(ctx, file, record->index, &rings);
    if (status) {
        return status;
    }
    if (rings.n_rings && !hf__boundary_plane_is_file(plane)) {
        size_t n = rings.ring_start[rings.n_rings];
        if ((status = transform(ctx, plane, rings.points, n))) {
            return status;
        }
        for (size_t i = 0; i < n; i++) {
            if (!isfinite(plane->points[i].x_m) ||
                !isfinite(plane->points[i].y_m)) {
                return hf__fail(ctx, HF_ERR_PROJECTION,
                                "%s: record %zu (%s %s): point %zu is outside "
                                "what its projection can show",
                                label, record->index + 1, record->code,
                                record->name, i + 1);
            }
        }
        rings.points = plane->points;
    }
    *out = rings;
    return HF_OK;
}

bool hf__boundary_plane_is_file(const hf__boundary_plane *plane) {
    return !plane->plane && plane->metres_per_unit == 1;
}

hf_status hf__boundary_plane_check(hf_context *ctx,
                                   const hf__boundary_plane *plane,
                                   const char *label, const hf__box *box) {
    const hf__projection_facts *facts =
        hf__projection_get_facts(plane->file_system);
    if (plane->plane) {
        return HF_OK;
    }
    if (is_contradicted(plane->file_system, box)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: the projection is %s, but coordinates run from "
                        "%.0f, %.0f to %.0f, %.0f; name the right one with %s",
                        label, facts->name, box->min.x_m, box->min.y_m,
                        box->max.x_m, box->max.y_m, suggestion(box));
    }
    return HF_OK;
}
