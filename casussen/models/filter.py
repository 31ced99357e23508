from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.kijker import Kijker

#: So many of one list: they stand above it as tabs.
FILTERS_MAX = 12


class Lijst(models.TextChoices):
    """The work lists that can be narrowed, by the name of their address."""

    WERKVOORRAAD = "werkvoorraad", "werkvoorraad"
    CASUSSEN = "casus-lijst", "casussen"
    TE_ROUTEREN = "te-routeren", "te routeren"


class OpgeslagenfilterQuerySet(models.QuerySet["Opgeslagenfilter"]):
    def of(self, kijker: Kijker) -> Self:
        """The viewer's own; nobody sees those of another."""
        return self.filter(user_id=kijker.user_id) if kijker.user_id is not None else self.none()


class Opgeslagenfilter(models.Model):
    """A way to look at a work list that somebody keeps. `query` holds keys of the filter form and nothing else: never a
    casusnummer, never something about a person. One of a list may be what it opens with.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opgeslagen_filters")
    lijst = models.CharField(max_length=20, choices=Lijst.choices)
    naam = models.CharField(max_length=40)
    query = models.CharField(max_length=300)
    positie = models.PositiveSmallIntegerField()
    standaard = models.BooleanField(default=False)
    aangemaakt = models.DateTimeField()

    objects = OpgeslagenfilterQuerySet.as_manager()

    class Meta:
        verbose_name = "opgeslagen filter"
        verbose_name_plural = "opgeslagen filters"
        ordering = ["lijst", "positie", "id"]
        constraints = [
            models.UniqueConstraint(name="opgeslagenfilter_naam_eenmaal", fields=["user", "lijst", "naam"]),
            models.UniqueConstraint(name="opgeslagenfilter_plaats_eenmaal", fields=["user", "lijst", "positie"]),
            models.UniqueConstraint(name="opgeslagenfilter_een_standaard", fields=["user", "lijst"], condition=Q(standaard=True)),
            models.CheckConstraint(name="opgeslagenfilter_lijst_bekend", condition=Q(lijst__in=Lijst.values)),
            models.CheckConstraint(name="opgeslagenfilter_hoogstens", condition=Q(positie__range=(1, FILTERS_MAX))),
            models.CheckConstraint(name="opgeslagenfilter_heeft_naam", condition=~Q(naam="")),
            # The alphabet of the whitelisted values: no room for a name or a sentence.
            models.CheckConstraint(name="opgeslagenfilter_query_vorm", condition=Q(query__regex=r"^[a-z0-9_=&-]+$")),
        ]

    def __str__(self) -> str:
        return self.naam
