#include "base/context.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#ifndef HF_DATA_DIR
#error "HF_DATA_DIR must name the folder of the tables"
#endif

#define MESSAGE_SIZE 1001

struct hf_context {
    char message[MESSAGE_SIZE];
    char *data_dir;
    hf_warning_handler warn;
    void *warn_user;
    struct {
        void *handle;
        void (*destroy)(void *handle);
    } slots[HF__SLOT_COUNT];
};

hf_status hf_context_new(hf_context **out) {
    hf_context *ctx = hf__calloc(1, sizeof *ctx);
    if (!ctx) {
        return HF_ERR_MEMORY;
    }
    *out = ctx;
    return HF_OK;
}

void hf_context_free(hf_context *ctx) {
    if (!ctx) {
        return;
    }
    for (size_t i = HF__SLOT_COUNT; i-- > 0;) {
        if (ctx->slots[i].destroy) {
            ctx->slots[i].destroy(ctx->slots[i].handle);
        }
    }
    hf__free(ctx->data_dir);
    hf__free(ctx);
}

const char *hf_context_message(const hf_context *ctx) {
    return ctx->message;
}

void hf_context_set_warning_handler(hf_context *ctx, hf_warning_handler handler,
                                    void *user) {
    ctx->warn = handler;
    ctx->warn_user = user;
}

hf_status hf_context_set_data_dir(hf_context *ctx, const char *path) {
    char *copy = hf__strdup(path);
    if (!copy) {
        return hf__fail_memory(ctx);
    }
    hf__free(ctx->data_dir);
    ctx->data_dir = copy;
    return HF_OK;
}

const char *hf_context_data_dir(const hf_context *ctx) {
    return ctx->data_dir ? ctx->data_dir : HF_DATA_DIR;
}

/* A message is one line whatever a file name or a library put into it. */
HF_PRINTF(2, 0)
static void format_line(char *line, const char *format, va_list args) {
    if (vsnprintf(line, MESSAGE_SIZE, format, args) < 0) {
        line[0] = '\0';
    }
    for (char *c = line; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f) {
            *c = ' ';
        }
    }
}

#undef hf__fail
hf_status hf__fail(hf_context *ctx, hf_status status, const char *format, ...) {
    assert(status != HF_OK);
    /* Arguments may point into the old message. */
    char line[MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    memcpy(ctx->message, line, sizeof line);
    return status;
}

void hf__warn(hf_context *ctx, const char *format, ...) {
    if (!ctx->warn) {
        return;
    }
    char line[MESSAGE_SIZE];
    va_list args;
    va_start(args, format);
    format_line(line, format, args);
    va_end(args);
    ctx->warn(ctx->warn_user, line);
}

void *hf__context_get(const hf_context *ctx, hf__slot slot) {
    return ctx->slots[slot].handle;
}

void hf__context_set(hf_context *ctx, hf__slot slot, void *handle,
                     void (*destroy)(void *handle)) {
    assert(!ctx->slots[slot].handle);
    ctx->slots[slot].handle = handle;
    ctx->slots[slot].destroy = destroy;
}
