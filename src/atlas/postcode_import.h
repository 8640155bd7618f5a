/* The parts of importing that files need not be there for. */
#ifndef HOWFAR_ATLAS_POSTCODE_IMPORT_H
#define HOWFAR_ATLAS_POSTCODE_IMPORT_H

#include "base/archive.h"
#include "howfar/postcode.h"

/* The month of issue in a file's name ("ONSPD_NOV_2025_UK.csv",
 * "nspl-2024-05"); false if it has none. */
bool hf__postcode_vintage(const char *name, int *out_year, int *out_month);

/* Which members of an archive are the directory's: ONSPD_*.csv or NSPL*.csv
 * (not those cut into areas below multi_csv, if the whole one is there),
 * Code-Point Open's Data/CSV, or the only CSV file. Owned: hf__free.
 * HF_ERR_NOT_FOUND, HF_ERR_AMBIGUOUS, HF_ERR_MEMORY. */
hf_status hf__postcode_members(hf_context *ctx, const hf__archive *archive,
                               const char *label, size_t **out_members,
                               size_t *out_n);

/* Longest path of an index, with its NUL. */
enum { HF__POSTCODES_PATH = 4096 };

/* Writes an index beside `path` and renames it there; makes the folders that
 * are missing. HF_ERR_IO, HF_ERR_RANGE (a path too long). */
hf_status hf__postcodes_write(hf_context *ctx, const char *path,
                              const unsigned char *bytes, size_t len);

/* Imports one file that lies in memory, into an index in memory; owned:
 * hf__free, hf_postcodes_summary_free. */
hf_status hf__postcodes_import_bytes(hf_context *ctx, const void *bytes,
                                     size_t len, const char *label,
                                     const hf_postcodes_import_options *options,
                                     unsigned char **out_index, size_t *out_len,
                                     hf_postcodes_summary **out);

#endif
