"""Shapes of wijken and buurten from a GeoJSON file: read, brought to degrees, and made small enough for a screen.

inhoud = read_geojson(text, gemeenten={"GM0392"})
inhoud.gebieden, inhoud.slecht, inhoud.overgeslagen
vormen = simplify_to(inhoud.gebieden, hoogstens=900_000)
"""

from gebieden.geometrie.lezen import GeojsonError, Inhoud, Slecht, Vlak, read_geojson
from gebieden.geometrie.rd import rd_to_wgs84
from gebieden.geometrie.vereenvoudigen import Vorm, simplify_to

__all__ = ["GeojsonError", "Inhoud", "Slecht", "Vlak", "Vorm", "rd_to_wgs84", "read_geojson", "simplify_to"]
