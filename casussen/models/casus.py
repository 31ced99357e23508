from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from casussen.keuzes import EINDSTATUSSEN, EigenaarSoort, Status, Urgentie
from casussen.models.deling import Deling
from casussen.workflow import EIGENAAR, NA_REACTIE
from gebieden.rollen import REGIOCOORDINATOR
from kern.kijker import Kijker
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.sectoren import Sector
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID


def _owner_expression() -> Case:
    """The owners of the workflow table, as PostgreSQL keeps them beside the state."""
    reacted = [
        When(status=status.value, school_reageerde=True, then=Value(stap.eigenaar.value))
        for status, stap in NA_REACTIE.items()
        if stap.eigenaar is not None
    ]
    usual = [
        When(status__in=[s.value for s, stap in EIGENAAR.items() if stap.eigenaar is soort], then=Value(soort.value))
        for soort in EigenaarSoort
        if any(stap.eigenaar is soort for stap in EIGENAAR.values())
    ]
    return Case(*reacted, *usual, default=Value(""))


class CasusQuerySet(models.QuerySet["Casus"]):
    def visible_to(self, kijker: Kijker) -> Self:
        """Casussen of which the viewer may see the content (design §7).

        A zorgcoördinator: those of the own school, and of drafts only the own. A teamleider: those of the own school with an
        overdue task of the school. A wijkteam: those shared with the own team, for as long as consent covers that team or safety
        is the ground. The regiocoördinator sees no content; see `stuurbaar_door`.
        """
        rol = Q(school_id__in=kijker.ids(ZORGCOORDINATOR)) & (~Q(status=Status.CONCEPT) | Q(aangevraagd_door_id=kijker.user_id))
        rol |= Q(school_id__in=kijker.ids(SCHOOLTEAMLEIDER)) & self._overdue_at_school(kijker)
        rol |= (
            Q(wijkteam_id__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR))
            & ~Q(status__in=[Status.CONCEPT, Status.TE_ROUTEREN, Status.INGETROKKEN])
            & (Q(veiligheid=True) | self._consent_covers_team())
        )
        return self.filter(rol)

    @staticmethod
    def _consent_covers_team() -> Q:
        """Living consent for the team that has the casus: for any team, for this one, or for 'the responsible team'."""
        covers = Q(ook_ander_wijkteam=True) | Q(wijkteam__isnull=True) | Q(wijkteam_id=OuterRef("wijkteam_id"))
        living = apps.get_model("casussen", "Toestemming").objects.filter(casus=OuterRef("pk"), ingetrokken_op__isnull=True)
        return Q(Exists(living.filter(covers)))

    @staticmethod
    def _overdue_at_school(kijker: Kijker) -> Q:
        """A task of the school whose day has passed; a subquery, since a join would show a casus more than once."""
        overdue = apps.get_model("casussen", "Termijn").objects.filter(
            casus=OuterRef("pk"), gesloten_op__isnull=True, eigenaar_soort="school", vervalt_op__date__lt=kijker.op
        )
        return Q(Exists(overdue))

    def gedeeld_met(self, kijker: Kijker) -> Self:
        """Casussen of which the viewer sees a part, since it is shared with their party upon consent.

        The own help of an aanbieder, what leerplicht needs, what a samenwerkingsverband was invited for; never story or notes.
        """
        living = Deling.objects.living().with_party_of(kijker).filter(casus=OuterRef("pk"))
        return self.filter(Exists(living)).exclude(status__in=[Status.CONCEPT, Status.INGETROKKEN])

    def in_zicht_van(self, kijker: Kijker) -> Self:
        """Whatever the viewer may open the page of: with its content, a part of it, or only its status and clocks."""
        return self.visible_to(kijker) | self.gedeeld_met(kijker) | self.stuurbaar_door(kijker)

    def stuurbaar_door(self, kijker: Kijker) -> Self:
        """Casussen of which the viewer, as regiocoördinator, may see number, status and clocks."""
        return self.filter(regio_id__in=kijker.ids(REGIOCOORDINATOR)).exclude(status=Status.CONCEPT)

    def open(self) -> Self:
        return self.exclude(status__in=[*EINDSTATUSSEN, Status.CONCEPT])


