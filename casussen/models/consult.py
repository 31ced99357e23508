from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from casussen.keuzes import ConsultStatus, Leeftijdsgroep, VanConsult
from casussen.ladder import REGIO
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import ZORGCOORDINATOR
from scholen.sectoren import Sector
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID

_OPEN = ConsultStatus.OPEN.value
_KLAAR = [ConsultStatus.AFGESLOTEN.value, ConsultStatus.OMGEZET.value]


class ConsultQuerySet(models.QuerySet["Consult"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Of the own school, or of the own team; for the regiocoördinator what has no team, and what nobody answers.

        There is nothing personal in a consult, so the regiocoördinator may read what has come up the ladder.
        """
        stuck = Q(wijkteam__isnull=True) | Q(status=ConsultStatus.OPEN, volgende_stap__gt=REGIO)
        return self.filter(
            Q(school_id__in=kijker.ids(ZORGCOORDINATOR))
            | Q(wijkteam_id__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR))
            | (Q(regio_id__in=kijker.ids(REGIOCOORDINATOR)) & (stuck | Q(beantwoord_door_id=kijker.user_id)))
        )


class Consult(models.Model):
    """Advice asked of a wijkteam without saying about whom. It has no field for a person, and never gets one.

    No address either: the finder uses it to name the team, and only the team comes along. Its clock is its own (`Termijn` belongs
    to a casus): `volgende_op` is when the next step of the ladder is due, `stand` counts the times it was armed.
    """

    nummer = models.CharField(max_length=14, unique=True, help_text="Bijvoorbeeld A2026-000123: nooit een casusnummer.")
    regio = models.ForeignKey("gebieden.Regio", on_delete=models.PROTECT, related_name="consulten")
    school = models.ForeignKey("scholen.School", on_delete=models.PROTECT, related_name="consulten")
    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="consulten")
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    leeftijd = models.CharField(max_length=5, choices=Leeftijdsgroep.choices, blank=True)
    aangevraagd_door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consulten")
    #: None: nobody knew which team; it is the regiocoördinator's.
    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="consulten")
    aanspreekpunt = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="consulten"
    )
    vraag = models.TextField()
    wat_al_gedaan = models.TextField(blank=True)
    #: Sent after a warning that there might be something personal in it, which the sender says there is not.
    nagekeken = models.BooleanField(default=False, db_default=False)
    status = models.CharField(max_length=10, choices=ConsultStatus.choices, default=ConsultStatus.OPEN)
    gevraagd_op = models.DateTimeField()
    antwoord_uiterlijk = models.DateTimeField(help_text="Van de vraag die openstaat, of als laatste openstond.")
    stand = models.PositiveSmallIntegerField(default=0)
    volgende_stap = models.SmallIntegerField(null=True, blank=True)
    volgende_op = models.DateTimeField(null=True, blank=True)
    #: The first answer: time to answer is `beantwoord_op - gevraagd_op`.
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    afgesloten_op = models.DateTimeField(null=True, blank=True)
    #: What it became, with consent: first a draft of the zorgcoördinator, which may be thrown away again.
    casus = models.ForeignKey("casussen.Casus", null=True, blank=True, on_delete=models.SET_NULL, related_name="consulten")
    verzoek_sleutel = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ConsultQuerySet.as_manager()

    class Meta:
        verbose_name = "anoniem overleg"
        verbose_name_plural = "anonieme overleggen"
        ordering = ["-gevraagd_op", "-id"]
        indexes = [
            models.Index(fields=["wijkteam", "status", "antwoord_uiterlijk"], name="consult_wijkteam"),
            models.Index(fields=["school", "status", "gevraagd_op"], name="consult_school"),
            models.Index(fields=["regio", "status"], name="consult_regio"),
            models.Index(fields=["volgende_op", "id"], name="consult_aan_de_beurt", condition=Q(volgende_op__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="consult_status_bekend", condition=Q(status__in=ConsultStatus.values)),
            models.CheckConstraint(name="consult_nummer_eigen_vorm", condition=Q(nummer__regex=r"^A[0-9]{4}-[0-9]{6,}$")),
            models.CheckConstraint(name="consult_heeft_vraag", condition=~Q(vraag="")),
            models.CheckConstraint(name="consult_leeftijd_als_groep", condition=Q(leeftijd__in=["", *Leeftijdsgroep.values])),
            models.CheckConstraint(
                name="consult_open_heeft_klok",
                condition=Q(status=_OPEN, volgende_op__isnull=False, volgende_stap__isnull=False)
                | (~Q(status=_OPEN) & Q(volgende_op__isnull=True, volgende_stap__isnull=True)),
            ),
            models.CheckConstraint(
                name="consult_beantwoord_heeft_antwoord", condition=~Q(status="beantwoord") | Q(beantwoord_op__isnull=False)
            ),
            models.CheckConstraint(
                name="consult_klaar_heeft_datum",
                condition=Q(status__in=_KLAAR, afgesloten_op__isnull=False)
                | (~Q(status__in=_KLAAR) & Q(afgesloten_op__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_klaar(self) -> bool:
        return self.status in _KLAAR


class ConsultBericht(models.Model):
    """What was said after the first question: an answer, or a question that followed. Never changed afterwards."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="berichten")
    van = models.CharField(max_length=8, choices=VanConsult.choices)
    tekst = models.TextField()
    nagekeken = models.BooleanField(default=False, db_default=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()
    verzoek_sleutel = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "bericht in een anoniem overleg"
        verbose_name_plural = "berichten in een anoniem overleg"
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="consultbericht_heeft_tekst", condition=~Q(tekst="")),
            models.CheckConstraint(name="consultbericht_van_bekend", condition=Q(van__in=VanConsult.values)),
        ]

    def __str__(self) -> str:
        return f"bericht van {self.op:%d-%m-%Y}"


class ConsultHerinnering(models.Model):
    """A step of the ladder that was due on a consult: the ledger that makes 'once' true."""

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="herinneringen")
    stand = models.PositiveSmallIntegerField()
    stap = models.SmallIntegerField()
    verschuldigd_op = models.DateTimeField()
    gemaakt_op = models.DateTimeField()

    class Meta:
        verbose_name = "herinnering aan een anoniem overleg"
        verbose_name_plural = "herinneringen aan een anoniem overleg"
        ordering = ["verschuldigd_op", "id"]
        constraints = [models.UniqueConstraint(name="consultherinnering_eenmaal", fields=["consult", "stand", "stap"])]

    def __str__(self) -> str:
        return f"stap {self.stap:+d}"
