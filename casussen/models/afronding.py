from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import BesluitAanvraag


class Aanvraag(models.Model):
    """A formal application (Awb 1:3) as the gemeente received it, and its decision. The portal only records that it was."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="aanvragen")
    onderwerp = models.CharField(max_length=200)
    ontvangen_op = models.DateField()
    besluit_op = models.DateField(null=True, blank=True)
    besluit = models.CharField(max_length=11, choices=BesluitAanvraag.choices, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "formele aanvraag"
        verbose_name_plural = "formele aanvragen"
        ordering = ["ontvangen_op", "id"]
        constraints = [
            models.CheckConstraint(name="aanvraag_heeft_onderwerp", condition=~Q(onderwerp="")),
            models.CheckConstraint(
                name="aanvraag_besluit_heeft_datum",
                condition=(Q(besluit="") & Q(besluit_op__isnull=True)) | (~Q(besluit="") & Q(besluit_op__isnull=False)),
            ),
            models.UniqueConstraint(name="aanvraag_een_open", fields=["casus"], condition=Q(besluit="")),
        ]

    def __str__(self) -> str:
        return f"aanvraag van {self.ontvangen_op:%d-%m-%Y}"


class Reactie(models.Model):
    """What the school says of an evaluation, before the team closes the casus or goes on."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="reacties")
    ronde = models.PositiveSmallIntegerField()
    eens = models.BooleanField()
    tekst = models.TextField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "reactie van de school"
        verbose_name_plural = "reacties van de school"
        ordering = ["op", "id"]
        constraints = [models.CheckConstraint(name="reactie_heeft_tekst", condition=~Q(tekst=""))]

    def __str__(self) -> str:
        return f"reactie van {self.op:%d-%m-%Y}"


class Nazorg(models.Model):
    """After-care: on a day after closing somebody asks how it goes. Not a Termijn: a closed casus has no clock that runs."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="nazorg")
    ronde = models.PositiveSmallIntegerField()
    datum = models.DateField()
    gevraagd_op = models.DateTimeField(null=True, blank=True)
    herinnerd_op = models.DateTimeField(null=True, blank=True)
    gedaan_op = models.DateTimeField(null=True, blank=True)
    gedaan_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hoe_gaat_het = models.TextField(blank=True)

    class Meta:
        verbose_name = "nazorg"
        verbose_name_plural = "nazorg"
        ordering = ["datum", "id"]
        indexes = [models.Index(fields=["datum"], name="nazorg_te_doen", condition=Q(gedaan_op__isnull=True))]
        constraints = [
            models.UniqueConstraint(name="nazorg_een_per_ronde", fields=["casus", "ronde"]),
            models.CheckConstraint(name="nazorg_gedaan_zegt_hoe", condition=Q(gedaan_op__isnull=True) | ~Q(hoe_gaat_het="")),
        ]

    def __str__(self) -> str:
        return f"nazorg op {self.datum:%d-%m-%Y}"


class Mijlpaal(models.Model):
    """A birthday that changes who decides or who is responsible (16, 18): the right people were told, once."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="mijlpalen")
    leeftijd = models.PositiveSmallIntegerField()
    datum = models.DateField(help_text="De verjaardag.")
    verteld_op = models.DateTimeField()

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["datum", "id"]
        constraints = [
            models.UniqueConstraint(name="mijlpaal_eenmaal", fields=["casus", "leeftijd"]),
            models.CheckConstraint(name="mijlpaal_leeftijd", condition=Q(leeftijd__in=[16, 18])),
        ]

    def __str__(self) -> str:
        return f"{self.leeftijd} jaar op {self.datum:%d-%m-%Y}"
