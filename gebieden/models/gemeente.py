from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker


class GemeenteQuerySet(models.QuerySet["Gemeente"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know the gemeenten; they are public facts."""
        return self.all() if kijker.houdt else self.none()

    def in_region(self) -> Self:
        return self.filter(regio__isnull=False)


class Gemeente(ErrorsAtField):
    """A gemeente by its CBS code. With a `regio` it takes part; without one it is 'buiten de regio'.

    The loket fields say where youth help is asked for a pupil who lives here: all there is to show for buiten_regio.
    After a merger `opvolger` is the gemeente that answers for its territory from `geldig_tot` on (the first day on which this one
    is no more); the register may name the old code for another year (see the function gebieden_gemeente_op). What has no date of
    its own moves on that day; `fusie_verwerkt_op` says when that was done.
    """

    code = models.CharField(max_length=6, unique=True, validators=[RegexValidator(r"^GM\d{4}$", "Een code als GM0392.")])
    naam = models.CharField(max_length=120)
    regio = models.ForeignKey("gebieden.Regio", null=True, blank=True, on_delete=models.PROTECT, related_name="gemeenten")
    loket_naam = models.CharField("naam toegangsloket", max_length=120, blank=True)
    loket_telefoon = models.CharField("telefoon loket", max_length=20, blank=True)
    loket_email = models.EmailField("e-mail loket", blank=True)
    loket_url = models.URLField("website loket", blank=True)
    wie_betaalt = models.TextField(
        "wie betaalt de hulp",
        blank=True,
        default="",
        db_default="",
        help_text="Alleen als deze gemeente iets anders afspreekt dan het woonplaatsbeginsel.",
    )
    volger = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Wie van onze regio volgt wat er bij het loket van deze gemeente gebeurt.",
    )
    geldig_van = models.DateField("bestaat sinds", null=True, blank=True)
    geldig_tot = models.DateField(
        "bestaat tot", null=True, blank=True, help_text="Eerste dag waarop de gemeente er niet meer is."
    )
    opvolger = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="voorgangers", help_text="Na een fusie."
    )
    fusie_verwerkt_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["naam", "code"]
        constraints = [
            models.CheckConstraint(
                name="gemeente_code_vorm",
                condition=Q(code__regex=r"^GM\d{4}$"),
                violation_error_message="Een code als GM0392.",
                violation_error_code="code",
            ),
            models.CheckConstraint(
                name="gemeente_datums",
                condition=Q(geldig_van__isnull=True) | Q(geldig_tot__isnull=True) | Q(geldig_van__lt=F("geldig_tot")),
                violation_error_message="Deze dag moet na de eerste dag van de gemeente liggen.",
                violation_error_code="geldig_tot",
            ),
            models.CheckConstraint(
                name="gemeente_opvolger_met_datum",
                condition=Q(opvolger__isnull=True) | Q(geldig_tot__isnull=False),
                violation_error_message="Bij een opvolger hoort de dag waarop de gemeente opgaat in de andere.",
                violation_error_code="geldig_tot",
            ),
            models.CheckConstraint(
                name="gemeente_opvolger_is_ander",
                condition=Q(opvolger__isnull=True) | ~Q(opvolger=F("id")),
                violation_error_message="Een gemeente kan niet opgaan in zichzelf.",
                violation_error_code="opvolger",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
