"""Property: reading addresses column by column gives what reading them one by one gives, however they were typed."""

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gebieden.adres import Adres, parse_adres
from wijkteams.routering.bulk_lezen import read_addresses

ruimte = st.sampled_from(["", "", "", " ", "  ", "\t", "\u00a0", "-", "      "])
letters = st.text(st.sampled_from("aAbBsSdDzZéß１"), min_size=1, max_size=3)
postcode = st.one_of(
    st.builds("".join, st.tuples(ruimte, st.integers(0, 99999).map(str), ruimte, letters, ruimte)),
    st.sampled_from(["2037RB", "2037 rb", "1234SS", "0000AA", "2037", "NL2037RB", "nl-2037 rb", "\n2037RB", "2037RB\n"]),
)
huisnummer = st.one_of(
    st.builds("".join, st.tuples(ruimte, st.integers(-1, 100_001).map(str), ruimte, st.one_of(st.just(""), letters), ruimte)),
    st.sampled_from(["12", "012", "12 b hs", "12-", "12--b", "12hs", "12bis", "nr 12", "12.5", "12/1", "1²", "12\n", "12 b\n"]),
)
toevoeging = st.one_of(st.just(""), letters, st.sampled_from(["hs", "b", "B", "b hs", "123456", "1234567", " ", "-", "hs\n"]))


@settings(max_examples=400, deadline=None)
@given(rows=st.lists(st.tuples(postcode, huisnummer, toevoeging), max_size=30))
@example(rows=[("2037RB", "12b", "c"), ("2037RB", "12b", "b"), ("2037RB", "12b", "hs"), ("2037RB", "12 b hs", "bg")])
def test_column_by_column_is_one_by_one(rows):
    schema = dict.fromkeys(["postcode", "huisnummer", "toevoeging"], pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("nr")
    read = {row["nr"]: (row["pc"], row["nummer"]) for row in read_addresses(frame).to_dicts()}
    one_by_one = {nr: parse_adres(typed[0], typed[1], "", typed[2]) for nr, typed in enumerate(rows)}
    assert read == {nr: (adres.postcode, adres.huisnummer) for nr, adres in one_by_one.items() if isinstance(adres, Adres)}
