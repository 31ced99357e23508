"""The name files of every year."""

from contextlib import closing
from io import BytesIO

import pytest

from gebieden.cbs.bron import Stuk
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.namen import Namen, parse_names, read_names


def names(bestand: str, tekst: str, codering: str = "utf-8") -> dict[str, str]:
    return {code: naam for _, code, naam in parse_names(tekst.encode(codering), bestand)}


@pytest.mark.parametrize(
    ("bestand", "tekst", "codering", "verwacht"),
    [
        ("gem_2024.csv", "GM_CODE;GM_NAAM\nGM0392;Haarlem\nGM0518;'s-Gravenhage", "latin-1",
         {"GM0392": "Haarlem", "GM0518": "'s-Gravenhage"}),
        ("gemeenten_2023.csv", "GM2023\tGMNAAM2023\nGM1900\tSúdwest-Fryslân", "cp1252", {"GM1900": "Súdwest-Fryslân"}),
        ("gem_2025.csv", "\ufeffGM_CODE;GM_NAAM\r\nGM0392;Haarlem\r\n", "utf-8", {"GM0392": "Haarlem"}),
        ("gemeentecode2019.csv", "Gemcode2019;Gemeentenaam2019\n3;Appingedam", "latin-1", {"GM0003": "Appingedam"}),
        ("wijkcode2019.csv", "wijkcode2019;wijknaam_2019\n300;Wijk 00\n363AF;Centrum", "latin-1",
         {"WK000300": "Wijk 00", "WK0363AF": "Centrum"}),
        ("buurt_2023.csv", '"BU_CODE","BU_NAAM","GM_CODE"\n"BU03920101","Vijfhoek, oost","GM0392"', "cp1252",
         {"BU03920101": "Vijfhoek, oost"}),
        ("brt2020.csv", "GWBcode8;GWBlabel\n0363AF01;Kop; west", "utf-8", {"BU0363AF01": "Kop; west"}),
        ("buurt2017.csv", "Buurt2017,Naam\n3630000,Kop Zeedijk", "utf-8", {"BU03630000": "Kop Zeedijk"}),
        ("gwb_2022.csv", "CODE;NAAM\nGM0392;Haarlem\nWK039201;Oude Stad\nBU03920101;Vijfhoek", "utf-8",
         {"GM0392": "Haarlem", "WK039201": "Oude Stad", "BU03920101": "Vijfhoek"}),
        ("gem_2025.csv", "GM_CODE;GM_NAAM;INWONERS\nGM0392;Haarlem;165000\nGM0377;Bloemendaal;24000", "utf-8",
         {"GM0392": "Haarlem", "GM0377": "Bloemendaal"}),
        ("wijk_2025.csv", "GM_CODE;WK_CODE;WK_NAAM\nGM0392;WK039201;A\nGM0392;WK039202;B", "utf-8",
         {"WK039201": "A", "WK039202": "B"}),
        ("gem_2025.csv", "GM_CODE|GM_NAAM\rGM0392|Haarlem\r", "utf-8", {"GM0392": "Haarlem"}),
    ],
)  # fmt: skip
def test_it_reads_the_names_of_every_year(bestand, tekst, codering, verwacht):
    assert names(bestand, tekst, codering) == verwacht


@pytest.mark.parametrize(
    "tekst", ["", "\n", "GM_CODE;GM_NAAM\n", "a;b\nx;y\n", "zomaar tekst\nzonder codes\n", '"nooit gesloten;GM0392\n']
)
def test_a_file_without_names_gives_none(tekst):
    assert names("gem_2025.csv", tekst) == {}


def test_a_code_of_the_wrong_shape_is_no_code():
    goed = {f"GM{n:04d}": f"Gemeente {n}" for n in range(1, 31)}
    regels = [f"{code};{naam}" for code, naam in goed.items()]
    assert names("gem_2025.csv", "\n".join(["GM_CODE;GM_NAAM", *regels, "GM039X;Fout"])) == goed


def stuk(naam: str, inhoud: bytes) -> Stuk:
    return Stuk(naam, len(inhoud), lambda: closing(BytesIO(inhoud)))


def test_a_file_that_should_hold_names_and_is_utf16_is_unreadable():
    with pytest.raises(OnleesbaarError, match="UTF-16"):
        read_names([stuk("gem_2025.csv", "GM_CODE;GM_NAAM".encode("utf-16"))])


def test_any_other_file_is_passed_over():
    namen = read_names(
        [stuk("leesmij.txt", "Toelichting".encode("utf-16")), stuk("gem_2025.csv", b"GM_CODE;GM_NAAM\nGM0392;Haarlem")]
    )
    assert namen == Namen(gemeenten={"GM0392": "Haarlem"})
    assert namen.missing_kinds == ["wijk", "buurt"]


def test_a_name_is_cut_to_what_fits():
    namen = read_names([stuk("gem_2025.csv", b"GM_CODE;GM_NAAM\nGM0392;" + b"x" * 500)])
    assert len(namen.gemeenten["GM0392"]) == 120
