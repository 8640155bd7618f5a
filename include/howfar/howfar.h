/* howfar: how far placements are from a home local authority.
 *
 * This header includes the whole public interface and holds the version.
 *
 *     hf_context *ctx;
 *     hf_boundaries *set;
 *     hf_places *places;
 *     hf_place home, there;
 *     hf_distances d;
 *     if (hf_context_new(&ctx)) return 1;
 *     if (hf_boundaries_open(ctx, "shapes/howfar.shp", NULL, &set) ||
 *         hf_places_open(ctx, set, &places) ||
 *         hf_place_resolve(ctx, places, "Hertfordshire", 13, &home) ||
 *         hf_place_resolve(ctx, places, "Highland", 8, &there) ||
 *         hf_distance_between(ctx, set, &home, &there, &d)) {
 *         fprintf(stderr, "%s\n", hf_context_message(ctx));
 *         return 1;
 *     }
 *     printf("%.1f miles\n", hf_miles_from_m(d.nearest.dist_m));
 *
 * Conventions, everywhere:
 *   - What can fail returns hf_status; 0 is HF_OK. Inputs come first, outputs
 *     last, and outputs are untouched unless the call returned HF_OK.
 *   - The unit stands in the name: dist_m, lat_deg, length_m.
 *   - A returned pointer is borrowed; an out-parameter is owned by the caller.
 *     _new/_free, _open/_close and _init/_reset come in pairs, and what frees
 *     accepts NULL.
 *   - A context serves one thread at a time. What is loaded never changes
 *     afterwards, so one hf_boundaries serves any number of threads, each
 *     with a context of its own.
 *   - The library never prints, exits, reads the network or sets the locale.
 */
#ifndef HOWFAR_HOWFAR_H
#define HOWFAR_HOWFAR_H

#define HF_VERSION_MAJOR 0
#define HF_VERSION_MINOR 1
#define HF_VERSION_PATCH 0
#define HF_VERSION "0.1.0"

#include "howfar/adjacency.h"
#include "howfar/annotate.h"
#include "howfar/boundary.h"
#include "howfar/claim.h"
#include "howfar/classifier.h"
#include "howfar/context.h"
#include "howfar/coordinate.h"
#include "howfar/distance.h"
#include "howfar/document.h"
#include "howfar/geodesic.h"
#include "howfar/grouping.h"
#include "howfar/locate.h"
#include "howfar/map.h"
#include "howfar/place.h"
#include "howfar/postcode.h"
#include "howfar/progress.h"
#include "howfar/reconcile.h"
#include "howfar/report.h"
#include "howfar/shapefile.h"
#include "howfar/ssda903.h"
#include "howfar/status.h"
#include "howfar/units.h"

#endif
