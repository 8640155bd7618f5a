/* The Makefile compiles this with -mavx2. */
#if defined(__x86_64__)
#define LANES_NAME "avx2"
#define LANES_TABLE hf__lanes_avx2
#include "shape/lanes_body.h"
#else
typedef int hf__nothing_here;
#endif
