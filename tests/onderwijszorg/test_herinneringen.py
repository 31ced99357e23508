"""The clock of an arrangement: once per date, to both sides, without a pupil in it."""

from datetime import date, timedelta

import pytest

from casussen.actions.oza import end_placement, prolong_placement
from casussen.actions.oza_herinneringen import remind_onderwijszorg
from casussen.models import Onderwijszorg
from casussen.tasks import herinner_onderwijszorg
from kern.bericht import compose, subject_of
from kern.models import Melding
from portal.rooster import BEAT_SCHEDULE
from tests.factories.casussen import NU, VANDAAG
from tests.onderwijszorg.conftest import SAMEN

MDO, PLAATS = "oza_mdo", "oza_plaats_loopt_af"
DAG = timedelta(days=1)


def mails(soort, na=0):
    return list(Melding.objects.filter(soort=soort, kanaal="mail").order_by("id")[na:])


def who(soort):
    return sorted(mail.adres for mail in mails(soort))


def both(brug):
    return sorted([brug.wereld.cast.zoe.email, brug.wereld.cast.abel.email])


def test_a_mdo_that_is_near_and_one_that_is_past_are_told_once_each(brug):
    Onderwijszorg.objects.update(mdo_volgende=VANDAAG + 8 * DAG)
    remind_onderwijszorg(now=NU)
    assert mails(MDO) == []
    for days in (1, 2, 8):  # the day itself is not past yet
        remind_onderwijszorg(now=NU + days * DAG)
    assert who(MDO) == both(brug)
    assert subject_of(mails(MDO)[0]) == "Overleg over De Brug: uiterlijk 10-12-2026"
    for days in (9, 10):
        remind_onderwijszorg(now=NU + days * DAG)
    assert len(mails(MDO)) == 4
    assert subject_of(mails(MDO)[-1]) == "Is het overleg over De Brug gehouden?"
    Onderwijszorg.objects.update(mdo_volgende=VANDAAG + 14 * DAG)
    remind_onderwijszorg(now=NU + 10 * DAG)
    assert len(mails(MDO)) == 6


@pytest.mark.parametrize("velden", [{"mdo_volgende": None}, {"mdo_volgende": VANDAAG, "tot": VANDAAG}])
def test_without_a_date_or_after_the_end_nobody_is_reminded(brug, velden):
    Onderwijszorg.objects.update(**velden)
    remind_onderwijszorg(now=NU)
    assert mails(MDO) == []


def test_who_must_decide_about_a_place_is_asked_once_per_date(brug):
    plaats = brug.plaats(brug.casus())
    last = plaats.verwacht_tot - VANDAAG
    remind_onderwijszorg(now=NU + last - DAG)
    assert mails(PLAATS) == []
    for days in (0, 1):
        remind_onderwijszorg(now=NU + last + days * DAG)
    assert who(PLAATS) == both(brug)
    said = " ".join(f"{compose(mail).subject} {compose(mail).body} {mail.gegevens}" for mail in mails(PLAATS))
    assert plaats.casus.nummer in said
    assert plaats.casus.leerling.achternaam not in said
    assert plaats.casus.leerling.voornaam not in said
    until = plaats.verwacht_tot + 14 * DAG
    prolong_placement(plaatsing=plaats, verwacht_tot=until, samen=SAMEN, by=brug.wereld.zoe, op=NU + last)
    remind_onderwijszorg(now=NU + last + 2 * DAG)
    assert len(mails(PLAATS)) == 2
    remind_onderwijszorg(now=NU + last + 14 * DAG)
    assert len(mails(PLAATS)) == 4


def test_of_a_decided_place_nothing_is_asked(brug):
    plaats = brug.plaats(brug.casus())
    end_placement(
        plaatsing=plaats, tot=plaats.verwacht_tot + DAG, reden_uitstroom="doel_bereikt", waarheen="eigen klas", samen=SAMEN,
        by=brug.wereld.zoe, op=NU,
    )  # fmt: skip
    remind_onderwijszorg(now=NU + (plaats.verwacht_tot - VANDAAG))
    assert mails(PLAATS) == []


def test_without_consent_the_aanbieder_hears_nothing_of_the_casus(brug):
    casus = brug.casus()
    plaats = brug.plaats(casus)
    casus.delingen.update(ingetrokken_op=NU)
    remind_onderwijszorg(now=NU + (plaats.verwacht_tot - VANDAAG))
    assert who(PLAATS) == [brug.wereld.cast.zoe.email]


def test_beat_asks_for_it_every_night(brug):
    assert BEAT_SCHEDULE["onderwijszorg"]["task"] == herinner_onderwijszorg.name
    Onderwijszorg.objects.update(mdo_volgende=date(2026, 12, 1))
    herinner_onderwijszorg()
    assert who(MDO) == both(brug)
