#include "cli/returns.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef hf_status (*reader)(hf_context *ctx, hf_ssda903_children *children,
                            int fd, const char *label);

static bool read_file(returns *r, const session *s, const char *path,
                      reader read_children, int *exit_out) {
    if (!path) {
        return true;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        cli_error("%s: %s", path, strerror(errno));
        *exit_out = CLI_COULD_NOT;
        return false;
    }
    hf_status status = read_children(s->ctx, r->children, fd, path);
    close(fd);
    if (status) {
        *exit_out = session_failed(s, status);
    }
    return !status;
}

bool returns_open(returns *r, const session *s, hf_annotate_options *options,
                  int *exit_out) {
    if (!r->header && !r->uasc) {
        return true;
    }
    hf_status status = hf_ssda903_children_new(s->ctx, &r->children);
    if (status) {
        *exit_out = session_failed(s, status);
        return false;
    }
    options->uasc = r->children;
    return read_file(r, s, r->uasc, hf_ssda903_children_read_uasc, exit_out) &&
           read_file(r, s, r->header, hf_ssda903_children_read_header,
                     exit_out);
}

void returns_close(returns *r) {
    hf_ssda903_children_free(r->children);
    r->children = NULL;
}
