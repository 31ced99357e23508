"""The truth about who may take which step in which state, written by hand from the house plan (§5) and `workflow/vlaggen`.

Not read from the table in code: that is held against this one. Words in a string are actions.
"""

from datetime import date
from typing import Any

from casussen.keuzes import Gever, Status
from casussen.rules import DossierFeiten, Feiten, GegevenToestemming
from kern.kijker import Houdt, Kijker
from toegang.rollen import (
    AANBIEDER,
    FUNCTIONEEL_BEHEER,
    GEMEENTEMEDEWERKER,
    LEERPLICHT,
    REGIOCOORDINATOR,
    SAMENWERKINGSVERBAND,
    SCHOOLTEAMLEIDER,
    WIJKTEAMCOORDINATOR,
    WIJKTEAMLID,
    ZORGCOORDINATOR,
)

OP = date(2026, 12, 2)
SCHOOL, TEAM, REGIO, HELPER, ANDER = 1, 2, 3, 4, 99
LIVING = GegevenToestemming(Gever.OUDERS_EN_JONGERE, TEAM, ook_ander_wijkteam=True)
GEDEELD = DossierFeiten(aanbieders=frozenset({HELPER}))


def facts(status: Status = Status.AANGEMELD, **anders: Any) -> Feiten:
    """The facts of a casus in a state; `dossier` is given as a dict of what is not empty in it."""
    team = None if status in {Status.CONCEPT, Status.TE_ROUTEREN} else TEAM
    known = {"school_id": SCHOOL, "regio_id": REGIO, "wijkteam_id": team, "toestemmingen": (LIVING,), **anders}
    if isinstance(known.get("dossier"), dict):
        known["dossier"] = DossierFeiten(**known["dossier"])
    return Feiten(op=OP, status=status, **known)


def someone(*held: tuple[Any, int | None]) -> Kijker:
    houdt = frozenset(Houdt(rol=rol.sleutel, soort=rol.soort, id=pk) for rol, pk in held)
    return Kijker(user_id=7, naam="Iemand", op=OP, houdt=houdt)


ROLLEN = {
    "zc": someone((ZORGCOORDINATOR, SCHOOL)),
    "lid": someone((WIJKTEAMLID, TEAM)),
    "coordinator": someone((WIJKTEAMCOORDINATOR, TEAM)),
    "regio": someone((REGIOCOORDINATOR, REGIO)),
    "aanbieder": someone((AANBIEDER, HELPER)),
}
#: Who has no step at all, whatever the state; leerplicht and the samenwerkingsverband look on, also when the casus is shared.
NOOIT = {
    "zc van een andere school": someone((ZORGCOORDINATOR, ANDER)),
    "teamleider": someone((SCHOOLTEAMLEIDER, SCHOOL)),
    "lid van een ander team": someone((WIJKTEAMLID, ANDER)),
    "coördinator van een ander team": someone((WIJKTEAMCOORDINATOR, ANDER)),
    "regiocoördinator van een andere regio": someone((REGIOCOORDINATOR, ANDER)),
    "aanbieder met wie de casus niet is gedeeld": someone((AANBIEDER, ANDER)),
    "leerplicht": someone((LEERPLICHT, 5)),
    "samenwerkingsverband": someone((SAMENWERKINGSVERBAND, 6)),
    "gemeentemedewerker": someone((GEMEENTEMEDEWERKER, SCHOOL)),
    "functioneel beheer": someone((FUNCTIONEEL_BEHEER, None)),
    "niemand": someone(),
    "wie de id van de school als team heeft": someone((WIJKTEAMLID, SCHOOL)),
}

