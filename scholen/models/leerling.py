from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import ZORGCOORDINATOR
from scholen.sectoren import Sector
from scholen.zoeken import folded_name


class LeerlingQuerySet(models.QuerySet["Leerling"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Pupils of the viewer's own school. Whoever else may see a pupil does so through a casus."""
        return self.filter(vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR))


class Leerling(ErrorsAtField):
    """A pupil or student, by the school's own number. Never a BSN or PGN: there is no ground for those here.

    A `geheim_adres` is used for routing inside the portal and shown to nobody.
    """

    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="leerlingen")
    leerlingnummer = models.CharField(max_length=20, help_text="Het eigen nummer van de school. Nooit een BSN.")
    voornaam = models.CharField(max_length=80)
    achternaam = models.CharField(max_length=120)
    geboortedatum = models.DateField(null=True, blank=True)
    sector = models.CharField(max_length=3, choices=Sector.choices)
    klas = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    huisnummer = models.PositiveIntegerField(null=True, blank=True)
    huisletter = models.CharField(max_length=1, blank=True)
    toevoeging = models.CharField(max_length=10, blank=True)
    geheim_adres = models.BooleanField(default=False)
    #: First name and surname as they are searched by; the database keeps it.
    zoeknaam = models.GeneratedField(
        expression=folded_name("voornaam", "achternaam"), output_field=models.TextField(), db_persist=True
    )

    objects = LeerlingQuerySet.as_manager()

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        ordering = ["achternaam", "voornaam", "id"]
        indexes = [GinIndex(fields=["zoeknaam"], opclasses=["gin_trgm_ops"], name="leerling_zoeknaam")]
        constraints = [
            models.UniqueConstraint(
                name="leerling_nummer_per_vestiging",
                fields=["vestiging", "leerlingnummer"],
                violation_error_message="Op deze vestiging is al een leerling met dit nummer.",
                violation_error_code="leerlingnummer",
            ),
            models.CheckConstraint(
                name="leerling_postcode_vorm",
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9]\d{3}[A-Z]{2}$"),
                violation_error_message="Schrijf een postcode als 2011 AB.",
                violation_error_code="postcode",
            ),
            models.CheckConstraint(
                name="leerling_huisnummer",
                condition=Q(huisnummer__isnull=True) | Q(huisnummer__range=(1, 99999)),
                violation_error_message="Vul een huisnummer in van 1 tot en met 99999.",
                violation_error_code="huisnummer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voornaam} {self.achternaam}".strip()
