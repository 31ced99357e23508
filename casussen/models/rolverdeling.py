from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import Partij, RolInStap, Status
from gebieden.rollen import REGIOCOORDINATOR
from kern.constraints import ErrorsAtField
from kern.kijker import Kijker


class RolverdelingQuerySet(models.QuerySet["Rolverdeling"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Published versions for everyone with a role; drafts for the regiocoördinator of the region."""
        if not kijker.houdt:
            return self.none()
        return self.filter(Q(geldig_van__isnull=False) | Q(regio_id__in=kijker.ids(REGIOCOORDINATOR)))

    def editable_by(self, kijker: Kijker) -> Self:
        return self.filter(regio_id__in=kijker.ids(REGIOCOORDINATOR))

    def published(self) -> Self:
        return self.filter(geldig_van__isnull=False)

    def of(self, *, regio_id: int, gemeente_id: int | None) -> Self:
        """The versions of one gemeente, or (None) of the region itself."""
        own = self.filter(regio_id=regio_id)
        return own.filter(gemeente__isnull=True) if gemeente_id is None else own.filter(gemeente_id=gemeente_id)

    def in_force(self, *, regio_id: int, gemeente_id: int | None, op: date) -> "Rolverdeling | None":
        """What holds on a day for a gemeente: its own latest version by then, or else the region's."""
        whose = Q(gemeente__isnull=True) if gemeente_id is None else Q(gemeente__isnull=True) | Q(gemeente_id=gemeente_id)
        held = self.filter(whose, regio_id=regio_id, geldig_van__lte=op)
        return held.order_by(F("gemeente_id").asc(nulls_last=True), "-geldig_van").first()


class Rolverdeling(ErrorsAtField):
    """Who does what per step of the loop: one version, of the region (`gemeente` null) or of one gemeente.

    A draft has no `geldig_van`. A published version holds from that day until the next version of the same gemeente or region,
    so two can never hold at once. It is never changed again: web and task processes may not even (a trigger refuses it).
    """

    regio = models.ForeignKey("gebieden.Regio", on_delete=models.PROTECT, related_name="rolverdelingen")
    gemeente = models.ForeignKey(
        "gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="rolverdelingen"
    )
    versie = models.PositiveSmallIntegerField()
    geldig_van = models.DateField(null=True, blank=True)
    toelichting = models.CharField("wat er anders is", max_length=300, blank=True)
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.CharField(max_length=200)
    gepubliceerd_op = models.DateTimeField(null=True, blank=True)
    gepubliceerd_door = models.CharField(max_length=200, blank=True)

    objects = RolverdelingQuerySet.as_manager()

    class Meta:
        verbose_name = "rolverdeling"
        verbose_name_plural = "rolverdelingen"
        ordering = ["gemeente__naam", "-versie", "id"]
        constraints = [
            models.UniqueConstraint(name="rolverdeling_versie", fields=["regio", "gemeente", "versie"], nulls_distinct=False),
            models.UniqueConstraint(
                name="rolverdeling_een_per_dag",
                fields=["regio", "gemeente", "geldig_van"],
                nulls_distinct=False,
                violation_error_message="Er is al een versie die op deze dag ingaat, of een ander concept.",
                violation_error_code="geldig_van",
            ),
            models.CheckConstraint(
                name="rolverdeling_gepubliceerd",
                condition=(Q(geldig_van__isnull=True) & Q(gepubliceerd_op__isnull=True))
                | (Q(geldig_van__isnull=False) & Q(gepubliceerd_op__isnull=False) & ~Q(gepubliceerd_door="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Versie {self.versie} van {self.gemeente or self.regio}"

    @property
    def is_concept(self) -> bool:
        return self.geldig_van is None


class Rolregel(models.Model):
    """What one party does in one step: its roles there, and in words."""

    rolverdeling = models.ForeignKey(Rolverdeling, on_delete=models.CASCADE, related_name="regels")
    stap = models.CharField(max_length=20, choices=Status.choices)
    partij = models.CharField(max_length=12, choices=Partij.choices)
    rollen = ArrayField(models.CharField(max_length=14, choices=RolInStap.choices), default=list, blank=True)
    tekst = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "regel van een rolverdeling"
        verbose_name_plural = "regels van een rolverdeling"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="rolregel_eenmaal", fields=["rolverdeling", "stap", "partij"]),
            models.CheckConstraint(
                name="rolregel_rollen_bekend", condition=Q(rollen__contained_by=[rol.value for rol in RolInStap])
            ),
            models.CheckConstraint(name="rolregel_zegt_iets", condition=Q(rollen__len__gte=1) | ~Q(tekst="")),
            models.CheckConstraint(name="rolregel_stap_bekend", condition=Q(stap__in=[s.value for s in Status])),
            models.CheckConstraint(name="rolregel_partij_bekend", condition=Q(partij__in=[p.value for p in Partij])),
        ]

    def __str__(self) -> str:
        return f"{self.stap}: {self.partij}"