# --- While the casus is under way: from te_routeren to teruggelegd ---------------------------------------------------
_TAKEN = "taak_afronden taak_verzetten"
_ZC_LUS = (
    "intrekken toestemming_aanvullen toestemming_intrekken escaleren thuiszitter_melden thuiszitter_afmelden "
    f"{_TAKEN} taak_laten_vervallen"
)
_TEAM_LUS = (
    "intrekken toestemming_intrekken escaleren thuiszitter_melden voortgang_melden hulp_niet_door hulp_beeindigen "
    f"{_TAKEN} taak_laten_vervallen"
)
_HULP_LUS = f"voortgang_melden hulp_niet_door hulp_beeindigen {_TAKEN}"
_REGIO_LUS = "escalatie_afhandelen"
# --- While a team has it (also while it waits for an answer of the school) ------------------------------------------
_ZC_BIJ_TEAM = f"{_ZC_LUS} delen delen_stoppen veiligheid_melden"
_TEAM_BIJ_TEAM = f"{_TEAM_LUS} terugleggen delen delen_stoppen veiligheid_melden hulp_wacht"
_COORDINATOR = "doorzetten veiligheid_opheffen"
# --- While a team has it in hand: after receipt ---------------------------------------------------------------------
_ZC_IN_HANDEN = f"{_ZC_BIJ_TEAM} taak_toevoegen instemming_intrekken weer_bereikbaar"
_TEAM_IN_HANDEN = (
    f"{_TEAM_BIJ_TEAM} contact_vastleggen behandelaar_wijzigen terugkoppelen taak_toevoegen niet_bereikbaar_melden "
    "weer_bereikbaar wacht_op_zorg_voorbij instemming_vastleggen instemming_intrekken aanvraag_vastleggen besluit_vastleggen"
)
_OVERLEG = "mdo_verzetten mdo_afzeggen mdo_vastleggen mdo_aanvullen"
_TEAM_ZORG = f"{_TEAM_IN_HANDEN} {_OVERLEG} vragen hulp_aanvragen wacht_op_zorg_melden"
_TEAM_PLAN = f"{_TEAM_ZORG} mdo_plannen plan_bijstellen doelen_scoren intensiteit_wijzigen"
_ZC_PLAN = f"{_ZC_IN_HANDEN} {_OVERLEG} mdo_plannen doelen_scoren"


def _state(*, zc: str, team: str, coordinator: str = _COORDINATOR, aanbieder: str, regio: str = _REGIO_LUS) -> dict[str, str]:
    return {"zc": zc, "lid": team, "coordinator": f"{team} {coordinator}", "regio": regio, "aanbieder": aanbieder}


#: Per state: who may take which step. Written out, so that a slip in the table shows.
MAG: dict[Status, dict[str, str]] = {
    Status.CONCEPT: {"zc": "aanmelden"},
    Status.TE_ROUTEREN: {
        "zc": f"{_ZC_LUS} buiten_overdragen delen_stoppen",
        "regio": f"{_REGIO_LUS} toewijzen terugleggen buiten_overdragen buiten_opvolgen buiten_terugmelden",
        "aanbieder": _HULP_LUS,
    },
    Status.AANGEMELD: _state(
        zc=_ZC_BIJ_TEAM,
        team=f"{_TEAM_BIJ_TEAM} ontvangen vragen hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.ONTVANGEN: _state(
        zc=_ZC_IN_HANDEN,
        team=f"{_TEAM_IN_HANDEN} starten vragen hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.IN_BEHANDELING: _state(
        zc=f"{_ZC_IN_HANDEN} {_OVERLEG} mdo_plannen",
        team=f"{_TEAM_ZORG} mdo_plannen plan_vaststellen hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.MDO_GEPLAND: _state(
        zc=f"{_ZC_IN_HANDEN} {_OVERLEG} mdo_plannen",
        team=f"{_TEAM_ZORG} mdo_plannen plan_vaststellen hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.PLAN_VASTGESTELD: _state(
        zc=_ZC_PLAN,
        team=f"{_TEAM_PLAN} uitvoeren",
        aanbieder=f"{_HULP_LUS} hulp_wacht uitvoeren",
    ),
    Status.IN_UITVOERING: _state(
        zc=f"{_ZC_PLAN} evalueren",
        team=f"{_TEAM_PLAN} evalueren hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.EVALUATIE: _state(
        zc=f"{_ZC_PLAN} reageren",
        team=f"{_TEAM_PLAN} uitvoeren afsluiten hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.AANVULLING_GEVRAAGD: _state(
        zc=f"{_ZC_IN_HANDEN} {_OVERLEG} beantwoorden",
        team=f"{_TEAM_IN_HANDEN} {_OVERLEG} hulp_aanvragen hulp_starten",
        aanbieder=f"{_HULP_LUS} hulp_wacht hulp_starten",
    ),
    Status.TERUGGELEGD: _state(
        zc=f"{_ZC_LUS} heraanmelden taak_toevoegen delen_stoppen",
        team=f"{_TEAM_LUS} taak_toevoegen delen_stoppen",
        coordinator="",
        aanbieder=_HULP_LUS,
    ),
    Status.AFGESLOTEN: {
        # Sitting at home does not end with a casus.
        "zc": "heropenen nazorg_vastleggen delen_stoppen thuiszitter_afmelden",
        # A decision on a formal application may come after the casus was closed.
        "lid": "heropenen nazorg_vastleggen delen_stoppen besluit_vastleggen",
        "coordinator": "heropenen nazorg_vastleggen delen_stoppen besluit_vastleggen",
    },
    Status.INGETROKKEN: {"zc": "thuiszitter_afmelden"},
}


def may(status: Status, rol: str) -> set[str]:
    return set(MAG[status].get(rol, "").split())
