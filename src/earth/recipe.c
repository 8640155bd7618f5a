#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"
#include "earth/recipe.h"

/* FNV-1a. */
static uint64_t hash_text(const char *text) {
    uint64_t hash = 0xcbf29ce484222325U;
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3U;
    }
    return hash;
}

void hf__projection_free(hf__projection *projection) {
    if (!projection) {
        return;
    }
    hf__free(projection->name);
    hf__free(projection->authority);
    hf__free(projection->operation);
    hf__free(projection->pipeline);
    hf__free(projection->fallback);
    hf__free(projection);
}

static bool is_same_text(const char *a, const char *b) {
    return a && b ? !strcmp(a, b) : a == b;
}

bool hf__projection_is_same(const hf__projection *a, const hf__projection *b) {
    return is_same_text(a->pipeline, b->pipeline) &&
           is_same_text(a->fallback, b->fallback) &&
           a->plane_per_axis == b->plane_per_axis && a->is_plain == b->is_plain;
}

const hf__projection_facts *hf__projection_get_facts(
    const hf__projection *projection) {
    return &projection->facts;
}

hf_status hf__recipe_make(hf_context *ctx, const hf__ingredients *from,
                          hf__projection **out) {
    hf__projection *made = hf__calloc(1, sizeof *made);
    if (!made) {
        return hf__fail_memory(ctx);
    }
    made->name = hf__strdup(from->name);
    made->authority = hf__strdup(from->authority);
    made->operation = hf__strdup(from->operation);
    made->pipeline = from->pipeline ? hf__strdup(from->pipeline) : NULL;
    made->fallback = from->fallback ? hf__strdup(from->fallback) : NULL;
    if (!made->name || !made->authority || !made->operation ||
        (from->pipeline && !made->pipeline) ||
        (from->fallback && !made->fallback)) {
        hf__projection_free(made);
        return hf__fail_memory(ctx);
    }
    made->plane_per_axis = from->plane_per_axis;
    made->is_plain = from->is_plain;
    made->hash = made->pipeline ? hash_text(made->pipeline) : 0;
    made->facts = (hf__projection_facts){
        .name = made->name,
        .authority = made->authority,
        .operation = made->operation,
        .accuracy_m = from->accuracy_m,
        .is_geographic = from->is_geographic,
        .metres_per_unit = from->metres_per_unit,
    };
    *out = made;
    return HF_OK;
}

/* ---- systems known without PROJ's database ---- */

#define HELMERT_STEPS(ellipsoid, parameters)            \
    "+step +proj=push +v_3 +step +proj=cart " ellipsoid \
    " +step +proj=helmert " parameters                  \
    " +convention=position_vector"                      \
    " +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
#define TO_DEGREES "+step +proj=unitconvert +xy_in=rad +xy_out=deg"

#define BRITISH_GRID                                             \
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 " \
    "+k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
/* EPSG:1314. */
#define BRITISH_HELMERT                                            \
    BRITISH_GRID HELMERT_STEPS("+ellps=airy",                      \
                               "+x=446.448 +y=-125.157 +z=542.06 " \
                               "+rx=0.15 +ry=0.247 +rz=0.842 "     \
                               "+s=-20.489") TO_DEGREES
#define OSTN15_FILE "uk_os_OSTN15_NTv2_OSGBtoETRS.tif"
/* EPSG:7710; the grid's path stands between. */
#define BRITISH_OSTN15 BRITISH_GRID "+step +proj=hgridshift +grids="

#define IRISH_ELLIPSOID "+a=6377340.189 +rf=299.3249646"
/* EPSG:1954 (from TM75) and EPSG:1641 (from TM65) have the same parameters. */
#define IRISH_HELMERT                                                      \
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=53.5 +lon_0=-8 "         \
    "+k=1.000035 +x_0=200000 +y_0=250000 " IRISH_ELLIPSOID                 \
    " " HELMERT_STEPS(IRISH_ELLIPSOID,                                     \
                      "+x=482.5 +y=-130.6 +z=564.6 +rx=-1.042 +ry=-0.214 " \
                      "+rz=-0.631 +s=8.15") TO_DEGREES

static const hf__ingredients british_helmert = {
    .name = "OSGB36 / British National Grid",
    .authority = "EPSG:27700",
    .operation = "OSGB36 to WGS 84 (6) (EPSG:1314), seven parameters",
    .pipeline = BRITISH_HELMERT,
    .accuracy_m = 2,
    .metres_per_unit = 1,
    .plane_per_axis = 1,
    .is_plain = true,
};

static const hf__ingredients irish_tm75 = {
    .name = "TM75 / Irish Grid",
    .authority = "EPSG:29903",
    .operation = "TM75 to WGS 84 (2) (EPSG:1954), seven parameters",
    .pipeline = IRISH_HELMERT,
    .accuracy_m = 1,
    .metres_per_unit = 1,
    .plane_per_axis = 1,
    .is_plain = true,
};

static const hf__ingredients wgs84 = {
    .name = "WGS 84",
    .authority = "EPSG:4326",
    .operation = "none needed",
    .metres_per_unit = 1,
    .plane_per_axis = 1,
    .is_geographic = true,
};

static const hf__ingredients etrs89 = {
    .name = "ETRS89",
    .authority = "EPSG:4258",
    .operation = "ETRS89 to WGS 84 (1) (EPSG:1149), taken as the same",
    .accuracy_m = 1,
    .metres_per_unit = 1,
    .plane_per_axis = 1,
    .is_geographic = true,
};

