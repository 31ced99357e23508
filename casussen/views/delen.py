"""The tab Delen: in plain words who sees what of this casus now, by whose consent, what was withdrawn, and who looked."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.keuzes import DelingMet, Status
from casussen.models import Casus, Deling, Instemming, Toestemming
from casussen.mogelijk import available_actions, offered_on
from casussen.queries.delen import agreements_to, looks_at, sharings_of
from casussen.queries.detail import consent_of
from casussen.views.dossier import LEZERS, open_dossier
from casussen.views.gevolgen import on_ground_of_safety
from casussen.views.knoppen import button, buttons
from kern.klok import today
from scholen.sectoren import woorden
from toegang.toelating import voor

#: Consent for the wijkteam stands with the other steps in the table, and is offered here.
TOESTEMMING = ("toestemming_aanvullen", "toestemming_intrekken")
PER_REGEL = frozenset({"delen_stoppen"})
HOOGSTENS = 200
#: What each kind of party sees, as `casussen.blik` has it.
ZIET = {
    DelingMet.AANBIEDER.value: "De naam, waar de casus staat, de eigen hulp en de doelen daarvan. Geen verhaal, geen notities.",
    DelingMet.LEERPLICHT.value: "De naam, waar de casus staat en het verzuim. Niet het verhaal, geen notities, geen plan.",
    DelingMet.VERBAND.value: "De naam, waar de casus staat en het verzuim. Niet het verhaal, geen notities, geen plan.",
}


@voor(*LEZERS)
@require_GET
def delen(request: HttpRequest, nummer: str) -> HttpResponseBase:
    """Who sees what, for school and team."""
    dossier = open_dossier(request, nummer, "casus-delen")
    casus, kijker = dossier.casus, dossier.kijker
    steps = offered_on("casus-delen", available_actions(casus, kijker, op=today()), casus, kijker, ook=TOESTEMMING)
    stop = next((step for step in steps if step.actie in PER_REGEL and step.mag), None)
    sharings = sharings_of(casus)
    looks, total = looks_at(casus, hoogstens=HOOGSTENS)
    consent, agreed = consent_of(casus), agreements_to(casus)
    context = {
        **dossier.context("casus-delen"),
        **buttons(
            casus, sorted((s for s in steps if s.actie not in PER_REGEL), key=lambda s: s.actie == "toestemming_intrekken")
        ),
        "vast": _always(casus, consent),
        "delingen": [
            {
                "deling": deling,
                "ziet": ZIET[deling.met],
                "stop": button(casus, stop, query=f"?deling={deling.pk}", label="Stoppen met delen") if stop else None,
            }
            for deling in sharings
            if deling.ingetrokken_op is None
        ],
        "instemmingen": [item for item in agreed if item.ingetrokken_op is None],
        "gestopt": _ended(sharings, consent, agreed),
        "gekeken": looks,
        "gekeken_totaal": total,
    }
    return render(request, "casussen/wie_ziet_wat.html", context)


def _always(casus: Casus, consent: list[Toestemming]) -> list[dict[str, Any]]:
    """Who sees it without a sharing of its own."""
    word = woorden(casus.sector)
    address = "Het huisadres ziet niemand: het is geheim." if casus.leerling and casus.leerling.geheim_adres else ""
    found = [
        {
            "wie": f"{casus.school}",
            "ziet": f"De {word.zorgcoordinator} en collega's zien de casus en de terugkoppeling, geen notities van het team.",
            "grond": "De school meldde de casus aan.",
        }
    ]
    sees = casus.wijkteam is not None and casus.status not in {Status.CONCEPT, Status.TE_ROUTEREN, Status.INGETROKKEN}
    living = [t for t in consent if t.ingetrokken_op is None]
    if sees and (living or casus.veiligheid):
        found.append(
            {
                "wie": f"{casus.wijkteam}",
                "ziet": f"Alles wat de school deelde, het plan en de eigen notities. {address}".strip(),
                "grond": _ground(casus, living),
            }
        )
    found.append(
        {
            "wie": "De regiocoördinator",
            "ziet": "Het casusnummer, de status en de termijnen. Geen naam en geen verhaal.",
            "grond": "Om te helpen als iets te lang duurt.",
        }
    )
    return found


def _ground(casus: Casus, living: list[Toestemming]) -> str:
    if not living:
        return f"Zonder toestemming, {on_ground_of_safety(casus)}."
    latest = max(living, key=lambda t: (t.gegeven_op, t.pk))
    also = " Ook voor een ander wijkteam." if latest.ook_ander_wijkteam else ""
    return f"Toestemming van {latest.get_gever_display()}, {latest.gegeven_op:%-d-%-m-%Y}.{also}"


def _ended(sharings: list[Deling], consent: list[Toestemming], agreed: list[Instemming]) -> list[tuple[Any, str]]:
    """What was shared or agreed to before and is no more, the newest first."""
    found: list[tuple[Any, str]] = [
        (d.ingetrokken_op, f"Delen met {d.partij} is gestopt{_by(d)}.") for d in sharings if d.ingetrokken_op
    ]
    found += [
        (t.ingetrokken_op, f"Toestemming van {t.get_gever_display()} ({t.gegeven_op:%-d-%-m-%Y}) is ingetrokken{_by(t)}.")
        for t in consent
        if t.ingetrokken_op
    ]
    found += [
        (item.ingetrokken_op, f"Ingetrokken{_by(item)}: {item.get_soort_display()}.") for item in agreed if item.ingetrokken_op
    ]
    return sorted(found, key=lambda row: row[0], reverse=True)


def _by(item: Deling | Toestemming | Instemming) -> str:
    """Who ended it, as far as that is known; with the end of a casus nobody did."""
    return f" namens {item.get_ingetrokken_namens_display()}" if item.ingetrokken_namens else ""
