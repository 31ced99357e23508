from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from gebieden.rollen import REGIOCOORDINATOR
from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.models.contact import DateRange


class MandaatQuerySet(models.QuerySet["Mandaat"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """The regiocoördinator: those of gemeenten of the own region. A school: its own."""
        return self.filter(
            Q(gemeente__regio_id__in=kijker.ids(REGIOCOORDINATOR))
            | Q(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))
        )

    def on(self, op: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)


class Mandaat(ErrorsAtField):
    """A gemeente lets a school arrange certain help by itself, for pupils who live in that gemeente: dated, one row per gemeente.

    `tot` is the first day on which it no longer holds. A row is never changed but for its end: what held in the past stays
    readable, and another arrangement is another row.
    """

    school = models.ForeignKey("scholen.School", on_delete=models.PROTECT, related_name="mandaten")
    gemeente = models.ForeignKey("gebieden.Gemeente", on_delete=models.PROTECT, related_name="mandaten")
    hulp = models.CharField("welke hulp", max_length=300)
    maximum = models.CharField("hoeveel en hoe lang", max_length=200)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    gegeven_door = models.CharField(max_length=160)
    document = models.CharField("besluit of document", max_length=200)
    toelichting = models.TextField(blank=True)
    vastgelegd_op = models.DateTimeField()
    einde_reden = models.CharField(max_length=300, blank=True)

    objects = MandaatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ["school__naam", "gemeente__naam", "-van", "id"]
        constraints = [
            models.CheckConstraint(
                name="mandaat_datums",
                condition=Q(tot__isnull=True) | Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
            models.CheckConstraint(
                name="mandaat_volledig", condition=~Q(hulp="") & ~Q(maximum="") & ~Q(gegeven_door="") & ~Q(document="")
            ),
            ExclusionConstraint(
                name="mandaat_geen_overlap",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (DateRange("van", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Op een deel van deze dagen heeft de school al een mandaat van deze gemeente.",
                violation_error_code="van",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} voor leerlingen uit {self.gemeente}"
