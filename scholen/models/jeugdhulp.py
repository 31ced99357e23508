"""Figures that others deliver: youth help of pupils per school and year, and what is known of each wijk. Kept in versions.

A delivery (`Aanlevering`) holds statements (`…Opgave`): all there is to say of one location in one school year, or of one wijk in
one year. A later delivery that says something else replaces the whole statement; the earlier one stays, with what replaced it.
Nothing here is about one pupil, but most counts are small: they leave this room only through `portal.hulp`, which hides them.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.kijker import Kijker
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR

EERSTE_JAAR, LAATSTE_JAAR = 2000, 2099


class Hulpvorm(models.TextChoices):
    """The kinds of youth help that are told apart."""

    AMBULANT = "ambulant", "Ambulante hulp"
    DAGBEHANDELING = "dagbehandeling", "Dagbehandeling"
    VERBLIJF = "verblijf", "Verblijf"
    CRISIS = "crisis", "Crisishulp"
    ONDERWIJSZORG = "onderwijszorg", "Onderwijs-zorgarrangement"
    PREVENTIEF = "preventief", "Preventie en voorveld"
    OVERIG = "overig", "Overige hulp"


class SoortAanlevering(models.TextChoices):
    JEUGDHULP = "jeugdhulp", "jeugdhulp per school"
    CONTEXT = "context", "cijfers per wijk"


class Aanlevering(models.Model):
    """One file that was taken in whole: from whom, when, and what it changed."""

    soort = models.CharField(max_length=10, choices=SoortAanlevering.choices)
    bestandsnaam = models.CharField(max_length=200)
    vingerafdruk = models.CharField(max_length=64)
    op = models.DateTimeField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=120)
    rijen = models.PositiveIntegerField()
    nieuw = models.PositiveIntegerField(default=0)
    vervangen = models.PositiveIntegerField(default=0)
    ongewijzigd = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        ordering = ["-op", "-id"]
        constraints = [
            models.CheckConstraint(name="aanlevering_soort_bekend", condition=Q(soort__in=SoortAanlevering.values)),
            models.CheckConstraint(name="aanlevering_vingerafdruk_vorm", condition=Q(vingerafdruk__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.bestandsnaam}"


class JeugdhulpOpgaveQuerySet(models.QuerySet["JeugdhulpOpgave"]):
    def geldig(self) -> Self:
        """What was not replaced by a later delivery."""
        return self.filter(vervangen_door__isnull=True)

    def visible_to(self, kijker: Kijker) -> Self:
        """Which locations a school or a samenwerkingsverband may read of; others look through `portal.hulp` at a region."""
        return self.filter(
            Q(vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))
            | Q(vestiging__samenwerkingsverband_id__in=kijker.ids(SAMENWERKINGSVERBAND))
        )


class JeugdhulpOpgave(models.Model):
    """All youth help of one location in one school year, as one delivery says it. `schooljaar` is the year it starts in."""

    aanlevering = models.ForeignKey(Aanlevering, on_delete=models.PROTECT, related_name="jeugdhulp")
    vervangen_door = models.ForeignKey(
        Aanlevering, null=True, blank=True, on_delete=models.PROTECT, related_name="vervangen_jeugdhulp"
    )
    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="jeugdhulp")
    schooljaar = models.PositiveSmallIntegerField()
    leerlingen = models.PositiveIntegerField("aantal leerlingen", null=True, blank=True)
    bron = models.CharField(max_length=200, blank=True)

    objects = JeugdhulpOpgaveQuerySet.as_manager()

    class Meta:
        verbose_name = "opgave van jeugdhulp"
        verbose_name_plural = "opgaven van jeugdhulp"
        ordering = ["schooljaar", "vestiging", "id"]
        constraints = [
            models.UniqueConstraint(
                name="jeugdhulp_een_geldige_opgave",
                fields=["vestiging", "schooljaar"],
                condition=Q(vervangen_door__isnull=True),
            ),
            models.CheckConstraint(
                name="jeugdhulp_schooljaar_bereik", condition=Q(schooljaar__range=(EERSTE_JAAR, LAATSTE_JAAR))
            ),
            models.CheckConstraint(
                name="jeugdhulp_niet_door_zichzelf",
                condition=Q(vervangen_door__isnull=True) | ~Q(vervangen_door=F("aanlevering")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"


class JeugdhulpCijfer(models.Model):
    """So many pupils who live in one gemeente (none: elsewhere or unknown) had this kind of help."""

    opgave = models.ForeignKey(JeugdhulpOpgave, on_delete=models.CASCADE, related_name="cijfers")
    woongemeente = models.ForeignKey(
        "gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="jeugdhulp"
    )
    hulpvorm = models.CharField(max_length=16, choices=Hulpvorm.choices)
    aantal = models.PositiveIntegerField("aantal leerlingen")

    class Meta:
        verbose_name = "cijfer van jeugdhulp"
        verbose_name_plural = "cijfers van jeugdhulp"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="jeugdhulp_een_keer_per_vorm",
                fields=["opgave", "woongemeente", "hulpvorm"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="jeugdhulp_hulpvorm_bekend", condition=Q(hulpvorm__in=Hulpvorm.values)),
        ]

    def __str__(self) -> str:
        return self.get_hulpvorm_display()


class WijkOpgaveQuerySet(models.QuerySet["WijkOpgave"]):
    def geldig(self) -> Self:
        return self.filter(vervangen_door__isnull=True)


class WijkOpgave(models.Model):
    """What is known of one wijk in one year. None: not delivered, which is something else than nobody."""

    aanlevering = models.ForeignKey(Aanlevering, on_delete=models.PROTECT, related_name="wijken")
    vervangen_door = models.ForeignKey(
        Aanlevering, null=True, blank=True, on_delete=models.PROTECT, related_name="vervangen_wijken"
    )
    gemeente = models.ForeignKey("gebieden.Gemeente", on_delete=models.PROTECT, related_name="wijkcijfers")
    wijkcode = models.CharField(max_length=8)
    naam = models.CharField(max_length=120, blank=True)
    jaar = models.PositiveSmallIntegerField()
    inwoners_0_17 = models.PositiveIntegerField("inwoners 0–17 jaar", null=True, blank=True)
    inwoners_18_22 = models.PositiveIntegerField("inwoners 18–22 jaar", null=True, blank=True)
    jeugdhulp = models.PositiveIntegerField("jongeren met jeugdhulp", null=True, blank=True)
    ondersteuning = models.PositiveIntegerField("leerlingen met extra ondersteuning op school", null=True, blank=True)
    groei = models.DecimalField("verwachte groei of krimp (%)", max_digits=5, decimal_places=1, null=True, blank=True)
    bron = models.CharField(max_length=200, blank=True)

    objects = WijkOpgaveQuerySet.as_manager()

    class Meta:
        verbose_name = "opgave van een wijk"
        verbose_name_plural = "opgaven van wijken"
        ordering = ["jaar", "wijkcode", "id"]
        constraints = [
            models.UniqueConstraint(
                name="wijkopgave_een_geldige", fields=["wijkcode", "jaar"], condition=Q(vervangen_door__isnull=True)
            ),
            models.CheckConstraint(name="wijkopgave_code_vorm", condition=Q(wijkcode__regex=r"^WK[0-9A-Z]{6}$")),
            models.CheckConstraint(name="wijkopgave_jaar_bereik", condition=Q(jaar__range=(EERSTE_JAAR, LAATSTE_JAAR))),
            models.CheckConstraint(
                name="wijkopgave_niet_door_zichzelf",
                condition=Q(vervangen_door__isnull=True) | ~Q(vervangen_door=F("aanlevering")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam or self.wijkcode} {self.jaar}"
