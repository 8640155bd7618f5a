#include "shape/topology.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/library.h"
#include "base/memory.h"
#include "shape/rings.h"
#include "shape/simple.h"

/* Loaded when it is first needed. */
/* clang-format off */
#define GEOS(F) \
    F(GEOSContext_setErrorMessageHandler_r) \
    F(GEOSContext_setNoticeMessageHandler_r) \
    F(GEOSCoordSeq_copyFromBuffer_r) F(GEOSCoordSeq_getSize_r) \
    F(GEOSCoordSeq_getXY_r) F(GEOSFree_r) F(GEOSGeomGetX_r) \
    F(GEOSGeomGetY_r) F(GEOSGeomTypeId_r) F(GEOSGeom_createCollection_r) \
    F(GEOSGeom_createLinearRing_r) F(GEOSGeom_createPolygon_r) \
    F(GEOSGeom_destroy_r) F(GEOSGeom_getCoordSeq_r) F(GEOSGetExteriorRing_r) \
    F(GEOSGetGeometryN_r) F(GEOSGetInteriorRingN_r) \
    F(GEOSGetNumGeometries_r) F(GEOSGetNumInteriorRings_r) \
    F(GEOSMakeValidParams_create_r) F(GEOSMakeValidParams_destroy_r) \
    F(GEOSMakeValidParams_setKeepCollapsed_r) \
    F(GEOSMakeValidParams_setMethod_r) F(GEOSMakeValidWithParams_r) \
    F(GEOSUnaryUnion_r) F(GEOS_finish_r) F(GEOS_init_r) F(GEOSisEmpty_r) \
    F(GEOSisValidDetail_r) F(GEOSversion)
/* clang-format on */
HF__LIBRARY(geos, HF_SONAME_GEOS, GEOS)

/* The handle of a context, and the last thing that GEOS said. */
typedef struct engine {
    GEOSContextHandle_t geos;
    char said[256];
} engine;

static void keep_message(const char *message, void *user) {
    engine *self = user;
    snprintf(self->said, sizeof self->said, "%s", message);
}

static void destroy_engine(void *handle) {
    engine *self = handle;
    geos.GEOS_finish_r(self->geos);
    hf__free(self);
}

/* The context's engine, made on first use. HF_ERR_MEMORY, HF_ERR_IO. */
static hf_status get_engine(hf_context *ctx, engine **out) {
    engine *self = *out = hf__context_get(ctx, HF__SLOT_GEOS);
    if (self) {
        self->said[0] = '\0';
        return HF_OK;
    }
    hf_status status = hf__library_load(ctx, &geos_library);
    if (status) {
        return status;
    }
    self = hf__calloc(1, sizeof *self);
    if (!self) {
        return hf__fail_memory(ctx);
    }
    self->geos = geos.GEOS_init_r();
    if (!self->geos) {
        hf__free(self);
        return hf__fail_memory(ctx);
    }
    geos.GEOSContext_setNoticeMessageHandler_r(self->geos, keep_message, self);
    geos.GEOSContext_setErrorMessageHandler_r(self->geos, keep_message, self);
    hf__context_set(ctx, HF__SLOT_GEOS, self, destroy_engine);
    *out = self;
    return HF_OK;
}

/* The status for what GEOS could not do. */
static hf_status fail_geos(hf_context *ctx, const engine *self) {
    if (!self || strstr(self->said, "bad_alloc")) {
        return hf__fail_memory(ctx);
    }
    return hf__fail(ctx, HF_ERR_GEOMETRY, "GEOS: %s", self->said);
}

static GEOSGeometry *make_ring(const engine *self, const hf__polygon *polygon,
                               size_t ring, double *scratch) {
    const hf_xy *points = polygon->points + polygon->ring_start[ring];
    size_t n = polygon->ring_start[ring + 1] - polygon->ring_start[ring];
    for (size_t i = 0; i <= n; i++) {
        scratch[2 * i] = points[i % n].x_m;
        scratch[2 * i + 1] = points[i % n].y_m;
    }
    GEOSCoordSequence *sequence = geos.GEOSCoordSeq_copyFromBuffer_r(
        self->geos, scratch, (unsigned)(n + 1), 0, 0);
    return sequence ? geos.GEOSGeom_createLinearRing_r(self->geos, sequence)
                    : NULL;
}

