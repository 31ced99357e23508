"""Reading the rows: by the million and one by one must say the same."""

import random
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebieden.adres import NUMMER_MAX
from gebieden.cbs import tabel as lezer
from gebieden.cbs.blokken import Blok, read_blocks
from gebieden.cbs.fouten import OnleesbaarError
from gebieden.cbs.keuring import Afkeuring, GoedeRij, judge_row
from gebieden.cbs.kolommen import read_header
from gebieden.cbs.tabel import Ingelezen, header_of, read_table
from tests.gebieden.tabellen import table

KOP = "PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025"


def read(inhoud: bytes | str, blok: int = 1 << 20) -> tuple[Ingelezen, list[tuple[int, Afkeuring]]]:
    data = inhoud if isinstance(inhoud, bytes) else inhoud.encode()
    geweigerd: list[tuple[int, Afkeuring]] = []
    uit = read_table(
        BytesIO(data),
        "tabel.csv",
        layout=header_of(data, "tabel.csv"),
        weiger=lambda regel, reden: geweigerd.append((regel, reden)),
        blok=blok,
    )
    assert uit.geweigerd == len(geweigerd)
    return uit, geweigerd


def as_dict(uit: Ingelezen) -> dict[tuple[str, int], set[str]]:
    gevonden: dict[tuple[str, int], set[str]] = {}
    for postcode, buurt, nummers in uit.regels.iter_rows():
        assert nummers == sorted(set(nummers))
        for nummer in nummers:
            gevonden.setdefault((postcode, nummer), set()).add(buurt)
    return gevonden


def test_it_groups_numbers_by_postcode_and_buurt():
    uit, geweigerd = read(table([("2011AA", 3, "03920101"), ("2011AA", 1, "03920101"), ("2011AA", 2, "03920102")]))
    assert uit.regels.rows() == [("2011AA", "03920101", [1, 3]), ("2011AA", "03920102", [2])]
    assert (uit.rijen, uit.adressen, geweigerd) == (3, 3, [])


def test_an_exact_double_counts_as_a_row_but_not_as_an_address():
    uit, _ = read(table([("2011AA", 1, "03920101")] * 3))
    assert (uit.rijen, uit.adressen, uit.dubbel.height) == (3, 1, 0)


def test_a_key_in_two_buurten_is_kept_twice_and_named():
    uit, _ = read(table([("2011AA", 1, "03920101"), ("2011AA", 1, "03920102"), ("2011AA", 2, "03920101")]))
    assert (uit.rijen, uit.adressen) == (3, 2)
    assert uit.dubbel.rows() == [("2011AA", 1, ["03920101", "03920102"])]
    assert as_dict(uit)["2011AA", 1] == {"03920101", "03920102"}


