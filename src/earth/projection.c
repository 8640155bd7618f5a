#include "earth/projection.h"

#include <math.h>
#include <proj.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"
#include "earth/recipe.h"

/* Definitions beyond this are no projection. */
#define MAX_TEXT 65536
/* No plane is larger; a number beyond is an error in the data. */
#define MAX_PLANE_M 1e8
/* Operations kept in a context. */
#define CACHE_SIZE 8
/* The file of OSTN15 is cut into tiles, of which PROJ keeps a few unpacked for
 * each of its objects; going to another costs a millisecond or more. So every
 * tile has an object of its own, made when first used: 2 MB each. */
#define TILES_ACROSS 3
#define TILES_DOWN 6
#define TILE_COUNT ((size_t)TILES_ACROSS * TILES_DOWN)

typedef struct cached_operation {
    uint64_t hash;
    char *pipeline;
    PJ *operation;
    PJ *fallback;
    PJ_CONTEXT *pj;
    PJ *tiles[TILE_COUNT]; /* copies of `operation`, where there is a grid */
} cached_operation;

/* What a context keeps in its slot. */
typedef struct proj_handles {
    PJ_CONTEXT *plain;       /* for explicit pipelines: finds no proj.db */
    PJ_CONTEXT *full;        /* for the rest, made when needed */
    hf__projection *british; /* lent to callers, made when needed */
    hf__projection *irish;
    char log[240]; /* PROJ's last complaint */
    cached_operation cache[CACHE_SIZE];
    size_t next; /* the place in the cache to be used next */
} proj_handles;

/* ---- the context's handles -------------------------------------------- */

static void reset_cached(cached_operation *cached) {
    hf__free(cached->pipeline);
    proj_destroy(cached->operation);
    proj_destroy(cached->fallback);
    for (size_t i = 0; i < TILE_COUNT; i++) {
        proj_destroy(cached->tiles[i]);
    }
    *cached = (cached_operation){0};
}

static void free_handles(void *handle) {
    proj_handles *handles = handle;
    for (size_t i = 0; i < CACHE_SIZE; i++) {
        reset_cached(&handles->cache[i]);
    }
    hf__projection_free(handles->british);
    hf__projection_free(handles->irish);
    proj_context_destroy(handles->plain);
    proj_context_destroy(handles->full);
    hf__free(handles);
}

/* PROJ would print to stderr; its last line is kept for messages instead. */
static void keep_log(void *user, int level, const char *line) {
    (void)level;
    proj_handles *handles = user;
    snprintf(handles->log, sizeof handles->log, "%s", line);
}

static PJ_CONTEXT *make_pj(proj_handles *handles) {
    PJ_CONTEXT *pj = proj_context_create();
    if (pj) {
        proj_log_func(pj, handles, keep_log);
        proj_log_level(pj, PJ_LOG_ERROR);
        proj_context_set_enable_network(pj, 0);
    }
    return pj;
}

/* PROJ opens proj.db, 5 to 10 ms, for any operation that it makes, and does
 * without where there is none. Nothing lies below /dev/null. */
static PJ_CONTEXT *make_plain_pj(proj_handles *handles) {
    static const char *const nowhere = "/dev/null/proj";
    PJ_CONTEXT *pj = make_pj(handles);
    if (pj) {
        proj_context_set_search_paths(pj, 1, &nowhere);
    }
    return pj;
}

static hf_status get_handles(hf_context *ctx, proj_handles **out) {
    proj_handles *handles = hf__context_get(ctx, HF__SLOT_PROJ);
    if (!handles) {
        handles = hf__calloc(1, sizeof *handles);
        if (!handles) {
            return hf__fail_memory(ctx);
        }
        hf__context_set(ctx, HF__SLOT_PROJ, handles, free_handles);
    }
    handles->log[0] = '\0';
    *out = handles;
    return HF_OK;
}

