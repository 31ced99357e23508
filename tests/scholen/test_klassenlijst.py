"""A class list from upload to pupils: nothing twice, nothing half, nothing kept, whatever happens to worker and broker."""

import threading
import time
import uuid
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from kern.kijker import Kijker
from kern.klok import now
from kern.models import Gebeurtenis
from scholen.actions import klassenlijst as acties
from scholen.actions.klassenlijst import (
    LEASE,
    NietMogelijkError,
    discard,
    process_klassenlijst,
    rejected_table,
    request_processing,
    set_columns,
    sweep_klassenlijsten,
    upload_klassenlijst,
    view_of,
)
from scholen.klassenlijst.opslaan import store
from scholen.klassenlijst.pakket import unpack
from scholen.models import Klassenlijst, KlassenlijstStatus, Leerling, School, Vestiging
from scholen.rollen import ZORGCOORDINATOR
from tests.factories.netwerk import LeerlingFactory, SchoolFactory, VestigingFactory
from tests.factories.toegang import kijker_of, user_with
from tests.scholen.lijsten import KOP, NOOR, PIET, as_csv, many

MIS = ["1003", "Mia", "", "Fout", "31-02-2011", "2037RB", "12", "3B"]


@pytest.fixture
def school(db) -> School:
    return SchoolFactory.create(brin="99AB")


@pytest.fixture
def vestiging(school) -> Vestiging:
    return VestigingFactory.create(school=school, brin="99AB00", naam="Hoofdgebouw", sectoren=["vo"])


@pytest.fixture
def zoe(school) -> Kijker:
    return kijker_of(user_with(ZORGCOORDINATOR, school))


@pytest.fixture
def upload(vestiging, zoe) -> Any:
    def do(*rijen: Any, kop: Any = KOP, **anders: Any) -> Klassenlijst:
        velden = {"vestiging": vestiging, "sector": "", "sleutel": uuid.uuid4(), "by": zoe, "op": now(), **anders}
        return upload_klassenlijst(data=as_csv(*rijen, kop=kop), **velden)

    return do


@pytest.fixture
def process(zoe) -> Any:
    def do(lijst: Klassenlijst, *, alleen_goede: bool = False) -> Klassenlijst:
        request_processing(lijst=lijst, alleen_goede=alleen_goede, by=zoe, op=now())
        assert process_klassenlijst(lijst_id=lijst.pk, op=now())
        lijst.refresh_from_db()
        return lijst

    return do


def counts(lijst: Klassenlijst) -> tuple[int, int, int]:
    return lijst.nieuw, lijst.bijgewerkt, lijst.ongewijzigd


# --- The road ------------------------------------------------------------------------------------------------------------


def test_a_good_list_becomes_pupils(upload, process):
    lijst = upload(PIET, NOOR)
    assert (lijst.status, lijst.rijen, lijst.fout_rijen, Leerling.objects.count()) == ("controle", 2, 0, 0)
    lijst = process(lijst)
    assert (lijst.status, counts(lijst), lijst.verwerkt) == ("klaar", (2, 0, 0), 2)
    piet = Leerling.objects.get(leerlingnummer="1001")
    assert (str(piet), piet.postcode, piet.huisnummer, piet.huisletter) == ("Piet van der Voorbeeld", "2037RB", 12, "A")
    assert (piet.sector, piet.klas, piet.geheim_adres) == ("vo", "3B", False)


def test_nothing_of_the_list_is_kept_when_it_is_done(upload, process):
    lijst = process(upload(PIET, kop=[*KOP[:7], "Lievelingskleur"]))
    assert (lijst.inhoud, lijst.afgewezen, lijst.weggelaten, lijst.fouten) == (None, None, [], [])
    assert {kolom["kop"] for kolom in lijst.kolommen} == {""}


def test_a_bsn_is_in_no_row_of_the_database_from_the_upload_on(upload):
    lijst = upload([*PIET, "111222333"], kop=[*KOP, "BSN"])
    assert lijst.weggelaten == ["BSN"]
    assert "111222333" not in str(unpack(lijst.inhoud))
    assert "111222333" not in str(list(Klassenlijst.objects.values())) + str(list(Gebeurtenis.objects.values()))


