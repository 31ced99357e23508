"""Whoever leaves hands over everything: casussen, actions, overleggen, after-care. Nothing can be left behind."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from casussen.actions.overdragen import casussen_of_person, closed_of_person
from casussen.keuzes import Status
from casussen.models import Casus, MdoDeelnemer, Overdracht, Taak, Termijn
from portal.netwerk.acties import Vertrek, person_leaves
from tests.consult.maken import ask
from tests.factories.casussen import MDO, NU, Wereld, colleague
from tests.factories.netwerk import AanspreekpuntFactory
from tests.factories.toegang import client_of
from wijkteams.models import Aanspreekpunt, Contactpersoon


def leave(wereld: Wereld, opvolger: Contactpersoon | None, **extra: object) -> None:
    vertrek = Vertrek(in_dienst_tot=date(2026, 12, 31), opvolger=opvolger, **extra)  # type: ignore[arg-type]
    person_leaves(persoon=wereld.wim, vertrek=vertrek, by=wereld.kijker("cora"), op=NU)


def rows_that_name(persoon: Contactpersoon) -> dict[str, int]:
    """Every open row in the database that still names this person, found by the schema itself: nothing can be forgotten here."""
    found: dict[str, int] = {}
    closed = {
        "casussen_termijn": "gesloten_op IS NULL",
        "casussen_taak": "afgerond_op IS NULL AND vervallen_op IS NULL",
        "casussen_mdodeelnemer": "vervangen_op IS NULL AND mdo_id IN (SELECT id FROM casussen_mdo WHERE status = 'gepland')",
        "casussen_consult": "afgesloten_op IS NULL",
        "casussen_casus": "status NOT IN ('ingetrokken')",
        "wijkteams_aanspreekpunt": "tot IS NULL OR tot > '2026-12-31'",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.confrelid = 'wijkteams_contactpersoon'::regclass
            """
        )
        for table, column in cursor.fetchall():
            if table in {
                "casussen_overgang",
                "casussen_overdracht",
                "casussen_route",
                "casussen_casusroute",
                "casussen_ontvangstlink",
            }:
                continue  # what happened, and who was written to: history
            where = f"AND ({closed[table]})" if table in closed else ""
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s {where}", [persoon.pk])
            if count := cursor.fetchone()[0]:
                found[f"{table}.{column}"] = count
    return found


@pytest.fixture
def vera(wereld: Wereld) -> Contactpersoon:
    return colleague(wereld.net.schalkwijk, "Vera Volgend")[0]


@pytest.fixture
def vol(wereld: Wereld) -> Casus:
    """A casus of Wim with everything in it that can be somebody's."""
    casus = wereld.casus(Status.IN_BEHANDELING)
    wereld.do("mdo_plannen", casus, "wim", **MDO)
    wereld.do(
        "taak_toevoegen",
        casus,
        "wim",
        omschrijving="Bellen met oma",
        partij="wijkteam",
        naam="Wim Wijkteam",
        uiterlijk="2026-12-09",
    )
    wereld.do("taak_toevoegen", casus, "wim", omschrijving="Oma haalt op", partij="netwerk", uiterlijk="2026-12-10")
    return casus


