"""From labelled faces to arcs, and from arcs back to polygons.

An arc is the line between two areas (or an area and the sea) from one node,
where three or more meet, to the next. Both areas refer to the same arc, so
whatever is done to an arc is done to both, and they keep fitting together.
"""
from collections import defaultdict

import numpy as np
from shapely.geometry.polygon import orient

# Half the length of a border made by open_corners; about 12 m.
CORNER_CELLS = 0.15


class Arc:
    """Points, with the owner of the area on either side (None: water).

    A loose arc is a ring without a node.
    """

    def __init__(self, left, right, points, loose):
        self.left, self.right = left, right
        self.points, self.loose = points, loose

    @property
    def is_coast(self):
        return self.left is None or self.right is None


def owners_left_of_edges(faces, owners):
    """{(a, b): owner of the face on the left}, for both directions."""
    left = {}
    for face, owner in zip(faces, owners):
        face = orient(face)
        for ring in [face.exterior] + list(face.interiors):
            points = [tuple(point) for point in ring.coords]
            for edge in zip(points, points[1:]):
                left[edge] = owner
    return left


def build_arcs(faces, owners):
    left = owners_left_of_edges(faces, owners)
    sides = {(a, b): (owner, left.get((b, a)))
             for (a, b), owner in left.items()
             if owner != left.get((b, a))}
    for (a, b), (one, other) in list(sides.items()):
        sides[(b, a)] = (other, one)
    ways = defaultdict(list)
    for a, b in sides:
        ways[a].append(b)
    nodes = {p for p, ends in ways.items() if len(ends) != 2}
    used, arcs = set(), []
    # Nodes first; what is left then are rings without a node.
    for start in sorted(nodes) + sorted(set(ways) - nodes):
        for following in sorted(ways[start]):
            if (start, following) in used:
                continue
            points = [start, following]
            while points[-1] not in nodes and points[-1] != start:
                one, other = ways[points[-1]]
                points.append(one if one != points[-2] else other)
            used.update(zip(points, points[1:]))
            used.update(zip(points[1:], points))
            arcs.append(Arc(*sides[(start, following)], points,
                            start not in nodes))
    return arcs


def _angle(node, end):
    return np.arctan2(end[2][1] - node[1], end[2][0] - node[0])


def _between(node, one, other):
    """A point near the node, halfway between two ends, anticlockwise."""
    start = _angle(node, one)
    angle = start + ((_angle(node, other) - start) % (2 * np.pi)) / 2
    return (node[0] + CORNER_CELLS * np.cos(angle),
            node[1] + CORNER_CELLS * np.sin(angle))


def open_corners(arcs, pairs):
    """Where four areas meet in a point, gives two of them a short border.

    For those pairs of areas that are known to have one, too short for the
    lattice to show. Returns how many corners it opened.
    """
    ends = defaultdict(list)
    for arc in arcs:
        ends[arc.points[0]].append((arc, 0, arc.points[1], arc.left))
        ends[arc.points[-1]].append((arc, -1, arc.points[-2], arc.right))
    opened = 0
    for node, out in sorted(ends.items(), key=lambda item: item[0]):
        if len(out) != 4:
            continue
        # Anticlockwise; each with the area between it and the next one.
        out.sort(key=lambda end: _angle(node, end))
        for i in (0, 1):
            first, second, third, fourth = out[i:] + out[:i]
            if {first[3], third[3]} not in pairs:
                continue
            ahead = _between(node, second, third)
            behind = _between(node, fourth, first)
            for end, to in ((second, ahead), (third, ahead),
                            (fourth, behind), (first, behind)):
                end[0].points[end[1]] = to
            arcs.append(Arc(third[3], first[3], [behind, ahead], False))
            opened += 1
            break
    return opened


def _clockwise(before, at, after):
    """The angle from the way back to the way on, clockwise, above zero."""
    back = np.arctan2(before[1] - at[1], before[0] - at[0])
    on = np.arctan2(after[1] - at[1], after[0] - at[0])
    angle = (back - on) % (2 * np.pi)
    return angle if angle > 1e-12 else 2 * np.pi


def _cut_at_repeats(ring):
    """Rings that pass no point twice, from one that may."""
    done, stack, place = [], [], {}
    for point in ring[:-1]:
        if point in place:
            at = place[point]
            loop = stack[at:]
            done.append(loop + [point])
            for gone in loop[1:]:
                del place[gone]
            del stack[at + 1:]
        else:
            place[point] = len(stack)
            stack.append(point)
    done.append(stack + [stack[0]])
    return done


def rings_of(owner, arcs):
    """Closed rings with the owner's area on their left."""
    lines = [arc.points for arc in arcs if arc.left == owner]
    lines += [arc.points[::-1] for arc in arcs if arc.right == owner]
    starts = defaultdict(list)
    for i, line in enumerate(lines):
        starts[line[0]].append(i)
    used, rings = set(), []
    for first, line in enumerate(lines):
        if first in used:
            continue
        ring, here = [line[0]], first
        while here not in used:
            used.add(here)
            line = lines[here]
            ring += line[1:]
            here = min(starts[line[-1]], key=lambda i: _clockwise(
                line[-2], line[-1], lines[i][1]))
        rings += _cut_at_repeats(ring)
    return rings


def ring_area(ring):
    """Above zero for an anticlockwise ring."""
    x, y = np.array(ring).T
    x, y = x - x[0], y - y[0]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2
