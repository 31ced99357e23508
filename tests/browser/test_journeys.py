"""Three journeys from end to end, in a real browser, with the real outbox and the real ladder in between."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from casussen.actions.herinneringen import send_due_reminders
from casussen.keuzes import Status
from casussen.models import Casus, Herinnering, Termijn, Terugkoppeling
from kern import outbox
from kern.klok import now, today
from kern.models import Melding
from tests.browser.conftest import Check, Complaints, Shoot, SignIn, press
from tests.factories.casussen import Wereld
from toegang.models import Inzage

pytestmark = pytest.mark.django_db(transaction=True)


def send_post(moment: datetime | None = None) -> list[mail.EmailMessage]:
    """What the worker would send now."""
    before = len(mail.outbox)
    outbox.send_pending(now=moment or now() + timedelta(seconds=1))
    return mail.outbox[before:]


def addressed_to(post: list[mail.EmailMessage], adres: str) -> list[mail.EmailMessage]:
    return [message for message in post if message.to == [adres]]


def fill_draft(page: Page, axe: Check, screenshot: Shoot) -> None:
    """The pages of a new casus, from the pupil to the summary."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Leerling")
    axe()
    page.get_by_label("Leerlingnummer").fill("A1001")
    page.get_by_label("Voornaam").fill("Voorbeeld")
    page.get_by_label("Achternaam").fill("Testleerling")
    page.get_by_label("Geboortedatum").fill("2012-05-17")
    press(page, "Bewaren en verder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Adres en wijkteam")
    axe()
    screenshot("aanmelden-adres")
    press(page, "Bewaren en verder")
    page.get_by_label("Wat goed gaat").fill("Maakt graag muziek; oma helpt.")
    press(page, "Bewaren en verder")
    axe()
    page.get_by_label("Hulpvraag").fill("Rust thuis, en weer elke dag naar school.")
    press(page, "Bewaren en verder")
    page.get_by_label("Wanneer ouders zijn geïnformeerd").fill(today().isoformat())
    page.get_by_label("ouders en jongere").check()
    page.get_by_label("Datum van de toestemming").fill(today().isoformat())
    page.get_by_label("Toestemming geldt ook voor een ander wijkteam").check()
    axe()
    press(page, "Bewaren en verder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Controleren en versturen")


def test_from_the_school_to_the_team_and_back(
    page: Page, browser: Browser, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    """A zorgcoördinator finds the team, opens a casus, the contact confirms from the mail and reports back."""
    sign_in(wereld.cast.zoe)
    page.goto("/aanspreekpunt")
    page.get_by_label("Postcode", exact=True).fill("2037 rb")
    page.get_by_label("Huisnummer", exact=True).fill("12")
    expect(page.locator("#antwoord").get_by_role("heading", name="Wim Wijkteam")).to_be_visible()
    press(page, "Casus aanmelden")
    fill_draft(page, axe, screenshot)
    expect(page.get_by_text("Alleen aantallen. Nooit een casus.")).to_be_visible()
    axe()
    screenshot("aanmelden-controleren")
    press(page, "Casus aanmelden")
    expect(page.get_by_role("status").first).to_contain_text("De casus is aangemeld bij Wijkteam Schalkwijk")
    expect(page.get_by_role("heading", name="bevestigt de ontvangst")).to_contain_text("Wim Wijkteam")
    axe()
    screenshot("casus-aangemeld")
    casus = Casus.objects.get()

    post = addressed_to(send_post(), "wim@test.example")
    assert len(post) == 1
    body = str(post[0].body)
    assert casus.nummer in body
    assert not re.search("Voorbeeld|Testleerling|2037|muziek", body + str(post[0].subject))
    link = re.search(r"https?://[^/]+(/ontvangst/\S+)", body)
    assert link, body

    stranger = browser.new_context(base_url=page.url.split("/casussen")[0], locale="nl-NL")
    try:
        tab = stranger.new_page()
        tab.goto(link[1])
        expect(tab.get_by_role("heading", level=1)).to_have_text(f"Casus {casus.nummer}")
        assert "Testleerling" not in tab.content()
        casus.refresh_from_db()
        assert casus.status == Status.AANGEMELD, "kijken alleen verandert niets: ook een mailscanner opent de link"
        press(tab, "Ontvangst bevestigen")
        expect(tab.get_by_role("heading", level=1)).to_have_text("Ontvangst bevestigd")
        tab.goto(link[1])
        expect(tab.get_by_role("heading", level=1)).to_have_text("Al bevestigd")
    finally:
        stranger.close()
    casus.refresh_from_db()
    assert (casus.status, casus.behandelaar) == (Status.ONTVANGEN, wereld.wim)

    sign_in(wereld.cast.wim)
    page.goto("/werkvoorraad")
    axe()
    screenshot("werkvoorraad")
    page.get_by_role("link", name=casus.nummer).click()
    page.get_by_role("link", name="Eerste contact vastleggen").click()
    axe()
    press(page, "Eerste contact vastleggen")
    expect(page.get_by_text("Kijk dit nog even na")).to_be_visible()
    complaints.expect("422")
    page.get_by_label("Soort contact").select_option(label="gesprek op school")
    page.get_by_label("ouders en jongere").check()
    page.get_by_label("eigen notitie").fill("Alleen voor het team: oma weet van niets.")
    page.get_by_label("Wat u hebt gedaan").fill("Wij spraken ouders en leerling op school.")
    press(page, "Eerste contact vastleggen")
    expect(page.get_by_text("Alleen voor uw team: Alleen voor het team: oma weet van niets.")).to_be_visible()
    axe()
    screenshot("casus-in-behandeling")

    assert Terugkoppeling.objects.get(casus=casus).aan == wereld.cast.zoe
    assert addressed_to(send_post(), "zoe@test.example")
    sign_in(wereld.cast.zoe)
    page.goto("/meldingen")
    axe()
    page.goto(f"/casussen/{casus.nummer}")
    expect(page.get_by_text("Wij spraken ouders en leerling op school.").first).to_be_visible()
    expect(page.get_by_text("oma weet van niets")).to_have_count(0)
    assert Inzage.objects.filter(object_soort="casus", object_id=casus.pk, actie="bekijken", user=wereld.cast.zoe).exists()


def test_what_nobody_answers_climbs_the_ladder(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot
) -> None:
    """Nobody acts: the owner, then the coördinator, then the regiocoördinator hear of it, and the school sees 'te laat'."""
    start = now() - timedelta(days=21)
    casus = wereld.casus(op=start, ouders_geinformeerd_op=str(start.date()), toestemming_op=str(start.date()))
    send_post()
    termijn = Termijn.objects.get(casus=casus, soort="ontvangen")
    heard: dict[int, set[str]] = {}
    moment = start
    while moment < now():
        moment += timedelta(hours=12)
        send_due_reminders(now=moment)
        post = send_post(moment)
        for step in Herinnering.objects.filter(termijn=termijn).values_list("stap", flat=True):
            heard.setdefault(step, {message.to[0] for message in post})
    assert list(heard)[:4] == [-1, 0, 1, 3]
    assert "wim@test.example" in heard[-1]
    assert "cora@test.example" in heard[1]
    assert "rea@test.example" in heard[3]
    assert send_due_reminders(now=moment) == 0, "een tweede beat vindt niets te doen"

    sign_in(wereld.cast.zoe)
    page.goto("/mijn-dag")
    expect(page.get_by_role("link", name="bevestigt de ontvangst")).to_be_visible()
    axe()
    screenshot("mijn-dag")
    page.goto("/casussen?te_laat=1")
    expect(page.get_by_role("row", name=casus.nummer)).to_contain_text("te laat sinds")
    axe()
    screenshot("casussen")
    sign_in(wereld.cast.rea)
    page.goto("/te-routeren")
    expect(page.get_by_role("row", name=casus.nummer)).to_contain_text("bevestigt de ontvangst")
    axe()
    screenshot("te-routeren")
    page.get_by_role("link", name=casus.nummer).click()
    expect(page.get_by_text("U ziet het verloop en de termijnen, niet de inhoud.")).to_be_visible()
    assert "Testleerling" not in page.content()
    axe()

    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}")
    page.get_by_role("link", name="Ontvangst bevestigen").click()
    press(page, "Ontvangst bevestigen")
    termijn.refresh_from_db()
    assert termijn.gesloten_op is not None
    assert termijn.volgende_op is None
    send_due_reminders(now=now() + timedelta(days=60))
    assert not Herinnering.objects.filter(termijn=termijn, gemaakt_op__gt=termijn.gesloten_op).exists()
    later = Melding.objects.filter(aangemaakt__gt=termijn.gesloten_op, soort__startswith="herinnering")
    assert later.exists(), "de volgende termijn loopt wel"
    assert not later.filter(gegevens__wat="ontvangst bevestigen").exists()