static void destroy(const engine *self, GEOSGeometry *geometry) {
    if (geometry) {
        geos.GEOSGeom_destroy_r(self->geos, geometry);
    }
}

/* How the rings of a polygon belong together. */
typedef struct nesting {
    hf__edge_tree tree;
    size_t *depth;
    size_t *parent;
    size_t *first_hole; /* of each ring, and the next hole of the same ring */
    size_t *next_hole;
} nesting;

static void nesting_reset(nesting *nest) {
    hf__edge_tree_reset(&nest->tree);
    hf__free(nest->depth);
    *nest = (nesting){0};
}

static hf_status nesting_init(hf_context *ctx, const hf__polygon *polygon,
                              nesting *out) {
    size_t n = polygon->n_rings;
    size_t *four = hf__calloc(n, 4 * sizeof *four);
    if (!four) {
        return hf__fail_memory(ctx);
    }
    nesting nest = {{0}, four, four + n, four + 2 * n, four + 3 * n};
    hf_status status = hf__edge_tree_init(ctx, polygon, &nest.tree);
    if (!status) {
        status = hf__rings_nest(ctx, &nest.tree, nest.depth, nest.parent);
    }
    if (status) {
        nesting_reset(&nest);
        return status;
    }
    for (size_t r = 0; r < n; r++) {
        nest.first_hole[r] = HF__NO_RING;
    }
    for (size_t r = n; r-- > 0;) {
        if (nest.depth[r] % 2) {
            nest.next_hole[r] = nest.first_hole[nest.parent[r]];
            nest.first_hole[nest.parent[r]] = r;
        }
    }
    *out = nest;
    return HF_OK;
}

/* One outer ring with its holes; `scratch` has room for the longest ring and
 * `holes` for all rings. */
static GEOSGeometry *make_part(const engine *self, const hf__polygon *polygon,
                               const nesting *nest, size_t outer,
                               double *scratch, GEOSGeometry **holes) {
    unsigned n_holes = 0;
    GEOSGeometry *shell = make_ring(self, polygon, outer, scratch);
    bool is_complete = shell != NULL;
    for (size_t h = nest->first_hole[outer]; is_complete && h != HF__NO_RING;
         h = nest->next_hole[h]) {
        holes[n_holes] = make_ring(self, polygon, h, scratch);
        is_complete = holes[n_holes] != NULL;
        n_holes += is_complete;
    }
    if (is_complete) {
        return geos.GEOSGeom_createPolygon_r(self->geos, shell, holes, n_holes);
    }
    destroy(self, shell);
    while (n_holes > 0) {
        destroy(self, holes[--n_holes]);
    }
    return NULL;
}

/* The polygon as a multipolygon of GEOS. HF_ERR_MEMORY, HF_ERR_GEOMETRY. */
static hf_status make_geometry(hf_context *ctx, const engine *self,
                               const hf__polygon *polygon, const nesting *nest,
                               GEOSGeometry **out) {
    hf_status status = HF_OK;
    GEOSGeometry *whole = NULL;
    unsigned n_parts = 0;
    size_t n_points = hf__polygon_n_points(polygon);
    double *scratch = hf__calloc(n_points + 1, 2 * sizeof *scratch);
    GEOSGeometry **holes = hf__calloc(polygon->n_rings, sizeof *holes);
    GEOSGeometry **parts = hf__calloc(polygon->n_rings, sizeof *parts);
    if (!scratch || !holes || !parts) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    for (size_t r = 0; r < polygon->n_rings; r++) {
        if (nest->depth[r] % 2) {
            continue;
        }
        parts[n_parts] = make_part(self, polygon, nest, r, scratch, holes);
        if (!parts[n_parts]) {
            status = fail_geos(ctx, self);
            goto done;
        }
        n_parts++;
    }
    whole = geos.GEOSGeom_createCollection_r(self->geos, GEOS_MULTIPOLYGON,
                                             parts, n_parts);
    n_parts = 0;
    if (!whole) {
        status = fail_geos(ctx, self);
        goto done;
    }
    *out = whole;
done:
    while (n_parts > 0) {
        destroy(self, parts[--n_parts]);
    }
    hf__free(scratch);
    hf__free(holes);
    hf__free(parts);
    return status;
}

/* Rings as they come out of GEOS. */
typedef struct ring_sink {
    hf_xy *points;
    size_t n_points;
    size_t points_capacity;
    size_t *ring_start; /* the last one is n_points */
    size_t n_rings;
    size_t rings_capacity;
} ring_sink;

