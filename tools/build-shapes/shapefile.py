"""Writes polygon shapefiles, the same bytes each time."""
import struct

GRID_WKT = (
    'PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",'
    'DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],'
    'PARAMETER["False_Northing",-100000.0],'
    'PARAMETER["Central_Meridian",-2.0],'
    'PARAMETER["Scale_Factor",0.9996012717],'
    'PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0],'
    'AUTHORITY["EPSG",27700]]')
POLYGON = 5
DBF_DATE = (123, 4, 1)  # 1 April 2023: fixed, so that the bytes are too


def _box(rings):
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _record(rings):
    points = [point for ring in rings for point in ring]
    starts, at = [], 0
    for ring in rings:
        starts.append(at)
        at += len(ring)
    return (struct.pack("<i4d2i", POLYGON, *_box(rings), len(rings),
                        len(points))
            + struct.pack("<%di" % len(starts), *starts)
            + b"".join(struct.pack("<2d", x, y) for x, y in points))


def _header(n_bytes, box):
    return (struct.pack(">i20xi", 9994, n_bytes // 2)
            + struct.pack("<2i4d32x", 1000, POLYGON, *box))


def _write(path, data):
    with open(path, "wb") as out:
        out.write(data)


def write_shapes(base, shapes):
    """shapes: per record its closed rings, outer ones clockwise."""
    records = [_record(rings) for rings in shapes]
    box = _box([ring for rings in shapes for ring in rings])
    shp, shx, at = [], [], 100
    for number, record in enumerate(records, 1):
        head = struct.pack(">i", len(record) // 2)
        shp += [struct.pack(">i", number), head, record]
        shx += [struct.pack(">i", at // 2), head]
        at += 8 + len(record)
    _write(base + ".shp", _header(at, box) + b"".join(shp))
    _write(base + ".shx", _header(100 + 8 * len(records), box) + b"".join(shx))
    _write(base + ".prj", GRID_WKT.encode())
    _write(base + ".cpg", b"UTF-8\n")


def write_table(base, names, rows):
    """All fields are text, as wide as their longest value."""
    columns = [[value.encode("utf-8") for value in column]
               for column in zip(*rows)]
    sizes = [max(len(value) for value in column) for column in columns]
    head = struct.pack("<4BI2H20x", 3, *DBF_DATE, len(rows),
                       33 + 32 * len(names), 1 + sum(sizes))
    for name, size in zip(names, sizes):
        head += struct.pack("<11sc4x2B14x", name.encode(), b"C", size, 0)
    body = b"".join(
        b" " + b"".join(value.ljust(size) for value, size in zip(row, sizes))
        for row in zip(*columns))
    _write(base + ".dbf", head + b"\r" + body + b"\x1a")
