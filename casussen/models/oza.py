"""The onderwijs-zorgarrangement: a place at a school that a school and an aanbieder hold together."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import RedenUitstroom, SoortOzabesluit
from gebieden.rollen import REGIOCOORDINATOR
from kern.constraints import DateRange, ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from zorgaanbod.rollen import AANBIEDER


class OnderwijszorgQuerySet(models.QuerySet["Onderwijszorg"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Those who hold it: the own school and the own aanbieder. Which pupils they see is for the placements."""
        return self.filter(
            Q(vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)) | Q(aanbieder_id__in=kijker.ids(AANBIEDER))
        )

    def in_figures_of(self, kijker: Kijker) -> Self:
        """Of which the samenwerkingsverband or the region sees places, and nothing of a pupil."""
        return self.filter(
            Q(vestiging__samenwerkingsverband_id__in=kijker.ids(SAMENWERKINGSVERBAND))
            | Q(vestiging__gemeente__regio_id__in=kijker.ids(REGIOCOORDINATOR))
        )

    def running(self, op: date) -> Self:
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op))


class Onderwijszorg(ErrorsAtField):
    """What school and aanbieder want together, for how many pupils at once, and how often they sit together about it."""

    naam = models.CharField(max_length=120)
    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="onderwijszorg")
    aanbieder = models.ForeignKey("zorgaanbod.Aanbieder", on_delete=models.PROTECT, related_name="onderwijszorg")
    visie = models.TextField(help_text="De gedeelde visie van school en aanbieder.")
    doelen = ArrayField(models.CharField(max_length=300), help_text="De gezamenlijke doelen.")
    plaatsen = models.PositiveSmallIntegerField()
    duur_weken = models.PositiveSmallIntegerField(help_text="Hoe lang een leerling er meestal is.")
    mdo_elke_weken = models.PositiveSmallIntegerField()
    mdo_volgende = models.DateField(null=True, blank=True)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    vastgelegd_op = models.DateTimeField()
    #: Counts the changes of what was agreed, so that two who change it at once do not undo each other.
    versie = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = OnderwijszorgQuerySet.as_manager()

    class Meta:
        verbose_name = "onderwijs-zorgarrangement"
        verbose_name_plural = "onderwijs-zorgarrangementen"
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                name="onderwijszorg_naam_per_vestiging",
                fields=["vestiging", "naam"],
                violation_error_message="Op deze vestiging is al een arrangement met deze naam.",
                violation_error_code="naam",
            ),
            models.CheckConstraint(
                name="onderwijszorg_plaatsen",
                condition=Q(plaatsen__range=(1, 200)),
                violation_error_message="Vul 1 tot en met 200 plaatsen in.",
                violation_error_code="plaatsen",
            ),
            models.CheckConstraint(
                name="onderwijszorg_duur",
                condition=Q(duur_weken__range=(1, 208)),
                violation_error_message="Vul 1 tot en met 208 weken in.",
                violation_error_code="duur_weken",
            ),
            models.CheckConstraint(
                name="onderwijszorg_mdo_ritme",
                condition=Q(mdo_elke_weken__range=(1, 26)),
                violation_error_message="Vul 1 tot en met 26 weken in.",
                violation_error_code="mdo_elke_weken",
            ),
            models.CheckConstraint(
                name="onderwijszorg_heeft_visie",
                condition=~Q(visie=""),
                violation_error_message="Schrijf op wat school en aanbieder samen willen.",
                violation_error_code="visie",
            ),
            models.CheckConstraint(
                name="onderwijszorg_heeft_doel",
                condition=Q(doelen__len__gte=1),
                violation_error_message="Schrijf minstens één doel op.",
                violation_error_code="doelen",
            ),
            models.CheckConstraint(
                name="onderwijszorg_datums",
                condition=Q(tot__isnull=True) | Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class OzaplaatsingQuerySet(models.QuerySet["Ozaplaatsing"]):
    def on(self, op: date) -> Self:
        """Who has a place on a day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)

    def taking_a_place(self, op: date) -> Self:
        """Who has a place on a day or later."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op))


class Ozaplaatsing(models.Model):
    """A pupil, through their casus, on one place from one day to another (`tot` is the first day without).

    `verwacht_tot` is what was agreed last; `tot` is set when school and aanbieder decide that the pupil leaves.
    """

    arrangement = models.ForeignKey(Onderwijszorg, on_delete=models.PROTECT, related_name="plaatsingen")
    casus = models.ForeignKey("casussen.Casus", on_delete=models.PROTECT, related_name="ozaplaatsingen")
    van = models.DateField()
    verwacht_tot = models.DateField()
    tot = models.DateField(null=True, blank=True)
    reden_uitstroom = models.CharField(max_length=12, choices=RedenUitstroom.choices, blank=True)
    waarheen = models.CharField(max_length=200, blank=True)

    objects = OzaplaatsingQuerySet.as_manager()

    class Meta:
        verbose_name = "plaatsing"
        verbose_name_plural = "plaatsingen"
        ordering = ["van", "id"]
        constraints = [
            models.CheckConstraint(name="ozaplaatsing_datums", condition=Q(tot__isnull=True) | Q(van__lt=F("tot"))),
            models.CheckConstraint(name="ozaplaatsing_verwacht_na_begin", condition=Q(van__lt=F("verwacht_tot"))),
            models.CheckConstraint(
                name="ozaplaatsing_uitstroom_heeft_reden",
                condition=Q(tot__isnull=True, reden_uitstroom="", waarheen="")
                | (Q(tot__isnull=False, reden_uitstroom__in=RedenUitstroom.values) & ~Q(waarheen="")),
            ),
            ExclusionConstraint(
                name="ozaplaatsing_een_tegelijk",
                expressions=[
                    ("casus", RangeOperators.EQUAL),
                    (DateRange("van", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"plaats vanaf {self.van:%d-%m-%Y}"


class Ozabesluit(models.Model):
    """School and aanbieder decided together: in, on, or out. Who of each agreed, and why. Never changed afterwards."""

    plaatsing = models.ForeignKey(Ozaplaatsing, on_delete=models.PROTECT, related_name="besluiten")
    soort = models.CharField(max_length=10, choices=SoortOzabesluit.choices)
    namens_school = models.CharField(max_length=160)
    namens_aanbieder = models.CharField(max_length=160)
    reden = models.TextField()
    per = models.DateField(help_text="De dag waarop het besluit ingaat.")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "besluit over een plaatsing"
        verbose_name_plural = "besluiten over een plaatsing"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="ozabesluit_soort_bekend", condition=Q(soort__in=SoortOzabesluit.values)),
            models.CheckConstraint(
                name="ozabesluit_samen_genomen", condition=~Q(namens_school="") & ~Q(namens_aanbieder="") & ~Q(reden="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} per {self.per:%d-%m-%Y}"
