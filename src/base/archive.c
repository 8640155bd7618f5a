#include "base/archive.h"

#include <string.h>
#include <zip.h>

#include "base/context.h"
#include "base/memory.h"

struct hf__archive {
    zip_t *zip;
    char *label;
    size_t n_members;
};

struct hf__member {
    hf__archive *archive;
    zip_file_t *file;
    const char *name;
};

bool hf__archive_is(const void *bytes, size_t len) {
    return len >= 4 && (!memcmp(bytes, "PK\3\4", 4) ||
                        !memcmp(bytes, "PK\5\6", 4)); /* an empty one */
}

static hf_status fail_open(hf_context *ctx, const char *label,
                           zip_error_t *error) {
    int code = zip_error_code_zip(error);
    if (code == ZIP_ER_MEMORY) {
        return hf__fail_memory(ctx);
    }
    bool is_io = code == ZIP_ER_NOENT || code == ZIP_ER_OPEN ||
                 code == ZIP_ER_READ || code == ZIP_ER_SEEK;
    return hf__fail(ctx, is_io ? HF_ERR_IO : HF_ERR_DAMAGED,
                    "%s: can't be read as a zip archive: %s", label,
                    zip_error_strerror(error));
}

/* Takes over `source`. */
static hf_status open_source(hf_context *ctx, zip_source_t *source,
                             zip_error_t *error, const char *label,
                             hf__archive **out) {
    hf__archive *archive = hf__calloc(1, sizeof *archive);
    char *copy = hf__strdup(label);
    if (!archive || !copy) {
        zip_source_free(source);
        hf__free(archive);
        hf__free(copy);
        return hf__fail_memory(ctx);
    }
    archive->label = copy;
    archive->zip =
        zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error);
    if (!archive->zip) {
        zip_source_free(source);
        hf__archive_close(archive);
        return fail_open(ctx, label, error);
    }
    zip_int64_t n = zip_get_num_entries(archive->zip, 0);
    archive->n_members = n > 0 ? (size_t)n : 0;
    *out = archive;
    return HF_OK;
}

hf_status hf__archive_open(hf_context *ctx, const char *path,
                           hf__archive **out) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_file_create(path, 0, 0, &error);
    hf_status status = source ? open_source(ctx, source, &error, path, out)
                              : fail_open(ctx, path, &error);
    zip_error_fini(&error);
    return status;
}

hf_status hf__archive_open_bytes(hf_context *ctx, const void *bytes, size_t len,
                                 const char *label, hf__archive **out) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    hf_status status = source ? open_source(ctx, source, &error, label, out)
                              : fail_open(ctx, label, &error);
    zip_error_fini(&error);
    return status;
}

void hf__archive_close(hf__archive *archive) {
    if (archive) {
        if (archive->zip) {
            zip_discard(archive->zip);
        }
        hf__free(archive->label);
        hf__free(archive);
    }
}

size_t hf__archive_n_members(const hf__archive *archive) {
    return archive->n_members;
}

const char *hf__archive_member_name(const hf__archive *archive, size_t index) {
    const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

uint64_t hf__archive_member_size(const hf__archive *archive, size_t index) {
    zip_stat_t stat;
    if (zip_stat_index(archive->zip, index, 0, &stat) ||
        !(stat.valid & ZIP_STAT_SIZE)) {
        return 0;
    }
    return stat.size;
}

hf_status hf__member_open(hf_context *ctx, hf__archive *archive, size_t index,
                          hf__member **out) {
    hf__member *member = hf__calloc(1, sizeof *member);
    if (!member) {
        return hf__fail_memory(ctx);
    }
    member->archive = archive;
    member->name = hf__archive_member_name(archive, index);
    member->file = zip_fopen_index(archive->zip, index, 0);
    if (!member->file) {
        zip_error_t *error = zip_get_error(archive->zip);
        int code = zip_error_code_zip(error);
        bool is_unsuitable = code == ZIP_ER_COMPNOTSUPP ||
                             code == ZIP_ER_ENCRNOTSUPP ||
                             code == ZIP_ER_NOPASSWD;
        hf__free(member);
        return hf__fail(ctx, is_unsuitable ? HF_ERR_UNSUITABLE : HF_ERR_DAMAGED,
                        "%s: %s: %s", archive->label,
                        hf__archive_member_name(archive, index),
                        zip_error_strerror(error));
    }
    *out = member;
    return HF_OK;
}

void hf__member_close(hf__member *member) {
    if (member) {
        zip_fclose(member->file);
        hf__free(member);
    }
}

hf_status hf__member_read(hf_context *ctx, hf__member *member, void *out,
                          size_t size, size_t *out_len) {
    zip_int64_t n = zip_fread(member->file, out, size);
    if (n < 0) {
        return hf__fail(ctx, HF_ERR_DAMAGED, "%s: %s: %s",
                        member->archive->label, member->name,
                        zip_error_strerror(zip_file_get_error(member->file)));
    }
    *out_len = (size_t)n;
    return HF_OK;
}
