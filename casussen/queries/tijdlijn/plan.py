"""The one plan of a family: its versions with what the family thinks of them, how far each goal is, and what was agreed.

The school reads what is about school and what was agreed at the table where it sat; the team all of it; an aanbieder the goals
its own help is for, and its own tasks (design §7).
"""

from collections.abc import Iterator

from django.db.models import Q

from casussen.blik import Blik
from casussen.keuzes import Deelnemer, Domein, SoortTaak
from casussen.models import Casus, Doel, Doelscore, Doelversie, Plan, Taak
from casussen.queries.overleg import readable_taken
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, sentence, someone, told
from casussen.woorden import in_days


def plans(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    return [
        Gebeurd(
            plan.op,
            "plan",
            f"{someone(plan.door)} heeft {'het plan' if plan.versie == 1 else f'versie {plan.versie} van het plan'} vastgelegd. "
            f"Het gezin {plan.get_standpunt_display()}.",
            wie=name_of(plan.door),
            details=told(
                ("Het gezin zegt", plan.mening_gezin),
                ("Waarom dit veranderde", plan.reden),
                ("Waarom zonder overleg", plan.zonder_mdo),
            ),
        )
        for plan in snede.newest(Plan.objects.filter(casus=casus).select_related("door"), "op")
    ]


def scores(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not (blik.reads or blik.aanbieders):
        return []
    goals = _goals(casus, blik)
    rows = Doelscore.objects.filter(doel__in=list(goals)).select_related("door")
    found = []
    for score in snede.newest(rows, "op"):
        goal = goals[score.doel_id]
        by = f" van {score.get_van_wie_display()}" if score.van_wie else ""
        found.append(
            Gebeurd(
                score.op,
                "doelscore",
                f"Doel {goal.doel.nummer} kreeg op {in_days(score.datum)} een {score.score}{by} (1 is ver weg, 10 is bereikt).",
                wie=name_of(score.door),
                details=told(("Doel", goal.tekst), ("Waarom dit cijfer", score.toelichting)),
            )
        )
    return found


def _goals(casus: Casus, blik: Blik) -> dict[int, Doelversie]:
    """The goals this viewer reads, each in its latest words."""
    versions = Doelversie.objects.filter(doel__casus=casus).select_related("doel").order_by("plan__versie")
    if not blik.reads:
        helped = Doel.objects.filter(casus=casus, inzetten__arrangement__aanbieder__in=blik.aanbieders)
        versions = versions.filter(doel__in=helped)
    latest = {version.doel_id: version for version in versions}
    if blik.wijkteam_id is not None or not blik.reads:
        return latest
    return {pk: version for pk, version in latest.items() if _about_school(version)}


def _about_school(version: Doelversie) -> bool:
    return version.domein == Domein.SCHOOL or version.schoolloopbaan or version.partij == Deelnemer.SCHOOL


def tasks(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """What was agreed, done, and no longer needed."""
    rows = readable_taken(casus, blik).select_related("door", "afgerond_door")
    if blik.school and blik.wijkteam_id is None:
        rows = rows.filter(Q(partij=Deelnemer.SCHOOL) | Q(mdo__isnull=False) | Q(soort=SoortTaak.ACHTTIEN))
    found = snede.newest(rows, "aangemaakt_op", "afgerond_op", "vervallen_op")
    return [moment for taak in found for moment in _moments(taak)]


def _moments(taak: Taak) -> Iterator[Gebeurd]:
    who = f"{taak.naam} ({taak.get_partij_display()})" if taak.naam else taak.get_partij_display()
    what = (("Afspraak", taak.omschrijving),)
    agreed = f"Afgesproken: {who} doet iets, uiterlijk {in_days(taak.uiterlijk)}."
    yield Gebeurd(taak.aangemaakt_op, "taak", agreed, wie=name_of(taak.door), details=what)
    if taak.afgerond_op is not None:
        text = f"Gedaan: een afspraak van {who}."
        details = (*what, *told(("Resultaat", taak.resultaat)))
        yield Gebeurd(taak.afgerond_op, "taak_gedaan", text, wie=name_of(taak.afgerond_door), details=details)
    if taak.vervallen_op is not None:
        details = (*what, ("Reden", sentence(taak.vervallen_om)))
        yield Gebeurd(taak.vervallen_op, "taak_vervallen", f"Niet meer nodig: een afspraak van {who}.", details=details)
