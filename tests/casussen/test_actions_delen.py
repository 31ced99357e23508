"""What sharing with others, agreements and formal applications write."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casussen.fouten import OnjuisteStatus, Onvolledig
from casussen.keuzes import Status
from casussen.models import Aanvraag, Casus, Deling, Instemming, Inzet, Termijn
from casussen.views.invullen import form_for
from casussen.workflow import rule_for
from kern.kijker import Kijker
from kern.models import Melding
from tests.factories.casussen import INTREKKEN, NU, Wereld
from tests.factories.netwerk import SamenwerkingsverbandFactory
from tests.factories.zorg import AanbiederFactory

GEGEVEN = {"toestemming_gever": "beide", "toestemming_op": "2026-12-02"}
DELEN = {**GEGEVEN, "doel": "Meekijken met de hulp."}


def sees(casus: Casus, kijker: Kijker) -> bool:
    return Casus.objects.gedeeld_met(kijker).filter(pk=casus.pk).exists()


def test_from_the_moment_of_sharing_the_party_sees_its_part_and_from_stopping_nothing(wereld: Wereld) -> None:
    casus, abel, lena = wereld.casus(), wereld.kijker("abel"), wereld.kijker("lena")
    assert not sees(casus, abel)
    casus = wereld.do("delen", casus, "zoe", partij=f"aanbieder:{wereld.cast.aanbieder.pk}", **DELEN)
    assert (sees(casus, abel), sees(casus, lena)) == (True, False)
    casus = wereld.do("delen", casus, "wim", partij=f"leerplicht:{wereld.cast.gemeente.pk}", **DELEN)
    assert sees(casus, lena)
    deling = Deling.objects.get(casus=casus, met="aanbieder")
    assert (deling.gever, deling.doel, deling.door) == ("beide", DELEN["doel"], wereld.cast.zoe)
    # Before receipt was confirmed, and before anything else was done: also then it can be stopped.
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="ouders")
    assert (sees(casus, abel), sees(casus, lena)) == (False, True)
    with pytest.raises(Onvolledig):
        wereld.do("delen_stoppen", casus, "zoe", deling=deling.pk, namens="ouders")


@pytest.mark.parametrize(
    ("geboren", "gever", "offered"),
    [
        ("2016-01-01", "ouders", {"ouders", "beide"}),
        ("2012-05-17", "beide", {"beide"}),
        ("2009-06-01", "jongere", {"beide", "jongere"}),
    ],
)
def test_the_form_offers_who_can_give_consent_at_this_age(wereld: Wereld, geboren: str, gever: str, offered: set[str]) -> None:
    casus = wereld.casus(geboortedatum=geboren, toestemming_gever=gever)
    regel = rule_for("delen", casus.status)
    assert regel is not None
    choices = form_for(regel, casus, wereld.zoe).fields["toestemming_gever"].widget.choices
    assert {value for value, _ in choices if value} == offered
    assert not any("jaar" in label for _, label in choices)


def test_a_party_that_is_none_or_has_it_already_cannot_be_chosen(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    gone = AanbiederFactory.create(actief_tot=NU.date())
    strange = SamenwerkingsverbandFactory.create()
    parties = ["aanbieder:999999", "leerplicht:999999", f"verband:{strange.pk}", f"aanbieder:{gone.pk}"]
    for partij in parties:
        with pytest.raises(Onvolledig, match="Kies een partij uit de lijst"):
            wereld.do("delen", casus, "zoe", partij=partij, **DELEN)
    casus = wereld.do("delen", casus, "zoe", partij=f"aanbieder:{wereld.cast.aanbieder.pk}", **DELEN)
    with pytest.raises(Onvolledig, match="al met deze partij gedeeld"):
        wereld.do("delen", casus, "wim", partij=f"aanbieder:{wereld.cast.aanbieder.pk}", **DELEN)
    assert Deling.objects.filter(casus=casus).count() == 1


def test_the_samenwerkingsverband_of_the_school_can_be_asked_to_look_on(wereld: Wereld) -> None:
    verband = SamenwerkingsverbandFactory.create()
    verband.vestigingen.add(wereld.net.vestiging)
    casus = wereld.do("delen", wereld.casus(), "zoe", partij=f"verband:{verband.pk}", **DELEN)
    assert Deling.objects.get(casus=casus).verband == verband


def test_stopping_ends_the_clock_of_the_aanbieder_and_the_help_goes_on(
    wereld: Wereld, met_hulp: Callable[..., tuple[Casus, Inzet]]
) -> None:
    casus, inzet = met_hulp()
    clock = Termijn.objects.get(inzet=inzet, gesloten_op__isnull=True)
    casus = wereld.do("delen_stoppen", casus, "zoe", deling=casus.delingen.get().pk, namens="jongere")
    clock.refresh_from_db()
    assert clock.gesloten_om == "vervallen"
    # The team goes on telling how it goes; the aanbieder is not asked again.
    casus = wereld.do("voortgang_melden", casus, "wim", inzet=inzet.pk, voortgang="De hulp gaat door.")
    assert not Termijn.objects.filter(inzet=inzet, gesloten_op__isnull=True).exists()
    before = Melding.objects.filter(ontvanger=wereld.cast.abel).count()
    wereld.do("hulp_niet_door", casus, "wim", inzet=inzet.pk, einde_reden="Toch niet.")
    assert Melding.objects.filter(ontvanger=wereld.cast.abel).count() == before


def test_withdrawing_the_casus_ends_all_sharing_at_that_moment(wereld: Wereld, gedeeld: Callable[..., Casus]) -> None:
    casus = wereld.do("intrekken", gedeeld(), "zoe", op=NU + timedelta(hours=1), **INTREKKEN)
    assert not sees(casus, wereld.kijker("abel"))
    assert Deling.objects.get(casus=casus).ingetrokken_op == NU + timedelta(hours=1)


def test_agreements_are_apart_from_consent_and_can_be_taken_back(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("instemming_vastleggen", casus, "wim", instemming="beroepsgeheim", **GEGEVEN)
    casus = wereld.do("instemming_vastleggen", casus, "wim", instemming="hulp", toelichting="Graag.", **GEGEVEN)
    with pytest.raises(Onvolledig, match="Dit is al vastgelegd"):
        wereld.do("instemming_vastleggen", casus, "wim", instemming="hulp", **GEGEVEN)
    casus = wereld.do("instemming_intrekken", casus, "zoe", instemming="hulp", namens="jongere")
    living = Instemming.objects.filter(casus=casus, ingetrokken_op__isnull=True)
    assert list(living.values_list("soort", flat=True)) == ["beroepsgeheim"]
    casus = wereld.do("instemming_vastleggen", casus, "wim", instemming="hulp", **GEGEVEN)
    assert Instemming.objects.filter(casus=casus, soort="hulp").count() == 2
    assert Casus.objects.visible_to(wereld.kijker("wim")).filter(pk=casus.pk).exists()


def test_a_formal_application_has_its_day_and_its_decision(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    asked = {"onderwerp": "Ambulante hulp", "ontvangen_op": "2026-11-30"}
    casus = wereld.do("aanvraag_vastleggen", casus, "wim", **asked)
    with pytest.raises(Onvolledig, match="Er staat al een aanvraag open"):
        wereld.do("aanvraag_vastleggen", casus, "cora", **asked)
    casus = wereld.do("besluit_vastleggen", casus, "cora", besluit="toegekend", besluit_op="2026-12-01")
    aanvraag = Aanvraag.objects.get(casus=casus)
    assert (f"{aanvraag.ontvangen_op}", aanvraag.besluit, f"{aanvraag.besluit_op}") == ("2026-11-30", "toegekend", "2026-12-01")
    assert wereld.do("aanvraag_vastleggen", casus, "wim", **asked).versie == casus.versie + 1


def test_a_form_sent_twice_shares_once_and_an_old_page_stops_nothing(wereld: Wereld) -> None:
    casus = wereld.casus()
    for _ in range(2):
        wereld.do("delen", casus, "zoe", versie=casus.versie, partij=f"aanbieder:{wereld.cast.aanbieder.pk}", **DELEN)
    deling = Deling.objects.get(casus=casus)
    with pytest.raises(OnjuisteStatus, match="Zoë Zorg heeft de casus met een andere partij om"):
        wereld.do("delen_stoppen", casus, "wim", versie=casus.versie, deling=deling.pk, namens="ouders")
    deling.refresh_from_db()
    assert deling.ingetrokken_op is None
