from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import Deelnemer, SoortTaak


class TaakQuerySet(models.QuerySet["Taak"]):
    def open(self) -> Self:
        """Neither done nor lapsed."""
        return self.filter(afgerond_op__isnull=True, vervallen_op__isnull=True)


class Taak(models.Model):
    """Something that was agreed: who does what before when. From an overleg, from the plan, or by itself.

    Its clock is a Termijn with this `taak`, which reminds like any other. What the family or someone of their network does is
    theirs (`partij`); the clock is then with the behandelaar, who asks how it went. Ended once: done, or lapsed with a reason.
    """

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="taken")
    ronde = models.PositiveSmallIntegerField()
    soort = models.CharField(max_length=10, choices=SoortTaak.choices, default=SoortTaak.AFSPRAAK)
    #: For a fixed checklist: which line of it this is, so that it is made once.
    sleutel = models.CharField(max_length=40, blank=True)
    mdo = models.ForeignKey("casussen.Mdo", null=True, blank=True, on_delete=models.PROTECT, related_name="taken")
    doel = models.ForeignKey("casussen.Doel", null=True, blank=True, on_delete=models.PROTECT, related_name="taken")
    omschrijving = models.TextField()
    partij = models.CharField(max_length=10, choices=Deelnemer.choices)
    naam = models.CharField(max_length=120, blank=True, help_text="Wie van deze partij het doet.")
    eigenaar_user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    eigenaar_contactpersoon = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="taken"
    )
    eigenaar_aanbieder = models.ForeignKey(
        "zorgaanbod.Aanbieder", null=True, blank=True, on_delete=models.PROTECT, related_name="taken"
    )
    uiterlijk = models.DateField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField()
    afgerond_op = models.DateTimeField(null=True, blank=True)
    afgerond_door = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resultaat = models.TextField(blank=True)
    vervallen_op = models.DateTimeField(null=True, blank=True)
    vervallen_om = models.CharField(max_length=200, blank=True)

    objects = TaakQuerySet.as_manager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["uiterlijk", "id"]
        indexes = [
            models.Index(
                fields=["casus", "uiterlijk"], name="taak_open", condition=Q(afgerond_op__isnull=True, vervallen_op__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="taak_heeft_omschrijving", condition=~Q(omschrijving="")),
            models.CheckConstraint(name="taak_partij_bekend", condition=Q(partij__in=Deelnemer.values)),
            models.CheckConstraint(
                name="taak_eindigt_eenmaal", condition=Q(afgerond_op__isnull=True) | Q(vervallen_op__isnull=True)
            ),
            models.CheckConstraint(name="taak_vervallen_met_reden", condition=Q(vervallen_op__isnull=True) | ~Q(vervallen_om="")),
            models.UniqueConstraint(
                name="taak_regel_eenmaal", fields=["casus", "soort", "sleutel", "ronde"], condition=~Q(sleutel="")
            ),
        ]

    def __str__(self) -> str:
        return f"taak uiterlijk {self.uiterlijk:%d-%m-%Y}"

    @property
    def is_open(self) -> bool:
        return self.afgerond_op is None and self.vervallen_op is None
