"""manage.py route_bulk: any CSV that people make, in order, every row an uitkomst."""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories.netwerk import RegisterRegelFactory

KOP = ["id", "postcode", "huisnummer", "toevoeging", "sector", "school", "geboortedatum"]
UIT = ["uitkomst", "gemeentecode", "wijkcode", "buurtcode", "wijkteam", "aanspreekpunt"]
GOED = "1,2037RB,12,,vo,99AB,2011-05-17"
SCHALKWIJK = ["toegewezen", "GM0392", "WK039205", "BU03920501", "Wijkteam Schalkwijk", "Contact van Wijkteam Schalkwijk"]


@pytest.fixture
def run(net, tmp_path):
    """Text or bytes in, rows of the answer out."""

    def run(content, delimiter=","):
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("route_bulk", str(source), str(target), stdout=StringIO())
        with target.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    return run


def answers(rows):
    return [[row[naam] for naam in UIT] for row in rows]


class TestForm:
    def test_the_columns_that_came_and_the_answer(self, run):
        rows = run(f"{','.join(KOP)}\n{GOED}\n")
        assert list(rows[0]) == KOP + UIT
        assert [rows[0][naam] for naam in KOP] == GOED.split(",")
        assert answers(rows) == [SCHALKWIJK]

    @pytest.mark.parametrize(
        "content",
        [
            f"{','.join(KOP)}\r\n{GOED}\r\n",
            f"{','.join(KOP)}\r{GOED}\r",
            f"\ufeff{','.join(KOP)}\n{GOED}",
            f"{','.join(KOP)}\n{GOED}".encode("utf-16"),
            f"\n\n{','.join(KOP)}\n\n{GOED}\n\n   \n",
            f"{','.join(KOP).upper()}\n{GOED}\n",
            f"{' , '.join(KOP)}\n{GOED}\n",
            f"{','.join(KOP)}\n{GOED},,,\n",
            'id,"postcode",huisnummer,toevoeging,sector,school,geboortedatum\n"1","2037RB","12","","vo","99AB","2011-05-17"\n',
        ],
        ids=["crlf", "cr", "bom", "utf-16", "blank lines", "capitals", "spaces", "trailing commas", "quotes"],
    )
    def test_forms_of_the_same_file(self, run, content):
        assert answers(run(content)) == [SCHALKWIJK]

    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_other_separators_come_back_as_they_came(self, run, delimiter):
        rows = run(f"{delimiter.join(KOP)}\n{GOED.replace(',', delimiter)}\n", delimiter)
        assert answers(rows) == [SCHALKWIJK]

    def test_windows_text(self, run):
        rows = run("id,postcode,huisnummer\nZoë,2037RB,12\n".encode("cp1252"))
        assert (rows[0]["id"], answers(rows)) == ("Zoë", [SCHALKWIJK])

    def test_missing_columns_and_another_order(self, run):
        rows = run("huisnummer,naam van het kind,postcode\n12,Geheim,2037RB\n")
        assert answers(rows) == [SCHALKWIJK]
        assert "Geheim" not in str(rows)
        assert [rows[0][naam] for naam in KOP] == ["", "2037RB", "12", "", "", "", ""]

    def test_only_a_header(self, run):
        assert run(",".join(KOP) + "\n") == []

    def test_a_quoted_field_with_a_separator_a_quote_and_a_line_break(self, run):
        rows = run('id,postcode,huisnummer\n"a, ""b""\nc",2037RB,12\n2,2037RB,14\n')
        assert [row["id"] for row in rows] == ['a, "b"\nc', "2"]
        assert answers(rows) == [SCHALKWIJK, SCHALKWIJK]

    def test_a_stray_quote_costs_one_row_at_most(self, run):
        lines = [f"{number},2037RB,{number}" for number in range(1, 31)]
        lines[4] = '5,"2037RB,5'
        lines[9] = '10,2037RB,10" hs'
        rows = run("id,postcode,huisnummer\n" + "\n".join(lines))
        assert len(rows) == 30
        assert [row["id"] for row in rows if row["uitkomst"] != "toegewezen"] == ["5", "10"]


