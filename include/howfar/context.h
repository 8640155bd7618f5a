/* A context owns what one thread needs: the handles of the libraries
 * underneath (made on first use), the message of the last failure, and where
 * warnings go. It serves one thread at a time. */
#ifndef HOWFAR_CONTEXT_H
#define HOWFAR_CONTEXT_H

#include "howfar/status.h"

HF_BEGIN_DECLS

typedef struct hf_context hf_context;

/* Makes a context. HF_ERR_MEMORY. Free with hf_context_free. */
HF_API HF_WARN_UNUSED hf_status hf_context_new(hf_context **out);
HF_API void hf_context_free(hf_context *ctx);

/* The message of the last call on this context that failed: one line, without
 * a newline, that says what, where and what to do; "" before any failure.
 * Borrowed: valid until the next call on the context. */
HF_API const char *hf_context_message(const hf_context *ctx);

/* Called once per warning with a one-line message without a newline. The
 * message is valid during the call only. Without a handler, warnings are
 * dropped. */
typedef void (*hf_warning_handler)(void *user, const char *message);
HF_API void hf_context_set_warning_handler(hf_context *ctx,
                                           hf_warning_handler handler,
                                           void *user);

/* The folder that holds the tables of facts (adjoining.csv, authorities.csv
 * and the default boundary set). Until set, the folder compiled in. The
 * string is copied. HF_ERR_MEMORY. */
HF_API HF_WARN_UNUSED hf_status hf_context_set_data_dir(hf_context *ctx,
                                                        const char *path);
HF_API const char *hf_context_data_dir(const hf_context *ctx);

HF_END_DECLS
#endif
