"""Beheer of the guide: what clashes or cannot be is told at its row, and nothing that was typed is lost."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.casussen import VANDAAG
from tests.factories.toegang import client_of
from tests.factories.zorg import ArrangementFactory, ContractFactory
from zorgaanbod.models import Arrangement, Contract

AL_EEN_CONTRACT = {"van": ["Op een deel van deze dagen is er al een contract met deze gemeente."]}


@pytest.fixture
def beheer(gids):
    return client_of(gids.wereld.cast.fenna)


def rows(prefix: str, *given: dict[str, Any]) -> dict[str, Any]:
    """What the browser sends of an inline; a row with an id was there."""
    sent = {f"{prefix}-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()}
    return {**sent, f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": sum("id" in row for row in given)}


def save(beheer, one: Arrangement, *, contracten: Any = (), wachttijden: Any = ()):
    names = ("naam", "hulpvorm", "zwaarte", "leeftijd_van", "leeftijd_tot", "wachttijd_norm")
    form = {"aanbieder": one.aanbieder_id, "van": "1-1-2020", **{name: getattr(one, name) for name in names}}
    parts = {**rows("contracten", *contracten), **rows("wachttijden", *wachttijden)}
    return beheer.post(f"/beheer/zorgaanbod/arrangement/{one.pk}/change/", {**form, **parts})


def contract(gemeente, van="1-1-2020", tot="", **more):
    return {"gemeente": gemeente.pk, "van": van, "tot": tot, **more}


def errors(response, which: int):
    assert response.status_code == 200
    return response.context["inline_admin_formsets"][which].formset.errors


def periods(one: Arrangement):
    return list(Contract.objects.filter(arrangement=one).order_by("gemeente__naam", "van").values_list("van", "tot"))


@pytest.fixture
def old(gids) -> Contract:
    found: Contract = gids.thuis.contracten.get()
    return found


class TestContracts:
    def test_an_overlap_is_told_at_the_new_row(self, gids, beheer, old):
        haarlem = gids.wereld.net.haarlem
        given = [contract(haarlem, id=old.pk), contract(haarlem, van="1-1-2027")]
        assert errors(save(beheer, gids.thuis, contracten=given), 0) == [{}, AL_EEN_CONTRACT]
        assert Contract.objects.filter(arrangement=gids.thuis).count() == 1

    def test_two_new_rows_are_compared_also_of_an_arrangement_that_is_new(self, gids, beheer):
        net = gids.wereld.net
        given = [contract(net.haarlem, tot="2-1-2027"), contract(net.heemstede), contract(net.haarlem, van="1-1-2027")]
        new = ArrangementFactory.build(aanbieder=gids.aanbieder, naam="Nieuw")
        names = ("aanbieder_id", "naam", "hulpvorm", "zwaarte", "leeftijd_van", "leeftijd_tot", "wachttijd_norm")
        form = {name.removesuffix("_id"): getattr(new, name) for name in names} | {"van": "1-1-2020"}
        url = "/beheer/zorgaanbod/arrangement/add/"
        assert errors(beheer.post(url, {**form, **rows("contracten", *given), **rows("wachttijden")}), 0) == [
            {},
            {},
            AL_EEN_CONTRACT,
        ]
        given[0]["tot"] = "1-1-2027"
        assert beheer.post(url, {**form, **rows("contracten", *given), **rows("wachttijden")}).status_code == 302

    def test_the_row_that_was_changed_is_the_one_that_is_told(self, gids, beheer, old):
        Contract.objects.filter(pk=old.pk).update(tot=date(2026, 1, 1))
        later = ContractFactory.create(arrangement=gids.thuis, gemeente=old.gemeente, van=date(2026, 1, 1))
        given = [contract(old.gemeente, tot="2-1-2026", id=old.pk), contract(old.gemeente, van="1-1-2026", id=later.pk)]
        assert errors(save(beheer, gids.thuis, contracten=given), 0) == [AL_EEN_CONTRACT, {}]

    def test_the_old_one_ends_and_a_new_one_begins_in_one_go(self, gids, beheer, old):
        given = [contract(old.gemeente, tot="1-1-2027", id=old.pk), contract(old.gemeente, van="1-1-2027")]
        assert save(beheer, gids.thuis, contracten=given).status_code == 302
        assert periods(gids.thuis) == [(date(2020, 1, 1), date(2027, 1, 1)), (date(2027, 1, 1), None)]

    def test_a_row_that_goes_makes_room(self, gids, beheer, old):
        given = [contract(old.gemeente, id=old.pk, DELETE="on"), contract(old.gemeente, van="1-1-2026")]
        assert save(beheer, gids.thuis, contracten=given).status_code == 302
        assert periods(gids.thuis) == [(date(2026, 1, 1), None)]

    def test_a_row_that_goes_does_not_count_when_another_is_wrong(self, gids, beheer, old):
        wrong = contract(gids.wereld.net.heemstede, tot="1-1-2019")
        given = [contract(old.gemeente, id=old.pk, DELETE="on"), contract(old.gemeente, van="1-1-2026"), wrong]
        assert [list(row) for row in errors(save(beheer, gids.thuis, contracten=given), 0)] == [[], ["tot"]]

    def test_a_border_moves_both_ways(self, gids, beheer, old):
        Contract.objects.filter(pk=old.pk).update(tot=date(2026, 1, 1))
        later = ContractFactory.create(arrangement=gids.thuis, gemeente=old.gemeente, van=date(2026, 1, 1))
        for day in ("1-6-2026", "1-6-2025"):
            given = [contract(old.gemeente, tot=day, id=old.pk), contract(old.gemeente, van=day, id=later.pk)]
            assert save(beheer, gids.thuis, contracten=given).status_code == 302
        assert periods(gids.thuis) == [(date(2020, 1, 1), date(2025, 6, 1)), (date(2025, 6, 1), None)]

    def test_rows_that_change_places_are_asked_for_one_by_one(self, gids, beheer, old):
        heemstede = gids.wereld.net.heemstede
        other = ContractFactory.create(arrangement=gids.thuis, gemeente=heemstede)
        given = [contract(heemstede, id=old.pk), contract(old.gemeente, id=other.pk)]
        (first, second) = errors(save(beheer, gids.thuis, contracten=given), 0)
        assert (list(first), second) == (["van"], {})
        assert "Wijzig ze na elkaar" in first["van"][0]

    def test_a_row_that_somebody_else_added_meanwhile_counts(self, gids, beheer, old):
        given = [contract(old.gemeente)]
        assert errors(save(beheer, gids.thuis, contracten=given), 0) == [AL_EEN_CONTRACT]


def test_two_arrangementen_of_one_name_are_told_at_the_name(gids, beheer):
    kept = {"naam": gids.thuis.naam, "hulpvorm": "ambulant", "zwaarte": "middel", "tot": ""}
    form = {"naam": gids.aanbieder.naam, "soort": gids.aanbieder.soort, **rows("arrangementen", kept)}
    response = beheer.post(f"/beheer/zorgaanbod/aanbieder/{gids.aanbieder.pk}/change/", form)
    assert errors(response, 0) == [{"naam": ["Deze aanbieder heeft al een arrangement met deze naam."]}]


class TestWaitingTimes:
    def test_a_day_that_has_to_come_is_told_at_its_field(self, gids, beheer):
        tomorrow = VANDAAG + timedelta(days=1)
        (row,) = errors(save(beheer, gids.sport, wachttijden=[{"weken": 3, "gemeten_op": f"{tomorrow:%d-%m-%Y}"}]), 1)
        assert row == {"gemeten_op": ["Deze dag moet nog komen. Vul in wanneer u de wachttijd bepaalde."]}

    def test_today_is_stored_with_who_wrote_it(self, gids, beheer):
        given = [{"weken": 3, "gemeten_op": f"{VANDAAG:%d-%m-%Y}"}]
        assert save(beheer, gids.sport, wachttijden=given).status_code == 302
        assert gids.sport.wachttijden.get().door == gids.wereld.cast.fenna
