"""Smooths arcs, thins them out, and proves that nothing crosses.

The lattice turns a straight border into stairs. A running mean takes the stairs
out, but moves no point of the source further than half a cell, which is as far
as the lattice can have moved it. Then Douglas and Peucker's method thins the
points. Where two lines would cross or touch, the stretch concerned is done again
with more of its points, at last with the lattice's own: those can't cross.
"""
import numpy as np
from shapely.geometry import LineString
from shapely.strtree import STRtree

import sources
from earth import to_grid

PASSES = 6


def smooth(points, loose, passes=PASSES):
    """Running means (1 2 1) that keep nodes and stay in each point's cell."""
    original = np.array(points, float)
    moved = original.copy()
    for _ in range(passes):
        if loose:
            ring = moved[:-1]
            ring = (np.roll(ring, 1, 0) + 2 * ring + np.roll(ring, -1, 0)) / 4
            moved = np.vstack([ring, ring[:1]])
        else:
            moved[1:-1] = (moved[:-2] + 2 * moved[1:-1] + moved[2:]) / 4
        moved = np.clip(moved, original - 0.5, original + 0.5)
    return moved


def _far_points(line, tolerance, must):
    """Douglas and Peucker: which points to keep; must are kept anyhow."""
    keep = must.copy()
    keep[[0, -1]] = True
    fixed = np.nonzero(keep)[0]
    stack = list(zip(fixed, fixed[1:]))
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        start, step = line[a], line[b] - line[a]
        inner = line[a + 1:b] - start
        length2 = step @ step
        if length2 > 0:
            t = np.clip(inner @ step / length2, 0, 1)
            inner = inner - t[:, None] * step
        far = np.hypot(inner[:, 0], inner[:, 1])
        worst = int(np.argmax(far))
        if far[worst] > tolerance:
            middle = a + 1 + worst
            keep[middle] = True
            stack += [(a, middle), (middle, b)]
    return keep


class Line:
    """An arc on its way from the lattice to the grid."""

    def __init__(self, arc, tolerance_m):
        self.arc, self.tolerance_m = arc, tolerance_m
        self.raw = _metres(arc.points)
        self.soft = _metres(smooth(arc.points, arc.loose))
        self.all = np.zeros(len(arc.points), bool)
        self.rough = np.zeros(len(arc.points), bool)
        if arc.points[0] == arc.points[-1]:
            # A ring needs three corners at least.
            n = len(arc.points) - 1
            self.all[[n // 3, 2 * n // 3]] = True
        self.redo()

    def redo(self):
        line = np.where(self.rough[:, None], self.raw, self.soft)
        self.kept = np.nonzero(
            _far_points(line, self.tolerance_m, self.all))[0]
        self.points = [tuple(p) for p in line[self.kept]]

    def refine(self, segment, reach):
        """More points around a segment; the second time, the lattice's own."""
        low = max(0, self.kept[segment] - reach)
        high = self.kept[segment + 1] + reach + 1
        if self.all[low:high].all():
            self.rough[low:high] = True
        self.all[low:high] = True
        if self.arc.loose:
            # First and last are one point.
            self.rough[[0, -1]] = self.rough[[0, -1]].any()


def _metres(points):
    return np.rint(to_grid(*sources.from_lattice(points)))


def _clashes(lines):
    """(line, segment) of all segments that meet another but at its end."""
    segments, tags = [], []
    for i, line in enumerate(lines):
        for k, (a, b) in enumerate(zip(line.points, line.points[1:])):
            segments.append(LineString([a, b]))
            tags.append((i, k))
    number = {id(s): n for n, s in enumerate(segments)}
    tree = STRtree(segments)
    found = set()
    for n, segment in enumerate(segments):
        a, b = segment.coords
        if a == b:
            found.add(tags[n])
            continue
        for near in tree.query(segment):
            m = number[id(near)]
            if m <= n:
                continue
            shared = {a, b} & set(near.coords)
            if len(shared) == 2:
                bad = True
            elif shared:
                # Bad only when one lies along the other.
                cross = segment.intersection(near)
                bad = cross.geom_type != "Point"
            else:
                bad = segment.intersects(near)
            if bad:
                found.update([tags[n], tags[m]])
    return found


def simplify(arcs, border_m, coast_m, report=None):
    """Gives each arc its final points: whole metres, and no two crossing."""
    lines = [Line(arc, coast_m if arc.is_coast else border_m) for arc in arcs]
    for attempt in range(40):
        clashes = sorted(_clashes(lines))
        if report:
            report("simplify: pass %d, %d clashes" % (attempt, len(clashes)))
        if not clashes:
            break
        for i, k in clashes:
            lines[i].refine(k, 1 + attempt // 2)
        for i in sorted({i for i, _ in clashes}):
            lines[i].redo()
    else:
        raise RuntimeError("lines still cross after 40 passes")
    for line in lines:
        line.arc.points = line.points
