from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import DelingMet, Gever, SoortInstemming
from casussen.models.toestemming import namens_pas_na_intrekken, namens_wie
from gebieden.rollen import LEERPLICHT
from kern.kijker import Kijker, Rol
from scholen.rollen import SAMENWERKINGSVERBAND
from zorgaanbod.rollen import AANBIEDER

#: The role with which a party looks along, and the field that names it.
PARTIJEN: dict[str, tuple[Rol, str]] = {
    DelingMet.AANBIEDER: (AANBIEDER, "aanbieder"),
    DelingMet.LEERPLICHT: (LEERPLICHT, "gemeente"),
    DelingMet.VERBAND: (SAMENWERKINGSVERBAND, "verband"),
}


class DelingQuerySet(models.QuerySet["Deling"]):
    def living(self) -> Self:
        return self.filter(ingetrokken_op__isnull=True)

    def with_party_of(self, kijker: Kijker) -> Self:
        """Those with the viewer's own party: why they look along. The one place that says so."""
        theirs = Q(pk__in=[])
        for met, (rol, veld) in PARTIJEN.items():
            theirs |= Q(met=met, **{f"{veld}_id__in": kijker.ids(rol)})
        return self.filter(theirs)


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
    ingetrokken_namens = namens_wie()

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
            namens_pas_na_intrekken("deling_namens_pas_na_intrekken"),
            models.UniqueConstraint(
                name="deling_een_levend",
                fields=["casus", "met", "aanbieder", "gemeente", "verband"],
                condition=Q(ingetrokken_op__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"gedeeld met {self.partij}"

    @property
    def partij(self) -> models.Model | None:
        """The aanbieder, the gemeente of leerplicht, or the samenwerkingsverband."""
        return self.aanbieder or self.gemeente or self.verband


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
    ingetrokken_namens = namens_wie()

    class Meta:
        verbose_name = "instemming"
        verbose_name_plural = "instemmingen"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="instemming_soort_bekend", condition=Q(soort__in=SoortInstemming.values)),
            namens_pas_na_intrekken("instemming_namens_pas_na_intrekken"),
            models.UniqueConstraint(
                name="instemming_een_levend", fields=["casus", "soort"], condition=Q(ingetrokken_op__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()
