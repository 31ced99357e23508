from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import Gever, NamensWie


def namens_wie() -> "models.CharField[str, str]":
    """Who of the family ended it: the evidence of a withdrawal (AVG, art. 7). Empty while it lives, when it ended with the casus,
    and for what was withdrawn before this was kept."""
    return models.CharField(max_length=8, choices=NamensWie.choices, blank=True, default="", db_default="")


def namens_pas_na_intrekken(naam: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=naam, condition=Q(ingetrokken_op__isnull=False) | Q(ingetrokken_namens=""))


class Toestemming(models.Model):
    """Express consent to share with the wijkteam, as the zorgcoördinator recorded it.

    `wijkteam` is the team it was given for; without one it was given before the team was known, for the team that is responsible.
    Lifting of professional secrecy and agreement with help itself are other records; they come with the plan.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="toestemmingen")
    gever = models.CharField(max_length=8, choices=Gever.choices)
    gegeven_op = models.DateField()
    ook_ander_wijkteam = models.BooleanField(
        default=False, help_text="Geldt de toestemming ook als een ander wijkteam verantwoordelijk blijkt?"
    )
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vastgelegd_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_namens = namens_wie()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["vastgelegd_op", "id"]
        constraints = [namens_pas_na_intrekken("toestemming_namens_pas_na_intrekken")]

    def __str__(self) -> str:
        return f"toestemming van {self.get_gever_display()}"