class Casus(models.Model):
    """One request around one pupil, with its loop. What may happen next is in `casussen.workflow`.

    `t0` is the moment of aanmelden in this `ronde`; within a ronde it never moves. `versie` counts changes of state, so that two
    people cannot take the same step. `woongemeente` is the presumption of the woonplaatsbeginsel (Jeugdwet 1.1), from the route
    or from a reasoned override.
    """

    nummer = models.CharField(max_length=12, unique=True, help_text="Casusnummer, bijvoorbeeld 2026-004312.")
    regio = models.ForeignKey("gebieden.Regio", on_delete=models.PROTECT, related_name="casussen")
    school = models.ForeignKey("scholen.School", on_delete=models.PROTECT, related_name="casussen")
    vestiging = models.ForeignKey("scholen.Vestiging", on_delete=models.PROTECT, related_name="casussen")
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    leerling = models.ForeignKey("scholen.Leerling", null=True, blank=True, on_delete=models.PROTECT, related_name="casussen")
    aangevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="aangevraagde_casussen", help_text="De zorgcoördinator."
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CONCEPT)
    status_sinds = models.DateTimeField()
    #: The school has said what it thinks of the evaluation that is open: now it is the team's turn.
    school_reageerde = models.BooleanField(default=False, db_default=False)
    #: The overleg that was planned was called off, and no other is planned yet; says something in the state mdo_gepland only.
    zonder_overleg = models.BooleanField(default=False, db_default=False)
    #: Who has the next step, by the workflow table; '' when nobody has. For queries; in code it is `workflow.step_in`.
    aan_zet = models.GeneratedField(
        expression=_owner_expression(),
        output_field=models.CharField(max_length=10, choices=EigenaarSoort.choices),
        db_persist=True,
    )
    ronde = models.PositiveSmallIntegerField(default=1)
    t0 = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=0)
    aangemaakt = models.DateTimeField()
    #: Sent once with each 'new casus' form, so that a form sent twice makes one casus.
    verzoek_sleutel = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    wijkteam = models.ForeignKey("wijkteams.Wijkteam", null=True, blank=True, on_delete=models.PROTECT, related_name="casussen")
    aanspreekpunt = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    behandelaar = models.ForeignKey(
        "wijkteams.Contactpersoon", null=True, blank=True, on_delete=models.PROTECT, related_name="casussen"
    )
    woongemeente = models.ForeignKey(
        "gebieden.Gemeente", null=True, blank=True, on_delete=models.PROTECT, related_name="casussen"
    )
    buurt_code = models.CharField(max_length=10, blank=True)

    hulpvraag = models.TextField(blank=True)
    krachten = models.TextField(blank=True)
    geprobeerd = models.TextField(blank=True)
    contact_gezin = models.TextField(blank=True, help_text="Hoe het wijkteam het gezin bereikt.")
    urgentie = models.CharField(max_length=8, choices=Urgentie.choices, default=Urgentie.NORMAAL)
    ouders_geinformeerd_op = models.DateField(null=True, blank=True)
    #: What was typed into a draft, per field of `casussen.velden.CONCEPT_VELDEN`, as typed: nothing is lost before it is valid.
    #: Emptied when the casus is submitted.
    concept_gegevens = models.JSONField(default=dict, blank=True)

    niet_bereikbaar = models.BooleanField(default=False)
    wacht_op_zorg = models.BooleanField(default=False)
    geescaleerd = models.BooleanField(default=False)
    thuiszitter = models.BooleanField(default=False)
    buiten_regio = models.BooleanField(default=False)
    veiligheid = models.BooleanField(default=False)
    veiligheid_grond = models.TextField(blank=True)
    veiligheid_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    veiligheid_op = models.DateTimeField(null=True, blank=True)

    #: First 'ontvangen' of the current ronde: time to first response is `eerste_reactie_op - t0`.
    eerste_reactie_op = models.DateTimeField(null=True, blank=True)
    #: The day on which the help really started: the evaluation counts from here.
    hulp_gestart_op = models.DateField(null=True, blank=True)
    afgesloten_op = models.DateTimeField(null=True, blank=True)

    objects = CasusQuerySet.as_manager()

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"
        ordering = ["-aangemaakt", "-id"]
        indexes = [
            models.Index(fields=["wijkteam", "status", "t0"], name="casus_werkvoorraad"),
            models.Index(fields=["school", "status", "t0"], name="casus_school"),
            models.Index(fields=["regio", "status", "t0"], name="casus_regio"),
            models.Index(fields=["woongemeente", "t0"], name="casus_gemeente"),
            models.Index(fields=["behandelaar", "status"], name="casus_behandelaar"),
            # Finding by name begins with what an organisation had last.
            models.Index(fields=["wijkteam", "-id"], name="casus_wijkteam_nieuwste"),
            models.Index(fields=["school", "-id"], name="casus_school_nieuwste"),
            # Of all that runs in a large region little is stuck: what the regiocoördinator opens the day with.
            models.Index(fields=["regio", "status"], name="casus_vastgelopen", condition=Q(geescaleerd=True)),
        ]
        constraints = [
            models.CheckConstraint(name="casus_status_bekend", condition=Q(status__in=[s.value for s in Status])),
            models.CheckConstraint(
                name="casus_aangemeld_heeft_t0",
                condition=Q(status__in=["concept", "te_routeren", "teruggelegd", "ingetrokken"])
                | Q(t0__isnull=False)
                | Q(status="afgesloten", buiten_regio=True, wijkteam__isnull=True),
            ),
            models.CheckConstraint(
                name="casus_aangemeld_heeft_wijkteam",
                condition=Q(status__in=["concept", "te_routeren", "teruggelegd", "ingetrokken"])
                | Q(wijkteam__isnull=False)
                | Q(status="afgesloten", buiten_regio=True),
            ),
            models.CheckConstraint(
                name="casus_behandeld_heeft_behandelaar",
                condition=Q(
                    status__in=["concept", "te_routeren", "aangemeld", "ingetrokken", "teruggelegd", "aanvulling_gevraagd"]
                )
                | Q(behandelaar__isnull=False)
                | Q(status="afgesloten", buiten_regio=True, wijkteam__isnull=True),
            ),
            models.CheckConstraint(
                name="casus_veiligheid_heeft_grond",
                condition=Q(veiligheid=False)
                | (~Q(veiligheid_grond="") & Q(veiligheid_door__isnull=False, veiligheid_op__isnull=False)),
            ),
            models.CheckConstraint(
                name="casus_afgesloten_heeft_datum",
                condition=(Q(status="afgesloten") & Q(afgesloten_op__isnull=False))
                | (~Q(status="afgesloten") & Q(afgesloten_op__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer
