from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce

from kern.constraints import ErrorsAtField
from scholen.sectoren import Sector
from wijkteams.models.contact import DateRange
from wijkteams.rules import rang_of

#: Open ends, so that no column of the exclusion constraint is ever null.
BEGIN = date(1900, 1, 1)
EINDE = date(9999, 12, 31)
LEEFTIJD_MAX = 150
NUMMER_MAX = 99999
ELKE_SECTOR = "*"


class IntRange(Func):
    """SQL int4range(van, tot, boundary)."""

    function = "int4range"
    output_field = IntegerRangeField()


#: 'even' is the range [0,0], 'oneven' [1,1] and 'beide' [0,1]: even and odd sides do not clash, both clashes with either.
EERSTE_ZIJDE = Case(When(zijde="oneven", then=Value(1)), default=Value(0), output_field=models.IntegerField())
LAATSTE_ZIJDE = Case(When(zijde="even", then=Value(0)), default=Value(1), output_field=models.IntegerField())


class SoortGebied(models.TextChoices):
    SCHOOL = "school", "school, voor leerlingen uit een gemeente"
    VOORRANG = "voorrang", "voorrang in een gemeente"
    NUMMERS = "nummers", "PC6 met huisnummers"
    PC6 = "pc6", "postcode (PC6)"
    BUURT = "buurt", "buurt"
    PC4 = "pc4", "postcodegebied (PC4)"
    WIJK = "wijk", "wijk"
    GEMEENTE = "gemeente", "gemeente"


class Zijde(models.TextChoices):
    BEIDE = "beide", "beide zijden"
    EVEN = "even", "even nummers"
    ONEVEN = "oneven", "oneven nummers"


class Werkgebied(ErrorsAtField):
    """A dated rule: this wijkteam serves this area, for these pupils. The order in which rules go is stored as `rang`.

    `gebied` is the code of the area: GM0392, WK039201, BU03920101, 2037 or 2037RB. A rule of a school has as its area a gemeente
    whose pupils it holds for, one row per gemeente; it holds for all locations (`school`) or for one (`vestiging`, which wins).
    `sector` is one sector or '*': one row per sector, since GiST has no operator class for text arrays. `leeftijd_tot` is
    exclusive (0–18 holds until the eighteenth birthday), `tot` is the first day on which the rule no longer holds. `zijde` is
    'beide' unless the kind is 'nummers'.
    """

    wijkteam = models.ForeignKey("wijkteams.Wijkteam", on_delete=models.PROTECT, related_name="werkgebieden")
    soort = models.CharField(max_length=8, choices=SoortGebied.choices)
    gebied = models.CharField(max_length=10)
    sector = models.CharField(max_length=3, choices=[(ELKE_SECTOR, "elke sector"), *Sector.choices], default=ELKE_SECTOR)
    school = models.ForeignKey("scholen.School", null=True, blank=True, on_delete=models.PROTECT, related_name="werkgebieden")
    vestiging = models.ForeignKey(
        "scholen.Vestiging", null=True, blank=True, on_delete=models.PROTECT, related_name="werkgebieden"
    )
    nummer_van = models.PositiveIntegerField(default=1)
    nummer_tot_en_met = models.PositiveIntegerField(default=NUMMER_MAX)
    zijde = models.CharField(max_length=6, choices=Zijde.choices, default=Zijde.BEIDE)
    leeftijd_van = models.PositiveSmallIntegerField(default=0)
    leeftijd_tot = models.PositiveSmallIntegerField(default=LEEFTIJD_MAX)
    van = models.DateField(default=BEGIN)
    tot = models.DateField(default=EINDE)
    rang = models.PositiveSmallIntegerField(editable=False)
    toelichting = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "werkgebied"
        verbose_name_plural = "werkgebieden"
        ordering = ["rang", "gebied", "id"]
        indexes = [models.Index(fields=["gebied", "soort"], name="werkgebied_gebied")]
        constraints = [
            models.CheckConstraint(
                name="werkgebied_datums",
                condition=Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
            models.CheckConstraint(
                name="werkgebied_leeftijd",
                condition=Q(leeftijd_van__lt=F("leeftijd_tot")),
                violation_error_message="Deze leeftijd moet hoger zijn dan de eerste; ‘tot 18’ is tot de achttiende verjaardag.",
                violation_error_code="leeftijd_tot",
            ),
            models.CheckConstraint(
                name="werkgebied_nummers",
                condition=Q(nummer_van__gte=1, nummer_van__lte=F("nummer_tot_en_met")),
                violation_error_message="Het laatste nummer moet minstens zo hoog zijn als het eerste, en dat minstens 1.",
                violation_error_code="nummer_tot_en_met",
            ),
            models.CheckConstraint(
                name="werkgebied_nummers_bij_soort",
                condition=Q(soort="nummers") | Q(nummer_van=1, nummer_tot_en_met=NUMMER_MAX, zijde="beide"),
                violation_error_message="Huisnummers en een zijde horen alleen bij een regel van de soort ‘PC6 met huisnummers’.",
                violation_error_code="soort",
            ),
            models.CheckConstraint(
                name="werkgebied_school_bij_soort",
                condition=(
                    Q(soort="school", school__isnull=False, vestiging__isnull=True)
                    | Q(soort="school", school__isnull=True, vestiging__isnull=False)
                    | (~Q(soort="school") & Q(school__isnull=True, vestiging__isnull=True))
                ),
                violation_error_message="Kies bij de soort ‘school’ een school of een vestiging, en bij andere soorten geen.",
                violation_error_code="school",
            ),
            models.CheckConstraint(
                name="werkgebied_gebied_bij_soort",
                condition=(
                    Q(soort__in=["school", "voorrang", "gemeente"], gebied__regex=r"^GM\d{4}$")
                    | Q(soort="wijk", gebied__regex=r"^WK\d{4}[0-9A-Z]{2}$")
                    | Q(soort="buurt", gebied__regex=r"^BU\d{4}[0-9A-Z]{4}$")
                    | Q(soort="pc4", gebied__regex=r"^[1-9]\d{3}$")
                    | Q(soort__in=["pc6", "nummers"], gebied__regex=r"^[1-9]\d{3}[A-Z]{2}$")
                ),
                violation_error_message=(
                    "Deze code past niet bij de soort. Schrijf een gemeente als GM0392, een wijk als WK039201, een buurt als "
                    "BU03920101, een postcode als 2037 of 2037RB."
                ),
                violation_error_code="gebied",
            ),
            ExclusionConstraint(
                name="werkgebied_geen_gelijkspel",
                expressions=[
                    ("soort", RangeOperators.EQUAL),
                    ("gebied", RangeOperators.EQUAL),
                    ("sector", RangeOperators.EQUAL),
                    (Coalesce("school", 0), RangeOperators.EQUAL),
                    (Coalesce("vestiging", 0), RangeOperators.EQUAL),
                    (IntRange("nummer_van", "nummer_tot_en_met", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    (IntRange(EERSTE_ZIJDE, LAATSTE_ZIJDE, RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    (IntRange("leeftijd_van", "leeftijd_tot", RangeBoundary()), RangeOperators.OVERLAPS),
                    (DateRange("van", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "Voor dit gebied is er al een regel met dezelfde sector, leeftijd en dagen. Maak een van de twee smaller."
                ),
                violation_error_code="gebied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wijkteam} voor {self.get_soort_display()} {self.gebied}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.rang = rang_of(self.soort, self.sector, one_location=self.vestiging_id is not None)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.soort:
            self.rang = rang_of(self.soort, self.sector, one_location=self.vestiging_id is not None)
