from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from zorgaanbod.keuzes import SoortAanbieder
from zorgaanbod.rollen import AANBIEDER


class AanbiederQuerySet(models.QuerySet["Aanbieder"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know what help there is; that is what the aanbodgids is for."""
        return self.all() if kijker.houdt else self.none()

    def of(self, kijker: Kijker) -> Self:
        """The viewer's own aanbieders: whose entry they keep."""
        return self.filter(pk__in=kijker.ids(AANBIEDER))

    def active(self, op: date) -> Self:
        """Those that still work on a day (`actief_tot` is the first day on which they no longer do)."""
        return self.filter(Q(actief_tot__isnull=True) | Q(actief_tot__gt=op))


class Aanbieder(ErrorsAtField):
    """An organisation that gives help: youth help under contract, or the voorveld that anybody may use."""

    naam = models.CharField(max_length=160)
    soort = models.CharField(max_length=10, choices=SoortAanbieder.choices, default=SoortAanbieder.JEUGDHULP)
    omschrijving = models.TextField(blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True, help_text="De mailbox voor berichten van het portaal.")
    website = models.URLField(blank=True)
    #: Where the voorveld works: nobody buys it, so no contract says so. Of youth help under contract this says nothing.
    gemeenten = models.ManyToManyField(
        "gebieden.Gemeente",
        blank=True,
        related_name="voorveld",
        help_text="Alleen voor het voorveld: waar het werkt. Bij jeugdhulp zeggen contracten dat.",
    )
    actief_tot = models.DateField(null=True, blank=True, help_text="Eerste dag waarop deze aanbieder er niet meer is.")

    objects = AanbiederQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                name="aanbieder_naam_uniek",
                fields=["naam"],
                violation_error_message="Er is al een aanbieder met deze naam.",
                violation_error_code="naam",
            ),
            models.CheckConstraint(name="aanbieder_soort_bekend", condition=Q(soort__in=SoortAanbieder.values)),
        ]

    def __str__(self) -> str:
        return self.naam
