/* Memory: overflow-checked allocation. All of the library allocates here. */
#ifndef HOWFAR_BASE_MEMORY_H
#define HOWFAR_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "howfar/context.h"

/* Zeroed memory for `count` things of `size` bytes; NULL when there is none or
 * the product overflows. A count of 0 gives a pointer that can be freed. */
void *hf__calloc(size_t count, size_t size);

/* Resizes to `count` things; NULL leaves `old` as it was. New bytes are not
 * set. */
void *hf__realloc_array(void *old, size_t count, size_t size);

void hf__free(void *memory);

/* Makes room for `need` things in *array of capacity *capacity, growing by half
 * at least. False when there is no memory; the array is then unchanged. */
bool hf__reserve(void **array, size_t *capacity, size_t need, size_t size);

/* A copy with a terminating NUL; NULL without memory. */
char *hf__strndup(const char *text, size_t len);
char *hf__strdup(const char *text);

#endif
