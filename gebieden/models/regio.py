from typing import Self

from django.db import models

from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker


class RegioQuerySet(models.QuerySet["Regio"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know the regions; they hold no personal data."""
        return self.all() if kijker.houdt else self.none()

    def coordinated_by(self, kijker: Kijker) -> Self:
        return self.filter(pk__in=kijker.ids(REGIOCOORDINATOR))


class Regio(models.Model):
    """A region of cooperating gemeenten, with the settings that are the region's own."""

    naam = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    goede_vrijdag_vrij = models.BooleanField(default=False, help_text="Telt Goede Vrijdag als vrije dag?")
    bevrijdingsdag_vrij = models.BooleanField(
        default=False, help_text="Is 5 mei elk jaar een vrije dag? Anders alleen in lustrumjaren (2025, 2030)."
    )

    objects = RegioQuerySet.as_manager()

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam
