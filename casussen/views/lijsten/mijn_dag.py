"""What must I do today, in order of the clock; what came in; what do I wait for, and on whom."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from casussen.keuzes import ConsultStatus
from casussen.models import Consult, Termijn
from casussen.queries import CasusRegel, Escalatie, StuurRegel, TeRouteren
from casussen.queries import mijn_dag as day_of
from casussen.queries.mijn_dag import GROEP_MAX, MijnDag, when_due
from casussen.queries.overleg import TaakRegel
from casussen.views.lijsten.rijen import line_of, stuck_line, waiting_line
from casussen.views.tonen import what_of
from casussen.woorden import counted
from kern.bericht import subject_of
from kern.kijker import Kijker
from kern.klok import now
from scholen.models import Verzuimsignaal
from toegang.rollen import REGIOCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMCOORDINATOR, WIJKTEAMLID, ZORGCOORDINATOR
from toegang.toelating import kijker_of, voor


@voor(ZORGCOORDINATOR, SCHOOLTEAMLEIDER, WIJKTEAMLID, WIJKTEAMCOORDINATOR, REGIOCOORDINATOR)
@require_GET
def mijn_dag(request: HttpRequest) -> HttpResponseBase:
    """What must I do today, in order of the clock; what came in; what do I wait for, and on whom."""
    kijker, op = kijker_of(request), now()
    day = day_of(kijker, op)
    due = _by_clock(day, op)
    answers = [consult for consult in day.consulten if consult.status != ConsultStatus.OPEN]
    groups = [
        ("te_laat", "Te laat", due["te_laat"]),
        ("vandaag", "Vandaag", due["vandaag"]),
        ("consulten", "Antwoord op uw anonieme vraag", [_consult(consult) for consult in answers]),
        ("later", "Hierna", due["later"]),
        ("concepten", "Concepten die u nog kunt versturen", [_draft(row) for row in day.concepten]),
        ("binnengekomen", "Binnengekomen", [_came_in(melding) for melding in day.binnengekomen]),
        ("collegas", "Te laat bij collega's", [_task(row, "mensen") for row in day.collegas]),
        ("vastgelopen", "Vastgelopen in de regio", [_stuck(row) for row in day.vastgelopen]),
        ("wacht_op", "U wacht op een ander", [_task(row, "pauze") for row in day.wacht_op]),
    ]
    must = sum(day.totalen.get(naam, 0) for naam in ("te_laat", "vandaag", "consulten"))
    context = {
        "samenvatting": f"{counted(must, 'taak', 'taken')} voor vandaag." if must else "Vandaag hoeft er niets.",
        "groepen": [
            {"kop": kop, "rijen": rows, "totaal": day.totalen[naam], "meer": _rest_of(naam, kijker)}
            for naam, kop, rows in groups
            if rows
        ],
    }
    return render(request, "casussen/mijn_dag.html", context)


def _by_clock(day: MijnDag, op: datetime) -> dict[str, list[dict[str, Any]]]:
    """All that this person must do, whatever it is: late, today, later; each in order of the clock, what has none last."""
    tasks = [_mine(row) for row in day.taken] + [_agreed(row) for row in day.afspraken]
    tasks += [_beside(termijn) for termijn in day.klokken]
    tasks += [_asked(row) for row in day.hulpvragen] + [_to_route(row) for row in day.te_routeren]
    tasks += [_report(signaal) for signaal in day.signalen]
    tasks += [_consult(consult) for consult in day.consulten if consult.status == ConsultStatus.OPEN]
    found: dict[str, list[dict[str, Any]]] = {"te_laat": [], "vandaag": [], "later": []}
    for task in sorted(tasks, key=lambda task: (task["vervalt_op"] is None, task["vervalt_op"] or op)):
        when = when_due(task["vervalt_op"], op)
        found[when].append({**task, "icoon": task["icoon"] or ICONEN[when]})
    return {when: rows[:GROEP_MAX] for when, rows in found.items()}


#: What a task is marked with that has no mark of its own.
ICONEN = {"te_laat": "wekker", "vandaag": "klok", "later": "kalender"}
#: Where the whole of a list is, when my day shows its beginning: for the region, and else the filter of the own list.
_REST = {
    "te_laat": "?te_laat=1&wie=mij",
    "vandaag": "?wie=mij",
    "later": "?wie=mij",
    "collegas": "?te_laat=1",
    "wacht_op": "?wie=mij",
}


def _rest_of(naam: str, kijker: Kijker) -> str:
    """Where to find all of a list of my day."""
    if naam == "vastgelopen":
        return reverse("te-routeren") + "#sturen-kop"
    if naam == "consulten":
        return reverse("consulten")
    if naam == "concepten":
        return reverse("casus-lijst") + "?status=concept"
    if kijker.heeft(REGIOCOORDINATOR) and naam in {"te_laat", "vandaag", "later"}:
        return reverse("te-routeren")
    own = "werkvoorraad" if kijker.heeft(WIJKTEAMLID) or kijker.heeft(WIJKTEAMCOORDINATOR) else "casus-lijst"
    return reverse(own) + _REST.get(naam, "")


def _task(row: CasusRegel, icon: str) -> dict[str, Any]:
    shown = line_of(row)
    return {
        "icoon": icon,
        "url": shown["url"],
        "tekst": shown["volgende"],
        "nummer": shown["nummer"],
        "wie": row.leerling,
        "vervalt_op": shown["vervalt_op"],
        "wat": "",
    }


def _mine(row: CasusRegel) -> dict[str, Any]:
    """The viewer's own task, as what must be done: 'Ontvangst bevestigen'."""
    shown = _task(row, "")
    what = what_of(row.stap.termijn_soort) if row.stap.termijn_soort else row.stap.wat
    return {**shown, "tekst": capfirst(what)}


def _agreed(row: TaakRegel) -> dict[str, Any]:
    """Something the viewer agreed to do, with the way to where it is ended."""
    casus = row.taak.casus
    return {
        "icoon": "wekker" if row.vervalt_op < now() else "vink",  # what was agreed is ticked off
        "url": reverse("casus-taken", args=[casus.nummer]),
        "tekst": row.taak.omschrijving,
        "nummer": casus.nummer,
        "wie": str(casus.leerling) if casus.leerling else "",
        "vervalt_op": row.vervalt_op,
        "wat": "",
    }


def _beside(termijn: Termijn) -> dict[str, Any]:
    """What runs beside the step of a casus: 'De veiligheid bespreken'."""
    casus = termijn.casus
    return {
        "icoon": "",
        "url": reverse("casus", args=[casus.nummer]),
        "tekst": capfirst(what_of(termijn.soort)),
        "nummer": casus.nummer,
        "wie": str(casus.leerling) if casus.leerling else "",
        "vervalt_op": termijn.vervalt_op,
        "wat": "",
    }


def _report(signaal: Verzuimsignaal) -> dict[str, Any]:
    """The law wants it reported; here is written down on which day that was done."""
    return {
        "icoon": "",
        "url": reverse("verzuim-signaal", args=[signaal.pk]),
        "tekst": f"Melden bij leerplicht: {signaal.get_soort_display()}",
        "nummer": "",
        "wie": str(signaal.leerling),
        "vervalt_op": signaal.uiterlijk,
        "wat": "",
    }


def _consult(consult: Consult) -> dict[str, Any]:
    """Answer it, or read what was answered."""
    waits = consult.status == ConsultStatus.OPEN
    return {
        "icoon": "vraag" if waits else "bericht",
        "url": reverse("consult", args=[consult.nummer]),
        "tekst": "Vraag beantwoorden" if waits else "Antwoord lezen",
        "nummer": consult.nummer,
        "wie": str(consult.vestiging) if waits else str(consult.wijkteam or "regiocoördinator"),
        "vervalt_op": consult.antwoord_uiterlijk if waits else None,
        "wat": "antwoord",
    }


def _draft(row: CasusRegel) -> dict[str, Any]:
    return {
        "icoon": "potlood",
        "url": reverse("casus", args=[row.casus.nummer]),
        "tekst": f"Concept afmaken{f': {row.leerling}' if row.leerling else ''}",
        "nummer": row.casus.nummer,
        "wie": str(row.casus.vestiging),
    }


def _to_route(row: TeRouteren) -> dict[str, Any]:
    """A team must be chosen; or, for what a desk outside the region has, somebody asks there how it stands."""
    shown = waiting_line(row)
    why = shown["waarom"]
    text = f"{'Navraag doen' if row.elders else 'Wijkteam toewijzen'}: {why[:1].lower()}{why[1:]}"
    return {**shown, "icoon": "wekker" if row.te_laat else "door", "tekst": text, "wie": row.school, "wat": ""}


def _asked(row: Escalatie) -> dict[str, Any]:
    """What school or team asked of the regiocoördinator."""
    late = row.uiterlijk is not None and row.uiterlijk < now()
    return {
        "icoon": "wekker" if late else "vlag",
        "url": reverse("casus", args=[row.nummer]),
        "tekst": "Helpen waar het vastloopt",
        "nummer": row.nummer,
        "wie": row.wijkteam,
        "vervalt_op": row.uiterlijk,
        "wat": "",
    }


def _stuck(row: StuurRegel) -> dict[str, Any]:
    return {**stuck_line(row), "icoon": "vlag", "tekst": row.stap, "wie": row.wijkteam}


def _came_in(melding: Any) -> dict[str, Any]:
    return {
        "icoon": "bericht",
        "url": reverse("melding", args=[melding.pk]),
        "tekst": subject_of(melding),
        "nummer": "",
        "wie": "",
    }
