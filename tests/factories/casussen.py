"""Casussen: a small world with a school, a team and people in it, drafts that are complete, and casussen in any state.

    wereld = make_wereld()
    casus = wereld.casus()                       # submitted at NU; team Schalkwijk has it, Wim is its aanspreekpunt
    casus = wereld.casus(Status.IN_BEHANDELING)  # brought there by the real actions
    casus = CasusFactory.create(...)             # a row, without its history; for numbers

Everyone is invented; the places are facts.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from casussen.actions import perform, save_concept
from casussen.keuzes import Gever, Status
from casussen.models import Casus, Toestemming
from kern.kijker import Kijker
from kern.klok import AMSTERDAM
from scholen.models import School, Vestiging
from tests.factories.netwerk import (
    AanspreekpuntFactory,
    ContactpersoonFactory,
    KleinNetwerk,
    LeerlingFactory,
    RegioFactory,
    VestigingFactory,
    WijkteamFactory,
    klein_netwerk,
)
from tests.factories.toegang import Cast, UserFactory, appoint, kijker_of, make_cast, user_with
from toegang.models import User
from toegang.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from wijkteams.models import Aanspreekpunt, Contactpersoon, Wijkteam

#: Wednesday 2 December 2026, ten in the morning: a week without holidays.
NU = datetime(2026, 12, 2, 10, 0, tzinfo=AMSTERDAM)
VANDAAG = NU.date()

LEERLING = {
    "leerlingnummer": "A1001",
    "voornaam": "Voorbeeld",
    "achternaam": "Testleerling",
    "geboortedatum": "2012-05-17",
    "sector": "vo",
    "klas": "3B",
}
ADRES = {"postcode": "2037 RB", "huisnummer": "12"}
INHOUD = {
    "krachten": "Maakt graag muziek; oma helpt.",
    "hulpvraag": "Rust thuis, weer elke dag naar school.",
    "geprobeerd": "Gesprekken met de mentor.",
}
TOESTEMMING = {
    "ouders_geinformeerd_op": "2026-12-01",
    "toestemming_gever": Gever.OUDERS_EN_JONGERE.value,
    "toestemming_op": "2026-12-01",
    "ook_ander_wijkteam": True,
}
#: A draft that may be submitted: a pupil of 14 in Boerhaavewijk, with consent of parents and pupil.
COMPLEET: dict[str, Any] = {**LEERLING, **ADRES, **INHOUD, **TOESTEMMING}

STARTEN: dict[str, Any] = {
    "contact_soort": "school",
    "contact_met": "beide",
    "contact_datum": "2026-12-02",
    "contact_notitie": "Alleen voor het team.",
    "terugkoppeling_gedaan": "Wij spraken ouders en leerling op school.",
}
TERUGLEGGEN: dict[str, Any] = {
    "reden": "school_kan_zelf",
    "toelichting": "De school heeft al een goed plan.",
    "advies": "Ga door met de gesprekken.",
    "alternatief": "Vraag de jeugdarts mee te kijken.",
}
INTREKKEN: dict[str, Any] = {"reden": "niet_meer_nodig", "namens": "ouders"}
DOORZETTEN: dict[str, Any] = {"reden": "niet_ons_gebied", "toelichting": "Dit adres hoort bij het andere team."}
TERUGKOPPELING: dict[str, Any] = {"terugkoppeling_gedaan": "Besproken met het gezin."}
MDO: dict[str, Any] = {
    "mdo_datum": "2026-12-10",
    "mdo_tijd": "14:30",
    "deelnemers": [
        {"partij": "ouders", "naam": "Ouders"},
        {"partij": "jongere", "naam": "Leerling"},
        {"partij": "wijkteam", "naam": "Wim Wijkteam", "email": "wim@test.example"},
    ],
}
DOEL: dict[str, Any] = {
    "domein": "school",
    "tekst": "Elke dag naar school",
    "partij": "school",
    "schoolloopbaan": True,
    "terugkeer_op": "2027-01-11",
    "score": 3,
}
PLAN: dict[str, Any] = {
    "mdo_reden_niet": "Het gezin wilde liever thuis praten.",
    "doelen": [DOEL],
    "standpunt": "akkoord",
    **TERUGKOPPELING,
}
UITVOEREN: dict[str, Any] = {"startdatum": "2026-12-02", **TERUGKOPPELING}
REAGEREN: dict[str, Any] = {"eens": "ja", "reactie": "Op school gaat het weer goed."}
Gegevens = dict[str, Any] | Callable[[Casus], dict[str, Any]]


def evalueren(casus: Casus) -> dict[str, Any]:
    """An evaluation with a mark for every goal."""
    return {"scores": [{"doel": pk, "score": 6} for pk in goals(casus)], **TERUGKOPPELING}


def afsluiten(casus: Casus) -> dict[str, Any]:
    """An end with a result for every goal."""
    return {
        "resultaten": [{"doel": pk, "resultaat": "bereikt"} for pk in goals(casus)],
        "mening_gezin": "Wij zijn tevreden.",
        "nazorg_datum": "2027-03-03",
        "taken_vervallen": True,
        **TERUGKOPPELING,
    }


def goals(casus: Casus) -> list[int]:
    """The goals of the newest plan of this ronde."""
    plan = casus.plannen.filter(ronde=casus.ronde).order_by("-versie").first()
    return list(plan.doelen.values_list("doel_id", flat=True)) if plan else []


#: With the gemeente and the follower of the test itself.
BUITEN_OVERDRAGEN: dict[str, Any] = {
    "bij_wie": "Hilde van het jeugdloket",
    "overgedragen_op": "2026-12-02",
    "overgedragen_door": "school",
}


@dataclass(frozen=True)
class Wereld:
    """A small network with the fixed cast in it. Wim is the aanspreekpunt of team Schalkwijk (team A) and has a card there, as
    has Cora; Cees coordinates team Haarlemmerhout, to which casussen are sent on."""

    net: KleinNetwerk
    cast: Cast
    wim: Contactpersoon
    cora: Contactpersoon
    cees: User

    def kijker(self, naam: str, op: date = VANDAAG) -> Kijker:
        user: User = self.cees if naam == "cees" else getattr(self.cast, naam)
        return kijker_of(user, op)

    @property
    def zoe(self) -> Kijker:
        return self.kijker("zoe")

    def concept(self, *, op: datetime = NU, **anders: Any) -> Casus:
        """A complete draft of Zoë, with other values where given."""
        gegevens = {**COMPLEET, **anders}
        return save_concept(by=self.zoe, op=op, gegevens=gegevens, verzoek_sleutel=uuid.uuid4()).casus

    def casus(self, status: Status = Status.AANGEMELD, **anders: Any) -> Casus:
        """A casus brought to this state by the actions themselves, all at one moment (`op`)."""
        op: datetime = anders.pop("op", NU)
        casus = self.concept(op=op, **anders)
        for actie, naam, gegevens in road_to(status, self):
            filled = gegevens(casus) if callable(gegevens) else gegevens
            casus = perform(actie, casus=casus, by=self.kijker(naam, op.date()), op=op, gegevens=filled)
        assert casus.status == status, f"{casus.status} in plaats van {status}"
        return casus

    def do(self, actie: str, casus: Casus, naam: str, /, **gegevens: Any) -> Casus:
        """One step by someone of the cast; `op` (a moment) and `versie` are no fields of the step, all else is filled in."""
        op: datetime = gegevens.pop("op", NU)
        versie: int | None = gegevens.pop("versie", None)
        return perform(actie, casus=casus, by=self.kijker(naam, op.date()), op=op, versie=versie, gegevens=gegevens)


def road_to(status: Status, wereld: Wereld) -> list[tuple[str, str, Gegevens]]:
    """The steps from a complete draft to a state: (action, who, what is filled in)."""
    main: list[tuple[Status, str, str, Gegevens]] = [
        (Status.AANGEMELD, "aanmelden", "zoe", {}),
        (Status.ONTVANGEN, "ontvangen", "wim", {}),
        (Status.IN_BEHANDELING, "starten", "wim", STARTEN),
        (Status.MDO_GEPLAND, "mdo_plannen", "wim", {**MDO, "ondanks_botsing": True}),
        (Status.PLAN_VASTGESTELD, "plan_vaststellen", "wim", PLAN),
        (Status.IN_UITVOERING, "uitvoeren", "wim", UITVOEREN),
        (Status.EVALUATIE, "evalueren", "wim", evalueren),
    ]
    steps = {reached: [step[1:] for step in main[: i + 1]] for i, (reached, *_) in enumerate(main)}
    aangemeld, ontvangen = steps[Status.AANGEMELD], steps[Status.ONTVANGEN]
    steps |= {
        Status.AFGESLOTEN: [*steps[Status.EVALUATIE], ("reageren", "zoe", REAGEREN), ("afsluiten", "wim", afsluiten)],
        Status.CONCEPT: [],
        Status.TE_ROUTEREN: [("aanmelden", "zoe", {"geen_adres": True})],
        Status.AANVULLING_GEVRAAGD: [*ontvangen, ("vragen", "wim", {"vraag": "Welke afspraken maakte de mentor?"})],
        Status.TERUGGELEGD: [*aangemeld, ("terugleggen", "wim", TERUGLEGGEN)],
        Status.INGETROKKEN: [*aangemeld, ("intrekken", "zoe", INTREKKEN)],
    }
    return steps[status]


def make_wereld() -> Wereld:
    net = klein_netwerk()
    cast = make_cast(school=net.school, team=net.schalkwijk)
    Aanspreekpunt.objects.filter(wijkteam=net.schalkwijk).delete()
    wim = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Wim Wijkteam", email="wim@test.example", user=cast.wim)
    cora = ContactpersoonFactory.create(
        wijkteam=net.schalkwijk, naam="Cora Coördinator", email="cora@test.example", user=cast.cora
    )
    AanspreekpuntFactory.create(wijkteam=net.schalkwijk, contactpersoon=wim)
    cees = user_with(WIJKTEAMCOORDINATOR, net.centrum, email="cees@test.example", naam="Cees Coördinator")
    return Wereld(net=net, cast=cast, wim=wim, cora=cora, cees=cees)


def colleague(team: Wijkteam, naam: str) -> tuple[Contactpersoon, User]:
    """One more member of a team, with an account and a card."""
    user = user_with(WIJKTEAMLID, team, naam=naam)
    return ContactpersoonFactory.create(wijkteam=team, naam=naam, user=user, email=user.email), user


def second_zc(school: School, naam: str = "Zita Zorg") -> User:
    return user_with(ZORGCOORDINATOR, school, naam=naam)


class CasusFactory(DjangoModelFactory[Casus]):
    """A casus as a row at a team, submitted two days before NU, without its history."""

    class Meta:
        model = Casus

    nummer = Sequence(lambda n: f"2026-{900000 + n:06d}")
    regio = SubFactory(RegioFactory)
    vestiging = SubFactory(VestigingFactory)
    school = SelfAttribute("vestiging.school")
    sector = "vo"
    leerling = SubFactory(LeerlingFactory, vestiging=SelfAttribute("..vestiging"))
    aangevraagd_door = SubFactory(UserFactory)
    status = Status.AANGEMELD
    status_sinds = LazyFunction(lambda: NU - timedelta(days=2))
    aangemaakt = SelfAttribute("status_sinds")
    t0 = LazyAttribute(lambda o: None if o.status in {Status.CONCEPT, Status.TE_ROUTEREN} else o.status_sinds)
    wijkteam = SubFactory(WijkteamFactory)
    behandelaar = LazyAttribute(
        lambda o: (
            None
            if o.status in {Status.CONCEPT, Status.TE_ROUTEREN, Status.AANGEMELD, Status.INGETROKKEN}
            else ContactpersoonFactory.create(wijkteam=o.wijkteam)
        )
    )
    afgesloten_op = LazyAttribute(lambda o: o.status_sinds if o.status == Status.AFGESLOTEN else None)
    hulpvraag = "Rust thuis."
    krachten = "Maakt muziek."


class ToestemmingFactory(DjangoModelFactory[Toestemming]):
    class Meta:
        model = Toestemming

    casus = SubFactory(CasusFactory)
    gever = Gever.OUDERS_EN_JONGERE
    gegeven_op = date(2026, 12, 1)
    wijkteam = SelfAttribute("casus.wijkteam")
    vastgelegd_door = SelfAttribute("casus.aangevraagd_door")
    vastgelegd_op = NU


def shared_casus(**velden: Any) -> Casus:
    """A casus as a row, with consent for its team."""
    casus = CasusFactory.create(**velden)
    ToestemmingFactory.create(casus=casus)
    return casus


__all__ = [
    "ADRES",
    "BUITEN_OVERDRAGEN",
    "COMPLEET",
    "DOEL",
    "DOORZETTEN",
    "INHOUD",
    "INTREKKEN",
    "LEERLING",
    "MDO",
    "NU",
    "PLAN",
    "REAGEREN",
    "STARTEN",
    "TERUGKOPPELING",
    "TERUGLEGGEN",
    "TOESTEMMING",
    "UITVOEREN",
    "VANDAAG",
    "CasusFactory",
    "ToestemmingFactory",
    "Vestiging",
    "Wereld",
    "afsluiten",
    "appoint",
    "colleague",
    "evalueren",
    "goals",
    "make_wereld",
    "road_to",
    "second_zc",
    "shared_casus",
]
