"""What one viewer may take along of a casus: plain data, in the words of the field.

Exactly what this viewer reads on the pages of the casus, by the same querysets and the same Blik: notes of another team are not
in it, and a secret address never is. `schema` names the shape; a field that is added keeps it, one that changes makes the next.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from casussen.keuzes import Kring, Vlag
from casussen.models import (
    Aanvraag,
    Casus,
    Doelscore,
    Doelversie,
    Instemming,
    Intensiteit,
    Inzet,
    Mdo,
    Plan,
    Reactie,
    Taak,
    Termijn,
    Vraag,
)
from casussen.queries.berichten import documents_of, messages_of
from casussen.queries.delen import sharings_of
from casussen.queries.detail import CasusDetail, casus_detail
from casussen.queries.vlaggen import raised_flags
from casussen.workflow import TERMIJNEN
from casussen.workflow.termijnen import VEILIGHEID
from kern.kijker import Kijker
from kern.klok import AMSTERDAM, local_date

SCHEMA = "aanspreekpunt-casus/1"
Inhoud = dict[str, Any]


def contents_of(nummer: str, kijker: Kijker, *, op: datetime, voor_gezin: bool = False) -> Inhoud | None:
    """Everything, or None when this casus is not the viewer's to read.

    `voor_gezin`: what a professional gives to parents or pupil. Without what the team wrote for itself, and without what was
    recorded about safety: who hands it over tells that in person, when it can be told (Meldcode, step 3).
    """
    detail = casus_detail(nummer, kijker, op=op)
    if detail is None or not detail.blik.reads:
        return None
    casus = detail.casus
    return {
        "schema": SCHEMA,
        "nummer": casus.nummer,
        "gemaakt_op": _moment(op),
        "gemaakt_door": kijker.naam,
        "status": casus.get_status_display(),
        "volgende_stap": detail.stap.tekst(local_date(op)),
        "vlaggen": _flags(casus),
        "leerling": _pupil(detail),
        "school": {"naam": casus.vestiging.naam, "brin": casus.vestiging.brin, "aangevraagd_door": str(casus.aangevraagd_door)},
        "wijkteam": _team(casus),
        "verhaal": {naam: getattr(casus, naam) for naam in ("krachten", "hulpvraag", "geprobeerd")},
        "veiligheid": {"grond": casus.veiligheid_grond, "op": _moment(casus.veiligheid_op)}
        if casus.veiligheid and not voor_gezin
        else None,
        "toestemming": _consent(detail),
        "gedeeld_met": [
            {
                "met": str(d.partij),
                "doel": d.doel,
                "toestemming_van": d.get_gever_display(),
                "gegeven_op": _day(d.gegeven_op),
                "gestopt_op": _moment(d.ingetrokken_op),
                "gestopt_namens": d.get_ingetrokken_namens_display(),
            }
            for d in sharings_of(casus)
        ],
        "aanvragen": [
            {
                "onderwerp": a.onderwerp,
                "ontvangen_op": _day(a.ontvangen_op),
                "besluit": a.get_besluit_display(),
                "besluit_op": _day(a.besluit_op),
            }
            for a in Aanvraag.objects.filter(casus=casus)
        ],
        "contact": [
            {
                "datum": _day(c.datum),
                "soort": c.get_soort_display(),
                "met": c.met,
                "gelukt": c.gelukt,
                "notitie": "" if voor_gezin else c.notitie,
            }
            for c in detail.contactmomenten
        ],
        "vragen": _questions(casus),
        "overleggen": [_meeting(mdo) for mdo in detail.mdos],
        "plannen": _plans(casus),
        "intensiteit": [
            {"vanaf": _day(i.vanaf), "niveau": i.get_niveau_display(), "reden": i.reden}
            for i in Intensiteit.objects.filter(casus=casus)
        ],
        "hulp": _help(casus),
        "afspraken": _tasks(detail.taken),
        "terugkoppeling": [
            {
                "op": _moment(t.op),
                "aan": str(t.aan),
                "gedaan": t.gedaan,
                "vervolg": t.vervolg,
                "nodig_van_school": t.nodig_van_school,
            }
            for t in detail.terugkoppelingen
        ],
        "reacties": [{"op": _moment(r.op), "eens": r.eens, "tekst": r.tekst} for r in Reactie.objects.filter(casus=casus)],
        "berichten": [
            {
                "op": _moment(b.op),
                "door": b.door_naam,
                "tekst": "" if b.ingetrokken_op else b.tekst,
                "ingetrokken": b.ingetrokken_op is not None,
            }
            for b in messages_of(casus, detail.blik)
            if not (voor_gezin and b.voor == Kring.TEAM)
        ],
        "documenten": [
            {"naam": d.naam, "op": _moment(d.op), "door": d.door_naam, "grootte": d.grootte, "sha256": d.sha256}
            for d in documents_of(casus, detail.blik)
            if not (voor_gezin and d.voor == Kring.TEAM)
        ],
        "termijnen": _clocks(casus, voor_gezin=voor_gezin),
        "tijdlijn": [
            {
                "op": _moment(item.op),
                "tekst": item.tekst,
                "details": []
                if voor_gezin and item.alleen_team
                else [{"kop": kop, "tekst": tekst} for kop, tekst in item.details],
            }
            for item in detail.tijdlijn
            if not (voor_gezin and item.over_veiligheid)
        ],
    }


def _day(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(AMSTERDAM).isoformat(timespec="minutes") if moment else None


def _flags(casus: Casus) -> Inhoud:
    """Every flag by its name, also when it is down; since when, as far as somebody said so. Veiligheid has a place of its own."""
    up = {raised.vlag: raised for raised in raised_flags(casus)}
    return {
        vlag.value: {
            "aan": vlag in up,
            "naam": str(vlag.label),
            "sinds": _moment(up[vlag].op) if vlag in up else None,
            "reden": up[vlag].reden if vlag in up else "",
            "verwacht_op": _day(up[vlag].verwacht_op) if vlag in up else None,
        }
        for vlag in Vlag
        if vlag is not Vlag.VEILIGHEID
    }


def _pupil(detail: CasusDetail) -> Inhoud | None:
    leerling = detail.casus.leerling
    if leerling is None:
        return None
    return {
        "leerlingnummer": leerling.leerlingnummer,
        "voornaam": leerling.voornaam,
        "achternaam": leerling.achternaam,
        "geboortedatum": _day(leerling.geboortedatum),
        "klas": leerling.klas,
        "onderwijs": detail.casus.get_sector_display(),
        "adres": None if leerling.geheim_adres else detail.adres or None,
        "contact_gezin": detail.casus.contact_gezin,
    }


def _team(casus: Casus) -> Inhoud | None:
    if casus.wijkteam is None:
        return None
    return {
        "naam": casus.wijkteam.naam,
        "gemeente": casus.wijkteam.gemeente.naam,
        "aanspreekpunt": str(casus.aanspreekpunt or ""),
        "behandelaar": str(casus.behandelaar or ""),
    }


def _consent(detail: CasusDetail) -> list[Inhoud]:
    given = [
        {
            "soort": "delen met het wijkteam",
            "van": t.get_gever_display(),
            "gegeven_op": _day(t.gegeven_op),
            "ingetrokken_op": _moment(t.ingetrokken_op),
            "ingetrokken_namens": t.get_ingetrokken_namens_display(),
            "ook_ander_wijkteam": t.ook_ander_wijkteam,
        }
        for t in detail.toestemmingen
    ]
    agreed = [
        {
            "soort": i.get_soort_display(),
            "van": i.get_gever_display(),
            "gegeven_op": _day(i.gegeven_op),
            "ingetrokken_op": _moment(i.ingetrokken_op),
            "ingetrokken_namens": i.get_ingetrokken_namens_display(),
        }
        for i in Instemming.objects.filter(casus=detail.casus)
    ]
    return [*given, *agreed]


def _questions(casus: Casus) -> list[Inhoud]:
    return [
        {"vraag": v.tekst, "gesteld_op": _moment(v.gesteld_op), "antwoord": v.antwoord, "beantwoord_op": _moment(v.beantwoord_op)}
        for v in Vraag.objects.filter(casus=casus)
    ]


def _meeting(mdo: Mdo) -> Inhoud:
    return {
        "begint_op": _moment(mdo.begint_op),
        "status": mdo.get_status_display(),
        "plek": mdo.get_plek_display(),
        "deelnemers": [
            {"namens": d.get_partij_display(), "naam": d.naam, "functie": d.functie, "aanwezig": d.get_aanwezig_display()}
            for d in mdo.deelnemers.all()
        ],
        "agenda": mdo.agenda,
        "verslag": mdo.verslag,
        "mening_ouders": mdo.mening_ouders,
        "mening_jongere": mdo.mening_jongere,
        "aanvullingen": [
            {
                "op": _moment(added.op),
                "door": str(added.door or ""),
                "tekst": added.tekst,
                "mening_ouders": added.mening_ouders,
                "mening_jongere": added.mening_jongere,
            }
            for added in mdo.aanvullingen.all()
        ],
        "afgezegd_om": mdo.afgezegd_om,
    }


def _plans(casus: Casus) -> list[Inhoud]:
    """Every version, with its goals; the scores stand with the newest version of each goal."""
    versions: dict[int, list[Doelversie]] = {}
    for row in Doelversie.objects.filter(plan__casus=casus).select_related("doel").order_by("doel__nummer"):
        versions.setdefault(row.plan_id, []).append(row)
    scores: dict[int, list[Doelscore]] = {}
    for score in Doelscore.objects.filter(doel__casus=casus):
        scores.setdefault(score.doel_id, []).append(score)
    return [
        {
            "versie": plan.versie,
            "op": _moment(plan.op),
            "beeld": plan.beeld,
            "zonder_overleg_omdat": plan.zonder_mdo,
            "gewijzigd_omdat": plan.reden,
            "gezin": plan.get_standpunt_display(),
            "mening_gezin": plan.mening_gezin,
            "doelen": [_goal(row, scores.get(row.doel_id, ())) for row in versions.get(plan.pk, [])],
        }
        for plan in Plan.objects.filter(casus=casus)
    ]


def _goal(row: Doelversie, scores: Iterable[Doelscore]) -> Inhoud:
    return {
        "nummer": row.doel.nummer,
        "domein": row.get_domein_display(),
        "tekst": row.tekst,
        "eigenaar": row.eigenaar or row.get_partij_display(),
        "eigen_kracht": row.eigen_kracht,
        "netwerk": row.netwerk,
        "schoolloopbaan": row.schoolloopbaan,
        "terugkeer_op": _day(row.terugkeer_op),
        "cijfers": [{"datum": _day(s.datum), "cijfer": s.score, "toelichting": s.toelichting} for s in scores],
        "resultaat": row.doel.get_resultaat_display(),
        "resultaat_toelichting": row.doel.resultaat_tekst,
    }


def _help(casus: Casus) -> list[Inhoud]:
    rows = Inzet.objects.filter(casus=casus).select_related("arrangement__aanbieder").prefetch_related("voortgang")
    return [
        {
            "aanbieder": inzet.arrangement.aanbieder.naam,
            "arrangement": inzet.arrangement.naam,
            "status": inzet.get_status_display(),
            "aangevraagd_op": _day(inzet.aangevraagd_op),
            "wacht_sinds": _day(inzet.wacht_sinds),
            "reden_wachten": inzet.get_reden_wachten_display(),
            "gestart_op": _day(inzet.gestart_op),
            "geeindigd_op": _day(inzet.geeindigd_op),
            "einde_reden": inzet.einde_reden,
            "voortgang": [{"op": _moment(v.op), "door": v.door_naam, "tekst": v.tekst} for v in inzet.voortgang.all()],
        }
        for inzet in rows
    ]


def _tasks(taken: Iterable[Taak]) -> list[Inhoud]:
    return [
        {
            "omschrijving": taak.omschrijving,
            "wie": taak.naam or taak.get_partij_display(),
            "uiterlijk": _day(taak.uiterlijk),
            "afgerond_op": _moment(taak.afgerond_op),
            "resultaat": taak.resultaat,
            "vervallen_op": _moment(taak.vervallen_op),
            "vervallen_omdat": taak.vervallen_om,
        }
        for taak in taken
    ]


def _clocks(casus: Casus, *, voor_gezin: bool) -> list[Inhoud]:
    rows = Termijn.objects.filter(casus=casus, taak__isnull=True).order_by("begint_op", "id")
    return [
        {
            "wat": TERMIJNEN[t.soort].wat if t.soort in TERMIJNEN else t.soort,
            "eigenaar": t.get_eigenaar_soort_display(),
            "uiterlijk": _moment(t.vervalt_op),
            "gesloten_op": _moment(t.gesloten_op),
            "hoe": t.gesloten_om,
        }
        for t in rows
        if not (voor_gezin and t.soort == VEILIGHEID.soort)
    ]
