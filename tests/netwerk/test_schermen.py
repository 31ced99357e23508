"""The pages of the network: what comes first, every change seen before it is made, and nobody in somebody else's team."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casussen.contacten import name_until
from casussen.keuzes import Status
from casussen.models import Consult
from kern.klok import today
from kern.models import Gebeurtenis, Melding
from portal.netwerk.forms import GEEN_COLLEGA
from tests.consult.maken import ask
from tests.factories.casussen import MDO, Wereld, colleague, make_wereld
from tests.factories.netwerk import (
    AanspreekpuntFactory,
    AfwezigheidFactory,
    ContactpersoonFactory,
    LeerlingFactory,
    SchoolFactory,
    WerkgebiedFactory,
    make_team,
)
from tests.factories.toegang import client_of
from tests.netwerk.foto import een_foto
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam


@pytest.fixture
def wereld(db: None) -> Wereld:
    return make_wereld()


@pytest.fixture
def rea(wereld):
    return client_of(wereld.cast.rea)


@pytest.fixture
def cora(wereld):
    return client_of(wereld.cast.cora)


def regel_form(wereld: Wereld, **velden: Any) -> dict[str, Any]:
    return {
        "wijkteam": wereld.net.schalkwijk.pk,
        "soort": "gemeente",
        "gebied": "GM0392",
        "sector": "*",
        "nummer_van": 1,
        "nummer_tot_en_met": 99999,
        "zijde": "beide",
        "leeftijd_van": 0,
        "leeftijd_tot": 150,
        "van": today().isoformat(),
        **velden,
    }


def look(client, url: str, data: dict[str, Any]) -> Any:
    return client.post(url, {**data, "stap": "gevolgen"})


def do(client, url: str, data: dict[str, Any]) -> Any:
    """Look, and then do what was seen."""
    seen = look(client, url, data)
    assert seen.status_code == 200, seen.context["form"].errors
    return client.post(url, {**data, "stap": "doorvoeren", "gezien": seen.context["afdruk"]})


def text(response) -> str:
    return " ".join(response.content.decode().split())


class TestStart:
    def test_what_needs_attention_comes_first(self, wereld, rea):
        Werkgebied.objects.filter(wijkteam=wereld.net.centrum).delete()
        make_team("Wijkteam Zonder", contact=None, gemeente=wereld.net.haarlem)
        Contactpersoon.objects.update(geverifieerd_op=today())
        Contactpersoon.objects.filter(pk=wereld.cora.pk).update(geverifieerd_op=today() - timedelta(days=190))
        AfwezigheidFactory.create(contactpersoon=wereld.wim, van=today(), tot_en_met=today())
        AanspreekpuntFactory.create(wijkteam=wereld.net.schalkwijk, contactpersoon=wereld.wim, school=wereld.net.school)
        page = rea.get(reverse("netwerk"))
        b = page.context["b"]
        assert [gat.buurt for gat in b.gaten] == ["Haarlemmerhout"]
        assert [team.naam for team in b.zonder_mens] == ["Team B", "Wijkteam Zonder"]
        assert [(a.persoon.naam, a.vervanger, a.scholen) for a in b.afwezig] == [("Wim Wijkteam", None, ("Voorbeeldcollege",))]
        assert b.ongeverifieerd == 1
        content = text(page)
        assert content.index("Gaten") < content.index("Gemeenten en wijkteams")
        assert "Elke school met leerlingen in het gebied van dit team merkt dit." in content
        assert "vast aanspreekpunt: Voorbeeldcollege" in content

    def test_who_left_with_work_and_who_is_about_to(self, wereld, rea):
        wereld.casus(Status.ONTVANGEN)
        Contactpersoon.objects.filter(pk=wereld.wim.pk).update(in_dienst_tot=today())
        Contactpersoon.objects.filter(pk=wereld.cora.pk).update(in_dienst_tot=today() + timedelta(days=20))
        b = rea.get(reverse("netwerk")).context["b"]
        assert [(v.persoon.naam, v.nog) for v in b.achtergebleven] == [("Wim Wijkteam", "1 open casus en 1 aanspreekpunt")]
        assert [v.persoon.naam for v in b.vertrekt] == ["Cora Coördinator"]

    def test_crossing_borders_are_worth_a_look(self, wereld, rea):
        WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="pc4", gebied="2037")
        b = rea.get(reverse("netwerk")).context["b"]
        assert {(o.winnaar, o.ander) for o in b.overlap} == {("Wijkteam Haarlemmerhout", "Wijkteam Schalkwijk")}

    def test_a_coordinator_sees_the_own_team_only(self, wereld, cora):
        Werkgebied.objects.filter(wijkteam=wereld.net.centrum).delete()
        page = cora.get(reverse("netwerk"))
        assert [team.naam for team in page.context["page"].object_list] == ["Wijkteam Schalkwijk"]
        assert page.context["b"].gaten == []
        assert "Haarlemmerhout" not in text(page)

    def test_the_number_of_queries_does_not_grow(self, wereld, rea, django_assert_num_queries):
        rea.get(reverse("netwerk"))  # the session is written once
        for size in (range(1, 5), range(5, 16)):
            for n in size:
                team = make_team(f"Wijkteam Extra {n}", gemeente=wereld.net.haarlem)
                wie = ContactpersoonFactory.create(wijkteam=team, in_dienst_tot=today() + timedelta(days=n - 2))
                AanspreekpuntFactory.create(wijkteam=team, contactpersoon=wie, school=SchoolFactory.create())
                AfwezigheidFactory.create(contactpersoon=wie, van=today(), tot_en_met=today())
                WerkgebiedFactory.create(wijkteam=team, soort="buurt", gebied=f"BU0392{n:04d}")
            with django_assert_num_queries(QUERIES["start"]):
                assert len(rea.get(reverse("netwerk")).context["b"].afwezig) > 1


#: Fixed at two sizes, see the tests that use them.
#: On the start page and the page of a departure one of them counts or names the anonymous consulten.
QUERIES = {"start": 35, "team": 19, "mensen": 7, "vertrek": 17}


class TestLists:
    def test_team_and_people_take_as_many_queries_at_any_size(self, wereld, rea, django_assert_num_queries):
        urls = {"team": reverse("netwerk-team", args=[wereld.net.schalkwijk.pk]), "mensen": reverse("netwerk-mensen")}
        rea.get(urls["mensen"])  # the session is written once
        for size in (range(2), range(2, 15)):
            for n in size:
                wie = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk)
                AanspreekpuntFactory.create(wijkteam=wereld.net.schalkwijk, contactpersoon=wie, school=SchoolFactory.create())
                AfwezigheidFactory.create(contactpersoon=wie, van=today(), tot_en_met=today(), vervanger=wereld.cora)
                WerkgebiedFactory.create(wijkteam=wereld.net.schalkwijk, soort="buurt", gebied=f"BU0392{n:04d}")
            for naam, url in urls.items():
                with django_assert_num_queries(QUERIES[naam]):
                    rea.get(url)

    def test_who_was_not_looked_at_can_be_verified_with_one_button(self, wereld, cora):
        Contactpersoon.objects.filter(wijkteam=wereld.net.schalkwijk).exclude(pk=wereld.wim.pk).update(geverifieerd_op=today())
        url = f"{reverse('netwerk-mensen')}?wat=ongeverifieerd"
        assert [mens.naam for mens in cora.get(url).context["page"].object_list] == ["Wim Wijkteam"]
        cora.post(reverse("netwerk-persoon-verifieren", args=[wereld.wim.pk]))
        assert list(cora.get(url).context["page"].object_list) == []


class TestChange:
    def test_first_the_effect_then_the_change(self, wereld, rea):
        """Boerhaavewijk to the other team: address, pupil and casus are counted; nothing is changed by looking."""
        LeerlingFactory.create(vestiging=wereld.net.vestiging)
        casus = wereld.casus(Status.ONTVANGEN)
        url = reverse("netwerk-regel-nieuw")
        data = regel_form(wereld, wijkteam=wereld.net.centrum.pk, soort="buurt", gebied="Boerhaavewijk")
        before = (Werkgebied.objects.count(), Gebeurtenis.objects.count(), Melding.objects.count())
        seen = look(rea, url, data)
        assert (Werkgebied.objects.count(), Gebeurtenis.objects.count(), Melding.objects.count()) == before
        gevolg = seen.context["gevolg"]
        assert gevolg.adressen > 40
        assert gevolg.aantal_leerlingen == 2
        assert [c.nummer for c in gevolg.casussen] == [casus.nummer]
        content = text(seen)
        assert "Voorbeeldcollege: 2 leerlingen, 1 open casus" in content
        assert "Testleerling" not in content
        done = rea.post(url, {**data, "stap": "doorvoeren", "gezien": seen.context["afdruk"]})
        assert done.status_code == 302
        assert Werkgebied.objects.get(wijkteam=wereld.net.centrum, soort="buurt").gebied == "BU03920501"
        told = Melding.objects.filter(soort="netwerk_route", kanaal="mail")
        assert [melding.ontvanger for melding in told] == [wereld.cast.zoe]

    def test_doing_without_having_looked_shows_the_effect_first(self, wereld, rea):
        url = reverse("netwerk-regel-nieuw")
        data = regel_form(wereld, soort="buurt", gebied="BU03970001")
        for gezien in ("", "iets-anders"):
            answer = rea.post(url, {**data, "stap": "doorvoeren", "gezien": gezien})
            assert answer.status_code == 200
            assert answer.context["intussen_anders"]
        assert not Werkgebied.objects.filter(gebied="BU03970001").exists()

    def test_when_the_network_changed_in_between_the_effect_is_shown_anew(self, wereld, rea):
        url = reverse("netwerk-regel-nieuw")
        data = regel_form(wereld, wijkteam=wereld.net.centrum.pk, soort="buurt", gebied="BU03920501")
        seen = look(rea, url, data)
        WerkgebiedFactory.create(wijkteam=wereld.net.centrum, soort="pc6", gebied="2037RB")
        again = rea.post(url, {**data, "stap": "doorvoeren", "gezien": seen.context["afdruk"]})
        assert (again.status_code, again.context["intussen_anders"]) == (200, True)

    def test_a_clash_is_told_at_the_field_and_what_was_typed_stays(self, wereld, rea):
        data = regel_form(wereld, wijkteam=wereld.net.centrum.pk, soort="wijk", gebied="WK039205", toelichting="proef")
        answer = look(rea, reverse("netwerk-regel-nieuw"), data)
        assert answer.status_code == 422
        assert "Botst met Wijkteam Schalkwijk" in " ".join(answer.context["form"].errors["gebied"])
        assert 'value="proef"' in text(answer)

    def test_an_area_by_name_or_not_at_all(self, wereld, rea):
        answer = look(rea, reverse("netwerk-regel-nieuw"), regel_form(wereld, soort="buurt", gebied="Nergenshuizen"))
        assert "geen gebied met de naam Nergenshuizen" in " ".join(answer.context["form"].errors["gebied"])

    def test_a_hole_is_closed_from_its_own_link(self, wereld, rea):
        Werkgebied.objects.filter(wijkteam=wereld.net.centrum).delete()
        (rij,) = rea.get(reverse("netwerk-gaten")).context["rijen"]
        form = rea.get(rij["url"]).context["form"]
        assert (form["soort"].value(), form["gebied"].value()) == ("buurt", "BU03920101")
        data = regel_form(wereld, wijkteam=wereld.net.centrum.pk, soort="buurt", gebied="BU03920101")
        assert "1 gat wordt gedicht" in text(look(rea, rij["url"], data))
        assert do(rea, rij["url"], data).status_code == 302
        assert rea.get(reverse("netwerk-gaten")).context["totaal"] == 0

    def test_twice_the_same_click_makes_one(self, wereld, rea):
        url = reverse("netwerk-regel-nieuw")
        data = regel_form(wereld, wijkteam=wereld.net.centrum.pk, soort="buurt", gebied="BU03920501")
        seen = look(rea, url, data)
        for status in (302, 422):
            assert rea.post(url, {**data, "stap": "doorvoeren", "gezien": seen.context["afdruk"]}).status_code == status
        assert Werkgebied.objects.filter(gebied="BU03920501").count() == 1


class TestPeople:
    def test_a_new_colleague_with_a_face(self, wereld, cora, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        foto = SimpleUploadedFile("vakantie.png", een_foto(), "image/png")
        url = reverse("netwerk-persoon-nieuw", args=[wereld.net.schalkwijk.pk])
        assert cora.post(url, {"naam": "Nora Nieuw", "functie": "coach", "foto": foto}).status_code == 302
        nora: Any = Contactpersoon.objects.get(naam="Nora Nieuw")
        assert (nora.wijkteam, nora.geverifieerd_op, nora.foto.name.endswith(".jpg")) == (wereld.net.schalkwijk, today(), True)
        assert "vakantie" not in nora.foto.name

    def test_what_is_no_photo_is_refused_at_the_field(self, wereld, cora):
        url = reverse("netwerk-persoon-wijzigen", args=[wereld.wim.pk])
        answer = cora.post(url, {"naam": "Wim", "foto": SimpleUploadedFile("x.png", b"geen foto", "image/png")})
        assert answer.status_code == 422
        assert "foto" in answer.context["form"].errors

    def test_away_with_a_deputy(self, wereld, cora):
        url = reverse("netwerk-afwezig", args=[wereld.wim.pk])
        data = {"van": today().isoformat(), "tot_en_met": today().isoformat(), "vervanger": wereld.cora.pk}
        assert do(cora, url, data).status_code == 302
        row = Afwezigheid.objects.get(contactpersoon=wereld.wim)
        assert row.vervanger == wereld.cora
        assert cora.post(reverse("netwerk-weer-terug", args=[row.pk])).status_code == 302
        assert not Afwezigheid.objects.exists()

    def test_leaving_is_one_screen(self, wereld, cora):
        nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
        casus = wereld.casus(Status.ONTVANGEN)
        url = reverse("netwerk-vertrek", args=[wereld.wim.pk])
        page = text(cora.get(url))
        assert reverse("casus", args=[casus.nummer]) in cora.get(url).content.decode()
        assert f"{casus.nummer} · Voorbeeld Testleerling" in page
        assert "Volgende stap: Wijkteam Schalkwijk" in page
        day = (today() + timedelta(days=10)).isoformat()
        refused = look(cora, url, {"in_dienst_tot": day})
        assert "Kies wie dat overneemt" in " ".join(refused.context["form"].errors["opvolger"])
        assert do(cora, url, {"in_dienst_tot": day, "opvolger": nico.pk}).status_code == 302
        casus.refresh_from_db()
        assert casus.behandelaar == nico
        assert Aanspreekpunt.objects.filter(contactpersoon=nico).exists()
        assert "werkt hier tot" in text(cora.get(reverse("netwerk-mensen") + "?wat=vertrek"))

    def test_the_preview_says_who_gets_what_and_when(self, wereld, cora):
        """Wim is no aanspreekpunt: no route changes, but his casussen do, and at once."""
        Aanspreekpunt.objects.update(contactpersoon=wereld.cora)
        nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
        own, other = wereld.casus(Status.IN_BEHANDELING), wereld.casus(Status.ONTVANGEN, leerlingnummer="A2")
        wereld.do("mdo_plannen", own, "wim", **MDO)
        consult = ask(wereld)
        Consult.objects.update(aanspreekpunt=wereld.wim)
        url = reverse("netwerk-vertrek", args=[wereld.wim.pk])
        day = (today() + timedelta(days=10)).isoformat()
        data = {"in_dienst_tot": day, "opvolger": nico.pk, f"casus_{other.nummer}": wereld.cora.pk}
        seen = look(cora, url, data)
        page = text(seen)
        assert "Dit zijn de gevolgen</h2>" in page
        assert "Meteen, zodra u doorvoert" in page
        told = f"krijgt casus {own.nummer}, met 1 gepland overleg; anoniem overleg {consult.nummer}."
        assert f"<strong>Nico Nieuw</strong> {told}" in page
        assert f"<strong>Cora Coördinator</strong> krijgt casus {other.nummer}" in page
        assert "Geen adres, leerling of open casus krijgt" not in page
        assert "Geen adres of leerling krijgt een ander team of een ander aanspreekpunt" in page
        more = ask(wereld)
        Consult.objects.filter(pk=more.pk).update(aanspreekpunt=wereld.wim)
        again = cora.post(url, {**data, "stap": "doorvoeren", "gezien": seen.context["afdruk"]})
        assert again.context["intussen_anders"]
        assert more.nummer in text(again)

    def test_the_preview_names_what_changes_on_the_last_day(self, wereld, cora):
        nico = ContactpersoonFactory.create(wijkteam=wereld.net.schalkwijk, naam="Nico Nieuw", user=None, functie="")
        day = today() + timedelta(days=10)
        url = reverse("netwerk-vertrek", args=[wereld.wim.pk])
        wereld.casus(Status.ONTVANGEN)
        page = text(look(cora, url, {"in_dienst_tot": day.isoformat(), "opvolger": nico.pk}))
        assert "Aanspreekpunt voor het hele team: <strong>Nico Nieuw</strong>" in page
        assert "Nico Nieuw (geen account)" in page
        assert "Nico Nieuw heeft geen account en kan het portaal niet lezen" in page

    def test_a_colleague_who_leaves_is_marked_and_refused_with_a_reason(self, wereld, cora):
        nico = colleague(wereld.net.schalkwijk, "Nico Nieuw")[0]
        nico.in_dienst_tot = today() + timedelta(days=5)
        nico.save()
        casus = wereld.casus(Status.ONTVANGEN)
        url = reverse("netwerk-vertrek", args=[wereld.wim.pk])
        assert name_until(nico).removeprefix("Nico Nieuw (").removesuffix(")") in text(cora.get(url))
        data = {"in_dienst_tot": (today() + timedelta(days=10)).isoformat(), "opvolger": wereld.cora.pk}
        for veld in ("opvolger", f"casus_{casus.nummer}"):
            refused = look(cora, url, {**data, veld: nico.pk})
            assert refused.status_code == 422
            assert "werkt hier dan zelf niet meer" in " ".join(refused.context["form"].errors[veld])
            gone = look(cora, url, {**data, veld: wereld.wim.pk})
            assert gone.context["form"].errors[veld] == [GEEN_COLLEGA]

    def test_after_care_and_consulten_stand_on_the_form(self, wereld, cora):
        closed, consult = wereld.casus(Status.AFGESLOTEN), ask(wereld)
        page = text(cora.get(reverse("netwerk-vertrek", args=[wereld.wim.pk])))
        assert f'name="casus_{closed.nummer}"' in page
        assert f'name="notitie_{closed.nummer}"' in page
        assert consult.nummer in page

    def test_who_may_not_read_the_casus_sees_its_number_only(self, wereld, rea):
        casus = wereld.casus(Status.ONTVANGEN)
        page = text(rea.get(reverse("netwerk-vertrek", args=[wereld.wim.pk])))
        assert casus.nummer in page
        assert "Volgende stap" in page
        assert "Testleerling" not in page

    def test_leaving_takes_as_many_queries_for_many_casussen_as_for_one(self, wereld, cora, django_assert_num_queries):
        url = reverse("netwerk-vertrek", args=[wereld.wim.pk])
        wereld.casus(Status.ONTVANGEN)
        cora.get(url)  # the session is written once
        with django_assert_num_queries(QUERIES["vertrek"]):
            cora.get(url)
        for n in range(4):
            wereld.casus(Status.IN_BEHANDELING, leerlingnummer=f"B{n}")
        with django_assert_num_queries(QUERIES["vertrek"]):
            assert len(cora.get(url).context["casus_velden"]) == 5


class TestWhoseTeam:
    OWN = ("netwerk-team", "netwerk-team-wijzigen", "netwerk-persoon-nieuw", "netwerk-punt-nieuw")
    OF_REGION = ("netwerk-gaten", "netwerk-vervallen", "netwerk-team-nieuw", "netwerk-regel-nieuw")

    def test_another_team_does_not_exist(self, wereld):
        cees = client_of(wereld.cees)
        for naam in self.OWN:
            url = reverse(naam, args=[wereld.net.schalkwijk.pk])
            assert (cees.get(url).status_code, cees.post(url, {}).status_code) in {(404, 404), (404, 405)}, naam
        for naam in ("", "-wijzigen", "-vertrek"):
            url = reverse(f"netwerk-{'vertrek' if naam == '-vertrek' else f'persoon{naam}'}", args=[wereld.wim.pk])
            assert cees.get(url).status_code == 404
        page = text(cees.get(reverse("netwerk-mensen")))
        assert "Wim Wijkteam" not in page

    def test_another_region_does_not_exist(self, wereld):
        rik = client_of(wereld.cast.rik)
        assert rik.get(reverse("netwerk-team", args=[wereld.net.schalkwijk.pk])).status_code == 404
        assert rik.get(reverse("netwerk-gemeente", args=["GM0392"])).status_code == 404
        assert "Wijkteam" not in [team.naam for team in rik.get(reverse("netwerk")).context["page"].object_list]

    def test_what_the_region_decides_is_closed_for_a_team(self, wereld, cora):
        for naam in self.OF_REGION:
            assert cora.get(reverse(naam)).status_code == 403
        regel = Werkgebied.objects.get(wijkteam=wereld.net.schalkwijk)
        assert cora.post(reverse("netwerk-regel-stoppen", args=[regel.pk])).status_code == 403

    def test_a_coordinator_changes_how_the_own_team_is_reached_not_what_it_is(self, wereld, cora):
        url = reverse("netwerk-team-wijzigen", args=[wereld.net.schalkwijk.pk])
        answer = cora.post(url, {"telefoon": "023 555 11 11", "naam": "Iets anders", "gemeente": wereld.net.heemstede.pk})
        assert answer.status_code == 302
        team = Wijkteam.objects.get(pk=wereld.net.schalkwijk.pk)
        assert (team.telefoon, team.naam, team.gemeente) == ("023 555 11 11", "Wijkteam Schalkwijk", wereld.net.haarlem)

    @pytest.mark.parametrize("who", ["zoe", "wim", "gerda", "fenna"])
    def test_others_do_not_come_here(self, wereld, who):
        assert client_of(getattr(wereld.cast, who)).get(reverse("netwerk")).status_code == 403


class TestGemeente:
    @pytest.mark.usefixtures("wereld")
    def test_the_desk(self, rea):
        url = reverse("netwerk-gemeente-wijzigen", args=["GM0392"])
        assert rea.post(url, {"loket_naam": "Loket Jeugd", "loket_email": "geen adres"}).status_code == 422
        assert rea.post(url, {"loket_naam": "Loket Jeugd"}).status_code == 302
        assert "Loket Jeugd" in text(rea.get(reverse("netwerk-gemeente", args=["GM0392"])))

    def test_a_merger_is_seen_before_it_is_made(self, wereld, rea):
        url = reverse("netwerk-gemeente-samenvoegen", args=["GM0397"])
        assert "Wijkteam Heemstede" in text(rea.get(url))
        data = {"opvolger": wereld.net.haarlem.pk, "op_datum": date(2027, 1, 1).isoformat(), "regels": "grondgebied"}
        seen = look(rea, url, data)
        assert seen.context["gevolg"].is_leeg
        assert do(rea, url, data).status_code == 302
        wereld.net.heemstede.refresh_from_db()
        assert wereld.net.heemstede.opvolger == wereld.net.haarlem
        assert "op in" in text(rea.get(reverse("netwerk-gemeente", args=["GM0397"])))


@pytest.mark.parametrize("code", ["a\0b", "x" * 10_000, "GM9999"])
def test_a_new_team_asked_for_no_gemeente_is_asked_where(rea, code):
    assert rea.get(reverse("netwerk-team-nieuw"), {"gemeente": code}).status_code == 200
