#include "cli/paths.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#ifndef HF_DATA_DIR
#error "HF_DATA_DIR must name the folder of the tables"
#endif

/* The folder of the running program, without the last slash. */
static bool program_folder(char folder[PATHS_MOST]) {
    ssize_t len = readlink("/proc/self/exe", folder, PATHS_MOST - 1);
    if (len > 0) {
        folder[len] = '\0';
    } else {
        /* Without /proc, as in a bare chroot: the name it was started by. */
        const char *name = (const char *)(uintptr_t)getauxval(AT_EXECFN);
        if (!name || strlen(name) >= PATHS_MOST) {
            return false;
        }
        memcpy(folder, name, strlen(name) + 1);
    }
    char *slash = strrchr(folder, '/');
    if (!slash) {
        return false;
    }
    *slash = '\0';
    return true;
}

static bool holds_tables(const char *folder) {
    char table[PATHS_MOST];
    int len = snprintf(table, sizeof table, "%s/authorities.csv", folder);
    return len > 0 && (size_t)len < sizeof table && !access(table, R_OK);
}

bool paths_data_dir(char path[PATHS_MOST]) {
    char folder[PATHS_MOST];
    bool has_folder = program_folder(folder);
    static const char *const places[] = {"/../share/howfar", "/../../shapes"};
    int len = snprintf(path, PATHS_MOST, "%s", HF_DATA_DIR);
    if (len > 0 && holds_tables(path)) {
        return true;
    }
    for (size_t i = 0; has_folder && i < sizeof places / sizeof *places; i++) {
        len = snprintf(path, PATHS_MOST, "%s%s", folder, places[i]);
        if (len > 0 && len < PATHS_MOST && holds_tables(path)) {
            return true;
        }
    }
    return false;
}

bool paths_shapes(const char *option, char path[PATHS_MOST]) {
    const char *from_env = getenv("HOWFAR_SHAPES");
    const char *chosen = option                  ? option
                         : from_env && *from_env ? from_env
                                                 : NULL;
    if (chosen) {
        int len = snprintf(path, PATHS_MOST, "%s", chosen);
        return len > 0 && len < PATHS_MOST;
    }
    return paths_data_dir(path);
}
