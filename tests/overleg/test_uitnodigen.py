"""Who is told about an overleg, what that says and what it never says."""

import re
from datetime import timedelta
from typing import Any

import pytest

from casussen.fouten import Onvolledig
from casussen.keuzes import MdoStatus, Plek, Status
from casussen.models import Casus, Mdo, MdoDeelnemer
from casussen.overleg.plek import NAMEN, Huis, objection_to
from kern.actions import cancel_meldingen
from kern.bericht import compose
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, TERUGLEGGEN, Wereld
from tests.factories.toegang import appoint
from tests.overleg.conftest import IEDEREEN, LEERLING, MOEDER, WIM, Plan, calendar_of, everything_in, post, to
from tests.overleg.ics import event_of, moment
from toegang.rollen import ZORGCOORDINATOR

#: What no mail may hold: of the pupil, the parents, the network, the address and the story.
GEHEIM = re.compile(r"Voorbeeld Test|Testleerling|Quirina|Moeder|2037|muziek|Rust thuis|mentor", re.IGNORECASE)
INVITED = {"moeder@familie.example", "quirina@familie.example", "zoe@test.example", "wim@test.example", "mees@school.example"}


def invitations(casus: Casus, soort: str = "mdo_uitnodiging") -> list[Melding]:
    return list(Melding.objects.filter(soort=soort, kanaal=Kanaal.MAIL, gegevens__mdo=casus.mdos.get().pk))


