from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import DelingMet, Gever, SoortInstemming


class DelingQuerySet(models.QuerySet["Deling"]):
    def living(self) -> Self:
        return self.filter(ingetrokken_op__isnull=True)


class Deling(models.Model):
    """The casus is shared with one more party, upon express consent: an aanbieder, leerplicht of a gemeente, or the
    samenwerkingsverband. It shows that party its own part and nothing else; withdrawn, it shows nothing the same moment.

    Apart from Toestemming, which is about the wijkteam: consent for one is never consent for another (AVG, doelbinding).
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="delingen")
    met = models.CharField(max_length=10, choices=DelingMet.choices)
    aanbieder = models.ForeignKey(
        "zorgaanbod.Aanbieder", null=True, blank=True, on_delete=models.PROTECT, related_name="delingen"
    )
    gemeente = models.ForeignKey("gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="delingen")
    verband = models.ForeignKey(
        "scholen.Samenwerkingsverband", null=True, blank=True, on_delete=models.PROTECT, related_name="delingen"
    )
    gever = models.CharField(max_length=8, choices=Gever.choices)
    gegeven_op = models.DateField()
    doel = models.TextField(help_text="Waarvoor deze partij meekijkt.")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = DelingQuerySet.as_manager()

    class Meta:
        verbose_name = "deling"
        verbose_name_plural = "delingen"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(
                name="deling_met_een_partij",
                condition=Q(met="aanbieder", aanbieder__isnull=False, gemeente__isnull=True, verband__isnull=True)
                | Q(met="leerplicht", aanbieder__isnull=True, gemeente__isnull=False, verband__isnull=True)
                | Q(met="verband", aanbieder__isnull=True, gemeente__isnull=True, verband__isnull=False),
            ),
            models.CheckConstraint(name="deling_heeft_doel", condition=~Q(doel="")),
            models.UniqueConstraint(
                name="deling_een_levend",
                fields=["casus", "met", "aanbieder", "gemeente", "verband"],
                condition=Q(ingetrokken_op__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"gedeeld met {self.aanbieder or self.gemeente or self.verband}"


class Instemming(models.Model):
    """Two records that stay apart from consent to share: lifting of professional secrecy, and agreement with the help itself."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="instemmingen")
    soort = models.CharField(max_length=13, choices=SoortInstemming.choices)
    gever = models.CharField(max_length=8, choices=Gever.choices)
    gegeven_op = models.DateField()
    toelichting = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "instemming"
        verbose_name_plural = "instemmingen"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="instemming_soort_bekend", condition=Q(soort__in=SoortInstemming.values)),
            models.UniqueConstraint(
                name="instemming_een_levend", fields=["casus", "soort"], condition=Q(ingetrokken_op__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()