static bool sink_ring(const engine *self, ring_sink *sink,
                      const GEOSGeometry *ring) {
    unsigned n = 0;
    const GEOSCoordSequence *sequence =
        ring ? geos.GEOSGeom_getCoordSeq_r(self->geos, ring) : NULL;
    if (!sequence || !geos.GEOSCoordSeq_getSize_r(self->geos, sequence, &n)) {
        return false;
    }
    void *points = sink->points, *starts = sink->ring_start;
    bool has_room = hf__reserve(&points, &sink->points_capacity,
                                sink->n_points + n, sizeof *sink->points) &&
                    hf__reserve(&starts, &sink->rings_capacity,
                                sink->n_rings + 2, sizeof *sink->ring_start);
    sink->points = points;
    sink->ring_start = starts;
    if (!has_room) {
        return false;
    }
    for (unsigned i = 0; i < n; i++) {
        hf_xy *p = &sink->points[sink->n_points + i];
        if (!geos.GEOSCoordSeq_getXY_r(self->geos, sequence, i, &p->x_m,
                                       &p->y_m)) {
            return false;
        }
    }
    sink->ring_start[sink->n_rings++] = sink->n_points;
    sink->n_points += n;
    sink->ring_start[sink->n_rings] = sink->n_points;
    return true;
}

static bool sink_polygon(const engine *self, ring_sink *sink,
                         const GEOSGeometry *polygon) {
    if (geos.GEOSisEmpty_r(self->geos, polygon)) {
        return true;
    }
    bool is_good =
        sink_ring(self, sink, geos.GEOSGetExteriorRing_r(self->geos, polygon));
    int n = geos.GEOSGetNumInteriorRings_r(self->geos, polygon);
    for (int i = 0; is_good && i < n; i++) {
        is_good = sink_ring(
            self, sink, geos.GEOSGetInteriorRingN_r(self->geos, polygon, i));
    }
    return is_good;
}

/* Takes the polygons out of a geometry, at most one collection deep in
 * another; lines and points that a repair leaves behind are dropped. */
static bool sink_geometry(const engine *self, ring_sink *sink,
                          const GEOSGeometry *geometry, int depth) {
    int type = geos.GEOSGeomTypeId_r(self->geos, geometry);
    if (type == GEOS_POLYGON) {
        return sink_polygon(self, sink, geometry);
    }
    if ((type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) ||
        depth > 1) {
        return true;
    }
    int n = geos.GEOSGetNumGeometries_r(self->geos, geometry);
    for (int i = 0; i < n; i++) {
        const GEOSGeometry *part =
            geos.GEOSGetGeometryN_r(self->geos, geometry, i);
        if (!part || !sink_geometry(self, sink, part, depth + 1)) {
            return false;
        }
    }
    return true;
}

/* A polygon of what GEOS made. */
static hf_status take_geometry(hf_context *ctx, const engine *self,
                               const GEOSGeometry *geometry, hf__polygon *out) {
    hf_status status = HF_OK;
    ring_sink sink = {0};
    hf__polygon polygon;
    hf__polygon_init(&polygon);
    nesting nest = {0};
    if (!sink_geometry(self, &sink, geometry, 0)) {
        status = hf__fail_memory(ctx);
        goto done;
    }
    hf__rings rings = {sink.points, sink.ring_start, sink.n_rings};
    if ((status = hf__rings_clean(ctx, &rings, &polygon)) ||
        (status = nesting_init(ctx, &polygon, &nest))) {
        goto done;
    }
    hf__rings_turn(&polygon, nest.depth);
    *out = polygon;
    hf__polygon_init(&polygon);
done:
    hf__free(sink.points);
    hf__free(sink.ring_start);
    hf__polygon_reset(&polygon);
    nesting_reset(&nest);
    return status;
}

