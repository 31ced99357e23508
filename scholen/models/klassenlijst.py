from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern.constraints import ErrorsAtField
from kern.kijker import Kijker
from scholen.rollen import ZORGCOORDINATOR
from scholen.sectoren import Sector


class KlassenlijstStatus(models.TextChoices):
    CONTROLE = "controle", "wacht op uw controle"
    WACHT = "wacht", "wacht op verwerking"
    BEZIG = "bezig", "wordt verwerkt"
    KLAAR = "klaar", "verwerkt"
    MISLUKT = "mislukt", "niet gelukt"
    WEGGEGOOID = "weggegooid", "weggegooid"


#: From here nothing happens any more: the list itself is gone.
EINDE = (KlassenlijstStatus.KLAAR, KlassenlijstStatus.MISLUKT, KlassenlijstStatus.WEGGEGOOID)


class KlassenlijstQuerySet(models.QuerySet["Klassenlijst"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """The lists of the viewer's own school: whoever may see its pupils."""
        return self.filter(vestiging__school_id__in=kijker.ids(ZORGCOORDINATOR))


class Klassenlijst(ErrorsAtField):
    """One uploaded class list and what became of it: the row is the truth, Celery only wakes a worker.

    `inhoud` is the list itself (compressed; without columns of a BSN, which never get this far) and is gone as soon as the list
    was worked through or thrown away. `afgewezen` keeps only the rows that were left out, for a few days, to be repaired.
    `kolommen` says for each column which field it is ('' for none). `fouten` names row, column and reason, never what was typed.
    """

    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="klassenlijsten")
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: Sent once with each form, so that a list sent twice is one list.
    sleutel = models.UUIDField(unique=True, editable=False)
    aangemaakt = models.DateTimeField()
    status = models.CharField(max_length=10, choices=KlassenlijstStatus.choices, default=KlassenlijstStatus.CONTROLE)
    soort_bestand = models.CharField(max_length=4, choices=[("csv", "csv"), ("xlsx", "xlsx")])
    kolommen = models.JSONField(default=list)
    weggelaten = models.JSONField(default=list, blank=True)
    inhoud = models.BinaryField(null=True, blank=True, editable=False)
    afgewezen = models.BinaryField(null=True, blank=True, editable=False)
    fouten = models.JSONField(default=list, blank=True)
    alleen_goede = models.BooleanField(default=False)
    rijen = models.PositiveIntegerField(default=0)
    fout_rijen = models.PositiveIntegerField(default=0)
    verwerkt = models.PositiveIntegerField(default=0)
    nieuw = models.PositiveIntegerField(default=0)
    bijgewerkt = models.PositiveIntegerField(default=0)
    ongewijzigd = models.PositiveIntegerField(default=0)
    pogingen = models.PositiveSmallIntegerField(default=0)
    gevraagd_op = models.DateTimeField(null=True, blank=True)
    lease_tot = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    objects = KlassenlijstQuerySet.as_manager()

    class Meta:
        verbose_name = "klassenlijst"
        verbose_name_plural = "klassenlijsten"
        ordering = ["-aangemaakt", "-id"]
        indexes = [
            models.Index(fields=["gevraagd_op"], name="klassenlijst_te_doen", condition=Q(status__in=["wacht", "bezig"])),
            models.Index(fields=["vestiging", "-aangemaakt"], name="klassenlijst_vestiging"),
        ]
        constraints = [
            models.CheckConstraint(
                name="klassenlijst_status_bekend", condition=Q(status__in=[status.value for status in KlassenlijstStatus])
            ),
            models.CheckConstraint(
                name="klassenlijst_weg_na_afloop",
                condition=Q(status__in=[s.value for s in EINDE], inhoud__isnull=True, klaar_op__isnull=False)
                | (~Q(status__in=[s.value for s in EINDE]) & Q(inhoud__isnull=False, klaar_op__isnull=True)),
            ),
            models.CheckConstraint(
                name="klassenlijst_gevraagd",
                condition=~Q(status__in=["wacht", "bezig", "klaar"]) | Q(gevraagd_op__isnull=False),
            ),
            models.CheckConstraint(
                name="klassenlijst_bezig_heeft_lease",
                condition=Q(status="bezig", lease_tot__isnull=False) | (~Q(status="bezig") & Q(lease_tot__isnull=True)),
            ),
            models.CheckConstraint(
                name="klassenlijst_telling",
                condition=Q(verwerkt__lte=F("rijen"), fout_rijen__lte=F("rijen"))
                & Q(verwerkt=F("nieuw") + F("bijgewerkt") + F("ongewijzigd")),
            ),
        ]

    def __str__(self) -> str:
        return f"Klassenlijst {self.pk} ({self.get_status_display()})"

    @property
    def goede_rijen(self) -> int:
        return self.rijen - self.fout_rijen

    @property
    def loopt(self) -> bool:
        """Is it waiting for a worker, or in the hands of one?"""
        return self.status in {KlassenlijstStatus.WACHT, KlassenlijstStatus.BEZIG}
