"""python3 -m unittest discover -s tools/build-shapes"""
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
from shapely.geometry import Polygon, box  # noqa: E402

import arcs  # noqa: E402
import earth  # noqa: E402
import gazetteer  # noqa: E402
import mosaic  # noqa: E402
import simplify  # noqa: E402
import sources  # noqa: E402
import split  # noqa: E402


class Earth(unittest.TestCase):
    def test_projects_the_example_of_ordnance_surveys_guide(self):
        lat = np.radians([52 + 39 / 60 + 27.2531 / 3600])
        lon = np.radians([1 + 43 / 60 + 4.5177 / 3600])
        east, north = earth.project(lat, lon)[0]
        self.assertAlmostEqual(east, 651409.903, delta=0.002)
        self.assertAlmostEqual(north, 313177.270, delta=0.002)

    def test_from_grid_undoes_to_grid(self):
        lon, lat = np.array([-7.9, -2.0, 1.7]), np.array([54.5, 60.8, 50.1])
        back = earth.from_grid(*earth.to_grid(lon, lat).T)
        np.testing.assert_allclose(back, [lon, lat], atol=1e-9)


class Sources(unittest.TestCase):
    def test_decodes_zigzag_differences(self):
        text = "".join(chr(c + 64) for c in (2, 1, 0, 4))
        ring = sources._decode_ring(text, [10, 20])
        self.assertEqual(ring.tolist(), [[11, 19], [11, 21]])

    def test_lattice_undoes_itself(self):
        lon, lat = sources.from_lattice(sources.to_lattice([-1.5], [52.25]))
        self.assertEqual((lon[0], lat[0]), (-1.5, 52.25))

    def test_tables_agree(self):
        codes = {a["code"] for a in sources.read_table("authorities.csv")}
        rows = sources.read_table("constituencies.csv")
        used = {c for row in rows for c in row["authorities"].split()}
        self.assertEqual((len(codes), len(rows)), (218, 650))
        self.assertEqual(used, codes)
        for row in sources.read_table("places.csv"):
            self.assertIn(row["authority"], codes, row["place"])
            self.assertTrue(0 < int(row["easting"]) < 700000, row["place"])
            self.assertTrue(0 < int(row["northing"]) < 1300000, row["place"])


class Gazetteer(unittest.TestCase):
    """With GeoNames and places.csv as given here."""

    AUTHORITIES = [{"code": "W", "geonames": "ENG.A1 ENG.C9.1"},
                   {"code": "E", "geonames": "ENG.B2 ENG.C9.2"}]

    def read(self, newer, older=(), rows=()):
        saved = (sources.read_places, sources.read_more_places,
                 sources.read_table)
        sources.read_places = lambda *_: newer
        sources.read_more_places = lambda *_: older
        sources.read_table = lambda _: rows
        try:
            found = gazetteer.read(self.AUTHORITIES, None, None)
        finally:
            (sources.read_places, sources.read_more_places,
             sources.read_table) = saved
        return [(code, reach_m) for _, code, reach_m in found]

    def row(self, place, lon, lat, code, source="", reach_m=""):
        east, north = earth.to_grid([lon], [lat])[0]
        return {"place": place, "easting": "%.0f" % east,
                "northing": "%.0f" % north, "authority": code,
                "reach_m": reach_m, "source": source}

    def test_folds_names(self):
        self.assertEqual(gazetteer.fold("Saint Bees"),
                         gazetteer.fold("St. Bees"))
        self.assertEqual(gazetteer.fold("Burton, Dorset"),
                         gazetteer.fold("BURTON"))

    def test_the_newer_issue_is_believed(self):
        self.assertEqual(
            self.read([("Aston", -1.234, 52.1, "ENG.A1")],
                      [({"Aston"}, -1.235, 52.101, "ENG.B2"),
                       ({"Barton"}, -1.235, 52.101, "ENG.B2")]),
            [("W", 250), ("E", 250)])

    def test_a_district_tells_what_its_county_does_not(self):
        self.assertEqual(
            self.read([("Aston", -1.234, 52.1, "ENG.C9")],
                      [({"Aston"}, -1.234, 52.1, "ENG.C9.2")]),
            [("E", 250)])

    def test_whole_minutes_are_not_exact(self):
        self.assertEqual(self.read([("Aston", -1.25, 52.1, "ENG.A1")]),
                         [("W", 0)])

    def test_a_row_needs_geonames_or_a_source(self):
        newer = [("Aston", -1.25, 52.1, "ENG.A1")]
        confirmed = self.row("Aston", -1.255, 52.103, "W")
        self.assertEqual(self.read(newer, rows=[confirmed]),
                         [("W", 0), ("W", 250)])
        for row in (self.row("Barton", -1.255, 52.103, "W"),
                    self.row("Aston", -1.255, 52.103, "E"),
                    self.row("Aston", -1.25, 52.15, "W")):
            with self.assertRaises(sources.SourceError):
                self.read(newer, rows=[row])

    def test_a_row_tells_how_far_it_reaches(self):
        house = self.row("House", -1.255, 52.103, "W", "a list", "80")
        self.assertEqual(self.read([], rows=[house]), [("W", 80)])

    def test_a_named_source_decides_against_geonames(self):
        self.assertEqual(
            self.read([("Aston", -1.251, 52.1, "ENG.A1")],
                      rows=[self.row("Aston", -1.252, 52.1, "E", "a book")]),
            [("E", 250)])


