#include "cli/paths.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/auxv.h>
#include <sys/stat.h>
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

/* False when the text does not fit. */
static bool write_text(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool write_text(char *out, size_t size, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len = vsnprintf(out, size, format, args);
    va_end(args);
    return len >= 0 && (size_t)len < size;
}

bool paths_user_shapes(char path[PATHS_MOST]) {
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (data && *data == '/') { /* the standard has others ignored */
        return write_text(path, PATHS_MOST, "%s/howfar/shapes", data);
    }
    return home && *home &&
           write_text(path, PATHS_MOST, "%s/.local/share/howfar/shapes", home);
}

static bool is_there(const char *folder, const char *name, const char *end) {
    char path[PATHS_MOST];
    struct stat about;
    return write_text(path, sizeof path, "%s/%s%s", folder, name, end) &&
           !stat(path, &about);
}

/* What may be the name of an installed set and is nothing else. */
static bool is_name(const char *text) {
    size_t len = strlen(text);
    bool is_file = len >= 4 && !strcasecmp(text + len - 4, ".shp");
    return *text && *text != '.' && !strchr(text, '/') && !is_file &&
           !is_there(".", text, "") && !is_there(".", text, ".shp");
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* The names of the folders in `folder`, as many as fit: "a, b". */
static void list_sets(const char *folder, char *out, size_t size) {
    struct dirent **entries;
    int n = scandir(folder, &entries, is_visible, alphasort);
    size_t len = 0;
    *out = '\0';
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (is_there(folder, name, "/.") &&
            write_text(out + len, size - len, "%s%s", len ? ", " : "", name)) {
            len += strlen(out + len);
        } else {
            out[len] = '\0';
        }
        free(entries[i]);
    }
    if (n >= 0) {
        free(entries);
    }
}

static bool find_installed(const char *name, char path[PATHS_MOST],
                           char problem[PATHS_MOST]) {
    char folder[PATHS_MOST / 2];
    char there[PATHS_MOST / 4];
    char places[PATHS_MOST];
    if (!paths_user_shapes(places) ||
        !write_text(folder, sizeof folder, "%s", places)) {
        snprintf(problem, PATHS_MOST,
                 "no boundary file or folder \"%.500s\" here, and no user's "
                 "data folder to look in: set HOME, or XDG_DATA_HOME to a full "
                 "path",
                 name);
        return false;
    }
    if (is_there(folder, name, "/.")) {
        return write_text(path, PATHS_MOST, "%s/%s", folder, name);
    }
    list_sets(folder, there, sizeof there);
    snprintf(problem, PATHS_MOST,
             "no boundary set \"%.500s\": neither a file or folder here nor "
             "installed in %s, which %s%s",
             name, folder, *there ? "holds " : "is empty or missing",
             *there ? there : "");
    return false;
}

bool paths_shapes(const char *option, char path[PATHS_MOST],
                  char problem[PATHS_MOST]) {
    const char *from_env = getenv("HOWFAR_SHAPES");
    const char *chosen = option                  ? option
                         : from_env && *from_env ? from_env
                                                 : NULL;
    if (!chosen) {
        write_text(problem, PATHS_MOST,
                   "no boundary set: name one with --shapes PATH or in "
                   "HOWFAR_SHAPES");
        return paths_data_dir(path);
    }
    if (is_name(chosen)) {
        return find_installed(chosen, path, problem);
    }
    write_text(problem, PATHS_MOST,
               "the path of the boundary set is longer than %d bytes",
               PATHS_MOST - 1);
    return write_text(path, PATHS_MOST, "%s", chosen);
}
