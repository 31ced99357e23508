"""From planning an overleg to the action that came out of it, in a real browser."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from casussen.keuzes import Status
from casussen.models import Mdo, Taak
from kern import outbox
from kern.klok import now
from tests.browser.conftest import press
from tests.factories.casussen import STARTEN, Wereld
from tests.factories.netwerk import AfwezigheidFactory
from tests.overleg.conftest import calendar_of
from tests.overleg.ics import event_of
from toegang.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def started(wereld: Wereld, op: datetime) -> str:
    today = op.date().isoformat()
    casus = wereld.casus(Status.ONTVANGEN, op=op, ouders_geinformeerd_op=today, toestemming_op=today)
    return wereld.do("starten", casus, "wim", op=op, **{**STARTEN, "contact_datum": today}).nummer


def test_from_plan_to_invitation_to_report_to_action(
    page: Page, sign_in: Callable[[User], None], wereld: Wereld, axe: Callable[[], None], screenshot: Callable[[str], None]
) -> None:
    nummer = started(wereld, now() - timedelta(minutes=5))
    away = now().date() + timedelta(days=3)
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=away, tot_en_met=away + timedelta(days=2))
    sign_in(wereld.cast.wim)
    page.goto(f"/casussen/{nummer}")
    page.get_by_role("link", name="Overleg", exact=True).click()
    axe()
    page.get_by_role("link", name="Overleg plannen").click()
    expect(page.get_by_role("group", name="Kies een moment")).to_be_visible()
    page.get_by_text("Waarom deze momenten?").click()
    expect(page.get_by_text("Wim Wijkteam is afwezig")).to_be_visible()
    axe()
    screenshot("overleg-plannen")
    page.locator("input[name=voorstel]").nth(0).check()
    page.locator("input[name=deelnemers-0-email]").fill("moeder@familie.example")
    page.get_by_label("Agenda").fill("Hoe gaat het op school?")
    press(page, "Overleg plannen")

    expect(page.get_by_role("heading", level=2).first).to_contain_text("Overleg op")
    expect(page.get_by_text("Hoe gaat het op school?")).to_be_visible()
    axe()
    screenshot("overleg-gepland")
    outbox.send_pending(now=now() + timedelta(seconds=1))
    (invitation,) = [m for m in mail.outbox if m.to == ["moeder@familie.example"]]
    method, event = event_of(calendar_of(invitation))
    assert (method, event.text("SUMMARY")) == ("REQUEST", "Overleg (Aanspreekpunt)")
    with page.expect_download() as download:
        page.get_by_role("link", name="Zet in mijn agenda").click()
    assert download.value.suggested_filename.endswith(".ics")

    begin = now() - timedelta(hours=2)
    Mdo.objects.update(begint_op=begin, eindigt_op=begin + timedelta(hours=1))
    page.reload()
    page.get_by_role("link", name="Verslag van het overleg vastleggen").click()
    axe()
    for there in page.get_by_role("radio", name="was erbij", exact=True).all():
        there.check()
    page.get_by_label("Wat ouders er zelf van vinden").fill("Wij willen rust thuis en weten waar we aan toe zijn.")
    page.get_by_label("Wat de jongere er zelf van vindt").fill("Ik wil bij muziek blijven.")
    page.get_by_label("Verslag").fill("Wij spraken over school en over thuis.")
    line = page.get_by_role("group", name="Besluit 1", exact=True)
    line.get_by_label("Wat er gebeurt").fill("De mentor belt elke vrijdag")
    line.get_by_label("Wie het doet").select_option(label="het wijkteam")
    line.get_by_label("Uiterlijk op").fill((now() + timedelta(days=7)).date().isoformat())
    screenshot("overleg-verslag-formulier")
    press(page, "Verslag van het overleg vastleggen")

    expect(page.get_by_text("Ouders, in eigen woorden")).to_be_visible()
    axe()
    screenshot("overleg-verslag")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Verslag", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Delen van de casus")).to_be_hidden()
    page.emulate_media(media="screen")

    page.goto("/mijn-dag")
    expect(page.get_by_role("heading", name=re.compile("^Hierna"))).to_be_visible()
    axe()
    screenshot("overleg-mijn-dag")
    page.get_by_role("link", name="De mentor belt elke vrijdag").click()
    axe()
    screenshot("taken")
    page.get_by_role("link", name=re.compile("^Afronden.*De mentor belt elke vrijdag")).click()
    page.get_by_label("Hoe het ging").fill("Elke week gebeld.")
    press(page, "Afspraak afronden")
    expect(page.get_by_text("Gedaan of vervallen (1)")).to_be_visible()
    page.get_by_text("Gedaan of vervallen (1)").click()
    expect(page.get_by_text("Elke week gebeld.")).to_be_visible()
    axe()
    screenshot("taken-klaar")
    assert Taak.objects.get().afgerond_door == wereld.cast.wim
