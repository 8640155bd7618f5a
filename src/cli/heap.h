/* Where the memory of the program comes from. */
#ifndef HOWFAR_CLI_HEAP_H
#define HOWFAR_CLI_HEAP_H

/* Has malloc take its memory from large pages, and keep what is freed. The
 * kernel hands out memory a page at a time when it is first written to, and on
 * virtual machines takes up to 10 us for each: for this program, which makes
 * its indexes anew in every run, that was a fifth of the time. To be called
 * once, before other threads start; where it can't be done nothing changes. */
void cli_prepare_heap(void);

#endif
