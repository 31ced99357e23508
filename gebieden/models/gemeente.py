from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from kern.kijker import Kijker


class GemeenteQuerySet(models.QuerySet["Gemeente"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know the gemeenten; they are public facts."""
        return self.all() if kijker.houdt else self.none()

    def in_region(self) -> Self:
        return self.filter(regio__isnull=False)


class Gemeente(models.Model):
    """A gemeente by its CBS code. With a `regio` it takes part; without one it is 'buiten de regio'.

    The loket fields say where youth help is asked for a pupil who lives here: all there is to show for buiten_regio.
    """

    code = models.CharField(max_length=6, unique=True, validators=[RegexValidator(r"^GM\d{4}$", "Een code als GM0392.")])
    naam = models.CharField(max_length=120)
    regio = models.ForeignKey("gebieden.Regio", null=True, blank=True, on_delete=models.PROTECT, related_name="gemeenten")
    loket_naam = models.CharField("naam toegangsloket", max_length=120, blank=True)
    loket_telefoon = models.CharField("telefoon loket", max_length=20, blank=True)
    loket_email = models.EmailField("e-mail loket", blank=True)
    loket_url = models.URLField("website loket", blank=True)

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["naam"]
        constraints = [models.CheckConstraint(name="gemeente_code_vorm", condition=Q(code__regex=r"^GM\d{4}$"))]

    def __str__(self) -> str:
        return self.naam
