from typing import Self

from django.db import models
from django.db.models import F, Q

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID


class SoortWijkteam(models.TextChoices):
    GEBIED = "gebied", "gebiedsteam"
    STEDELIJK = "stedelijk", "stedelijk team"
    SCHOOLGEBONDEN = "schoolgebonden", "schoolgebonden team"


class WijkteamQuerySet(models.QuerySet["Wijkteam"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know which teams there are and how to reach them."""
        return self.all() if kijker.houdt else self.none()

    def of(self, kijker: Kijker) -> Self:
        """The viewer's own teams."""
        return self.filter(pk__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR))


class Wijkteam(ErrorsAtField):
    """A team that gives access to youth help: for an area, for a whole gemeente (stedelijk) or bound to schools."""

    naam = models.CharField(max_length=120)
    soort = models.CharField(max_length=14, choices=SoortWijkteam.choices, default=SoortWijkteam.GEBIED)
    gemeente = models.ForeignKey("gebieden.Gemeente", on_delete=models.PROTECT, related_name="wijkteams")
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField("teammailbox", blank=True)
    bereikbaar = models.CharField(max_length=120, blank=True, help_text="Bijvoorbeeld: ma t/m vr 9–17 uur.")
    adres = models.CharField(max_length=160, blank=True)
    geldig_van = models.DateField(null=True, blank=True)
    geldig_tot = models.DateField(null=True, blank=True, help_text="Eerste dag waarop het team er niet meer is.")

    objects = WijkteamQuerySet.as_manager()

    class Meta:
        verbose_name = "wijkteam"
        verbose_name_plural = "wijkteams"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                name="wijkteam_naam_per_gemeente",
                fields=["gemeente", "naam"],
                violation_error_message="In deze gemeente is al een wijkteam met deze naam.",
                violation_error_code="naam",
            ),
            models.CheckConstraint(
                name="wijkteam_datums",
                condition=Q(geldig_van__isnull=True) | Q(geldig_tot__isnull=True) | Q(geldig_van__lt=F("geldig_tot")),
                violation_error_message="Deze dag moet na de eerste dag van het team liggen.",
                violation_error_code="geldig_tot",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
