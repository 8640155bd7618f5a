"""Longitude and latitude (WGS84) to the British National Grid (EPSG:27700).

The seven-parameter shift and the transverse Mercator series of Ordnance
Survey's "A guide to coordinate systems in Great Britain", annexe B and C. Good
to about 5 m, and the same on every machine, grids installed or not.
"""
import numpy as np

WGS84 = (6378137.0, 6356752.314245179)
AIRY = (6377563.396, 6356256.909)
SHIFT_M = (-446.448, 125.157, -542.060)
ROTATION_SEC = (-0.1502, -0.2470, -0.8421)
SCALE_PPM = 20.4894
TRUE_ORIGIN_RAD = (np.radians(49.0), np.radians(-2.0))
FALSE_ORIGIN_M = (400000.0, -100000.0)
SCALE_FACTOR = 0.9996012717


def _to_cartesian(lat, lon, axes):
    a, b = axes
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return (nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon),
            (1 - e2) * nu * np.sin(lat))


def _shift(x, y, z):
    rx, ry, rz = (np.radians(r / 3600) for r in ROTATION_SEC)
    s = 1 + SCALE_PPM * 1e-6
    tx, ty, tz = SHIFT_M
    return (tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z,
            tz - ry * x + rx * y + s * z)


def _to_geodetic(x, y, z, axes):
    a, b = axes
    e2 = 1 - (b / a) ** 2
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(8):
        nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), p)
    return lat, np.arctan2(y, x)


def _meridian_arc(lat):
    a, b = AIRY
    n = (a - b) / (a + b)
    lat0 = TRUE_ORIGIN_RAD[0]
    d, s = lat - lat0, lat + lat0
    return b * SCALE_FACTOR * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(d) * np.cos(s)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * d) * np.cos(2 * s)
        - 35 / 24 * n**3 * np.sin(3 * d) * np.cos(3 * s))


def project(lat, lon):
    """Easting and northing of a latitude and longitude on Airy's spheroid."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    sin, cos, tan = np.sin(lat), np.cos(lat), np.tan(lat)
    nu = a * SCALE_FACTOR / np.sqrt(1 - e2 * sin**2)
    rho = a * SCALE_FACTOR * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    p = lon - TRUE_ORIGIN_RAD[1]
    north = (_meridian_arc(lat) + FALSE_ORIGIN_M[1]
             + nu / 2 * sin * cos * p**2
             + nu / 24 * sin * cos**3 * (5 - tan**2 + 9 * eta2) * p**4
             + nu / 720 * sin * cos**5 * (61 - 58 * tan**2 + tan**4) * p**6)
    east = (FALSE_ORIGIN_M[0] + nu * cos * p
            + nu / 6 * cos**3 * (nu / rho - tan**2) * p**3
            + nu / 120 * cos**5 * (5 - 18 * tan**2 + tan**4 + 14 * eta2
                                   - 58 * tan**2 * eta2) * p**5)
    return np.column_stack([east, north])


def to_grid(lon_deg, lat_deg):
    """Easting and northing in metres, as an array of shape (n, 2)."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    return project(*_to_geodetic(*_shift(*_to_cartesian(lat, lon, WGS84)),
                                 AIRY))


def from_grid(east, north):
    """Longitude and latitude in degrees: to_grid undone, by iteration."""
    east, north = np.asarray(east, float), np.asarray(north, float)
    lat = 49.0 + (north - FALSE_ORIGIN_M[1]) / 111250.0
    lon = -2.0 + ((east - FALSE_ORIGIN_M[0])
                  / (111250.0 * np.cos(np.radians(lat))))
    for _ in range(20):
        miss = np.column_stack([east, north]) - to_grid(lon, lat)
        lat = lat + miss[:, 1] / 111250.0
        lon = lon + miss[:, 0] / (111250.0 * np.cos(np.radians(lat)))
    return lon, lat
