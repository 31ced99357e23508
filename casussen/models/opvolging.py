from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casussen.keuzes import OverdrachtDoor, UitkomstBuiten


class Opvolging(models.Model):
    """A casus of a pupil who lives outside the region: which desk there has it, and who of our region follows what happens.

    A clock of the kind `te_routeren_vervolg` reminds the follower; reporting back to the school ends it.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="opvolgingen")
    ronde = models.PositiveSmallIntegerField()
    gemeente = models.ForeignKey("gebieden.Gemeente", on_delete=models.PROTECT, related_name="+")
    bij_wie = models.CharField(max_length=160, help_text="Naam en functie van wie het daar aannam.")
    overgedragen_op = models.DateField()
    overgedragen_door = models.CharField(max_length=6, choices=OverdrachtDoor.choices)
    opvolger = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()
    uitkomst = models.CharField(max_length=12, choices=UitkomstBuiten.choices, blank=True)
    gesloten_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "opvolging buiten de regio"
        verbose_name_plural = "opvolgingen buiten de regio"
        ordering = ["vastgelegd_op", "id"]
        constraints = [
            models.UniqueConstraint(name="opvolging_een_open", fields=["casus"], condition=Q(gesloten_op__isnull=True)),
            models.CheckConstraint(name="opvolging_bij_wie", condition=~Q(bij_wie="")),
            models.CheckConstraint(
                name="opvolging_gesloten_heeft_uitkomst",
                condition=(Q(gesloten_op__isnull=True) & Q(uitkomst="")) | (Q(gesloten_op__isnull=False) & ~Q(uitkomst="")),
            ),
            models.CheckConstraint(
                name="opvolging_volgorde", condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("vastgelegd_op"))
            ),
        ]

    def __str__(self) -> str:
        return f"opvolging bij {self.gemeente}"
