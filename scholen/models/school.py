from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from stdnum.nl import brin

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.models.vakantie import Vakantieregio
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.sectoren import Sector
from scholen.zoeken import folded_name


def validate_brin(value: str) -> None:
    """A BRIN of 4 characters (school) or 6 (location), checked by python-stdnum."""
    if not brin.is_valid(value):
        raise ValidationError("Dit is geen BRIN: een school heeft 4 tekens (12AB), een vestiging 6 (12AB00).")


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Everyone who is signed in may know which schools there are; they are public facts."""
        return self.all() if kijker.houdt else self.none()

    def of(self, kijker: Kijker) -> Self:
        """The viewer's own schools."""
        return self.filter(pk__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))


class School(ErrorsAtField):
    """An institution by its BRIN (4 characters). What happens in a building happens at a Vestiging."""

    brin = models.CharField("BRIN", max_length=4, unique=True, validators=[validate_brin])
    naam = models.CharField(max_length=160)
    zoeknaam = models.GeneratedField(expression=folded_name("naam"), output_field=models.TextField(), db_persist=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ["naam", "id"]
        constraints = [
            models.CheckConstraint(
                name="school_brin_vorm",
                condition=Q(brin__regex=r"^[0-9A-Z]{4}$"),
                violation_error_message="De BRIN van een school heeft 4 tekens, zoals 12AB.",
                violation_error_code="brin",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class VestigingQuerySet(models.QuerySet["Vestiging"]):
    def visible_to(self, kijker: Kijker) -> Self:
        return self.all() if kijker.houdt else self.none()

    def of(self, kijker: Kijker) -> Self:
        """The locations of the viewer's own schools."""
        return self.filter(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))


class Vestiging(ErrorsAtField):
    """A location of a school, by its BRIN of 6 characters; holds the sectors taught there and its vakantieregio."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="vestigingen")
    brin = models.CharField("BRIN vestiging", max_length=6, unique=True, validators=[validate_brin])
    naam = models.CharField(max_length=160)
    zoeknaam = models.GeneratedField(expression=folded_name("naam"), output_field=models.TextField(), db_persist=True)
    sectoren = ArrayField(models.CharField(max_length=3, choices=Sector.choices))
    straat = models.CharField(max_length=120, blank=True)
    huisnummer = models.CharField(max_length=12, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    plaats = models.CharField(max_length=80, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    gemeente = models.ForeignKey("gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="vestigingen")
    samenwerkingsverband = models.ForeignKey(
        "scholen.Samenwerkingsverband", null=True, blank=True, on_delete=models.PROTECT, related_name="vestigingen"
    )
    vakantieregio = models.CharField(max_length=6, choices=Vakantieregio.choices, default=Vakantieregio.NOORD)

    objects = VestigingQuerySet.as_manager()

    class Meta:
        verbose_name = "vestiging"
        verbose_name_plural = "vestigingen"
        ordering = ["naam", "id"]
        constraints = [
            models.CheckConstraint(
                name="vestiging_brin_vorm",
                condition=Q(brin__regex=r"^[0-9A-Z]{4}[0-9]{2}$"),
                violation_error_message="De BRIN van een vestiging heeft 6 tekens, zoals 12AB00.",
                violation_error_code="brin",
            ),
            models.CheckConstraint(
                name="vestiging_heeft_sector",
                condition=Q(sectoren__len__gte=1),
                violation_error_message="Kies minstens één sector.",
                violation_error_code="sectoren",
            ),
            models.CheckConstraint(
                name="vestiging_sectoren_bekend",
                condition=Q(sectoren__contained_by=[s.value for s in Sector]),
                violation_error_message="Kies alleen sectoren uit de lijst.",
                violation_error_code="sectoren",
            ),
            models.CheckConstraint(
                name="vestiging_postcode_vorm",
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9]\d{3}[A-Z]{2}$"),
                violation_error_message="Schrijf een postcode als 2011 AB.",
                violation_error_code="postcode",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        super().clean()
        if hasattr(self, "school") and self.brin[:4] != self.school.brin:
            raise ValidationError({"brin": f"De BRIN van deze vestiging begint met die van de school: {self.school.brin}."})
