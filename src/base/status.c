#include "howfar/status.h"

const char *hf_status_text(hf_status status) {
    switch (status) {
        case HF_OK:
            return "ok";
        case HF_ERR_MEMORY:
            return "out of memory";
        case HF_ERR_IO:
            return "input or output error";
        case HF_ERR_DAMAGED:
            return "damaged data";
        case HF_ERR_RANGE:
            return "number out of range";
        case HF_ERR_NOT_FOUND:
            return "not found";
        case HF_ERR_AMBIGUOUS:
            return "ambiguous";
        case HF_ERR_PROJECTION:
            return "projection missing or unusable";
        case HF_ERR_GEOMETRY:
            return "unusable geometry";
        case HF_ERR_UNSUITABLE:
            return "unsuitable for this purpose";
        case HF_ERR_USAGE:
            return "wrong usage";
        case HF_ERR_CANCELLED:
            return "cancelled";
    }
    return "unknown status";
}
