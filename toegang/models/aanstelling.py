from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.kijker import Houdt
from toegang.rollen import ROLLEN, rol

#: The fields that name what a role is held for; of an appointment one is set, or none.
ORGANISATIES = ("school", "wijkteam", "gemeente", "regio", "samenwerkingsverband", "aanbieder")


def _organisation_fits_role() -> Q:
    """Exactly the foreign key that the role is held for is set, and no other."""
    return reduce(
        or_,
        (Q(rol=role.sleutel, **{f"{soort}__isnull": soort != role.soort for soort in ORGANISATIES}) for role in ROLLEN.values()),
    )


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    def on(self, dag: date) -> Self:
        """Appointments that hold on a day (`tot` is the first day on which it no longer does)."""
        return self.filter(van__lte=dag).filter(Q(tot__isnull=True) | Q(tot__gt=dag))


class Aanstelling(models.Model):
    """One person holds one role for one organisation, from one day to another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="aanstellingen")
    rol = models.CharField(max_length=40, choices=[(r.sleutel, r.label) for r in ROLLEN.values()])
    school = models.ForeignKey("scholen.School", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen")
    wijkteam = models.ForeignKey(
        "wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen"
    )
    gemeente = models.ForeignKey(
        "gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen"
    )
    regio = models.ForeignKey("gebieden.Regio", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen")
    samenwerkingsverband = models.ForeignKey(
        "scholen.Samenwerkingsverband", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen"
    )
    aanbieder = models.ForeignKey(
        "zorgaanbod.Aanbieder", null=True, blank=True, on_delete=models.PROTECT, related_name="aanstellingen"
    )
    van = models.DateField(default=date(2020, 1, 1))
    tot = models.DateField(null=True, blank=True)

    objects = AanstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanstelling"
        verbose_name_plural = "aanstellingen"
        indexes = [models.Index(fields=["rol", "van"], name="aanstelling_rol")]
        constraints = [
            models.CheckConstraint(name="aanstelling_past_bij_rol", condition=_organisation_fits_role()),
            models.CheckConstraint(name="aanstelling_datums", condition=Q(tot__isnull=True) | Q(van__lt=F("tot"))),
            models.UniqueConstraint(
                name="aanstelling_uniek",
                fields=["user", "rol", "school", "wijkteam", "gemeente", "regio", "samenwerkingsverband", "aanbieder", "van"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        organisatie = self.organisatie
        return f"{rol(self.rol).label} · {organisatie}" if organisatie else rol(self.rol).label

    def holds_on(self, dag: date) -> bool:
        """Does it hold on this day? The same rule as `AanstellingQuerySet.on`."""
        return self.van <= dag and (self.tot is None or self.tot > dag)

    @property
    def organisatie(self) -> models.Model | None:
        soort = rol(self.rol).soort
        return getattr(self, soort) if soort else None

    def as_houdt(self) -> Houdt:
        soort = rol(self.rol).soort
        return Houdt(rol=self.rol, soort=soort, id=getattr(self, f"{soort}_id") if soort else None, aanstelling_id=self.pk)