def test_everybody_with_an_address_gets_a_mail_and_who_has_an_account_a_line_too(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    assert {melding.adres for melding in invitations(casus)} == INVITED
    lines = Melding.objects.filter(soort="mdo_uitnodiging", kanaal=Kanaal.PORTAAL)
    assert [line.ontvanger for line in lines] == [wereld.cast.zoe], "wie plande heeft het overleg zelf al op het scherm"


def test_who_is_invited_does_not_hear_of_the_same_step_twice(wereld: Wereld, plan: Plan) -> None:
    plan()
    told = Melding.objects.filter(ontvanger=wereld.cast.zoe, kanaal=Kanaal.PORTAAL, aangemaakt=NU).values_list("soort", flat=True)
    assert list(told).count("casus_verder") == 0
    assert list(told).count("mdo_uitnodiging") == 1


def test_who_asked_still_hears_of_it_when_not_invited(wereld: Wereld, plan: Plan) -> None:
    plan(deelnemers=[MOEDER, LEERLING, WIM])
    told = Melding.objects.filter(ontvanger=wereld.cast.zoe, kanaal=Kanaal.PORTAAL).values_list("soort", flat=True)
    assert "casus_verder" in told


def test_no_mail_tells_whom_it_is_about(plan: Plan, settings: Any) -> None:
    settings.SITE_URL = "https://portaal.example"
    casus = plan(plek="school", adres="lokaal 12", agenda="Moeder vertelt over thuis")
    found = [message for message in post() if message.to[0] in INVITED and "overleg" in str(message.subject)]
    assert len(found) == len(INVITED)
    for message in found:
        said = everything_in(message).replace("Mees Mentor", "")
        assert not GEHEIM.search(re.sub(r"ATTENDEE[^\n]*", "", said)), said
        assert "op school: lokaal 12" in said
        assert "14.30 tot 15.30 uur" in said
        family = message.to[0].endswith("familie.example")
        assert (casus.nummer in said) is not family
        assert ("De school kan u hier meer over vertellen" in said) is family
        assert ("Log in" in said) is not family
    stored = str(list(Melding.objects.values_list("gegevens", flat=True)))
    assert not GEHEIM.search(stored)
    assert "lokaal 12" not in stored


def test_the_link_leads_to_what_somebody_may_see(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    paths = {melding.adres: melding.gegevens.get("pad") for melding in invitations(casus)}
    assert paths["zoe@test.example"] == paths["wim@test.example"] == f"/casussen/{casus.nummer}/overleg"
    assert paths["mees@school.example"] == "", "zonder account is er niets te openen"
    assert paths["moeder@familie.example"] is None


def test_a_parent_who_also_works_somewhere_is_a_parent_here(wereld: Wereld, plan: Plan) -> None:
    appoint(wereld.cast.leeg, ZORGCOORDINATOR, wereld.cast.school_b)
    casus = plan(deelnemers=[{**MOEDER, "email": "leeg@test.example"}, LEERLING, WIM])
    moeder = MdoDeelnemer.objects.get(mdo__casus=casus, partij="ouders")
    assert (moeder.user, moeder.contactpersoon) == (None, None)
    (melding,) = [m for m in invitations(casus) if m.adres == "leeg@test.example"]
    assert "nummer" not in melding.gegevens
    assert not Melding.objects.filter(ontvanger=wereld.cast.leeg).exists()


def test_the_card_of_a_colleague_finds_the_account_behind_it(wereld: Wereld, plan: Plan) -> None:
    wereld.wim.email = "w.wijkteam@kaartje.example"
    wereld.wim.save()
    casus = plan(deelnemers=[MOEDER, LEERLING, {**WIM, "email": "W.Wijkteam@kaartje.example"}])
    found = MdoDeelnemer.objects.get(mdo__casus=casus, partij="wijkteam")
    assert (found.user, found.contactpersoon) == (wereld.cast.wim, wereld.wim)


def test_one_person_by_two_addresses_is_said_at_the_line(wereld: Wereld, plan: Plan) -> None:
    wereld.wim.email = "w.wijkteam@kaartje.example"
    wereld.wim.save()
    with pytest.raises(Onvolledig) as fout:
        plan(deelnemers=[MOEDER, LEERLING, WIM, {**WIM, "email": "w.wijkteam@kaartje.example"}])
    assert fout.value.ontbreekt == [{"veld": "deelnemers.3.email", "melding": "Deze persoon staat er al bij."}]
    assert not Mdo.objects.exists()


# --- The file ---------------------------------------------------------------------------------------------------
def test_the_file_is_an_invitation_to_whoever_gets_the_mail(plan: Plan) -> None:
    casus = plan(adres="lokaal 12")
    (message,) = to(post(), "mees@school.example")
    method, event = event_of(calendar_of(message))
    assert method == "REQUEST"
    assert event.one("UID").value == f"{casus.mdos.get().uid}@aanspreekpunt"
    assert event.one("ATTENDEE").value == "mailto:mees@school.example"
    assert event.text("LOCATION") == "op school: lokaal 12"
    assert f"{moment(event.one('DTSTART')):%d %H:%M}" == "10 13:30"


def test_moving_raises_the_sequence_and_keeps_the_uid(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    first = event_of(calendar_of(to(post(), "mees@school.example")[0]))[1]
    for number, tijd in ((1, "15:00"), (2, "15:30")):
        wereld.do("mdo_verzetten", casus, "zoe", mdo_datum="2026-12-11", mdo_tijd=tijd, toelichting="De mentor kan niet.")
        (message,) = to(post(), "mees@school.example")
        method, event = event_of(calendar_of(message))
        assert (method, event.one("SEQUENCE").value) == ("REQUEST", str(number))
        assert event.one("UID").value == first.one("UID").value
        assert "verzet" in str(message.subject)
        assert "De mentor kan niet" not in everything_in(message)
    wereld.do("mdo_afzeggen", casus, "wim", toelichting="Het gezin wil niet.")
    (message,) = to(post(), "mees@school.example")
    method, event = event_of(calendar_of(message))
    assert (method, event.one("SEQUENCE").value) == ("CANCEL", "3")
    assert "wil niet" not in everything_in(message)


def test_a_move_without_a_length_keeps_the_length(wereld: Wereld, plan: Plan) -> None:
    casus = plan(mdo_duur="90")
    wereld.do("mdo_verzetten", casus, "wim", mdo_datum="2026-12-11", mdo_tijd="9:00", toelichting="Anders.")
    mdo = casus.mdos.get()
    assert mdo.eindigt_op - mdo.begint_op == timedelta(minutes=90)


def test_another_place_only_is_told_as_that(wereld: Wereld, plan: Plan) -> None:
    casus = plan(adres="lokaal 12")
    post()
    same = {"mdo_datum": "2026-12-10", "mdo_tijd": "14:30", "toelichting": "Lekkage."}
    wereld.do("mdo_verzetten", casus, "wim", **same, adres="lokaal 13")
    family, professional = (
        to(post_, adres)[0] for post_ in [post()] for adres in ("moeder@familie.example", "mees@school.example")
    )
    assert family.subject == "Het overleg van do 10 dec is op een andere plek"
    assert professional.subject == f"Casus {casus.nummer}: het overleg van do 10 dec is op een andere plek"
    for message in (family, professional):
        assert "De dag en de tijd blijven hetzelfde" in everything_in(message)
        assert "verzet" not in everything_in(message)
        assert "lokaal 13" in everything_in(message)


def test_another_place_before_the_invitation_went_tells_the_moment_as_new(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    same = {"mdo_datum": "2026-12-10", "mdo_tijd": "14:30", "toelichting": "Lekkage."}
    wereld.do("mdo_verzetten", casus, "wim", **same, adres="lokaal 13")
    assert [str(m.subject) for m in to(post(), "moeder@familie.example")] == ["Het overleg is verzet naar do 10 dec"]


def test_what_was_not_sent_yet_is_replaced(wereld: Wereld, plan: Plan) -> None:
    casus = plan()
    wereld.do("mdo_verzetten", casus, "wim", mdo_datum="2026-12-11", mdo_tijd="9:00", toelichting="Vergist.")
    assert {m.status for m in invitations(casus)} == {MeldingStatus.VERVALLEN}
    assert [str(m.subject) for m in to(post(), "moeder@familie.example")] == ["Het overleg is verzet naar vr 11 dec"]


def test_a_second_attempt_is_the_same_mail_with_the_same_file(plan: Plan) -> None:
    casus = plan(adres="lokaal 12")
    melding = next(m for m in invitations(casus) if m.adres == "mees@school.example")
    first, second = compose(melding), compose(melding)
    assert first.message()["Message-ID"] == second.message()["Message-ID"] == melding.message_id
    assert calendar_of(first) == calendar_of(second)


def test_a_mail_about_an_overleg_that_is_gone_still_goes_without_a_file(plan: Plan) -> None:
    casus = plan()
    melding = invitations(casus)[0]
    Mdo.objects.all().delete()
    assert [p for p in compose(melding).message().walk() if p.get_content_type() == "text/calendar"] == []


@pytest.mark.parametrize(
    ("actie", "naam", "gegevens"),
    [
        ("intrekken", "zoe", INTREKKEN),
        ("terugleggen", "wim", TERUGLEGGEN),
        ("doorzetten", "cora", {**DOORZETTEN, "wijkteam": "centrum"}),
    ],
)
def test_when_the_casus_leaves_the_team_the_overleg_is_called_off_and_everybody_hears(
    wereld: Wereld, plan: Plan, actie: str, naam: str, gegevens: dict[str, Any]
) -> None:
    casus = plan()
    post()
    filled: dict[str, Any] = {k: wereld.net.centrum.pk if v == "centrum" else v for k, v in gegevens.items()}
    wereld.do(actie, casus, naam, **filled)
    assert casus.mdos.get().status == MdoStatus.AFGEZEGD
    told = {m.to[0] for m in post() if "gaat niet door" in str(m.subject)}
    assert told == INVITED


# --- The place --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "adres",
    [
        "Voorbeeldstraat 12, 2037 RB Haarlem",
        "2037rb 12",
        "Kerkstraat 12",
        "kamer van Voorbeeld Testleerling",
        "bij Testleerling",
        "Voorbeeldlaan nr 12",
        "Voorbeeldlaan, op nummer 12",
        "Voorbeeldstraat, huisnummer: 12",
        "bij hen op nr. 12",
        "nummer 12 in de Voorbeeldstraat",
        "2037-RB 12",
        "2037–rb, nr 12",
        "２０３７RB 12",
        "bij fam. Țestleerling",
        "Bij Testleerlings thuis",
        "Flat De Linde, 3 hoog, bij mevrouw Quirina",
    ],
)
def test_the_place_is_never_the_home_address_nor_a_name(plan: Plan, adres: str) -> None:
    with pytest.raises(Onvolledig) as fout:
        plan(plek="anders", adres=adres)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["adres"]


@pytest.mark.parametrize("adres", ["lokaal 12", "Kerkstraat 14", "https://video.example/kamer-12", "2037 RC 12", ""])
def test_another_place_is_fine(plan: Plan, adres: str) -> None:
    assert plan(plek="anders", adres=adres).mdos.get().adres == adres


def test_a_name_with_a_hyphen_is_a_name_too() -> None:
    huis = Huis(postcode="2037RB", huisnummer=12, namen=("Jan-Willem", "El-Khatib"))
    for adres in ("bij Jan-Willem op de kamer", "kamer van el-khatib", "Jan Willem, lokaal 3"):
        assert objection_to("anders", adres, huis) == NAMEN
    assert objection_to("anders", "Willemstraat, lokaal 3", huis) == ""


@pytest.mark.parametrize(
    ("adres", "is_naam"),
    [
        ("bij Anne thuis", True),
        ("bij Annes vader", True),
        ("kamer van Yilmaz", True),
        ("bij fam. Țest", True),
        ("bij de familie Bakker", True),
        ("Bij mevrouw Karadag, flat De Linde, 3 hoog", True),
        ("bij moeder", False),
        ("Buurthuis Van der Valk", False),
        ("Annemarieschool, lokaal 3", False),
        ("bij oma op de hoek", False),
    ],
)
def test_every_part_of_a_name_is_that_name(*, adres: str, is_naam: bool) -> None:
    huis = Huis(
        postcode="2037RB",
        huisnummer=12,
        namen=("Anne-Fleur", "van der Yılmaz-Test"),
        genodigden=("Mevrouw Karadag", "Moeder", "Oma", "Piet Bakker"),
    )
    assert objection_to("anders", adres, huis) == (NAMEN if is_naam else "")


def test_a_name_of_two_letters_counts_as_a_whole() -> None:
    huis = Huis(postcode="", huisnummer=None, namen=("Bo", "Li"))
    assert objection_to("anders", "bij Bo thuis", huis) == NAMEN
    assert objection_to("anders", "bij de bibliotheek", huis) == ""


def test_whoever_means_another_address_reads_what_helps() -> None:
    huis = Huis(postcode="2037RB", huisnummer=12)
    assert objection_to("anders", "Bibliotheek, Kerkstraat 12", huis).endswith(
        "Is dit een ander adres? Zet dan de postcode erbij."
    )
    assert objection_to("anders", "Bibliotheek, Kerkstraat 12, 2011 AB", huis) == ""
    assert "ander adres" not in objection_to("anders", "Kerkstraat 12, 2037 RB", huis)


def test_a_name_stays_out_when_the_overleg_moves(wereld: Wereld, plan: Plan) -> None:
    casus = plan(deelnemers=[{**MOEDER, "naam": "Mevrouw Karadag"}, LEERLING])
    with pytest.raises(Onvolledig) as fout:
        wereld.do(
            "mdo_verzetten",
            casus,
            "wim",
            mdo_datum="2026-12-11",
            mdo_tijd="9:00",
            toelichting="Zo.",
            plek="anders",
            adres="Flat Karadag",
        )
    assert [item["veld"] for item in fout.value.ontbreekt] == ["adres"]


def test_at_home_there_is_no_address(plan: Plan) -> None:
    with pytest.raises(Onvolledig):
        plan(plek="thuis", adres="achterom")
    casus = plan(plek="thuis", casus=Casus.objects.get())
    assert (casus.mdos.get().plek, casus.mdos.get().adres) == (Plek.THUIS, "")
    found = post()
    assert "bij u thuis" in everything_in(to(found, "moeder@familie.example")[0])
    assert "bij het gezin thuis" in everything_in(to(found, "mees@school.example")[0])


def test_of_a_secret_address_the_postcode_alone_says_too_much(wereld: Wereld, plan: Plan) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    assert casus.leerling is not None
    casus.leerling.geheim_adres = True
    casus.leerling.save()
    with pytest.raises(Onvolledig):
        plan(casus=casus, plek="anders", adres="buurthuis, 2037 RB")
    with pytest.raises(Onvolledig):
        plan(casus=casus, plek="anders", adres="buurthuis, 2037-RB")


def test_the_meldingen_of_an_overleg_can_be_taken_back_together(plan: Plan) -> None:
    casus = plan()
    assert cancel_meldingen(onderwerp_soort="mdo", onderwerp_ids=[casus.mdos.get().pk]) == len(
        [d for d in IEDEREEN if "email" in d]
    )