static hf_status get_pj(hf_context *ctx, proj_handles *handles, bool is_plain,
                        PJ_CONTEXT **out) {
    PJ_CONTEXT **pj = is_plain ? &handles->plain : &handles->full;
    if (!*pj) {
        *pj = is_plain ? make_plain_pj(handles) : make_pj(handles);
    }
    if (!*pj) {
        return hf__fail_memory(ctx);
    }
    *out = *pj;
    return HF_OK;
}

static hf_status make_cached(hf_context *ctx, proj_handles *handles,
                             const hf__projection *projection,
                             cached_operation *cached) {
    reset_cached(cached);
    PJ_CONTEXT *pj;
    hf_status status = get_pj(ctx, handles, projection->is_plain, &pj);
    if (status) {
        return status;
    }
    cached->operation = proj_create(pj, projection->pipeline);
    if (cached->operation && projection->fallback) {
        cached->fallback = proj_create(pj, projection->fallback);
    }
    if (!cached->operation || (projection->fallback && !cached->fallback)) {
        reset_cached(cached);
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: PROJ can't carry out \"%s\" here: %s; is a grid "
                        "file missing from PROJ_DATA?",
                        projection->name, projection->operation,
                        handles->log[0] ? handles->log : "no reason given");
    }
    cached->pipeline = hf__strdup(projection->pipeline);
    if (!cached->pipeline) {
        reset_cached(cached);
        return hf__fail_memory(ctx);
    }
    cached->hash = projection->hash;
    cached->pj = pj;
    return HF_OK;
}

static hf_status get_operation(hf_context *ctx,
                               const hf__projection *projection,
                               cached_operation **out) {
    proj_handles *handles = NULL;
    hf_status status = get_handles(ctx, &handles);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < CACHE_SIZE; i++) {
        cached_operation *cached = &handles->cache[i];
        if (cached->hash == projection->hash && cached->pipeline &&
            !strcmp(cached->pipeline, projection->pipeline)) {
            *out = cached;
            return HF_OK;
        }
    }
    cached_operation *cached = &handles->cache[handles->next];
    status = make_cached(ctx, handles, projection, cached);
    if (!status) {
        handles->next = (handles->next + 1) % CACHE_SIZE;
        *out = cached;
    }
    return status;
}

const char *hf__proj_search_path(void) {
    return proj_info().searchpath;
}

hf_status hf__projection_check(hf_context *ctx,
                               const hf__projection *projection) {
    cached_operation *unused;
    return get_operation(ctx, projection, &unused);
}

hf_status hf__projection_borrow_british_grid(hf_context *ctx,
                                             const hf__projection **out) {
    proj_handles *handles = NULL;
    hf_status status = get_handles(ctx, &handles);
    if (!status && !handles->british) {
        status = hf__projection_british_grid(ctx, &handles->british);
    }
    if (!status) {
        *out = handles->british;
    }
    return status;
}

hf_status hf__projection_borrow_irish_grid(hf_context *ctx,
                                           const hf__projection **out) {
    proj_handles *handles = NULL;
    hf_status status = get_handles(ctx, &handles);
    if (!status && !handles->irish) {
        status = hf__projection_irish_grid(ctx, &handles->irish);
    }
    if (!status) {
        *out = handles->irish;
    }
    return status;
}

/* ---- everything else, through PROJ -----------------------------------------
 */

#define HOW_TO_NAME_ONE \
    "name the projection, for example --projection EPSG:27700"

/* Where a definition comes from and how it begins, for messages. */
typedef struct source {
    hf_context *ctx;
    PJ_CONTEXT *pj;
    const char *where;
    char start[48];
} source;

static void set_start(source *from, hf__str text) {
    size_t len =
        text.len < sizeof from->start ? text.len : sizeof from->start - 1;
    for (size_t i = 0; i < len; i++) {
        char c = text.at[i];
        from->start[i] = c >= ' ' && c <= '~' ? c : '?';
    }
    from->start[len] = '\0';
    if (len < text.len) {
        memcpy(from->start + sizeof from->start - 4, "...", 4);
    }
}

