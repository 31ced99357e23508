from collections.abc import Collection
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from kern.constraints import DateRange, ErrorsAtField
from kern.kijker import Kijker
from zorgaanbod.keuzes import Hulpvorm, SoortAanbieder, Zwaarte
from zorgaanbod.models.aanbieder import Aanbieder
from zorgaanbod.rollen import AANBIEDER
from zorgaanbod.rules import OUD_NA_DAGEN


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def visible_to(self, kijker: Kijker) -> Self:
        return self.all() if kijker.houdt else self.none()

    def of(self, kijker: Kijker) -> Self:
        """Those of the viewer's own aanbieders: whose entry they keep."""
        return self.filter(aanbieder_id__in=kijker.ids(AANBIEDER))

    def available_in(self, gemeente_ids: Collection[int], op: date) -> Self:
        """What somebody who lives in one of these gemeenten can get: under contract, or from the voorveld that works there."""
        bought = Contract.objects.on(op).filter(arrangement=OuterRef("pk"), gemeente_id__in=gemeente_ids)
        works = Aanbieder.objects.filter(soort=SoortAanbieder.VOORVELD, gemeenten__in=gemeente_ids)
        return self.filter(Exists(bought) | Q(aanbieder_id__in=works.values("pk")))

    def bought_for(self, gemeente_id: int | None, op: date) -> Self:
        """What may be asked for a pupil of this gemeente: under its contract, or from the voorveld, which is open to all."""
        bought = Contract.objects.on(op).filter(arrangement=OuterRef("pk"), gemeente__in=[gemeente_id] if gemeente_id else [])
        return self.filter(Exists(bought) | Q(aanbieder__soort=SoortAanbieder.VOORVELD))

    def for_age(self, leeftijd: int | None) -> Self:
        """What is meant for this age, in years; everything when it is not known."""
        return self if leeftijd is None else self.filter(leeftijd_van__lte=leeftijd, leeftijd_tot__gte=leeftijd)

    def with_wachttijd(self) -> Self:
        """Annotates `wacht_weken` and `wacht_op`: the newest measurement, or nothing."""
        newest = Wachttijd.objects.filter(arrangement=OuterRef("pk")).order_by("-gemeten_op", "-id")
        return self.annotate(wacht_weken=Subquery(newest.values("weken")[:1]), wacht_op=Subquery(newest.values("gemeten_op")[:1]))

    def stale(self, op: date) -> Self:
        """After `with_wachttijd`: measured so long ago that it says little; youth help also when it was never measured."""
        never = Q(wacht_op__isnull=True, aanbieder__soort=SoortAanbieder.JEUGDHULP)
        return self.filter(never | Q(wacht_op__lt=op - timedelta(days=OUD_NA_DAGEN)))

    def waiting_at_most(self, weken: int) -> Self:
        """After `with_wachttijd`: where somebody who asks now waits no longer; what is not known is left out."""
        return self.filter(wacht_weken__lte=weken)

    def oldest_first(self) -> Self:
        """After `with_wachttijd`: what was never measured, then what was measured longest ago."""
        return self.order_by(F("wacht_op").asc(nulls_first=True), "naam", "pk")

    def above_norm(self) -> Self:
        """After `with_wachttijd`: longer than the region agreed on."""
        return self.filter(wacht_weken__gt=F("wachttijd_norm"))

    def offered(self, op: date) -> Self:
        """What can be asked for on a day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op).filter(
            Q(aanbieder__actief_tot__isnull=True) | Q(aanbieder__actief_tot__gt=op)
        )


class Arrangement(ErrorsAtField):
    """One kind of help of one aanbieder. `leeftijd_tot` is the last age for which it is meant; `capaciteit` counts places.

    `wachttijd_norm` is what the region agreed on, in weeks (Treeknormen are a starting point; each region sets its own).
    """

    aanbieder = models.ForeignKey("zorgaanbod.Aanbieder", on_delete=models.PROTECT, related_name="arrangementen")
    naam = models.CharField(max_length=160)
    hulpvorm = models.CharField(max_length=14, choices=Hulpvorm.choices)
    zwaarte = models.CharField(max_length=6, choices=Zwaarte.choices, default=Zwaarte.MIDDEL)
    omschrijving = models.TextField(blank=True)
    leeftijd_van = models.PositiveSmallIntegerField(default=0)
    leeftijd_tot = models.PositiveSmallIntegerField(default=18)
    op_school = models.BooleanField(default=False, help_text="De hulp kan op school worden gegeven.")
    zo_vraagt_u_aan = models.CharField(max_length=300, blank=True)
    capaciteit = models.PositiveIntegerField(null=True, blank=True, help_text="Aantal plaatsen.")
    wachttijd_norm = models.PositiveSmallIntegerField(default=8, help_text="In weken.")
    van = models.DateField(default=date(2020, 1, 1))
    tot = models.DateField(null=True, blank=True)
    #: On which day the aanbieder was last asked for its waiting time, and the region last told that it is above the norm.
    herinnerd_op = models.DateField(null=True, blank=True, editable=False)
    norm_gemeld_op = models.DateField(null=True, blank=True, editable=False)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = "arrangement"
        verbose_name_plural = "arrangementen"
        ordering = ["aanbieder__naam", "naam", "id"]
        constraints = [
            models.UniqueConstraint(
                name="arrangement_naam_per_aanbieder",
                fields=["aanbieder", "naam"],
                violation_error_message="Deze aanbieder heeft al een arrangement met deze naam.",
                violation_error_code="naam",
            ),
            models.CheckConstraint(name="arrangement_hulpvorm_bekend", condition=Q(hulpvorm__in=Hulpvorm.values)),
            models.CheckConstraint(name="arrangement_zwaarte_bekend", condition=Q(zwaarte__in=Zwaarte.values)),
            models.CheckConstraint(
                name="arrangement_leeftijden",
                condition=Q(leeftijd_van__lte=F("leeftijd_tot"), leeftijd_tot__lte=27),
                violation_error_message="De hoogste leeftijd is niet lager dan de laagste, en hoogstens 27.",
                violation_error_code="leeftijd_tot",
            ),
            models.CheckConstraint(
                name="arrangement_datums",
                condition=Q(tot__isnull=True) | Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
        ]
        indexes = [models.Index(fields=["hulpvorm"], name="arrangement_hulpvorm")]

    def __str__(self) -> str:
        return f"{self.naam} ({self.aanbieder})"


class ContractQuerySet(models.QuerySet["Contract"]):
    def on(self, op: date) -> Self:
        return self.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)


class Contract(ErrorsAtField):
    """A gemeente bought this arrangement, from one day to another (`tot` is the first day without)."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="contracten")
    gemeente = models.ForeignKey("gebieden.Gemeente", on_delete=models.PROTECT, related_name="contracten")
    van = models.DateField(default=date(2020, 1, 1))
    tot = models.DateField(null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "contract"
        verbose_name_plural = "contracten"
        ordering = ["gemeente__naam", "van", "id"]
        constraints = [
            models.CheckConstraint(
                name="contract_datums",
                condition=Q(tot__isnull=True) | Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
            ExclusionConstraint(
                name="contract_geen_overlap",
                expressions=[
                    ("arrangement", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (DateRange("van", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Op een deel van deze dagen is er al een contract met deze gemeente.",
                violation_error_code="van",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrangement} voor {self.gemeente}"


class Wachttijd(ErrorsAtField):
    """How long somebody who asks today waits, in weeks, as it was on a day. The newest holds; the others are its history."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="wachttijden")
    weken = models.PositiveSmallIntegerField()
    gemeten_op = models.DateField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()

    class Meta:
        verbose_name = "wachttijd"
        verbose_name_plural = "wachttijden"
        ordering = ["arrangement", "-gemeten_op", "-id"]
        indexes = [models.Index(fields=["arrangement", "-gemeten_op", "-id"], name="wachttijd_nieuwste")]
        constraints = [
            models.CheckConstraint(
                name="wachttijd_hoogstens",
                condition=Q(weken__lte=260),
                violation_error_message="Een wachttijd is hoogstens 260 weken.",
                violation_error_code="weken",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weken} weken op {self.gemeten_op:%d-%m-%Y}"
