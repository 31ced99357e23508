"""Who met whom: both sides see and write it, nobody else; and a tip comes once per pair and quarter."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casussen.actions.kennismakingen import quarter_of, send_tips
from casussen.keuzes import Status
from kern.klok import now, today
from kern.models import Melding
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.netwerk import ContactpersoonFactory
from tests.factories.school import KennismakingFactory
from tests.factories.toegang import client_of
from wijkteams.actions.kennismakingen import record_meeting, remove_meeting
from wijkteams.models import Contactpersoon, Kennismaking, Kennismakingstip

URL = "/kennismakingen"
#: Three weeks after the casus: time for a tip.
LATER = NU + timedelta(days=22)


@pytest.fixture
def wereld(db) -> Wereld:
    return make_wereld()


def form(wereld: Wereld, **anders: object) -> dict[str, object]:
    zoe = f"{wereld.cast.zoe.pk}:{wereld.net.school.pk}"
    return {"contactpersoon": wereld.wim.pk, "medewerker": zoe, "datum": today().isoformat(), "soort": "school", **anders}


@pytest.mark.parametrize("wie", ["zoe", "teun", "wim", "cora"])
def test_either_side_writes_it_down_and_both_see_it(wereld, wie):
    response = client_of(getattr(wereld.cast, wie)).post(URL, form(wereld), follow=True)
    assert "De kennismaking staat erbij." in response.content.decode()
    for ander in ("zoe", "wim"):
        page = client_of(getattr(wereld.cast, ander)).get(URL).content.decode()
        assert '<td data-label="Wijkteam"><span>Wim Wijkteam' in page


@pytest.mark.parametrize("wie", ["otto", "ona"])
def test_an_outsider_neither_sees_nor_writes_it(wereld, wie):
    KennismakingFactory.create(contactpersoon=wereld.wim, medewerker=wereld.cast.zoe, school=wereld.net.school)
    client = client_of(getattr(wereld.cast, wie))
    assert "Zoë Zorg<br>" not in client.get(URL).content.decode()
    client.post(URL, form(wereld))
    assert Kennismaking.objects.count() == 1


def test_an_action_refuses_who_is_of_neither_side(wereld):
    with pytest.raises(PermissionDenied):
        record_meeting(
            contactpersoon=wereld.wim,
            medewerker_id=wereld.cast.zoe.pk,
            school=wereld.net.school,
            datum=date(2026, 9, 1),
            soort="school",
            by=wereld.kijker("otto"),
            op=NU,
        )


def test_what_was_typed_stays_and_the_mistake_stands_at_its_field(wereld):
    client = client_of(wereld.cast.zoe)
    page = client.post(URL, form(wereld, datum=(today() + timedelta(days=1)).isoformat(), soort="video")).content.decode()
    assert "Vul een dag in die geweest is." in page
    assert '<option value="video" selected>' in page
    client.post(URL, form(wereld))
    assert "Deze kennismaking staat er al." in client.post(URL, form(wereld)).content.decode()
    assert Kennismaking.objects.count() == 1


def test_only_who_wrote_it_takes_it_back(wereld):
    client_of(wereld.cast.zoe).post(URL, form(wereld))
    meeting = Kennismaking.objects.get()
    assert client_of(wereld.cast.wim).post(f"{URL}/{meeting.pk}/verwijderen").status_code == 403
    assert client_of(wereld.cast.otto).post(f"{URL}/{meeting.pk}/verwijderen").status_code == 404
    with pytest.raises(PermissionDenied):
        remove_meeting(meeting=meeting, by=wereld.kijker("wim"), op=now())
    client_of(wereld.cast.zoe).post(f"{URL}/{meeting.pk}/verwijderen")
    assert not Kennismaking.objects.exists()


def test_the_number_of_queries_does_not_grow(wereld):
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client_of(wereld.cast.zoe).get(URL).status_code == 200
        return len(queries)

    KennismakingFactory.create(contactpersoon=wereld.wim, school=wereld.net.school)
    ask()
    few = ask()
    for _ in range(30):
        KennismakingFactory.create(school=wereld.net.school)
    assert ask() == few


@pytest.mark.parametrize("kapot", [{"soort": "anders"}, {"datum": date(2099, 1, 1)}], ids=["kind", "future"])
def test_the_database_refuses(wereld, kapot):
    meeting = KennismakingFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Kennismaking.objects.filter(pk=meeting.pk).update(**kapot)


def test_the_database_refuses_a_meeting_told_twice(wereld):
    meeting = KennismakingFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        KennismakingFactory.create(contactpersoon=meeting.contactpersoon, medewerker=meeting.medewerker)
    with pytest.raises(ValidationError):
        Kennismaking(
            contactpersoon=meeting.contactpersoon,
            medewerker=meeting.medewerker,
            school=meeting.school,
            datum=meeting.datum,
            soort="school",
            door=meeting.door,
            aangemaakt=NU,
        ).full_clean()


@pytest.mark.parametrize("kwartaal", ["2026-K5", "2026-4", ""])
def test_the_database_refuses_an_invented_quarter(wereld, kwartaal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Kennismakingstip.objects.create(contactpersoon=wereld.wim, medewerker=wereld.cast.zoe, kwartaal=kwartaal, op=NU)


# --- The tip -------------------------------------------------------------------------------------------------------------


def tips() -> list[str]:
    return list(Melding.objects.filter(soort="kennismaking_tip").order_by("pk").values_list("kanaal", flat=True))


def test_a_tip_comes_once_per_pair_and_quarter(wereld):
    wereld.casus(Status.ONTVANGEN)
    wereld.casus(Status.AANGEMELD, leerlingnummer="A2")
    assert send_tips(now=NU + timedelta(days=20)) == 0, "de eerste weken zijn voor de casus"
    assert send_tips(now=LATER) == 1
    assert send_tips(now=LATER) == 0
    assert send_tips(now=LATER + timedelta(days=5)) == 0
    assert tips() == ["mail", "portaal"]
    assert send_tips(now=LATER + timedelta(days=31)) == 1, "een nieuw kwartaal"
    assert Kennismakingstip.objects.count() == 2


def test_who_met_left_or_finished_gets_no_tip(wereld):
    casus = wereld.casus(Status.ONTVANGEN)
    persoon = casus.behandelaar
    assert persoon is not None
    KennismakingFactory.create(contactpersoon=persoon, medewerker=wereld.cast.zoe, school=wereld.net.school)
    assert send_tips(now=LATER) == 0
    Kennismaking.objects.all().delete()
    Contactpersoon.objects.filter(pk=persoon.pk).update(in_dienst_tot=date(2026, 12, 5))
    assert send_tips(now=LATER) == 0
    Contactpersoon.objects.filter(pk=persoon.pk).update(in_dienst_tot=None)
    wereld.cast.zoe.aanstellingen.update(tot=date(2026, 12, 5))
    assert send_tips(now=LATER) == 0
    wereld.cast.zoe.aanstellingen.update(tot=None)
    assert send_tips(now=LATER) == 1


def test_one_melding_tells_of_more_people_and_names_nobody(wereld):
    wereld.casus(Status.ONTVANGEN)
    other = wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    other.behandelaar = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Tweede Persoon")
    other.save(update_fields=["behandelaar"])
    assert send_tips(now=LATER) == 1
    assert tips() == ["mail", "portaal"]
    melding = Melding.objects.filter(soort="kennismaking_tip").latest("pk")
    assert melding.gegevens == {"aantal": 2, "pad": "/mijn-wijkteams"}


def test_quarters():
    assert [quarter_of(NU.replace(month=maand, day=1)) for maand in (1, 3, 4, 9, 12)] == [
        "2026-K1",
        "2026-K1",
        "2026-K2",
        "2026-K3",
        "2026-K4",
    ]
