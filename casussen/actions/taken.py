"""Actions that were agreed: made, done, moved or dropped; each with a clock that reminds like any termijn."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from casussen.actions.effecten import person_of
from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect
from casussen.actions.termijnen import GEHAALD, close_termijnen, move_termijn, open_termijn
from casussen.contacten import people_in_service
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import Deelnemer, EigenaarSoort, SoortTaak, Status
from casussen.models import Casus, Doel, Inzet, Mdo, Taak, Termijn
from casussen.workflow.termijnen import TAAK
from kern.kalender import end_of_office_day
from kern.kijker import Kijker
from kern.klok import local_date
from zorgaanbod.models import Aanbieder


def make_taak(
    *,
    casus: Casus,
    omschrijving: str,
    partij: str,
    uiterlijk: date,
    by: Kijker,
    op: datetime,
    naam: str = "",
    soort: SoortTaak = SoortTaak.AFSPRAAK,
    mdo: Mdo | None = None,
    doel: Doel | None = None,
    sleutel: str = "",
) -> Taak:
    """Write down who does what by when, and start its clock.

    What the school does is the zorgcoördinator's; what an aanbieder does is theirs while the casus is shared with them; all else
    is asked after by the wijkteam: the colleague who is named, or the behandelaar. While no team has it in hand, the school asks.
    """
    taak = Taak(
        casus=casus,
        ronde=casus.ronde,
        soort=soort,
        sleutel=sleutel,
        mdo=mdo,
        doel=doel,
        omschrijving=omschrijving,
        partij=partij,
        naam=naam,
        uiterlijk=uiterlijk,
        door_id=by.user_id,
        aangemaakt_op=op,
    )
    eigenaar = _give_to_owner(taak, casus, op)
    taak.save()
    open_termijn(
        casus=casus,
        soort=TAAK.soort,
        eigenaar_soort=eigenaar,
        vervalt_op=end_of_office_day(uiterlijk),
        op=op,
        eigenaar_contactpersoon=taak.eigenaar_contactpersoon,
        eigenaar_user_id=taak.eigenaar_user_id,
        eigenaar_aanbieder_id=taak.eigenaar_aanbieder_id,
        taak=taak,
    )
    return taak


def _give_to_owner(taak: Taak, casus: Casus, op: datetime) -> EigenaarSoort:
    """Whose clock it is; the owner is filled in on the action."""
    if taak.partij == Deelnemer.SCHOOL or casus.wijkteam_id is None or casus.status == Status.TERUGGELEGD:
        taak.eigenaar_user_id = casus.aangevraagd_door_id
        return EigenaarSoort.SCHOOL
    if taak.partij == Deelnemer.AANBIEDER and (aanbieder := _aanbieder_of(casus, taak.naam)):
        taak.eigenaar_aanbieder = aanbieder
        return EigenaarSoort.AANBIEDER
    person = casus.behandelaar or casus.aanspreekpunt
    if taak.partij == Deelnemer.WIJKTEAM and taak.naam:
        named = [p for p in people_in_service(casus.wijkteam_id, op=local_date(op)) if p.naam.lower() == taak.naam.lower()]
        person = named[0] if named else person
    taak.eigenaar_contactpersoon = person
    taak.eigenaar_user_id = person.user_id if person else None
    return EigenaarSoort.WIJKTEAM


def _aanbieder_of(casus: Casus, naam: str) -> Aanbieder | None:
    """The aanbieder that is named, or the only one that helps; only while the casus is shared with it."""
    shared = Aanbieder.objects.filter(delingen__casus=casus, delingen__ingetrokken_op__isnull=True).distinct()
    helping = list(shared.filter(arrangementen__inzetten__in=Inzet.objects.filter(casus=casus).open()).distinct()) or list(shared)
    named = [a for a in helping if naam and a.naam.lower() in naam.lower()]
    return named[0] if named else helping[0] if len(helping) == 1 else None


def open_taak(run: Uitvoering) -> Taak:
    """The action of this step, for whoever may touch it: an aanbieder only the own ones."""
    taak = Taak.objects.select_for_update(of=("self",)).filter(casus=run.casus, pk=run.gegevens["taak"]).first()
    if taak is None or not taak.is_open:
        raise Onvolledig([{"veld": "taak", "melding": "Deze afspraak staat niet meer open."}])
    if run.bevoegd.rol.soort == "aanbieder" and taak.eigenaar_aanbieder_id not in run.own_aanbieders:
        raise NietBevoegd("Dit is geen afspraak van uw organisatie.")
    return taak


def make_taken(run: Uitvoering, rows: Iterable[Mapping[str, Any]], **erbij: Any) -> None:
    """What was agreed, as it was filled in; `erbij` are further columns of all of it."""
    for row in rows:
        make_taak(
            casus=run.casus,
            omschrijving=row["omschrijving"],
            partij=row["partij"],
            naam=row.get("naam", ""),
            uiterlijk=row["uiterlijk"],
            by=run.by,
            op=run.op,
            **erbij,
        )


@effect("taak_toevoegen")
def taak_toevoegen(run: Uitvoering) -> None:
    make_taken(run, [run.gegevens])


@effect("taak_afronden")
def taak_afronden(run: Uitvoering) -> None:
    taak = open_taak(run)
    taak.afgerond_op, taak.afgerond_door_id, taak.resultaat = run.op, person_of(run.by), run.gegevens.get("resultaat", "")
    taak.save(update_fields=["afgerond_op", "afgerond_door", "resultaat"])
    close_termijnen(casus=run.casus, soorten=None, om=GEHAALD, op=run.op, taak=taak)


@effect("taak_verzetten")
def taak_verzetten(run: Uitvoering) -> None:
    taak = open_taak(run)
    taak.uiterlijk = run.gegevens["uiterlijk"]
    taak.save(update_fields=["uiterlijk"])
    moment = end_of_office_day(taak.uiterlijk)
    if moment <= run.op:
        raise Onvolledig([{"veld": "uiterlijk", "melding": "Vandaag is het kantooruur al voorbij. Kies een latere dag."}])
    for termijn in Termijn.objects.filter(taak=taak, gesloten_op__isnull=True):
        move_termijn(termijn=termijn, vervalt_op=moment, by=run.by, op=run.op)


@effect("taak_laten_vervallen")
def taak_laten_vervallen(run: Uitvoering) -> None:
    taak = open_taak(run)
    taak.vervallen_op, taak.vervallen_om = run.op, run.gegevens["toelichting"][:200]
    taak.save(update_fields=["vervallen_op", "vervallen_om"])
    close_termijnen(casus=run.casus, soorten=None, om="vervallen", op=run.op, taak=taak)
