"""From the Dutch grid (RD, EPSG:28992) to degrees (WGS 84).

The polynomials of Schreutelkamp and Strang van Hees ('Benaderingsformules voor de transformatie tussen RD- en WGS84-kaart-
coördinaten'): right to about a quarter of a metre within the Netherlands, far finer than a map on a screen.
"""

X0, Y0 = 155_000.0, 463_000.0
LAT0, LON0 = 52.15517440, 5.38720621
#: (power of dx, power of dy, coefficient), in seconds of arc; dx and dy in units of 100 km.
_LAT = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
_LON = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def rd_to_wgs84(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude), in the order of GeoJSON."""
    dx, dy = (x - X0) * 1e-5, (y - Y0) * 1e-5
    lat = LAT0 + sum(factor * dx**p * dy**q for p, q, factor in _LAT) / 3600
    lon = LON0 + sum(factor * dx**p * dy**q for p, q, factor in _LON) / 3600
    return lon, lat
