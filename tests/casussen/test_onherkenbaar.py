"""What the regiocoördinator reads of a casus does not tell whom it is about."""

from typing import Any

import pytest

from casussen.fouten import Onvolledig
from casussen.keuzes import Status
from casussen.models import Opvolging, Overgang
from casussen.privacy.bekenden import tells_name
from tests.factories.casussen import BUITEN_OVERDRAGEN, Wereld

#: The pupil of `tests.factories.casussen` is Voorbeeld Testleerling, of 2037 RB 12.
NIET = [
    ("Voorbeeld komt niet meer op school.", "bij naam"),
    ("de moeder van voorbeeld belt niet terug", "bij naam"),
    ("Familie Testleerling belt niet terug.", "bij naam"),
    ("Het gezin woont op 2037-RB nummer 12.", "huisadres"),
    ("Het gezin woont in de Kerkstraat 12.", "huisadres"),
    ("Zie 123456782.", "BSN"),
    ("Bel (06) 12345678.", "telefoonnummer"),
    ("Mail vader@thuis.example.", "e-mailadres"),
]
WEL = [
    "Het team reageert al weken niet op ons.",
    "Zoë Zorg vroeg het 3 keer; mevrouw Bakker van het team is ziek sinds 12 november.",
    "De leerling zit sinds 12-11-2026 thuis.",
]


@pytest.mark.parametrize(("tekst", "melding"), NIET)
def test_what_tells_whom_it_is_about_is_refused_at_the_field(wereld: Wereld, tekst: str, melding: str) -> None:
    with pytest.raises(Onvolledig, match=melding) as fout:
        wereld.do("escaleren", wereld.casus(Status.ONTVANGEN), "zoe", toelichting=tekst)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["toelichting"]
    assert "estleerling" not in fout.value.ontbreekt[0]["melding"]
    assert not Overgang.objects.filter(actie="escaleren").exists()


@pytest.mark.parametrize("tekst", WEL)
def test_the_rest_goes_on(wereld: Wereld, tekst: str) -> None:
    casus = wereld.do("escaleren", wereld.casus(Status.ONTVANGEN), "zoe", toelichting=tekst)
    assert Overgang.objects.get(casus=casus, actie="escaleren").toelichting == tekst


@pytest.mark.parametrize(
    ("bij_wie", "mag"),
    [
        ("Hilde Testleerling, jeugdloket, (0252) 123 456", True),
        ("hilde@loket.example", True),
        ("Hilde, over Voorbeeld Testleerling", False),
        ("Hilde, over 2037 RB 12", False),
        ("Hilde, over 123456782", False),
    ],
)
def test_at_a_desk_works_somebody_with_a_name_and_a_number(*, wereld: Wereld, bij_wie: str, mag: bool) -> None:
    casus = wereld.casus(Status.TE_ROUTEREN)
    casus.leerling.postcode, casus.leerling.huisnummer = "2037RB", 12  # type: ignore[union-attr]
    casus.leerling.save()  # type: ignore[union-attr]
    values: dict[str, Any] = {**BUITEN_OVERDRAGEN, "gemeente": wereld.net.hillegom.pk, "opvolger": wereld.cast.rea.pk}
    if mag:
        wereld.do("buiten_overdragen", casus, "zoe", **{**values, "bij_wie": bij_wie})
        assert Opvolging.objects.get(casus=casus).bij_wie == bij_wie
        return
    with pytest.raises(Onvolledig) as fout:
        wereld.do("buiten_overdragen", casus, "zoe", **{**values, "bij_wie": bij_wie})
    assert [item["veld"] for item in fout.value.ontbreekt] == ["bij_wie"]


@pytest.mark.parametrize(
    ("tekst", "zegt"),
    [
        ("Een jong gezin.", False),
        ("Er staat een roos in de tuin.", False),
        ("Gisteren belde mevrouw De Jong.", True),
        ("We spraken Roos.", True),
        ("roos de jong komt niet", True),
        ("Annes moeder komt niet.", False),
    ],
)
def test_a_name_that_is_a_word_too_needs_a_capital(*, tekst: str, zegt: bool) -> None:
    assert tells_name(tekst, "Roos", "de Jong") is zegt
