"""Whoever hears of an act that keeps the state reads what was done, not the state that did not change."""

import pytest

from casussen.keuzes import Status
from casussen.models import Casus
from casussen.tabel import Regel, Richting
from casussen.workflow import HANDELINGEN, OVERGANGEN
from kern.bericht import compose, subject_of
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.casussen import NU, STARTEN, Wereld

BLIJFT = [
    regel
    for regel in (*OVERGANGEN, *HANDELINGEN)
    for doel in regel.naar
    if (doel.status is Richting.BLIJFT or (doel.status,) == regel.van) and any(b.soort == "casus_verder" for b in doel.meldt)
]


def heard(casus: Casus, kanaal: Kanaal = Kanaal.PORTAAL) -> list[str]:
    found = Melding.objects.filter(onderwerp_soort="casus", onderwerp_id=casus.pk, soort="casus_verder", kanaal=kanaal)
    return [subject_of(melding).removeprefix(f"Casus {casus.nummer}: ") for melding in found.order_by("pk")]


@pytest.mark.parametrize("regel", BLIJFT, ids=lambda regel: regel.actie)
def test_each_act_that_is_told_has_words_of_its_own(regel: Regel) -> None:
    for words in (regel.nieuws, regel.nieuws_portaal or regel.nieuws):
        assert words
        assert words[0].islower()
        assert not words.endswith(".")
        assert words not in set(Status.labels)
        assert len(f"Casus 2026-004312: {words}") <= 78


def test_there_are_such_acts_and_no_two_actions_share_their_words() -> None:
    said = {regel.nieuws_portaal or regel.nieuws: regel.actie for regel in BLIJFT}
    assert len(said) == len({regel.actie for regel in BLIJFT}) > 20


def test_attempts_are_counted_and_the_mail_says_the_state_stays(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    for _ in range(2):
        casus = wereld.do("contact_vastleggen", casus, "wim", **STARTEN, contact_gelukt=False)
    tried = ["het team probeerde het gezin te bereiken (poging 1)", "het team probeerde het gezin te bereiken (poging 2)"]
    assert heard(casus)[-2:] == heard(casus, Kanaal.MAIL)[-2:] == tried
    mail = compose(Melding.objects.filter(kanaal=Kanaal.MAIL, soort="casus_verder").latest("pk"))
    assert "De status blijft: ontvangen" in str(mail.body)
    assert "De status is nu" not in str(mail.body)


def test_that_a_pupil_sits_at_home_is_said_in_the_portal_only(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    casus = wereld.do("thuiszitter_melden", casus, "wim", thuis_sinds=NU.date().isoformat(), toelichting="Durft niet.")
    assert heard(casus)[-1] == "de leerling zit thuis"
    assert heard(casus, Kanaal.MAIL)[-1] == "er staat een nieuwe melding in het portaal"
    mail = compose(Melding.objects.filter(kanaal=Kanaal.MAIL, soort="casus_verder").latest("pk"))
    text = f"{mail.body}{mail.alternatives}"
    assert "thuis" not in text
    assert "Durft" not in text


def test_a_step_that_changes_the_state_still_names_the_new_one(wereld: Wereld) -> None:
    assert Status.MDO_GEPLAND.label in heard(wereld.casus(Status.MDO_GEPLAND))
