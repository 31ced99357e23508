from django.db import models
from django.db.models import Q


class SoortVlak(models.TextChoices):
    WIJK = "wijk", "wijk"
    BUURT = "buurt", "buurt"


class Gebiedsvlak(models.Model):
    """The shape of a wijk or buurt in one editie, simplified for a map on a screen: never a ground for routing.

    `vorm` is the geometry of GeoJSON (a MultiPolygon in degrees, WGS 84); `gemeente_code` stands apart, for one look-up.
    """

    editie = models.ForeignKey("gebieden.Editie", on_delete=models.CASCADE, related_name="vlakken")
    soort = models.CharField(max_length=5, choices=SoortVlak.choices)
    code = models.CharField(max_length=10)
    naam = models.CharField(max_length=120, blank=True)
    gemeente_code = models.CharField(max_length=6)
    vorm = models.JSONField()

    class Meta:
        verbose_name = "gebiedsvlak"
        verbose_name_plural = "gebiedsvlakken"
        indexes = [models.Index(fields=["editie", "soort", "gemeente_code"], name="gebiedsvlak_gemeente")]
        constraints = [
            models.UniqueConstraint(name="gebiedsvlak_editie_code", fields=["editie", "code"]),
            models.CheckConstraint(
                name="gebiedsvlak_code_bij_soort",
                condition=(
                    Q(soort="wijk", code__regex=r"^WK\d{4}[0-9A-Z]{2}$") | Q(soort="buurt", code__regex=r"^BU\d{4}[0-9A-Z]{4}$")
                ),
            ),
            models.CheckConstraint(name="gebiedsvlak_gemeente_vorm", condition=Q(gemeente_code__regex=r"^GM\d{4}$")),
        ]

    def __str__(self) -> str:
        return self.naam or self.code
