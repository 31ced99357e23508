"""The network: areas and an address register, schools and locations, wijkteams with people and rules.

`klein_netwerk()` makes a small world that most tests can stand in; the factories make what is particular to one test.
Write `XFactory.create(…)`, which the type checker knows to be an X.
Names and numbers are invented; codes of gemeenten, wijken and buurten are facts.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, Regio, RegisterRegel, Wijk
from scholen.models import Leerling, Samenwerkingsverband, School, Schoolvakantie, Vestiging
from wijkteams.models import (
    Aanspreekpunt,
    Afwezigheid,
    Contactpersoon,
    SoortGebied,
    SoortWijkteam,
    Voorstel,
    Werkgebied,
    Wijkteam,
)


class RegioFactory(DjangoModelFactory[Regio]):
    class Meta:
        model = Regio
        django_get_or_create = ("naam",)

    naam = "Zuid-Kennemerland en IJmond"
    email = "regio@demo.example"


class GemeenteFactory(DjangoModelFactory[Gemeente]):
    """A gemeente that takes part; `regio=None` makes one outside the region."""

    class Meta:
        model = Gemeente
        django_get_or_create = ("code",)

    code = Sequence(lambda n: f"GM{1000 + n:04d}")
    naam = LazyAttribute(lambda o: f"Gemeente {o.code[2:]}")
    regio = SubFactory(RegioFactory)
    loket_naam = LazyAttribute(lambda o: f"Jeugdloket {o.naam}")
    loket_telefoon = "14 000"
    loket_email = "jeugdloket@gemeente.example"


class EditieFactory(DjangoModelFactory[Editie]):
    class Meta:
        model = Editie

    jaar = 2025
    versie = Sequence(lambda n: n + 1)
    status = EditieStatus.GELADEN
    actief = False
    geladen_op = datetime(2025, 11, 1, 12, tzinfo=UTC)


class WijkFactory(DjangoModelFactory[Wijk]):
    class Meta:
        model = Wijk
        django_get_or_create = ("editie", "code")

    editie = SubFactory(EditieFactory)
    code = Sequence(lambda n: f"WK0392{n % 100:02d}")
    naam = LazyAttribute(lambda o: f"Wijk {o.code[2:]}")


class BuurtFactory(DjangoModelFactory[Buurt]):
    class Meta:
        model = Buurt
        django_get_or_create = ("editie", "code")

    editie = SubFactory(EditieFactory)
    code = Sequence(lambda n: f"BU0392{n % 10000:04d}")
    naam = LazyAttribute(lambda o: f"Buurt {o.code[2:]}")


class RegisterRegelFactory(DjangoModelFactory[RegisterRegel]):
    class Meta:
        model = RegisterRegel

    editie = SubFactory(EditieFactory)
    postcode = "2037RB"
    buurt_code = "BU03920501"
    huisnummers = LazyFunction(lambda: list(range(1, 41)))


class SamenwerkingsverbandFactory(DjangoModelFactory[Samenwerkingsverband]):
    class Meta:
        model = Samenwerkingsverband
        django_get_or_create = ("code",)

    code = "VO2705"
    naam = "Samenwerkingsverband VO Voorbeeld"


def _brin(n: int) -> str:
    """Two digits and two letters, from 90 on: a range in which no school of the demo region lives."""
    return f"{90 + n // 676 % 10}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}"


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School
        django_get_or_create = ("brin",)

    brin = Sequence(_brin)
    naam = LazyAttribute(lambda o: f"Voorbeeldschool {o.brin}")


def _free_location(school: School) -> str:
    """The first number from 10 on that this school has not given yet; lower ones are for tests that name their own."""
    taken = set(Vestiging.objects.filter(school=school).values_list("brin", flat=True)) if school.pk else set()
    return next(brin for number in range(10, 100) if (brin := f"{school.brin}{number}") not in taken)


class VestigingFactory(DjangoModelFactory[Vestiging]):
    class Meta:
        model = Vestiging

    school = SubFactory(SchoolFactory)
    brin = LazyAttribute(lambda o: _free_location(o.school))
    naam = LazyAttribute(lambda o: f"{o.school.naam}, vestiging {o.brin[4:]}")
    sectoren = LazyFunction(lambda: ["vo"])
    gemeente = SubFactory(GemeenteFactory, code="GM0392", naam="Haarlem")


class LeerlingFactory(DjangoModelFactory[Leerling]):
    class Meta:
        model = Leerling

    vestiging = SubFactory(VestigingFactory)
    leerlingnummer = Sequence(lambda n: f"L{n:05d}")
    voornaam = "Voorbeeld"
    achternaam = Sequence(lambda n: f"Leerling-{n}")
    geboortedatum = date(2011, 5, 17)
    sector = "vo"
    klas = "3B"
    postcode = "2037RB"
    huisnummer = 12


class SchoolvakantieFactory(DjangoModelFactory[Schoolvakantie]):
    class Meta:
        model = Schoolvakantie

    schooljaar = "2026-2027"
    naam = Sequence(lambda n: f"Vakantie {n}")
    regio = "noord"
    van = date(2026, 10, 10)
    tot_en_met = date(2026, 10, 18)


class WijkteamFactory(DjangoModelFactory[Wijkteam]):
    class Meta:
        model = Wijkteam

    naam = Sequence(lambda n: f"Wijkteam {n}")
    soort = SoortWijkteam.GEBIED
    gemeente = SubFactory(GemeenteFactory, code="GM0392", naam="Haarlem")
    telefoon = "023 555 00 00"
    email = Sequence(lambda n: f"team{n}@wijkteams.example")


class ContactpersoonFactory(DjangoModelFactory[Contactpersoon]):
    class Meta:
        model = Contactpersoon

    wijkteam = SubFactory(WijkteamFactory)
    naam = Sequence(lambda n: f"Contact Voorbeeld-{n}")
    functie = "jeugdcoach"
    telefoon = "06 555 00 000"
    email = Sequence(lambda n: f"contact{n}@wijkteams.example")
    bereikbaar = "ma di do 9–17"


class AanspreekpuntFactory(DjangoModelFactory[Aanspreekpunt]):
    """For the whole team, unless `vestiging`, `school` or `sector` is given."""

    class Meta:
        model = Aanspreekpunt

    wijkteam = SubFactory(WijkteamFactory)
    contactpersoon = SubFactory(ContactpersoonFactory, wijkteam=SelfAttribute("..wijkteam"))


class AfwezigheidFactory(DjangoModelFactory[Afwezigheid]):
    class Meta:
        model = Afwezigheid

    contactpersoon = SubFactory(ContactpersoonFactory)
    van = date(2026, 1, 1)
    tot_en_met = date(2026, 12, 31)


class WerkgebiedFactory(DjangoModelFactory[Werkgebied]):
    class Meta:
        model = Werkgebied

    wijkteam = SubFactory(WijkteamFactory)
    soort = SoortGebied.GEMEENTE
    gebied = "GM0392"


def make_wijk(editie: Editie, code: str, naam: str, *buurten: tuple[str, str]) -> Wijk:
    """A wijk with its buurten: `make_wijk(editie, "039205", "Schalkwijk", ("01", "Boerhaavewijk"))`."""
    for buurt, buurtnaam in buurten:
        BuurtFactory.create(editie=editie, code=f"BU{code}{buurt}", naam=buurtnaam)
    return WijkFactory.create(editie=editie, code=f"WK{code}", naam=naam)


def make_register(editie: Editie, regels: dict[tuple[str, str], range | list[int]]) -> None:
    """Rows of the register: `{("2037RB", "03920501"): range(1, 41)}`."""
    for (postcode, buurt), nummers in regels.items():
        RegisterRegelFactory.create(editie=editie, postcode=postcode, buurt_code=f"BU{buurt}", huisnummers=sorted(set(nummers)))


def make_team(naam: str, *gebieden: tuple[str, str], contact: str | None = "", **velden: Any) -> Wijkteam:
    """A team with rules (kind, area) and one contact for the whole team; `contact=None` makes a team without people."""
    team = WijkteamFactory.create(naam=naam, **velden)
    for soort, gebied in gebieden:
        WerkgebiedFactory.create(wijkteam=team, soort=soort, gebied=gebied)
    if contact is not None:
        persoon = ContactpersoonFactory.create(wijkteam=team, naam=contact or f"Contact van {naam}")
        AanspreekpuntFactory.create(wijkteam=team, contactpersoon=persoon)
    return team


class VoorstelFactory(DjangoModelFactory[Voorstel]):
    """A draft of changes to the network; `gemaakt_door` is who made it."""

    class Meta:
        model = Voorstel

    regio = SubFactory(RegioFactory)
    naam = Sequence(lambda n: f"Voorstel {n}")
    ingaat_op = date(2027, 1, 1)
    gemaakt_op = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class KleinNetwerk:
    """Haarlem with two wijken and two teams, Heemstede with one team, and Hillegom outside the region.

    2037RB lies in Boerhaavewijk (team Schalkwijk); 2037XX lies half in Boerhaavewijk, half in Molenwijk; 2034AA lies half in
    Schalkwijk, half in Haarlemmerhout (another team); 2036GG lies half in Haarlem, half in Heemstede; 2181AA in Hillegom.
    """

    regio: Regio
    haarlem: Gemeente
    heemstede: Gemeente
    hillegom: Gemeente
    editie: Editie
    schalkwijk: Wijkteam
    centrum: Wijkteam
    team_heemstede: Wijkteam
    school: School
    vestiging: Vestiging


def klein_netwerk() -> KleinNetwerk:
    haarlem = GemeenteFactory.create(code="GM0392", naam="Haarlem")
    heemstede = GemeenteFactory.create(code="GM0397", naam="Heemstede")
    hillegom = GemeenteFactory.create(code="GM0534", naam="Hillegom", regio=None)
    editie = EditieFactory.create(jaar=2025, versie=1, actief=True)
    make_wijk(editie, "039205", "Schalkwijk", ("01", "Boerhaavewijk"), ("02", "Molenwijk"))
    make_wijk(editie, "039201", "Haarlemmerhoutkwartier", ("01", "Haarlemmerhout"))
    make_wijk(editie, "039700", "Heemstede", ("01", "Heemstede-Centrum"))
    make_wijk(editie, "053400", "Hillegom", ("01", "Hillegom-Centrum"))
    make_register(
        editie,
        {
            ("2037RB", "03920501"): range(1, 41),
            ("2037XX", "03920501"): range(2, 41, 2),
            ("2037XX", "03920502"): range(1, 41, 2),
            ("2034AA", "03920501"): range(1, 21),
            ("2034AA", "03920101"): range(21, 41),
            ("2036GG", "03920101"): range(1, 11),
            ("2036GG", "03970001"): range(11, 21),
            ("2101AA", "03970001"): range(1, 21),
            ("2181AA", "05340001"): range(1, 21),
        },
    )
    school = SchoolFactory.create(brin="99AB", naam="Voorbeeldcollege")
    return KleinNetwerk(
        regio=RegioFactory.create(),
        haarlem=haarlem,
        heemstede=heemstede,
        hillegom=hillegom,
        editie=editie,
        schalkwijk=make_team("Wijkteam Schalkwijk", ("wijk", "WK039205"), gemeente=haarlem),
        centrum=make_team("Wijkteam Haarlemmerhout", ("wijk", "WK039201"), gemeente=haarlem),
        team_heemstede=make_team("Wijkteam Heemstede", ("gemeente", "GM0397"), gemeente=heemstede),
        school=school,
        vestiging=VestigingFactory.create(school=school, brin="99AB00", sectoren=["vo"]),
    )
