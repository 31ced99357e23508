"""Ask, answer, ask on, hand over, end, become a casus: who may, what the clock does, and what is told."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casussen.actions.concept import delete_concept
from casussen.actions.consulten import Vraag, ask_consult, assign_consult, begin_casus, close_consult, reply_consult
from casussen.actions.machine import perform
from casussen.fouten import Herleidbaar, NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import ConsultStatus, Status
from casussen.models import Casus, Consult, ConsultBericht
from casussen.queries.consulten import consult_before
from kern.klok import AMSTERDAM
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal
from tests.consult.maken import ANTWOORD, VRAAG, answer, ask
from tests.factories.casussen import COMPLEET, NU, colleague
from tests.factories.netwerk import AfwezigheidFactory, GemeenteFactory, RegioFactory, WijkteamFactory
from toegang.models import Inzage

LATER = NU + timedelta(days=1)


def mails(soort: str) -> list[str]:
    return sorted(Melding.objects.filter(soort=soort, kanaal=Kanaal.MAIL).values_list("adres", flat=True))


# --- The form of it -------------------------------------------------------------------------------------------------
def test_a_consult_has_no_field_for_a_person():
    """Whoever adds a field here must think about what it says, and write it in this list."""
    assert {field.name for field in Consult._meta.get_fields()} == {
        "id", "nummer", "regio", "school", "vestiging", "sector", "leeftijd", "aangevraagd_door", "wijkteam", "aanspreekpunt",
        "vraag", "wat_al_gedaan", "nagekeken", "status", "gevraagd_op", "antwoord_uiterlijk", "stand", "volgende_stap",
        "volgende_op", "beantwoord_op", "beantwoord_door", "afgesloten_op", "casus", "verzoek_sleutel", "berichten",
        "herinneringen",
    }  # fmt: skip


@pytest.mark.parametrize(
    "fout",
    [
        {"nummer": "2026-000123"},
        {"leeftijd": "14"},
        {"vraag": ""},
        {"volgende_op": None},
        {"status": "beantwoord", "volgende_op": None, "volgende_stap": None},
        {"status": "afgesloten", "volgende_op": None, "volgende_stap": None},
        {"status": "verzonnen"},
    ],
)
def test_the_database_refuses_what_cannot_be(wereld, fout):
    consult = ask(wereld)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consult.objects.filter(pk=consult.pk).update(**fout)


# --- Asking ---------------------------------------------------------------------------------------------------------
def test_the_question_goes_to_the_contact_of_the_team_with_two_working_days(wereld):
    consult = ask(wereld)
    assert consult.nummer.startswith("A2026-")
    assert consult.aanspreekpunt == wereld.wim
    assert consult.antwoord_uiterlijk == datetime(2026, 12, 4, 17, 0, tzinfo=AMSTERDAM)
    assert mails("consult_nieuw") == ["wim@test.example"]


def test_the_days_are_working_days(wereld):
    friday = datetime(2026, 12, 24, 20, 0, tzinfo=AMSTERDAM)
    assert ask(wereld, op=friday).antwoord_uiterlijk == datetime(2026, 12, 29, 17, 0, tzinfo=AMSTERDAM)


def test_who_is_away_is_replaced_by_the_deputy(wereld):
    deputy, user = colleague(wereld.net.schalkwijk, "Dea Deputaat")
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date(), vervanger=deputy)
    ask(wereld)
    assert mails("consult_nieuw") == [user.email]


def test_without_a_team_it_is_the_regiocoordinators(wereld):
    consult = ask(wereld, team=False)
    assert consult.wijkteam is None
    assert mails("consult_nieuw") == ["rea@test.example"]
    assert Consult.objects.visible_to(wereld.kijker("rea")).get() == consult
    assert not Consult.objects.visible_to(wereld.kijker("wim")).exists()


def test_a_mail_never_holds_what_was_asked_or_answered(wereld):
    answer(wereld, ask(wereld))
    meldingen, events = list(Melding.objects.all()), list(Gebeurtenis.objects.filter(onderwerp_soort="consult"))
    assert meldingen
    assert events
    for melding in meldingen:
        assert "leerling van 14" not in str(melding.gegevens)
        assert ANTWOORD not in str(melding.gegevens)
    for event in events:
        assert event.gegevens == {}


def test_a_team_of_another_region_or_that_does_not_exist_cannot_be_asked(wereld):
    elders = WijkteamFactory.create(gemeente=GemeenteFactory.create(regio=RegioFactory.create(naam="Andere regio")))
    for wijkteam_id in (elders.pk, elders.pk + 10_000):
        with pytest.raises(Onvolledig) as fout:
            ask(wereld, wijkteam_id=wijkteam_id)
        assert fout.value.ontbreekt[0]["veld"] == "wijkteam"


@pytest.mark.parametrize("wie", ["wim", "teun", "rea", "gerda", "leeg"])
def test_only_a_zorgcoordinator_asks(wereld, wie):
    with pytest.raises(NietBevoegd):
        ask_consult(vraag=Vraag(vraag=VRAAG), by=wereld.kijker(wie), op=NU)


def test_sent_twice_it_is_one(wereld):
    key = uuid.uuid4()
    first, second = (ask_consult(vraag=Vraag(vraag=VRAAG), by=wereld.zoe, op=NU, verzoek_sleutel=key) for _ in range(2))
    assert first == second
    assert Consult.objects.count() == 1
    replies = [
        reply_consult(consult=first, tekst="Nog iets.", by=wereld.zoe, op=NU, verzoek_sleutel=uuid.UUID(int=7)) for _ in range(2)
    ]
    assert replies[0] == replies[1]
    assert ConsultBericht.objects.count() == 1


@pytest.mark.parametrize("veld", ["vraag", "wat_al_gedaan"])
def test_what_is_personal_is_refused_in_every_field(wereld, veld):
    anders: dict[str, Any] = {"nagekeken": True, veld: "Bel 06-12345678."}
    with pytest.raises(Herleidbaar) as fout:
        ask(wereld, **anders)
    assert list(fout.value.bevindingen) == [veld]
    assert not Consult.objects.exists()


# --- Answering ------------------------------------------------------------------------------------------------------
def test_an_answer_stops_the_clock_and_tells_the_school(wereld):
    consult = answer(wereld, ask(wereld), op=LATER)
    assert (consult.status, consult.beantwoord_op, consult.beantwoord_door) == ("beantwoord", LATER, wereld.cast.wim)
    assert consult.volgende_op is None
    assert mails("consult_antwoord") == ["zoe@test.example"]


def test_a_question_that_follows_starts_the_clock_anew(wereld):
    consult = answer(wereld, ask(wereld))
    reply_consult(consult=consult, tekst="En als vader niet wil?", by=wereld.kijker("zoe", LATER.date()), op=LATER)
    consult.refresh_from_db()
    assert (consult.status, consult.stand) == (ConsultStatus.OPEN, 2)
    assert consult.antwoord_uiterlijk == datetime(2026, 12, 7, 17, 0, tzinfo=AMSTERDAM)
    assert consult.beantwoord_op == NU  # the first answer stays the first
    assert mails("consult_vervolg") == ["wim@test.example"]


def test_an_addition_to_an_open_question_moves_no_deadline(wereld):
    consult = ask(wereld)
    reply_consult(consult=consult, tekst="Ik vergat te zeggen dat de mentor belde.", by=wereld.zoe, op=LATER)
    again = Consult.objects.get()
    assert (again.antwoord_uiterlijk, again.stand) == (consult.antwoord_uiterlijk, consult.stand)


def test_an_outsider_cannot_answer(wereld):
    consult = ask(wereld)
    for wie in ("ona", "otto", "rea", "cees"):
        with pytest.raises(NietBevoegd):
            reply_consult(consult=consult, tekst=ANTWOORD, by=wereld.kijker(wie), op=NU)


def test_the_check_holds_for_an_answer_too(wereld):
    consult = ask(wereld)
    with pytest.raises(Herleidbaar):
        reply_consult(consult=consult, tekst="Is dit soms Brechtje Brikken?", by=wereld.kijker("wim"), op=NU)


def test_who_ended_it_cannot_go_on(wereld):
    consult = answer(wereld, ask(wereld))
    close_consult(consult=consult, by=wereld.zoe, op=NU)
    for wie in ("wim", "zoe"):
        with pytest.raises(OnjuisteStatus):
            reply_consult(consult=consult, tekst=ANTWOORD, by=wereld.kijker(wie), op=NU)
    assert mails("consult_gesloten") == []  # it had been answered: there is nothing to say


def test_a_team_hears_that_an_answer_is_not_needed_any_more(wereld):
    close_consult(consult=ask(wereld), by=wereld.zoe, op=NU)
    assert mails("consult_gesloten") == ["wim@test.example"]


def test_only_the_school_ends_it(wereld):
    with pytest.raises(NietBevoegd):
        close_consult(consult=ask(wereld), by=wereld.kijker("wim"), op=NU)


@pytest.mark.parametrize("wie", ["zoe", "wim"])
def test_who_only_asks_or_answers_does_not_hand_it_over(wereld, wie):
    with pytest.raises(NietBevoegd):
        assign_consult(consult=ask(wereld), wijkteam_id=wereld.net.centrum.pk, by=wereld.kijker(wie), op=NU)


def test_a_coordinator_hands_it_to_another_team_with_a_clock_of_its_own(wereld):
    consult = assign_consult(consult=ask(wereld), wijkteam_id=wereld.net.centrum.pk, by=wereld.kijker("cora"), op=LATER)
    assert consult.wijkteam == wereld.net.centrum
    assert consult.antwoord_uiterlijk == datetime(2026, 12, 7, 17, 0, tzinfo=AMSTERDAM)
    assert mails("consult_toegewezen") == ["zoe@test.example"]
    seen = Inzage.objects.get(actie="consult_toegewezen", object_id=consult.pk)
    assert (seen.user, seen.relatie) == (wereld.cast.cora, "eigen team")
    assert not Consult.objects.visible_to(wereld.kijker("wim")).exists()


# --- Becoming a casus -----------------------------------------------------------------------------------------------
@pytest.fixture
def answered(wereld):
    return answer(wereld, ask(wereld, wat_al_gedaan="De mentor sprak met ouders."))


def submit(wereld, casus: Casus) -> Casus:
    anders = {k: v for k, v in COMPLEET.items() if k not in {"hulpvraag", "geprobeerd"}}
    return perform("aanmelden", casus=casus, by=wereld.zoe, op=NU, gegevens=anders)


def test_the_question_is_the_start_of_the_hulpvraag(wereld, answered):
    casus = begin_casus(consult=answered, by=wereld.zoe, op=NU)
    assert (casus.status, casus.hulpvraag, casus.geprobeerd) == (Status.CONCEPT, VRAAG, "De mentor sprak met ouders.")
    assert casus.leerling is None
    answered.refresh_from_db()
    assert (answered.casus, answered.status) == (casus, ConsultStatus.BEANTWOORD)
    assert begin_casus(consult=answered, by=wereld.zoe, op=NU) == casus


def test_a_draft_that_is_thrown_away_leaves_the_consult_as_it_was(wereld, answered):
    casus = begin_casus(consult=answered, by=wereld.zoe, op=NU)
    delete_concept(casus_id=casus.pk, by=wereld.zoe, op=NU)
    answered.refresh_from_db()
    assert (answered.casus, answered.status) == (None, ConsultStatus.BEANTWOORD)


def test_it_becomes_a_casus_when_that_is_submitted_and_only_with_consent(wereld, answered):
    casus = begin_casus(consult=answered, by=wereld.zoe, op=NU)
    with pytest.raises(Onvolledig), transaction.atomic():
        perform("aanmelden", casus=casus, by=wereld.zoe, op=NU)
    answered.refresh_from_db()
    assert answered.status == ConsultStatus.BEANTWOORD
    submit(wereld, casus)
    answered.refresh_from_db()
    assert (answered.status, answered.afgesloten_op) == (ConsultStatus.OMGEZET, NU)


def test_a_question_without_an_answer_asks_for_none_once_it_is_a_casus(wereld):
    consult = ask(wereld)
    submit(wereld, begin_casus(consult=consult, by=wereld.zoe, op=NU))
    consult.refresh_from_db()
    assert (consult.status, consult.volgende_op) == (ConsultStatus.OMGEZET, None)


def test_the_thread_stays_with_those_who_had_it(wereld, answered):
    casus = submit(wereld, begin_casus(consult=answered, by=wereld.zoe, op=NU))
    assert consult_before(casus, wereld.zoe) == [answered]
    assert consult_before(casus, wereld.kijker("wim")) == [answered]
    assert consult_before(casus, wereld.kijker("cees")) == []


@pytest.mark.parametrize("wie", ["wim", "ona", "otto"])
def test_only_the_school_makes_a_casus_of_it(wereld, answered, wie):
    with pytest.raises(NietBevoegd):
        begin_casus(consult=answered, by=wereld.kijker(wie), op=NU)