static hf_status fail_unknown(const source *from) {
    if (!proj_context_get_database_path(from->pj)) {
        return hf__fail(from->ctx, HF_ERR_PROJECTION,
                        "%s: PROJ's database proj.db is missing; set PROJ_DATA "
                        "to the folder that holds it",
                        from->where);
    }
    return hf__fail(
        from->ctx, HF_ERR_PROJECTION,
        "%s: \"%s\" is no projection that PROJ knows; " HOW_TO_NAME_ONE,
        from->where, from->start);
}

/* Makes `text` something PROJ takes for a coordinate system; PROJ's search by
 * name is not wanted: it finds a projection in almost any word. */
static bool add_definition(hf__str text, hf__buf *out) {
    static const char init[] = "+init=epsg:";
    double code;
    if (text.at[0] == '+' || (text.len > 5 && !memcmp(text.at, "proj=", 5))) {
        if (text.len > sizeof init - 1 &&
            hf__str_is_nocase((hf__str){text.at, sizeof init - 1}, init)) {
            hf__buf_add_text(out, "EPSG:");
            hf__buf_add(out, text.at + sizeof init - 1,
                        text.len - (sizeof init - 1));
            return true;
        }
        hf__buf_add(out, text.at, text.len);
        /* PROJ ignores a parameter given twice. */
        hf__buf_add_text(out, " +type=crs");
        return true;
    }
    if (text.len <= 6 && hf__parse_double(text, &code) &&
        !memchr(text.at, '.', text.len)) {
        hf__buf_add_text(out, "EPSG:");
        hf__buf_add(out, text.at, text.len);
        return true;
    }
    hf__buf_add(out, text.at, text.len);
    return memchr(text.at, '[', text.len) || memchr(text.at, '(', text.len) ||
           memchr(text.at, ':', text.len);
}

/* The horizontal system in `crs`, which is consumed; NULL where there is
 * none. */
static PJ *take_horizontal(PJ_CONTEXT *pj, PJ *crs) {
    if (proj_get_type(crs) == PJ_TYPE_COMPOUND_CRS) {
        PJ *horizontal = proj_crs_get_sub_crs(pj, crs, 0);
        proj_destroy(crs);
        crs = horizontal;
    }
    PJ_TYPE type = crs ? proj_get_type(crs) : PJ_TYPE_UNKNOWN;
    if (type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_GEOGRAPHIC_2D_CRS ||
        type == PJ_TYPE_GEOGRAPHIC_3D_CRS || type == PJ_TYPE_BOUND_CRS) {
        return crs;
    }
    proj_destroy(crs);
    return NULL;
}

/* Unit of the axes in metres or radians; 0 where PROJ doesn't tell. */
static double get_axis_unit(PJ_CONTEXT *pj, const PJ *crs) {
    double unit = 0;
    PJ *system = proj_crs_get_coordinate_system(pj, crs);
    if (!system || !proj_cs_get_axis_info(pj, system, 0, NULL, NULL, NULL,
                                          &unit, NULL, NULL, NULL)) {
        unit = 0;
    }
    proj_destroy(system);
    return unit;
}

/* The best operation that PROJ can carry out here, axes in the usual order;
 * NULL where only a ballpark one remains. */
