"""What is told afterwards is what was done, by whom and when: withdrawing, waiting, closing, and days that can be true."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from casussen.fouten import Onvolledig
from casussen.keuzes import Gever, Status
from casussen.models import Casus, Deling, Instemming, Inzet, Overgang, Toestemming, Voortgang
from casussen.mogelijk import available_actions
from casussen.queries.tijdlijn import tijdlijn
from casussen.queries.vlaggen import raised_flags
from casussen.uitvoer.inhoud import contents_of
from casussen.views.invullen import form_for
from casussen.workflow import rule_for
from tests.casussen.stappen import Keus, filled_in
from tests.factories.casussen import DOEL, INTREKKEN, NU, PLAN, TERUGKOPPELING, VANDAAG, Wereld, afsluiten
from tests.factories.hulp import asked, share, start
from tests.factories.toegang import client_of

Gedeeld = Callable[..., Casus]
DELEN = "/wie-ziet-wat"
MET_HULP = tuple[Casus, Inzet]


@pytest.fixture(autouse=True)
def _at_nu():
    with time_machine.travel(NU, tick=False):
        yield


def line(casus: Casus, wereld: Wereld, naam: str = "wim") -> str:
    """The whole time line as one text, as this person reads it."""
    found = tijdlijn(casus, wereld.kijker(naam))
    return "\n".join(part for item in found for part in (item.tekst, *(f"{kop}: {said}" for kop, said in item.details)))


def page(casus: Casus, wereld: Wereld, naam: str, deel: str = "") -> str:
    answer = client_of(getattr(wereld.cast, naam)).get(f"/casussen/{casus.nummer}{deel}")
    return " ".join(answer.content.decode().split())


# --- Who withdraws ------------------------------------------------------------------------------------------------------
def test_who_stops_sharing_is_kept_and_told(wereld: Wereld, gedeeld: Gedeeld) -> None:
    casus = gedeeld()
    deling = Deling.objects.get(casus=casus)
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="jongere")
    deling.refresh_from_db()
    assert (deling.ingetrokken_op, deling.ingetrokken_namens) == (NU, "jongere")
    told = line(casus, wereld)
    assert "Toestemming ingetrokken namens de jongere: de casus wordt niet meer gedeeld met" in told
    assert "Namens: de jongere" in told
    assert "is gestopt namens de jongere." in page(casus, wereld, "zoe", DELEN)
    copy = contents_of(casus.nummer, wereld.zoe, op=NU)
    assert copy is not None
    assert [row["gestopt_namens"] for row in copy["gedeeld_met"]] == ["de jongere"]


def test_who_takes_back_an_agreement_is_kept_and_told(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    given = {"instemming": "hulp", "toestemming_gever": "beide", "toestemming_op": "2026-12-02"}
    casus = wereld.do("instemming_vastleggen", casus, "wim", **given)
    casus = wereld.do("instemming_intrekken", casus, "zoe", instemming="hulp", namens="beide")
    assert Instemming.objects.get(casus=casus).ingetrokken_namens == "beide"
    assert "Ingetrokken namens ouders en jongere: instemming met de hulp zelf." in line(casus, wereld)
    assert "Ingetrokken namens ouders en jongere: instemming met de hulp zelf." in page(casus, wereld, "zoe", DELEN)


@pytest.mark.parametrize(("actie", "more"), [("intrekken", INTREKKEN), ("toestemming_intrekken", {"namens": "ouders"})])
def test_who_withdraws_consent_or_the_casus_is_kept_and_told(
    wereld: Wereld, gedeeld: Gedeeld, actie: str, more: dict[str, Any]
) -> None:
    casus = wereld.do(actie, gedeeld(), "zoe", **more)
    assert Overgang.objects.get(casus=casus, actie=actie).namens == "ouders"
    consent = Toestemming.objects.get(casus=casus)
    assert (consent.ingetrokken_op, consent.ingetrokken_namens) == (NU, "ouders")
    assert Deling.objects.get(casus=casus).ingetrokken_namens == ""  # it stopped with the casus
    told = line(casus, wereld, "zoe")
    assert "Namens: ouders of verzorgers" in told
    assert "stopte met het intrekken van de casus." in told
    assert "Toestemming ingetrokken" not in told
    assert "is ingetrokken namens ouders of verzorgers." in page(casus, wereld, "zoe", DELEN)
    copy = contents_of(casus.nummer, wereld.zoe, op=NU)
    assert copy is not None
    assert [row["ingetrokken_namens"] for row in copy["toestemming"]] == ["ouders of verzorgers"]


@pytest.mark.parametrize("model", [Toestemming, Deling, Instemming])
def test_nobody_withdrew_what_still_lives(wereld: Wereld, gedeeld: Gedeeld, model: Any) -> None:
    casus = gedeeld(Status.ONTVANGEN)
    given = {"instemming": "hulp", "toestemming_gever": "beide", "toestemming_op": "2026-12-02"}
    wereld.do("instemming_vastleggen", casus, "wim", **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(casus=casus).update(ingetrokken_namens="ouders")


# --- Consent that ends while safety is the ground -----------------------------------------------------------------------
def test_without_consent_the_casus_stays_shared_on_safety_and_says_so(wereld: Wereld) -> None:
    casus = wereld.do("veiligheid_melden", wereld.casus(), "zoe", veiligheid_grond="Meldcode, stap 3.")
    stays = f"De casus blijft gedeeld met {casus.wijkteam}, op grond van de veiligheid, sinds 2-12-2026: Meldcode, stap 3."
    form = page(casus, wereld, "zoe", "/toestemming_intrekken")
    assert stays in form
    assert "Het delen stopt meteen" not in form
    client = client_of(wereld.cast.zoe)
    sent = {"namens": "ouders", "versie": casus.versie}
    after = client.post(f"/casussen/{casus.nummer}/toestemming_intrekken", sent, follow=True).content.decode()
    assert stays in after
    casus.refresh_from_db()
    assert casus.status == Status.AANGEMELD
    assert "Zonder toestemming, op grond van de veiligheid, sinds 2-12-2026: Meldcode, stap 3." in page(
        casus, wereld, "wim", DELEN
    )
    assert "toestemming_intrekken" not in {step.actie for step in available_actions(casus, wereld.zoe)}
    assert "/toestemming_intrekken" not in page(casus, wereld, "zoe", DELEN)
    with pytest.raises(Onvolledig, match="geen toestemming die kan worden ingetrokken"):
        wereld.do("toestemming_intrekken", casus, "zoe", namens="ouders")


def test_without_safety_withdrawing_consent_ends_the_sharing(wereld: Wereld) -> None:
    casus = wereld.casus()
    assert "Het delen stopt meteen. Dit kunt u niet terugdraaien." in page(casus, wereld, "zoe", "/toestemming_intrekken")


# --- Waiting for help ---------------------------------------------------------------------------------------------------
def test_why_a_family_waits_and_until_when_is_kept_and_told(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    values = {"reden": "passend", "verwacht_op": "2027-02-01", "toelichting": "Het team blijft bellen."}
    casus = wereld.do("wacht_op_zorg_melden", casus, "wim", **values)
    told = line(casus, wereld)
    assert "Reden: er is geen passend aanbod" in told
    assert "De hulp begint naar verwachting op: ma 1 feb 2027" in told
    flag = raised_flags(casus)[0]
    assert (flag.reden, flag.verwacht_op) == ("er is geen passend aanbod", date(2027, 2, 1))
    for deel in ("", "/hulp"):
        seen = page(casus, wereld, "zoe", deel).lower()
        assert "er is geen passend aanbod" in seen, deel
        assert "1 feb" in seen, deel
    copy = contents_of(casus.nummer, wereld.zoe, op=NU)
    assert copy is not None
    assert copy["vlaggen"]["wacht_op_zorg"]["verwacht_op"] == "2027-02-01"
    casus = wereld.do("wacht_op_zorg_voorbij", casus, "wim", toelichting="Er is hulp.")
    assert "Het gezin wacht op hulp" not in page(casus, wereld, "zoe", "/hulp")


# --- Closing ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def lopend(wereld: Wereld) -> MET_HULP:
    """An evaluated casus with help that runs and is shared with its aanbieder; the school has reacted."""
    casus, inzet = asked(wereld)
    casus = start(wereld, casus, inzet, "wim")
    for actie, naam in (("evalueren", "wim"), ("reageren", "zoe")):
        casus = wereld.do(actie, casus, naam, **filled_in(actie, casus, wereld, Keus(), VANDAAG, naam))
    return casus, inzet


def test_the_form_of_closing_says_what_ends_with_it(wereld: Wereld, lopend: MET_HULP) -> None:
    casus, inzet = lopend
    form = page(casus, wereld, "wim", "/afsluiten")
    assert f"De hulp {inzet.arrangement.naam} van {wereld.cast.aanbieder.naam} stopt." in form
    assert f"Het delen met {wereld.cast.aanbieder.naam} stopt." in form
    assert f'name="lopende_hulp-0-inzet" value="{inzet.pk}"' in form
    assert "Laatste dag van deze hulp" in form


def test_without_running_help_closing_does_not_ask_for_its_end(wereld: Wereld) -> None:
    casus = wereld.do("reageren", wereld.casus(Status.EVALUATIE), "zoe", eens="ja", reactie="Goed.")
    form = page(casus, wereld, "wim", "/afsluiten")
    assert "Hulp die nog loopt" not in form
    assert "Dit eindigt ook" not in form


def test_closing_says_of_help_and_sharing_that_they_stopped_with_the_casus(wereld: Wereld, lopend: MET_HULP) -> None:
    casus, inzet = lopend
    before = Voortgang.objects.count()
    casus = wereld.do("afsluiten", casus, "wim", op=NU + timedelta(days=2), **afsluiten(casus))
    inzet.refresh_from_db()
    assert (inzet.geeindigd_op, Voortgang.objects.count()) == (VANDAAG + timedelta(days=2), before)
    told = line(casus, wereld)
    assert "De hulp stopte bij het afsluiten van de casus: Gezinscoach van" in told
    assert f"Het delen met {wereld.cast.aanbieder.naam} stopte met het afsluiten van de casus." in told
    assert "Toestemming ingetrokken" not in told
    assert told.count("vertelde hoe het gaat") == before


def test_the_real_end_of_help_can_be_told_when_closing(wereld: Wereld, lopend: MET_HULP) -> None:
    casus, inzet = lopend
    told = {**afsluiten(casus), "lopende_hulp": [{"inzet": inzet.pk, "einddatum": "2026-12-03"}]}
    casus = wereld.do("afsluiten", casus, "wim", op=NU + timedelta(days=2), **told)
    inzet.refresh_from_db()
    assert (inzet.status, inzet.geeindigd_op) == ("beeindigd", date(2026, 12, 3))
    assert "De hulp is klaar: Gezinscoach van" in line(casus, wereld)


@pytest.mark.parametrize("dag", ["2026-12-01", "2026-12-03"])
def test_help_ended_between_its_start_and_today(wereld: Wereld, lopend: MET_HULP, dag: str) -> None:
    casus, inzet = lopend
    with pytest.raises(Onvolledig) as fout:
        wereld.do("afsluiten", casus, "wim", **afsluiten(casus), lopende_hulp=[{"inzet": inzet.pk, "einddatum": dag}])
    assert [item["veld"] for item in fout.value.ontbreekt] == ["lopende_hulp.0.einddatum"]


def test_what_was_asked_for_and_never_began_lapsed(wereld: Wereld) -> None:
    casus, _ = asked(wereld, Status.EVALUATIE)
    casus = wereld.do("reageren", casus, "zoe", eens="ja", reactie="Goed.")
    casus = wereld.do("afsluiten", casus, "wim", **afsluiten(casus))
    assert "De aanvraag van Gezinscoach van" in line(casus, wereld)
    assert "verviel bij het afsluiten van de casus." in line(casus, wereld)


def test_of_a_closed_casus_the_page_says_to_open_it_first(wereld: Wereld) -> None:
    casus = wereld.casus(Status.AFGESLOTEN)
    seen = page(casus, wereld, "zoe", DELEN)
    assert "Heropen de casus eerst." in seen
    assert "Dit kan wel bij" not in seen
    assert "Heropen de casus eerst." in page(casus, wereld, "zoe", "/taak_toevoegen")


# --- Where a pupil lives ------------------------------------------------------------------------------------------------
def test_assigning_a_team_of_the_region_lifts_outside_the_region(wereld: Wereld) -> None:
    casus = wereld.do("aanmelden", wereld.concept(postcode="2181 AA", huisnummer="3"), "zoe")
    assert casus.buiten_regio
    Toestemming.objects.filter(casus=casus).update(ook_ander_wijkteam=True)
    casus = wereld.do("toewijzen", casus, "rea", wijkteam=wereld.net.schalkwijk.pk, toelichting="Woont bij vader in Haarlem.")
    assert (casus.buiten_regio, casus.woongemeente) == (False, wereld.net.schalkwijk.gemeente)
    assert "De gemeente Hillegom betaalt" not in page(casus, wereld, "zoe")
    assert f"heeft de casus toegewezen aan {casus.wijkteam}." in line(casus, wereld)


def test_a_family_that_moved_lives_where_its_new_team_is(wereld: Wereld) -> None:
    casus = wereld.casus()
    Casus.objects.filter(pk=casus.pk).update(buiten_regio=True, woongemeente=wereld.net.hillegom)
    values = {"wijkteam": wereld.net.team_heemstede.pk, "reden": "verhuisd", "toelichting": "Naar Heemstede."}
    casus = wereld.do("doorzetten", casus, "cora", **values)
    assert (casus.buiten_regio, casus.woongemeente) == (False, wereld.net.team_heemstede.gemeente)


# --- Attempts and days --------------------------------------------------------------------------------------------------
def test_attempts_count_anew_once_the_school_said_how_to_reach_the_family(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)

    def tried(casus: Casus, *ways: str) -> Casus:
        for way in ways:
            values = {"contact_met": "ouders", "contact_datum": "2026-12-02", "contact_gelukt": False, **TERUGKOPPELING}
            casus = wereld.do("contact_vastleggen", casus, "wim", contact_soort=way, **values)
        return casus

    casus = tried(casus, "telefoon", "bericht", "telefoon")
    casus = wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Geen gehoor.")
    casus = wereld.do("weer_bereikbaar", casus, "zoe", toelichting="Vrijdag te bellen.")
    with pytest.raises(Onvolledig, match="Er is nog geen poging vastgelegd"):
        wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Toch niet.")
    casus = tried(casus, "telefoon", "bericht")
    with pytest.raises(Onvolledig, match="2 pogingen vastgelegd"):
        wereld.do("niet_bereikbaar_melden", casus, "wim", toelichting="Weer niet.")
    assert wereld.do("niet_bereikbaar_melden", tried(casus, "huisbezoek"), "wim", toelichting="Weer niet.").niet_bereikbaar


def test_nobody_is_back_at_school_before_they_were_at_home(wereld: Wereld) -> None:
    casus = wereld.do("thuiszitter_melden", wereld.casus(), "zoe", thuis_sinds="2026-11-30", toelichting="Angst.")
    with pytest.raises(Onvolledig, match="De leerling zit thuis sinds 30-11-2026") as fout:
        wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-11-29", toelichting="Gaat weer.")
    assert [item["veld"] for item in fout.value.ontbreekt] == ["terug_sinds"]
    assert not wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-11-30", toelichting="Gaat weer.").thuiszitter


@pytest.mark.parametrize("dag", ["2026-12-01", "2099-01-11"])
def test_a_return_that_cannot_be_is_refused_and_one_that_was_agreed_stays(wereld: Wereld, dag: str) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("plan_vaststellen", casus, "wim", **{**PLAN, "doelen": [{**DOEL, "terugkeer_op": dag}]})
    assert [item["veld"] for item in fout.value.ontbreekt] == ["doelen.0.terugkeer_op"]
    casus = wereld.do("plan_vaststellen", casus, "wim", **PLAN)
    later = NU + timedelta(days=60)
    kept = {**DOEL, "doel": casus.doelen.get().pk, "score": None}
    changed = {"doelen": [kept], "reden_bijstellen": "Het gaat beter.", "standpunt": "akkoord", **TERUGKOPPELING}
    wereld.do("plan_bijstellen", casus, "wim", op=later, **changed)
    assert casus.plannen.count() == 2


@pytest.mark.parametrize("dag", ["2026-12-01", "2100-01-01"])
def test_help_is_expected_on_a_day_that_can_be(wereld: Wereld, dag: str) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    values = {"reden": "wachtlijst", "verwacht_op": dag, "toelichting": "Het team belt."}
    with pytest.raises(Onvolledig) as fout:
        wereld.do("wacht_op_zorg_melden", casus, "wim", **values)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["verwacht_op"]


# --- Words on forms -----------------------------------------------------------------------------------------------------
def test_without_an_overleg_the_reason_why_is_not_optional(wereld: Wereld) -> None:
    casus = wereld.casus(Status.IN_BEHANDELING)
    regel = rule_for("plan_vaststellen", casus.status)
    assert regel is not None
    assert form_for(regel, casus, wereld.kijker("wim")).fields["mdo_reden_niet"].required
    casus = wereld.casus(Status.MDO_GEPLAND, leerlingnummer="B2")
    later = NU.replace(day=11)
    report = filled_in("mdo_vastleggen", casus, wereld, Keus(), later.date())
    casus = wereld.do("mdo_vastleggen", casus, "wim", op=later, **report)
    assert not form_for(regel, casus, wereld.kijker("wim")).fields["mdo_reden_niet"].required


def test_on_screen_attendance_is_asked_and_nobody_was_there_by_default(wereld: Wereld) -> None:
    casus = wereld.casus(Status.MDO_GEPLAND)
    regel = rule_for("mdo_vastleggen", casus.status)
    assert regel is not None
    lines = form_for(regel, casus, wereld.kijker("wim")).lijsten["aanwezigen"].regels
    assert [line.gegevens["aanwezig"] for line in lines] == ["", "", ""]


def test_a_label_that_is_a_sentence_keeps_its_first_word(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    assert "Het is gelukt om contact te krijgen" in page(casus, wereld, "wim", "/contact_vastleggen")


@pytest.mark.parametrize(("dagen", "words"), [(1, "is 1 dag op een antwoord"), (2, "is 2 dagen op een antwoord")])
def test_one_day_is_one_day(wereld: Wereld, dagen: int, words: str) -> None:
    casus = wereld.casus(Status.AANVULLING_GEVRAAGD)
    with time_machine.travel(NU + timedelta(days=dagen), tick=False):
        assert words in page(casus, wereld, "zoe")


def test_an_old_casus_whose_aanbieder_was_shared_twice_tells_both(wereld: Wereld) -> None:
    """Stopped by somebody, shared again, and then ended with the casus: each end is told as it was."""
    casus = share(wereld, wereld.casus(Status.EVALUATIE))
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=Deling.objects.get().pk, namens="ouders")
    casus = share(wereld, casus, op=NU + timedelta(hours=1))
    casus = wereld.do("reageren", casus, "zoe", op=NU + timedelta(hours=1), eens="ja", reactie="Goed.")
    casus = wereld.do("afsluiten", casus, "wim", op=NU + timedelta(hours=2), **afsluiten(casus))
    told = line(casus, wereld)
    assert "Toestemming ingetrokken namens ouders of verzorgers" in told
    assert "stopte met het afsluiten van de casus." in told
    assert Gever.OUDERS.label in told
