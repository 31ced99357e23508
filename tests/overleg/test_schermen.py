"""The tabs Overleg and Taken, the form that plans, and my day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casussen.actions.consulten import Vraag, ask_consult
from casussen.actions.taken import make_taak
from casussen.keuzes import DelingMet, Gever, Status
from casussen.models import Casus, Deling, Mdo, Taak, Termijn, Toestemming
from casussen.queries import casus_detail, mijn_dag
from casussen.uitvoer.inhoud import contents_of
from kern.klok import AMSTERDAM
from kern.models import Melding
from tests.factories.casussen import MDO, NU, Wereld
from tests.factories.hulp import DELEN
from tests.factories.netwerk import AfwezigheidFactory
from tests.factories.toegang import client_of
from tests.overleg.conftest import LATER, LEERLING, MOEDER, Plan
from tests.overleg.ics import event_of
from tests.overleg.test_plannen import report
from toegang.models import Inzage, User


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NU)


def get(user: User, naam: str, *args: Any, query: str = "", status: int = 200) -> str:
    response = client_of(user).get(reverse(naam, args=args) + query)
    assert response.status_code == status, response.status_code
    return response.content.decode()


@pytest.fixture
def held(wereld: Wereld, plan: Plan) -> Casus:
    casus = plan()
    return wereld.do("mdo_vastleggen", casus, "wim", op=LATER, **report(casus, mening_jongere="Ik wil naar school."))


def share(casus: Casus, wereld: Wereld) -> None:
    Deling.objects.create(
        casus=casus,
        met=DelingMet.AANBIEDER,
        aanbieder=wereld.cast.aanbieder,
        gever=Gever.OUDERS_EN_JONGERE,
        gegeven_op=NU.date(),
        doel="Hulp.",
        door=wereld.cast.zoe,
        op=NU,
    )


# --- Overleg ----------------------------------------------------------------------------------------------------
def test_what_is_planned_says_when_where_who_and_how_they_were_told(wereld: Wereld, plan: Plan) -> None:
    casus = plan(adres="lokaal 12", agenda="Hoe gaat het op school?")
    page = get(wereld.cast.zoe, "casus-overleg", casus.nummer)
    said = ["Overleg op do 10 dec, 14.30 tot 15.30 uur", "lokaal 12", "Hoe gaat het op school?", "Mees Mentor", "mail en portaal"]
    said += ["vertel het zelf: geen e-mailadres", "Overleg verzetten", "Overleg afzeggen", "Zet in mijn agenda"]
    assert [text for text in said if text not in page] == []


def test_the_family_has_its_own_place_in_the_report(wereld: Wereld, held: Casus) -> None:
    page = get(wereld.cast.wim, "casus-overleg", held.nummer)
    own, report_ = page.index("in eigen woorden"), page.index("Wij spraken over school.")
    assert own < page.index("Wij willen rust.") < report_
    assert own < page.index("Ik wil naar school.") < report_
    assert "De mentor belt elke dag" in page
    assert "was erbij" in page


def test_what_is_added_stands_under_the_report_and_in_the_line_that_it_was(wereld: Wereld, held: Casus) -> None:
    assert "Verslag aanvullen" in get(wereld.cast.zoe, "casus-overleg", held.nummer)
    words = {"aanvulling": "De mentor zat er ook bij.", "mening_ouders": "Wij ook graag op papier."}
    casus = wereld.do("mdo_aanvullen", held, "zoe", op=LATER, **words)
    page = get(wereld.cast.wim, "casus-overleg", casus.nummer)
    report_ = page.index("Wij spraken over school.")
    assert report_ < page.index("door Zoë Zorg") < page.index(words["mening_ouders"]) < page.index(words["aanvulling"])
    line = get(wereld.cast.wim, "casus-tijdlijn", casus.nummer)
    assert "Zoë Zorg heeft het verslag van het overleg van do 10 dec aangevuld." in line
    assert words["aanvulling"] not in line
    copy = client_of(wereld.cast.wim).get(f"/api/v1/casussen/{casus.nummer}").json()
    assert copy["inhoud"]["mdos"][0]["aanvullingen"][0]["tekst"] == words["aanvulling"]


def test_only_school_and_team_read_it(wereld: Wereld, held: Casus) -> None:
    share(held, wereld)
    for naam in ("otto", "ona", "rea", "gerda", "abel"):
        response = client_of(getattr(wereld.cast, naam)).get(reverse("casus-overleg", args=[held.nummer]))
        assert response.status_code in {403, 404}, naam
    assert Inzage.objects.filter(actie="bekijken", user=wereld.cast.wim).count() == 0
    get(wereld.cast.wim, "casus-overleg", held.nummer)
    assert Inzage.objects.filter(actie="bekijken", user=wereld.cast.wim, object_id=held.pk).count() == 1


def test_a_team_that_has_the_casus_again_reads_what_it_heard_before(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AFGESLOTEN)
    mdo = Mdo.objects.create(
        casus=casus,
        ronde=1,
        status="gehouden",
        begint_op=NU,
        eindigt_op=NU + timedelta(hours=1),
        gepland_op=NU,
        gehouden_op=NU,
        verslag="Wij spraken over school.",
    )
    casus = wereld.do("heropenen", casus, "zoe", toelichting="Het gaat toch niet goed.")
    assert (casus.ronde, casus.wijkteam) == (2, wereld.net.schalkwijk)
    for naam in ("zoe", "wim", "cora"):
        detail = casus_detail(casus.nummer, wereld.kijker(naam), op=LATER)
        assert detail is not None
        assert mdo in detail.mdos, naam
    # Another team took over in the new ronde: it reads what is said from now on.
    Casus.objects.filter(pk=casus.pk).update(wijkteam=wereld.cast.ona.aanstellingen.get().wijkteam)
    Toestemming.objects.filter(casus=casus).update(ook_ander_wijkteam=True)
    ona = casus_detail(casus.nummer, wereld.kijker("ona"), op=LATER)
    assert ona is not None
    assert ona.mdos == []


def test_of_an_earlier_ronde_the_school_reads_and_the_team_does_not(wereld: Wereld, held: Casus) -> None:
    Casus.objects.filter(pk=held.pk).update(ronde=2)
    assert "Wij spraken over school." in get(wereld.cast.zoe, "casus-overleg", held.nummer)
    assert "Wij spraken over school." not in get(wereld.cast.wim, "casus-overleg", held.nummer)
    get(wereld.cast.wim, "casus-overleg-ics", held.nummer, held.mdos.get().pk, status=404)


@pytest.mark.parametrize(("naam", "reads"), [("zoe", True), ("wim", False)])
def test_of_an_earlier_ronde_api_copy_and_time_line_say_no_more_than_the_page(
    wereld: Wereld, held: Casus, naam: str, reads: bool
) -> None:
    wereld.do("taak_toevoegen", held, "wim", omschrijving="Belt de mentor.", partij="school", uiterlijk="2026-12-14", op=LATER)
    Casus.objects.filter(pk=held.pk).update(ronde=2)
    detail = casus_detail(held.nummer, wereld.kijker(naam), op=LATER)
    copy = contents_of(held.nummer, wereld.kijker(naam), op=LATER)
    assert detail is not None
    assert copy is not None
    assert (bool(detail.mdos), bool(detail.taken)) == (reads, reads)
    assert (bool(copy["overleggen"]), bool(copy["afspraken"])) == (reads, reads)
    assert bool({item.soort for item in detail.tijdlijn} & {"mdo_gepland", "mdo_gehouden", "taak"}) is reads


def test_the_file_can_be_fetched_and_that_is_logged(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    mdo = casus.mdos.get()
    response = client_of(wereld.cast.zoe).get(reverse("casus-overleg-ics", args=[casus.nummer, mdo.pk]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="overleg-2026-12-10.ics"'
    method, event = event_of(response.content)
    assert (method, event.one("UID").value) == ("PUBLISH", f"{mdo.uid}@aanspreekpunt")
    assert casus.nummer in event.text("DESCRIPTION")
    assert Inzage.objects.filter(actie="agendabestand", object_id=casus.pk).count() == 1
    get(wereld.cast.otto, "casus-overleg-ics", casus.nummer, mdo.pk, status=404)
    other = wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    get(wereld.cast.zoe, "casus-overleg-ics", other.nummer, mdo.pk, status=404)


def test_the_page_takes_as_many_queries_for_many_as_for_one(wereld: Wereld, held: Casus) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            get(wereld.cast.wim, "casus-overleg", held.nummer)
        return len(caught)

    get(wereld.cast.wim, "casus-overleg", held.nummer)
    one = count()
    for n in range(5):
        begin = NU - timedelta(days=n + 1)
        mdo = Mdo.objects.create(
            casus=held, ronde=1, status="gehouden", begint_op=begin, eindigt_op=begin + timedelta(hours=1), gepland_op=begin,
            verslag="Kort.", gehouden_op=begin, verslag_door=wereld.cast.wim,
        )  # fmt: skip
        mdo.deelnemers.create(partij="school", naam="Mees")
        make_taak(casus=held, omschrijving=f"Nummer {n}", partij="school", uiterlijk=date(2026, 12, 18), mdo=mdo,
                  by=wereld.kijker("wim"), op=NU)  # fmt: skip
    assert count() == one


def test_a_party_without_a_deling_is_told_by_mail_only(wereld: Wereld, plan: Plan) -> None:
    lena = {"partij": "leerplicht", "naam": "Lena Leerplicht", "email": wereld.cast.lena.email}
    casus = plan(deelnemers=[MOEDER, LEERLING, lena])
    told = Melding.objects.filter(soort="mdo_uitnodiging", adres=wereld.cast.lena.email)
    assert [melding.kanaal for melding in told] == ["mail"]
    page = get(wereld.cast.wim, "casus-overleg", casus.nummer)
    assert page.count("mail en portaal") == 0
    wereld.do("delen", casus, "zoe", partij=f"leerplicht:{wereld.cast.gemeente.pk}", **DELEN)
    assert get(wereld.cast.wim, "casus-overleg", casus.nummer).count("mail en portaal") == 1


# --- The form that plans ----------------------------------------------------------------------------------------
def form_data(page_versie: int, **anders: str) -> dict[str, str]:
    rows = {"deelnemers-aantal": "3"}
    for n, row in enumerate(MDO["deelnemers"]):
        rows |= {f"deelnemers-{n}-{naam}": value for naam, value in row.items()}
    return {"versie": str(page_versie), "mdo_datum": "", "mdo_tijd": "", "plek": "school", **rows, **anders}


def test_the_form_offers_moments_and_says_what_it_avoided(wereld: Wereld) -> None:
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 4), tot_en_met=date(2026, 12, 7))
    casus = wereld.casus(Status.IN_BEHANDELING)
    page = get(wereld.cast.wim, "casus-actie", casus.nummer, "mdo_plannen")
    assert page.count('name="voorstel"') == 7
    assert 'value="2026-12-08T09:00"' in page
    assert "Wim Wijkteam is afwezig van 4 december tot en met 7 december." in page


def test_a_chosen_moment_is_the_moment_of_the_overleg(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    url = reverse("casus-actie", args=[casus.nummer, "mdo_plannen"])
    response = client_of(wereld.cast.wim).post(url, form_data(casus.versie, voorstel="2026-12-08T09:00"))
    assert response.status_code == 302
    assert response["Location"] == reverse("casus-overleg", args=[casus.nummer])
    assert casus.mdos.get().begint_op == datetime(2026, 12, 8, 9, 0, tzinfo=AMSTERDAM)


def test_a_link_can_bring_a_moment_along_and_says_what_speaks_against_it(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    page = get(wereld.cast.wim, "casus-actie", casus.nummer, "mdo_plannen", query="?datum=2026-12-25&tijd=14:30")
    assert 'value="2026-12-25"' in page
    assert "Dit is geen werkdag." in page
    nonsense = get(wereld.cast.wim, "casus-actie", casus.nummer, "mdo_plannen", query="?datum=<script>&tijd=14:30")
    assert "<script>&" not in nonsense


def test_looking_again_keeps_what_was_typed_and_takes_no_step(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    url = reverse("casus-actie", args=[casus.nummer, "mdo_plannen"])
    sent = form_data(casus.versie, erbij="kijk", agenda="Over school", mdo_datum="2026-12-24", mdo_tijd="10:00")
    page = client_of(wereld.cast.wim).post(url, sent).content.decode()
    assert "Over school" in page
    assert "De school heeft dan vakantie." in page
    assert not Mdo.objects.exists()


def test_a_clash_asks_for_a_tick_that_was_not_there_before(wereld: Wereld, plan: Plan) -> None:
    plan()
    casus = wereld.casus(Status.IN_BEHANDELING, leerlingnummer="A2")
    url = reverse("casus-actie", args=[casus.nummer, "mdo_plannen"])
    client = client_of(wereld.cast.wim)
    assert "ondanks_botsing" not in client.get(url).content.decode()
    sent = form_data(casus.versie, mdo_datum="2026-12-10", mdo_tijd="15:00")
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert 'name="ondanks_botsing"' in refused.content.decode()
    assert client.post(url, {**sent, "ondanks_botsing": "on"}).status_code == 302


def test_christmas_asks_for_a_tick_before_anybody_is_invited(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    url = reverse("casus-actie", args=[casus.nummer, "mdo_plannen"])
    client = client_of(wereld.cast.wim)
    sent = form_data(casus.versie, mdo_datum="2026-12-25", mdo_tijd="15:00")
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert 'name="ondanks_botsing"' in refused.content.decode()
    assert not Mdo.objects.exists()
    page = client.post(url, {**sent, "ondanks_botsing": "on"}, follow=True).content.decode()
    assert Mdo.objects.count() == 1
    assert "Let op: Dit is geen werkdag" not in page


def test_what_speaks_against_it_is_said_after_it_is_planned(wereld: Wereld) -> None:
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=date(2026, 12, 10), tot_en_met=date(2026, 12, 10))
    casus = wereld.casus(Status.IN_BEHANDELING)
    url = reverse("casus-actie", args=[casus.nummer, "mdo_plannen"])
    sent = form_data(casus.versie, mdo_datum="2026-12-10", mdo_tijd="14:30")
    page = client_of(wereld.cast.wim).post(url, sent, follow=True).content.decode()
    assert "Let op: Wim Wijkteam is dan afwezig." in page


# --- Taken ------------------------------------------------------------------------------------------------------
def test_open_actions_stand_in_order_of_their_clock_and_what_is_done_is_folded(wereld: Wereld, held: Casus) -> None:
    first = Taak.objects.get(omschrijving="Oma haalt van school")
    page = get(wereld.cast.wim, "casus-taken", held.nummer)
    assert page.index("Oma haalt van school") < page.index("De mentor belt elke dag")
    assert f"/taak_afronden?taak={first.pk}" in page
    assert "Afspraak toevoegen" in page
    wereld.do("taak_afronden", held, "wim", op=LATER, taak=first.pk, resultaat="Ging goed.")
    page = get(wereld.cast.wim, "casus-taken", held.nummer)
    assert page.index("De mentor belt elke dag") < page.index("Gedaan of vervallen (1)") < page.index("Ging goed.")


def test_an_aanbieder_sees_and_ends_only_the_own_ones(wereld: Wereld, held: Casus) -> None:
    share(held, wereld)
    make_taak(casus=held, omschrijving="Gesprek met de coach", partij="aanbieder", uiterlijk=date(2026, 12, 18),
              by=wereld.kijker("wim"), op=NU)  # fmt: skip
    page = get(wereld.cast.abel, "casus-taken", held.nummer)
    assert "Gesprek met de coach" in page
    assert "De mentor belt elke dag" not in page
    assert "Laten vervallen" not in page


def test_after_an_action_one_is_back_among_the_actions(wereld: Wereld, held: Casus) -> None:
    taak = Taak.objects.get(omschrijving="Oma haalt van school")
    url = reverse("casus-actie", args=[held.nummer, "taak_afronden"])
    response = client_of(wereld.cast.wim).post(url, {"versie": held.versie, "taak": taak.pk, "resultaat": ""})
    assert response["Location"] == reverse("casus-taken", args=[held.nummer])


def test_the_overview_says_it_in_short(wereld: Wereld, held: Casus, plan: Plan) -> None:
    assert "2 open afspraken" in get(wereld.cast.wim, "casus", held.nummer)
    other = plan(casus=wereld.casus(Status.IN_BEHANDELING, leerlingnummer="A2"))
    page = get(wereld.cast.zoe, "casus", other.nummer)
    assert "Overleg op do 10 dec, 14.30 uur" in page
    assert "Geen open afspraken" in page


# --- My day -----------------------------------------------------------------------------------------------------
def test_my_day_has_what_i_agreed_to_do_late_first(wereld: Wereld, held: Casus) -> None:
    make_taak(casus=held, omschrijving="Bel de jeugdarts", partij="wijkteam", uiterlijk=date(2026, 12, 1),
              by=wereld.kijker("wim"), op=NU)  # fmt: skip
    day = mijn_dag(wereld.kijker("wim"), NU)
    assert [row.taak.omschrijving for row in day.afspraken] == ["Bel de jeugdarts", "Oma haalt van school"]
    assert (day.totalen["te_laat"], day.totalen["vandaag"]) == (1, 0)
    assert [row.taak.omschrijving for row in mijn_dag(wereld.zoe, NU).afspraken] == ["De mentor belt elke dag"]
    assert mijn_dag(wereld.kijker("ona"), NU).afspraken == []
    page = get(wereld.cast.wim, "mijn-dag")
    assert page.index(">Te laat ") < page.index("Bel de jeugdarts") < page.index(">Hierna ")


def test_my_day_puts_whatever_it_is_in_the_order_of_the_clock(wereld: Wereld, held: Casus) -> None:
    """Actions between the steps of casussen and the questions to answer: each where its own clock stands."""
    for day in (date(2026, 12, 3), date(2026, 12, 14), date(2027, 3, 1)):
        make_taak(
            casus=held, omschrijving=f"Doen voor {day:%d-%m}", partij="wijkteam", uiterlijk=day, by=wereld.kijker("wim"), op=NU
        )
    wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
    ask_consult(vraag=Vraag("Wat nu?", wijkteam_id=wereld.net.schalkwijk.pk), by=wereld.zoe, op=NU)
    response = client_of(wereld.cast.wim).get(reverse("mijn-dag"))
    (later,) = (groep for groep in response.context["groepen"] if groep["kop"] == "Hierna")
    clocks = [rij["vervalt_op"] for rij in later["rijen"] if rij["vervalt_op"]]
    assert clocks == sorted(clocks)
    kinds = [rij["url"].rsplit("/", 1)[-1] for rij in later["rijen"]]
    assert len(kinds) == later["totaal"] >= 6
    assert kinds != sorted(kinds, key=lambda kind: kind == "taken"), "afspraken en stappen staan door elkaar"
    assert any("/consulten/" in rij["url"] for rij in later["rijen"])


def test_my_day_does_not_show_what_i_may_no_longer_see(wereld: Wereld, held: Casus) -> None:
    Termijn.objects.filter(taak__isnull=False).update(eigenaar_user=wereld.cast.ona)
    assert mijn_dag(wereld.kijker("ona"), NU).afspraken == []
