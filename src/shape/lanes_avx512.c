/* The Makefile compiles this with -mavx512f and its companions. */
#if defined(__x86_64__)
#define LANES_NAME "avx512"
#define LANES_TABLE hf__lanes_avx512
#include "shape/lanes_body.h"
#else
typedef int hf__nothing_here;
#endif
