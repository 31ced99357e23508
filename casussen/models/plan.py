from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from casussen.keuzes import Deelnemer, DoelResultaat, Domein, Standpunt
from zorgaanbod.keuzes import Zwaarte


class Plan(models.Model):
    """One version of the one plan of a family. A version never changes: what changes is a next version, with its own standpunt
    of the family. `zonder_mdo`: why there was no overleg before it."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="plannen")
    ronde = models.PositiveSmallIntegerField()
    versie = models.PositiveSmallIntegerField()
    beeld = models.TextField(blank=True, help_text="In het kort: hoe gaat het, en wat moet anders?")
    mdo = models.ForeignKey("casussen.Mdo", null=True, blank=True, on_delete=models.PROTECT, related_name="plannen")
    zonder_mdo = models.TextField(blank=True)
    standpunt = models.CharField(max_length=8, choices=Standpunt.choices)
    mening_gezin = models.TextField(blank=True)
    reden = models.TextField(blank=True, help_text="Waarom deze versie de vorige vervangt.")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        ordering = ["casus", "versie"]
        constraints = [
            models.UniqueConstraint(name="plan_versie_eenmaal", fields=["casus", "versie"]),
            models.CheckConstraint(name="plan_standpunt_bekend", condition=Q(standpunt__in=Standpunt.values)),
            models.CheckConstraint(
                name="plan_oneens_zegt_waarom", condition=Q(standpunt=Standpunt.AKKOORD) | ~Q(mening_gezin="")
            ),
        ]

    def __str__(self) -> str:
        return f"plan versie {self.versie}"


class Doel(models.Model):
    """A goal through all versions of the plan: its scores belong to it, its words to each version."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="doelen")
    ronde = models.PositiveSmallIntegerField()
    nummer = models.PositiveSmallIntegerField()
    aangemaakt_op = models.DateTimeField()
    resultaat = models.CharField(max_length=9, choices=DoelResultaat.choices, blank=True)
    resultaat_tekst = models.TextField(blank=True)
    resultaat_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["nummer", "id"]
        constraints = [
            models.UniqueConstraint(name="doel_nummer_eenmaal", fields=["casus", "nummer"]),
            models.CheckConstraint(
                name="doel_resultaat_heeft_datum",
                condition=(Q(resultaat="") & Q(resultaat_op__isnull=True)) | (~Q(resultaat="") & Q(resultaat_op__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"doel {self.nummer}"


class Doelversie(models.Model):
    """What a goal says in one version of the plan.

    `eigen_kracht` and `netwerk`: what the family does itself, and who of their own people help, before anything is organised. At
    least one goal is about the school career and, for who sits at home, has a day of return.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="doelen")
    doel = models.ForeignKey(Doel, on_delete=models.CASCADE, related_name="versies")
    domein = models.CharField(max_length=10, choices=Domein.choices)
    tekst = models.TextField()
    partij = models.CharField(max_length=10, choices=Deelnemer.choices)
    eigenaar = models.CharField(max_length=120, blank=True, help_text="Wie van deze partij.")
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    schoolloopbaan = models.BooleanField(default=False)
    terugkeer_op = models.DateField(null=True, blank=True, help_text="Wanneer de leerling weer op school is.")

    class Meta:
        verbose_name = "doel in een plan"
        verbose_name_plural = "doelen in een plan"
        ordering = ["doel__nummer", "id"]
        constraints = [
            models.UniqueConstraint(name="doelversie_eenmaal", fields=["plan", "doel"]),
            models.CheckConstraint(name="doelversie_heeft_tekst", condition=~Q(tekst="")),
            models.CheckConstraint(name="doelversie_domein_bekend", condition=Q(domein__in=Domein.values)),
            models.CheckConstraint(name="doelversie_partij_bekend", condition=Q(partij__in=Deelnemer.values)),
        ]

    def __str__(self) -> str:
        return f"{self.doel} in {self.plan}"


class Doelscore(models.Model):
    """How far a goal is, from 1 (far away) to 10 (reached). The first one is where it started."""

    doel = models.ForeignKey(Doel, on_delete=models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10)])
    datum = models.DateField()
    van_wie = models.CharField(max_length=10, choices=Deelnemer.choices, blank=True, help_text="Wie dit cijfer gaf.")
    toelichting = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "score"
        verbose_name_plural = "scores"
        ordering = ["datum", "id"]
        constraints = [models.CheckConstraint(name="doelscore_1_tot_10", condition=Q(score__range=(1, 10)))]

    def __str__(self) -> str:
        return f"{self.score} op {self.datum:%d-%m-%Y}"


class Intensiteit(models.Model):
    """How heavy the help is, from a day on: light first, up and down with a reason."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="intensiteiten")
    niveau = models.CharField(max_length=6, choices=Zwaarte.choices)
    vanaf = models.DateField()
    reden = models.TextField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "intensiteit"
        verbose_name_plural = "intensiteiten"
        ordering = ["vanaf", "id"]
        constraints = [
            models.UniqueConstraint(name="intensiteit_een_per_dag", fields=["casus", "vanaf"]),
            models.CheckConstraint(name="intensiteit_heeft_reden", condition=~Q(reden="")),
            models.CheckConstraint(name="intensiteit_niveau_bekend", condition=Q(niveau__in=Zwaarte.values)),
        ]

    def __str__(self) -> str:
        return f"{self.niveau} vanaf {self.vanaf:%d-%m-%Y}"
