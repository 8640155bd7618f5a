"""SpatiaLite: R-trees, areas cut to the cells of a grid, in memory.

    spatialite.py prepare RINGS HOME ADJOINING DATABASE
    spatialite.py answer DATABASE ROWS ANSWERS

The distance is that of the ellipsoid to the point of the border that is nearest
in the plane.
"""

import csv
import sqlite3
import sys

CELL_M = 20000
QUERY = """
WITH placed AS MATERIALIZED (
    SELECT cells.*, x,
           (SELECT part.code FROM part WHERE part.id IN (
                SELECT id FROM part_box
                WHERE least_x <= ST_X(x) AND most_x >= ST_X(x)
                AND least_y <= ST_Y(x) AND most_y >= ST_Y(x))
            AND ST_Covers(part.area, x) ORDER BY code LIMIT 1) AS code
    FROM (SELECT rows.*, ST_Transform(MakePoint(CAST(longitude AS REAL),
                 CAST(latitude AS REAL), 4326), 27700) AS x
          FROM rows) AS cells)
SELECT placement, started, latitude, longitude, provider, code,
       CASE WHEN latitude = '' THEN NULL WHEN code = home.home THEN 0
       ELSE round(ST_Distance(ST_Transform(x, 4326), ST_Transform(
            ST_ClosestPoint(home.border, x), 4326), 1) / 1609.344, 4) END,
       CASE WHEN latitude <> '' THEN round(ST_Distance(
            ST_Transform(x, 4326), home.centre, 1) / 1609.344, 4) END,
       CASE WHEN code IS NULL THEN 'unknown' WHEN code = home.home
       THEN 'in-county' WHEN code IN (SELECT code FROM adjoining)
       THEN 'neighbouring' ELSE 'distant' END
FROM placed, home
"""


def connect(path):
    database = sqlite3.connect(path)
    database.enable_load_extension(True)
    database.load_extension("mod_spatialite")
    return database


def prepare(rings, home, adjoining, path):
    database = connect(path)
    run = database.execute
    run("SELECT InitSpatialMetaData(1)")
    run("CREATE TABLE area (code TEXT, area BLOB)")
    run("CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT, area BLOB)")
    run(
        "CREATE VIRTUAL TABLE part_box USING rtree"
        " (id, least_x, most_x, least_y, most_y)"
    )
    run("CREATE TABLE home (home TEXT, border BLOB, centre BLOB)")
    run("CREATE TABLE adjoining (code TEXT PRIMARY KEY)")
    for line in open(rings):
        code, lon, lat, text = line.rstrip("\n").split("|")
        run(
            "INSERT INTO area VALUES"
            " (?, ST_BuildArea(ST_GeomFromText(?, 27700)))",
            (code, text),
        )
        if code == home:
            run(
                "INSERT INTO home VALUES"
                " (?, ST_GeomFromText(?, 27700), MakePoint(?, ?, 4326))",
                (code, text, float(lon), float(lat)),
            )
    boxes = run(
        "SELECT code, MbrMinX(area), MbrMinY(area), MbrMaxX(area),"
        " MbrMaxY(area) FROM area"
    ).fetchall()
    for code, left, low, right, high in boxes:
        for i in range(int(left // CELL_M), int(right // CELL_M) + 1):
            for k in range(int(low // CELL_M), int(high // CELL_M) + 1):
                box = (i * CELL_M, k * CELL_M)
                box += (box[0] + CELL_M, box[1] + CELL_M)
                run(
                    "INSERT INTO part (code, area) SELECT code, ST_Intersection"
                    "(area, BuildMbr(?, ?, ?, ?, 27700))"
                    " FROM area WHERE code = ?",
                    (*box, code),
                )
    run("DELETE FROM part WHERE area IS NULL OR ST_IsEmpty(area)")
    run(
        "INSERT INTO part_box SELECT id, MbrMinX(area), MbrMaxX(area),"
        " MbrMinY(area), MbrMaxY(area) FROM part"
    )
    for code in open(adjoining).read().split():
        run("INSERT INTO adjoining VALUES (?)", (code,))
    database.commit()


def answer(path, source, answers):
    database = connect(path)
    database.execute("PRAGMA temp_store = MEMORY")
    database.execute("PRAGMA mmap_size = 1000000000")
    with open(source, newline="") as rows, open(answers, "w") as out:
        reader = csv.reader(rows)
        names = next(reader)
        database.execute("CREATE TEMP TABLE rows (%s)" % ", ".join(names))
        database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", reader)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names + ["code", "border", "centre", "category"])
        writer.writerows(database.execute(QUERY))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(*sys.argv[2:])
    else:
        answer(*sys.argv[2:])
