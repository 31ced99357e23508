"""The light ladder: each step once, to the right people, and silence after an answer."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from casussen.actions import consult_berichten
from casussen.actions.consult_herinneringen import send_due_consult_reminders
from casussen.actions.consulten import reply_consult
from casussen.models import Consult, ConsultHerinnering
from casussen.tasks import herinner_consulten
from kern.bericht import compose, subject_of
from kern.klok import AMSTERDAM
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.consult.maken import answer, ask
from tests.factories.casussen import NU, colleague
from tests.factories.toegang import client_of
from wijkteams.models import Aanspreekpunt


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, day, hour, 0, tzinfo=AMSTERDAM)


#: Asked on Wednesday 2 December: due on Friday the 4th at 17:00.
VOORAF, OP_TIJD, PLUS_1, PLUS_3 = at(3), at(4, 17), at(7), at(9)


def told(now: datetime) -> dict[str, list[str]]:
    """Sweep as of this moment: whom that told what, by mail."""
    seen = set(Melding.objects.values_list("pk", flat=True))
    send_due_consult_reminders(now=now)
    found: dict[str, list[str]] = {}
    for melding in Melding.objects.filter(kanaal=Kanaal.MAIL).exclude(pk__in=seen):
        found.setdefault(melding.soort, []).append(melding.adres)
    return {soort: sorted(adressen) for soort, adressen in found.items()}


@pytest.fixture
def deputy(wereld):
    person, user = colleague(wereld.net.schalkwijk, "Dea Deputaat")
    Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).update(vervanger=person)
    return user


def test_the_ladder_from_the_contact_to_the_region(wereld, deputy):
    ask(wereld)
    assert told(VOORAF) == {"consult_herinnering": ["wim@test.example"]}
    assert told(OP_TIJD) == {"consult_herinnering": sorted(["wim@test.example", deputy.email])}
    assert told(PLUS_1) == {"consult_herinnering": ["cora@test.example"]}
    assert told(PLUS_3) == {"consult_herinnering": ["rea@test.example"], "consult_te_laat": ["zoe@test.example"]}
    assert told(at(16)) == {"consult_herinnering": ["rea@test.example"]}  # and so on: it ends with an answer, not by itself


def test_each_step_is_made_once(wereld):
    ask(wereld)
    assert send_due_consult_reminders(now=PLUS_1) == 3  # a missed beat is caught up
    assert send_due_consult_reminders(now=PLUS_1) == 0
    assert ConsultHerinnering.objects.count() == 3


def test_a_step_in_the_ledger_is_not_made_again(wereld):
    consult = ask(wereld)
    row = {"consult": consult, "stand": consult.stand, "stap": -1, "verschuldigd_op": VOORAF, "gemaakt_op": VOORAF}
    ConsultHerinnering.objects.create(**row)
    assert told(VOORAF) == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultHerinnering.objects.create(**row)


def test_an_answer_silences_it_also_what_was_on_its_way(wereld):
    consult = ask(wereld)
    told(VOORAF)
    answer(wereld, consult, op=VOORAF + timedelta(hours=1))
    waiting = Melding.objects.filter(soort="consult_herinnering", kanaal=Kanaal.MAIL)
    assert set(waiting.values_list("status", flat=True)) == {MeldingStatus.VERVALLEN}
    assert told(at(31)) == {}


def test_a_question_that_follows_arms_it_again(wereld):
    consult = answer(wereld, ask(wereld))
    reply_consult(consult=consult, tekst="En als vader niet wil?", by=wereld.zoe, op=NU)
    assert told(VOORAF) == {"consult_herinnering": ["wim@test.example"]}


def test_what_waits_with_the_region_reminds_the_region(wereld):
    ask(wereld, team=False)
    assert told(OP_TIJD) == {"consult_herinnering": ["rea@test.example", "rea@test.example"]}  # before, and at the deadline


def test_what_nobody_answers_the_regiocoordinator_may_read_and_answer(wereld):
    consult = ask(wereld)
    assert not Consult.objects.visible_to(wereld.kijker("rea")).exists()
    told(PLUS_3)
    assert Consult.objects.visible_to(wereld.kijker("rea")).get() == consult
    answer(wereld, consult, naam="rea", op=PLUS_3)
    assert Consult.objects.visible_to(wereld.kijker("rea")).get().beantwoord_door == wereld.cast.rea


def test_a_broken_one_stops_no_other(wereld, monkeypatch):
    broken, good = ask(wereld), ask(wereld)
    original = consult_berichten.content_of

    def content_of(consult):
        if consult.pk == broken.pk:
            raise RuntimeError("stuk")
        return original(consult)

    monkeypatch.setattr("casussen.actions.consult_herinneringen.content_of", content_of)
    assert send_due_consult_reminders(now=VOORAF) == 1
    assert ConsultHerinnering.objects.get().consult == good


def test_a_reminder_says_no_more_than_the_number(wereld):
    consult = ask(wereld)
    told(PLUS_3)
    meldingen = list(Melding.objects.filter(onderwerp_soort="consult"))
    assert meldingen
    for melding in meldingen:
        assert set(melding.gegevens) <= {"nummer", "pad", "wijkteam", "uiterlijk", "tijd", "te_laat", "nu"}
        assert melding.gegevens["pad"] == f"/consulten/{consult.nummer}"


def test_every_text_can_be_written_and_followed(wereld):
    consult = answer(wereld, ask(wereld))
    reply_consult(consult=consult, tekst="En als vader niet wil?", by=wereld.zoe, op=NU)
    told(PLUS_3)
    mails = list(Melding.objects.filter(kanaal=Kanaal.MAIL))
    assert mails
    for melding in mails:
        assert consult.nummer in subject_of(melding)
        assert f"/consulten/{consult.nummer}" in compose(melding).body
    in_portal = Melding.objects.filter(kanaal=Kanaal.PORTAAL, ontvanger=wereld.cast.wim)[0]
    assert client_of(wereld.cast.wim).get(f"/meldingen/{in_portal.pk}")["Location"] == f"/consulten/{consult.nummer}"


def test_the_beat_asks_for_it(wereld, settings):
    assert settings.CELERY_BEAT_SCHEDULE["consulten"]["task"] == herinner_consulten.name
    herinner_consulten()
