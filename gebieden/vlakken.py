"""Reads of the shapes of areas, for maps."""

from typing import Any

from gebieden.models import Gebiedsvlak, Gemeente, SoortVlak


def kind_of_shapes(regio_id: int) -> str | None:
    """What the active editie has shapes of in this region: of buurten, else of wijken, else None."""
    soorten = set(_shapes(regio_id).values_list("soort", flat=True).distinct())
    return next((soort.value for soort in (SoortVlak.BUURT, SoortVlak.WIJK) if soort in soorten), None)


def shapes_of(regio_id: int) -> dict[str, Any] | None:
    """The shapes of a region as GeoJSON; None when there are none."""
    soort = kind_of_shapes(regio_id)
    if soort is None:
        return None
    vlakken = _shapes(regio_id).filter(soort=soort).order_by("code").values_list("code", "naam", "vorm")
    features = [
        {"type": "Feature", "properties": {"code": code, "name": naam or code}, "geometry": vorm} for code, naam, vorm in vlakken
    ]
    return {"type": "FeatureCollection", "features": features}


def _shapes(regio_id: int) -> Any:
    gemeenten = Gemeente.objects.filter(regio_id=regio_id).values("code")
    return Gebiedsvlak.objects.filter(editie__actief=True, gemeente_code__in=gemeenten)
