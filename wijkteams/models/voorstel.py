"""Drafts of changes to the network: what if? And what was looked at again after another editie."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from gebieden.rollen import REGIOCOORDINATOR
from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.sectoren import Sector
from wijkteams.models.werkgebied import ELKE_SECTOR, LEEFTIJD_MAX, NUMMER_MAX, SoortGebied, Werkgebied, Zijde


class VoorstelStatus(models.TextChoices):
    CONCEPT = "concept", "concept"
    GEPLAND = "gepland", "gepland"
    TOEGEPAST = "toegepast", "toegepast"
    INGETROKKEN = "ingetrokken", "ingetrokken"


class VoorstelQuerySet(models.QuerySet["Voorstel"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """The drafts of the viewer's own region."""
        return self.filter(regio_id__in=kijker.ids(REGIOCOORDINATOR))


class Voorstel(ErrorsAtField):
    """A set of changes to the werkgebieden of a region, and perhaps another editie, to try and then to apply on a day.

    Until it is applied nothing of it stands in the network. It can only be applied while network and draft are as they were when
    its effect was shown; `bekeken_met` keeps that fingerprint. `gepland`: its rules are in the network, dated from `ingaat_op`
    on, and its editie becomes active on that day.
    """

    regio = models.ForeignKey("gebieden.Regio", on_delete=models.PROTECT, related_name="voorstellen")
    naam = models.CharField(max_length=120)
    ingaat_op = models.DateField("gaat in op")
    editie = models.ForeignKey("gebieden.Editie", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=VoorstelStatus.choices, default=VoorstelStatus.CONCEPT)
    bekeken_met = models.CharField(max_length=64, blank=True, editable=False)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField()
    toegepast_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    toegepast_op = models.DateTimeField(null=True, blank=True)
    fout = models.CharField(max_length=300, blank=True, help_text="Waarom de editie op de dag zelf niet actief kon worden.")

    objects = VoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-gemaakt_op", "-id"]
        indexes = [models.Index(fields=["ingaat_op"], condition=Q(status="gepland"), name="voorstel_gepland")]
        constraints = [
            models.CheckConstraint(name="voorstel_status_bekend", condition=Q(status__in=VoorstelStatus.values)),
            models.CheckConstraint(
                name="voorstel_toegepast_heeft_moment",
                condition=(
                    Q(status__in=["gepland", "toegepast"], toegepast_op__isnull=False, toegepast_door__isnull=False)
                    | Q(status__in=["concept", "ingetrokken"], toegepast_op__isnull=True, toegepast_door__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="voorstel_gepland_heeft_editie", condition=~Q(status="gepland") | Q(editie__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_open(self) -> bool:
        """May it still be changed?"""
        return self.status == VoorstelStatus.CONCEPT


class VoorstelRegel(ErrorsAtField):
    """One change: a werkgebied that ends (`werkgebied`), a rule that begins (`wijkteam` and the rest), or one for the other."""

    voorstel = models.ForeignKey(Voorstel, on_delete=models.CASCADE, related_name="regels")
    werkgebied = models.ForeignKey(Werkgebied, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=8, choices=SoortGebied.choices, blank=True)
    gebied = models.CharField(max_length=10, blank=True)
    sector = models.CharField(max_length=3, choices=[(ELKE_SECTOR, "elke sector"), *Sector.choices], default=ELKE_SECTOR)
    school = models.ForeignKey("scholen.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vestiging = models.ForeignKey("scholen.Vestiging", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nummer_van = models.PositiveIntegerField(default=1)
    nummer_tot_en_met = models.PositiveIntegerField(default=NUMMER_MAX)
    zijde = models.CharField(max_length=6, choices=Zijde.choices, default=Zijde.BEIDE)
    leeftijd_van = models.PositiveSmallIntegerField(default=0)
    leeftijd_tot = models.PositiveSmallIntegerField(default=LEEFTIJD_MAX)
    toelichting = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "regel van een voorstel"
        verbose_name_plural = "regels van een voorstel"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="voorstelregel_doet_iets",
                condition=Q(werkgebied__isnull=False) | Q(wijkteam__isnull=False),
                violation_error_message="Kies een regel die eindigt, een wijkteam dat begint, of allebei.",
            ),
            models.CheckConstraint(
                name="voorstelregel_nieuw_is_compleet",
                condition=Q(wijkteam__isnull=True, gebied="") | (Q(wijkteam__isnull=False) & ~Q(soort="") & ~Q(gebied="")),
                violation_error_message="Bij een nieuwe regel horen een wijkteam, een soort en een gebied.",
                violation_error_code="gebied",
            ),
            models.UniqueConstraint(
                name="voorstelregel_eindigt_eens",
                fields=["voorstel", "werkgebied"],
                violation_error_message="Deze regel staat al in het voorstel.",
                violation_error_code="werkgebied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actie} {self.gebied or self.werkgebied_id}"

    @property
    def actie(self) -> str:
        """'eindigt', 'begint' or 'vervangt'."""
        if self.werkgebied_id is None:
            return "begint"
        return "eindigt" if self.wijkteam_id is None else "vervangt"


class Nazicht(models.Model):
    """Somebody looked at a rule whose area changed with an editie, and found that it is still right."""

    werkgebied = models.ForeignKey(Werkgebied, on_delete=models.CASCADE, related_name="nazichten")
    editie = models.ForeignKey("gebieden.Editie", on_delete=models.CASCADE, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        verbose_name = "nazicht"
        verbose_name_plural = "nazichten"
        constraints = [models.UniqueConstraint(name="nazicht_eens_per_editie", fields=["werkgebied", "editie"])]

    def __str__(self) -> str:
        return f"{self.werkgebied} bij editie {self.editie}"
