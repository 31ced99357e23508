"""Who is told about a step, who stands in for whoever is away, and what a mail may say."""

import re
from datetime import timedelta
from typing import Any

import pytest

from casussen.actions import perform
from casussen.keuzes import Status
from casussen.models import Casus, Ontvangstlink
from casussen.workflow import HANDELINGEN, OVERGANGEN
from kern.bericht import compose, subject_of
from kern.models import Melding
from tests.factories.casussen import COMPLEET, DOORZETTEN, INTREKKEN, NU, STARTEN, TERUGLEGGEN, Wereld, second_zc
from tests.factories.netwerk import AanspreekpuntFactory, AfwezigheidFactory, ContactpersoonFactory
from tests.factories.toegang import appoint, kijker_of
from toegang.models import Aanstelling
from toegang.rollen import REGIOCOORDINATOR
from wijkteams.models import Aanspreekpunt, Wijkteam


def told(casus: Casus, after: int = 0) -> set[tuple[str, str]]:
    """(soort, address) of every mail about this casus since the melding `after`."""
    mails = Melding.objects.filter(onderwerp_soort="casus", onderwerp_id=casus.pk, kanaal="mail", pk__gt=after)
    return {(mail.soort, mail.adres) for mail in mails}


def last() -> int:
    return Melding.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


STAPPEN: list[tuple[Status, str, str, dict[str, Any], set[tuple[str, str]]]] = [
    (Status.CONCEPT, "aanmelden", "zoe", {}, {("casus_aangemeld", "wim")}),
    (Status.CONCEPT, "aanmelden", "zoe", {"geen_adres": True}, {("casus_te_routeren", "rea")}),
    (Status.AANGEMELD, "ontvangen", "wim", {}, {("casus_ontvangen", "zoe")}),
    (Status.AANGEMELD, "ontvangen", "cora", {"behandelaar": "wim"}, {("casus_ontvangen", "zoe"), ("casus_voor_u", "wim")}),
    (Status.ONTVANGEN, "starten", "wim", STARTEN, {("casus_gestart", "zoe")}),
    (Status.ONTVANGEN, "contact_vastleggen", "cora", STARTEN, {("casus_verder", "zoe")}),
    (Status.ONTVANGEN, "vragen", "wim", {"vraag": "Hoe gaat het op school?"}, {("casus_vraag", "zoe")}),
    (Status.AANVULLING_GEVRAAGD, "beantwoorden", "zoe", {"antwoord": "Goed."}, {("casus_antwoord", "wim")}),
    (Status.ONTVANGEN, "terugleggen", "cora", TERUGLEGGEN, {("casus_teruggelegd", "zoe"), ("casus_weg", "wim")}),
    (Status.ONTVANGEN, "terugleggen", "wim", TERUGLEGGEN, {("casus_teruggelegd", "zoe")}),
    (Status.TERUGGELEGD, "heraanmelden", "zoe", {"toelichting": "Nu wel."}, {("casus_aangemeld", "wim")}),
    (Status.ONTVANGEN, "intrekken", "zoe", INTREKKEN, {("casus_ingetrokken", "wim")}),
    (Status.ONTVANGEN, "intrekken", "wim", INTREKKEN, {("casus_ingetrokken", "zoe")}),
    (Status.TE_ROUTEREN, "intrekken", "zoe", INTREKKEN, {("casus_ingetrokken", "rea")}),
    (Status.ONTVANGEN, "toestemming_intrekken", "zoe", {"namens": "ouders"}, {("casus_ingetrokken", "wim")}),
]  # fmt: skip


