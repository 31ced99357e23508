"""Another editie: what it means is shown first, who may does it once, and what it touched stays open until somebody looked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gebieden.models import Editie
from kern.klok import now, today
from kern.models import Gebeurtenis
from tests.factories.netwerk import (
    EditieFactory,
    GemeenteFactory,
    KleinNetwerk,
    RegioFactory,
    klein_netwerk,
    make_register,
    make_team,
    make_wijk,
)
from tests.factories.toegang import Cast, client_of, make_cast
from wijkteams.models import Nazicht
from wijkteams.nazicht import open_points


@pytest.fixture
def net(db: None) -> KleinNetwerk:
    return klein_netwerk()


@pytest.fixture
def cast(net: KleinNetwerk) -> Cast:
    return make_cast(school=net.school, team=net.schalkwijk)


@pytest.fixture
def nieuw(net: KleinNetwerk) -> Editie:
    """2037XX goes to another wijk, wijk 039700 got another code, Schalkwijk another name."""
    editie = EditieFactory.create(jaar=2026, adressen=100)
    make_wijk(editie, "039205", "Schalkwijk-Oost", ("01", "Boerhaavewijk"))
    make_wijk(editie, "039201", "Haarlemmerhoutkwartier", ("01", "Haarlemmerhout"))
    make_wijk(editie, "039701", "Heemstede", ("01", "Heemstede-Centrum"))
    make_register(
        editie,
        {
            ("2037RB", "03920501"): range(1, 41),
            ("2037XX", "03920101"): range(1, 41),
            ("2101AA", "03970101"): range(1, 21),
        },
    )
    return editie


def activate(client: Client, editie: Editie):
    vorige = Editie.objects.filter(actief=True).first()
    return client.post(reverse("editie", args=[editie.pk]), {"vorige": vorige.pk if vorige else ""})


def test_what_would_change_is_shown_and_nothing_is_done(net, cast, nieuw):
    make_team("Team wijk", ("wijk", "WK039700"), gemeente=net.heemstede)
    response = client_of(cast.fenna).get(reverse("editie", args=[nieuw.pk]))
    page = response.content.decode()
    redenen = {(regel.gebied, reden) for regel, _, reden in response.context["regels"]}
    assert ("WK039700", "bestaat niet meer") in redenen
    assert ("WK039205", "heeft een andere grens en heeft een andere naam") in redenen
    ((_, gevolg),) = [paar for paar in response.context["gevolgen"] if paar[0] == net.regio]
    assert gevolg.adressen == 60  # 40 of 2037XX, and 20 of 2101AA that lose their wijk
    assert "Team wijk" in page
    assert not Editie.objects.get(pk=nieuw.pk).actief
    assert not Gebeurtenis.objects.filter(soort="editie_geactiveerd").exists()


def test_it_becomes_active_once(net, cast, nieuw):
    fenna = client_of(cast.fenna)
    for _ in range(2):
        assert activate(fenna, nieuw).status_code == 302
    assert Editie.objects.get(pk=nieuw.pk).actief
    assert Gebeurtenis.objects.filter(soort="editie_geactiveerd").count() == 1


def test_when_another_became_active_it_must_be_seen_again(net, cast, nieuw):
    response = client_of(cast.fenna).post(reverse("editie", args=[nieuw.pk]), {"vorige": "0"})
    assert response.status_code == 409
    assert Editie.objects.get(actief=True) == net.editie


def test_an_editie_that_is_not_loaded_cannot_become_active(net, cast):
    leeg = EditieFactory.create(jaar=2026, status="mislukt")
    assert "kan niet actief worden" in client_of(cast.fenna).get(reverse("editie", args=[leeg.pk])).content.decode()
    activate(client_of(cast.fenna), leeg)
    assert Editie.objects.get(actief=True) == net.editie


def test_a_regiocoordinator_may_when_no_other_region_is_touched(net, cast, nieuw):
    rea = client_of(cast.rea)
    GemeenteFactory.create(code="GM0858", naam="Elders", regio=RegioFactory.create(naam="Elders"))
    assert activate(rea, nieuw).status_code == 403
    assert "functioneel beheer maakt een editie actief" in rea.get(reverse("editie", args=[nieuw.pk])).content.decode()
    assert not Editie.objects.get(pk=nieuw.pk).actief


@pytest.mark.parametrize(("wie", "status"), [("zoe", 403), ("cora", 403), ("gerda", 403), ("rea", 200), ("fenna", 200)])
def test_who_may_look(cast, nieuw, wie, status):
    assert client_of(getattr(cast, wie)).get(reverse("edities")).status_code == status
    assert client_of(getattr(cast, wie)).get(reverse("editie", args=[nieuw.pk])).status_code == status


def test_what_was_touched_stays_open_until_somebody_looked(net, cast, nieuw):
    vervallen = make_team("Team wijk", ("wijk", "WK039700"), gemeente=net.heemstede).werkgebieden.get()
    gewijzigd = net.schalkwijk.werkgebieden.get()
    assert open_points([net.regio.pk]) == []
    activate(client_of(cast.fenna), nieuw)
    rea = client_of(cast.rea)
    assert {punt.werkgebied.pk for punt in open_points([net.regio.pk])} >= {vervallen.pk, gewijzigd.pk}
    assert "Wijkteam Schalkwijk" in rea.get(reverse("netwerk-nakijken")).content.decode()
    for _ in range(2):
        assert rea.post(reverse("netwerk-nagekeken", args=[gewijzigd.pk])).status_code == 302
    rea.post(reverse("netwerk-nagekeken", args=[vervallen.pk]))
    assert Nazicht.objects.filter(werkgebied=gewijzigd, editie=nieuw).count() == 1
    assert Gebeurtenis.objects.filter(soort="werkgebied_nagekeken", onderwerp_id=gewijzigd.pk).count() == 1
    open_ids = {punt.werkgebied.pk for punt in open_points([net.regio.pk])}
    assert gewijzigd.pk not in open_ids
    assert vervallen.pk in open_ids  # an area that is not there cannot be right
    type(vervallen).objects.filter(pk=vervallen.pk).update(tot=today())
    assert vervallen.pk not in {punt.werkgebied.pk for punt in open_points([net.regio.pk])}


def test_a_rule_that_came_after_the_editie_is_not_open(net, cast, nieuw):
    activate(client_of(cast.fenna), nieuw)
    later = make_team("Team later", ("buurt", "BU03920501"), gemeente=net.haarlem).werkgebieden.get()
    type(later).objects.filter(pk=later.pk).update(van=today() + timedelta(days=1))
    assert later.pk not in {punt.werkgebied.pk for punt in open_points([net.regio.pk])}


def test_another_region_marks_nothing(net, cast):
    regel = net.schalkwijk.werkgebieden.get()
    assert client_of(cast.rik).post(reverse("netwerk-nagekeken", args=[regel.pk])).status_code == 404
    assert open_points([10**6]) == []


def test_the_database_holds_one_mark_per_editie(net, cast):
    velden = {"werkgebied": net.schalkwijk.werkgebieden.get(), "editie": net.editie, "door": cast.rea, "op": now()}
    Nazicht.objects.create(**velden)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nazicht.objects.create(**velden)


def test_the_lists_ask_as_much_for_many_as_for_few(net, cast, nieuw):
    rea = client_of(cast.rea)

    def count(naam: str) -> int:
        rea.get(reverse(naam))
        with CaptureQueriesContext(connection) as queries:
            assert rea.get(reverse(naam)).status_code == 200
        return len(queries)

    activate(client_of(cast.fenna), nieuw)
    few = [count(naam) for naam in ("edities", "netwerk-nakijken")]
    for n in range(15):
        EditieFactory.create(jaar=2010 + n)
        make_team(f"Team {n}", gemeente=net.haarlem)
    for n, sector in enumerate(("po", "so", "vo", "vso", "pro", "mbo")):
        regel = make_team(f"Sector {n}", gemeente=net.haarlem)
        regel.werkgebieden.create(soort="wijk", gebied="WK039205", sector=sector)
    assert len(open_points([net.regio.pk])) > 6
    assert [count(naam) for naam in ("edities", "netwerk-nakijken")] == few
