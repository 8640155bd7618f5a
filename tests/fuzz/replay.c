/* Runs a fuzz target over files instead of under libFuzzer: every file of the
 * folders and every file named on the command line, once each, in a block of
 * its exact size so that a sanitizer sees the first byte read beyond it. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path) {
    struct stat info;
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    int failed = 1;
    if (!file || fstat(fileno(file), &info)) {
        goto done;
    }
    size_t size = (size_t)info.st_size;
    data = malloc(size ? size : 1);
    if (!data || fread(data, 1, size, file) != size) {
        goto done;
    }
    if (size == 0) {
        free(data);
        data = NULL;
    }
    /* The last name printed is the one that crashed. */
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(data, size);
    failed = 0;
done:
    if (failed) {
        fprintf(stderr, "%s: can't be read\n", path);
    }
    free(data);
    if (file) {
        fclose(file);
    }
    return failed;
}

static int run_folder(const char *path, size_t *count) {
    struct dirent **names;
    int n = scandir(path, &names, NULL, alphasort);
    int failed = n < 0;
    for (int i = 0; i < n; i++) {
        char full[4096];
        int len = snprintf(full, sizeof full, "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.') {
            failed |= len >= (int)sizeof full || run_file(full);
            ++*count;
        }
        free(names[i]);
    }
    if (n >= 0) {
        free(names);
    }
    return failed;
}

int main(int argc, char **argv) {
    size_t count = 0;
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (!stat(argv[i], &info) && S_ISDIR(info.st_mode)) {
            failed |= run_folder(argv[i], &count);
        } else {
            failed |= run_file(argv[i]);
            count++;
        }
    }
    if (count == 0) {
        fprintf(stderr, "usage: %s FILE|FOLDER...: nothing to run\n", argv[0]);
        return 2;
    }
    return failed;
}
