"""The constituencies as faces of one planar graph.

All rings are cut into edges between lattice points, repeated edges dropped and
crossings noded; every face of the result belongs to the constituency that winds
around it, or to none. Spikes, slits and self-contacts of the source vanish here.
"""
import numpy as np
from shapely.geometry import MultiLineString
from shapely.ops import polygonize, unary_union


def ring_edges(ring):
    """Edges of a closed ring as rows x0, y0, x1, y1, in the ring's direction."""
    a, b = ring, np.roll(ring, -1, axis=0)
    moved = np.any(a != b, axis=1)
    return np.hstack([a[moved], b[moved]])


def faces_of(edges):
    """Polygons of the planar graph of undirected edges (rows x0 y0 x1 y1)."""
    swap = ((edges[:, 0] > edges[:, 2])
            | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3])))
    edges = np.where(swap[:, None], edges[:, [2, 3, 0, 1]], edges)
    edges = np.unique(edges, axis=0)
    lines = unary_union(MultiLineString(
        list(edges.astype(float).reshape(-1, 2, 2))))
    return list(polygonize(lines.geoms))


def inner_points(faces):
    return np.array([f.representative_point().coords[0] for f in faces])


def winding_numbers(points, edges):
    """How often the directed edges wind around each point."""
    x0, y0, x1, y1 = edges.T.astype(float)
    result = np.zeros(len(points), int)
    for i, (x, y) in enumerate(points):
        up, down = (y0 <= y) & (y1 > y), (y1 <= y) & (y0 > y)
        crossing = up | down
        at = x0[crossing] + ((y - y0[crossing]) * (x1 - x0)[crossing]
                             / (y1 - y0)[crossing])
        result[i] = np.sum(np.where(up[crossing], 1, -1)[at > x])
    return result


def owners_of(points, edges_by_owner):
    """The first owner, in order of code, that winds around each point."""
    owners = [None] * len(points)
    order = np.argsort(points[:, 0], kind="stable")
    xs = points[order, 0]
    for owner in sorted(edges_by_owner):
        edges = edges_by_owner[owner]
        low = np.minimum(edges[:, :2].min(0), edges[:, 2:].min(0))
        high = np.maximum(edges[:, :2].max(0), edges[:, 2:].max(0))
        near = order[np.searchsorted(xs, low[0]):np.searchsorted(xs, high[0])]
        y = points[near, 1]
        near = near[(y > low[1]) & (y < high[1])]
        winds = winding_numbers(points[near], edges)
        for i in near[winds != 0]:
            if owners[i] is None:
                owners[i] = owner
    return owners


def shared_edges(edges_by_owner):
    """(owner, owner, middle) of each edge that two owners have in common."""
    names = sorted(edges_by_owner)
    rows = []
    for number, name in enumerate(names):
        edges = edges_by_owner[name]
        swap = ((edges[:, 0] > edges[:, 2])
                | ((edges[:, 0] == edges[:, 2])
                   & (edges[:, 1] > edges[:, 3])))
        edges = np.unique(np.where(swap[:, None], edges[:, [2, 3, 0, 1]],
                                   edges), axis=0)
        rows.append(np.column_stack([edges, np.full(len(edges), number)]))
    rows = np.vstack(rows)
    rows = rows[np.lexsort(rows.T[::-1])]
    same = np.nonzero(np.all(rows[1:, :4] == rows[:-1, :4], axis=1))[0]
    for i in same:
        a, b = rows[i], rows[i + 1]
        yield names[a[4]], names[b[4]], ((a[0] + a[2]) / 2, (a[1] + a[3]) / 2)