def test_what_has_no_team_is_assigned(
    page: Page, sign_in: SignIn, wereld: Wereld, axe: Check, screenshot: Shoot, complaints: Complaints
) -> None:
    """An address nobody knows waits with the regiocoördinator, who sees no name, and gives it to a team."""
    sign_in(wereld.cast.zoe)
    page.goto("/casussen/nieuw")
    axe()
    press(page, "Concept beginnen")
    page.goto(page.url.replace("leerling", "adres"))
    page.get_by_label("Geen Nederlands adres").check()
    press(page, "Bewaren en verder")
    page.goto(page.url.replace("krachten", "leerling"))
    fill_draft(page, axe, screenshot)
    expect(page.get_by_text("Nog niet zeker. De regiocoördinator wijst een wijkteam toe")).to_be_visible()
    press(page, "Casus aanmelden")
    expect(page.get_by_role("heading", name="De regiocoördinator wijst een wijkteam toe")).to_be_visible()
    casus = Casus.objects.get()
    assert casus.status == Status.TE_ROUTEREN
    assert addressed_to(send_post(), "rea@test.example")

    sign_in(wereld.cast.rea)
    page.goto("/")
    page.get_by_role("link", name=casus.nummer).click()
    assert "Testleerling" not in page.content()
    assert "muziek" not in page.content()
    axe()
    page.get_by_role("link", name="Wijkteam toewijzen").click()
    axe()
    page.get_by_label("Wijkteam", exact=True).select_option(label="Wijkteam Schalkwijk")
    press(page, "Wijkteam toewijzen")
    expect(page.get_by_role("link", name="waarom u dit wijkteam kiest")).to_be_visible()
    complaints.expect("422")
    expect(page.get_by_label("Wijkteam", exact=True)).to_have_value(str(wereld.net.schalkwijk.pk))
    page.get_by_label("Waarom u dit wijkteam kiest").fill("Het gezin is hier bekend.")
    press(page, "Wijkteam toewijzen")
    casus.refresh_from_db()
    assert (casus.status, casus.wijkteam) == (Status.AANGEMELD, wereld.net.schalkwijk)
    post = send_post()
    assert addressed_to(post, "wim@test.example")
    assert addressed_to(post, "zoe@test.example")
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{casus.nummer}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voorbeeld Testleerling")
