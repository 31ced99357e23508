"""What planning, moving, calling off and reporting an overleg writes."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import MdoStatus, Plek, SoortTaak, Status
from casussen.models import Casus, Mdo, MdoAanvulling, MdoDeelnemer, Taak, Termijn
from casussen.mogelijk import Mogelijk, available_actions
from casussen.stand import next_step_of
from kern.klok import AMSTERDAM
from tests.casussen.stappen import attendance
from tests.factories.casussen import DOORZETTEN, MDO, NU, TERUGLEGGEN, Wereld

NA_HET_OVERLEG = datetime(2026, 12, 10, 16, 0, tzinfo=AMSTERDAM)
VERSLAG = {"verslag": "Wij spraken over het plan.", "mening_ouders": "Wij voelen ons gehoord."}


def planned(casus: Casus) -> Mdo:
    return Mdo.objects.get(casus=casus, status=MdoStatus.GEPLAND)


def test_an_overleg_is_planned_on_school_for_an_hour_unless_told_otherwise(wereld: Wereld) -> None:
    mdo = planned(wereld.casus(Status.MDO_GEPLAND))
    assert mdo.begint_op.astimezone(AMSTERDAM) == datetime(2026, 12, 10, 14, 30, tzinfo=AMSTERDAM)
    assert (mdo.eindigt_op - mdo.begint_op, mdo.plek, mdo.volgnummer) == (timedelta(hours=1), Plek.SCHOOL, 0)
    assert mdo.gepland_door == wereld.cast.wim


def test_who_is_invited_is_recognised_by_the_mail_address(wereld: Wereld) -> None:
    invited = [
        *MDO["deelnemers"],
        {"partij": "aanbieder", "naam": "Abel", "email": "ABEL@test.example"},
        {"partij": "netwerk", "naam": "Oma", "email": "oma@thuis.example"},
    ]
    mdo = planned(wereld.do("mdo_plannen", wereld.casus(Status.IN_BEHANDELING), "zoe", **{**MDO, "deelnemers": invited}))
    wim, abel = (MdoDeelnemer.objects.get(mdo=mdo, partij=partij) for partij in ("wijkteam", "aanbieder"))
    assert (wim.user, wim.contactpersoon) == (wereld.cast.wim, wereld.wim)
    assert (abel.user, abel.aanbieder) == (wereld.cast.abel, wereld.cast.aanbieder)
    oma = MdoDeelnemer.objects.get(mdo=mdo, partij="netwerk")
    assert (oma.user, oma.contactpersoon, oma.aanbieder, oma.email) == (None, None, None, "oma@thuis.example")


def test_an_overleg_earlier_today_cannot_be_planned(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_plannen", casus, "wim", **{**MDO, "mdo_datum": "2026-12-02", "mdo_tijd": "09:59"})
    assert [item["veld"] for item in fout.value.ontbreekt] == ["mdo_tijd"]
    assert not Mdo.objects.exists()


def test_a_second_overleg_waits_until_the_first_was_held_or_called_off(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    with pytest.raises(Onvolledig, match="Er staat al een overleg gepland"):
        wereld.do("mdo_plannen", casus, "wim", **MDO)
    casus = wereld.do("mdo_afzeggen", casus, "zoe", toelichting="Het gezin is ziek.")
    off = Mdo.objects.get(casus=casus)
    assert (off.status, off.afgezegd_op, off.afgezegd_om, off.volgnummer) == ("afgezegd", NU, "Het gezin is ziek.", 1)
    assert wereld.do("mdo_plannen", casus, "wim", **MDO).status == Status.MDO_GEPLAND
    assert Mdo.objects.filter(casus=casus).count() == 2


def test_moving_keeps_the_invitation_and_raises_its_number(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    before = planned(casus)
    wereld.do("mdo_verzetten", casus, "zoe", mdo_datum="2026-12-14", mdo_tijd="9.30", mdo_duur=90, toelichting="Mentor ziek.")
    after = planned(casus)
    assert (after.pk, after.uid, after.volgnummer) == (before.pk, before.uid, 1)
    assert after.begint_op.astimezone(AMSTERDAM) == datetime(2026, 12, 14, 9, 30, tzinfo=AMSTERDAM)
    assert after.eindigt_op - after.begint_op == timedelta(minutes=90)
    assert after.deelnemers.count() == 3


def test_a_report_holds_who_was_there_what_the_family_says_and_decisions_with_a_clock(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    ouders, jongere, wim = planned(casus).deelnemers.order_by("pk")
    there = attendance(casus, wijkteam="afwezig")
    decided = [
        {"omschrijving": "Mentor belt elke week.", "partij": "school", "uiterlijk": "2026-12-17"},
        {"omschrijving": "Oma haalt op.", "partij": "netwerk", "naam": "Oma", "uiterlijk": "2026-12-14"},
    ]
    casus = wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, aanwezigen=there, besluiten=decided, **VERSLAG)
    mdo = Mdo.objects.get(casus=casus)
    assert (mdo.status, mdo.gehouden_op, mdo.verslag_door) == (MdoStatus.GEHOUDEN, NA_HET_OVERLEG, wereld.cast.wim)
    assert (mdo.verslag, mdo.mening_ouders, mdo.mening_jongere) == (VERSLAG["verslag"], VERSLAG["mening_ouders"], "")
    seen = dict(MdoDeelnemer.objects.filter(mdo=mdo).values_list("pk", "aanwezig"))
    assert seen == {ouders.pk: "aanwezig", jongere.pk: "afgemeld", wim.pk: "afwezig"}
    school, oma = Taak.objects.filter(casus=casus).order_by("pk")
    assert (school.soort, school.mdo, school.eigenaar_user) == (SoortTaak.BESLUIT, mdo, wereld.cast.zoe)
    assert (oma.partij, oma.naam, oma.eigenaar_contactpersoon) == ("netwerk", "Oma", wereld.wim)
    clocks = Termijn.objects.filter(casus=casus, taak__isnull=False, gesloten_op__isnull=True)
    assert {clock.taak_id: clock.eigenaar_soort for clock in clocks} == {school.pk: "school", oma.pk: "wijkteam"}


@pytest.mark.parametrize("stranger", ["²", "9" * 5000, 10**12, "x", True, [1], {"a": 1}])
def test_only_who_was_invited_can_have_been_there(wereld: Wereld, stranger: object) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    there = [{"deelnemer": stranger, "aanwezig": "aanwezig"}]
    with pytest.raises(Onvolledig, match="Kies alleen wie voor dit overleg is uitgenodigd"):
        wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, aanwezigen=there, **VERSLAG)
    assert planned(casus).verslag == ""


def test_a_report_before_the_day_and_one_without_the_family_are_refused(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_vastleggen", casus, "wim", verslag="Er was niemand.")
    assert {item["veld"] for item in fout.value.ontbreekt} == {"", "aanwezigen", "mening_ouders"}


def test_a_report_waits_until_the_overleg_has_begun_also_on_its_own_day(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    begin = planned(casus).begint_op
    with pytest.raises(Onvolledig, match="nog niet geweest"):
        wereld.do("mdo_vastleggen", casus, "wim", op=begin - timedelta(minutes=1), aanwezigen=attendance(casus), **VERSLAG)
    with time_machine.travel(begin - timedelta(minutes=1), tick=False):
        assert not step_of(wereld, casus, begin).mag
    with time_machine.travel(begin, tick=False):
        assert step_of(wereld, casus, begin).mag
    wereld.do("mdo_vastleggen", casus, "wim", op=begin, aanwezigen=attendance(casus), **VERSLAG)
    assert Mdo.objects.get(casus=casus).status == MdoStatus.GEHOUDEN


def step_of(wereld: Wereld, casus: Casus, op: datetime) -> Mogelijk:
    steps = available_actions(casus, wereld.kijker("wim", op.date()), op=op.date())
    return next(step for step in steps if step.actie == "mdo_vastleggen")


@pytest.mark.parametrize("named", [[], ["ouders"], ["ouders", "jongere"]])
def test_of_everybody_who_was_invited_it_is_told_whether_they_were_there(wereld: Wereld, named: list[str]) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    known = {d.pk: d.partij for d in planned(casus).deelnemers.all()}
    there = [row for row in attendance(casus) if known[row["deelnemer"]] in named]
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, aanwezigen=there, **VERSLAG)
    assert fout.value.ontbreekt == [{"veld": "aanwezigen", "melding": "Kies bij iedereen die is uitgenodigd of die erbij was."}]


def test_after_an_overleg_was_called_off_the_next_step_is_a_new_one(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    assert next_step_of(casus).wat == "houdt het overleg en legt het plan vast"
    casus = wereld.do("mdo_afzeggen", casus, "wim", toelichting="Het gezin is ziek.")
    assert next_step_of(casus).wat == "plant een nieuw overleg"
    casus = wereld.do("mdo_plannen", casus, "wim", **MDO)
    assert next_step_of(casus).wat == "houdt het overleg en legt het plan vast"


def test_a_report_sent_twice_is_one_report(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    decided = [{"omschrijving": "Mentor belt.", "partij": "school", "uiterlijk": "2026-12-17"}]
    told = {**VERSLAG, "besluiten": decided, "aanwezigen": attendance(casus)}
    for _ in range(2):
        again = wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, versie=casus.versie, **told)
    assert again.versie == casus.versie + 1
    assert Taak.objects.filter(casus=casus).count() == 1


# --- Completed afterwards ---------------------------------------------------------------------------------------
def held(wereld: Wereld) -> Casus:
    casus = wereld.casus(Status.MDO_GEPLAND)
    return wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, aanwezigen=attendance(casus), **VERSLAG)


def test_what_was_forgotten_comes_beside_the_report_with_who_and_when(wereld: Wereld) -> None:
    casus, later = held(wereld), NA_HET_OVERLEG + timedelta(days=2)
    decided = [{"omschrijving": "Mentor belt elke week.", "partij": "school", "uiterlijk": "2026-12-17"}]
    words = {"aanvulling": "De mentor zat er ook bij.", "mening_jongere": "Ik wil een andere klas."}
    casus = wereld.do("mdo_aanvullen", casus, "zoe", op=later, besluiten=decided, **words)
    mdo = Mdo.objects.get(casus=casus)
    assert (mdo.verslag, mdo.mening_jongere) == (VERSLAG["verslag"], "")
    added = mdo.aanvullingen.get()
    assert (added.tekst, added.mening_ouders, added.mening_jongere) == (words["aanvulling"], "", words["mening_jongere"])
    assert (added.door, added.op) == (wereld.cast.zoe, later)
    taak = Taak.objects.get(casus=casus)
    assert (taak.mdo, taak.soort, taak.eigenaar_user) == (mdo, SoortTaak.BESLUIT, wereld.cast.zoe)
    assert casus.status == Status.MDO_GEPLAND


def test_a_decision_alone_adds_no_empty_words(wereld: Wereld) -> None:
    decided = [{"omschrijving": "Mentor belt elke week.", "partij": "school", "uiterlijk": "2026-12-17"}]
    casus = wereld.do("mdo_aanvullen", held(wereld), "wim", op=NA_HET_OVERLEG, besluiten=decided)
    assert Taak.objects.get(casus=casus).mdo is not None
    assert not MdoAanvulling.objects.filter(mdo__casus=casus).exists()


def test_it_is_added_to_the_newest_overleg_that_was_held(wereld: Wereld) -> None:
    casus = held(wereld)
    first = Mdo.objects.get(casus=casus)
    again = {**MDO, "mdo_datum": "2026-12-21", "ondanks_botsing": True}
    casus = wereld.do("mdo_plannen", casus, "wim", op=NA_HET_OVERLEG, **again)
    casus = wereld.do("mdo_aanvullen", casus, "wim", op=NA_HET_OVERLEG, aanvulling="Over de eerste keer.")
    told = {**VERSLAG, "aanwezigen": attendance(casus)}
    casus = wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG + timedelta(days=14), **told)
    wereld.do("mdo_aanvullen", casus, "wim", op=NA_HET_OVERLEG + timedelta(days=14), aanvulling="Over de tweede keer.")
    assert [item.tekst for item in first.aanvullingen.all()] == ["Over de eerste keer."]
    assert MdoAanvulling.objects.exclude(mdo=first).get().tekst == "Over de tweede keer."


def test_nothing_to_add_and_nothing_to_add_to_are_refused(wereld: Wereld) -> None:
    with pytest.raises(Onvolledig) as fout:
        wereld.do("mdo_aanvullen", held(wereld), "wim", op=NA_HET_OVERLEG, aanvulling="  ")
    assert [item["veld"] for item in fout.value.ontbreekt] == ["aanvulling"]
    with pytest.raises(Onvolledig, match="nog geen verslag"):
        wereld.do("mdo_aanvullen", wereld.casus(Status.MDO_GEPLAND), "wim", op=NA_HET_OVERLEG, aanvulling="Iets.")


def test_what_was_added_stays_as_it_was_read(wereld: Wereld) -> None:
    wereld.do("mdo_aanvullen", held(wereld), "wim", op=NA_HET_OVERLEG, aanvulling="De mentor zat er ook bij.")
    for change in (lambda: MdoAanvulling.objects.update(tekst="Anders."), lambda: MdoAanvulling.objects.all().delete()):
        with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
            change()


def test_two_people_report_one_overleg_and_the_second_is_told_so(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    told = {**VERSLAG, "aanwezigen": attendance(casus)}
    wereld.do("mdo_vastleggen", casus, "wim", op=NA_HET_OVERLEG, versie=casus.versie, **told)
    with pytest.raises(OnjuisteStatus, match="Wim Wijkteam heeft het verslag van het overleg"):
        wereld.do("mdo_vastleggen", casus, "zoe", op=NA_HET_OVERLEG, versie=casus.versie, **told)


@pytest.mark.parametrize(("step", "who"), [("doorzetten", "cora"), ("terugleggen", "wim")])
def test_an_overleg_with_a_team_that_no_longer_has_the_casus_is_called_off(wereld: Wereld, step: str, who: str) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    filled = {**DOORZETTEN, "wijkteam": wereld.net.centrum.pk} if step == "doorzetten" else TERUGLEGGEN
    casus = wereld.do(step, casus, who, **filled)
    mdo = Mdo.objects.get(casus=casus)
    assert (mdo.status, mdo.afgezegd_om, mdo.volgnummer) == ("afgezegd", "De casus ligt niet meer bij dit wijkteam.", 1)
