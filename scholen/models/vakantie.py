from django.db import models
from django.db.models import F, Q

from kern.constraints import ErrorsAtField


class Vakantieregio(models.TextChoices):
    NOORD = "noord", "Noord"
    MIDDEN = "midden", "Midden"
    ZUID = "zuid", "Zuid"


class Schoolvakantie(ErrorsAtField):
    """One school holiday of one vakantieregio; `van` and `tot_en_met` are whole days, weekends around it not counted."""

    schooljaar = models.CharField(max_length=9, help_text="2026-2027")
    naam = models.CharField(max_length=60)
    regio = models.CharField(max_length=6, choices=Vakantieregio.choices)
    van = models.DateField()
    tot_en_met = models.DateField()

    class Meta:
        verbose_name = "schoolvakantie"
        verbose_name_plural = "schoolvakanties"
        ordering = ["van", "regio", "id"]
        constraints = [
            models.UniqueConstraint(
                name="vakantie_uniek",
                fields=["schooljaar", "naam", "regio"],
                violation_error_message="Deze vakantie staat er al voor dit schooljaar en deze regio.",
                violation_error_code="naam",
            ),
            models.CheckConstraint(
                name="vakantie_volgorde",
                condition=Q(van__lte=F("tot_en_met")),
                violation_error_message="De laatste dag ligt voor de eerste.",
                violation_error_code="tot_en_met",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} {self.schooljaar} ({self.get_regio_display()})"
