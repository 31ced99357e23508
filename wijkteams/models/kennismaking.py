from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID


class SoortKennismaking(models.TextChoices):
    SCHOOL = "school", "op school"
    WIJKTEAM = "wijkteam", "bij het wijkteam"
    OVERLEG = "overleg", "bij een overleg of bijeenkomst"
    VIDEO = "video", "met beeldbellen"
    TELEFOON = "telefoon", "door de telefoon"


class KennismakingQuerySet(models.QuerySet["Kennismaking"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Those of the viewer's own school or of people of the own team: both sides see the same."""
        school = Q(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))
        return self.filter(school | Q(contactpersoon__wijkteam_id__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)))


class Kennismaking(ErrorsAtField):
    """Somebody of a school and somebody of a wijkteam met. Who and when, and nothing about whom they spoke."""

    contactpersoon = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.PROTECT, related_name="kennismakingen")
    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kennismakingen")
    school = models.ForeignKey("scholen.School", on_delete=models.PROTECT, related_name="kennismakingen")
    datum = models.DateField()
    soort = models.CharField(max_length=8, choices=SoortKennismaking.choices)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    aangemaakt = models.DateTimeField()

    objects = KennismakingQuerySet.as_manager()

    class Meta:
        verbose_name = "kennismaking"
        verbose_name_plural = "kennismakingen"
        ordering = ["-datum", "-id"]
        indexes = [models.Index(fields=["school", "-datum"], name="kennismaking_school")]
        constraints = [
            models.UniqueConstraint(
                name="kennismaking_eenmaal",
                fields=["contactpersoon", "medewerker", "datum"],
                violation_error_message="Deze kennismaking staat er al.",
                violation_error_code="datum",
            ),
            models.CheckConstraint(
                name="kennismaking_soort_bekend", condition=Q(soort__in=[soort.value for soort in SoortKennismaking])
            ),
            models.CheckConstraint(
                name="kennismaking_geweest",
                condition=Q(datum__lte=TruncDate(F("aangemaakt"))),
                violation_error_message="Vul een dag in die geweest is.",
                violation_error_code="datum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker} en {self.contactpersoon} op {self.datum}"


class Kennismakingstip(models.Model):
    """That somebody was told, in one quarter, about one person they work with and never met. Once per pair and quarter."""

    contactpersoon = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.CASCADE, related_name="+")
    medewerker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kwartaal = models.CharField(max_length=7, help_text="2026-K4")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "kennismakingstip"
        verbose_name_plural = "kennismakingstips"
        constraints = [
            models.UniqueConstraint(name="kennismakingstip_per_kwartaal", fields=["contactpersoon", "medewerker", "kwartaal"]),
            models.CheckConstraint(name="kennismakingstip_kwartaal_vorm", condition=Q(kwartaal__regex=r"^\d{4}-K[1-4]$")),
        ]

    def __str__(self) -> str:
        return f"tip {self.kwartaal}"