def test_with_a_mistake_nothing_happens_until_only_the_good_rows_are_asked_for(upload, process, zoe):
    lijst = upload(PIET, MIS, NOOR)
    assert lijst.fouten == [{"rij": 3, "veld": "geboortedatum", "reden": "Deze datum bestaat niet."}]
    with pytest.raises(NietMogelijkError, match="rijen met een fout"):
        request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    assert not process_klassenlijst(lijst_id=lijst.pk, op=now())
    assert Leerling.objects.count() == 0
    lijst = process(lijst, alleen_goede=True)
    assert (counts(lijst), lijst.fout_rijen, lijst.inhoud) == ((2, 0, 0), 1, None)
    assert sorted(Leerling.objects.values_list("leerlingnummer", flat=True)) == ["1001", "1002"]
    ((rij, cellen),) = rejected_table(lijst).rijen
    assert (rij, cellen[1]) == (3, "Mia")
    discard(lijst=lijst, by=zoe, op=now())
    lijst.refresh_from_db()
    assert (lijst.afgewezen, lijst.status) == (None, "klaar")


def test_a_list_without_one_good_row_is_not_worked_through(upload, zoe):
    with pytest.raises(NietMogelijkError, match="geen rij"):
        request_processing(lijst=upload(MIS), alleen_goede=True, by=zoe, op=now())


def test_columns_can_be_set_by_hand(upload, process, zoe):
    lijst = upload(["1001", "Piet", "Voorbeeld"], kop=["Kolom A", "Kolom B", "Kolom C"])
    assert view_of(lijst).mist == ["de naam (voornaam en achternaam)", "het leerlingnummer"]
    with pytest.raises(NietMogelijkError, match="Kies eerst"):
        request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    lijst = set_columns(lijst=lijst, velden=["leerlingnummer", "voornaam", "achternaam"], by=zoe, op=now())
    process(lijst)
    assert str(Leerling.objects.get()) == "Piet Voorbeeld"


def test_a_field_set_twice_or_invented_is_left_alone(upload, zoe):
    lijst = set_columns(lijst=upload(PIET), velden=["klas", "klas", "bsn"], by=zoe, op=now())
    assert [kolom["veld"] for kolom in lijst.kolommen][:3] == ["klas", "", ""]


def test_thrown_away_is_gone(upload, zoe):
    lijst = discard(lijst=upload(PIET), by=zoe, op=now())
    assert (lijst.status, lijst.inhoud) == ("weggegooid", None)
    with pytest.raises(NietMogelijkError, match="niet meer"):
        request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())


def test_thrown_away_twice_is_written_down_once(upload, process, zoe):
    wrong = process(upload(PIET, MIS), alleen_goede=True)
    for lijst in (upload(PIET), wrong):
        for _ in range(2):
            discard(lijst=lijst, by=zoe, op=now())
        assert Gebeurtenis.objects.filter(soort="klassenlijst_weggegooid", onderwerp_id=lijst.pk).count() == 1


# --- Never twice ---------------------------------------------------------------------------------------------------------


def test_the_same_list_twice_makes_nobody_twice(upload, process):
    process(upload(PIET, NOOR))
    assert counts(process(upload(PIET, [*NOOR[:7], "3A"]))) == (0, 1, 1)
    assert Leerling.objects.count() == 2
    assert Leerling.objects.get(leerlingnummer="1002").klas == "3A"


def test_the_same_form_twice_is_one_list(upload):
    sleutel = uuid.uuid4()
    assert upload(PIET, sleutel=sleutel).pk == upload(PIET, sleutel=sleutel).pk
    assert Klassenlijst.objects.count() == 1


def test_asked_twice_is_worked_through_once(upload, process, zoe):
    lijst = process(upload(PIET))
    assert request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now()).status == "klaar"
    assert not process_klassenlijst(lijst_id=lijst.pk, op=now())
    assert counts(lijst) == (1, 0, 0)


