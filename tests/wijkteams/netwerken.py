"""Random small networks for property tests: areas, a register, schools, teams, people and rules, and all that can go wrong.

The geography is fixed (three gemeenten of which one outside the region, two wijken each, two buurten each); what lies where, and
who does what, is drawn.
"""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from hypothesis import strategies as st

from gebieden.models import Buurt, Editie, Gemeente, Regio, RegisterRegel, Wijk
from scholen.models import School, Vestiging
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import NUMMER_MAX

OP = date(2026, 9, 1)
GEMEENTEN = ("0001", "0002", "0003")
WIJKEN = tuple(f"{gemeente}{wijk}" for gemeente in GEMEENTEN for wijk in ("01", "02"))
BUURTEN = tuple(f"{wijk}{buurt}" for wijk in WIJKEN for buurt in ("01", "02"))
#: Most buurten of the register lie in the first gemeente, so that rules and addresses meet.
WAARSCHIJNLIJK = (*BUURTEN[:4], *BUURTEN[:4], *BUURTEN[:4], *BUURTEN)
POSTCODES = ("1111AA", "1111AB", "1111AC", "2222AA", "2222AB", "2222AC")
SECTOREN = ("po", "so", "vo", "vso", "pro", "mbo")
#: School 97AA has one location, 98BB two, 99CC none.
VESTIGINGEN = {"97AA00": ["vo"], "98BB00": ["vo", "vso"], "98BB01": ["mbo"]}
AANTAL_TEAMS = 4
MENSEN_PER_TEAM = 3

nummers = st.lists(st.integers(1, 8), min_size=1, max_size=6, unique=True).map(sorted)
register = st.fixed_dictionaries(
    {postcode: st.dictionaries(st.sampled_from(WAARSCHIJNLIJK), nummers, min_size=1, max_size=3) for postcode in POSTCODES}
)
leeftijden = st.sampled_from([(0, 150), (0, 150), (0, 150), (0, 18), (18, 150), (12, 18), (0, 12)])
ALTIJD = (date(2000, 1, 1), date(2100, 1, 1))
datums = st.sampled_from([ALTIJD, ALTIJD, ALTIJD, (OP, date(2100, 1, 1)), (date(2000, 1, 1), OP)])

_GEBIEDEN = {
    "school": ["GM0001", "GM0001", "GM0002", "GM0003"],
    "voorrang": ["GM0001", "GM0001", "GM0002", "GM0003"],
    "gemeente": ["GM0001", "GM0001", "GM0002", "GM0003"],
    "wijk": [f"WK{code}" for code in (*WIJKEN[:2], *WIJKEN)],
    "buurt": [f"BU{code}" for code in WAARSCHIJNLIJK],
    "pc4": ["1111", "2222"],
    "pc6": list(POSTCODES),
    "nummers": list(POSTCODES),
}


@st.composite
def werkgebied(draw: Any) -> dict[str, Any]:
    soort = draw(st.sampled_from([*_GEBIEDEN, "wijk", "gemeente", "buurt"]))
    van, tot = draw(datums)
    leeftijd_van, leeftijd_tot = draw(leeftijden)
    velden = {
        "team": draw(st.integers(0, AANTAL_TEAMS - 1)),
        "soort": soort,
        "gebied": draw(st.sampled_from(_GEBIEDEN[soort])),
        "sector": draw(st.sampled_from(["*"] * 8 + list(SECTOREN))),
        "leeftijd_van": leeftijd_van,
        "leeftijd_tot": leeftijd_tot,
        "van": van,
        "tot": tot,
    }
    if soort == "school":
        velden["bij"] = draw(st.sampled_from(["97AA", "98BB", "99CC", *VESTIGINGEN]))
    if soort == "nummers":
        eerste = draw(st.integers(1, 8))
        velden["nummer_van"] = eerste
        velden["nummer_tot_en_met"] = draw(st.sampled_from([eerste, eerste + 3, NUMMER_MAX]))
        velden["zijde"] = draw(st.sampled_from(["beide", "even", "oneven"]))
    return velden


@st.composite
def aanspreekpunt(draw: Any) -> dict[str, Any]:
    persoon, vervanger = draw(st.integers(0, MENSEN_PER_TEAM - 1)), draw(st.integers(-1, MENSEN_PER_TEAM - 1))
    return {
        "team": draw(st.integers(0, AANTAL_TEAMS - 1)),
        "persoon": persoon,
        "vervanger": None if vervanger in {-1, persoon} else vervanger,
        "bij": draw(st.sampled_from([""] * 6 + [*SECTOREN, "97AA", "98BB", *VESTIGINGEN])),
    }


@st.composite
def netwerk(draw: Any) -> dict[str, Any]:
    per_persoon = AANTAL_TEAMS * MENSEN_PER_TEAM
    return {
        "register": draw(register),
        "regels": draw(st.lists(werkgebied(), min_size=4, max_size=16)),
        "punten": draw(st.lists(aanspreekpunt(), min_size=4, max_size=16)),
        "weg": draw(st.lists(st.sampled_from([False, False, True]), min_size=per_persoon, max_size=per_persoon)),
        "vertrokken": draw(st.lists(st.sampled_from([False] * 4 + [True]), min_size=per_persoon, max_size=per_persoon)),
        "opgeheven": draw(st.lists(st.sampled_from([False] * 4 + [True]), min_size=AANTAL_TEAMS, max_size=AANTAL_TEAMS)),
    }