/* Whether GEOS finds a geometry valid; `why` says what is wrong and where. */
static hf_status ask_valid(hf_context *ctx, const engine *self,
                           const GEOSGeometry *geometry, bool *out_valid,
                           char *why, size_t why_size) {
    char *reason = NULL;
    GEOSGeometry *at = NULL;
    char answer =
        geos.GEOSisValidDetail_r(self->geos, geometry, 0, &reason, &at);
    if (answer == 2) {
        return fail_geos(ctx, self);
    }
    *out_valid = answer == 1;
    if (answer == 0) {
        double x = 0, y = 0;
        bool has_place = at && geos.GEOSGeomGetX_r(self->geos, at, &x) == 1 &&
                         geos.GEOSGeomGetY_r(self->geos, at, &y) == 1;
        int used = snprintf(why, why_size, "%s", reason ? reason : "invalid");
        if (has_place && used > 0 && (size_t)used < why_size) {
            snprintf(why + used, why_size - (size_t)used,
                     " at easting %.0f, northing %.0f", x, y);
        }
    }
    geos.GEOSFree_r(self->geos, reason);
    destroy(self, at);
    return HF_OK;
}

/* Rings made valid, then united: outer rings stay outer rings and holes holes,
 * so that what was covered twice stays covered. */
static GEOSGeometry *make_valid(const engine *self,
                                const GEOSGeometry *geometry) {
    GEOSMakeValidParams *how = geos.GEOSMakeValidParams_create_r(self->geos);
    if (!how) {
        return NULL;
    }
    geos.GEOSMakeValidParams_setMethod_r(self->geos, how,
                                         GEOS_MAKE_VALID_STRUCTURE);
    geos.GEOSMakeValidParams_setKeepCollapsed_r(self->geos, how, 0);
    GEOSGeometry *valid =
        geos.GEOSMakeValidWithParams_r(self->geos, geometry, how);
    geos.GEOSMakeValidParams_destroy_r(self->geos, how);
    return valid;
}

/* Has GEOS judge a polygon, and repair it where it is invalid. */
static hf_status ask_geos(hf_context *ctx, hf__polygon *polygon,
                          const nesting *nest, hf__assembled *found,
                          bool *out_valid) {
    engine *self;
    GEOSGeometry *geometry = NULL, *valid = NULL;
    hf_status status = get_engine(ctx, &self);
    if (status) {
        return status;
    }
    if ((status = make_geometry(ctx, self, polygon, nest, &geometry)) ||
        (status = ask_valid(ctx, self, geometry, out_valid, found->why,
                            sizeof found->why)) ||
        *out_valid) {
        goto done;
    }
    found->was_repaired = true;
    valid = make_valid(self, geometry);
    if (!valid) {
        status = fail_geos(ctx, self);
        goto done;
    }
    hf__polygon repaired;
    if (!(status = take_geometry(ctx, self, valid, &repaired))) {
        hf__polygon_reset(polygon);
        *polygon = repaired;
    }
done:
    destroy(self, geometry);
    destroy(self, valid);
    return status;
}

/* Asks GEOS only where our own check leaves a doubt: loading it takes as long
 * as the rest of a file. */
static hf_status repair(hf_context *ctx, hf__polygon *polygon,
                        const nesting *nest, hf__assembled *found) {
    bool is_valid = false;
    hf_status status = hf__polygon_is_simple(ctx, &nest->tree, nest->depth,
                                             nest->parent, &is_valid);
    if (!status && !is_valid) {
        status = ask_geos(ctx, polygon, nest, found, &is_valid);
    }
    if (!status) {
        found->is_as_filed &= is_valid && hf__rings_turn(polygon, nest->depth);
    }
    return status;
}

static bool are_finite(const hf__rings *rings) {
    size_t n = rings->n_rings ? rings->ring_start[rings->n_rings] : 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(rings->points[i].x_m) ||
            !isfinite(rings->points[i].y_m)) {
            return false;
        }
    }
    return true;
}

/* One record's rings as a valid polygon; it may come out empty. */
static hf_status assemble_record(hf_context *ctx, const hf__rings *rings,
                                 hf__polygon *out, hf__assembled *found) {
    if (!are_finite(rings)) {
        return hf__fail(ctx, HF_ERR_RANGE, "a coordinate is not finite");
    }
    hf__polygon polygon;
    nesting nest = {0};
    hf_status status = hf__rings_clean(ctx, rings, &polygon);
    if (status) {
        return status;
    }
    if (!(status = nesting_init(ctx, &polygon, &nest)) && polygon.n_rings) {
        status = repair(ctx, &polygon, &nest, found);
    }
    if (!status) {
        *out = polygon;
        hf__polygon_init(&polygon);
    }
    hf__polygon_reset(&polygon);
    nesting_reset(&nest);
    return status;
}