static PJ *find_operation(PJ_CONTEXT *pj, const PJ *crs) {
    PJ *found = NULL, *wgs = NULL;
    PJ_OBJ_LIST *list = NULL;
    PJ_OPERATION_FACTORY_CONTEXT *factory =
        proj_create_operation_factory_context(pj, NULL);
    wgs = proj_create(pj, "EPSG:4326");
    if (!factory || !wgs) {
        goto done;
    }
    proj_operation_factory_context_set_spatial_criterion(
        pj, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        pj, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    proj_operation_factory_context_set_allow_ballpark_transformations(
        pj, factory, 0);
    list = proj_create_operations(pj, crs, wgs, factory);
    int n = list ? proj_list_get_count(list) : 0;
    for (int i = 0; i < n && !found; i++) {
        PJ *operation = proj_list_get(pj, list, i);
        if (operation && proj_coordoperation_is_instantiable(pj, operation) &&
            !proj_coordoperation_has_ballpark_transformation(pj, operation)) {
            found = proj_normalize_for_visualization(pj, operation);
        }
        proj_destroy(operation);
    }
done:
    proj_list_destroy(list);
    proj_destroy(wgs);
    proj_operation_factory_context_destroy(factory);
    return found;
}

/* PROJ's name of the operation without the steps that only order axes. */
static void add_described(const PJ *operation, hf__buf *out) {
    static const char order[] = "axis order change (2D)";
    const char *at = proj_get_name(operation);
    while (at && *at) {
        const char *end = strstr(at, " + ");
        size_t len = end ? (size_t)(end - at) : strlen(at);
        if (len != sizeof order - 1 || memcmp(at, order, len) != 0) {
            hf__buf_add_text(out, out->len ? " + " : "");
            hf__buf_add(out, at, len);
        }
        at += len + (end ? 3 : 0);
    }
}

static hf_status make_from_operation(const source *from, const PJ *crs,
                                     PJ *operation, hf__projection **out) {
    PJ_CONTEXT *pj = from->pj;
    PJ *base = NULL;
    const PJ *shown = crs;
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) {
        base = proj_get_source_crs(pj, crs);
        shown = base ? base : crs;
    }
    PJ_TYPE type = proj_get_type(shown);
    bool is_geographic = type != PJ_TYPE_PROJECTED_CRS;
    double unit = get_axis_unit(pj, shown);
    const char *pipeline = proj_as_proj_string(pj, operation, PJ_PROJ_5, NULL);
    const char *name = proj_get_name(shown);
    const char *authority = proj_get_id_auth_name(shown, 0);
    const char *code = proj_get_id_code(shown, 0);
    hf__buf described;
    hf__buf_init(&described);
    add_described(operation, &described);
    char id[64] = "";
    if (authority && code) {
        snprintf(id, sizeof id, "%s:%s", authority, code);
    }
    hf_status status;
    if (is_geographic && type != PJ_TYPE_GEOGRAPHIC_2D_CRS &&
        type != PJ_TYPE_GEOGRAPHIC_3D_CRS) {
        status = hf__fail(
            from->ctx, HF_ERR_PROJECTION,
            "%s: \"%s\" is no projection of the ground plan; " HOW_TO_NAME_ONE,
            from->where, from->start);
    } else if (described.failed) {
        status = hf__fail_memory(from->ctx);
    } else if (!pipeline || !(unit > 0)) {
        status = hf__fail(from->ctx, HF_ERR_PROJECTION,
                          "%s: PROJ can't carry out \"%s\"; " HOW_TO_NAME_ONE,
                          from->where, from->start);
    } else {
        hf__ingredients recipe = {
            .name = name && *name ? name : "unnamed",
            .authority = id,
            .operation = described.len ? described.text : "none needed",
            .pipeline = pipeline,
            .accuracy_m = proj_coordoperation_get_accuracy(pj, operation),
            .metres_per_unit = is_geographic ? 1 : unit,
            .plane_per_axis = is_geographic ? unit * (180 / M_PI) : unit,
            .is_geographic = is_geographic,
        };
        status = hf__recipe_make(from->ctx, &recipe, out);
    }
    hf__buf_reset(&described);
    proj_destroy(base);
    return status;
}

