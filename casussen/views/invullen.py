"""What stands ready in the form of a step: the choices of its fields, and what is known already."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from casussen.actions.overleg import last_held, school_address
from casussen.forms import VeldenForm
from casussen.keuzes import Deelnemer, InzetStatus, MdoStatus
from casussen.models import Casus, Inzet, Mdo
from casussen.queries.plan import plans_of_ronde
from casussen.tabel import Regel
from casussen.velden import Veld
from casussen.views.keuzes import Keuzelijst, coordinator_choices, goals_of, invited_to, own_contact_id
from kern.kijker import Kijker
from kern.klok import today
from scholen.sectoren import woorden

#: Days that are usually today. What may be left empty stays so: a day filled in is an answer.
VANDAAG = frozenset(
    {"contact_datum", "score_datum", "vanaf", "aangevraagd_op", "wacht_sinds", "startdatum", "einddatum", "toestemming_op"}
)
NAZORG_NA = timedelta(days=91)
ZONDER_OVERLEG = "mdo_reden_niet"
NOG_GEEN_OVERLEG = "Er is nog geen verslag van een overleg. Leg dat eerst vast, of schrijf hier waarom er geen overleg was."


def form_for(
    regel: Regel, casus: Casus, kijker: Kijker, data: Any = None, *, erbij: str = "", vooraf: dict[str, Any] | None = None
) -> VeldenForm:
    """The form of a step. `vooraf`: what the page that led here already chose ('inzet': 12)."""
    op = today()
    return VeldenForm(
        _as_it_stands(regel, casus),
        data,
        initial={**_initial(regel, casus, kijker, op), **(vooraf or {})},
        keuzes=Keuzelijst(casus, kijker, op).of(regel.velden),
        erbij=erbij,
    )


def _as_it_stands(regel: Regel, casus: Casus) -> tuple[Veld, ...]:
    """The fields of the row; while no overleg was held, the reason why is no longer something that may be left out."""
    names = {veld.naam for veld in regel.velden}
    if ZONDER_OVERLEG not in names or last_held(casus) is not None:
        return regel.velden
    return tuple(
        replace(veld, optioneel=False, hulp=NOG_GEEN_OVERLEG) if veld.naam == ZONDER_OVERLEG else veld for veld in regel.velden
    )


# --- What is known already --------------------------------------------------------------------------------------
def _initial(regel: Regel, casus: Casus, kijker: Kijker, op: date) -> dict[str, Any]:
    names = {veld.naam for veld in regel.velden}
    known: dict[str, Any] = dict.fromkeys(VANDAAG & {veld.naam for veld in regel.velden if not veld.optioneel}, op)
    if "contact_gelukt" in names:
        known["contact_gelukt"] = True
    if "behandelaar" in names:
        known["behandelaar"] = str(own_contact_id(kijker, casus.wijkteam_id) or casus.behandelaar_id or "")
    if "gemeente" in names:
        known |= {"gemeente": str(casus.woongemeente_id or ""), "overgedragen_op": op}
    if "opvolger" in names:
        known["opvolger"] = _follower(casus, kijker, [pk for pk, _ in coordinator_choices(casus, op=op)])
    if "plek" in names:
        planned = Mdo.objects.filter(casus=casus, status=MdoStatus.GEPLAND).first()
        known |= {"plek": planned.plek if planned else "school", "adres": planned.adres if planned else school_address(casus)}
    if "deelnemers" in names:
        known["deelnemers"] = usual_people(casus)
    if "aanwezigen" in names:
        known["aanwezigen"] = [{"deelnemer": str(d.pk)} for d in invited_to(casus)]
    if "doelen" in names and regel.actie == "plan_bijstellen":
        known |= _plan_so_far(casus)
    if names & {"scores", "resultaten", "voor_doelen"}:
        rows = [{"doel": str(row.doel_id)} for row in goals_of(casus)]
        known |= dict.fromkeys(names & {"scores", "resultaten", "voor_doelen"}, rows)
    if "lopende_hulp" in names:
        running = Inzet.objects.filter(casus=casus, status=InzetStatus.GESTART).order_by("pk")
        known["lopende_hulp"] = [{"inzet": str(pk)} for pk in running.values_list("pk", flat=True)]
    if "nazorg_datum" in names:
        known["nazorg_datum"] = op + NAZORG_NA
    return known


def usual_people(casus: Casus) -> list[dict[str, str]]:
    """Who is always at the table: the family first, then who asked and who treats."""
    zc: Any = casus.aangevraagd_door
    word = woorden(casus.sector)
    rows = [
        {"partij": Deelnemer.OUDERS.value, "naam": "Ouder(s)"},
        {"partij": Deelnemer.JONGERE.value, "naam": word.leerling.capitalize()},
        {"partij": Deelnemer.SCHOOL.value, "naam": str(zc), "functie": word.zorgcoordinator, "email": zc.email},
    ]
    person = casus.behandelaar or casus.aanspreekpunt
    if person is not None:
        mail = person.email or (person.user.email if person.user else "")
        rows.append({"partij": Deelnemer.WIJKTEAM.value, "naam": person.naam, "functie": person.functie, "email": mail})
    return rows


def _plan_so_far(casus: Casus) -> dict[str, Any]:
    plan = plans_of_ronde(casus).first()
    texts = ("domein", "tekst", "partij", "eigenaar", "eigen_kracht", "netwerk", "schoolloopbaan", "terugkeer_op")
    return {
        "beeld": plan.beeld if plan else "",
        "doelen": [{"doel": str(r.doel_id), **{naam: getattr(r, naam) for naam in texts}} for r in goals_of(casus)],
    }


def _follower(casus: Casus, kijker: Kijker, choices: list[str]) -> str:
    """Who would follow it: who always does for this gemeente, or else the regiocoördinator who looks, or the only one."""
    usual = casus.woongemeente.volger_id if casus.woongemeente else None
    wanted = [str(pk) for pk in (usual, kijker.user_id) if pk is not None and str(pk) in choices]
    return next(iter(wanted), choices[0] if len(choices) == 1 else "")
