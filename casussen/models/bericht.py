"""What the participants of a casus write to each other, and the documents they put with it.

Each says for which circle it is (`voor`), and with which team the school was talking then (`wijkteam`): what was said stays with
those between whom it was said. `as_read_by` (one casus) and `readable_by` (many) are the same rule; a test holds them together.
"""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from casussen.keuzes import Kring, ScanStatus
from casussen.models.casus import Casus
from casussen.models.deling import Deling
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

if TYPE_CHECKING:
    from casussen.blik import Blik


class GeplaatstQuerySet(models.QuerySet[Any]):
    def as_read_by(self, blik: "Blik") -> Self:
        """Of one casus, what is read with these eyes: the school all but what a team keeps to itself; a team what was said while
        it had the casus; whoever sees a part what is for everyone, from the day on which it was shared with them."""
        read = Q(pk__in=[])
        if blik.school:
            read |= ~Q(voor=Kring.TEAM)
        if blik.wijkteam_id is not None:
            read |= Q(wijkteam_id=blik.wijkteam_id)
        if blik.sinds is not None:
            read |= Q(voor=Kring.IEDEREEN, op__gte=blik.sinds)
        return self.filter(read)

    def readable_by(self, kijker: Kijker) -> Self:
        """The same for whatever casus: what this viewer reads today. A subquery per side, so that no row shows twice."""
        whole = Casus.objects.visible_to(kijker)
        school = Q(casus__in=whole.filter(school_id__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER))) & ~Q(voor=Kring.TEAM)
        teams = kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
        team = Q(casus__in=whole.filter(wijkteam_id__in=teams), wijkteam_id=F("casus__wijkteam_id"))
        since = Deling.objects.living().with_party_of(kijker).filter(casus=OuterRef("casus_id"), op__lte=OuterRef("op"))
        part = Q(Exists(since), voor=Kring.IEDEREEN, casus__in=Casus.objects.gedeeld_met(kijker))
        return self.filter(school | team | part)


class Geplaatst(models.Model):
    """What somebody put with a casus: when, in which role, and for which circle."""

    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, db_index=False, related_name="%(class)sen")
    voor = models.CharField(max_length=14, choices=Kring.choices, default=Kring.SCHOOL_EN_TEAM)
    #: The team that had the casus then; of a circle with a team in it, only this one reads it.
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    door_naam = models.CharField(max_length=200)
    door_rol = models.CharField(max_length=40)
    door_organisatie = models.CharField(max_length=200, blank=True, help_text="Namens wie: de school, het team, de aanbieder.")
    op = models.DateTimeField()

    objects = GeplaatstQuerySet.as_manager()

    class Meta:
        abstract = True


class Bericht(Geplaatst):
    """One message in the thread of a casus. Never edited; its author may take it back for a short while; its text is gone."""

    ronde = models.PositiveSmallIntegerField()
    #: Sent once with each form, so that a form that is sent twice makes one message.
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tekst = models.TextField(blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["id"]
        indexes = [models.Index(fields=["casus", "id"], name="bericht_casus")]
        constraints = [
            models.CheckConstraint(name="bericht_kring_bekend", condition=Q(voor__in=Kring.values)),
            models.CheckConstraint(name="bericht_team_heeft_team", condition=~Q(voor=Kring.TEAM) | Q(wijkteam__isnull=False)),
            models.CheckConstraint(
                name="bericht_tekst_of_ingetrokken",
                condition=(Q(ingetrokken_op__isnull=True) & ~Q(tekst="")) | (Q(ingetrokken_op__isnull=False) & Q(tekst="")),
            ),
        ]

    def __str__(self) -> str:
        return f"bericht van {self.op:%d-%m-%Y}"


class Berichtgelezen(models.Model):
    """Up to which message somebody has read the thread of a casus."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    casus = models.ForeignKey("casussen.Casus", on_delete=models.CASCADE, related_name="+")
    tot_en_met = models.ForeignKey(Bericht, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "gelezen tot"
        verbose_name_plural = "gelezen tot"
        constraints = [models.UniqueConstraint(name="berichtgelezen_eenmaal", fields=["user", "casus"])]

    def __str__(self) -> str:
        return f"gelezen tot en met {self.tot_en_met_id}"


class Document(Geplaatst):
    """A file with a casus. Its content lies outside the database, under `sleutel`; the name is only ever shown.

    Whoever takes it away says why; row and reason stay, the file goes. What a virus was found in is taken away at once.
    """

    bericht = models.ForeignKey(Bericht, null=True, blank=True, on_delete=models.PROTECT, related_name="documenten")
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField(max_length=160)
    soort_mime = models.CharField(max_length=100)
    grootte = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    scan_status = models.CharField(max_length=12, choices=ScanStatus.choices, default=ScanStatus.NIET_GESCAND)
    verwijderd_op = models.DateTimeField(null=True, blank=True)
    verwijderd_om = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["casus", "id"], name="document_casus"),
            models.Index(
                fields=["id"], name="document_te_scannen", condition=Q(scan_status="niet_gescand", verwijderd_op__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="document_kring_bekend", condition=Q(voor__in=Kring.values)),
            models.CheckConstraint(name="document_team_heeft_team", condition=~Q(voor=Kring.TEAM) | Q(wijkteam__isnull=False)),
            models.CheckConstraint(name="document_niet_leeg", condition=Q(grootte__gt=0)),
            models.CheckConstraint(name="document_scan_bekend", condition=Q(scan_status__in=ScanStatus.values)),
            models.CheckConstraint(
                name="document_verwijderd_met_reden",
                condition=(Q(verwijderd_op__isnull=True) & Q(verwijderd_om=""))
                | (Q(verwijderd_op__isnull=False) & ~Q(verwijderd_om="")),
            ),
            models.CheckConstraint(
                name="document_besmet_is_weg", condition=~Q(scan_status=ScanStatus.BESMET) | Q(verwijderd_op__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"document van {self.op:%d-%m-%Y}"