class Mosaic(unittest.TestCase):
    def test_overlaps_spikes_and_repeats_become_faces_with_owners(self):
        west = np.array([[0, 0], [2, 0], [2, 0], [2, 2], [2, 5], [2, 2],
                         [0, 2]])
        east = np.array([[2, 0], [4, 0], [4, 2], [2, 2]])
        of = {"west": mosaic.ring_edges(west), "east": mosaic.ring_edges(east)}
        faces = mosaic.faces_of(np.vstack(list(of.values())))
        owners = mosaic.owners_of(mosaic.inner_points(faces), of)
        self.assertEqual(sorted(owners), ["east", "west"])
        self.assertEqual([face.area for face in faces], [4.0, 4.0])


    def test_shared_edges_are_those_of_two_owners(self):
        west = np.array([[0, 0], [2, 0], [2, 2], [0, 2]])
        east = np.array([[2, 0], [4, 0], [4, 2], [2, 2]])
        of = {"west": mosaic.ring_edges(west), "east": mosaic.ring_edges(east)}
        self.assertEqual(list(mosaic.shared_edges(of)),
                         [("east", "west", (2.0, 1.0))])


class Arcs(unittest.TestCase):
    def areas(self, faces, owners, change=None):
        made = arcs.build_arcs(faces, owners)
        if change:
            change(made)
        return {owner: sum(arcs.ring_area(ring)
                           for ring in arcs.rings_of(owner, made))
                for owner in set(owners) - {None}}

    def test_rings_give_back_the_areas(self):
        faces = [box(0, 0, 2, 2), box(2, 0, 4, 2), box(0, 2, 4, 4)]
        self.assertEqual(self.areas(faces, ["a", "b", "c"]),
                         {"a": 4.0, "b": 4.0, "c": 8.0})

    def test_an_enclave_is_a_hole_of_its_neighbour(self):
        inner = box(1, 1, 2, 2)
        outer = box(0, 0, 3, 3).difference(inner)
        self.assertEqual(self.areas([outer, inner], ["a", "b"]),
                         {"a": 8.0, "b": 1.0})

    def test_an_area_that_touches_itself_gets_rings_that_do_not(self):
        faces = [box(0, 0, 1, 1), box(1, 1, 2, 2), box(1, 0, 2, 1),
                 box(0, 1, 1, 2)]
        made = arcs.build_arcs(faces, ["a", "a", "b", "b"])
        for owner in "ab":
            rings = arcs.rings_of(owner, made)
            self.assertEqual(len(rings), 2)
            self.assertTrue(all(Polygon(r).is_valid for r in rings))

    def test_a_corner_opens_for_the_pair_that_is_named(self):
        faces = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(1, 1, 2, 2),
                 box(0, 1, 1, 2)]
        made = arcs.build_arcs(faces, ["sw", "se", "ne", "nw"])
        before = {frozenset((a.left, a.right)) for a in made}
        self.assertNotIn(frozenset(("sw", "ne")), before)
        self.assertEqual(arcs.open_corners(made, [{"sw", "ne"}]), 1)
        new = [a for a in made if {a.left, a.right} == {"sw", "ne"}]
        self.assertEqual(len(new), 1)
        total = sum(arcs.ring_area(ring) for owner in ("sw", "se", "ne", "nw")
                    for ring in arcs.rings_of(owner, made))
        self.assertAlmostEqual(total, 4.0)
        for owner in ("sw", "se", "ne", "nw"):
            ring, = arcs.rings_of(owner, made)
            self.assertTrue(Polygon(ring).is_valid)
            self.assertAlmostEqual(arcs.ring_area(ring), 1.0, delta=0.2)


