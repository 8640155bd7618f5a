"""Shapely, pyproj and scipy, vectorised by hand.

    vectorised.py SHAPEFILE HOME ADJOINING ROWS ANSWERS

Transforms all rows at once; asks each area about the rows in its box; finds the
nearest stretches of the home authority's border with a tree of points on it,
earth-centred, and then the nearest point of the best of sixteen stretches; takes
geodesics to that and to the centre.
"""

import sys

import geopandas
import numpy
import pandas
import pyproj
import scipy.spatial
import shapely

try:
    from shapely.vectorized import contains as contains_by_shapely_1
except ImportError:  # version 2.1 and later
    pass

MILE_M = 1609.344
STEP_M = 200.0
geod = pyproj.Geod(ellps="WGS84")
centred = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)


def earth_centred(lon, lat):
    zero = numpy.zeros(len(lon))
    return numpy.column_stack(centred.transform(lon, lat, zero))


def contains(area, x, y):
    if hasattr(shapely, "contains_xy"):
        shapely.prepare(area)
        return shapely.contains_xy(area, x, y)
    return contains_by_shapely_1(area, x, y)


def code_field(areas):
    return next(c for c in areas.columns if c.lower().endswith("cd"))


def stretches(area):
    """The border in stretches of at most STEP_M, in the plane."""
    starts, ends = [], []
    for part in getattr(area, "geoms", [area]):
        for ring in (part.exterior, *part.interiors):
            at = numpy.asarray(ring.coords)
            length = numpy.hypot(*(at[1:] - at[:-1]).T)
            n = numpy.maximum(1, numpy.ceil(length / STEP_M)).astype(int)
            edge = numpy.repeat(numpy.arange(len(n)), n)
            k = numpy.arange(len(edge)) - numpy.repeat(n.cumsum() - n, n)
            way = (at[1:] - at[:-1])[edge] / n[edge, None]
            starts.append(at[:-1][edge] + k[:, None] * way)
            ends.append(starts[-1] + way)
    return numpy.vstack(starts), numpy.vstack(ends)


def border_m(area, to_plane, lon, lat):
    start, end = stretches(area)
    inverse = pyproj.enums.TransformDirection.INVERSE
    a = earth_centred(*to_plane.transform(*start.T, direction=inverse))
    b = earth_centred(*to_plane.transform(*end.T, direction=inverse))
    middle = (a + b) / 2
    p = earth_centred(lon, lat)
    near = scipy.spatial.cKDTree(middle).query(p, k=min(16, len(middle)))[1]
    near = near.reshape(len(p), -1)
    best, at = numpy.full(len(p), numpy.inf), numpy.empty_like(p)
    for column in near.T:
        u, v = a[column], b[column] - a[column]
        t = ((p - u) * v).sum(1) / (v * v).sum(1)
        q = u + numpy.clip(t, 0, 1)[:, None] * v
        chord = ((p - q) ** 2).sum(1)
        closer = chord < best
        best = numpy.where(closer, chord, best)
        at[closer] = q[closer]
    back = centred.transform(*at.T, direction=inverse)
    return geod.inv(lon, lat, back[0], back[1])[2]


def main():
    shapefile, home, adjoining, source, answers = sys.argv[1:]
    areas = geopandas.read_file(shapefile)
    codes = areas[code_field(areas)].to_numpy()
    neighbours = set(open(adjoining).read().split())
    to_plane = pyproj.Transformer.from_crs(4326, areas.crs, always_xy=True)
    rows = pandas.read_csv(source, dtype={"provider": str})
    lon, lat = rows.longitude.to_numpy(), rows.latitude.to_numpy()
    known = numpy.flatnonzero(~numpy.isnan(lon))
    lon, lat = lon[known], lat[known]
    x, y = to_plane.transform(lon, lat)
    code = numpy.full(len(known), "", dtype=object)
    order = numpy.argsort(x)
    sorted_x = x[order]
    for area, name in zip(areas.geometry, codes):
        box = area.bounds
        some = order[slice(*numpy.searchsorted(sorted_x, (box[0], box[2])))]
        some = some[(y[some] >= box[1]) & (y[some] <= box[3])]
        code[some[contains(area, x[some], y[some])]] = name
    at_home = areas.geometry[numpy.flatnonzero(codes == home)[0]]
    border = border_m(at_home, to_plane, lon, lat) / MILE_M
    border[code == home] = 0
    centre = to_plane.transform(
        at_home.centroid.x, at_home.centroid.y, direction="INVERSE"
    )
    n = len(lon)
    miles = geod.inv(
        lon, lat, numpy.full(n, centre[0]), numpy.full(n, centre[1])
    )[2]
    category = numpy.where(
        code == home,
        "in-county",
        numpy.where(
            numpy.isin(code.astype(str), list(neighbours)),
            "neighbouring",
            numpy.where(code == "", "unknown", "distant"),
        ),
    )
    for name, values in (
        ("code", code),
        ("border", numpy.round(border, 4)),
        ("centre", numpy.round(miles / MILE_M, 4)),
        ("category", category),
    ):
        rows[name] = pandas.Series(values, index=known)
    rows.to_csv(answers, index=False)


if __name__ == "__main__":
    main()
