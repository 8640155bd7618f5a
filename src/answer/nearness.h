/* What counts as near, for all that locates points off the coast. */
#ifndef HOWFAR_ANSWER_NEARNESS_H
#define HOWFAR_ANSWER_NEARNESS_H

/* Distances as near to each other as this are equal: neighbours share the
 * vertices of their common border, but each is measured along its own pieces.
 */
#define HF__EQUAL_M 1e-4

/* Up to here the scale of the plane over the set's extent also holds beside
 * it. */
#define HF__PRUNED_COAST_M 50e3

/* A point taken to the plane and back moves by up to a millimetre (between two
 * ellipsoids PROJ drops the height), so what the plane says of a distance holds
 * within this. */
#define HF__ROUND_TRIP_M 0.01

#endif
