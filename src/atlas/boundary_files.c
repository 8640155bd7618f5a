#include "atlas/boundary_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/context.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

static bool has_extension(const char *path, const char *extension) {
    size_t len = strlen(path), n = strlen(extension);
    return len > n && !strcasecmp(path + len - n, extension);
}

static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int keep_shp(const struct dirent *entry) {
    return entry->d_name[0] != '.' && has_extension(entry->d_name, ".shp");
}

/* The one .shp of a folder. */
static hf_status find_in_folder(hf_context *ctx, const char *folder,
                                hf__buf *out) {
    struct dirent **found = NULL;
    int n = scandir(folder, &found, keep_shp, compare_names);
    hf_status status = HF_OK;
    hf__buf names;
    hf__buf_init(&names);
    if (n < 0) {
        status = hf__fail(ctx, HF_ERR_IO, "%s: %s", folder, strerror(errno));
    } else if (n == 0) {
        status = hf__fail(ctx, HF_ERR_IO,
                          "%s: no .shp in this folder; name a boundary file",
                          folder);
    } else if (n > 1) {
        for (int i = 0; i < n; i++) {
            hf__buf_add_format(&names, "%s%s", i ? ", " : "", found[i]->d_name);
        }
        status = names.failed
                     ? hf__fail_memory(ctx)
                     : hf__fail(ctx, HF_ERR_AMBIGUOUS,
                                "%s: %d boundary files in this folder; name "
                                "one of %s",
                                folder, n, names.text);
    } else {
        size_t len = strlen(folder);
        hf__buf_add_format(out, "%s%s%s", folder,
                           len && folder[len - 1] == '/' ? "" : "/",
                           found[0]->d_name);
    }
    for (int i = 0; i < n; i++) {
        free(found[i]);
    }
    free(found);
    hf__buf_reset(&names);
    return status;
}

static bool is_folder(const char *path) {
    struct stat facts;
    return !stat(path, &facts) && S_ISDIR(facts.st_mode);
}

/* Appends the path of a file beside the .shp: the extension in lower case or
 * upper case, whichever is there. False when neither is. */
static bool find_part(const char *shp_path, const char *extension,
                      hf__buf *out) {
    static const char *const upper[][2] = {{"shp", "SHP"}, {"shx", "SHX"},
                                           {"dbf", "DBF"}, {"prj", "PRJ"},
                                           {"cpg", "CPG"}, {"about", "ABOUT"}};
    int stem = (int)strlen(shp_path) - 4;
    for (int attempt = 0; attempt < 2; attempt++) {
        const char *spelled = extension;
        for (size_t i = 0; attempt && i < sizeof upper / sizeof *upper; i++) {
            if (!strcmp(upper[i][0], extension)) {
                spelled = upper[i][1];
            }
        }
        out->len = 0;
        hf__buf_add_format(out, "%.*s.%s", stem, shp_path, spelled);
        if (!out->failed && !access(out->text, F_OK)) {
            return true;
        }
    }
    return false;
}

/* A file that is no shapefile. */
static hf_status fail_other_format(hf_context *ctx, const char *path) {
    static const char *const formats[] = {".gpkg", ".geojson", ".json", ".kml",
                                          ".kmz",  ".gml",     ".gdb",  ".tab",
                                          ".csv",  ".topojson"};
    if (has_extension(path, ".zip")) {
        return hf__fail(ctx, HF_ERR_IO,
                        "%s: unpack it and name the .shp in it, or the folder",
                        path);
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (has_extension(path, formats[i])) {
            return hf__fail(ctx, HF_ERR_IO,
                            "%s: boundaries are read from shapefiles: download "
                            "or export it as one",
                            path);
        }
    }
    return hf__fail(ctx, HF_ERR_IO, "%s: a boundary file ends in .shp", path);
}

/* The path of the .shp that `path` means. */
static hf_status find_shp(hf_context *ctx, const char *path, hf__buf *out) {
    if (is_folder(path)) {
        return find_in_folder(ctx, path, out);
    }
    if (has_extension(path, ".shp")) {
        hf__buf_add_text(out, path);
        return HF_OK;
    }
    hf__buf with_extension;
    hf__buf_init(&with_extension);
    hf__buf_add_format(&with_extension, "%s.shp", path);
    hf_status status = HF_OK;
    if (with_extension.failed) {
        status = hf__fail_memory(ctx);
    } else if (!find_part(with_extension.text, "shp", out) && !out->failed) {
        status =
            access(path, F_OK)
                ? hf__fail(ctx, HF_ERR_IO,
                           "%s: no such file or folder, nor %s.shp", path, path)
                : fail_other_format(ctx, path);
    }
    hf__buf_reset(&with_extension);
    return status;
}

/* Reads one part if it is there. */
static hf_status read_part(hf_context *ctx, hf__boundary_files *files,
                           size_t slot, const char *extension, const void **out,
                           size_t *out_len) {
    hf__buf path;
    hf__buf_init(&path);
    hf_status status = HF_OK;
    if (find_part(files->path, extension, &path)) {
        status = hf__file_read(ctx, path.text, &files->owned[slot], out_len);
        *out = files->owned[slot];
    } else if (path.failed) {
        status = hf__fail_memory(ctx);
    }
    hf__buf_reset(&path);
    return status;
}

static hf_status read_parts(hf_context *ctx, hf__boundary_files *files) {
    hf_shapefile_bytes *bytes = &files->bytes;
    hf_status status =
        hf__file_read(ctx, files->path, &files->owned[0], &bytes->shp_len);
    bytes->shp = files->owned[0];
    if (status ||
        (status =
             read_part(ctx, files, 1, "shx", &bytes->shx, &bytes->shx_len)) ||
        (status =
             read_part(ctx, files, 2, "dbf", &bytes->dbf, &bytes->dbf_len)) ||
        (status =
             read_part(ctx, files, 3, "prj", &bytes->prj, &bytes->prj_len)) ||
        (status =
             read_part(ctx, files, 4, "cpg", &bytes->cpg, &bytes->cpg_len)) ||
        (status = read_part(ctx, files, 5, "about", &bytes->about,
                            &bytes->about_len))) {
        return status;
    }
    if (!bytes->dbf) {
        return hf__fail(ctx, HF_ERR_IO,
                        "%.*s.dbf: no such file; it holds the names and codes "
                        "and belongs beside the .shp",
                        (int)strlen(files->path) - 4, files->path);
    }
    return HF_OK;
}

hf_status hf__boundary_files_read(hf_context *ctx, const char *path,
                                  hf__boundary_files *out) {
    hf__boundary_files files = {0};
    hf__buf shp_path;
    hf__buf_init(&shp_path);
    hf_status status = find_shp(ctx, path, &shp_path);
    if (!status) {
        files.path = hf__buf_take(&shp_path);
        files.bytes.label = files.path;
        status = files.path ? read_parts(ctx, &files) : hf__fail_memory(ctx);
    }
    hf__buf_reset(&shp_path);
    if (status) {
        hf__boundary_files_reset(&files);
        return status;
    }
    *out = files;
    return HF_OK;
}

void hf__boundary_files_reset(hf__boundary_files *files) {
    for (size_t i = 0; i < sizeof files->owned / sizeof *files->owned; i++) {
        hf__free(files->owned[i]);
    }
    hf__free(files->path);
    *files = (hf__boundary_files){0};
}