class TestRows:
    def test_order_is_kept_and_every_row_has_an_uitkomst(self, run):
        lines = [
            ("a", "2037RB", "12", "toegewezen"),
            ("b", "0000AA", "1", "ongeldig"),
            ("c", "2034AA", "99", "meerdere"),
            ("d", "2181AA", "1", "buiten_regio"),
            ("e", "9999ZZ", "1", "adres_onbekend"),
            ("f", "", "", "ongeldig"),
            ("g", "2037 rb", "12-B", "toegewezen"),
            ("h", "2037RB", "12abc", "ongeldig"),
            ("i", "2037rb", "12 b hs", "toegewezen"),
            ("a", "2037RB", "99", "toegewezen"),
        ]
        rows = run("id,postcode,huisnummer\n" + "\n".join(",".join(line[:3]) for line in lines))
        assert [(row["id"], row["uitkomst"]) for row in rows] == [(line[0], line[3]) for line in lines]

    @pytest.mark.parametrize(
        "row",
        [
            "1,2037RB,0,,,,",
            "1,2037RB,-1,,,,",
            "1,2037RB,99999999,,,,",
            "1,2037RB,🏠,,,,",
            f"1,2037RB,12,{'x' * 10_000},,,",
            "1,2037RB,12,<b>,,,",
            "1,2037RB,12,,hbo,,",
            "1,2037RB,12,,,11ZZ,",
            "1,2037RB,12,,,'; DROP TABLE x; --,",
            "1,2037RB,12,,,,2099-01-01",
            "1,2037RB,12,,,,gisteren",
            "1,2037RB,12,,,,,te veel",
            "1,2037\x00RB,12,,,,",
            "1",
        ],
    )
    def test_a_bad_row_is_ongeldig_and_the_others_are_not(self, run, row):
        rows = run(f"{','.join(KOP)}\n{GOED}\n{row}\n{GOED}\n")
        assert [row["uitkomst"] for row in rows] == ["toegewezen", "ongeldig", "toegewezen"]
        assert answers(rows)[1][1:] == ["", "", "", "", ""]

    def test_two_files_in_one_transaction(self, run):
        assert answers(run(f"{','.join(KOP)}\n{GOED}\n")) == answers(run(f"{','.join(KOP)}\n{GOED}\n")) == [SCHALKWIJK]

    def test_codes_are_given_as_far_as_they_are_certain(self, run):
        rows = run("postcode,huisnummer\n2037XX,99\n2034AA,99\n2036GG,99\n")
        assert [answer[:4] for answer in answers(rows)] == [
            ["toegewezen", "GM0392", "WK039205", ""],
            ["meerdere", "GM0392", "", ""],
            ["meerdere", "", "", ""],
        ]

    def test_a_key_with_two_areas(self, net, run):
        RegisterRegelFactory.create(editie=net.editie, postcode="2037RB", buurt_code="BU03920101", huisnummers=[12])
        rows = run("postcode,huisnummer\n2037RB,12\n2037RB,14\n2037RB,99\n")
        assert [row["uitkomst"] for row in rows] == ["meerdere", "toegewezen", "meerdere"]


@pytest.mark.usefixtures("net")
class TestCommand:
    def test_it_tells_how_many(self, tmp_path):
        (tmp_path / "in.csv").write_text("postcode,huisnummer\n2037RB,12\n2037RB,13\n0000AA,1\n")
        out = StringIO()
        call_command("route_bulk", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), stdout=out)
        assert out.getvalue() == "3 rijen verwerkt.\n  toegewezen: 2\n  ongeldig: 1\n"

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"1,2037RB,12\n", b"naam;adres\nx;y\n"])
    def test_a_file_without_column_names_is_wrong_usage(self, tmp_path, content):
        (tmp_path / "in.csv").write_bytes(content)
        with pytest.raises(CommandError) as problem:
            call_command("route_bulk", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"))
        assert problem.value.returncode == 2
        assert not (tmp_path / "out.csv").exists()

    @pytest.mark.parametrize(("source", "target"), [("niet.csv", "out.csv"), ("in.csv", "nergens/out.csv"), (".", "out.csv")])
    def test_a_file_that_cannot_be_read_or_written_is_wrong_usage(self, tmp_path, source, target):
        (tmp_path / "in.csv").write_text("postcode,huisnummer\n2037RB,12\n")
        with pytest.raises(CommandError) as problem:
            call_command("route_bulk", str(tmp_path / source), str(tmp_path / target))
        assert problem.value.returncode == 2
        assert "None" not in str(problem.value), "it says which file, and why"
        assert str(tmp_path) in str(problem.value)

    def test_a_failure_leaves_the_old_file(self, tmp_path, monkeypatch):
        (tmp_path / "in.csv").write_text("postcode,huisnummer\n2037RB,12\n")
        (tmp_path / "out.csv").write_text("oud")

        def broken(self, target):
            raise OSError(28, os.strerror(28), str(target))

        monkeypatch.setattr(Path, "replace", broken)
        with pytest.raises(CommandError):
            call_command("route_bulk", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"))
        assert (tmp_path / "out.csv").read_text() == "oud"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
