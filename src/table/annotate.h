/* The inside of annotating: what tests turn. */
#ifndef HOWFAR_TABLE_ANNOTATE_H
#define HOWFAR_TABLE_ANNOTATE_H

#include "howfar/annotate.h"

typedef struct hf__annotate_tuning {
    size_t block_bytes; /* read and worked on at a time; any gives the same
                           output */
    size_t head_bytes;  /* looked at to tell dialect and columns */
} hf__annotate_tuning;

/* hf_annotate with `tuning`, or the usual one where it is NULL. */
hf_status hf__annotate(hf_context *ctx, const hf_boundaries *set,
                       const hf_places *places, const hf_adjacency *adjacency,
                       const hf_annotate_options *options, int in_fd,
                       const char *in_label, int out_fd,
                       const hf__annotate_tuning *tuning,
                       hf_annotate_summary **out);

#endif
