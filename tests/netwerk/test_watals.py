"""'Wat als?': a draft is tried without a trace, and applied once, only as it was seen."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gebieden.models import Editie
from kern.models import Gebeurtenis, Melding
from tests.factories.casussen import NU, VANDAAG, Wereld, make_wereld
from tests.factories.netwerk import EditieFactory, LeerlingFactory, VoorstelFactory, make_register, make_team, make_wijk
from tests.factories.toegang import client_of
from wijkteams.actions.voorstellen import activate_planned
from wijkteams.models import Voorstel, VoorstelRegel, Werkgebied
from wijkteams.routering import route_address

STRAKS = VANDAAG + timedelta(days=30)


@pytest.fixture
def wereld(db: None) -> Iterator[Wereld]:
    with time_machine.travel(NU, tick=False):
        yield make_wereld()


@pytest.fixture
def rea(wereld: Wereld) -> Client:
    return client_of(wereld.cast.rea)


@pytest.fixture
def voorstel(wereld: Wereld) -> Voorstel:
    return VoorstelFactory.create(regio=wereld.net.regio, gemaakt_door=wereld.cast.rea, naam="Schuiven", ingaat_op=STRAKS)


def team_of(postcode: str, nummer: int, op: date) -> str:
    route = route_address(postcode=postcode, huisnummer=nummer, sector="vo", peildatum=op)
    return route.wijkteam.naam if route.wijkteam else route.uitkomst.value


def url(naam: str, voorstel: Voorstel, *rest: int) -> str:
    return reverse(f"watals-{naam}", args=[voorstel.pk, *rest])


def look(rea: Client, voorstel: Voorstel):
    """The effect as it is shown, and the fingerprint that goes with it."""
    response = rea.get(url("gevolg", voorstel))
    assert response.status_code == 200, response.content.decode()
    return response.context["gevolg"], response.context["gezien"]


def move_molenwijk(wereld: Wereld, voorstel: Voorstel) -> None:
    """Buurt Molenwijk goes from Schalkwijk to Haarlemmerhout."""
    VoorstelRegel.objects.create(voorstel=voorstel, wijkteam=wereld.net.centrum, soort="buurt", gebied="BU03920502")


def test_a_boundary_moves_from_the_day_that_was_chosen(wereld, rea, voorstel):
    response = rea.post(
        url("regel", voorstel),
        {
            "wijkteam": wereld.net.centrum.pk, "soort": "buurt", "gebied": "Molenwijk", "sector": "*", "nummer_van": 1,
            "nummer_tot_en_met": 99999, "zijde": "beide", "leeftijd_van": 0, "leeftijd_tot": 150,
        },
    )  # fmt: skip
    assert response.status_code == 302, response.context["form"].errors
    before = list(Werkgebied.objects.order_by("pk").values())
    gevolg, gezien = look(rea, voorstel)
    assert gevolg.adressen == 20  # the odd numbers of 2037XX
    assert {(t.naam, t.adressen_na - t.adressen_voor) for t in gevolg.teams_anders} == {
        ("Wijkteam Schalkwijk", -20),
        ("Wijkteam Haarlemmerhout", 20),
    }
    assert list(Werkgebied.objects.order_by("pk").values()) == before
    assert rea.post(url("toepassen", voorstel), {"gezien": gezien}).status_code == 302
    assert team_of("2037XX", 1, STRAKS - timedelta(days=1)) == "Wijkteam Schalkwijk"
    assert team_of("2037XX", 1, STRAKS) == "Wijkteam Haarlemmerhout"
    assert team_of("2037XX", 2, STRAKS) == "Wijkteam Schalkwijk"
    voorstel.refresh_from_db()
    assert voorstel.status == "toegepast"


def test_two_clicks_apply_once(wereld, rea, voorstel):
    move_molenwijk(wereld, voorstel)
    _, gezien = look(rea, voorstel)
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    after = Werkgebied.objects.count(), Gebeurtenis.objects.count(), Melding.objects.count()
    assert rea.post(url("toepassen", voorstel), {"gezien": gezien}).status_code == 302
    assert (Werkgebied.objects.count(), Gebeurtenis.objects.count(), Melding.objects.count()) == after
    assert Gebeurtenis.objects.filter(soort="voorstel_toegepast").count() == 1


@pytest.mark.parametrize("verander", ["netwerk", "voorstel", "team", "editie", "niets_gezien"])
def test_what_changed_since_must_be_looked_at_again(wereld, rea, voorstel, verander):
    move_molenwijk(wereld, voorstel)
    _, gezien = look(rea, voorstel)
    match verander:
        case "netwerk":
            Werkgebied.objects.filter(wijkteam=wereld.net.team_heemstede).update(toelichting="anders")
        case "voorstel":
            VoorstelRegel.objects.filter(voorstel=voorstel).update(leeftijd_tot=18)
        case "team":
            type(wereld.net.centrum).objects.filter(pk=wereld.net.centrum.pk).update(geldig_tot=STRAKS + timedelta(days=9))
        case "editie":
            Editie.objects.update(actief=False)
            EditieFactory.create(jaar=2026, actief=True)
        case _:
            gezien = ""
    before = Werkgebied.objects.count()
    response = rea.post(url("toepassen", voorstel), {"gezien": gezien})
    assert response.status_code == 409
    assert url("gevolg", voorstel) in response.content.decode()
    voorstel.refresh_from_db()
    assert (voorstel.status, Werkgebied.objects.count()) == ("concept", before)


def test_a_clash_is_told_at_its_row(wereld, rea, voorstel):
    regel = VoorstelRegel.objects.create(voorstel=voorstel, wijkteam=wereld.net.centrum, soort="wijk", gebied="WK039205")
    response = rea.get(url("gevolg", voorstel))
    assert response.status_code == 422
    (rij,) = response.context["regels"]
    assert rij["pk"] == regel.pk
    assert any("Wijkteam Schalkwijk" in bezwaar for bezwaar in rij["bezwaren"])
    assert "Botst met Wijkteam Schalkwijk" in response.content.decode()


def test_two_rows_of_one_draft_that_clash_say_so(wereld, rea, voorstel):
    for team in (wereld.net.centrum, wereld.net.schalkwijk):
        VoorstelRegel.objects.create(voorstel=voorstel, wijkteam=team, soort="buurt", gebied="BU03920502")
    response = rea.get(url("gevolg", voorstel))
    assert [bool(rij["bezwaren"]) for rij in response.context["regels"]] == [False, True]


def test_two_teams_change_areas_in_one_go(wereld, rea, voorstel):
    """All ends come before all beginnings, so that an exchange does not clash with itself."""
    schalkwijk, centrum = wereld.net.schalkwijk.werkgebieden.get(), wereld.net.centrum.werkgebieden.get()
    for oud, team in ((schalkwijk, wereld.net.centrum), (centrum, wereld.net.schalkwijk)):
        VoorstelRegel.objects.create(voorstel=voorstel, werkgebied=oud, wijkteam=team, soort=oud.soort, gebied=oud.gebied)
    _, gezien = look(rea, voorstel)
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    assert team_of("2037RB", 12, STRAKS) == "Wijkteam Haarlemmerhout"
    assert team_of("2034AA", 21, STRAKS) == "Wijkteam Schalkwijk"


def test_a_rule_that_ends_leaves_a_hole_that_is_shown(wereld, rea, voorstel):
    regel = wereld.net.team_heemstede.werkgebieden.get()
    rea.post(url("beeindigen", voorstel), {"werkgebied": regel.pk})
    gevolg, gezien = look(rea, voorstel)
    assert [gat.buurt for gat in gevolg.gaten_nieuw] == ["Heemstede-Centrum"]
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    regel.refresh_from_db()
    assert regel.tot == STRAKS


def test_pupils_and_casussen_that_move_are_counted_and_their_school_is_told(wereld, rea, voorstel):
    casus = wereld.casus()  # of a pupil in Boerhaavewijk
    LeerlingFactory.create(vestiging=casus.vestiging, postcode="2037RB", huisnummer=14, sector="vo")
    VoorstelRegel.objects.create(voorstel=voorstel, wijkteam=wereld.net.centrum, soort="buurt", gebied="BU03920501")
    gevolg, gezien = look(rea, voorstel)
    (school,) = gevolg.scholen
    assert (school.school_id, school.leerlingen, school.ander_team, school.casussen) == (casus.school_id, 2, 2, 1)
    (verplaatst,) = gevolg.casussen
    assert (verplaatst.nummer, verplaatst.van, verplaatst.naar) == (
        casus.nummer,
        "Wijkteam Schalkwijk",
        "Wijkteam Haarlemmerhout",
    )
    assert not Melding.objects.filter(soort="netwerk_route").exists()
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    assert set(Melding.objects.filter(soort="netwerk_route").values_list("ontvanger_id", flat=True)) == {wereld.cast.zoe.pk}
    casus.refresh_from_db()
    assert casus.wijkteam == wereld.net.schalkwijk


def test_another_editie_is_tried_and_becomes_active_on_its_day(wereld, rea):
    nieuw = EditieFactory.create(jaar=2026, adressen=40)
    make_wijk(nieuw, "039205", "Schalkwijk", ("01", "Boerhaavewijk"))
    make_wijk(nieuw, "039201", "Haarlemmerhoutkwartier", ("01", "Haarlemmerhout"))
    make_register(nieuw, {("2037RB", "03920101"): range(1, 41)})
    response = rea.post(reverse("watals-nieuw"), {"naam": "Nieuw register", "ingaat_op": STRAKS.isoformat(), "editie": nieuw.pk})
    voorstel = Voorstel.objects.get()
    assert response.url == url("voorstel", voorstel)
    gevolg, gezien = look(rea, voorstel)
    assert gevolg.adressen == 40
    assert not Editie.objects.get(pk=nieuw.pk).actief
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    assert Voorstel.objects.get().status == "gepland"
    assert activate_planned(now=NU + timedelta(days=29)) == 0
    assert not Editie.objects.get(pk=nieuw.pk).actief
    assert activate_planned(now=NU + timedelta(days=31)) == 1
    assert activate_planned(now=NU + timedelta(days=31)) == 0
    assert Editie.objects.get(pk=nieuw.pk).actief
    assert Voorstel.objects.get().status == "toegepast"


def test_an_editie_that_cannot_become_active_says_so_and_is_tried_again(wereld):
    leeg = EditieFactory.create(jaar=2026, status="mislukt")
    VoorstelFactory.create(
        regio=wereld.net.regio, gemaakt_door=wereld.cast.rea, editie=leeg, status="gepland", ingaat_op=VANDAAG,
        toegepast_op=NU, toegepast_door=wereld.cast.rea,
    )  # fmt: skip
    for _ in range(2):
        assert activate_planned(now=NU) == 0
    assert "niet helemaal geladen" in Voorstel.objects.get().fout
    assert Gebeurtenis.objects.filter(soort="voorstel_editie_mislukt").count() == 1


def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(wereld, rea, voorstel):
    response = rea.post(reverse("watals-nieuw"), {"naam": "Terug in de tijd", "ingaat_op": "2020-01-01"})
    assert response.status_code == 422
    assert "terugwerkende kracht" in response.content.decode()
    assert "Terug in de tijd" in response.content.decode()
    regel = {"wijkteam": wereld.net.centrum.pk, "soort": "wijk", "sector": "*", "nummer_van": 1, "nummer_tot_en_met": 99999}
    regel |= {"zijde": "even", "leeftijd_van": 0, "leeftijd_tot": 150, "gebied": "GM0534"}
    response = rea.post(url("regel", voorstel), regel)
    assert response.status_code == 422
    assert "gebied" in response.context["form"].errors
    response = rea.post(url("regel", voorstel), regel | {"gebied": "WK039205"})
    assert "soort" in response.context["form"].errors  # a side belongs to house numbers only
    response = rea.post(url("regel", voorstel), regel | {"gebied": "WK053400", "zijde": "beide"})
    assert "ligt niet in uw regio" in response.content.decode()
    assert not voorstel.regels.exists()


def test_what_was_applied_can_not_change_any_more(wereld, rea, voorstel):
    move_molenwijk(wereld, voorstel)
    _, gezien = look(rea, voorstel)
    rea.post(url("toepassen", voorstel), {"gezien": gezien})
    rea.post(url("beeindigen", voorstel), {"werkgebied": wereld.net.team_heemstede.werkgebieden.get().pk})
    rea.post(url("regel-weg", voorstel), {"regel": voorstel.regels.get().pk})
    rea.post(url("intrekken", voorstel))
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.regels.count()) == ("toegepast", 1)


def test_a_number_without_end_is_no_rule(wereld, rea, voorstel):
    endless = "9" * 5_000
    assert rea.post(url("beeindigen", voorstel), {"werkgebied": endless}).status_code == 404
    assert rea.post(url("regel-weg", voorstel), {"regel": endless}).status_code == 302


def test_another_region_has_its_own_drafts_and_rules(wereld, rea, voorstel):
    rik = client_of(wereld.cast.rik)
    assert rik.get(url("voorstel", voorstel)).status_code == 404
    elders = make_team("Wijkteam Elders", ("gemeente", "GM0534"), gemeente=wereld.net.hillegom)
    assert rea.post(url("beeindigen", voorstel), {"werkgebied": elders.werkgebieden.get().pk}).status_code == 404
    assert "Schuiven" not in rik.get(reverse("watals")).content.decode()


@pytest.mark.parametrize(
    "velden",
    [
        {"werkgebied": None, "wijkteam": None},
        {"gebied": "", "soort": "wijk"},
        {"soort": "", "gebied": "WK039205"},
    ],
)
def test_the_database_refuses_a_row_that_says_nothing(wereld, voorstel, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        VoorstelRegel.objects.create(**{"voorstel": voorstel, "wijkteam": wereld.net.centrum, **velden})


@pytest.mark.parametrize("velden", [{"status": "toegepast"}, {"status": "gepland"}, {"status": "iets"}, {"toegepast_op": NU}])
def test_the_database_refuses_a_draft_that_contradicts_itself(wereld, voorstel, velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        Voorstel.objects.filter(pk=voorstel.pk).update(**velden)


def test_a_rule_ends_only_once_in_a_draft(wereld, voorstel):
    regel = wereld.net.schalkwijk.werkgebieden.get()
    VoorstelRegel.objects.create(voorstel=voorstel, werkgebied=regel)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoorstelRegel.objects.create(voorstel=voorstel, werkgebied=regel)


def test_the_lists_ask_as_much_for_many_as_for_few(wereld, rea, voorstel):
    def count(address: str) -> int:
        rea.get(address)  # the first visit also fetches what the session keeps
        with CaptureQueriesContext(connection) as queries:
            assert rea.get(address).status_code == 200
        return len(queries)

    move_molenwijk(wereld, voorstel)
    addresses = [reverse("watals"), url("kiezen", voorstel), url("voorstel", voorstel)]
    few = [count(address) for address in addresses]
    for n in range(20):
        VoorstelFactory.create(regio=wereld.net.regio, gemaakt_door=wereld.cast.rea)
        regel = make_team(f"Team {n}", ("pc6", f"2037A{chr(65 + n)}"), gemeente=wereld.net.haarlem).werkgebieden.get()
        VoorstelRegel.objects.create(voorstel=voorstel, werkgebied=regel)
    assert [count(address) for address in addresses] == few
