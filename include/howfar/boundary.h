/* Boundary sets: the authorities of one polygon shapefile.
 *
 * The loader takes any polygon shapefile with a code and a name per record.
 * Fields are found by pattern (ctyua24cd, CTYUA19NM, utla21cd, lad24cd,
 * areacd ...; any case) or named by options. Several records of one code are
 * united. Invalid polygons are made valid, with a warning that names the
 * authority. The .prj is read by PROJ; none is an error that names the option.
 *
 * Edges of a boundary are straight lines in the working plane: the file's own
 * projected system (EPSG:27700 for official UK files); for files in longitude
 * and latitude, EPSG:27700 where the codes or the extent are those of the
 * United Kingdom, otherwise a transverse Mercator through the middle of the
 * extent.
 *
 * A file of the same base name that ends in .about may hold three lines of text
 * in UTF-8: the title of the set, its accuracy in words, and the attribution
 * that its licence asks for. Outputs name the set by them. A further line such
 * as "valid CRC-32 0123abcd" says that a file of this checksum was found valid
 * (is_valid below): where it is the file's own, polygons are not checked again.
 *
 * A loaded set never changes: any number of threads may use it, each with its
 * own context. */
#ifndef HOWFAR_BOUNDARY_H
#define HOWFAR_BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "howfar/coordinate.h"
#include "howfar/shapefile.h"

HF_BEGIN_DECLS

typedef struct hf_boundaries hf_boundaries;

/* No authority. */
#define HF_NOWHERE ((size_t)-1)

typedef enum hf_country {
    HF_COUNTRY_OTHER = 0, /* not a GSS code of the United Kingdom */
    HF_ENGLAND = 1,
    HF_WALES = 2,
    HF_SCOTLAND = 3,
    HF_NORTHERN_IRELAND = 4
} hf_country;

/* "England", ...; "" for HF_COUNTRY_OTHER. */
HF_API const char *hf_country_name(hf_country country);

/* One authority. Authorities of a set are sorted by code, byte by byte.
 * Strings are UTF-8, trimmed, never NULL, and live as long as the set. */
typedef struct hf_authority {
    const char *code;    /* GSS code, or whatever the file's code field holds */
    const char *name;    /* as in the file */
    const char *name_cy; /* Welsh name, "" if none */
    hf_country country;  /* by the first letter of a GSS code */
    int first_year;      /* years of operation where the file has them */
    int last_year;       /* (fields start, end); 0 is open */
    size_t parts;        /* outer rings */
    size_t holes;
    size_t vertices; /* the closing vertex of each ring not counted */
    hf_xy min;       /* box in the working plane */
    hf_xy max;
    double area_m2;        /* in the working plane */
    hf_xy centroid;        /* area centroid in the working plane */
    hf_lonlat centre;      /* the same in longitude and latitude */
    bool centre_is_within; /* false where it lies outside the area */
    bool was_repaired;     /* the file's polygon was invalid */
} hf_authority;

/* ONS's classes of generalisation, guessed from the file's name, and from the
 * mean length of an edge where the name says nothing. */
typedef enum hf_resolution {
    HF_RESOLUTION_UNKNOWN = 0,
    HF_RESOLUTION_FULL_EXTENT = 1,  /* BFE: full, to the extent of the realm */
    HF_RESOLUTION_FULL_CLIPPED = 2, /* BFC: full, clipped to the coast */
    HF_RESOLUTION_GENERALISED = 3,  /* BGC: 20 m */
    HF_RESOLUTION_SUPER = 4,        /* BSC: 200 m */
    HF_RESOLUTION_ULTRA = 5         /* BUC: 500 m */
} hf_resolution;

/* What was loaded; prints as `howfar info`. Strings live as long as the set. */
typedef struct hf_boundaries_info {
    const char *path;        /* of the .shp */
    const char *set_name;    /* short, for provenance: the file's base name, or
                                the title of the default set */
    const char *citation;    /* all that identifies it, in one line: title,
                                vintage, resolution, areas, checksum */
    const char *attribution; /* what its licence asks to be said with what is
                                made of it; of official files known by their
                                fields; "" when unknown */
    const char *vintage;     /* "2024", "2014 to 2025", "" when unknown */
    hf_resolution resolution;
    const char *resolution_text; /* "500 m (BUC)", or as the .about file says */
    bool resolution_is_guess;    /* from edge lengths, not from the name */
    double resolution_m;         /* 500; 0 when unknown */
    double median_edge_m;
    size_t authorities;
    size_t records; /* of the file, before uniting and selecting by date */
    size_t vertices;
    size_t repaired;
    bool is_valid;          /* the whole file, as it stands: every record's
                               polygon is valid in the working plane, which is
                               the file's own, with outer rings clockwise and
                               holes counter-clockwise */
    bool is_lower_tier;     /* holds districts (E07): unfit to classify */
    uint32_t checksum;      /* CRC-32 of the bytes of .shp, then .dbf */
    const char *code_field; /* as spelled in the file */
    const char *name_field;
    const char *encoding;    /* of the .dbf, as used: "UTF-8", "CP1252" */
    const char *file_system; /* the file's projection, by name */
    const char *plane;       /* the working plane: "EPSG:27700" or by name */
    const char *operation;   /* WGS84 <-> plane: the transformation chosen */
    double accuracy_m;       /* of that transformation; negative: unknown */
} hf_boundaries_info;

typedef struct hf_boundaries_options {
    const char *code_field; /* NULL: by pattern */
    const char *name_field; /* NULL: by pattern */
    const char *projection; /* "EPSG:27700", WKT or a PROJ string; NULL: .prj */
    const char *encoding;   /* of the .dbf, iconv's name; NULL: .cpg, content */
    int as_of;              /* YYYYMMDD for files that carry dates; 0: latest */
} hf_boundaries_options;

/* Defaults: everything by pattern and from the file. */
HF_API void hf_boundaries_options_init(hf_boundaries_options *options);

/* Loads a set. `path` is the .shp, its base name without extension, or a
 * folder that holds exactly one .shp. `options` may be NULL. Warnings (repairs,
 * a .cpg that contradicts the bytes, a rebuilt .shx) go to the context's
 * handler. HF_ERR_IO, HF_ERR_DAMAGED, HF_ERR_PROJECTION, HF_ERR_NOT_FOUND (a
 * field), HF_ERR_AMBIGUOUS, HF_ERR_GEOMETRY, HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status
hf_boundaries_open(hf_context *ctx, const char *path,
                   const hf_boundaries_options *options, hf_boundaries **out);

/* The same from memory. */
HF_API HF_WARN_UNUSED hf_status hf_boundaries_open_bytes(
    hf_context *ctx, const hf_shapefile_bytes *bytes,
    const hf_boundaries_options *options, hf_boundaries **out);

HF_API void hf_boundaries_close(hf_boundaries *set);

HF_API const hf_boundaries_info *hf_boundaries_get_info(
    const hf_boundaries *set);

/* Number of authorities. */
HF_API size_t hf_boundaries_count(const hf_boundaries *set);

/* The authority at `index`, which must be below the count. */
HF_API const hf_authority *hf_boundaries_authority(const hf_boundaries *set,
                                                   size_t index);

/* Index of the authority with exactly this code (any case), or HF_NOWHERE. */
HF_API size_t hf_boundaries_find_code(const hf_boundaries *set,
                                      const char *code, size_t len);

/* Versions of PROJ and GEOS as they run: "9.1.1", "3.11.1". */
HF_API const char *hf_proj_version(void);
HF_API const char *hf_geos_version(void);

HF_END_DECLS
#endif
