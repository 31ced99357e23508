"""Reading a class list: whatever a school system writes, and whatever somebody tries. No database."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scholen.klassenlijst.afgewezen import GEHEIM, harmless, mask_secret, rejects
from scholen.klassenlijst.bestand import RIJEN_MAX, ListError, read_table
from scholen.klassenlijst.kolommen import is_bsn, recognise, strip_bsn
from scholen.klassenlijst.pakket import Inhoud, pack, unpack
from scholen.klassenlijst.rijen import Lezing, Plaatsing, Plek, missing_columns, read_rows
from scholen.klassenlijst.waarden import Onleesbaar, number_of_street, read_birth_date, read_sector, split_name
from tests.scholen.lijsten import KOP, NOOR, PIET, as_csv, as_xlsx

OP = date(2026, 11, 22)
PLEK = Plek(1, "99AB00", "Voorbeeldcollege", ("vo",))
PLEK2 = Plek(2, "99AB01", "Voorbeeldcollege, De Duinen", ("vo", "mbo"))
#: Invented numbers that pass the eleven test.
BSNS = ["111222333", "123456782", "100000009"]


def read(data: bytes, plaatsing: Plaatsing | None = None) -> Lezing:
    schoon = strip_bsn(read_table(data))
    return read_rows(schoon.rijen, recognise(schoon.koppen), plaatsing or Plaatsing((PLEK,), 1, "", OP))


@pytest.mark.parametrize("scheiding", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("einde", ["\r\n", "\n", "\r"])
def test_it_reads_every_notation_of_csv(scheiding, codering, einde):
    data = as_csv([*PIET[:3], "Coördinaat", *PIET[4:]], NOOR, scheiding=scheiding, codering=codering, einde=einde)
    piet, noor = read(data).goed
    assert (piet.voornaam, piet.achternaam, piet.geboortedatum) == ("Piet", "van der Coördinaat", date(2011, 5, 17))
    assert piet.adres is not None
    assert (piet.adres.postcode, piet.adres.huisnummer, piet.adres.huisletter) == ("2037RB", 12, "A")
    assert (noor.nummer, noor.leerlingnummer, noor.klas, noor.sector) == (3, "1002", "2A", "vo")


def test_it_reads_excel_with_real_dates_and_numbers():
    data = as_xlsx(
        [1001, "Piet", None, "Voorbeeld", datetime.fromisoformat("2011-05-17"), "2037 RB", 12, "3B"],
        [1002.0, "Noor", "", "Duin", 40680, "2037RB", "14b", 2],
    )
    piet, noor = read(data).goed
    assert (piet.leerlingnummer, piet.geboortedatum, piet.adres and piet.adres.huisnummer) == ("1001", date(2011, 5, 17), 12)
    assert (noor.leerlingnummer, noor.geboortedatum, noor.klas) == ("1002", date(2011, 5, 17), "2")


def test_titles_above_the_names_of_columns_and_empty_rows_do_not_matter():
    data = b"Klassenlijst 3B\n\nGemaakt op 1-9-2026;;\n" + as_csv(PIET, [""] * 8, NOOR, einde="\n")
    lezing = read(data)
    assert [rij.nummer for rij in lezing.goed] == [5, 7]


def test_sep_line_of_excel_is_not_a_row():
    assert [rij.nummer for rij in read(b"sep=;\n" + as_csv(PIET, einde="\n")).goed] == [3]


def test_a_stray_quote_costs_no_rows():
    data = as_csv(["1003", '"Jan', *PIET[2:]], PIET, *([str(2000 + n), *NOOR[1:]] for n in range(5)), einde="\n")
    assert len(read(data).goed) == 7


@pytest.mark.parametrize(
    ("koppen", "velden"),
    [
        (["Stamnr.", "Roepnaam", "Voorvoegsel", "Geslachtsnaam"], ["leerlingnummer", "voornaam", "tussenvoegsel", "achternaam"]),
        (["Studentnummer", "Naam student"], ["leerlingnummer", ""]),
        (["LEERLING-NUMMER", "volledige naam", "Geb. datum", "PC"], ["leerlingnummer", "naam", "geboortedatum", "postcode"]),
        (["Voornamen", "Roepnaam"], ["", "voornaam"]),
        (["Huisnr", "Huisnr. toevoeging", "Stamklas", "Locatie"], ["huisnummer", "toevoeging", "klas", "vestiging"]),
        (["Geheim adres", "Postcode", "postcode"], ["geheim", "postcode", ""]),
        (["Mentor", ""], ["", ""]),
    ],
)
def test_columns_are_known_by_the_names_schools_give_them(koppen, velden):
    assert recognise(koppen) == velden


@pytest.mark.parametrize(
    "tekst",
    [
        "17-05-2011",
        "17/5/2011",
        "17.05.2011",
        "17-5-11",
        "17 mei 2011",
        "2011-05-17",
        "2011/5/17",
        "20110517",
        "17052011",
        "40680",
        "2011-05-17 00:00:00",
        "17-mei-2011",
    ],
)
def test_a_date_in_every_notation(tekst):
    assert read_birth_date(tekst, op=OP) == date(2011, 5, 17)


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("31-02-2011", "bestaat niet"),
        ("17-13-2011", "bestaat niet"),
        ("gisteren", "Schrijf een datum"),
        ("1-1-2030", "toekomst"),
        ("1-1-1890", "Controleer het jaar"),
        ("2011", "Schrijf een datum"),
        ("17 xyz 2011", "bestaat niet"),
    ],
)
def test_a_date_that_is_none_says_why(tekst, reden):
    with pytest.raises(Onleesbaar, match=reden):
        read_birth_date(tekst, op=OP)


def test_two_digits_of_a_year_are_never_in_the_future():
    assert read_birth_date("1-2-26", op=OP) == date(2026, 2, 1)
    assert read_birth_date("1-2-27", op=OP) == date(1927, 2, 1)


@pytest.mark.parametrize("naam", ["Piet van der Berg", "Berg, Piet van der", "Berg, van der, Piet"])
def test_a_whole_name_is_split(naam):
    assert split_name(naam) == ("Piet", "van der Berg")


@pytest.mark.parametrize(("adres", "nummer"), [("Dorpsstraat 12", "12"), ("Lange Weg 12-A", "12-A"), ("Laan 3 hs", "3 hs")])
def test_a_number_is_taken_from_a_street(adres, nummer):
    assert number_of_street(adres) == nummer


@pytest.mark.parametrize("adres", ["Plein 1945 12 3", "Dorpsstraat", "12", "2e Straat 5"])
def test_a_street_with_more_numbers_is_not_guessed_at(adres):
    with pytest.raises(Onleesbaar):
        number_of_street(adres)


@pytest.mark.parametrize(
    ("tekst", "sector"), [("VO", "vo"), ("havo/vwo", "vo"), ("vmbo-t", "vo"), ("middelbaar beroepsonderwijs", "mbo")]
)
def test_a_sector_by_its_other_names(tekst, sector):
    assert read_sector(tekst) == sector


# --- A BSN goes no further -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kop", ["BSN", "Burgerservicenummer", "bsn-nummer", "PGN", "Onderwijsnummer", "Sofi", "Persoonsgebonden nr"]
)
def test_a_column_called_bsn_is_left_out(kop):
    schoon = strip_bsn(read_table(as_csv([*PIET, "111222333"], kop=[*KOP, kop])))
    assert schoon.weggelaten == [kop]
    assert "111222333" not in str(schoon.rijen)


@pytest.mark.parametrize("kop", ["Nummer", "Leerlingnummer", ""])
def test_a_column_full_of_bsns_is_left_out_whatever_it_is_called(kop):
    data = as_csv(*([bsn, "Piet", "Voorbeeld"] for bsn in BSNS), kop=[kop, "Voornaam", "Achternaam"])
    schoon = strip_bsn(read_table(data))
    assert not any(bsn in str(schoon) for bsn in BSNS)
    assert schoon.weggelaten == [kop or "kolom 1"]


@pytest.mark.parametrize("schrijf", ["bsn{}", "BSN {}", "BSN-{}", "{} "])
def test_a_column_of_bsns_is_left_out_however_they_are_written(schrijf):
    data = as_csv(*([schrijf.format(bsn), "Piet", "Voorbeeld"] for bsn in BSNS), kop=["Nummer", "Voornaam", "Achternaam"])
    assert strip_bsn(read_table(data)).weggelaten == ["Nummer"]


@pytest.mark.parametrize("nummer", ["123456782", "bsn123456782", "1234.56.782", "123 456 782"])
def test_one_bsn_between_the_numbers_of_the_school_is_refused_in_its_row(nummer):
    """Where the column has other long numbers; where it has none, it is left out."""
    numbers = ["900000001", nummer, "900000003", "L123456782"]
    names = ["Piet", "Noor", "Mia", "Bo"]
    lezing = read(as_csv(*([number, name, *PIET[2:]] for number, name in zip(numbers, names, strict=True))))
    assert [(fout.rij, fout.veld) for fout in lezing.fouten] == [(3, "leerlingnummer")]
    assert not any(deel in lezing.fouten[0].reden for deel in ("123", "782"))
    assert "Zet er dan een L voor" in lezing.fouten[0].reden
    assert [rij.leerlingnummer for rij in lezing.goed] == [numbers[0], *numbers[2:]]


def test_excel_takes_the_zero_of_a_bsn_away_and_it_is_still_one():
    assert is_bsn("12345672")  # 012345672
    assert "12345672" not in str(strip_bsn(read_table(as_xlsx([12345672, "Piet", "Duin"], kop=["nr", "Voornaam", "Achternaam"]))))


def test_dates_and_ordinary_numbers_are_no_bsn():
    data = as_csv(
        *([f"{n}", "20110517", f"{100000001 + 7 * n}"] for n in range(60)), kop=["Leerlingnummer", "Geboortedatum", "Debiteur"]
    )
    assert strip_bsn(read_table(data)).weggelaten == []


# --- What is wrong, and where -------------------------------------------------------------------------------------------


def test_each_mistake_names_its_row_and_column_and_never_repeats_what_was_typed():
    data = as_csv(
        PIET,
        ["1003", "Mia", "", "Fout", "31-02-2011", "2037 RB", "12", "3B"],
        ["1004", "", "", "Fout", "17-05-2011", "8888", "abc", "3B"],
        NOOR,
    )
    lezing = read(data)
    assert [rij.nummer for rij in lezing.goed] == [2, 5]
    assert [(fout.rij, fout.veld) for fout in lezing.fouten] == [
        (3, "geboortedatum"),
        (4, "achternaam"),
        (4, "postcode"),
        (4, "huisnummer"),
    ]
    assert not any(getypt in fout.reden for fout in lezing.fouten for getypt in ("31-02", "8888", "abc", "Mia"))


def test_a_postcode_without_a_number_is_a_mistake_and_no_address_at_all_is_not():
    lezing = read(as_csv([*PIET[:6], "", "3B"], [*NOOR[:5], "", "", "2A"]))
    assert [(fout.rij, fout.veld) for fout in lezing.fouten] == [(2, "huisnummer")]
    assert lezing.goed[0].adres is None


def test_the_same_pupil_twice():
    lezing = read(as_csv(PIET, PIET, NOOR, [*NOOR[:6], "16", "2A"]))
    assert [rij.nummer for rij in lezing.goed] == [2]
    assert [(fout.rij, fout.veld) for fout in lezing.fouten] == [
        (3, "leerlingnummer"),
        (4, "leerlingnummer"),
        (5, "leerlingnummer"),
    ]


def test_a_location_by_name_or_brin():
    plaatsing = Plaatsing((PLEK, PLEK2), 1, "vo", OP)
    kop = ["Leerlingnummer", "Naam", "Vestiging"]
    namen = ["", "99AB01", "voorbeeldcollege, de duinen", "01", "99AB", "Elders"]
    lezing = read(as_csv(*([str(n), "Piet Duin", naam] for n, naam in enumerate(namen)), kop=kop), plaatsing)
    assert [rij.vestiging_id for rij in lezing.goed] == [1, 2, 2, 2, 1]
    assert [(fout.rij, fout.veld) for fout in lezing.fouten] == [(7, "vestiging")]


def test_more_sectors_and_none_chosen_is_asked():
    lezing = read(as_csv(PIET), Plaatsing((PLEK2,), 2, "", OP))
    assert [fout.veld for fout in lezing.fouten] == ["sector"]
    assert read(as_csv(PIET), Plaatsing((PLEK2,), 2, "mbo", OP)).goed[0].sector == "mbo"


def test_what_a_list_cannot_do_without():
    assert missing_columns(["leerlingnummer", "voornaam", "achternaam"]) == []
    assert missing_columns(["naam", "geboortedatum"]) == []
    assert missing_columns(["postcode"]) == ["de naam (voornaam en achternaam)", "het leerlingnummer"]


# --- Hostile and broken files -------------------------------------------------------------------------------------------


def _zip(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in delen.items():
            archief.writestr(naam.replace("__", "/").replace("_", "."), inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("data", "reden"),
    [
        (b"", "leeg"),
        (b" \r\n \n", "leeg"),
        (b"Leerlingnummer;Naam\r\n", "geen leerlingen"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "oud Excel-bestand"),
        (b"PK\x03\x04kapot", "niet lezen"),
        (b"x" * (5 * 1024 * 1024 + 1), "groter dan 5 MB"),
        (_zip(foto_png=b"x"), "geen Excel-bestand met een lijst"),
        (_zip(xl__workbook_xml=b"<workbook/>"), "niet lezen"),
        (_zip(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "een vorm die we niet lezen"),
        (_zip(xl__workbook_xml=b"<x/>", xl__groot_xml=b"0" * (61 * 1024 * 1024)), "te groot"),
        (bytes(range(256)) * 40, "geen csv- of Excel"),
    ],
    ids=["empty", "blank", "no-rows", "xls", "broken-zip", "large", "no-workbook", "odd-workbook", "entities", "bomb", "noise"],
)
def test_what_is_no_list_is_refused_in_words(data, reden):
    with pytest.raises(ListError, match=reden):
        read_table(data)


def test_more_rows_than_we_take():
    with pytest.raises(ListError, match=r"10\.000 rijen"):
        read_table(b"Leerlingnummer;Naam\n" + b"1;Piet Duin\n" * (RIJEN_MAX + 1))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_reason(data):
    try:
        tabel = read_table(data)
    except ListError:
        return
    read_rows(tabel.rijen, recognise(tabel.koppen), Plaatsing((PLEK,), 1, "", OP))
    assert all(len(cellen) == len(tabel.koppen) for _, cellen in tabel.rijen)


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=6))
def test_a_table_comes_out_of_its_package_as_it_went_in(rijen):
    inhoud = unpack(pack(["a", "b", "c", "d"], list(enumerate(rijen, 2))))
    assert inhoud == Inhoud(["a", "b", "c", "d"], list(enumerate(rijen, 2)))


# --- What goes back -----------------------------------------------------------------------------------------------------


def test_a_secret_address_is_never_shown_again():
    velden = ["voornaam", "postcode", "huisnummer", "geheim"]
    assert mask_secret(velden, ["Piet", "2037RB", "12", "ja"]) == ["Piet", GEHEIM, GEHEIM, "ja"]
    assert mask_secret(velden, ["Piet", "2037RB", "12", "misschien"])[1] == GEHEIM
    assert mask_secret(velden, ["Piet", "2037RB", "12", "nee"])[1] == "2037RB"


def test_rejects_carry_their_row_and_reasons():
    schoon = strip_bsn(read_table(as_csv(PIET, ["1003", "Mia", "", "Fout", "31-02-2011", "2037RB", "", "3B"])))
    velden = recognise(schoon.koppen)
    lezing = read_rows(schoon.rijen, velden, Plaatsing((PLEK,), 1, "", OP))
    tabel = rejects(Inhoud(schoon.koppen, schoon.rijen), velden, lezing.fouten)
    assert tabel.koppen[-2:] == ["Rij", "Wat er mis is"]
    ((nummer, cellen),) = tabel.rijen
    assert (nummer, cellen[1]) == (3, "Mia")
    assert cellen[-1].startswith("Geboortedatum: Deze datum bestaat niet.")


@pytest.mark.parametrize("cel", ["=1+1", "+31", "-2", "@SUM(A1)", "\tx"])
def test_a_cell_is_never_a_formula(cel):
    assert harmless(cel) == f"'{cel}"
    assert harmless("Piet") == "Piet"