@pytest.mark.parametrize(
    ("regel", "kolom", "reden"),
    [
        ("0000AA;1;03920101;039201;0392", "postcode", "vier cijfers en twee letters"),
        ("1234SS;1;03920101;039201;0392", "postcode", "SA, SD en SS"),
        ("1234sd;1;03920101;039201;0392", "postcode", "SA, SD en SS"),
        (";1;03920101;039201;0392", "postcode", "ontbreekt"),
        ("2011AA;0;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;-1;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;99999999;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;100000;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;12abc;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;1.0;03920101;039201;0392", "huisnummer", "van 1 tot en met 99999"),
        ("2011AA;;03920101;039201;0392", "huisnummer", "ontbreekt"),
        ("2011AA;1;;039201;0392", "buurt", "ontbreekt"),
        ("2011AA;1;039;039201;0392", "buurt", "geen buurtcode"),
        ("2011AA;1;03920101;039202;0392", "wijk", "hoort niet bij buurt 03920101"),
        ("2011AA;1;03920101;039201;0363", "gemeente", "hoort niet bij buurt 03920101"),
        ("2011AA;1;03920101;039201;", "gemeente", "ontbreekt"),
        ("2011AA;1;😀;039201;0392", "buurt", "geen buurtcode"),
        ("'; DROP TABLE x;--", "regel", "3 kolommen in plaats van 5"),
        ("2011AA;1;03920101;039201;0392;extra", "regel", "6 kolommen in plaats van 5"),
        ("2011AA;1;03920101;039201", "regel", "4 kolommen in plaats van 5"),
        ('2011AA;"1;03920101;039201;0392', "regel", "aanhalingsteken is niet gesloten"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_number_and_reason(regel, kolom, reden):
    goed = table([("2011AA", nummer, "03920101") for nummer in range(1, 6)], einde="\n")
    uit, geweigerd = read(goed + regel + "\n" + "2011AA;99;03920101;039201;0392\n")
    assert [nummer for nummer, _ in geweigerd] == [7]
    assert geweigerd[0][1].kolom == kolom
    assert reden in geweigerd[0][1].reden
    assert (uit.rijen, uit.adressen) == (7, 6)


@pytest.mark.parametrize(
    "regel",
    [
        '"2011AA";"1";"03920101";"039201";"0392"',
        "2011 AA;1;03920101;039201;0392",
        "2011aa; 1 ;BU03920101;WK039201;GM0392",
        "2011AA;0001;3920101;39201;392",
    ],
)
def test_other_ways_to_write_a_row_are_understood(regel):
    uit, geweigerd = read(f"{KOP}\n{regel}\n")
    assert geweigerd == []
    assert as_dict(uit) == {("2011AA", 1): {"03920101"}}


def test_alphanumeric_codes_and_leading_zeros_are_part_of_the_code():
    uit, _ = read(f"{KOP}\n1011AB;105;363AF01;363AF;363\n9981AA;2;00030000;000300;0003\n")
    assert as_dict(uit) == {("1011AB", 105): {"0363AF01"}, ("9981AA", 2): {"00030000"}}


@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(einde):
    uit, geweigerd = read(table(einde=einde))
    assert (uit.rijen, geweigerd) == (6, [])


def test_mixed_line_ends_are_counted_as_an_editor_does():
    goed = "2011AA;1;03920101;039201;0392"
    uit, geweigerd = read(f"{KOP}\r\n{goed}\n{goed}\r{goed}\r\n\nfout\r\n{goed}")
    assert [nummer for nummer, _ in geweigerd] == [6]
    assert (uit.rijen, uit.adressen) == (5, 1)


@pytest.mark.parametrize("blok", [1, 2, 3, 7, 64, 1 << 20])
def test_where_the_blocks_are_cut_makes_no_difference(blok):
    inhoud = (table(einde="\r\n") + "fout\r2011AA;5;03920101;039201;0392\r\n\r\n").encode()
    uit, geweigerd = read(inhoud, blok)
    assert [(nummer, reden.waarde) for nummer, reden in geweigerd] == [(8, "fout")]
    assert (uit.rijen, uit.adressen) == (8, 7)


def test_a_bom_is_no_part_of_the_header():
    uit, _ = read(b"\xef\xbb\xbf" + table().encode())
    assert uit.rijen == 6


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (b"", "leeg"),
        (b"\n\n", "leeg"),
        (b"\xef\xbb\xbf", "leeg"),
        (table().encode("utf-16"), "UTF-16"),
        (table().encode("utf-16-le"), "misschien UTF-16"),
        (table().encode("utf-32"), "UTF-32"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "geen tekst"),
        (b"2011AA;1;03920101;039201;0392\n", "geen kop"),
        (f"{KOP}\n".encode(), "geen enkele rij"),
        (KOP.encode(), "geen enkele rij"),
        (f"{KOP}\r\n\r\n\r\n".encode(), "geen enkele rij"),
    ],
)
def test_what_is_no_table_is_unreadable(inhoud, melding):
    with pytest.raises(OnleesbaarError, match=melding):
        read(inhoud)


def test_a_line_without_end_is_unreadable_and_not_kept_in_memory():
    with pytest.raises(OnleesbaarError, match="regel 2 is langer"):
        read(f"{KOP}\n".encode() + b"0" * (3 << 20), blok=1 << 18)


def test_a_bad_row_in_a_big_file_has_its_own_line_number():
    """The line parser reads only the piece in which it lies."""
    goed = b"2011AA;1;03920101;039201;0392\n"
    regels: list[int] = []
    read_lines = lezer._Lezer._read_lines
    inhoud = f"{KOP}\n".encode() + goed * 299_998 + b"2011AA;1;03920101\n" + goed * 50_000

    def spy(self: Any, blok: Blok) -> None:
        regels.append(blok.tekst.count(b"\n"))
        read_lines(self, blok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lezer._Lezer, "_read_lines", spy)
        _, geweigerd = read(inhoud, blok=8 << 20)
    assert [nummer for nummer, _ in geweigerd] == [300_000]
    assert sum(regels) < 5_000


@pytest.mark.slow
def test_a_wrong_column_count_in_line_four_million_is_reported_there():
    goed = b"2011AA;1;03920101;039201;0392\n"
    inhoud = f"{KOP}\n".encode() + goed * 3_999_998 + b"2011AA;1;03920101;039201\n" + goed * 1_000
    uit, geweigerd = read(inhoud, blok=8 << 20)
    assert [(nummer, reden.reden) for nummer, reden in geweigerd] == [(4_000_000, "4 kolommen in plaats van 5")]
    assert uit.rijen == 4_000_999


velden = st.one_of(
    st.sampled_from(
        ["2011AA", "2011 ab", "0000AA", "1234SS", "1", "+5", "07", "99999", "100000", "-1", "1.0", "1e3", "0x1", " 3 "]
    ),
    st.sampled_from(
        ["03920101", "3920101", "BU03920101", "0363AF01", "039201", "0392", "GM0392", "392", "wk039201", "Bu03920101"]
    ),
    st.sampled_from(
        ["", '"', '""', '"a"', "é", "ı", "ß", "１", "٥", "\x00", "\t", "a\rb", "a\nb", "1_0", "99999999999999999999"]
    ),
)
rijen = st.lists(velden, min_size=1, max_size=7).map(";".join)
goede_rijen = st.builds(
    lambda pc, nummer, buurt: f"{pc};{nummer};{buurt};{buurt[:6]};{buurt[:4]}",
    st.sampled_from(["2011AA", "2011AB", "9999ZZ", "1000AA"]),
    st.integers(1, NUMMER_MAX),
    st.sampled_from(["03920101", "03920102", "0363AF01"]),
)


@settings(deadline=None)
@given(st.lists(st.one_of(goede_rijen, goede_rijen, rijen), max_size=30), st.integers(1, 200))
def test_fast_and_slow_say_the_same(regels, stukje):
    """What polars accepts by the block is exactly what `judge_row` accepts line by line."""
    inhoud = "\n".join([KOP, *regels, "2011AA;1;03920101;039201;0392"]).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lezer, "STUKJE", stukje)
        snel, snel_geweigerd = read(inhoud)
        patch.setattr(lezer._Lezer, "_read_plain", lambda *_: False)
        traag, traag_geweigerd = read(inhoud)
    assert as_dict(snel) == as_dict(traag)
    assert snel_geweigerd == traag_geweigerd
    assert (snel.rijen, snel.adressen) == (traag.rijen, traag.adressen)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2011AA", "2011AB", "2037RB", "9999ZZ", "1000AA"]),
            st.integers(1, NUMMER_MAX),
            st.sampled_from(["03920101", "03920102", "0363AF01", "00030000"]),
        ),
        min_size=1,
        max_size=200,
    ),
    st.integers(20, 2000),
)
def test_nothing_is_lost_whatever_the_order(adressen, blok):
    uit, geweigerd = read(table(adressen), blok)
    verwacht: dict[tuple[str, int], set[str]] = {}
    for postcode, nummer, buurt in adressen:
        verwacht.setdefault((postcode, nummer), set()).add(buurt)
    assert geweigerd == []
    assert as_dict(uit) == verwacht
    assert (uit.rijen, uit.adressen) == (len(adressen), len(verwacht))
    assert {(pc, nr): set(b) for pc, nr, b in uit.dubbel.iter_rows()} == {k: v for k, v in verwacht.items() if len(v) > 1}


def test_a_sound_row_is_exact():
    assert judge_row("2011 aa", " 012 ", "3920101", None, None) == GoedeRij("2011AA", 12, "03920101")


def test_extra_columns_are_passed_over():
    uit, geweigerd = read("Nr;PC6;Huisnummer;Buurt2025;Opmerking\n1;2011AA;12;03920101;\n2;2011AA;14;03920101;é\n")
    assert geweigerd == []
    assert as_dict(uit) == {("2011AA", 12): {"03920101"}, ("2011AA", 14): {"03920101"}}


def test_blocks_number_their_lines():
    random.seed(3)
    tekst = "".join(random.choice(["a", "bb", "", "ccc"]) + random.choice(["\n", "\r\n", "\r"]) for _ in range(300)) + "einde"
    verwacht = tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for grootte in (1, 5, 17, 1000):
        regels = {
            nummer: regel for blok in read_blocks(BytesIO(tekst.encode()), "x", grootte=grootte) for nummer, regel in blok.lines()
        }
        assert [regels[nummer].decode() for nummer in range(1, len(verwacht) + 1)] == verwacht


def test_the_header_decides_the_width():
    layout = read_header(KOP)
    assert layout is not None
    assert layout.breedte == 5