def test_nothing_names_whoever_left(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    wereld.casus(Status.AFGESLOTEN, leerlingnummer="A2", voornaam="Tweede")
    wereld.casus(Status.AANGEMELD, leerlingnummer="A3", voornaam="Derde")
    ask(wereld)
    assert rows_that_name(wereld.wim)["casussen_taak.eigenaar_contactpersoon_id"] == 2
    leave(wereld, vera)
    assert rows_that_name(wereld.wim) == {}
    assert not casussen_of_person(wereld.wim).exists()
    assert not closed_of_person(wereld.wim).exists()


def test_actions_and_clocks_go_along(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    leave(wereld, vera)
    taken = Taak.objects.filter(casus=vol)
    assert set(taken.values_list("eigenaar_contactpersoon_id", flat=True)) == {vera.pk}
    assert taken.get(omschrijving="Bellen met oma").naam == "Vera Volgend"
    clocks = Termijn.objects.filter(casus=vol, gesloten_op__isnull=True, eigenaar_soort="wijkteam")
    assert set(clocks.values_list("eigenaar_contactpersoon_id", "eigenaar_user_id")) == {(vera.pk, vera.user_id)}


def test_the_seat_at_the_overleg_goes_along(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    leave(wereld, vera)
    seats = MdoDeelnemer.objects.filter(mdo__casus=vol, partij="wijkteam")
    assert [(s.naam, s.contactpersoon_id, s.user_id) for s in seats] == [("Vera Volgend", vera.pk, vera.user_id)]


def test_an_action_in_a_casus_of_a_colleague_goes_along_too(wereld: Wereld, vera: Contactpersoon) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    wereld.do(
        "taak_toevoegen", casus, "wim", omschrijving="Bellen", partij="wijkteam", naam="Wim Wijkteam", uiterlijk="2026-12-09"
    )
    wereld.do("behandelaar_wijzigen", casus, "cora", behandelaar=wereld.cora.pk)
    Taak.objects.update(eigenaar_contactpersoon=wereld.wim)
    leave(wereld, vera)
    casus.refresh_from_db()
    assert casus.behandelaar_id == wereld.cora.pk
    assert Taak.objects.get().eigenaar_contactpersoon_id == vera.pk


def test_without_a_successor_nobody_leaves_with_work(wereld: Wereld, vol: Casus) -> None:
    Aanspreekpunt.objects.filter(contactpersoon=wereld.wim).delete()
    with pytest.raises(ValidationError, match="nog werk bij 1 casus"):
        leave(wereld, None)
    assert wereld.wim.in_dienst_tot is None


def test_each_casus_has_its_own_warm_note_and_only_the_team_reads_it(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    leave(wereld, vera, notities={vol.nummer: "Moeder belt liever niet voor tienen."})
    assert Overdracht.objects.get(casus=vol).notitie == "Moeder belt liever niet voor tienen."
    assert vera.user is not None
    for user, reads in ((vera.user, True), (wereld.cast.cora, True), (wereld.cast.zoe, False)):
        page = client_of(user).get(f"/casussen/{vol.nummer}").content.decode()
        assert ("liever niet voor tienen" in page) is reads, user.naam


def test_whoever_takes_over_sees_what_was_known_and_promised(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    wereld.do("terugkoppelen", vol, "wim", terugkoppeling_gedaan="Gebeld.", terugkoppeling_vervolg="Maandag bel ik de mentor.")
    leave(wereld, vera)
    assert vera.user is not None
    page = client_of(vera.user).get(f"/casussen/{vol.nummer}").content.decode()
    assert "Overgenomen van Wim Wijkteam" in page
    assert "Maandag bel ik de mentor." in page
    assert "Bellen met oma" in page


def test_giving_one_casus_to_a_colleague_takes_a_note_along(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    wereld.do("behandelaar_wijzigen", vol, "wim", behandelaar=vera.pk, overdracht="Bel eerst opa.")
    assert Overdracht.objects.get().notitie == "Bel eerst opa."
    assert set(Taak.objects.filter(casus=vol).values_list("eigenaar_contactpersoon_id", flat=True)) == {vera.pk}


def test_somebody_who_sits_there_already_is_not_invited_twice(wereld: Wereld, vol: Casus) -> None:
    mdo = vol.mdos.get()
    MdoDeelnemer.objects.create(mdo=mdo, partij="wijkteam", naam="Cora", user=wereld.cast.cora, contactpersoon=wereld.cora)
    leave(wereld, wereld.cora)
    assert mdo.deelnemers.filter(user=wereld.cast.cora).count() == 1
    assert not mdo.deelnemers.filter(contactpersoon=wereld.wim).exists()


def test_the_screen_asks_a_note_per_casus(wereld: Wereld, vera: Contactpersoon, vol: Casus) -> None:
    AanspreekpuntFactory.create(wijkteam=wereld.net.schalkwijk, contactpersoon=wereld.cora, sector="mbo")
    page = client_of(wereld.cast.cora).get(f"/netwerk/mensen/{wereld.wim.pk}/vertrek")
    assert page.status_code == 200
    assert f'name="notitie_{vol.nummer}"' in page.content.decode()
