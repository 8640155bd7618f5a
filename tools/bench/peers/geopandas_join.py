"""GeoPandas: a spatial join, and distances in the plane of the areas.

    geopandas_join.py SHAPEFILE HOME ADJOINING ROWS ANSWERS
"""

import sys

import geopandas
import pandas

MILE_M = 1609.344


def main():
    shapefile, home, adjoining, source, answers = sys.argv[1:]
    areas = geopandas.read_file(shapefile)
    field = next(c for c in areas.columns if c.lower().endswith("cd"))
    areas = areas.rename(columns={field: "code"})[["code", "geometry"]]
    neighbours = set(open(adjoining).read().split())
    rows = pandas.read_csv(source, dtype={"provider": str})
    known = rows.dropna(subset=["latitude"])
    points = geopandas.GeoDataFrame(
        index=known.index,
        geometry=geopandas.points_from_xy(
            known.longitude, known.latitude, crs=4326
        ),
    ).to_crs(areas.crs)
    found = points.sjoin(areas, how="left", predicate="within")
    found = found[~found.index.duplicated()]
    at_home = areas.geometry[areas.code == home].iloc[0]
    rows["code"] = found.code
    rows["border"] = (points.distance(at_home) / MILE_M).round(4)
    rows["centre"] = (points.distance(at_home.centroid) / MILE_M).round(4)
    rows["category"] = "distant"
    rows.loc[rows.code.isna(), "category"] = "unknown"
    rows.loc[rows.code.isin(neighbours), "category"] = "neighbouring"
    rows.loc[rows.code == home, "category"] = "in-county"
    rows.to_csv(answers, index=False)


if __name__ == "__main__":
    main()