static hf_status make_through_proj(const source *from, hf__str text,
                                   hf__projection **out) {
    PJ_CONTEXT *pj = from->pj;
    hf_status status;
    PJ *crs = NULL, *operation = NULL;
    hf__buf definition;
    hf__buf_init(&definition);
    bool is_definition = add_definition(text, &definition);
    if (definition.failed) {
        status = hf__fail_memory(from->ctx);
        goto done;
    }
    crs = is_definition ? proj_create(pj, definition.text) : NULL;
    if (!crs) {
        status = fail_unknown(from);
        goto done;
    }
    crs = take_horizontal(pj, crs);
    if (!crs) {
        status = hf__fail(from->ctx, HF_ERR_PROJECTION,
                          "%s: \"%s\" is neither projected nor longitude and "
                          "latitude; " HOW_TO_NAME_ONE,
                          from->where, from->start);
        goto done;
    }
    operation = find_operation(pj, crs);
    if (!operation) {
        status = proj_context_get_database_path(pj)
                     ? hf__fail(from->ctx, HF_ERR_PROJECTION,
                                "%s: PROJ knows no way from \"%s\" to WGS84 "
                                "but a ballpark one, which may be 100 m "
                                "off; " HOW_TO_NAME_ONE,
                                from->where, from->start)
                     : fail_unknown(from);
        goto done;
    }
    status = make_from_operation(from, crs, operation, out);
done:
    proj_destroy(operation);
    proj_destroy(crs);
    hf__buf_reset(&definition);
    return status;
}

hf_status hf__projection_parse(hf_context *ctx, const char *text, size_t len,
                               const char *where, hf__projection **out) {
    hf__str trimmed = hf__str_trim((hf__str){text, len});
    if (trimmed.len >= 3 && !memcmp(trimmed.at, "\xEF\xBB\xBF", 3)) {
        trimmed = hf__str_trim((hf__str){trimmed.at + 3, trimmed.len - 3});
    }
    if (!trimmed.len) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: the projection is empty; " HOW_TO_NAME_ONE, where);
    }
    source from = {.ctx = ctx, .where = where};
    set_start(&from, trimmed);
    if (trimmed.len > MAX_TEXT || memchr(trimmed.at, '\0', trimmed.len)) {
        return hf__fail(ctx, HF_ERR_PROJECTION,
                        "%s: \"%s\" is no projection; " HOW_TO_NAME_ONE, where,
                        from.start);
    }
    hf__known_system known = hf__known_system_of(trimmed);
    if (known) {
        return hf__recipe_known(ctx, known, out);
    }
    proj_handles *handles = NULL;
    hf_status status = get_handles(ctx, &handles);
    if (!status) {
        status = get_pj(ctx, handles, false, &from.pj);
    }
    return status ? status : make_through_proj(&from, trimmed, out);
}

/* ---- points ---------------------------------------------------------------
 */

static const hf_xy no_xy = {NAN, NAN};
static const hf_lonlat no_lonlat = {NAN, NAN};

/* Infinite where the operation has no answer. */
static PJ_XY trans(PJ *operation, PJ_DIRECTION direction, double x, double y) {
    PJ_COORD at = proj_trans(operation, direction, proj_coord(x, y, 0, 0));
    if (!isfinite(at.xy.x) || !isfinite(at.xy.y)) {
        proj_errno_reset(operation);
        return (PJ_XY){HUGE_VAL, HUGE_VAL};
    }
    return at.xy;
}

/* The extent of OSTN15's file, less what seven parameters and the grid may
 * differ by. */
static bool is_within_grid(double lon_deg, double lat_deg) {
    return lon_deg > -8.99 && lon_deg < 1.99 && lat_deg > 49.01 &&
           lat_deg < 60.99;
}

/* TILE_COUNT outside. */
static unsigned tile_of(double lon_deg, double lat_deg) {
    double across = (lon_deg + 9) * 60 / 256;
    double down = (61 - lat_deg) * 120 / 256;
    if (!(across >= 0 && across < TILES_ACROSS && down >= 0 &&
          down < TILES_DOWN)) {
        return TILE_COUNT;
    }
    return (unsigned)down * TILES_ACROSS + (unsigned)across;
}

