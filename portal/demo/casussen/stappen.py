"""The steps of an invented casus, each with what belongs to it: who takes it, what they write, what it leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casussen.keuzes import Gever, NamensWie, Status
from casussen.rules import LEEFTIJD_ALLEEN, LEEFTIJD_SAMEN
from casussen.workflow.termijnen import BEREIKBAAR, TERUG_NAAR_SCHOOL, VEILIGHEID
from portal.demo.casussen import teksten
from portal.demo.casussen.lus import Lus, Persoon, Wie
from portal.demo.casussen.thuis import Thuis, pick
from portal.demo.casussen.wereld import Wereld
from wijkteams.routering import Route, Uitkomst

VOLWASSEN = 18


@dataclass(slots=True)
class Route_:  # noqa: N801  (a CasusRoute; Route is what routing answers)
    uitkomst: str
    afgeleid: bool
    peildatum: date
    document: Mapping[str, Any]
    team: int | None
    contact: int | None
    gekozen: bool
    reden: str
    door: int
    op: datetime


@dataclass(slots=True)
class Toestemming:
    gever: str
    gegeven_op: date
    ook_ander: bool
    team: int | None
    door: int
    op: datetime
    ingetrokken_op: datetime | None = None
    ingetrokken_namens: str = ""


@dataclass(slots=True)
class Contact:
    soort: str
    met: str
    gelukt: bool
    notitie: str
    team: int
    door: int
    op: datetime


@dataclass(slots=True)
class Dossier:
    """One casus being made: its walk through the table, and everything around it."""

    thuis: Thuis
    lus: Lus
    geboren: date
    verhaal: tuple[str, str, str]
    spoed: bool = False
    thuiszitter: bool = False
    veiligheid: str = ""
    niet_bereikbaar: bool = False
    woongemeente: int | None = None
    buurt: str = ""
    buiten_regio: bool = False
    ouders_op: date | None = None
    routes: list[Route_] = field(default_factory=list)
    toestemmingen: list[Toestemming] = field(default_factory=list)
    contacten: list[Contact] = field(default_factory=list)
    concept: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pogingen(self) -> int:
        """Attempts in vain since the family was last reached."""
        count = 0
        for contact in self.contacten:
            count = 0 if contact.gelukt else count + 1
        return count

    @property
    def leeftijd(self) -> int:
        return self.thuis.leeftijd


class Stappen:
    """Takes steps on a dossier, on behalf of whoever should."""

    def __init__(self, world: Wereld) -> None:
        self.world = world
        self.rng = world.rng

    def do(self, dossier: Dossier, actie: str, op: datetime) -> None:
        getattr(self, actie)(dossier, op)

    @staticmethod
    def _flags(dossier: Dossier, op: datetime, *, team: bool) -> None:
        """What a flag that was up on submitting starts."""
        if dossier.thuiszitter:
            dossier.lus.also_opens(TERUG_NAAR_SCHOOL, op)
        if dossier.veiligheid and team:
            dossier.lus.also_opens(VEILIGHEID, op)

    # --- The school -------------------------------------------------------------------------------------------------
    def aanmelden(self, dossier: Dossier, op: datetime, *, kies: bool | None = None) -> None:
        """Submit: consent, route, and to the team or to the regiocoördinator. `kies`: pick a candidate; by chance if not said."""
        lus, thuis = dossier.lus, dossier.thuis
        adult = dossier.leeftijd >= VOLWASSEN
        told = self.world.agenda.dagen[max(0, self.world.agenda.index(op.date()) - self.rng.randrange(0, 6))]
        dossier.ouders_op = None if adult or dossier.veiligheid else told
        route = self.world.huizen.route_on(thuis, op.date())
        gekozen, reden = False, ""
        team, contact_id, buurt = self._assigned(route)
        if team is None:
            kandidaat = pick(self.rng, thuis) if kies is None else (thuis.keuzes[0] if kies else None)
            if kandidaat is not None and kandidaat.wijkteam is not None:
                gekozen, reden = True, self.rng.choice(teksten.KEUZE)
                team = kandidaat.wijkteam.id
                contact_id = kandidaat.aanspreekpunt.id if kandidaat.aanspreekpunt else None
                place = kandidaat.buurt or route.buurt
                buurt = place.code if place else ""
        if not dossier.veiligheid:
            self._consent(dossier, told, team, op)
        dossier.woongemeente = route.gemeente_id
        dossier.buiten_regio = route.uitkomst is Uitkomst.BUITEN_REGIO
        dossier.buurt = "" if thuis.geheim else buurt
        if team is None:
            lus.take("aanmelden", op, lus.zc, naar=Status.TE_ROUTEREN)
        else:
            dossier.woongemeente = dossier.woongemeente or self.world.gemeente_van[team]
            krijgt = (team, self.world.personen.get(contact_id or 0))
            lus.take("aanmelden", op, lus.zc, naar=Status.AANGEMELD, krijgt=krijgt)
        self._flags(dossier, op, team=team is not None)
        dossier.routes.append(
            Route_(route.uitkomst.value, route.afgeleid, route.peildatum, route.as_json(), team, contact_id, gekozen, reden,
                   lus.zc.user_id, op)
        )  # fmt: skip

    @staticmethod
    def _assigned(route: Route) -> tuple[int | None, int | None, str]:
        if route.uitkomst is Uitkomst.TOEGEWEZEN and route.wijkteam:
            person = route.aanspreekpunt.id if route.aanspreekpunt else None
            return route.wijkteam.id, person, route.buurt.code if route.buurt else ""
        return None, None, ""

    def _consent(self, dossier: Dossier, op_dag: date, team: int | None, op: datetime) -> None:
        gever = (
            Gever.JONGERE if dossier.leeftijd >= LEEFTIJD_ALLEEN
            else Gever.OUDERS_EN_JONGERE if dossier.leeftijd >= LEEFTIJD_SAMEN
            else Gever.OUDERS
        )  # fmt: skip
        also = self.rng.random() < 0.65
        dossier.toestemmingen.append(Toestemming(gever.value, op_dag, also, team, dossier.lus.zc.user_id, op))

    def beantwoorden(self, dossier: Dossier, op: datetime) -> None:
        dossier.lus.answer(op)

    def heraanmelden(self, dossier: Dossier, op: datetime) -> None:
        lus, thuis = dossier.lus, dossier.thuis
        route = self.world.huizen.route_on(thuis, op.date())
        team, contact_id, buurt = self._assigned(route)
        if team is None and dossier.routes[-1].gekozen:
            team, contact_id = dossier.routes[-1].team, dossier.routes[-1].contact
        consent = dossier.toestemmingen[-1] if dossier.toestemmingen else None
        if consent is not None and team is not None and team != consent.team and not consent.ook_ander:
            self._consent(dossier, op.date(), team, op)
        tekst = {"toelichting": self.rng.choice(teksten.HERAANMELDEN)}
        gekozen = team is not None and route.uitkomst is not Uitkomst.TOEGEWEZEN
        reden = dossier.routes[-1].reden if gekozen else ""
        if team is None:
            lus.take("heraanmelden", op, lus.zc, naar=Status.TE_ROUTEREN, krijgt=(None, None), tekst=tekst)
        else:
            krijgt = (team, self.world.personen.get(contact_id or 0))
            lus.take("heraanmelden", op, lus.zc, naar=Status.AANGEMELD, krijgt=krijgt, tekst=tekst)
            self._bind(dossier)
        dossier.buurt = "" if thuis.geheim else buurt or dossier.buurt
        dossier.routes.append(
            Route_(route.uitkomst.value, route.afgeleid, route.peildatum, route.as_json(), team, contact_id, gekozen, reden,
                   lus.zc.user_id, op)
        )  # fmt: skip

    def intrekken(self, dossier: Dossier, op: datetime) -> None:
        lus = dossier.lus
        reden, _, toelichting = self.rng.choice(teksten.INTREKKEN)
        with_team = lus.behandelaar is not None and lus.status != Status.TERUGGELEGD and self.rng.random() < 0.4
        door = lus.behandelaar.wie if with_team and lus.behandelaar else lus.zc
        # Whoever gave consent takes it back; all of it names the family in the same words.
        namens = dossier.toestemmingen[-1].gever if dossier.toestemmingen else NamensWie.OUDERS.value
        lus.take("intrekken", op, door, tekst={"reden": reden, "namens": namens, "toelichting": toelichting})
        for consent in dossier.toestemmingen:
            if consent.ingetrokken_op is None:
                consent.ingetrokken_op, consent.ingetrokken_namens = op, namens

    def heropenen(self, dossier: Dossier, op: datetime) -> None:
        lus = dossier.lus
        lus.take("heropenen", op, lus.zc, tekst={"toelichting": self.rng.choice(teksten.HEROPENEN)})

    # --- The region -------------------------------------------------------------------------------------------------
    def toewijzen(self, dossier: Dossier, op: datetime) -> None:
        before = [route.team for route in dossier.routes if route.team is not None]
        candidates = [k.wijkteam.id for k in dossier.thuis.keuzes if k.wijkteam]
        known = dossier.thuis.route.wijkteam
        team = next(iter([*before[-1:], *([known.id] if known else []), *candidates]), None) or self._near(dossier)
        reden = self.rng.choice(teksten.TOEWIJZEN)
        door = self.rng.choice(self.world.regio)
        self._assign(dossier, team, op, actie="toewijzen", door=door, tekst={"toelichting": reden})
        dossier.woongemeente = dossier.woongemeente or self.world.gemeente_van[team]
        self._bind(dossier)

    def _near(self, dossier: Dossier) -> int:
        """For an address no rule or candidate knows: a team of the gemeente the pupil lives in, or of the school's."""
        gemeente = dossier.woongemeente or dossier.thuis.vestiging.gemeente_id
        teams = [pk for pk, where in self.world.gemeente_van.items() if where == gemeente]
        return self.rng.choice(teams or list(self.world.gemeente_van))

    def _bind(self, dossier: Dossier) -> None:
        for consent in dossier.toestemmingen:
            if consent.team is None and consent.ingetrokken_op is None:
                consent.team = dossier.lus.team

    def _assign(self, dossier: Dossier, team: int, op: datetime, *, actie: str, door: Wie, tekst: Mapping[str, str]) -> None:
        """A person gives the casus to a team: the route so far, with that step added."""
        lus = dossier.lus
        contact = self.world.contact(team, dossier.thuis)
        lus.take(actie, op, door, krijgt=(team, contact), tekst=tekst, terugkoppeling=(tekst["toelichting"], "", ""))
        last = dossier.routes[-1]
        naam = next(row.naam for row in self.world.net.teams.values() if row.pk == team)
        uitleg = [*last.document["uitleg"], {"stap": "toewijzing", "tekst": f"Een mens koos daarna {naam}.", "bron": None}]
        document = {**last.document, "uitleg": uitleg}
        dossier.routes.append(
            Route_(last.uitkomst, last.afgeleid, op.date(), document, team, contact.id if contact else None, gekozen=True,
                   reden=tekst["toelichting"], door=door.user_id, op=op)
        )  # fmt: skip

    # --- The team ---------------------------------------------------------------------------------------------------
    def ontvangen(self, dossier: Dossier, op: datetime, *, door: Persoon | None = None) -> None:
        lus = dossier.lus
        own = self.world.ploeg[lus.bij_team]
        lus.behandelaar = door or (lus.aanspreekpunt if lus.aanspreekpunt and self.rng.random() < 0.45 else self.rng.choice(own))
        lus.take("ontvangen", op, lus.behandelaar.wie)

    def _member(self, dossier: Dossier) -> Persoon:
        """Who of the team acts: whoever has the casus, or else whom it was addressed to."""
        lus = dossier.lus
        return lus.behandelaar or lus.aanspreekpunt or self.world.ploeg[lus.bij_team][0]

    def contact_vastleggen(self, dossier: Dossier, op: datetime) -> None:
        """An attempt that did not succeed, each time in another way."""
        person = self._member(dossier)
        soort, met, notitie = teksten.NIET_BEREIKT[dossier.pogingen % len(teksten.NIET_BEREIKT)]
        dossier.contacten.append(Contact(soort, met, False, notitie, dossier.lus.bij_team, person.user_id, op))  # noqa: FBT003
        feedback = (
            "We hebben ouders nog niet bereikt.",
            "We proberen het op een andere manier opnieuw.",
            "Weet u op welk tijdstip bellen lukt?",
        )
        dossier.lus.take("contact_vastleggen", op, person.wie, terugkoppeling=feedback)

    def niet_bereikbaar_melden(self, dossier: Dossier, op: datetime) -> None:
        """After three attempts in two ways."""
        tekst = {"toelichting": "Twee keer gebeld en aan de deur geweest. Wie kent het gezin en kan ons helpen?"}
        dossier.lus.take("niet_bereikbaar_melden", op, self._member(dossier).wie, tekst=tekst)
        dossier.niet_bereikbaar = True

    def reageren(self, dossier: Dossier, op: datetime) -> None:
        dossier.lus.take("reageren", op, dossier.lus.zc)

    def starten(self, dossier: Dossier, op: datetime) -> None:
        person = self._member(dossier)
        soort, met, notitie = self.rng.choice(teksten.CONTACT)
        spoken = "jongere" if dossier.leeftijd >= VOLWASSEN else met
        dossier.contacten.append(Contact(soort, spoken, True, notitie, dossier.lus.bij_team, person.user_id, op))  # noqa: FBT003
        self._forward(dossier, "starten", op)
        dossier.lus.end_loose([BEREIKBAAR.soort], op)
        dossier.niet_bereikbaar = False

    def _forward(self, dossier: Dossier, actie: str, op: datetime) -> None:
        feedback = self.rng.choice(teksten.TERUGKOPPELING[actie])
        dossier.lus.take(actie, op, self._member(dossier).wie, terugkoppeling=feedback)

    def mdo_plannen(self, dossier: Dossier, op: datetime) -> None:
        dossier.lus.take("mdo_plannen", op, self._member(dossier).wie)

    def plan_vaststellen(self, dossier: Dossier, op: datetime) -> None:
        self._forward(dossier, "plan_vaststellen", op)

    def uitvoeren(self, dossier: Dossier, op: datetime) -> None:
        self._forward(dossier, "uitvoeren", op)

    def evalueren(self, dossier: Dossier, op: datetime) -> None:
        self._forward(dossier, "evalueren", op)

    def afsluiten(self, dossier: Dossier, op: datetime) -> None:
        self._forward(dossier, "afsluiten", op)

    def vragen(self, dossier: Dossier, op: datetime) -> None:
        vraag, antwoord = self.rng.choice(teksten.VRAGEN)
        dossier.lus.ask(vraag, antwoord, self._member(dossier).wie, op)

    def terugleggen(self, dossier: Dossier, op: datetime) -> None:
        lus = dossier.lus
        by_region = lus.status == Status.TE_ROUTEREN
        reden, toelichting, advies, alternatief = (
            teksten.TERUG_BUITEN_REGIO if by_region else self.rng.choice(teksten.TERUGLEGGEN)
        )
        door = self.rng.choice(self.world.regio) if by_region else self._member(dossier).wie
        tekst = {"reden": reden, "toelichting": toelichting, "advies": advies, "alternatief": alternatief}
        lus.take("terugleggen", op, door, tekst=tekst, terugkoppeling=(toelichting, advies, alternatief))

    def doorzetten(self, dossier: Dossier, op: datetime) -> None:
        lus = dossier.lus
        before = sum(step.actie == "doorzetten" and step.ronde == lus.ronde for step in lus.overgangen)
        door = self.rng.choice(self.world.regio) if before else self.rng.choice(self.world.coordinatoren[lus.bij_team]).wie
        reden, toelichting = self.rng.choice(teksten.DOORZETTEN)
        team = self.world.other_team(lus.bij_team)
        self._assign(dossier, team, op, actie="doorzetten", door=door, tekst={"reden": reden, "toelichting": toelichting})
        if reden == "verhuisd":
            dossier.woongemeente, dossier.buurt = self.world.gemeente_van[team], ""

    def may_share(self, dossier: Dossier) -> bool:
        """Does consent (or safety) allow another team to see it?"""
        return bool(dossier.veiligheid) or any(t.ook_ander for t in dossier.toestemmingen if t.ingetrokken_op is None)