/* Where PROJ looks and the grid lies, "" for nowhere. Asking PROJ to make the
 * operation would open proj.db before it says that it can't. */
static void find_ostn15(char *file, size_t size) {
    const char *paths = hf__proj_search_path();
    while (paths && *paths) {
        size_t len = strcspn(paths, ":");
        if (len && len + sizeof "/" OSTN15_FILE <= size) {
            memcpy(file, paths, len);
            memcpy(file + len, "/" OSTN15_FILE, sizeof "/" OSTN15_FILE);
            if (!access(file, R_OK)) {
                return;
            }
        }
        paths += len + (paths[len] == ':');
    }
    file[0] = '\0';
}

static hf_status make_ostn15(hf_context *ctx, const char *file,
                             hf__projection **out) {
    /* A path with a blank or a comma can't stand in a pipeline: then PROJ
     * finds the file by its name, at the price of opening proj.db. */
    bool is_plain = file[0] == '/' && !strpbrk(file, " \t\n\r,\"'+=@");
    hf__buf pipeline;
    hf__buf_init(&pipeline);
    hf__buf_add_text(&pipeline, BRITISH_OSTN15);
    hf__buf_add_text(&pipeline, is_plain ? file : OSTN15_FILE);
    hf__buf_add_text(&pipeline, " " TO_DEGREES);
    if (pipeline.failed) {
        hf__buf_reset(&pipeline);
        return hf__fail_memory(ctx);
    }
    hf__ingredients from = british_helmert;
    from.operation = "OSGB36 to WGS 84 (9) (EPSG:7710), OSTN15 grid";
    from.accuracy_m = 1;
    from.pipeline = pipeline.text;
    from.fallback = BRITISH_HELMERT;
    from.is_plain = is_plain;
    hf_status status = hf__recipe_make(ctx, &from, out);
    hf__buf_reset(&pipeline);
    return status;
}

hf_status hf__projection_british_grid(hf_context *ctx, hf__projection **out) {
    char file[1024];
    find_ostn15(file, sizeof file);
    if (!file[0]) {
        return hf__recipe_make(ctx, &british_helmert, out);
    }
    hf__projection *with_grid;
    hf_status status = make_ostn15(ctx, file, &with_grid);
    if (status) {
        return status;
    }
    /* A damaged grid file must be seen, not passed over. */
    status = hf__projection_check(ctx, with_grid);
    if (status) {
        hf__projection_free(with_grid);
        return status;
    }
    *out = with_grid;
    return HF_OK;
}

hf_status hf__projection_irish_grid(hf_context *ctx, hf__projection **out) {
    return hf__recipe_make(ctx, &irish_tm75, out);
}

hf_status hf__projection_lonlat(hf_context *ctx, hf__projection **out) {
    return hf__recipe_make(ctx, &wgs84, out);
}

hf_status hf__recipe_known(hf_context *ctx, hf__known_system known,
                           hf__projection **out) {
    switch (known) {
        case HF__KNOWN_BRITISH_GRID:
            return hf__projection_british_grid(ctx, out);
        case HF__KNOWN_IRISH_GRID_TM75:
            return hf__recipe_make(ctx, &irish_tm75, out);
        case HF__KNOWN_IRISH_GRID_TM65: {
            hf__ingredients tm65 = irish_tm75;
            tm65.name = "TM65 / Irish Grid";
            tm65.authority = "EPSG:29902";
            tm65.operation = "TM65 to WGS 84 (2) (EPSG:1641), seven parameters";
            return hf__recipe_make(ctx, &tm65, out);
        }
        case HF__KNOWN_ETRS89:
            return hf__recipe_make(ctx, &etrs89, out);
        case HF__KNOWN_WGS84:
        case HF__KNOWN_NONE:
            break;
    }
    return hf__recipe_make(ctx, &wgs84, out);
}

hf_status hf__projection_local(hf_context *ctx, hf_lonlat middle,
                               hf__projection **out) {
    if (!hf_lonlat_is_valid(middle)) {
        return hf__fail(ctx, HF_ERR_RANGE,
                        "the middle of a local projection is no point");
    }
    hf__buf pipeline;
    hf__buf_init(&pipeline);
    hf__buf_add_text(&pipeline,
                     "+proj=pipeline +step +inv +proj=tmerc +ellps=WGS84 "
                     "+k=1 +x_0=0 +y_0=0 +lat_0=");
    hf__buf_add_fixed(&pipeline, middle.lat_deg, 9);
    hf__buf_add_text(&pipeline, " +lon_0=");
    hf__buf_add_fixed(&pipeline, middle.lon_deg, 9);
    hf__buf_add_text(&pipeline, " " TO_DEGREES);
    hf_status status = HF_ERR_MEMORY;
    if (pipeline.failed) {
        hf__fail_memory(ctx);
    } else {
        hf__ingredients from = {
            .name = "transverse Mercator through the middle of the data",
            .authority = "",
            .operation = "none needed",
            .pipeline = pipeline.text,
            .metres_per_unit = 1,
            .plane_per_axis = 1,
            .is_plain = true,
        };
        status = hf__recipe_make(ctx, &from, out);
    }
    hf__buf_reset(&pipeline);
    return status;
}
