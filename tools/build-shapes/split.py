"""Splits a constituency that lies in two or more authorities.

The constituency becomes pixels, one per lattice cell. For each pair of its
authorities a field says how deep, in metres, a pixel lies on the first one's
side (below zero: on the other's). It comes from a coarse map of that border
(Natural Earth; the London boroughs), or where no map has it, from the towns and
villages on either side. It is then corrected where the truth is known near by:

- by how far the coarse line misses the same border between constituencies that
  lie in one authority each, averaged over some kilometres;
- by places that would fall on the wrong side, which the cut below can't give up;
- by a shift of the whole line, less near places, that gives an authority its
  published area.

Last, a minimum cut chooses the line. It trades depth on the wrong side against
length of line inside the constituency. So where the coarse line wanders beside
the constituency's own edge, the edge itself becomes the border, as it mostly is.
"""
import numpy as np
from scipy import ndimage, sparse
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

import sources

MARGIN_PX = 60
METRES_PER_DEG = 111250.0
# A strip on the wrong side is given up when it is narrower than this on average.
STRIP_M = 500.0
BORDER_REACH_M = 2000.0
# Places bend a line far around them first, then nearer, until it heeds them.
PLACE_REACHES_M = (1500.0, 700.0, 350.0)
PLACE_DEPTH_M = 500.0
DEEP_M = 1500.0
# Deeper than any line's length could outweigh.
CERTAIN_M = 1e5
MOST_SHIFT_M = 2500.0
# Beyond this from a place a line is moved in full.
HOLD_M = 2000.0
AREA_ROUNDS = 3


class Window:
    """A rectangle of pixels; pixel (0, 0) is the lattice point x0, y0."""

    def __init__(self, rings):
        points = np.vstack(rings)
        low, high = points.min(0) - MARGIN_PX, points.max(0) + MARGIN_PX
        self.origin = low.astype(int)
        self.width, self.height = (high - low).astype(int) + 1
        middle_deg = (low[1] + high[1]) / 2 / sources.LATTICE_PER_DEG
        self.dy = METRES_PER_DEG / sources.LATTICE_PER_DEG
        self.dx = self.dy * np.cos(np.radians(middle_deg))
        self.shape = (self.height, self.width)

    def pixels(self, points):
        """Column and row, as real numbers, of those points that are inside."""
        at = np.asarray(points, float).reshape(-1, 2) - self.origin
        inside = np.all((at >= 0) & (at <= [self.width - 1, self.height - 1]),
                        axis=1)
        return at[inside]

    def fill(self, rings):
        """Which pixels lie inside the rings (even-odd)."""
        toggles = np.zeros((self.height, self.width + 1), np.uint8)
        for ring in rings:
            start = ring - self.origin
            end = np.roll(start, -1, axis=0)
            for (xa, ya), (xb, yb) in zip(start, end):
                if ya == yb:
                    continue
                if ya > yb:
                    xa, ya, xb, yb = xb, yb, xa, ya
                rows = np.arange(max(0, int(np.ceil(ya))),
                                 min(self.height, int(np.ceil(yb))))
                if len(rows):
                    at = np.ceil(xa + (rows - ya) * (xb - xa) / (yb - ya))
                    columns = np.clip(at, 0, self.width).astype(int)
                    np.bitwise_xor.at(toggles, (rows, columns), 1)
        filled = np.bitwise_xor.accumulate(toggles, axis=1)
        return filled[:, :self.width].astype(bool)

    def depth(self, inside):
        """Metres from the edge, above zero inside; None for an empty area."""
        if not inside.any():
            return None
        step = (self.dy, self.dx)
        return (ndimage.distance_transform_edt(inside, sampling=step)
                - ndimage.distance_transform_edt(~inside, sampling=step))

    def distance_to(self, points):
        """Metres to the nearest of some points, which may lie outside."""
        rows, columns = np.mgrid[:self.height, :self.width]
        best = np.full(self.shape, np.inf)
        for x, y in np.asarray(points, float) - self.origin:
            best = np.minimum(best, np.hypot((columns - x) * self.dx,
                                             (rows - y) * self.dy))
        return best

    def disc(self, at, radius_m):
        """Rows and columns of the pixels around a spot."""
        column, row = np.rint(at).astype(int)
        wide, high = int(radius_m / self.dx) + 1, int(radius_m / self.dy) + 1
        rows, columns = np.mgrid[
            max(0, row - high):min(self.height, row + high + 1),
            max(0, column - wide):min(self.width, column + wide + 1)]
        near = np.hypot((columns - at[0]) * self.dx,
                        (rows - at[1]) * self.dy) <= radius_m
        return rows[near], columns[near]

    def smooth_mean(self, at, values, reach_m, doubt):
        """A mean of values near each pixel that fades to 0 away from them.

        doubt counts as so many values of 0 at the distance reach_m.
        """
        if not len(at):
            return np.zeros(self.shape)
        total, weight = np.zeros(self.shape), np.zeros(self.shape)
        columns, rows = np.rint(at).astype(int).T
        np.add.at(total, (rows, columns), values)
        np.add.at(weight, (rows, columns), 1.0)
        sigma = (reach_m / self.dy, reach_m / self.dx)
        total = ndimage.gaussian_filter(total, sigma, mode="constant")
        weight = ndimage.gaussian_filter(weight, sigma, mode="constant")
        unit = np.exp(-0.5) / (2 * np.pi * sigma[0] * sigma[1])
        return total / (weight + doubt * unit)