gewoon = st.fixed_dictionaries(
    {
        "postcode": st.sampled_from(POSTCODES),
        "huisnummer": st.integers(1, 10).map(str),
        "toevoeging": st.sampled_from(["", "", "", "hs", "B"]),
        "sector": st.sampled_from(["", *SECTOREN]),
        "school": st.sampled_from(["", "", "97AA", "98BB", "99CC", *VESTIGINGEN]),
        "geboortedatum": st.sampled_from(["", "2014-09-02", "2014-09-01", "2008-09-01", "2008-09-02", "1990-01-01"]),
    }
)
vreemd = st.sampled_from(
    [
        {},
        *({"postcode": postcode} for postcode in ("1111 aa", "1111ZZ", "3333AA", "0000AA", "1234SS", "", " 2222ab ", "2222-AC")),
        *({"huisnummer": nummer} for nummer in ("4b", "4-B", "4 b hs", "0", "-1", "x", "007", "99999", "100000", "12abc", "")),
        *({"toevoeging": toevoeging} for toevoeging in ("a b c", "🙂", "x" * 10_000, "<b>", "'; --")),
        *({"sector": sector} for sector in ("VO", "hbo", " pro ")),
        *({"school": school} for school in ("97 aa 00", "11ZZ", "97AA09", "x")),
        *({"geboortedatum": dag} for dag in ("2-9-2008", "2030-01-01", "1890-01-01", "31-02-2010", "x")),
    ]
)
vraag = st.builds(lambda basis, afwijking: {**basis, **afwijking}, gewoon, st.one_of(st.just({}), st.just({}), vreemd))


def build(tekening: dict[str, Any]) -> None:
    """Put a drawn network into the database; a rule that would tie, or a person twice for one scope, is refused by it."""
    regio = Regio.objects.create(naam="Regio")
    gemeenten = [
        Gemeente.objects.create(code=f"GM{code}", naam=f"Gemeente {code}", regio=None if code == "0003" else regio)
        for code in GEMEENTEN
    ]
    _build_register(tekening["register"])
    scholen = {brin: School.objects.create(brin=brin, naam=f"School {brin}") for brin in ("97AA", "98BB", "99CC")}
    vestigingen = {
        brin: Vestiging.objects.create(school=scholen[brin[:4]], brin=brin, naam=f"Locatie {brin}", sectoren=sectoren)
        for brin, sectoren in VESTIGINGEN.items()
    }
    teams = [
        Wijkteam.objects.create(naam=f"Team {nummer}", gemeente=gemeenten[nummer % 2], geldig_tot=OP if opgeheven else None)
        for nummer, opgeheven in enumerate(tekening["opgeheven"])
    ]
    for regel in tekening["regels"]:
        bij, velden = regel.get("bij"), {naam: waarde for naam, waarde in regel.items() if naam not in {"team", "bij"}}
        _try(Werkgebied, wijkteam=teams[regel["team"]], school=scholen.get(bij), vestiging=vestigingen.get(bij), **velden)
    _build_people(tekening, teams, scholen, vestigingen)


def _build_register(tekening: dict[str, dict[str, list[int]]]) -> None:
    editie = Editie.objects.create(jaar=2025, status="geladen", actief=True, geladen_op=datetime(2025, 9, 1, tzinfo=UTC))
    Wijk.objects.bulk_create(Wijk(editie=editie, code=f"WK{code}", naam=f"Wijk {code}") for code in WIJKEN)
    Buurt.objects.bulk_create(Buurt(editie=editie, code=f"BU{code}", naam=f"Buurt {code}") for code in BUURTEN)
    RegisterRegel.objects.bulk_create(
        RegisterRegel(editie=editie, postcode=postcode, buurt_code=f"BU{buurt}", huisnummers=huisnummers)
        for postcode, buurten in tekening.items()
        for buurt, huisnummers in buurten.items()
    )


def _build_people(
    tekening: dict[str, Any], teams: list[Wijkteam], scholen: dict[str, School], vestigingen: dict[str, Vestiging]
) -> None:
    mensen = Contactpersoon.objects.bulk_create(
        Contactpersoon(
            wijkteam=teams[index // MENSEN_PER_TEAM], naam=f"Persoon {index}", in_dienst_tot=OP if vertrokken else None
        )
        for index, vertrokken in enumerate(tekening["vertrokken"])
    )
    for index, weg in enumerate(tekening["weg"]):
        if weg:
            ander = mensen[(index + 1) % len(mensen)] if index % 2 else None
            Afwezigheid.objects.create(contactpersoon=mensen[index], van=OP, tot_en_met=OP, vervanger=ander)
    for punt in tekening["punten"]:
        bij, begin = punt["bij"], punt["team"] * MENSEN_PER_TEAM
        _try(
            Aanspreekpunt,
            wijkteam=teams[punt["team"]],
            contactpersoon=mensen[begin + punt["persoon"]],
            vervanger=None if punt["vervanger"] is None else mensen[begin + punt["vervanger"]],
            sector=bij if bij in SECTOREN else "",
            school=scholen.get(bij),
            vestiging=vestigingen.get(bij),
        )


def _try(model: type[Werkgebied] | type[Aanspreekpunt], **velden: Any) -> None:
    with suppress(IntegrityError), transaction.atomic():
        model.objects.create(**velden)