@pytest.mark.parametrize("stap", STAPPEN, ids=lambda stap: f"{stap[1]}-door-{stap[2]}")
def test_whoever_must_hear_hears_and_nobody_what_they_did_themselves(wereld: Wereld, stap: Any) -> None:
    status, actie, wie, gegevens, horen = stap
    casus = wereld.casus(status)
    after = last()
    filled: dict[str, Any] = {veld: wereld.wim.pk if value == "wim" else value for veld, value in gegevens.items()}
    casus = wereld.do(actie, casus, wie, **filled)
    assert told(casus, after) == {(soort, f"{naam}@test.example") for soort, naam in horen}
    portal = Melding.objects.filter(onderwerp_id=casus.pk, kanaal="portaal", pk__gt=after)
    assert {(m.soort, m.ontvanger.email) for m in portal if m.ontvanger} == told(casus, after)


def test_sent_on_the_school_the_new_and_the_old_team_hear(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    after = last()
    new = Aanspreekpunt.objects.get(wijkteam=wereld.net.centrum).contactpersoon
    wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    assert told(casus, after) == {
        ("casus_aangemeld", new.email), ("casus_doorgezet", "zoe@test.example"), ("casus_weg", "wim@test.example"),
    }  # fmt: skip
    gone = Melding.objects.get(soort="casus_weg", kanaal="mail")
    assert "/casussen/" not in str(compose(gone).body)


def test_assigned_by_the_region_both_sides_hear(wereld: Wereld) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    after = last()
    wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk, toelichting="Gebeld.")
    assert told(casus, after) == {("casus_aangemeld", "wim@test.example"), ("casus_toegewezen", "zoe@test.example")}


def test_a_colleague_of_the_zorgcoordinator_answers_and_she_hears(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    after = last()
    zita = kijker_of(second_zc(wereld.net.school), NU.date())
    perform("beantwoorden", casus=casus, by=zita, op=NU, gegevens={"antwoord": "Goed."})
    assert told(casus, after) == {("casus_antwoord", "wim@test.example"), ("casus_verder", "zoe@test.example")}


# --- Whoever cannot be reached ----------------------------------------------------------------------------------
def test_while_the_contact_is_away_the_deputy_hears_too_with_an_own_link(wereld: Wereld) -> None:
    vera = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Vera Vervanger", email="vera@test.example")
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date() + timedelta(days=5), vervanger=vera)
    casus = wereld.casus()
    assert told(casus) == {("casus_aangemeld", "wim@test.example"), ("casus_aangemeld", "vera@test.example")}
    assert {link.contactpersoon for link in Ontvangstlink.objects.filter(casus=casus)} == {wereld.wim, vera}


def test_the_deputy_of_the_aanspreekpunt_stands_in_when_none_was_named(wereld: Wereld) -> None:
    vera = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Vera Vervanger", email="vera@test.example")
    Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).update(vervanger=vera)
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date())
    assert told(wereld.casus()) == {("casus_aangemeld", "wim@test.example"), ("casus_aangemeld", "vera@test.example")}


def test_a_team_without_a_contact_hears_in_its_mailbox_without_a_link(wereld: Wereld) -> None:
    Aanspreekpunt.objects.filter(wijkteam=wereld.net.schalkwijk).delete()
    casus = wereld.do("aanmelden", wereld.concept(), "zoe")
    after = last()
    wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk, toelichting="Toch dit team.")
    assert ("casus_aangemeld", wereld.net.schalkwijk.email) in told(casus, after)
    mail = Melding.objects.get(soort="casus_aangemeld", kanaal="mail")
    assert "/ontvangst/" not in str(compose(mail).body)