def _sample(field, at):
    return ndimage.map_coordinates(field, at.T[::-1], order=1, mode="nearest")


def _pair_field(window, one, other, maps, known, places):
    """Depth on one's side of the border of two authorities."""
    map_one, map_other = maps.get(one), maps.get(other)
    if map_one is not None and map_other is not None:
        field = (map_one - map_other) / 2
        at = window.pixels(known.get(tuple(sorted((one, other))), []))
        if len(at):
            field -= window.smooth_mean(at, _sample(field, at),
                                        BORDER_REACH_M, 3.0)
    else:
        sides = [[p for p, code, _ in places if code == c]
                 for c in (one, other)]
        if not sides[0] or not sides[1]:
            raise ValueError("no map and no places to part %s from %s"
                             % (one, other))
        field = (window.distance_to(sides[1])
                 - window.distance_to(sides[0])) / 2
    return _heed_places(window, field, one, other, places)


def _heed_places(window, field, one, other, places):
    spots, signs, reaches = [], [], []
    for point, code, reach_m in places:
        at = window.pixels([point])
        if reach_m > 0 and code in (one, other) and len(at):
            spots.append(at[0])
            signs.append(1.0 if code == one else -1.0)
            reaches.append(reach_m)
    if not spots:
        return field
    at, sign, reach = np.array(spots), np.array(signs), np.array(reaches)
    wanted = np.maximum(reach, PLACE_DEPTH_M)
    for reach_m in PLACE_REACHES_M:
        for _ in range(4):
            lack = np.minimum(_sample(field, at) * sign - wanted, 0)
            field = field - window.smooth_mean(at, lack * sign, reach_m, 0.3)
    for i in np.argsort(-reach, kind="stable"):  # the narrow ones decide
        field[window.disc(at[i], reach[i])] = sign[i] * CERTAIN_M
    return field