def test_who_is_known_by_name_and_birth_date_is_brought_up_to_date(upload, process, vestiging):
    known = LeerlingFactory.create(
        vestiging=vestiging, leerlingnummer="T-1", voornaam="Piet", achternaam="van der Voorbeeld", geboortedatum="2011-05-17"
    )
    assert counts(process(upload(PIET))) == (0, 1, 0)
    known.refresh_from_db()
    assert (known.leerlingnummer, known.huisletter) == ("1001", "A")


def test_a_namesake_with_an_own_number_in_the_list_stays_another_pupil(upload, process, vestiging):
    LeerlingFactory.create(
        vestiging=vestiging, leerlingnummer="1009", voornaam="Piet", achternaam="van der Voorbeeld", geboortedatum="2011-05-17"
    )
    process(upload(PIET, ["1009", *PIET[1:]]))
    assert sorted(Leerling.objects.values_list("leerlingnummer", flat=True)) == ["1001", "1009"]


def test_without_numbers_known_pupils_are_updated_and_unknown_ones_are_a_mistake(upload, process, vestiging):
    LeerlingFactory.create(
        vestiging=vestiging,
        leerlingnummer="1001",
        voornaam="Piet",
        achternaam="van der Voorbeeld",
        geboortedatum="2011-05-17",
        klas="1A",
    )
    lijst = upload(PIET[1:], NOOR[1:], kop=KOP[1:])
    assert [(fout["rij"], fout["veld"]) for fout in lijst.fouten] == [(3, "leerlingnummer")]
    process(lijst, alleen_goede=True)
    assert Leerling.objects.get().klas == "3B"


def test_who_moves_to_another_location_moves(upload, process, school, vestiging):
    ander = VestigingFactory.create(school=school, brin="99AB01", naam="De Duinen")
    process(upload(PIET))
    assert counts(process(upload(PIET, vestiging=ander))) == (0, 1, 0)
    assert Leerling.objects.get().vestiging == ander


def test_another_school_with_the_same_numbers_is_left_alone(upload, process):
    elders = LeerlingFactory.create(leerlingnummer="1001", voornaam="Ander")
    process(upload(PIET))
    elders.refresh_from_db()
    assert (elders.voornaam, Leerling.objects.filter(leerlingnummer="1001").count()) == ("Ander", 2)


def test_what_the_list_does_not_say_stays_and_a_secret_stays_secret(upload, process, vestiging):
    LeerlingFactory.create(
        vestiging=vestiging, leerlingnummer="1001", postcode="2034AA", huisnummer=7, klas="2C", geheim_adres=True
    )
    process(upload([*PIET[:5], "", "", "", "nee"], kop=[*KOP, "Geheim adres"]))
    piet = Leerling.objects.get()
    assert (piet.postcode, piet.huisnummer, piet.klas, piet.geheim_adres) == ("2034AA", 7, "2C", True)
    assert piet.voornaam == "Piet"


# --- Worker and broker ---------------------------------------------------------------------------------------------------


def test_a_dead_broker_changes_nothing_but_the_moment(upload, zoe, django_capture_on_commit_callbacks):
    lijst = upload(PIET)
    with (
        patch("scholen.tasks.verwerk_klassenlijst.apply_async", side_effect=OSError("broker weg")) as asked,
        django_capture_on_commit_callbacks(execute=True),
    ):
        request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    assert asked.call_count == 1
    lijst.refresh_from_db()
    assert lijst.status == KlassenlijstStatus.WACHT
    assert sweep_klassenlijsten(now=now()) == 1
    assert sweep_klassenlijsten(now=now()) == 0
    assert Leerling.objects.count() == 1


def test_the_message_to_a_worker_holds_an_id_and_nothing_else(upload, zoe, django_capture_on_commit_callbacks):
    lijst = upload(PIET)
    with patch("scholen.tasks.verwerk_klassenlijst.apply_async") as asked, django_capture_on_commit_callbacks(execute=True):
        request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    assert asked.call_args.args == ((lijst.pk,),)


