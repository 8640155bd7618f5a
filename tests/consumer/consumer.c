/* A program as a stranger would write it: only what is installed, found
 * through pkg-config. Prints the version and checks that the library works. */
#include <howfar/howfar.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    hf_context *ctx = NULL;
    if (hf_context_new(&ctx)) {
        fputs("no context\n", stderr);
        return 1;
    }
    int failed = 0;
    if (strcmp(hf_status_text(HF_OK), hf_status_text(HF_ERR_IO)) == 0) {
        fputs("statuses look the same\n", stderr);
        failed = 1;
    }
    /* The data folder that the library was installed with. */
    printf("howfar %s, %s\n", HF_VERSION, hf_context_data_dir(ctx));
    if (fabs(hf_miles_from_m(1609.344) - 1) > 1e-15) {
        fputs("a mile is not a mile\n", stderr);
        failed = 1;
    }
    hf_context_free(ctx);
    return failed;
}
