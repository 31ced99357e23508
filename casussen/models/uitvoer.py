from django.conf import settings
from django.db import models
from django.db.models import Q


class RedenUitvoer(models.TextChoices):
    DOSSIER = "dossier", "een kopie voor ons eigen systeem"
    GEZIN = "gezin", "een kopie voor ouders of leerling"
    INZAGE = "inzage", "een verzoek om inzage (AVG)"
    OVERLEG = "overleg", "voorbereiding van een overleg"
    ANDERS = "anders", "een andere reden"


class Uitvoer(models.Model):
    """A copy of a casus that left the portal: by whom, why, in which form, and what it was (`vingerafdruk`), never the copy."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="uitvoeren")
    reden = models.CharField(max_length=8, choices=RedenUitvoer.choices)
    toelichting = models.TextField(blank=True)
    formaat = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("json", "JSON")])
    vingerafdruk = models.CharField(max_length=64)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "uitvoer"
        verbose_name_plural = "uitvoeren"
        ordering = ["-op", "-id"]
        constraints = [
            models.CheckConstraint(name="uitvoer_reden_bekend", condition=Q(reden__in=RedenUitvoer.values)),
            models.CheckConstraint(name="uitvoer_anders_zegt_waarom", condition=~Q(reden="anders") | ~Q(toelichting="")),
            models.CheckConstraint(name="uitvoer_vingerafdruk_vorm", condition=Q(vingerafdruk__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.formaat} van {self.op:%d-%m-%Y}"
