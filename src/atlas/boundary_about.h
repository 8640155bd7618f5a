/* The .about file of a boundary set: what it says of itself. */
#ifndef HOWFAR_ATLAS_BOUNDARY_ABOUT_H
#define HOWFAR_ATLAS_BOUNDARY_ABOUT_H

#include "base/text.h"

/* Three lines: title, accuracy, attribution; any may be empty. A line after
 * them may read
 *     valid CRC-32 0123abcd
 * which says that files with this checksum, of .shp and .dbf together, were
 * found valid as they stand and need not be looked at again. Of other bytes it
 * says nothing. */
typedef struct hf__about {
    hf__str title, accuracy, attribution; /* borrowed, trimmed */
    bool has_valid;
    uint32_t valid;
} hf__about;

/* False, and nothing is said, where the text is not UTF-8. */
bool hf__about_read(hf__str text, hf__about *out);

#endif