class Simplify(unittest.TestCase):
    def test_stairs_become_a_straight_line(self):
        stairs = [(i // 2, (i + 1) // 2) for i in range(81)]
        line = simplify.Line(arcs.Arc("a", "b", stairs, False), 20.0)
        self.assertLess(len(line.points), 8)

    def test_no_point_leaves_its_cell(self):
        points = [(0, 0), (5, 0), (5, 5), (6, 5), (6, 40)]
        moved = simplify.smooth(points, False)
        self.assertLessEqual(np.abs(moved - points).max(), 0.5)

    def test_two_lines_that_would_cross_are_refined_until_they_do_not(self):
        bay = [(0, 0), (10, 0), (10, 2), (20, 2), (20, 0), (30, 0)]
        cape = [(12, -9), (12, 1), (18, 1), (18, -9)]
        made = [arcs.Arc("a", "b", bay, False),
                arcs.Arc("c", None, cape, False)]
        simplify.simplify(made, 300.0, 10.0)
        self.assertFalse(simplify._clashes(
            [type("L", (), {"points": a.points}) for a in made]))
        self.assertGreater(len(made[0].points), 2)


class Split(unittest.TestCase):
    square = [np.array([[0, 0], [60, 0], [60, 40], [0, 40]])]

    def divide(self, line, places=(), known=None, wanted=None):
        left = [np.array([[-90, -90], [line, -90], [line, 130], [-90, 130]])]
        right = [np.array([[line, -90], [150, -90], [150, 130], [line, 130]])]
        made = split.Split(self.square, ["w", "e"],
                           {"w": left, "e": right}, known or {}, places)
        split.fit_areas({"x": made}, wanted or {})
        return made.owners_of(np.array([[x, 20] for x in range(61)])).count(
            "w")

    def test_follows_the_map(self):
        self.assertAlmostEqual(self.divide(30.5), 31, delta=1)

    def test_a_thin_strip_beside_the_edge_is_given_up(self):
        self.assertEqual(self.divide(1.5), 0)

    def test_a_place_moves_the_line(self):
        there = [(np.array([40.0, 20.0]), "w", 250.0)]
        self.assertGreater(self.divide(30.5, there), 40)

    def test_a_house_holds_against_a_short_line(self):
        there = [(np.array([45.0, 20.0]), "w", 80.0)]
        line = split.Split(self.square, ["w", "e"], {
            "w": [np.array([[-90, -90], [30, -90], [30, 130], [-90, 130]])],
            "e": [np.array([[30, -90], [150, -90], [150, 130], [30, 130]])]},
            {}, there)
        line.settle()
        self.assertEqual(line.owners_of(np.array([[45, 20]])), ["w"])

    def test_a_known_border_near_by_moves_the_line(self):
        known = {("e", "w"): np.array([[36.0, y] for y in range(-30, 0)])}
        self.assertGreater(self.divide(30.5, known=known), 31)

    def test_a_published_area_moves_the_line(self):
        cell_km2 = 0.1086 ** 2
        wide = {"e": 24 * 40 * cell_km2}
        self.assertAlmostEqual(self.divide(30.5, wanted=wide), 36, delta=1)

    def test_an_area_leaves_places_on_their_side(self):
        pinned = [(np.array([x, 20.0]), code, 80.0)
                  for x, code in ((28.0, "w"), (34.0, "e"))]
        xs = (-90, 30.5, 150)
        maps = {code: [np.array([[a, -90], [b, -90], [b, 130], [a, 130]])]
                for code, a, b in zip("we", xs, xs[1:])}
        made = split.Split(self.square, ["w", "e"], maps, {}, pinned)
        split.fit_areas({"x": made}, {"e": made.areas_before_cut([0.0])["e"]
                                      * 0.6})
        self.assertEqual(made.owners_of(np.array([[28, 20], [34, 20]])),
                         ["w", "e"])
        self.assertEqual(made.owners_of(np.array([[40, 2], [40, 38]])),
                         ["w", "w"])

    def test_each_of_three_gets_its_area(self):
        xs = (-90, 20, 40, 150)
        maps = {code: [np.array([[a, -90], [b, -90], [b, 130], [a, 130]])]
                for code, a, b in zip("wme", xs, xs[1:])}
        made = split.Split(self.square, ["w", "m", "e"], maps, {}, [])
        whole = made.areas_before_cut([0.0, 0.0])
        total = sum(whole.values())
        split.fit_areas({"x": made}, {"w": total * 0.25, "m": total * 0.35})
        got = made.areas()
        self.assertAlmostEqual(got["w"] / total, 0.25, delta=0.02)
        self.assertAlmostEqual(got["m"] / total, 0.35, delta=0.02)
        self.assertAlmostEqual(got["e"] / total, 0.40, delta=0.02)

    def test_without_map_or_places_it_says_so(self):
        with self.assertRaises(ValueError):
            split.Split(self.square, ["w", "e"], {}, {}, [])


if __name__ == "__main__":
    unittest.main()