/* Nearly: good for choosing a copy, and any copy gives the same. */
static unsigned tile_of_british(hf_xy p) {
    double lat_deg = 49 + (p.y_m + 100000) / 111200;
    double width_m = 111200 * cos(lat_deg * (M_PI / 180));
    return tile_of(-2 + (p.x_m - 400000) / width_m, lat_deg);
}

/* The copy for a tile; without memory for one, the original does as well. */
static PJ *copy_for(cached_operation *cached, unsigned tile) {
    if (tile >= TILE_COUNT) {
        return cached->operation;
    }
    if (!cached->tiles[tile]) {
        cached->tiles[tile] = proj_create(cached->pj, cached->pipeline);
    }
    return cached->tiles[tile] ? cached->tiles[tile] : cached->operation;
}

/* Only a point outside the grid falls back: where the grid ought to have an
 * answer and has none its file is damaged, and a number that is metres off
 * what the facts say would hide it. */
static PJ_XY trans_or_fall_back(cached_operation *cached,
                                PJ_DIRECTION direction, double x, double y) {
    if (!cached->fallback) {
        return trans(cached->operation, direction, x, y);
    }
    unsigned tile =
        direction == PJ_FWD ? tile_of_british((hf_xy){x, y}) : tile_of(x, y);
    PJ_XY at = trans(copy_for(cached, tile), direction, x, y);
    if (isfinite(at.x)) {
        return at;
    }
    PJ_XY other = trans(cached->fallback, direction, x, y);
    bool is_inside = direction == PJ_FWD ? is_within_grid(other.x, other.y)
                                         : is_within_grid(x, y);
    return is_inside ? at : other;
}

static void forward_one(cached_operation *cached, double scale, hf_lonlat in,
                        hf_xy *out) {
    *out = no_xy;
    if (hf_lonlat_is_valid(in)) {
        PJ_XY at = trans_or_fall_back(cached, PJ_INV, in.lon_deg, in.lat_deg);
        if (isfinite(at.x)) {
            *out = (hf_xy){at.x * scale, at.y * scale};
        }
    }
}

hf_status hf__projection_forward(hf_context *ctx,
                                 const hf__projection *projection,
                                 const hf_lonlat *in, size_t n, hf_xy *out) {
    if (!projection->pipeline) {
        for (size_t i = 0; i < n; i++) {
            out[i] = hf_lonlat_is_valid(in[i])
                         ? (hf_xy){in[i].lon_deg, in[i].lat_deg}
                         : no_xy;
        }
        return HF_OK;
    }
    cached_operation *cached;
    hf_status status = get_operation(ctx, projection, &cached);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        forward_one(cached, projection->plane_per_axis, in[i], &out[i]);
    }
    return HF_OK;
}

static bool is_in_plane(hf_xy p) {
    return fabs(p.x_m) <= MAX_PLANE_M && fabs(p.y_m) <= MAX_PLANE_M;
}

static void inverse_one(cached_operation *cached, double scale, hf_xy in,
                        hf_lonlat *out) {
    *out = no_lonlat;
    if (is_in_plane(in)) {
        PJ_XY at =
            trans_or_fall_back(cached, PJ_FWD, in.x_m / scale, in.y_m / scale);
        hf_lonlat p = {at.x, at.y};
        if (hf_lonlat_is_valid(p)) {
            *out = p;
        }
    }
}

hf_status hf__projection_inverse(hf_context *ctx,
                                 const hf__projection *projection,
                                 const hf_xy *in, size_t n, hf_lonlat *out) {
    if (!projection->pipeline) {
        for (size_t i = 0; i < n; i++) {
            hf_lonlat p = {in[i].x_m, in[i].y_m};
            out[i] = hf_lonlat_is_valid(p) ? p : no_lonlat;
        }
        return HF_OK;
    }
    cached_operation *cached;
    hf_status status = get_operation(ctx, projection, &cached);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        inverse_one(cached, projection->plane_per_axis, in[i], &out[i]);
    }
    return HF_OK;
}

const char *hf__projection_library_version(void) {
    return proj_info().version;
}
