/* Has a file written to the disk while it still grows.
 *
 * Some file systems hold up a rename that replaces a file until the new one is
 * on the disk, lest a power cut leave neither: ext4 does, for a quarter of the
 * time that a million rows take. What is there by then is not waited for. */
#ifndef HOWFAR_CLI_WRITEBACK_H
#define HOWFAR_CLI_WRITEBACK_H

typedef struct writeback writeback;

/* NULL where that can't be had, which does no harm. `fd` must stay open until
 * the stop. */
writeback *writeback_start(int fd);
void writeback_stop(writeback *of);

#endif
