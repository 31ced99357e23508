"""Help of an aanbieder, from asking to the end; what each may see and do of it, and whose clock runs."""

from datetime import date, timedelta

import pytest

from casussen.actions.herinneringen import send_due_reminders
from casussen.fouten import NietBevoegd, Onvolledig
from casussen.keuzes import InzetStatus, Status
from casussen.models import Casus, Deling, Inzet, Taak, Termijn, Voortgang
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import DOORZETTEN, INTREKKEN, NU, TERUGKOPPELING, TERUGLEGGEN, Wereld, afsluiten, evalueren
from tests.factories.hulp import ask, asked, make_arrangement, share, start
from tests.factories.toegang import appoint, user_with
from tests.factories.zorg import AanbiederFactory
from toegang.rollen import AANBIEDER

WACHT = {
    "reden_wachten": "wachtlijst",
    "wacht_sinds": "2026-12-02",
    "toelichting": "De schoolmaatschappelijk werker houdt contact.",
}


def clock(inzet: Inzet) -> Termijn | None:
    return Termijn.objects.filter(inzet=inzet, gesloten_op=None).first()


def stop_sharing(wereld: Wereld, casus: Casus) -> Casus:
    deling = Deling.objects.living().get(casus=casus)
    return wereld.do("delen_stoppen", casus, "wim", deling=deling.pk, namens="ouders")


# --- The road -----------------------------------------------------------------------------------------------------------
def test_help_is_asked_for_waited_for_started_told_of_and_ended(wereld):
    casus, inzet = asked(wereld)
    assert (inzet.status, inzet.wachttijd_toen) == (InzetStatus.AANGEVRAAGD, 6)
    wereld.do("hulp_wacht", casus, "abel", inzet=inzet.pk, **WACHT)
    casus.refresh_from_db()
    assert casus.wacht_op_zorg
    casus = start(wereld, casus, inzet)
    assert (casus.status, casus.wacht_op_zorg, casus.hulp_gestart_op) == (Status.IN_UITVOERING, False, NU.date())
    wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Wij komen elke week thuis.")
    wereld.do(
        "hulp_beeindigen",
        casus,
        "abel",
        inzet=inzet.pk,
        einddatum="2026-12-02",
        einde_reden="Het lukt nu zelf.",
        **TERUGKOPPELING,
    )
    inzet.refresh_from_db()
    assert (inzet.status, inzet.geeindigd_op) == (InzetStatus.BEEINDIGD, NU.date())
    assert list(Voortgang.objects.filter(inzet=inzet).values_list("door_rol", flat=True)) == ["wijkteamlid", *["aanbieder"] * 4]
    assert clock(inzet) is None


def test_without_consent_nothing_is_asked_of_an_aanbieder(wereld):
    casus, arrangement = wereld.casus(Status.PLAN_VASTGESTELD), make_arrangement(wereld)
    with pytest.raises(Onvolledig, match="nog geen toestemming"):
        ask(wereld, casus, arrangement)


def test_a_line_of_another_aanbieder_is_not_theirs_to_change(wereld):
    casus, _ = asked(wereld)
    ander = AanbiederFactory.create(naam="Aanbieder B")
    user_with(AANBIEDER, ander, email="bo@test.example", naam="Bo Ander")
    share(wereld, casus, ander)
    vreemd = ask(wereld, casus, make_arrangement(wereld, "Training", aanbieder=ander))
    with pytest.raises(NietBevoegd, match="geen hulp van uw organisatie"):
        wereld.do("voortgang_melden", casus, "abel", inzet=vreemd.pk, voortgang="Niet van mij.")
    assert not Voortgang.objects.filter(tekst="Niet van mij.").exists()


def test_whoever_works_for_two_aanbieders_acts_only_for_the_one_it_is_shared_with(wereld):
    casus, inzet = asked(wereld)
    ander = AanbiederFactory.create(naam="Aanbieder B")
    share(wereld, casus, ander)
    vreemd = ask(wereld, casus, make_arrangement(wereld, "Training", aanbieder=ander))
    appoint(wereld.cast.abel, AANBIEDER, ander)
    deling = Deling.objects.living().get(casus=casus, aanbieder=ander)
    wereld.do("delen_stoppen", casus, "wim", deling=deling.pk, namens="ouders")
    wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Dit mag.")
    with pytest.raises(NietBevoegd):
        wereld.do("voortgang_melden", casus, "abel", inzet=vreemd.pk, voortgang="Dit niet.")


def test_help_of_another_casus_is_refused(wereld):
    casus, _ = asked(wereld)
    other = share(wereld, wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer="A2"))
    inzet = Inzet.objects.get(casus=casus)
    with pytest.raises(Onvolledig):
        wereld.do("voortgang_melden", other, "abel", inzet=inzet.pk, voortgang="Verkeerde casus.")


@pytest.mark.parametrize("dag", ["2026-12-03", "2026-11-20"])
def test_a_start_is_a_day_that_was_and_not_before_asking(wereld, dag):
    casus, inzet = asked(wereld)
    with pytest.raises(Onvolledig):
        wereld.do("uitvoeren", casus, "abel", inzet=inzet.pk, startdatum=dag, **TERUGKOPPELING)


