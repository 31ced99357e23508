"""What an answer looks like: the JSON of design §4, the explanation in plain Dutch, and nothing of a secret address."""

import json
import logging
from datetime import date

import pytest

from tests.factories.netwerk import (
    AanspreekpuntFactory,
    AfwezigheidFactory,
    ContactpersoonFactory,
    RegisterRegelFactory,
    WerkgebiedFactory,
    make_team,
)
from wijkteams.models import Aanspreekpunt, Contactpersoon
from wijkteams.routering import Uitkomst

KEYS = [
    *("uitkomst", "afgeleid", "peildatum", "editie", "adres", "gemeente", "wijk", "buurt"),
    *("wijkteam", "aanspreekpunt", "vervanger", "kandidaten", "uitleg", "fouten"),
]


class TestJson:
    def test_every_key_in_its_order(self, net, route):
        document = route("2037 rb", "12 b hs").as_json()
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        uitleg = document.pop("uitleg")
        assert document == {
            "uitkomst": "toegewezen",
            "afgeleid": False,
            "peildatum": "2026-09-01",
            "editie": "2025",
            "adres": {"postcode": "2037RB", "huisnummer": 12, "huisletter": "B", "toevoeging": "HS"},
            "gemeente": {"code": "GM0392", "naam": "Haarlem"},
            "wijk": {"code": "WK039205", "naam": "Schalkwijk"},
            "buurt": {"code": "BU03920501", "naam": "Boerhaavewijk"},
            "wijkteam": {
                "id": net.schalkwijk.pk,
                "naam": "Wijkteam Schalkwijk",
                "soort": "gebied",
                "telefoon": "023 555 00 00",
                "email": net.schalkwijk.email,
            },
            "aanspreekpunt": {
                "id": persoon.pk,
                "naam": "Contact van Wijkteam Schalkwijk",
                "functie": "jeugdcoach",
                "telefoon": "06 555 00 000",
                "email": persoon.email,
                "afwezig_tot": None,
            },
            "vervanger": None,
            "kandidaten": [],
            "fouten": [],
        }
        assert all(list(stap) == ["stap", "tekst", "bron"] for stap in uitleg)

    @pytest.mark.parametrize(
        "question",
        [
            ("2037RB", 12),
            ("2034AA", 99),
            ("2181AA", 1),
            ("2037ZZ", 1),
            ("9999ZZ", 1),
            ("0000AA", 0),
        ],
    )
    def test_the_keys_are_the_same_for_every_uitkomst(self, route, question):
        document = route(*question).as_json()
        assert list(document) == KEYS
        assert all(list(kandidaat) == ["buurt", "wijkteam", "aanspreekpunt", "reden"] for kandidaat in document["kandidaten"])
        assert json.loads(json.dumps(document)) == document

    def test_what_is_absent_is_null(self, net, route):
        Contactpersoon.objects.update(functie="", telefoon="", email="")
        net.schalkwijk.telefoon = net.schalkwijk.email = ""
        net.schalkwijk.save()
        document = route("2037RB", 12).as_json()
        assert [document["wijkteam"][key] for key in ("telefoon", "email")] == [None, None]
        assert [document["aanspreekpunt"][key] for key in ("functie", "telefoon", "email")] == [None, None, None]
        assert document["adres"] == {"postcode": "2037RB", "huisnummer": 12, "huisletter": None, "toevoeging": None}

    def test_away_until_and_including(self, net, route):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Dewi")
        AfwezigheidFactory.create(contactpersoon=persoon, van=date(2026, 9, 1), tot_en_met=date(2026, 9, 10), vervanger=dewi)
        document = route("2037RB", 12).as_json()
        assert document["aanspreekpunt"]["afwezig_tot"] == "2026-09-10"
        assert document["vervanger"]["id"] == dewi.pk

    def test_a_mistake_names_its_field(self, route):
        document = route("0000AA", "-1", sector="hbo").as_json()
        assert (document["uitkomst"], document["adres"], document["editie"]) == ("ongeldig", None, None)
        assert [fout["veld"] for fout in document["fouten"]] == ["postcode", "huisnummer", "sector"]


def sentences(route) -> str:
    return " ".join(stap.tekst for stap in route.uitleg)