def _cut(window, field, mask):
    """The minimum cut: which pixels of the mask lie on the positive side."""
    number = -np.ones(window.shape, int)
    count = int(mask.sum())
    number[mask] = np.arange(count)
    source, sink = count, count + 1
    area = window.dx * window.dy
    depth = np.where(abs(field) < CERTAIN_M / 2,
                     np.clip(field, -DEEP_M, DEEP_M), field)
    pull = depth[mask] * area / (STRIP_M**2 / 2)
    nodes = np.arange(count)
    ends = [(np.full(count, source), nodes, np.maximum(pull, 0)),
            (nodes, np.full(count, sink), np.maximum(-pull, 0))]
    # Line length by crossings of lines in four directions (Cauchy-Crofton).
    steps = [(0, 1), (1, 1), (1, 0), (1, -1)]
    angles = np.array([np.arctan2(r * window.dy, c * window.dx)
                       for r, c in steps])
    gaps = np.diff(np.append(angles, angles[0] + np.pi))
    for i, (r, c) in enumerate(steps):
        spread = (gaps[i] + gaps[i - 1]) / 2
        length = np.hypot(r * window.dy, c * window.dx)
        a = number[:window.height - r, max(0, -c):window.width - max(0, c)]
        b = number[r:, max(0, c):window.width + min(0, c)]
        both = (a >= 0) & (b >= 0)
        weight = np.full(both.sum(), area * spread / (2 * length))
        ends += [(a[both], b[both], weight), (b[both], a[both], weight)]
    start, end, weight = (np.concatenate(part) for part in zip(*ends))
    capacity = np.rint(weight * 20).astype(np.int32)
    # The reverse of each edge must be there for the residual below.
    graph = sparse.csr_matrix(
        (np.concatenate([capacity, np.zeros_like(capacity)]),
         (np.concatenate([start, end]), np.concatenate([end, start]))),
        shape=(count + 2, count + 2))
    flow = maximum_flow(graph, source, sink).flow
    rest = (graph - flow).tocsr()
    rest.data = (rest.data > 0).astype(np.int8)
    rest.eliminate_zeros()
    reached = np.zeros(count + 2, bool)
    reached[breadth_first_order(rest, source,
                                return_predecessors=False)] = True
    side = np.zeros(window.shape, bool)
    side[mask] = reached[:count]
    return side


class Split:
    """Which authority each pixel of a constituency belongs to."""

    def __init__(self, rings, codes, regions, known, places):
        """regions: {code: rings}; known: {(code, code): points}; places:
        [(point, code, reach_m)], 0 for a coarse position. All on the
        lattice."""
        self.codes = codes
        self.window = window = Window(rings)
        self.inside = window.fill(rings)
        self.mask = ndimage.binary_dilation(self.inside, np.ones((3, 3)))
        maps = {c: window.depth(window.fill(regions[c]))
                for c in codes if regions.get(c)}
        # Per authority but the last: how deep a pixel lies on its side of the
        # border with those after it.
        self.fields = [
            np.min([_pair_field(window, code, other, maps, known, places)
                    for other in codes[i + 1:]], axis=0)
            for i, code in enumerate(codes[:-1])]
        sure = [point for point, _, reach_m in places if reach_m > 0]
        # How freely a line may be moved as a whole: not where places hold it.
        self.ease = np.ones(window.shape)
        if sure:
            self.ease = np.clip(window.distance_to(sure) / HOLD_M, 0.0, 1.0)
        self.labels = None

    def _areas(self, labels):
        """km2 of each authority."""
        counts = np.bincount(labels[self.inside], minlength=len(self.codes))
        return dict(zip(self.codes,
                        counts * self.window.dx * self.window.dy / 1e6))

    def _moved(self, shifts_m):
        """The fields, each authority's border moved outwards."""
        return [field + shift_m * self.ease
                for field, shift_m in zip(self.fields, shifts_m)]

    def areas_before_cut(self, shifts_m):
        labels = np.full(self.window.shape, len(self.fields))
        for i, field in reversed(list(enumerate(self._moved(shifts_m)))):
            labels[field > 0] = i
        return self._areas(labels)

    def areas(self):
        """km2 of each authority as settled."""
        return self._areas(self.labels)

    def settle(self, shifts_m=None):
        """Chooses the lines, each authority's moved outwards."""
        self.labels = np.zeros(self.window.shape, int)
        left = self.mask
        for i, field in enumerate(self._moved(shifts_m
                                              or [0.0] * len(self.fields))):
            taken = _cut(self.window, field, left)
            left = left & ~taken
            self.labels[left] = i + 1
        nearest = ndimage.distance_transform_edt(
            ~self.mask, return_distances=False, return_indices=True)
        self.labels = self.labels[tuple(nearest)]

    def owners_of(self, points):
        at = np.rint(np.asarray(points) - self.window.origin).astype(int)
        at = np.clip(at, 0, [self.window.width - 1, self.window.height - 1])
        return [self.codes[i] for i in self.labels[at[:, 1], at[:, 0]]]

    def lines(self):
        """Pixel edges between authorities, as rows x0 y0 x1 y1.

        They stick out of the constituency by a pixel, on purpose: noded
        together with its edges they cut it for certain, while a line that ends
        at an edge may end a hair short of it.
        """
        labels, mask, (x0, y0) = self.labels, self.mask, self.window.origin
        row, column = np.nonzero((labels[:, 1:] != labels[:, :-1])
                                 & (mask[:, 1:] | mask[:, :-1]))
        upright = np.column_stack([column + 0.5, row - 0.5,
                                   column + 0.5, row + 0.5])
        row, column = np.nonzero((labels[1:] != labels[:-1])
                                 & (mask[1:] | mask[:-1]))
        level = np.column_stack([column - 0.5, row + 0.5,
                                 column + 0.5, row + 0.5])
        return np.vstack([upright, level]) + [x0, y0, x0, y0]


