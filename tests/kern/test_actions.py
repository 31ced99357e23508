"""Writing events and meldingen."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from kern import actions
from kern.kijker import systeem
from kern.klok import now, today
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.factories.toegang import UserFactory, kijker_of, user_with
from toegang.rollen import FUNCTIONEEL_BEHEER

pytestmark = pytest.mark.django_db


def enqueue(**changes: Any) -> list[Melding]:
    fields: dict[str, Any] = {
        "soort": "proef",
        "gebeurtenis": None,
        "onderwerp_soort": "casus",
        "onderwerp_id": 7,
        "gegevens": {"nummer": "2026-000007"},
        "op": now(),
    }
    return actions.enqueue_melding(**fields | changes)


def test_an_event_says_who_did_it_and_in_which_role() -> None:
    fenna = user_with(FUNCTIONEEL_BEHEER, naam="Fenna")
    event = actions.record_event(soort="proef", onderwerp_soort="casus", onderwerp_id=3, by=kijker_of(fenna), op=now())
    event.refresh_from_db()
    assert (event.door, event.door_naam, event.door_rol) == (fenna, "Fenna", "functioneel_beheer")


def test_the_portal_itself_writes_events_too() -> None:
    event = actions.record_event(soort="proef", onderwerp_soort="casus", onderwerp_id=3, by=systeem(today()), op=now())
    assert (event.door, event.door_rol) == (None, "systeem")


def test_an_event_cannot_be_changed_afterwards() -> None:
    event = actions.record_event(soort="proef", onderwerp_soort="casus", onderwerp_id=3, by=systeem(today()), op=now())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Gebeurtenis.objects.filter(pk=event.pk).update(soort="anders")


def test_a_user_gets_a_mail_and_a_line_in_the_portal() -> None:
    user = UserFactory.create(email="wim@test.example")
    mail, portaal = enqueue(ontvanger_id=user.pk)
    assert (mail.kanaal, mail.adres, mail.status) == (Kanaal.MAIL, "wim@test.example", MeldingStatus.WACHT)
    assert (portaal.kanaal, portaal.adres, portaal.status) == (Kanaal.PORTAAL, "", MeldingStatus.VERZONDEN)
    assert portaal.verzonden_op is not None


def test_someone_without_an_account_gets_a_mail() -> None:
    (mail,) = enqueue(adres="extern@test.example")
    assert (mail.kanaal, mail.ontvanger) == (Kanaal.MAIL, None)


def test_an_address_that_is_given_wins_from_that_of_the_user() -> None:
    user = UserFactory.create()
    mail, _ = enqueue(ontvanger_id=user.pk, adres="team@test.example")
    assert mail.adres == "team@test.example"


def test_a_closed_account_gets_no_mail() -> None:
    user = UserFactory.create(is_active=False)
    assert [melding.kanaal for melding in enqueue(ontvanger_id=user.pk)] == [Kanaal.PORTAAL]


def test_the_same_thing_is_told_once() -> None:
    user = UserFactory.create()
    assert len(enqueue(ontvanger_id=user.pk, ontdubbeling="stap:1")) == 2
    assert enqueue(ontvanger_id=user.pk, ontdubbeling="stap:1") == []
    assert len(enqueue(ontvanger_id=user.pk, ontdubbeling="stap:2")) == 2
    assert Melding.objects.count() == 4


def test_many_at_once_take_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    users = [UserFactory.create() for _ in range(40)]
    for size in (1, 40):
        many = [actions.NieuweMelding(soort="proef", gegevens={}, ontvanger_id=user.pk) for user in users[:size]]
        with django_assert_num_queries(4):  # addresses, savepoint, insert, release
            actions.enqueue_meldingen(many, op=now())
    assert Melding.objects.count() == 2 * 41


def test_nothing_of_it_stays_when_the_change_fails() -> None:
    with transaction.atomic():
        enqueue(adres="wim@test.example")
        assert Melding.objects.exists()
        transaction.set_rollback(True)
    assert not Melding.objects.exists()


def test_a_mail_without_an_address_cannot_be_stored() -> None:
    with pytest.raises(IntegrityError, match="melding_mail_heeft_adres"), transaction.atomic():
        Melding.objects.create(soort="proef", kanaal=Kanaal.MAIL, niet_voor=now(), aangemaakt=now())


def test_sent_without_a_time_cannot_be_stored() -> None:
    (mail,) = enqueue(adres="wim@test.example")
    with pytest.raises(IntegrityError, match="melding_verzonden_heeft_tijd"), transaction.atomic():
        Melding.objects.filter(pk=mail.pk).update(status=MeldingStatus.VERZONDEN)


def test_reading_marks_only_what_is_your_own() -> None:
    wim, otto = UserFactory.create(), UserFactory.create()
    mine, his = (enqueue(ontvanger_id=user.pk)[1] for user in (wim, otto))
    kijker = kijker_of(wim)
    assert actions.mark_read(kijker=kijker, melding_ids=[mine.pk, his.pk], op=now()) == 1
    his.refresh_from_db()
    assert his.gelezen_op is None
    assert actions.mark_read(kijker=kijker, alle=True, op=now()) == 0
    enqueue(ontvanger_id=wim.pk)
    assert actions.mark_read(kijker=kijker, alle=True, op=now()) == 1


def test_nobody_reads_nothing() -> None:
    assert actions.mark_read(kijker=systeem(today()), alle=True, op=now()) == 0


def test_mail_that_became_pointless_is_taken_back() -> None:
    user = UserFactory.create()
    mail, portaal = enqueue(ontvanger_id=user.pk)
    (other,) = enqueue(adres="wim@test.example", onderwerp_id=8)
    (kept,) = enqueue(adres="wim@test.example", soort="anders")
    assert actions.cancel_meldingen(onderwerp_soort="casus", onderwerp_ids=[7], soorten=["proef"]) == 1
    status = dict(Melding.objects.values_list("pk", "status"))
    assert status == {mail.pk: "vervallen", portaal.pk: "verzonden", other.pk: "wacht", kept.pk: "wacht"}


def test_a_failed_mail_is_tried_again_when_beheer_asks() -> None:
    fenna = user_with(FUNCTIONEEL_BEHEER)
    (mail,) = enqueue(adres="wim@test.example")
    assert actions.retry_melding(melding_id=mail.pk, by=kijker_of(fenna), op=now()) is None  # it did not fail
    Melding.objects.filter(pk=mail.pk).update(status=MeldingStatus.MISLUKT, pogingen=10, fout="550")
    again = actions.retry_melding(melding_id=mail.pk, by=kijker_of(fenna), op=now())
    assert again is not None
    again.refresh_from_db()
    assert (again.status, again.pogingen, again.fout) == (MeldingStatus.WACHT, 0, "")
    assert Gebeurtenis.objects.get(soort="melding_opnieuw").door == fenna


def test_the_web_process_may_alter_nothing() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kern_melding ADD COLUMN x int")