class TestExplanation:
    def test_the_steps_of_an_ordinary_route(self, route):
        assert [stap.stap for stap in route("2037RB", 12).uitleg] == ["adres", "gemeente", "wijkteam", "aanspreekpunt"]
        text = sentences(route("2037RB", 12))
        assert "Het adres ligt in de buurt Boerhaavewijk (wijk Schalkwijk, gemeente Haarlem)." in text
        assert "Dan is de gemeente Haarlem verantwoordelijk (woonplaatsbeginsel)." in text
        assert "Wijkteam Schalkwijk werkt in de wijk Schalkwijk." in text
        assert "Contact van Wijkteam Schalkwijk is het aanspreekpunt van het hele team." in text

    def test_every_step_says_where_it_comes_from(self, route):
        assert all(stap.bron for stap in route("2037RB", 12, school="99AB", geboortedatum="2005-01-01").uitleg)

    def test_a_stedelijk_team(self, net, route):
        stedelijk = make_team("Stedelijk team", gemeente=net.haarlem, soort="stedelijk")
        WerkgebiedFactory.create(wijkteam=stedelijk, soort="voorrang", gebied="GM0392", sector="vo")
        assert (
            "Voor leerlingen op het vo heeft Haarlem een stedelijk team dat voorgaat op de wijkteams: Stedelijk team."
            in sentences(route("2037RB", 12, sector="vo"))
        )

    def test_the_person_of_the_school(self, net, route):
        mila = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Mila Voorbeeld")
        AanspreekpuntFactory.create(wijkteam=net.schalkwijk, contactpersoon=mila, school=net.school)
        assert "Mila Voorbeeld is het aanspreekpunt voor uw school." in sentences(route("2037RB", 12, school="99AB"))

    def test_who_is_away(self, net, route):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Dewi Vervanger")
        AfwezigheidFactory.create(contactpersoon=persoon, van=date(2026, 9, 1), tot_en_met=date(2026, 9, 10), vervanger=dewi)
        assert "is afwezig tot en met 10 september 2026. Bel in die tijd Dewi Vervanger." in sentences(route("2037RB", 12))

    def test_who_took_over(self, net, route):
        dewi = ContactpersoonFactory.create(wijkteam=net.schalkwijk, naam="Dewi Vervanger")
        Contactpersoon.objects.exclude(pk=dewi.pk).update(in_dienst_tot=date(2026, 1, 1))
        Aanspreekpunt.objects.filter(wijkteam=net.schalkwijk).update(vervanger=dewi)
        gevonden = route("2037RB", 12)
        assert (gevonden.uitkomst, gevonden.aanspreekpunt.id, gevonden.vervanger) == (Uitkomst.TOEGEWEZEN, dewi.pk, None)
        assert "Het vaste aanspreekpunt werkt niet meer bij dit team. Dewi Vervanger neemt waar." in sentences(gevonden)

    def test_from_eighteen_on(self, route):
        assert "18 jaar of ouder" in sentences(route("2037RB", 12, geboortedatum="2008-09-01"))
        assert "18 jaar of ouder" not in sentences(route("2037RB", 12, geboortedatum="2008-09-02"))

    def test_the_word_of_the_sector(self, route):
        assert "dat de student hier staat ingeschreven" in sentences(route("2037RB", 12, sector="mbo"))

    @pytest.mark.parametrize(
        ("address", "sentence"),
        [
            (
                ("2037RB", 99),
                "Huisnummer 99 staat niet in het adresregister. Alle bekende huisnummers met postcode 2037 RB liggen in",
            ),
            (
                ("2034AA", 99),
                "De postcode 2034 AA ligt op een grens: in de buurten Haarlemmerhout en Boerhaavewijk (gemeente Haarlem).",
            ),
            (("2037ZZ", 1), "Postcode 2037 ZZ staat niet in het adresregister. Het postcodegebied 2037 ligt in de buurten"),
            (("9999ZZ", 1), "en ook geen andere postcode die begint met 9999"),
            (
                ("2181AA", 1),
                "De gemeente Hillegom valt buiten deze regio. Vraag hulp aan bij Jeugdloket Hillegom: telefoon 14 000 of",
            ),
        ],
    )
    def test_what_is_odd_about_the_address(self, route, address, sentence):
        assert sentence in sentences(route(*address))


#: Everything about the secret address that could lead to it.
SPOREN = (
    "2037",
    "RB",
    "XX",
    "ZZ",
    "2034",
    "Boerhaavewijk",
    "Molenwijk",
    "Haarlemmerhout",
    "Schalkwijk (",
    "BU0392",
    "WK0392",
    "4321",
)


class TestSecret:
    @pytest.mark.parametrize("postcode", ["2037RB", "2037XX", "2034AA", "2037ZZ"])
    @pytest.mark.parametrize("nummer", [12, 4321])
    def test_nothing_leads_to_the_address(self, net, route, caplog, postcode, nummer):
        net.centrum.naam, net.schalkwijk.naam = "Team A", "Team B"
        net.centrum.save()
        net.schalkwijk.save()
        WerkgebiedFactory.create(wijkteam=net.centrum, soort="pc6", gebied="2037XX")
        with caplog.at_level(logging.DEBUG):
            gevonden = route(postcode, nummer, toevoeging="QQ", geheim=True)
        document = gevonden.as_json()
        assert (document["adres"], document["wijk"], document["buurt"]) == (None, None, None)
        assert all(kandidaat["buurt"] is None for kandidaat in document["kandidaten"])
        for text in (json.dumps(document, ensure_ascii=False), repr(gevonden)):
            # Names of persons in this network hold the area; those of a real one do not.
            clean = text.replace("Contact van Wijkteam Schalkwijk", "").replace("Contact van Wijkteam Haarlemmerhout", "")
            assert not [spoor for spoor in (*SPOREN, "QQ") if spoor in clean]
        assert not [record for record in caplog.records if postcode in record.getMessage()]

    def test_the_answer_is_the_same(self, net, route):
        for address in (("2037RB", 12), ("2037RB", 99), ("2034AA", 99), ("2181AA", 1), ("2037ZZ", 1)):
            open_, secret = route(*address), route(*address, geheim=True)
            assert (secret.uitkomst, secret.afgeleid, secret.wijkteam, secret.aanspreekpunt) == (
                open_.uitkomst,
                open_.afgeleid,
                open_.wijkteam,
                open_.aanspreekpunt,
            )
            assert [k.wijkteam for k in secret.kandidaten] == [k.wijkteam for k in open_.kandidaten]
            assert secret.gemeente == open_.gemeente
        assert net.editie.actief

    def test_it_is_said(self, route):
        assert route("2037RB", 12, geheim=True).uitleg[0].tekst.startswith("Het adres is geheim.")

    def test_a_hole_and_a_border_stay_secret(self, net, route):
        RegisterRegelFactory.create(editie=net.editie, postcode="2037RB", buurt_code="BU05340001", huisnummers=[77])
        gevonden = route("2037RB", 4321, geheim=True)
        assert gevonden.uitkomst is Uitkomst.MEERDERE
        assert "Boerhaavewijk" not in json.dumps(gevonden.as_json())
        assert "als het adres in de gemeente Hillegom ligt: die valt buiten deze regio" in [k.reden for k in gevonden.kandidaten]
