from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gebieden.rules import editie_label


class EditieStatus(models.TextChoices):
    LADEN = "laden", "wordt geladen"
    GELADEN = "geladen", "geladen"
    MISLUKT = "mislukt", "mislukt"


class Editie(models.Model):
    """One version of one yearly CBS release of the postcode–house number table (reference date 1 August).

    Loaded while inactive, activated in one transaction, kept for good: a casus must be explainable years later.
    """

    jaar = models.PositiveSmallIntegerField()
    versie = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=EditieStatus.choices, default=EditieStatus.LADEN)
    actief = models.BooleanField(default=False)
    geladen_op = models.DateTimeField()
    geactiveerd_op = models.DateTimeField(null=True, blank=True)
    rijen = models.PositiveIntegerField(default=0, help_text="Gegevensrijen in het bestand, zonder de kop.")
    adressen = models.PositiveIntegerField(default=0, help_text="Unieke combinaties van postcode en huisnummer.")
    geweigerd = models.PositiveIntegerField(default=0)
    bevindingen = models.JSONField(default=list, blank=True, help_text="Waarom deze editie niet vanzelf actief werd.")
    gemeenten = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="Namen van de gemeenten in deze editie, op code."
    )
    geforceerd_om = models.CharField(max_length=300, blank=True)
    bron = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["-jaar", "-versie"]
        constraints = [
            models.UniqueConstraint(name="editie_jaar_versie", fields=["jaar", "versie"]),
            models.UniqueConstraint(name="editie_een_actief", fields=["actief"], condition=Q(actief=True)),
            models.CheckConstraint(name="editie_actief_is_geladen", condition=Q(actief=False) | Q(status="geladen")),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How an editie is named on screen and in JSON: '2025', a later version of the same year '2025-2'."""
        return editie_label(self.jaar, self.versie)


class Wijk(models.Model):
    """A CBS wijk as it was in one editie. `code` WK + gemeente (4) + wijk (2); may be alphanumeric (Amsterdam)."""

    editie = models.ForeignKey(Editie, on_delete=models.CASCADE, related_name="wijken")
    code = models.CharField(max_length=8)
    naam = models.CharField(max_length=120)

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        constraints = [
            models.UniqueConstraint(name="wijk_editie_code", fields=["editie", "code"]),
            models.CheckConstraint(name="wijk_code_vorm", condition=Q(code__regex=r"^WK\d{4}[0-9A-Z]{2}$")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def gemeente_code(self) -> str:
        return f"GM{self.code[2:6]}"


class Buurt(models.Model):
    """A CBS buurt as it was in one editie. `code` BU + gemeente (4) + wijk (2) + buurt (2)."""

    editie = models.ForeignKey(Editie, on_delete=models.CASCADE, related_name="buurten")
    code = models.CharField(max_length=10)
    naam = models.CharField(max_length=120)

    class Meta:
        verbose_name = "buurt"
        verbose_name_plural = "buurten"
        constraints = [
            models.UniqueConstraint(name="buurt_editie_code", fields=["editie", "code"]),
            models.CheckConstraint(name="buurt_code_vorm", condition=Q(code__regex=r"^BU\d{4}[0-9A-Z]{4}$")),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def gemeente_code(self) -> str:
        return f"GM{self.code[2:6]}"

    @property
    def wijk_code(self) -> str:
        return f"WK{self.code[2:8]}"


class RegisterRegel(models.Model):
    """All house numbers of one postcode in one buurt, in one editie: the address register.

    About 480,000 rows for the whole country. `huisnummers` is sorted and without doubles. A postcode that crosses a border
    has a row per buurt. No foreign key to Buurt: the code holds wijk and gemeente, and COPY stays fast. For the same reason the
    foreign key to Editie is held by triggers per statement (migration 0002): one look-up for 480,000 rows instead of as many.
    """

    editie = models.ForeignKey(Editie, on_delete=models.CASCADE, related_name="regels", db_index=False, db_constraint=False)
    postcode = models.CharField(max_length=6)
    buurt_code = models.CharField(max_length=10)
    huisnummers = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = "registerregel"
        verbose_name_plural = "adresregister"
        constraints = [
            models.UniqueConstraint(name="register_sleutel", fields=["editie", "postcode", "buurt_code"]),
            models.CheckConstraint(name="register_postcode_vorm", condition=Q(postcode__regex=r"^[1-9]\d{3}[A-Z]{2}$")),
            models.CheckConstraint(name="register_niet_leeg", condition=Q(huisnummers__len__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.postcode} in {self.buurt_code}"
