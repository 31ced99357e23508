"""What asking for help, waiting for it, starting and ending it writes, for the team and for the aanbieder."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casussen.fouten import NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import InzetStatus, Status
from casussen.models import Casus, Inzet, Termijn, Voortgang
from casussen.views.keuzes import arrangement_choices
from tests.factories.casussen import DOORZETTEN, NU, TERUGKOPPELING, TERUGLEGGEN, Wereld, goals
from tests.factories.hulp import make_arrangement
from tests.factories.zorg import AanbiederFactory, ArrangementFactory
from zorgaanbod.keuzes import SoortAanbieder
from zorgaanbod.models import Aanbieder, Arrangement

Gedeeld = Callable[..., Casus]
MetHulp = Callable[..., tuple[Casus, Inzet]]
WACHT: dict[str, Any] = {"reden_wachten": "wachtlijst", "wacht_sinds": "2026-12-02", "toelichting": "Het team belt elke week."}
STARTEN: dict[str, Any] = {"startdatum": "2026-12-02", **TERUGKOPPELING}


def clocks(casus: Casus, soort: str) -> list[Termijn]:
    return list(Termijn.objects.filter(casus=casus, soort=soort, gesloten_op__isnull=True))


def missing(wereld: Wereld, actie: str, casus: Casus, naam: str, **gegevens: Any) -> list[str]:
    with pytest.raises(Onvolledig) as fout:
        wereld.do(actie, casus, naam, **gegevens)
    return [item["veld"] for item in fout.value.ontbreekt]


def test_help_is_asked_for_with_the_waiting_time_of_that_day_and_the_goals_it_is_for(wereld: Wereld, gedeeld: Gedeeld) -> None:
    arrangement = make_arrangement(wereld, weken=9)
    casus = gedeeld(Status.PLAN_VASTGESTELD)
    (doel,) = goals(casus)
    values = {"arrangement": arrangement.pk, "aangevraagd_op": "2026-12-01", "voor_doelen": [{"doel": doel, "gekozen": True}]}
    casus = wereld.do("hulp_aanvragen", casus, "wim", **values)
    inzet = Inzet.objects.get(casus=casus)
    assert (inzet.status, f"{inzet.aangevraagd_op}", inzet.wachttijd_toen) == (InzetStatus.AANGEVRAAGD, "2026-12-01", 9)
    assert list(inzet.doelen.values_list("pk", flat=True)) == [doel]
    (clock,) = clocks(casus, "voortgang")
    assert (clock.eigenaar_soort, clock.eigenaar_aanbieder, clock.inzet) == ("aanbieder", wereld.cast.aanbieder, inzet)
    assert missing(wereld, "hulp_aanvragen", casus, "wim", **values) == ["arrangement"]


@pytest.mark.parametrize("dag", ["1990-12-28", "2025-12-01", "2009-01-01"])
def test_help_was_not_asked_for_long_before_the_casus_was_opened(wereld: Wereld, gedeeld: Gedeeld, dag: str) -> None:
    """A wrong year would make a wait of many hundreds of weeks."""
    casus, arrangement = gedeeld(), make_arrangement(wereld, weken=None)
    with pytest.raises(Onvolledig, match=r"geboren|geopend op 2-12-2026. Kies een dag vanaf 2-12-2025. Klopt het jaar\?"):
        wereld.do("hulp_aanvragen", casus, "wim", arrangement=arrangement.pk, aangevraagd_op=dag)
    wereld.do("hulp_aanvragen", casus, "wim", arrangement=arrangement.pk, aangevraagd_op="2025-12-02")
    plan = wereld.casus(Status.PLAN_VASTGESTELD, leerlingnummer="B2")
    assert missing(wereld, "uitvoeren", plan, "wim", startdatum=dag, **TERUGKOPPELING) == ["startdatum"]


def test_without_consent_for_that_aanbieder_nothing_is_asked_for(wereld: Wereld, gedeeld: Gedeeld) -> None:
    other = ArrangementFactory.create(aanbieder=AanbiederFactory.create(naam="Een andere"))
    casus = gedeeld()
    values = {"arrangement": other.pk, "aangevraagd_op": "2026-12-02"}
    with pytest.raises(Onvolledig, match="nog geen toestemming om de casus te delen met Een andere"):
        wereld.do("hulp_aanvragen", casus, "wim", **values)
    assert not Inzet.objects.exists()


@pytest.mark.parametrize(
    ("anders", "reden"),
    [
        ({"leeftijd_van": 4, "leeftijd_tot": 11}, r"voor 4 tot en met 11 jaar; de leerling is 1\d\."),
        ({"contract_tot": date(2026, 12, 2)}, "Gemeente Haarlem heeft op deze dag geen contract"),
        ({"contract_tot": date(2026, 12, 3)}, ""),
        ({"contract_tot": date(2026, 12, 2), "voorveld": True}, ""),
    ],
)
def test_help_fits_the_age_and_the_gemeente_bought_it(
    wereld: Wereld, gedeeld: Gedeeld, anders: dict[str, Any], reden: str
) -> None:
    arrangement = make_arrangement(wereld, weken=None)
    tot, voorveld = anders.pop("contract_tot", None), anders.pop("voorveld", False)
    Arrangement.objects.filter(pk=arrangement.pk).update(**anders, omschrijving="Anders")
    arrangement.contracten.update(tot=tot)
    if voorveld:
        Aanbieder.objects.filter(pk=arrangement.aanbieder_id).update(soort=SoortAanbieder.VOORVELD)
    casus = gedeeld()
    values = {"arrangement": arrangement.pk, "aangevraagd_op": "2026-12-02"}
    offered = str(arrangement_choices(casus, op=NU.date()))
    assert (arrangement.naam in offered) == (not reden)
    if not reden:
        wereld.do("hulp_aanvragen", casus, "wim", **values)
        assert Inzet.objects.filter(casus=casus).count() == 1
        return
    with pytest.raises(Onvolledig, match=reden):
        wereld.do("hulp_aanvragen", casus, "wim", **values)
    assert not Inzet.objects.exists()


def test_while_help_is_waited_for_the_flag_is_up_and_the_team_talks_about_it(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    casus = wereld.do("hulp_wacht", casus, "abel", inzet=inzet.pk, **WACHT)
    inzet.refresh_from_db()
    assert (inzet.status, inzet.reden_wachten, casus.wacht_op_zorg) == (InzetStatus.WACHT, "wachtlijst", True)
    (clock,) = clocks(casus, "wachttijd")
    assert (clock.eigenaar_soort, clock.vervalt_op.date() - NU.date()) == ("wijkteam", timedelta(weeks=4))
    assert missing(wereld, "wacht_op_zorg_voorbij", casus, "wim", toelichting="Klaar.") == [""]
    casus = wereld.do("hulp_starten", casus, "abel", inzet=inzet.pk, **STARTEN)
    assert (casus.wacht_op_zorg, clocks(casus, "wachttijd")) == (False, [])
    assert casus.hulp_gestart_op == NU.date()


def test_a_talk_with_the_family_starts_the_next_four_weeks_of_waiting(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    casus = wereld.do("hulp_wacht", casus, "wim", inzet=inzet.pk, **WACHT)
    (before,) = clocks(casus, "wachttijd")
    talk = {"contact_soort": "telefoon", "contact_met": "ouders", "contact_datum": "2026-12-16", **TERUGKOPPELING}
    later = NU + timedelta(days=14)
    casus = wereld.do("contact_vastleggen", casus, "wim", op=later, contact_gelukt=False, **talk)
    assert clocks(casus, "wachttijd") == [before]
    casus = wereld.do("contact_vastleggen", casus, "wim", op=later, contact_gelukt=True, **talk)
    (after,) = clocks(casus, "wachttijd")
    assert after.vervalt_op - before.vervalt_op == timedelta(days=14)
    assert Termijn.objects.get(pk=before.pk).gesloten_om == "gehaald"


def test_other_help_that_falls_through_does_not_end_the_waiting(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    casus = wereld.do("wacht_op_zorg_melden", casus, "wim", reden="passend", toelichting="Wij zoeken verder.")
    casus = wereld.do("hulp_niet_door", casus, "wim", inzet=inzet.pk, einde_reden="Toch niet passend.")
    assert casus.wacht_op_zorg
    assert len(clocks(casus, "wachttijd")) == 1
    inzet.refresh_from_db()
    assert (inzet.status, inzet.geeindigd_op, inzet.einde_reden) == (InzetStatus.AFGEWEZEN, NU.date(), "Toch niet passend.")


def test_help_starts_and_ends_on_real_days_in_order(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    assert missing(wereld, "hulp_starten", casus, "wim", inzet=inzet.pk, startdatum="2026-12-01", **TERUGKOPPELING) == [
        "startdatum"
    ]
    end = {"inzet": inzet.pk, "einddatum": "2026-12-02", "einde_reden": "Het is klaar.", **TERUGKOPPELING}
    assert missing(wereld, "hulp_beeindigen", casus, "wim", **end) == ["", "inzet"]
    casus = wereld.do("hulp_starten", casus, "wim", inzet=inzet.pk, **STARTEN)
    assert missing(wereld, "hulp_starten", casus, "wim", inzet=inzet.pk, **STARTEN) == ["", "inzet"]
    assert missing(wereld, "hulp_beeindigen", casus, "wim", **{**end, "einddatum": "2026-12-01"}) == ["einddatum"]
    casus = wereld.do("hulp_beeindigen", casus, "abel", **end)
    told = list(Voortgang.objects.filter(inzet=inzet).order_by("pk").values_list("status", "tekst"))
    assert told == [
        ("aangevraagd", "Aangevraagd op 2-12-2026."), ("gestart", "Gestart op 2-12-2026."), ("beeindigd", "Het is klaar."),
    ]  # fmt: skip
    assert clocks(casus, "voortgang") == []


def test_what_an_aanbieder_tells_starts_its_next_four_weeks(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    (before,) = clocks(casus, "voortgang")
    casus = wereld.do("voortgang_melden", casus, "abel", op=NU + timedelta(days=7), inzet=inzet.pk, voortgang="Kennis gemaakt.")
    (after,) = clocks(casus, "voortgang")
    assert after.vervalt_op - before.vervalt_op == timedelta(days=7)
    told = Voortgang.objects.filter(inzet=inzet).latest("pk")
    assert (told.tekst, told.door, told.door_rol) == ("Kennis gemaakt.", wereld.cast.abel, "aanbieder")


def test_an_aanbieder_touches_only_the_own_help_and_only_while_it_is_shared(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    other = AanbiederFactory.create(naam="Een andere")
    given = {"toestemming_gever": "beide", "toestemming_op": "2026-12-02", "doel": "Meekijken."}
    casus = wereld.do("delen", casus, "zoe", partij=f"aanbieder:{other.pk}", **given)
    theirs = make_arrangement(wereld, aanbieder=other)
    casus = wereld.do("hulp_aanvragen", casus, "wim", arrangement=theirs.pk, aangevraagd_op="2026-12-02")
    not_own = Inzet.objects.get(arrangement=theirs)
    with pytest.raises(NietBevoegd, match="geen hulp van uw organisatie"):
        wereld.do("voortgang_melden", casus, "abel", inzet=not_own.pk, voortgang="Dit mag niet.")
    deling = casus.delingen.get(aanbieder=wereld.cast.aanbieder)
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="ouders")
    with pytest.raises(NietBevoegd):
        wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Dit mag niet meer.")


def test_the_first_help_of_an_aanbieder_brings_the_casus_on(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp(Status.PLAN_VASTGESTELD)
    assert missing(wereld, "uitvoeren", casus, "abel", **STARTEN) == ["inzet"]
    casus = wereld.do("uitvoeren", casus, "abel", inzet=inzet.pk, **STARTEN)
    inzet.refresh_from_db()
    assert (casus.status, casus.hulp_gestart_op, inzet.status) == (Status.IN_UITVOERING, NU.date(), InzetStatus.GESTART)


def test_help_goes_on_when_another_team_gets_the_casus_or_the_school(wereld: Wereld, met_hulp: MetHulp) -> None:
    """Whoever has a clock can still meet it: also before the new team confirmed receipt."""
    casus, inzet = met_hulp()
    casus = wereld.do("hulp_wacht", casus, "wim", inzet=inzet.pk, **WACHT)
    casus = wereld.do("doorzetten", casus, "cora", **DOORZETTEN, wijkteam=wereld.net.centrum.pk)
    (clock,) = clocks(casus, "wachttijd")
    assert (casus.status, clock.eigenaar_wijkteam) == (Status.AANGEMELD, wereld.net.centrum)
    casus = wereld.do("hulp_starten", casus, "abel", inzet=inzet.pk, **STARTEN)
    casus = wereld.do("terugleggen", casus, "cees", **TERUGLEGGEN)
    casus = wereld.do("voortgang_melden", casus, "abel", inzet=inzet.pk, voortgang="Het gaat goed.")
    assert len(clocks(casus, "voortgang")) == 1


def test_two_people_start_one_help_and_the_second_is_told_so(wereld: Wereld, met_hulp: MetHulp) -> None:
    casus, inzet = met_hulp()
    for _ in range(2):
        wereld.do("hulp_starten", casus, "abel", versie=casus.versie, inzet=inzet.pk, **STARTEN)
    with pytest.raises(OnjuisteStatus, match="Abel Aanbieder heeft de start van hulp om"):
        wereld.do("hulp_starten", casus, "wim", versie=casus.versie, inzet=inzet.pk, **STARTEN)
    assert Voortgang.objects.filter(inzet=inzet, status="gestart").count() == 1
