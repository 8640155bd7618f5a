#include "base/library.h"

#include <dlfcn.h>
#include <pthread.h>

#include "base/context.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static hf_status load(hf_context *ctx, hf__library *library) {
    /* Stays loaded as long as the process runs. */
    void *handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) {
        return hf__fail(ctx, HF_ERR_IO, "%s can't be loaded: %s",
                        library->soname, dlerror());
    }
    for (size_t i = 0; i < library->n; i++) {
        library->functions[i] = dlsym(handle, library->names[i]);
        if (!library->functions[i]) {
            return hf__fail(ctx, HF_ERR_IO, "%s has no function %s",
                            library->soname, library->names[i]);
        }
    }
    library->is_loaded = true;
    return HF_OK;
}

hf_status hf__library_load(hf_context *ctx, hf__library *library) {
    pthread_mutex_lock(&mutex);
    hf_status status = library->is_loaded ? HF_OK : load(ctx, library);
    pthread_mutex_unlock(&mutex);
    return status;
}