def test_a_contact_who_is_away_without_a_deputy_is_helped_by_the_mailbox(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    AfwezigheidFactory.create(contactpersoon=wereld.wim, van=NU.date(), tot_en_met=NU.date())
    after = last()
    wereld.do("beantwoorden", casus, "zoe", antwoord="Goed.")
    assert told(casus, after) == {("casus_antwoord", "wim@test.example"), ("casus_antwoord", wereld.net.schalkwijk.email)}


def test_without_mailbox_the_coordinator_and_without_that_the_region(wereld: Wereld) -> None:
    Aanspreekpunt.objects.filter(wijkteam=wereld.net.centrum).delete()
    Wijkteam.objects.filter(pk=wereld.net.centrum.pk).update(email="")
    casus = wereld.do("doorzetten", wereld.casus(), "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    assert ("casus_aangemeld", "cees@test.example") in told(casus)
    Aanstelling.objects.filter(user=wereld.cees).delete()
    again = wereld.do("doorzetten", wereld.casus(leerlingnummer="B2"), "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    assert ("casus_aangemeld", "rea@test.example") in told(again)


def test_of_a_zorgcoordinator_who_left_the_colleagues_hear(wereld: Wereld) -> None:
    casus = wereld.casus()
    zita = second_zc(wereld.net.school)
    Aanstelling.objects.filter(user=wereld.cast.zoe).update(tot=NU.date())
    after = last()
    wereld.do("ontvangen", casus, "wim")
    assert told(casus, after) == {("casus_ontvangen", zita.email)}


def test_the_region_without_a_coordinator_has_a_mailbox(wereld: Wereld) -> None:
    Aanstelling.objects.filter(user=wereld.cast.rea).delete()
    assert told(wereld.casus(Status.TE_ROUTEREN)) == {("casus_te_routeren", wereld.net.regio.email)}


def test_one_person_in_two_roles_hears_once(wereld: Wereld) -> None:
    appoint(wereld.cast.zoe, REGIOCOORDINATOR, wereld.net.regio)
    casus = wereld.casus()
    after = last()
    wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    assert Melding.objects.filter(pk__gt=after, ontvanger=wereld.cast.zoe, kanaal="mail").count() == 1


# --- The words --------------------------------------------------------------------------------------------------
SOORTEN = sorted({b.soort for regel in (*OVERGANGEN, *HANDELINGEN) for doel in regel.naar for b in doel.meldt})


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_mail_says_the_number_and_by_when_and_nothing_of_the_pupil(wereld: Wereld, soort: str) -> None:
    Wijkteam.objects.filter(pk=wereld.net.schalkwijk.pk).update(naam="Wijkteam 't Zand & Zee")
    casus = wereld.casus(urgentie="spoed")
    melding = Melding.objects.get(soort="casus_aangemeld", kanaal="mail")
    melding.soort = soort
    mail = compose(melding)
    html = str(mail.alternatives[0][0])
    assert casus.nummer in subject_of(melding)
    assert "\n" not in mail.subject
    for text in (mail.subject, str(mail.body), html):
        assert not [word for word in COMPLEET.values() if isinstance(word, str) and len(word) > 3 and word in text]
        assert "Testleerling" not in text
        assert "{" not in text
    assert f"/casussen/{casus.nummer}" in str(mail.body)
    assert "&#x27;" not in str(mail.body)
    if "wijkteam" in str(mail.body).lower() and "Zand" in html:
        assert "Zand &amp; Zee" in html
    assert not re.search(r"\n{4,}", str(mail.body))


def test_the_mail_to_the_contact_asks_for_receipt_by_a_day(wereld: Wereld) -> None:
    wereld.casus(urgentie="spoed")
    mail = compose(Melding.objects.get(soort="casus_aangemeld", kanaal="mail"))
    assert mail.subject.startswith("Spoed: nieuwe casus 2026-")
    assert "uiterlijk vr 4 dec" in str(mail.body)
    assert "/ontvangst/" in str(mail.body)
    assert "zonder in te loggen" in str(mail.alternatives[0][0])


def test_a_second_aanspreekpunt_for_the_school_goes_before_the_team(wereld: Wereld) -> None:
    sam = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Sam School", email="sam@test.example")
    AanspreekpuntFactory.create(wijkteam=wereld.net.schalkwijk, contactpersoon=sam, school=wereld.net.school)
    assert told(wereld.casus()) == {("casus_aangemeld", "sam@test.example")}
