"""Placing, taking back, reading and handing over: what the actions let happen, and what they refuse."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casussen.actions import documenten
from casussen.actions.documenten import NieuwBestand, remove_document
from casussen.actions.gesprek import hand_over_berichten, mark_thread_read, place_bericht, withdraw_bericht
from casussen.blik import blik_of
from casussen.documenten import opslag
from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import DelingMet, Kring, Status
from casussen.models import Bericht, Berichtgelezen, Deling, Document
from casussen.queries.berichten import thread_of, unread_counts
from casussen.queries.tijdlijn.basis import ALLES
from casussen.queries.tijdlijn.berichten import messages
from kern.kijker import systeem
from kern.models import Gebeurtenis, Melding
from kern.models.melding import Kanaal
from tests.berichten import bestanden as b
from tests.factories.berichten import BerichtFactory, DocumentFactory, share
from tests.factories.casussen import NU, VANDAAG, colleague
from tests.factories.toegang import appoint, kijker_of
from toegang.models import Inzage
from toegang.rollen import REGIOCOORDINATOR
from wijkteams.models import Contactpersoon

MINUUT = timedelta(minutes=1)
PDF = NieuwBestand("verslag.pdf", b.pdf())


def place(casus, by, tekst="Hoe gaat het?", **velden):
    return place_bericht(casus=casus, by=by, op=velden.pop("op", NU), tekst=tekst, **velden)


# --- Placing ------------------------------------------------------------------------------------------------------
def test_a_message_is_kept_told_and_written_down(wereld, casus):
    bericht = place(casus, wereld.zoe, "  Hoe gaat het?\r\nGroet  ")
    assert (bericht.tekst, bericht.voor, bericht.ronde) == ("Hoe gaat het?\nGroet", Kring.SCHOOL_EN_TEAM, 1)
    assert (bericht.wijkteam, bericht.door_rol, bericht.door_organisatie) == (
        wereld.net.schalkwijk,
        "zorgcoordinator",
        "Voorbeeldcollege",
    )
    event = Gebeurtenis.objects.get(soort="casus_bericht")
    assert event.gegevens == {"bericht": bericht.pk, "voor": "school_en_team", "documenten": 0, "ronde": 1}
    told = Melding.objects.filter(soort="casus_bericht")
    assert {melding.ontvanger for melding in told} == {wereld.cast.wim}
    for melding in told:
        assert melding.gegevens == {"pad": f"/casussen/{casus.nummer}/berichten", "nummer": casus.nummer}
    seen = Inzage.objects.get(actie="bericht")
    assert (seen.user, seen.object_id, seen.relatie) == (wereld.cast.zoe, casus.pk, "eigen school")


WIE = {
    "zoe": [Kring.SCHOOL_EN_TEAM, Kring.IEDEREEN],
    "wim": [Kring.SCHOOL_EN_TEAM, Kring.TEAM, Kring.IEDEREEN],
    "cora": [Kring.SCHOOL_EN_TEAM, Kring.TEAM, Kring.IEDEREEN],
    "abel": [Kring.IEDEREEN],
    "lena": [Kring.IEDEREEN],
    "swen": [Kring.IEDEREEN],
    **{naam: [] for naam in ("teun", "rea", "gerda", "fenna", "leeg", "otto", "ona", "rik", "cees")},
}


@pytest.mark.parametrize("naam", WIE)
def test_each_role_writes_for_its_circles_and_no_other(wereld, casus, naam):
    for met in DelingMet:
        share(casus, wereld, met)
    by = wereld.kijker(naam)
    placed: list[Kring] = []
    refused: list[type] = []
    for kring in Kring:
        try:
            place(casus, by, voor=kring)
        except NietBevoegd:
            refused.append(NietBevoegd)
        except Onvolledig:
            refused.append(Onvolledig)
        else:
            placed.append(kring)
    assert set(placed) == set(WIE[naam])
    assert set(refused) <= {Onvolledig if placed else NietBevoegd}
    assert Bericht.objects.count() == len(placed)
    if not placed:
        assert Inzage.objects.filter(user_id=by.user_id, actie="bericht", uitkomst="geweigerd").count() == 3


def test_the_usual_circle_comes_by_itself(wereld, casus):
    share(casus, wereld, DelingMet.AANBIEDER)
    assert place(casus, wereld.kijker("wim")).voor == Kring.SCHOOL_EN_TEAM
    assert place(casus, wereld.kijker("abel")).voor == Kring.IEDEREEN


def test_who_looked_along_writes_no_more_once_the_sharing_ended(wereld, casus):
    share(casus, wereld, DelingMet.AANBIEDER)
    Deling.objects.update(ingetrokken_op=NU)
    with pytest.raises(NietBevoegd):
        place(casus, wereld.kijker("abel"))
    with pytest.raises(Onvolledig, match="Kies opnieuw"):
        place(casus, wereld.zoe, voor=Kring.IEDEREEN)


@pytest.mark.parametrize("status", [Status.CONCEPT, Status.TE_ROUTEREN, Status.INGETROKKEN])
def test_nobody_writes_where_nobody_reads(wereld, status):
    with pytest.raises(NietBevoegd):
        place(wereld.casus(status), wereld.zoe)


def test_the_portal_itself_says_nothing(wereld, casus):
    with pytest.raises(NietBevoegd):
        place(casus, systeem(VANDAAG))


@pytest.mark.parametrize(
    ("tekst", "melding"), [("", "Schrijf een bericht"), (" \n ", "Schrijf"), ("a" * 10_001, "te lang"), ("a\0b", "teken")]
)
def test_what_is_no_message_is_refused(wereld, casus, tekst, melding):
    with pytest.raises(Onvolledig, match=melding):
        place(casus, wereld.zoe, tekst)


def test_a_form_that_is_sent_twice_makes_one_message(wereld, casus):
    key = uuid.uuid4()
    first = place(casus, wereld.zoe, sleutel=key, bestanden=[PDF])
    assert place(casus, wereld.zoe, sleutel=key, bestanden=[PDF]) == first
    assert Document.objects.count() == 1
    with pytest.raises(NietBevoegd):
        place(casus, wereld.kijker("wim"), sleutel=key)


# --- Documents ----------------------------------------------------------------------------------------------------
def test_a_document_comes_with_a_message_and_for_its_circle(wereld, casus):
    bericht = place(casus, wereld.kijker("wim"), "", voor=Kring.TEAM, bestanden=[PDF, NieuwBestand("foto.png", b.image("PNG"))])
    assert bericht.tekst == "Hierbij 2 documenten."
    first, second = bericht.documenten.all()
    assert (first.voor, first.wijkteam, first.naam, first.soort_mime) == (
        Kring.TEAM,
        bericht.wijkteam,
        "verslag.pdf",
        "application/pdf",
    )
    file = opslag.open_file(first.sleutel)
    assert file is not None
    with file:
        assert file.read() == b.pdf()
    assert second.grootte > 0


def test_one_bad_file_and_nothing_is_placed_with_every_reason_at_once(wereld, casus):
    files = [PDF, NieuwBestand("a.exe", b"MZ"), NieuwBestand("b.pdf", b"")]
    with pytest.raises(Onvolledig) as refused:
        place(casus, wereld.zoe, bestanden=files)
    assert [item["melding"].split(":")[0] for item in refused.value.ontbreekt] == ["a.exe", "b.pdf"]
    assert not Bericht.objects.exists()
    with pytest.raises(Onvolledig, match="hoogstens 5"):
        place(casus, wereld.zoe, bestanden=[PDF] * 6)


def test_together_documents_stay_within_what_a_casus_may_hold(wereld, casus, monkeypatch):
    monkeypatch.setattr(documenten, "CASUS_MAX", int(2.5 * len(PDF.inhoud)))
    first = place(casus, wereld.zoe, bestanden=[PDF])
    place(casus, wereld.zoe, bestanden=[PDF])
    with pytest.raises(Onvolledig, match="past nog 0,0 MB"):
        place(casus, wereld.zoe, bestanden=[PDF])
    remove_document(document_id=first.documenten.get().pk, by=wereld.zoe, op=NU, reden="Niet meer nodig.")
    place(casus, wereld.zoe, bestanden=[PDF])


@pytest.mark.django_db(transaction=True)
def test_who_placed_a_document_takes_it_away_with_a_reason(wereld, casus):
    document = place(casus, wereld.zoe, bestanden=[PDF]).documenten.get()
    with pytest.raises(NietBevoegd):
        remove_document(document_id=document.pk, by=wereld.kijker("wim"), op=NU, reden="Weg ermee.")
    for reden, melding in (("  ", "waarom"), ("a" * 201, "200")):
        with pytest.raises(Onvolledig, match=melding):
            remove_document(document_id=document.pk, by=wereld.zoe, op=NU, reden=reden)
    removed = remove_document(document_id=document.pk, by=wereld.zoe, op=NU, reden="Verkeerde bijlage.")
    assert (removed.verwijderd_op, removed.verwijderd_om) == (NU, "Verkeerde bijlage.")
    assert opslag.open_file(document.sleutel) is None
    assert Gebeurtenis.objects.filter(soort="casus_document_verwijderd").count() == 1


# --- Taking back --------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_taken_back_the_text_and_the_documents_are_gone_and_that_it_was_stays(wereld, casus):
    bericht = place(casus, wereld.zoe, "Over het verkeerde kind.", bestanden=[PDF])
    key = bericht.documenten.get().sleutel
    withdraw_bericht(bericht_id=bericht.pk, by=wereld.zoe, op=NU + 10 * MINUUT)
    bericht.refresh_from_db()
    assert (bericht.tekst, bericht.ingetrokken_op) == ("", NU + 10 * MINUUT)
    assert bericht.documenten.get().verwijderd_om == "het bericht is ingetrokken"
    assert opslag.open_file(key) is None
    assert thread_of(casus, wereld.kijker("wim")).get() == bericht
    assert unread_counts(wereld.kijker("wim"), [casus.pk]) == {}
    assert Gebeurtenis.objects.filter(soort="casus_bericht_ingetrokken").count() == 1
    withdraw_bericht(bericht_id=bericht.pk, by=wereld.zoe, op=NU + 20 * MINUUT)  # twice is once


def test_it_can_only_be_taken_back_by_its_author_and_for_ten_minutes(wereld, casus):
    bericht = place(casus, wereld.zoe)
    with pytest.raises(NietBevoegd):
        withdraw_bericht(bericht_id=bericht.pk, by=wereld.kijker("wim"), op=NU)
    with pytest.raises(OnjuisteStatus, match="tien minuten"):
        withdraw_bericht(bericht_id=bericht.pk, by=wereld.zoe, op=NU + 10 * MINUUT + timedelta(seconds=1))


# --- What the database holds --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"tekst": "Iets anders."},
        {"tekst": ""},
        {"voor": Kring.IEDEREEN},
        {"op": NU - timedelta(days=1)},
        {"door_naam": "Iemand anders"},
        {"ingetrokken_op": NU},
        {"ingetrokken_op": NU, "tekst": "", "voor": Kring.IEDEREEN},
    ],
)
def test_the_database_lets_nobody_edit_a_message(wereld, casus, change):
    bericht = place(casus, wereld.zoe)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bericht.objects.filter(pk=bericht.pk).update(**change)


def test_the_database_lets_nobody_bring_back_what_was_taken_back(wereld, casus):
    bericht = place(casus, wereld.zoe)
    withdraw_bericht(bericht_id=bericht.pk, by=wereld.zoe, op=NU)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bericht.objects.filter(pk=bericht.pk).update(ingetrokken_op=None, tekst="Toch.")


@pytest.mark.parametrize(
    "velden",
    [
        {"voor": "iemand"},
        {"voor": Kring.TEAM, "wijkteam": None},
        {"tekst": ""},
        {"tekst": "Nog leesbaar", "ingetrokken_op": NU},
    ],
)
def test_the_database_refuses_a_message_that_cannot_be(casus, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        BerichtFactory.create(casus=casus, **velden)


@pytest.mark.parametrize(
    "velden",
    [
        {"voor": "iemand"},
        {"voor": Kring.TEAM, "wijkteam": None},
        {"grootte": 0},
        {"scan_status": "misschien"},
        {"scan_status": "besmet"},
        {"verwijderd_op": NU},
        {"verwijderd_om": "zomaar"},
    ],
)
def test_the_database_refuses_a_document_that_cannot_be(casus, velden):
    bericht = BerichtFactory.create(casus=casus)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory.create(bericht=bericht, **velden)


def test_the_database_keeps_one_mark_per_person(wereld, casus):
    bericht = place(casus, wereld.zoe)
    Berichtgelezen.objects.create(user=wereld.cast.wim, casus=casus, tot_en_met=bericht)
    with pytest.raises(IntegrityError), transaction.atomic():
        Berichtgelezen.objects.create(user=wereld.cast.wim, casus=casus, tot_en_met=bericht)


# --- Being told, and reading ----------------------------------------------------------------------------------------
def mails_to(user):
    return Melding.objects.filter(soort="casus_bericht", ontvanger=user, kanaal=Kanaal.MAIL).count()


def test_one_mail_until_it_is_read(wereld, casus):
    wim = wereld.kijker("wim")
    for _ in range(3):
        last = place(casus, wereld.zoe)
    assert mails_to(wereld.cast.wim) == 1
    assert unread_counts(wim, [casus.pk]) == {casus.pk: 3}
    mark_thread_read(kijker=wim, casus=casus, tot_en_met_id=last.pk, op=NU)
    assert unread_counts(wim, [casus.pk]) == {}
    assert not Melding.objects.filter(ontvanger=wereld.cast.wim, soort="casus_bericht", kanaal=Kanaal.PORTAAL, gelezen_op=None)
    place(casus, wereld.zoe)
    place(casus, wereld.zoe)
    assert mails_to(wereld.cast.wim) == 2
    assert unread_counts(wim, [casus.pk]) == {casus.pk: 2}


def test_reading_never_goes_back(wereld, casus):
    first, last = place(casus, wereld.zoe), place(casus, wereld.zoe)
    wim = wereld.kijker("wim")
    for bericht in (last, first):
        mark_thread_read(kijker=wim, casus=casus, tot_en_met_id=bericht.pk, op=NU)
    assert Berichtgelezen.objects.get(user=wereld.cast.wim).tot_en_met == last


@pytest.mark.parametrize(
    ("naam", "kring", "verteld"),
    [
        ("zoe", Kring.SCHOOL_EN_TEAM, {"wim"}),
        ("wim", Kring.SCHOOL_EN_TEAM, {"zoe"}),
        ("cora", Kring.TEAM, {"wim"}),
        ("abel", Kring.IEDEREEN, {"zoe", "wim", "lena"}),
        ("wim", Kring.IEDEREEN, {"zoe", "abel", "lena"}),
    ],
)
def test_who_reads_it_and_has_the_casus_in_hand_is_told(wereld, casus, naam, kring, verteld):
    share(casus, wereld, DelingMet.AANBIEDER)
    share(casus, wereld, DelingMet.LEERPLICHT)
    place(casus, wereld.kijker(naam), voor=kring)
    told = Melding.objects.filter(soort="casus_bericht", kanaal=Kanaal.MAIL).values_list("ontvanger__email", flat=True)
    assert set(told) == {f"{name}@test.example" for name in verteld}


def test_who_has_it_in_hand_is_told_also_when_that_is_the_regiocoordinator(wereld, casus):
    appoint(wereld.cast.wim, REGIOCOORDINATOR, wereld.net.regio)
    place(casus, wereld.zoe)
    assert mails_to(wereld.cast.wim) == 1


def test_a_colleague_who_wrote_is_told_of_the_answer(wereld, casus):
    place(casus, wereld.kijker("cora"))
    place(casus, wereld.zoe, "Antwoord voor Cora.")
    assert mails_to(wereld.cast.cora) == 1


def test_whoever_takes_over_starts_where_the_other_stopped(wereld, casus):
    first = place(casus, wereld.zoe)
    mark_thread_read(kijker=wereld.kijker("wim"), casus=casus, tot_en_met_id=first.pk, op=NU)
    place(casus, wereld.zoe)
    person, user = colleague(wereld.net.schalkwijk, "Nora Nieuw")
    assert hand_over_berichten(persoon=wereld.wim, opvolger=person, casus_ids=[casus.pk], op=NU) == {casus.pk: 1}
    assert unread_counts(kijker_of(user, VANDAAG), [casus.pk]) == {casus.pk: 1}
    assert mails_to(user) == 1
    assert hand_over_berichten(persoon=wereld.wim, opvolger=person, casus_ids=[casus.pk], op=NU) == {casus.pk: 1}
    assert mails_to(user) == 1
    nobody = Contactpersoon.objects.create(wijkteam=wereld.net.schalkwijk, naam="Zonder account")
    assert hand_over_berichten(persoon=wereld.wim, opvolger=nobody, casus_ids=[casus.pk], op=NU) == {}


def test_the_time_line_tells_that_something_was_said_never_what(wereld, casus):
    place(casus, wereld.zoe, "Een geheim.", bestanden=[PDF])
    taken_back = place(casus, wereld.kijker("wim"), "Nog een geheim.", voor=Kring.TEAM)
    withdraw_bericht(bericht_id=taken_back.pk, by=wereld.kijker("wim"), op=NU)
    (told,) = messages(casus, blik_of(casus, wereld.zoe), ALLES)
    assert told.tekst == (
        "Zoë Zorg (zorgcoördinator) plaatste een bericht met een document. Leest: de school en Wijkteam Schalkwijk."
    )
    both = messages(casus, blik_of(casus, wereld.kijker("wim")), ALLES)
    assert len(both) == 2
    assert both[1].tekst.endswith("Leest: alleen Wijkteam Schalkwijk. Het is ingetrokken.")
    assert "geheim" not in str(both)


def test_counting_takes_one_query_whatever_the_number(wereld, casus, django_assert_num_queries):
    other = wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    place(casus, wereld.zoe)
    place(other, wereld.zoe)
    wim = wereld.kijker("wim")
    for ids in ([casus.pk], [casus.pk, other.pk]):
        with django_assert_num_queries(1):
            assert unread_counts(wim, ids) == dict.fromkeys(ids, 1)
