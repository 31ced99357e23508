"""The screens of the zorgcoördinator: search, report, end, correct, and say that it was reported."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.verzuim.telling import protect
from scholen.actions.verzuim import Opgave, record_verzuim
from scholen.actions.verzuimsignalen import renew_signals
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from tests.factories.casussen import NU, VANDAAG, Wereld
from tests.factories.netwerk import LeerlingFactory
from tests.factories.toegang import client_of
from tests.factories.verzuim import SignaalFactory, VerzuimFactory, at_home
from toegang.models import Inzage

UREN = {"soort": "relatief", "van": "2026-11-30", "tot": "", "uren": "4", "reden": "wil_niet", "toelichting": ""}
DAGEN = {"soort": "relatief", "van": "2026-11-30", "tot": "", "reden": "kan_niet", "toelichting": "", "vrijstelling_grond": ""}


@pytest.fixture
def zoe(wereld: Wereld) -> Any:
    return client_of(wereld.cast.zoe)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_pupil_is_found_by_part_of_the_name_or_the_number_of_the_own_school_only(zoe, leerling):
    LeerlingFactory.create(achternaam="Thuisman-Elders")
    for words in ("thuis", "voorbeeld thuisman", "v1"):
        html = text_of(zoe.post("/verzuim", {"zoek": words}))
        assert f"/verzuim/leerling/{leerling.pk}" in html
        assert "Elders" not in html
    for typo in ("Thuismn", "Thuismna Voorbeld"):
        html = text_of(zoe.post("/verzuim", {"zoek": typo}))
        assert f"/verzuim/leerling/{leerling.pk}" in html
        assert "Elders" not in html
    assert "Niemand gevonden" in text_of(zoe.post("/verzuim", {"zoek": "bestaatniet"}))
    assert "Vul een deel van de naam" in text_of(zoe.post("/verzuim", {"zoek": " "}))


def test_hours_are_reported(zoe, leerling):
    response = zoe.post(f"/verzuim/leerling/{leerling.pk}?vorm=uren", UREN, follow=True)
    assert "Het verzuim staat erbij." in text_of(response)
    verzuim = Verzuim.objects.get()
    assert (verzuim.uren, verzuim.van, verzuim.tot, verzuim.reden) == (
        Decimal(4),
        date(2026, 11, 30),
        date(2026, 11, 30),
        "wil_niet",
    )
    assert "4 uur zonder geldige reden" in text_of(response)


def test_days_are_reported_and_the_limit_is_told(zoe, leerling):
    response = zoe.post(f"/verzuim/leerling/{leerling.pk}?vorm=dagen", {**DAGEN, "van": "2026-11-23"}, follow=True)
    html = text_of(response)
    assert "De grens van 16 uur in 4 schoolweken is bereikt" in html
    assert "melden bij leerplicht is wettelijk verplicht via DUO; het portaal doet dat niet zelf" in html
    assert Verzuim.objects.get().loopt


@pytest.mark.parametrize(
    ("vorm", "velden", "fout"),
    [
        ("uren", {"uren": ""}, "Vul dit in."),
        ("uren", {"uren": "24"}, "er passen op deze dag nog 8 losse uren"),
        ("uren", {"van": "2026-10-14"}, "weekend of vakantie"),
        ("uren", {"tot": "2026-11-01"}, "De laatste dag ligt voor de eerste."),
        ("dagen", {"soort": "vrijstelling"}, "Kies de grond van de vrijstelling"),
        ("dagen", {"van": "2027-01-05"}, "Vul een dag in die geweest is."),
        ("dagen", {"van": "0206-11-26"}, "Vul een dag in vanaf 1 augustus 2020. Klopt het jaar?"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(zoe, leerling, vorm, velden, fout):
    typed = {**(UREN if vorm == "uren" else DAGEN), "toelichting": "Dit typte ik.", **velden}
    html = text_of(zoe.post(f"/verzuim/leerling/{leerling.pk}?vorm={vorm}", typed))
    assert fout in html
    assert "Dit typte ik." in html
    assert not Verzuim.objects.exists()


def test_what_is_going_on_is_ended(zoe, leerling):
    verzuim = at_home(leerling)
    html = text_of(zoe.post(f"/verzuim/melding/{verzuim.pk}/beeindigen", {"tot": "2026-09-01"}))
    assert "De laatste dag ligt voor de eerste." in html
    assert zoe.post(f"/verzuim/melding/{verzuim.pk}/beeindigen", {"tot": "2026-12-01"}).status_code == 302
    verzuim.refresh_from_db()
    assert verzuim.tot == date(2026, 12, 1)


def test_a_report_is_corrected_with_what_it_said_filled_in(zoe, leerling):
    verzuim = at_home(leerling, toelichting="Mentor sprak ouders.")
    url = f"/verzuim/melding/{verzuim.pk}/verbeteren"
    assert "Mentor sprak ouders." in text_of(zoe.get(url))
    assert "Schrijf op waarom" in text_of(zoe.post(url, {**DAGEN, "wat": "verbeter"}))
    assert zoe.post(url, {**DAGEN, "wat": "verbeter", "waarom": "Verkeerde dag."}).status_code == 302
    assert Verzuim.objects.living().get().van == date(2026, 11, 30)
    html = text_of(zoe.get(f"/verzuim/leerling/{leerling.pk}"))
    assert "telt niet mee" in html
    assert "Verkeerde dag." in html


def test_a_correction_that_reaches_a_limit_says_so(zoe, leerling):
    verzuim = VerzuimFactory.create(leerling=leerling, van=date(2026, 11, 30), tot=date(2026, 12, 1), uren=4)
    better = {**UREN, "tot": "2026-12-01", "uren": "16", "wat": "verbeter", "waarom": "Er waren er meer."}
    html = text_of(zoe.post(f"/verzuim/melding/{verzuim.pk}/verbeteren", better, follow=True))
    assert "De melding is verbeterd." in html
    assert "De grens van 16 uur in 4 schoolweken is bereikt. Meld dit bij leerplicht, via DUO." in html


@pytest.mark.parametrize("wat", ["verbeter", "vervalt"])
def test_hours_that_are_withdrawn_after_reporting_are_told_with_what_to_do(zoe, leerling, wat):
    given = {**UREN, "tot": "2026-12-01", "uren": "16"}
    zoe.post(f"/verzuim/leerling/{leerling.pk}?vorm=uren", given)
    signaal = Verzuimsignaal.objects.get()
    zoe.post(f"/verzuim/signaal/{signaal.pk}", {"gemeld_op": "2026-12-02"})
    url = f"/verzuim/leerling/{leerling.pk}"
    assert "niet meer bereikt" not in text_of(zoe.get(url))
    less = {**given, "uren": "15.9", "wat": wat, "waarom": "Een kwartier was er wel."}
    html = text_of(zoe.post(f"/verzuim/melding/{Verzuim.objects.get().pk}/verbeteren", less, follow=True))
    assert "U meldde de grens van 16 uur in 4 schoolweken op 2-12-2026 bij leerplicht." in html
    html = text_of(zoe.get(url))
    assert "Misschien moet u de melding bij DUO intrekken: overleg met leerplicht." in html
    assert ("melding nakijken" in text_of(zoe.get("/verzuim"))) == (wat == "verbeter")  # with nothing left, it is on no list


def test_a_last_day_that_undoes_a_report_is_told_too(zoe, leerling):
    verzuim = at_home(leerling, van=date(2026, 11, 25))
    renew_signals([leerling], op=NU)
    zoe.post(f"/verzuim/signaal/{Verzuimsignaal.objects.get().pk}", {"gemeld_op": "2026-12-02"})
    html = text_of(zoe.post(f"/verzuim/melding/{verzuim.pk}/beeindigen", {"tot": "2026-11-26"}, follow=True))
    assert "U meldde de grens van 16 uur in 4 schoolweken op 2-12-2026 bij leerplicht." in html


def test_a_long_toelichting_is_refused_at_its_field(zoe, leerling):
    html = text_of(zoe.post(f"/verzuim/leerling/{leerling.pk}?vorm=uren", {**UREN, "toelichting": "x" * 2001}))
    assert "niet meer dan 2000 tekens" in html
    assert not Verzuim.objects.exists()


def test_a_form_that_was_changed_after_it_was_sent_is_another_report(zoe, leerling):
    url, sleutel = f"/verzuim/leerling/{leerling.pk}?vorm=uren", str(uuid.uuid4())
    for given in (UREN, {**UREN, "uren": "4.0"}, {**UREN, "van": "2026-12-01", "uren": "2"}):
        assert zoe.post(url, {**given, "sleutel": sleutel}).status_code == 302
    assert sorted(Verzuim.objects.values_list("van", "uren")) == [
        (date(2026, 11, 30), Decimal(4)),
        (date(2026, 12, 1), Decimal(2)),
    ]


def test_a_report_is_taken_back_without_answering_the_other_questions(zoe, leerling):
    verzuim = at_home(leerling)
    url = f"/verzuim/melding/{verzuim.pk}/verbeteren"
    assert zoe.post(url, {"wat": "vervalt", "waarom": "Andere leerling."}).status_code == 302
    assert not Verzuim.objects.living().exists()
    assert zoe.get(url).status_code == 404


def test_a_signal_is_reported_and_then_done(zoe, leerling):
    VerzuimFactory.create(leerling=leerling, van=VANDAAG, tot=VANDAAG, uren=16)
    signaal = SignaalFactory.create(leerling=leerling)
    assert "Ik heb dit gemeld" in text_of(zoe.get("/verzuim"))
    html = text_of(zoe.post(f"/verzuim/signaal/{signaal.pk}", {"gemeld_op": "2027-01-01"}))
    assert "niet later dan vandaag" in html
    assert zoe.post(f"/verzuim/signaal/{signaal.pk}", {"gemeld_op": "2026-12-01"}).status_code == 302
    assert Verzuimsignaal.objects.get().gemeld_bij_leerplicht_op == date(2026, 12, 1)
    assert "Ik heb dit gemeld" not in text_of(zoe.get("/verzuim"))
    assert zoe.get(f"/verzuim/signaal/{signaal.pk}").status_code == 404


def test_a_signal_is_a_task_on_the_day_of_the_zorgcoordinator(zoe, leerling):
    SignaalFactory.create(leerling=leerling, op=NU - timedelta(days=9))
    html = text_of(zoe.get("/mijn-dag"))
    assert "1 taak voor vandaag." in html
    assert "Melden bij leerplicht: 16 uur in 4 schoolweken" in html
    assert "· Voorbeeld Thuisman" not in html  # no casus, so no number before it
    assert f"/verzuim/signaal/{Verzuimsignaal.objects.get().pk}" in html


def test_a_signal_waits_also_when_the_verzuim_is_long_ago(zoe, leerling):
    SignaalFactory.create(leerling=leerling, venster_van=date(2026, 3, 2), venster_tot=date(2026, 3, 29))
    assert "Ik heb dit gemeld" in text_of(zoe.get("/verzuim"))


def test_the_sentence_of_a_signal_stays_true_when_more_hours_follow(wereld, zoe, leerling):
    """Who reports copies it: it may not show the hours of the moment as those of the four schoolweken."""
    for dag, tot, uren in ((date(2026, 11, 23), date(2026, 11, 24), 16), (date(2026, 11, 30), None, 8)):
        opgave = Opgave("relatief", dag, tot, uren=Decimal(uren))
        record_verzuim(leerling=leerling, opgave=opgave, by=wereld.zoe, op=NU)
    signaal = Verzuimsignaal.objects.get()
    for url in ("/verzuim", f"/verzuim/leerling/{leerling.pk}", f"/verzuim/signaal/{signaal.pk}"):
        assert "16 uur of meer zonder geldige reden in de 4 schoolweken vanaf" in text_of(zoe.get(url)), url


@pytest.mark.parametrize(
    ("naam", "status"),
    [("otto", 404), ("teun", 403), ("wim", 403), ("rea", 403), ("lena", 403), ("swen", 403), ("abel", 403), ("gerda", 403)],
)
def test_the_screens_are_for_the_own_zorgcoordinator(wereld, leerling, naam, status):
    verzuim = at_home(leerling)
    signaal = SignaalFactory.create(leerling=leerling)
    client = client_of(getattr(wereld.cast, naam))
    for url in (
        f"/verzuim/leerling/{leerling.pk}",
        f"/verzuim/melding/{verzuim.pk}/beeindigen",
        f"/verzuim/melding/{verzuim.pk}/verbeteren",
        f"/verzuim/signaal/{signaal.pk}",
    ):
        assert client.get(url).status_code == client.post(url).status_code == status, url


def test_looking_at_a_pupil_is_logged(wereld, zoe, leerling):
    zoe.get(f"/verzuim/leerling/{leerling.pk}")
    seen = Inzage.objects.get(object_soort="leerling")
    assert (seen.user, seen.object_id, seen.relatie) == (wereld.cast.zoe, leerling.pk, "eigen school")


def test_the_list_of_a_school_takes_the_same_number_of_queries_at_any_size(wereld, zoe):
    def more(n: int) -> None:
        for _ in range(n):
            pupil: Leerling = LeerlingFactory.create(vestiging=wereld.net.vestiging)
            at_home(pupil)
            VerzuimFactory.create(leerling=pupil, van=VANDAAG - timedelta(days=90), tot=VANDAAG - timedelta(days=90), uren=2)
            SignaalFactory.create(leerling=pupil)

    counts = []
    for n in (2, 12):
        more(n)
        zoe.get("/verzuim")
        with CaptureQueriesContext(connection) as seen:
            text_of(zoe.get("/verzuim"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("aantallen", "getoond"),
    [
        ({}, {"VO": None}),
        ({"A": 3, "B": 2}, {"VO": None, "A": None, "B": None}),
        ({"A": 12, "B": 14}, {"VO": 25, "A": 10, "B": 15}),
        ({"A": 3, "B": 14, "C": 40}, {"VO": 55, "A": None, "B": None, "C": 40}),  # B too, or A could be worked out
    ],
)
def test_small_numbers_are_hidden_so_that_they_cannot_be_worked_out(aantallen, getoond):
    assert protect("VO", aantallen) == getoond