def test_who_takes_over_goes_on_where_the_dead_worker_stopped(upload, zoe, monkeypatch):
    monkeypatch.setattr(acties, "BROK", 2)
    lijst = upload(*many(5))
    request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    calls: list[Any] = []

    def dies(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return store(*args)

    monkeypatch.setattr(acties, "store", dies)
    with pytest.raises(KeyboardInterrupt):
        process_klassenlijst(lijst_id=lijst.pk, op=now())
    lijst.refresh_from_db()
    assert (lijst.status, lijst.verwerkt, Leerling.objects.count()) == ("bezig", 2, 2)
    assert sweep_klassenlijsten(now=now()) == 0, "de eerste kan nog leven"
    assert sweep_klassenlijsten(now=now() + LEASE + timedelta(seconds=1)) == 1
    lijst.refresh_from_db()
    assert (lijst.status, counts(lijst), Leerling.objects.count()) == ("klaar", (5, 0, 0), 5)


def test_a_list_that_kills_every_worker_is_given_up(upload, zoe, monkeypatch):
    lijst = upload(PIET)
    request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())

    def refuses(*_args: Any) -> Any:
        raise IntegrityError("kan niet")

    monkeypatch.setattr(acties, "store", refuses)
    for ronde in range(acties.POGINGEN_MAX + 1):
        sweep_klassenlijsten(now=now() + ronde * 2 * LEASE)
    lijst.refresh_from_db()
    assert (lijst.status, lijst.inhoud) == ("mislukt", None)


def test_what_nobody_came_back_for_is_gone_after_a_day_and_rejects_after_a_week(upload, process):
    vergeten = upload(PIET)
    klaar = process(upload(MIS, NOOR), alleen_goede=True)
    sweep_klassenlijsten(now=now() + timedelta(hours=23))
    vergeten.refresh_from_db()
    assert vergeten.inhoud is not None
    sweep_klassenlijsten(now=now() + timedelta(days=8))
    vergeten.refresh_from_db()
    klaar.refresh_from_db()
    assert (vergeten.status, vergeten.inhoud, klaar.afgewezen) == ("weggegooid", None, None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_work_through_a_list_once(upload, zoe):
    lijst = upload(*many(300))
    request_processing(lijst=lijst, alleen_goede=False, by=zoe, op=now())
    done: list[bool] = []

    def work() -> None:
        done.append(process_klassenlijst(lijst_id=lijst.pk, op=now()))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lijst.refresh_from_db()
    assert (sorted(done), counts(lijst), Leerling.objects.count()) == ([False, True], (300, 0, 0), 300)


def test_five_thousand_rows_take_seconds_and_few_statements(upload, process):
    begin = time.monotonic()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        lijst = process(upload(*many(5_000)))
        assert counts(lijst) == (5_000, 0, 0)
        again = process(upload(*([*rij[:7], "2B"] for rij in many(5_000))))
        assert counts(again) == (0, 5_000, 0)
    took = time.monotonic() - begin
    assert len(queries) < 150
    assert took < 20, f"{took:.1f} s voor twee keer 5.000 rijen"


# --- In the database -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kapot",
    [
        {"status": "anders"},
        {"status": "klaar", "gevraagd_op": now(), "klaar_op": now()},
        {"inhoud": None},
        {"status": "wacht"},
        {"status": "bezig", "gevraagd_op": now()},
        {"lease_tot": now()},
        {"verwerkt": 1},
        {"fout_rijen": 99},
    ],
    ids=[
        "unknown-state",
        "done-but-kept",
        "waits-without-content",
        "not-asked",
        "no-lease",
        "lease-of-nobody",
        "count",
        "errors",
    ],
)
def test_the_database_refuses(upload, kapot):
    lijst = upload(PIET)
    with pytest.raises(IntegrityError), transaction.atomic():
        Klassenlijst.objects.filter(pk=lijst.pk).update(**kapot)


def test_a_list_is_seen_by_the_own_school_alone(upload, zoe):
    lijst = upload(PIET)
    other = kijker_of(user_with(ZORGCOORDINATOR, SchoolFactory.create()))
    assert list(Klassenlijst.objects.visible_to(zoe)) == [lijst]
    assert not Klassenlijst.objects.visible_to(other).exists()
