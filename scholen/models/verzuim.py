from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractIsoYear, ExtractWeek

from kern.constraints import DateRange, ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.verzuim.keuzes import PER_UUR, RedenVerzuim, SoortSignaal, SoortVerzuim, VrijstellingGrond
from scholen.verzuim.rules import Afwezig, Venster, report_by

#: More hours than this nobody can miss in a week.
UREN_MAX = 40
#: Before this day no pupil of today was born or at school: a year that was typed wrong.
EERSTE_DAG = date(2000, 1, 1)


class VerzuimQuerySet(models.QuerySet["Verzuim"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """What the viewer's own school wrote down. Whoever else may see it does so through a casus."""
        return self.filter(leerling__vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))

    def living(self) -> Self:
        """As it stands now: without what was corrected or taken back."""
        return self.filter(vervallen_op__isnull=True)


class Verzuim(ErrorsAtField):
    """A pupil was not at school, or need not come: loose hours within one week, or whole days (`uren` is None) up to now when
    `tot` is None.

    Nothing is ever changed or deleted here but the last day of what is still going on. A correction is a new row that `vervangt`
    the old one; the old one stays, with who took it back and why.
    """

    leerling = models.ForeignKey("scholen.Leerling", on_delete=models.PROTECT, related_name="verzuim")
    soort = models.CharField(max_length=12, choices=SoortVerzuim.choices)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True, help_text="De laatste dag dat de leerling er niet was.")
    uren = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    reden = models.CharField(max_length=12, choices=RedenVerzuim.choices, default=RedenVerzuim.ONBEKEND)
    #: For the school alone: it is shared with nobody.
    toelichting = models.TextField(blank=True)
    belastbaar_volgens_plan = models.BooleanField(default=False)
    vrijstelling_grond = models.CharField(max_length=4, choices=VrijstellingGrond.choices, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    #: Sent once with each form, so that a form sent twice is one report.
    verzoek_sleutel = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    vervangt = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="vervangen_door", editable=False
    )
    vervallen_op = models.DateTimeField(null=True, blank=True)
    vervallen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vervallen_om = models.CharField(max_length=200, blank=True)

    objects = VerzuimQuerySet.as_manager()

    class Meta:
        verbose_name = "verzuim"
        verbose_name_plural = "verzuim"
        ordering = ["-van", "-id"]
        indexes = [
            models.Index(fields=["leerling", "van"], name="verzuim_leerling", condition=Q(vervallen_op__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(name="verzuim_soort_bekend", condition=Q(soort__in=SoortVerzuim.values)),
            models.CheckConstraint(name="verzuim_reden_bekend", condition=Q(reden__in=RedenVerzuim.values)),
            models.CheckConstraint(
                name="verzuim_van_vanaf_2000",
                condition=Q(van__gte=EERSTE_DAG),
                violation_error_message="Vul een dag in vanaf het jaar 2000. Klopt het jaar?",
                violation_error_code="van",
            ),
            models.CheckConstraint(
                name="verzuim_dagen_volgorde",
                condition=Q(tot__isnull=True) | Q(van__lte=F("tot")),
                violation_error_message="De laatste dag ligt voor de eerste.",
                violation_error_code="tot",
            ),
            models.CheckConstraint(
                name="verzuim_uren_in_een_week",
                condition=Q(uren__isnull=True)
                | Q(tot__isnull=False, tot__week=ExtractWeek("van"), tot__iso_year=ExtractIsoYear("van")),
                violation_error_message="Losse uren vallen in één week, van maandag tot en met zondag. Meld elke week apart.",
                violation_error_code="tot",
            ),
            models.CheckConstraint(
                name="verzuim_uren_aantal",
                condition=Q(uren__isnull=True) | Q(uren__gt=0, uren__lte=UREN_MAX),
                violation_error_message=f"Vul een aantal uren in: meer dan 0, hoogstens {UREN_MAX}.",
                violation_error_code="uren",
            ),
            models.CheckConstraint(
                name="verzuim_uren_soort",
                condition=Q(uren__isnull=True) | Q(soort__in=[soort.value for soort in PER_UUR]),
                violation_error_message="Losse uren zijn ongeoorloofd, ziek of geoorloofd.",
                violation_error_code="soort",
            ),
            models.CheckConstraint(
                name="verzuim_belastbaar_is_ziek",
                condition=Q(belastbaar_volgens_plan=False) | Q(soort="ziek"),
                violation_error_message="Dit geldt alleen voor een leerling die ziek is.",
                violation_error_code="belastbaar_volgens_plan",
            ),
            models.CheckConstraint(
                name="verzuim_vrijstelling_heeft_grond",
                condition=(Q(soort="vrijstelling") & Q(vrijstelling_grond__in=VrijstellingGrond.values))
                | (~Q(soort="vrijstelling") & Q(vrijstelling_grond="")),
                violation_error_message="Kies de grond van de vrijstelling, en alleen bij een vrijstelling.",
                violation_error_code="vrijstelling_grond",
            ),
            models.CheckConstraint(
                name="verzuim_vervallen_met_reden",
                condition=Q(vervallen_op__isnull=True, vervallen_door__isnull=True, vervallen_om="")
                | (Q(vervallen_op__isnull=False, vervallen_door__isnull=False) & ~Q(vervallen_om="")),
            ),
            ExclusionConstraint(
                name="verzuim_hele_dagen_eenmaal",
                expressions=[
                    ("leerling", RangeOperators.EQUAL),
                    (DateRange("van", "tot", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(uren__isnull=True, vervallen_op__isnull=True),
                violation_error_message="Voor deze dagen staat er al een melding. Beëindig die eerst, of verbeter haar.",
                violation_error_code="van",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} vanaf {self.van:%d-%m-%Y}"

    @property
    def loopt(self) -> bool:
        """Still going on, as far as anybody wrote down."""
        return self.tot is None and self.vervallen_op is None

    def as_afwezig(self) -> Afwezig:
        return Afwezig(self.soort, self.van, self.tot, self.uren, self.belastbaar_volgens_plan)


class VerzuimsignaalQuerySet(models.QuerySet["Verzuimsignaal"]):
    def visible_to(self, kijker: Kijker) -> Self:
        return self.filter(leerling__vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))

    def living(self) -> Self:
        """Still true: not undone by a correction."""
        return self.filter(vervallen_op__isnull=True)

    def to_report(self) -> Self:
        """Still true, and as far as anybody wrote down not reported to leerplicht; what must be reported first comes first."""
        return self.living().filter(gemeld_bij_leerplicht_op__isnull=True).order_by("op", "pk")


class Verzuimsignaal(models.Model):
    """16 hours in 4 schoolweken, or 4 weeks away, told to the school once.

    `gemeld_bij_leerplicht_op`: the day on which the school reported it, through DUO; the portal reports nothing itself. What was
    not reported yet lapses when a correction takes the ground away.
    """

    leerling = models.ForeignKey("scholen.Leerling", on_delete=models.PROTECT, related_name="verzuimsignalen")
    soort = models.CharField(max_length=5, choices=SoortSignaal.choices)
    venster_van = models.DateField()
    venster_tot = models.DateField()
    waarde = models.DecimalField(max_digits=5, decimal_places=1, help_text="Uren, of weken.")
    op = models.DateTimeField()
    vervallen_op = models.DateTimeField(null=True, blank=True)
    gemeld_bij_leerplicht_op = models.DateField(null=True, blank=True)
    gemeld_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gemeld_vastgelegd_op = models.DateTimeField(null=True, blank=True)

    objects = VerzuimsignaalQuerySet.as_manager()

    class Meta:
        verbose_name = "verzuimsignaal"
        verbose_name_plural = "verzuimsignalen"
        ordering = ["venster_tot", "id"]
        constraints = [
            models.UniqueConstraint(name="verzuimsignaal_eenmaal", fields=["leerling", "soort", "venster_van"]),
            models.CheckConstraint(name="verzuimsignaal_soort_bekend", condition=Q(soort__in=SoortSignaal.values)),
            models.CheckConstraint(name="verzuimsignaal_venster", condition=Q(venster_van__lte=F("venster_tot"))),
            models.CheckConstraint(
                name="verzuimsignaal_gemeld_door_iemand",
                condition=Q(gemeld_bij_leerplicht_op__isnull=True, gemeld_door__isnull=True, gemeld_vastgelegd_op__isnull=True)
                | Q(gemeld_bij_leerplicht_op__isnull=False, gemeld_door__isnull=False, gemeld_vastgelegd_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.venster_van:%d-%m-%Y})"

    @property
    def uiterlijk(self) -> datetime:
        """Until when the school may report it."""
        return report_by(self.op)

    @property
    def venster(self) -> Venster:
        return Venster(self.venster_van, self.venster_tot, self.waarde)
