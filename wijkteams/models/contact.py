from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from kern import constraints
from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.sectoren import Sector


class DateRange(constraints.DateRange):
    """The range of the house, under the name that the migrations of this room know it by."""


class ContactpersoonQuerySet(models.QuerySet["Contactpersoon"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know the professionals; that is what the portal is for."""
        return self.all() if kijker.houdt else self.none()


class Contactpersoon(models.Model):
    """A professional of a wijkteam, with a face. May have an account (`user`), need not.

    `bereikbaar` is free text for people ('ma di do 9–17').
    """

    wijkteam = models.ForeignKey("wijkteams.Wijkteam", on_delete=models.PROTECT, related_name="mensen")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contactpersoon"
    )
    naam = models.CharField(max_length=120)
    functie = models.CharField(max_length=120, blank=True)
    expertise = models.CharField(max_length=200, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    bereikbaar = models.CharField(max_length=120, blank=True)
    foto = models.ImageField(upload_to="contactpersonen/", blank=True)
    geverifieerd_op = models.DateField(null=True, blank=True)
    in_dienst_tot = models.DateField(null=True, blank=True, help_text="Eerste dag waarop deze persoon er niet meer werkt.")

    objects = ContactpersoonQuerySet.as_manager()

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["naam", "id"]

    def __str__(self) -> str:
        return self.naam


class Aanspreekpunt(ErrorsAtField):
    """The fixed contact person of a wijkteam: for one location, one school, one sector, or for the whole team.

    `tot` is the first day on which it no longer holds. For one team and one scope there is one aanspreekpunt on any day.
    """

    wijkteam = models.ForeignKey("wijkteams.Wijkteam", on_delete=models.PROTECT, related_name="aanspreekpunten")
    contactpersoon = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.PROTECT, related_name="aanspreekpunten")
    vestiging = models.ForeignKey(
        "scholen.Vestiging", null=True, blank=True, on_delete=models.PROTECT, related_name="aanspreekpunten"
    )
    school = models.ForeignKey("scholen.School", null=True, blank=True, on_delete=models.PROTECT, related_name="aanspreekpunten")
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    vervanger = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="vervangt"
    )
    van = models.DateField(default=date(2020, 1, 1))
    tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "aanspreekpunt"
        verbose_name_plural = "aanspreekpunten"
        constraints = [
            models.CheckConstraint(
                name="aanspreekpunt_een_bereik",
                condition=(
                    Q(vestiging__isnull=True, school__isnull=True)
                    | Q(vestiging__isnull=True, school__isnull=False, sector="")
                    | Q(vestiging__isnull=False, school__isnull=True, sector="")
                ),
                violation_error_message="Kies hoogstens één: een vestiging, een school of een sector. Niets is: het hele team.",
                violation_error_code="sector",
            ),
            models.CheckConstraint(
                name="aanspreekpunt_datums",
                condition=Q(tot__isnull=True) | Q(van__lt=F("tot")),
                violation_error_message="Deze dag moet na de eerste dag liggen.",
                violation_error_code="tot",
            ),
            models.CheckConstraint(
                name="aanspreekpunt_vervanger_is_ander",
                condition=Q(vervanger__isnull=True) | ~Q(vervanger=F("contactpersoon")),
                violation_error_message="De vervanger moet iemand anders zijn.",
                violation_error_code="vervanger",
            ),
            ExclusionConstraint(
                name="aanspreekpunt_een_per_bereik",
                expressions=[
                    ("wijkteam", RangeOperators.EQUAL),
                    (Coalesce("vestiging", 0), RangeOperators.EQUAL),
                    (Coalesce("school", 0), RangeOperators.EQUAL),
                    ("sector", RangeOperators.EQUAL),
                    (DateRange("van", "tot", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Op een deel van deze dagen heeft het team hiervoor al een aanspreekpunt.",
                violation_error_code="van",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contactpersoon} voor {self.vestiging or self.school or self.sector or 'het hele team'}"


class Afwezigheid(ErrorsAtField):
    """Days on which a professional is away. `tot_en_met` is the last day away; the reason is nobody's business."""

    contactpersoon = models.ForeignKey("wijkteams.Contactpersoon", on_delete=models.CASCADE, related_name="afwezigheden")
    van = models.DateField()
    tot_en_met = models.DateField()
    vervanger = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="vervangingen"
    )

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        ordering = ["van", "id"]
        constraints = [
            models.CheckConstraint(
                name="afwezigheid_datums",
                condition=Q(van__lte=F("tot_en_met")),
                violation_error_message="De laatste dag ligt voor de eerste.",
                violation_error_code="tot_en_met",
            ),
            models.CheckConstraint(
                name="afwezigheid_vervanger_is_ander",
                condition=Q(vervanger__isnull=True) | ~Q(vervanger=F("contactpersoon")),
                violation_error_message="De vervanger moet iemand anders zijn.",
                violation_error_code="vervanger",
            ),
            ExclusionConstraint(
                name="afwezigheid_geen_overlap",
                expressions=[
                    ("contactpersoon", RangeOperators.EQUAL),
                    (DateRange("van", "tot_en_met", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon is op een deel van deze dagen al afwezig gemeld.",
                violation_error_code="van",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contactpersoon} van {self.van} tot en met {self.tot_en_met}"
