from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import InzetStatus, RedenWachten
from kern.kijker import Kijker
from zorgaanbod.rollen import AANBIEDER


class InzetQuerySet(models.QuerySet["Inzet"]):
    def of_aanbieder(self, kijker: Kijker) -> Self:
        """The help of the viewer's own aanbieder, while the casus is shared with that aanbieder."""
        shared = Q(
            casus__delingen__ingetrokken_op__isnull=True,
            casus__delingen__aanbieder_id=F("arrangement__aanbieder_id"),
            casus__delingen__met="aanbieder",
        )
        return self.filter(shared, arrangement__aanbieder_id__in=kijker.ids(AANBIEDER)).distinct()

    def open(self) -> Self:
        return self.filter(status__in=[InzetStatus.AANGEVRAAGD, InzetStatus.WACHT, InzetStatus.GESTART])


class Inzet(models.Model):
    """Help of one arrangement for one casus, with the days on which it was really asked for, started and ended."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="inzetten")
    ronde = models.PositiveSmallIntegerField()
    arrangement = models.ForeignKey("zorgaanbod.Arrangement", on_delete=models.PROTECT, related_name="inzetten")
    doelen = models.ManyToManyField("casussen.Doel", blank=True, related_name="inzetten")
    status = models.CharField(max_length=11, choices=InzetStatus.choices, default=InzetStatus.AANGEVRAAGD)
    aangevraagd_op = models.DateField()
    #: What the aanbieder said the wait was, on the day of asking, in weeks; from then on it is measured.
    wachttijd_toen = models.PositiveSmallIntegerField(null=True, blank=True)
    wacht_sinds = models.DateField(null=True, blank=True)
    reden_wachten = models.CharField(max_length=10, choices=RedenWachten.choices, blank=True)
    wachten_toelichting = models.TextField(blank=True)
    verwacht_op = models.DateField(null=True, blank=True)
    gestart_op = models.DateField(null=True, blank=True)
    geeindigd_op = models.DateField(null=True, blank=True)
    einde_reden = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()

    objects = InzetQuerySet.as_manager()

    class Meta:
        verbose_name = "inzet van hulp"
        verbose_name_plural = "inzet van hulp"
        ordering = ["aangevraagd_op", "id"]
        indexes = [models.Index(fields=["arrangement", "status"], name="inzet_arrangement")]
        constraints = [
            models.UniqueConstraint(
                name="inzet_een_open_per_arrangement",
                fields=["casus", "arrangement"],
                condition=Q(status__in=["aangevraagd", "wacht", "gestart"]),
            ),
            models.CheckConstraint(name="inzet_status_bekend", condition=Q(status__in=InzetStatus.values)),
            models.CheckConstraint(
                name="inzet_gestart_heeft_datum", condition=~Q(status="gestart") | Q(gestart_op__isnull=False)
            ),
            models.CheckConstraint(
                name="inzet_wacht_heeft_reden",
                condition=~Q(status="wacht") | (~Q(reden_wachten="") & Q(wacht_sinds__isnull=False)),
            ),
            models.CheckConstraint(
                name="inzet_einde_heeft_datum",
                condition=~Q(status__in=["beeindigd", "afgewezen"]) | (Q(geeindigd_op__isnull=False) & ~Q(einde_reden="")),
            ),
            models.CheckConstraint(
                name="inzet_volgorde",
                condition=Q(geeindigd_op__isnull=True) | Q(gestart_op__isnull=True) | Q(geeindigd_op__gte=F("gestart_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrangement_id}: {self.get_status_display()}"


class Voortgang(models.Model):
    """What the aanbieder, or the team, says of how the help goes. Never changed afterwards."""

    inzet = models.ForeignKey(Inzet, on_delete=models.CASCADE, related_name="voortgang")
    status = models.CharField(max_length=11, choices=InzetStatus.choices)
    tekst = models.TextField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200, blank=True)
    door_rol = models.CharField(max_length=40, blank=True)
    op = models.DateTimeField()

    class Meta:
        verbose_name = "voortgang"
        verbose_name_plural = "voortgang"
        ordering = ["op", "id"]
        constraints = [models.CheckConstraint(name="voortgang_heeft_tekst", condition=~Q(tekst=""))]

    def __str__(self) -> str:
        return f"voortgang van {self.op:%d-%m-%Y}"
