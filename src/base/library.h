/* Libraries that are loaded when they are first needed.
 *
 * Most runs of the command need neither pictures nor XML nor repairs of
 * polygons, and loading the libraries for them takes longer than answering a
 * question. A file that uses such a library lists the functions that it calls,
 *
 *     #define CAIRO(F) F(cairo_create) F(cairo_destroy)
 *     HF__LIBRARY(cairo, HF_SONAME_CAIRO, CAIRO)
 *
 * loads it with hf__library_load(ctx, &cairo_library), and then calls
 * cairo.cairo_create() and so on: types are those of the library's header. */
#ifndef HOWFAR_BASE_LIBRARY_H
#define HOWFAR_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/context.h"

typedef struct hf__library {
    const char *soname;
    const char *const *names;
    void **functions; /* one for each name */
    size_t n;
    bool is_loaded;
} hf__library;

/* Names and types can't stand in parentheses here.
 * NOLINTBEGIN(bugprone-macro-parentheses) */
#define HF__LIBRARY_NAME(function) #function,
#define HF__LIBRARY_MEMBER(function) __typeof__(function) *function;
#define HF__LIBRARY(table, soname, list)                                 \
    static const char *const table##_names[] = {list(HF__LIBRARY_NAME)}; \
    static union {                                                       \
        struct {                                                         \
            list(HF__LIBRARY_MEMBER)                                     \
        };                                                               \
        void *all[sizeof table##_names / sizeof *table##_names];         \
    } table;                                                             \
    static hf__library table##_library = {                               \
        soname, table##_names, table.all,                                \
        sizeof table##_names / sizeof *table##_names, false};
/* NOLINTEND(bugprone-macro-parentheses) */

/* Fills the table of functions; nothing if that was done before. Any thread may
 * call it. HF_ERR_IO: the library, or a function of it, is missing. */
hf_status hf__library_load(hf_context *ctx, hf__library *library);

#endif