# --- Consent ------------------------------------------------------------------------------------------------------------
def test_after_consent_is_withdrawn_nobody_there_acts_or_is_reminded(wereld):
    casus, inzet = asked(wereld)
    wereld.do("taak_toevoegen", casus, "wim", omschrijving="Belt het gezin", partij="aanbieder", uiterlijk="2026-12-09")
    assert Taak.objects.get(casus=casus, omschrijving="Belt het gezin").eigenaar_aanbieder == wereld.cast.aanbieder
    casus = stop_sharing(wereld, casus)
    assert not Inzet.objects.of_aanbieder(wereld.kijker("abel")).exists()
    with pytest.raises(NietBevoegd):
        wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Te laat.")
    assert not Termijn.objects.filter(casus=casus, gesloten_op=None, eigenaar_soort="aanbieder").exists()
    taak = Taak.objects.get(casus=casus, omschrijving="Belt het gezin")
    assert (taak.eigenaar_aanbieder, taak.eigenaar_contactpersoon) == (None, wereld.wim)
    assert Termijn.objects.get(taak=taak, gesloten_op=None).eigenaar_contactpersoon == wereld.wim
    Melding.objects.all().delete()
    send_due_reminders(now=NU + timedelta(days=60))
    assert not Melding.objects.filter(ontvanger=wereld.cast.abel).exists()


def test_what_the_team_tells_meanwhile_starts_no_clock_of_theirs_until_it_is_shared_again(wereld):
    casus, inzet = asked(wereld)
    casus = stop_sharing(wereld, casus)
    wereld.do("voortgang_melden", casus, "wim", inzet=inzet.pk, voortgang="Wij vroegen ernaar.")
    assert clock(inzet) is None
    share(wereld, casus)
    renewed = clock(inzet)
    assert renewed is not None
    assert renewed.eigenaar_aanbieder == wereld.cast.aanbieder


def test_a_withdrawn_casus_is_gone_for_the_aanbieder_at_once(wereld):
    casus, inzet = asked(wereld)
    casus = wereld.do("intrekken", casus, "zoe", **INTREKKEN)
    assert not Casus.objects.gedeeld_met(wereld.kijker("abel")).exists()
    inzet.refresh_from_db()
    assert (inzet.status, clock(inzet)) == (InzetStatus.AFGEWEZEN, None)


# --- Between teams ------------------------------------------------------------------------------------------------------
def test_help_that_runs_goes_on_while_another_team_takes_over(wereld):
    casus, inzet = asked(wereld, Status.IN_BEHANDELING)
    start(wereld, casus, inzet)
    casus = wereld.do("doorzetten", casus, "cora", wijkteam=wereld.net.centrum.pk, **DOORZETTEN)
    assert casus.status == Status.AANGEMELD
    wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Wij gaan gewoon door.")
    deling = Deling.objects.living().get(casus=casus)
    wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="ouders")
    assert not Casus.objects.gedeeld_met(wereld.kijker("abel")).exists()


def test_a_clock_of_the_aanbieder_can_be_answered_when_the_school_has_the_casus_back(wereld):
    casus, inzet = asked(wereld, Status.IN_BEHANDELING)
    casus = wereld.do("terugleggen", casus, "wim", **TERUGLEGGEN)
    before = clock(inzet)
    assert before is not None
    wereld.do("voortgang_melden", casus, "abel", op=NU + timedelta(days=1), inzet=inzet.pk, voortgang="Wij wachten nog.")
    after = clock(inzet)
    assert after is not None
    assert after.vervalt_op > before.vervalt_op


def test_a_casus_that_ends_leaves_no_help_open(wereld):
    casus, inzet = asked(wereld, Status.IN_BEHANDELING)
    start(wereld, casus, inzet)
    wereld.do("intrekken", casus, "zoe", **INTREKKEN)
    inzet.refresh_from_db()
    assert (inzet.status, inzet.geeindigd_op) == (InzetStatus.BEEINDIGD, date(2026, 12, 2))
    assert not Termijn.objects.filter(casus=casus, gesloten_op=None).exists()


def test_that_a_casus_ended_is_the_last_thing_the_aanbieder_hears(wereld):
    casus, inzet = asked(wereld)
    casus = start(wereld, casus, inzet)
    casus = wereld.do("evalueren", casus, "wim", **evalueren(casus))
    casus = wereld.do("reageren", casus, "zoe", eens="ja", reactie="Goed.")
    Melding.objects.all().delete()
    wereld.do("afsluiten", casus, "wim", **afsluiten(casus))
    told = Melding.objects.filter(ontvanger=wereld.cast.abel, kanaal=Kanaal.PORTAAL).values_list("soort", "gegevens__pad")
    assert list(told) == [("casus_verder", "/hulp-inzet")]
    assert not Casus.objects.gedeeld_met(wereld.kijker("abel")).exists()
