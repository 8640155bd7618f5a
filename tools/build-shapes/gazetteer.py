"""Places whose authority is known, for use beside the lines.

GeoNames gives most of them, in two issues. The newer one is believed where they
differ; the older one has smaller places, and for some counties the district that
tells which of the new authorities a place is in.

places.csv adds what GeoNames lacks. Each of its rows needs a source that tells
which authority the place is in: either a GeoNames place of the same name and
authority near by, where only its position is too coarse (whole minutes of arc),
or what the row names as its source. Its reach_m tells how far around its position
the ground is surely the same authority's, less for a house than for a village.
"""
import unicodedata
from collections import defaultdict

import numpy as np

import earth
import sources

SAME_PLACE_M = 3000.0
# So far around its position all of a place is in its authority.
VILLAGE_REACH_M = 250.0
# Half a minute of arc, and the size of a village.
CONFIRMED_WITHIN_M = 1700.0


def fold(name):
    """Letters only, without case, accents or what stands after a comma."""
    bare = unicodedata.normalize("NFD", name.split(",")[0].casefold())
    bare = bare.replace("st. ", "saint ").replace("st ", "saint ")
    return "".join(c for c in bare if c.isalpha())


def _whole_arcminutes(degrees):
    return abs(degrees * 60 - round(degrees * 60)) < 0.002


class Place:
    def __init__(self, names, lon, lat, code):
        self.names = {fold(name) for name in names} - {""}
        self.lon, self.lat, self.code = lon, lat, code
        coarse = _whole_arcminutes(lon) and _whole_arcminutes(lat)
        self.reach_m = 0.0 if coarse else VILLAGE_REACH_M

    def distance_m(self, other):
        one, two = earth.to_grid(np.array([self.lon, other.lon]),
                                 np.array([self.lat, other.lat]))
        return np.hypot(*(one - two))


class Index:
    """Places by folded name."""

    def __init__(self):
        self.places = []
        self._by_name = defaultdict(list)

    def add(self, place):
        self.places.append(place)
        for name in place.names:
            self._by_name[name].append(place)

    def near(self, place, within_m):
        return [other for name in sorted(place.names)
                for other in self._by_name[name]
                if place.distance_m(other) <= within_m]


def _code_of(district, code_of):
    """The authority of "ENG.C9.16UB": by district, or else by county."""
    return code_of.get(district) or code_of.get(
        ".".join(district.split(".")[:2]))


def from_geonames(authorities, packages, cache):
    """An Index of those places of both issues whose authority is known."""
    code_of = {district: a["code"] for a in authorities
               for district in a["geonames"].split()}
    index, unknown = Index(), Index()
    for name, lon, lat, district in sources.read_places(packages, cache):
        code = _code_of(district, code_of)
        (index if code else unknown).add(Place([name], lon, lat, code))
    newer = Index()
    for names, lon, lat, district in sources.read_more_places(packages,
                                                              cache):
        place = Place(names, lon, lat, _code_of(district, code_of))
        if place.code and not index.near(place, SAME_PLACE_M):
            newer.add(place)
    for place in newer.places:
        index.add(place)
    return index


def read(authorities, packages, cache):
    """[(lattice point, authority, reach_m)], 0 for a coarse position."""
    index = from_geonames(authorities, packages, cache)
    added = []
    for row in sources.read_table("places.csv"):
        lon, lat = earth.from_grid([float(row["easting"])],
                                   [float(row["northing"])])
        place = Place([row["place"]], lon[0], lat[0], row["authority"])
        place.reach_m = float(row["reach_m"] or VILLAGE_REACH_M)
        if not row["source"] and not any(
                near.code == place.code
                for near in index.near(place, CONFIRMED_WITHIN_M)):
            raise sources.SourceError(
                "places.csv: %s: GeoNames knows no such place in %s near by, "
                "and no source is named" % (row["place"], row["authority"]))
        added.append(place)
    # A named source decides against GeoNames.
    wrong = {id(near) for place in added
             for near in index.near(place, CONFIRMED_WITHIN_M)
             if near.code != place.code}
    return [(sources.to_lattice([p.lon], [p.lat])[0], p.code, p.reach_m)
            for p in index.places + added if id(p) not in wrong]
