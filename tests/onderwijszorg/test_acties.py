"""What school and aanbieder hold together, and every change of a place decided by both."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from casussen.actions.oza import (
    Samen,
    create_onderwijszorg,
    edit_onderwijszorg,
    end_placement,
    free_from,
    hold_mdo,
    place_pupil,
    placements_seen,
    prolong_placement,
)
from casussen.keuzes import Status
from casussen.models import Onderwijszorg, Ozabesluit, Ozaplaatsing
from kern.bericht import compose, subject_of
from kern.models import Gebeurtenis, Melding
from tests.factories.casussen import NU, VANDAAG
from tests.onderwijszorg.conftest import GEGEVENS, SAMEN
from toegang.models import Inzage


def end(brug, plaats, tot=VANDAAG + timedelta(days=7), naam="zoe"):
    return end_placement(
        plaatsing=plaats, tot=tot, reden_uitstroom="doel_bereikt", waarheen="eigen klas", samen=SAMEN,
        by=brug.wereld.kijker(naam), op=NU,
    )  # fmt: skip


# --- The arrangement ----------------------------------------------------------------------------------------------------
def test_the_zorgcoordinator_records_it_and_nobody_else(brug):
    assert Gebeurtenis.objects.filter(soort="onderwijszorg_vastgelegd", onderwerp_id=brug.arrangement.pk).count() == 1
    for naam in ("teun", "abel", "otto", "rea"):
        with pytest.raises(PermissionDenied):
            create_onderwijszorg(
                vestiging=brug.wereld.net.vestiging, aanbieder=brug.wereld.cast.aanbieder,
                gegevens={**GEGEVENS, "naam": "B"}, by=brug.wereld.kijker(naam), op=NU,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("plaatsen", 0), ("plaatsen", 201), ("duur_weken", 0), ("mdo_elke_weken", 27), ("visie", ""), ("doelen", []),
        ("tot", date(2026, 9, 1)),
    ],
)  # fmt: skip
def test_the_database_holds_what_an_arrangement_is(brug, veld, waarde):
    make = {**GEGEVENS, "naam": "B", veld: waarde}
    with pytest.raises(ValidationError) as problem:
        create_onderwijszorg(
            vestiging=brug.wereld.net.vestiging, aanbieder=brug.wereld.cast.aanbieder, gegevens=make, by=brug.wereld.zoe, op=NU
        )
    assert veld in problem.value.error_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        Onderwijszorg.objects.filter(pk=brug.arrangement.pk).update(**{veld: waarde})


def test_one_name_per_vestiging(brug):
    with pytest.raises(ValidationError, match="al een arrangement"):
        create_onderwijszorg(
            vestiging=brug.wereld.net.vestiging,
            aanbieder=brug.wereld.cast.aanbieder,
            gegevens=GEGEVENS,
            by=brug.wereld.zoe,
            op=NU,
        )


def test_both_sides_may_change_it_and_no_outsider(brug):
    for naam, visie in (("zoe", "Een."), ("abel", "Twee.")):
        edit_onderwijszorg(
            arrangement=brug.arrangement, gegevens={**GEGEVENS, "visie": visie}, by=brug.wereld.kijker(naam), op=NU
        )
        brug.arrangement.refresh_from_db()
        assert brug.arrangement.visie == visie
    for naam in ("teun", "otto", "swen", "rea", "wim"):
        with pytest.raises(PermissionDenied):
            edit_onderwijszorg(arrangement=brug.arrangement, gegevens=GEGEVENS, by=brug.wereld.kijker(naam), op=NU)


def test_the_rhythm_of_the_mdo_sets_the_next_date(brug):
    hold_mdo(arrangement=brug.arrangement, gehouden_op=VANDAAG, by=brug.wereld.kijker("abel"), op=NU)
    brug.arrangement.refresh_from_db()
    assert brug.arrangement.mdo_volgende == date(2027, 1, 13)
    with pytest.raises(ValidationError, match="nog komen"):
        hold_mdo(arrangement=brug.arrangement, gehouden_op=VANDAAG + timedelta(days=1), by=brug.wereld.zoe, op=NU)


def test_places_are_not_taken_away_from_under_a_pupil(brug):
    for nummer in ("A1", "A2"):
        brug.plaats(brug.casus(nummer))
    with pytest.raises(ValidationError, match="2 plaatsen bezet"):
        edit_onderwijszorg(arrangement=brug.arrangement, gegevens={**GEGEVENS, "plaatsen": 1}, by=brug.wereld.zoe, op=NU)
    with pytest.raises(ValidationError, match="nog leerlingen"):
        edit_onderwijszorg(
            arrangement=brug.arrangement, gegevens={**GEGEVENS, "tot": date(2027, 1, 1)}, by=brug.wereld.zoe, op=NU
        )


# --- In -----------------------------------------------------------------------------------------------------------------
def test_instroom_says_who_decided_and_why_and_tells_the_aanbieder(brug):
    casus = brug.casus()
    plaats = brug.plaats(casus)
    assert (plaats.verwacht_tot, plaats.tot) == (VANDAAG + timedelta(weeks=26), None)
    besluit = plaats.besluiten.get()
    assert (besluit.soort, besluit.namens_school, besluit.namens_aanbieder) == ("instroom", "Zoë Zorg", "Abel Aanbieder")
    mail = Melding.objects.get(soort="oza_besluit", kanaal="mail")
    assert mail.ontvanger == brug.wereld.cast.abel  # Zoë did it herself
    assert casus.nummer in subject_of(mail)
    text = f"{compose(mail).subject} {compose(mail).body} {mail.gegevens}"
    assert "Testleerling" not in text
    assert SAMEN.reden not in text
    assert Inzage.objects.filter(actie="instroom", object_soort="casus", object_id=casus.pk, user=brug.wereld.cast.zoe).exists()


def test_a_casus_must_be_shared_with_the_aanbieder_first(brug):
    casus = brug.casus(gedeeld=False)
    with pytest.raises(ValidationError, match="Deel de casus eerst"):
        brug.plaats(casus)
    brug.deel(casus).delete()
    with pytest.raises(ValidationError, match="Deel de casus eerst"):
        brug.plaats(casus)


@pytest.mark.parametrize("naam", ["abel", "teun", "otto", "rea", "wim"])
def test_only_the_zorgcoordinator_of_the_school_gives_a_place(brug, naam):
    casus = brug.casus()
    with pytest.raises(PermissionDenied):
        brug.plaats(casus, naam=naam)
    assert not Ozaplaatsing.objects.exists()


def test_a_closed_casus_gets_no_place(brug):
    casus = brug.wereld.casus(Status.AFGESLOTEN, leerlingnummer="A9")
    brug.deel(casus)
    with pytest.raises(ValidationError, match="open casus"):
        brug.plaats(casus)


@pytest.mark.parametrize("samen", [Samen("", "Abel", "x"), Samen("Zoë", " ", "x"), Samen("Zoë", "Abel", "")])
def test_nobody_decides_alone_or_without_a_reason(brug, samen):
    casus = brug.casus()
    with pytest.raises(ValidationError):
        place_pupil(arrangement=brug.arrangement, casus=casus, van=VANDAAG, samen=samen, by=brug.wereld.zoe, op=NU)
    assert not Ozaplaatsing.objects.exists()
    plaats = brug.plaats(casus)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ozabesluit.objects.filter(plaatsing=plaats).update(namens_aanbieder="")


def test_never_more_pupils_than_places(brug):
    first = brug.plaats(brug.casus("A1"))
    brug.plaats(brug.casus("A2"))
    third = brug.casus("A3")
    with pytest.raises(ValidationError, match="Alle 2 plaatsen"):
        brug.plaats(third)
    end(brug, first)
    with pytest.raises(ValidationError, match="Alle 2 plaatsen"):
        brug.plaats(third, VANDAAG + timedelta(days=6))
    assert brug.plaats(third, VANDAAG + timedelta(days=7)).pk


@pytest.mark.parametrize(
    ("plaatsen", "tot", "gezegd"),
    [
        (1, None, "De enige plaats is dan bezet. Leg eerst vast wie uitstroomt, en wanneer."),
        (1, 7, "De enige plaats is dan bezet. Kies 9-12-2026 of later, of laat eerst iemand uitstromen."),
        (2, 7, "Alle 2 plaatsen zijn dan bezet. Kies 9-12-2026 of later, of laat eerst iemand uitstromen."),
    ],
)
def test_who_finds_no_place_hears_when_there_is_one(brug, plaatsen, tot, gezegd):
    placed = [brug.plaats(brug.casus(f"A{n}")) for n in range(plaatsen)]
    Onderwijszorg.objects.update(plaatsen=plaatsen)
    if tot:
        end(brug, placed[0], tot=VANDAAG + timedelta(days=tot))
    with pytest.raises(ValidationError) as problem:
        brug.plaats(brug.casus("B1"))
    assert problem.value.message_dict == {"van": [gezegd]}


def test_after_the_end_of_the_arrangement_no_place_is_free(brug):
    plaats = brug.plaats(brug.casus())
    Onderwijszorg.objects.update(plaatsen=1)
    end(brug, plaats, tot=VANDAAG + timedelta(days=7))
    brug.arrangement.refresh_from_db()
    assert free_from(brug.arrangement, VANDAAG) == (VANDAAG + timedelta(days=7), 1)
    brug.arrangement.tot = VANDAAG + timedelta(days=7)
    assert free_from(brug.arrangement, VANDAAG) is None


def test_who_comes_later_keeps_the_place_that_was_promised(brug):
    brug.plaats(brug.casus("A1"), VANDAAG + timedelta(days=30))
    brug.plaats(brug.casus("A2"), VANDAAG + timedelta(days=30))
    with pytest.raises(ValidationError, match="Alle 2 plaatsen"):
        brug.plaats(brug.casus("A3"))


def test_one_pupil_has_one_place_at_a_time(brug):
    casus = brug.casus()
    first = brug.plaats(casus)
    with pytest.raises(ValidationError, match="al een plaats"):
        brug.plaats(casus, VANDAAG + timedelta(days=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ozaplaatsing.objects.create(
            arrangement=brug.arrangement, casus=casus, van=VANDAAG, verwacht_tot=VANDAAG + timedelta(days=1)
        )
    end(brug, first)
    assert brug.plaats(casus, VANDAAG + timedelta(days=7)).pk


@pytest.mark.parametrize("van", [date(2026, 8, 31), date(2028, 1, 1)])
def test_a_place_lies_within_the_arrangement(brug, van):
    with pytest.raises(ValidationError):
        brug.plaats(brug.casus(), van)


# --- On and out -----------------------------------------------------------------------------------------------------------
def test_doorstroom_is_until_a_later_day(brug):
    plaats = brug.plaats(brug.casus())
    later = plaats.verwacht_tot + timedelta(days=1)
    abel = brug.wereld.kijker("abel")
    with pytest.raises(ValidationError, match="latere dag"):
        prolong_placement(plaatsing=plaats, verwacht_tot=plaats.verwacht_tot, samen=SAMEN, by=abel, op=NU)
    with pytest.raises(ValidationError, match="binnen een jaar na"):
        prolong_placement(plaatsing=plaats, verwacht_tot=date(9999, 1, 1), samen=SAMEN, by=abel, op=NU)
    assert prolong_placement(plaatsing=plaats, verwacht_tot=later, samen=SAMEN, by=abel, op=NU).verwacht_tot == later
    assert list(plaats.besluiten.values_list("soort", flat=True)) == ["instroom", "doorstroom"]
    told = Melding.objects.filter(soort="oza_besluit", kanaal="mail").order_by("id").last()
    assert told is not None
    assert told.ontvanger == brug.wereld.cast.zoe


def test_uitstroom_is_decided_once_with_where_to(brug):
    plaats = brug.plaats(brug.casus())
    gone = end(brug, plaats)
    assert (gone.reden_uitstroom, gone.waarheen) == ("doel_bereikt", "eigen klas")
    for naam in ("zoe", "abel"):
        with pytest.raises(ValidationError, match="al vastgelegd"):
            end(brug, plaats, naam=naam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ozaplaatsing.objects.filter(pk=plaats.pk).update(waarheen="")


def test_uitstroom_is_after_instroom(brug):
    plaats = brug.plaats(brug.casus())
    with pytest.raises(ValidationError, match="begint op"):
        end(brug, plaats, tot=VANDAAG)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ozaplaatsing.objects.filter(pk=plaats.pk).update(tot=VANDAAG, reden_uitstroom="gezin", waarheen="thuis")


def test_withdrawn_consent_ends_what_the_aanbieder_may_know_and_do(brug):
    casus = brug.casus()
    plaats = brug.plaats(casus)
    abel = brug.wereld.kijker("abel")
    assert placements_seen(abel, brug.arrangement).count() == 1
    casus.delingen.update(ingetrokken_op=NU)
    assert not placements_seen(abel, brug.arrangement).exists()
    assert placements_seen(brug.wereld.zoe, brug.arrangement).count() == 1
    with pytest.raises(PermissionDenied):
        end(brug, plaats, naam="abel")
    assert end(brug, plaats).tot


def test_an_outsider_can_do_nothing(brug):
    plaats = brug.plaats(brug.casus())
    for naam in ("otto", "teun", "rea", "wim", "swen"):
        with pytest.raises(PermissionDenied):
            end(brug, plaats, naam=naam)
