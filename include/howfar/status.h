/* What every call that can fail returns, and how symbols are made public. */
#ifndef HOWFAR_STATUS_H
#define HOWFAR_STATUS_H

#ifdef __cplusplus
#define HF_BEGIN_DECLS extern "C" {
#define HF_END_DECLS }
#else
#define HF_BEGIN_DECLS
#define HF_END_DECLS
#endif

#if defined(__GNUC__)
#define HF_API __attribute__((visibility("default")))
#define HF_WARN_UNUSED __attribute__((warn_unused_result))
#define HF_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define HF_API
#define HF_WARN_UNUSED
#define HF_PRINTF(fmt, args)
#endif

HF_BEGIN_DECLS

/* The numbers are part of the interface and never change meaning. */
typedef enum hf_status {
    HF_OK = 0,
    HF_ERR_MEMORY = 1,     /* out of memory */
    HF_ERR_IO = 2,         /* a file is missing, unreadable or unwritable */
    HF_ERR_DAMAGED = 3,    /* a file's bytes contradict its format */
    HF_ERR_RANGE = 4,      /* a number is NaN, infinite or out of range */
    HF_ERR_NOT_FOUND = 5,  /* no such name, code, field or column */
    HF_ERR_AMBIGUOUS = 6,  /* more than one thing fits */
    HF_ERR_PROJECTION = 7, /* a projection is missing, unknown or unusable */
    HF_ERR_GEOMETRY = 8,   /* a polygon can't be used */
    HF_ERR_UNSUITABLE = 9, /* sound, but wrong for this purpose */
    HF_ERR_USAGE = 10,     /* options contradict each other */
    HF_ERR_CANCELLED = 11  /* a progress callback asked to stop */
} hf_status;

/* A short constant name ("out of memory"); never NULL. */
HF_API const char *hf_status_text(hf_status status);

HF_END_DECLS
#endif