static hf_status unite(hf_context *ctx, const hf__polygon *polygons, size_t n,
                       hf__polygon *out) {
    engine *self;
    GEOSGeometry *all = NULL, *whole = NULL;
    unsigned n_made = 0;
    hf_status status = get_engine(ctx, &self);
    if (status) {
        return status;
    }
    GEOSGeometry **parts = hf__calloc(n, sizeof *parts);
    if (!parts) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        nesting nest = {0};
        status = nesting_init(ctx, &polygons[i], &nest);
        if (!status) {
            status = make_geometry(ctx, self, &polygons[i], &nest, &parts[i]);
        }
        nesting_reset(&nest);
        if (status) {
            goto done;
        }
        n_made++;
    }
    all = geos.GEOSGeom_createCollection_r(self->geos, GEOS_GEOMETRYCOLLECTION,
                                           parts, n_made);
    n_made = 0;
    whole = all ? geos.GEOSUnaryUnion_r(self->geos, all) : NULL;
    status =
        whole ? take_geometry(ctx, self, whole, out) : fail_geos(ctx, self);
done:
    while (n_made > 0) {
        destroy(self, parts[--n_made]);
    }
    hf__free(parts);
    destroy(self, all);
    destroy(self, whole);
    return status;
}

/* A square millimetre: what is smaller is made of rounding. */
#define LEAST_AREA_M2 1e-6

/* Measures what was assembled, which must enclose something. */
static hf_status measure(hf_context *ctx, hf__assembled *found) {
    found->measures = hf__polygon_measure(&found->polygon);
    return found->measures.area_m2 >= LEAST_AREA_M2
               ? HF_OK
               : hf__fail(ctx, HF_ERR_GEOMETRY, "no ring encloses an area");
}

hf_status hf__topology_assemble(hf_context *ctx, const hf__rings *records,
                                size_t n, hf__assembled *out) {
    hf_status status = HF_OK;
    hf__assembled found = {.is_as_filed = true};
    hf__polygon *polygons = hf__calloc(n, sizeof *polygons);
    if (!polygons) {
        return hf__fail_memory(ctx);
    }
    for (size_t i = 0; i < n; i++) {
        status = assemble_record(ctx, &records[i], &polygons[i], &found);
        if (status) {
            goto done;
        }
    }
    if (n == 1) {
        found.polygon = polygons[0];
        hf__polygon_init(&polygons[0]);
    } else if ((status = unite(ctx, polygons, n, &found.polygon))) {
        goto done;
    }
    if (!(status = measure(ctx, &found))) {
        *out = found;
        hf__polygon_init(&found.polygon);
    }
done:
    for (size_t i = 0; i < n; i++) {
        hf__polygon_reset(&polygons[i]);
    }
    hf__free(polygons);
    hf__polygon_reset(&found.polygon);
    return status;
}

hf_status hf__topology_adopt(hf_context *ctx, const hf__rings *record,
                             hf__assembled *out) {
    hf__assembled found = {.is_as_filed = true};
    hf_status status = hf__rings_clean(ctx, record, &found.polygon);
    if (status) {
        return status;
    }
    hf__rings_turn_all(&found.polygon);
    status = measure(ctx, &found);
    if (status) {
        hf__polygon_reset(&found.polygon);
    } else {
        *out = found;
    }
    return status;
}

hf_status hf__topology_is_valid(hf_context *ctx, const hf__polygon *polygon,
                                bool *out_valid, char *why, size_t why_size) {
    engine *self;
    nesting nest = {0};
    GEOSGeometry *geometry = NULL;
    bool is_valid = false;
    hf_status status = get_engine(ctx, &self);
    if (status) {
        return status;
    }
    status = nesting_init(ctx, polygon, &nest);
    if (!status &&
        !(status = make_geometry(ctx, self, polygon, &nest, &geometry)) &&
        !(status = ask_valid(ctx, self, geometry, &is_valid, why, why_size))) {
        *out_valid = is_valid;
    }
    destroy(self, geometry);
    nesting_reset(&nest);
    return status;
}

const char *hf__topology_library_version(void) {
    hf_context *ctx;
    if (hf_context_new(&ctx)) {
        return "unknown";
    }
    bool is_there = !hf__library_load(ctx, &geos_library);
    hf_context_free(ctx);
    return is_there ? geos.GEOSversion() : "not installed";
}