class _Border:
    """What moves to give an authority its area: one field of one Split."""

    def __init__(self, name, split, code):
        self.split = split
        at = split.codes.index(code)
        # The last of two moves by the first one's field, the other way.
        self.sign = -1.0 if at == 1 and len(split.codes) == 2 else 1.0
        self.field = 0 if self.sign < 0 else at
        self.key = (name, self.field)
        self.can_move = self.field < len(split.fields)

    def shifted(self, shifts, shift_m):
        new = list(shifts)
        new[self.field] = self.sign * shift_m
        return new


def fit_areas(splits, wanted):
    """Settles all, borders moved until areas are as published.

    wanted: {authority: km2 it must have of its divided constituencies}, in the
    order in which they are to be heeded. All borders of one authority move by
    the same distance, at most MOST_SHIFT_M, and less near places; but for
    those that an earlier authority has moved. The cut changes areas too; so
    its effect is taken off what is wanted, and the shift found anew.
    """
    shifts = {name: [0.0] * len(s.fields) for name, s in splits.items()}
    for s in splits.values():
        s.settle()
    fixed = set()
    for code, area_km2 in wanted.items():
        borders = [_Border(name, s, code)
                   for name, s in sorted(splits.items()) if code in s.codes]
        movable = [b for b in borders if b.can_move and b.key not in fixed]
        if not movable:
            continue
        rest_km2 = area_km2 - sum(b.split.areas()[code] for b in borders
                                  if b not in movable)
        effect_km2 = 0.0
        for _ in range(AREA_ROUNDS):
            low, high = -MOST_SHIFT_M, MOST_SHIFT_M
            for _ in range(12):
                middle = (low + high) / 2
                before_km2 = sum(
                    b.split.areas_before_cut(
                        b.shifted(shifts[b.key[0]], middle))[code]
                    for b in movable)
                if before_km2 + effect_km2 < rest_km2:
                    low = middle
                else:
                    high = middle
            for b in movable:
                b.split.settle(b.shifted(shifts[b.key[0]], middle))
            effect_km2 = sum(b.split.areas()[code]
                             for b in movable) - before_km2
        for b in movable:
            shifts[b.key[0]] = b.shifted(shifts[b.key[0]], middle)
            fixed.add(b.key)
    return shifts
