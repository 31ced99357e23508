"""People who sign in: the fixed cast, and factories for who is particular to one test.

cast = make_cast()
cast.zoe      zorgcoördinator of school A          cast.otto   outsider: zorgcoördinator of school B
cast.teun     teamleider of school A               cast.ona    outsider: lid of team B
cast.wim      lid of team A                        cast.rik    outsider: regiocoördinator of another region
cast.cora     coördinator of team A                cast.leeg   an account without any appointment
cast.swen     of a samenwerkingsverband
cast.rea      regiocoördinator                     cast.gerda  gemeentemedewerker of the gemeente of team A
cast.fenna    functioneel beheer                   cast.lena    leerplichtambtenaar of that gemeente
cast.abel     works for an aanbieder (cast.aanbieder)
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from gebieden.models import Gemeente, Regio
from kern.kijker import Kijker, Rol
from kern.klok import now, today
from scholen.models import School
from tests.factories.netwerk import RegioFactory, SamenwerkingsverbandFactory, SchoolFactory, WijkteamFactory
from tests.factories.zorg import AanbiederFactory
from toegang.kijkers import kijker_for_user
from toegang.models import Aanstelling, ApiToken, User
from toegang.models.token import hash_token, new_token
from toegang.rollen import (
    AANBIEDER,
    FUNCTIONEEL_BEHEER,
    GEMEENTEMEDEWERKER,
    LEERPLICHT,
    REGIOCOORDINATOR,
    SAMENWERKINGSVERBAND,
    SCHOOLTEAMLEIDER,
    WIJKTEAMCOORDINATOR,
    WIJKTEAMLID,
    ZORGCOORDINATOR,
)
from wijkteams.models import Wijkteam
from zorgaanbod.models import Aanbieder

WACHTWOORD = "een-lang-testwachtwoord-7"


class UserFactory(DjangoModelFactory[User]):
    """Someone with an account, without a password unless asked for (hashing one is slow: `with_password`)."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"persoon{n}@test.example")
    naam = Sequence(lambda n: f"Testpersoon {n}")
    password = "!"


class AanstellingFactory(DjangoModelFactory[Aanstelling]):
    class Meta:
        model = Aanstelling

    user = SubFactory(UserFactory)
    rol = FUNCTIONEEL_BEHEER.sleutel


def with_password(user: User, password: str = WACHTWOORD) -> User:
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def appoint(user: User, rol: Rol, organisatie: Any = None, *, van: date | None = None, tot: date | None = None) -> Aanstelling:
    """`user` holds `rol` for this organisation (School, Wijkteam, Gemeente, Regio, or none)."""
    fields: dict[str, Any] = {rol.soort: organisatie} if rol.soort else {}
    return AanstellingFactory.create(user=user, rol=rol.sleutel, van=van or date(2020, 1, 1), tot=tot, **fields)


def user_with(rol: Rol, organisatie: Any = None, **user_fields: Any) -> User:
    user = UserFactory.create(**user_fields)
    appoint(user, rol, organisatie)
    return user


def kijker_of(user: User, op: date | None = None) -> Kijker:
    return kijker_for_user(user, op or today())


def client_of(user: User | None = None, **kwargs: Any) -> Client:
    """A browser in which this person is signed in (None: nobody)."""
    client = Client(**kwargs)
    if user is not None:
        client.force_login(user)
    return client


def token_of(user: User, *, verloopt_op: datetime | None = None) -> str:
    """A fresh API token for the first appointment of this person."""
    key = new_token()
    moment = now()
    ApiToken.objects.create(
        aanstelling=user.aanstellingen.order_by("pk")[0],
        hash=hash_token(key),
        naam="test",
        aangemaakt=moment,
        verloopt_op=verloopt_op or moment + timedelta(days=1),
    )
    return key


@dataclass(frozen=True)
class Cast:
    school_a: School
    school_b: School
    team_a: Wijkteam
    team_b: Wijkteam
    gemeente: Gemeente
    regio: Regio
    zoe: User
    teun: User
    wim: User
    cora: User
    rea: User
    gerda: User
    fenna: User
    otto: User
    ona: User
    rik: User
    leeg: User
    swen: User
    lena: User
    abel: User
    aanbieder: Aanbieder

    @property
    def everyone(self) -> dict[str, User]:
        names = ("zoe", "teun", "wim", "cora", "rea", "gerda", "fenna", "otto", "ona", "rik", "leeg", "swen", "lena", "abel")
        return {name: getattr(self, name) for name in names}


def make_cast(*, school: School | None = None, team: Wijkteam | None = None) -> Cast:
    """The fixed cast; school A and team A may be given, so that it stands in a network that a test made."""
    school_a = school or SchoolFactory.create(naam="School A")
    team_a = team or WijkteamFactory.create(naam="Team A")
    school_b = SchoolFactory.create(naam="School B")
    team_b = WijkteamFactory.create(naam="Team B")
    gemeente = team_a.gemeente
    regio = gemeente.regio or RegioFactory.create()
    aanbieder = AanbiederFactory.create(naam="Aanbieder A")
    return Cast(
        school_a=school_a,
        school_b=school_b,
        team_a=team_a,
        team_b=team_b,
        gemeente=gemeente,
        regio=regio,
        zoe=user_with(ZORGCOORDINATOR, school_a, email="zoe@test.example", naam="Zoë Zorg"),
        teun=user_with(SCHOOLTEAMLEIDER, school_a, email="teun@test.example", naam="Teun Teamleider"),
        wim=user_with(WIJKTEAMLID, team_a, email="wim@test.example", naam="Wim Wijkteam"),
        cora=user_with(WIJKTEAMCOORDINATOR, team_a, email="cora@test.example", naam="Cora Coördinator"),
        rea=user_with(REGIOCOORDINATOR, regio, email="rea@test.example", naam="Rea Regio"),
        gerda=user_with(GEMEENTEMEDEWERKER, gemeente, email="gerda@test.example", naam="Gerda Gemeente"),
        fenna=user_with(FUNCTIONEEL_BEHEER, None, email="fenna@test.example", naam="Fenna Functioneel"),
        otto=user_with(ZORGCOORDINATOR, school_b, email="otto@test.example", naam="Otto Ander"),
        ona=user_with(WIJKTEAMLID, team_b, email="ona@test.example", naam="Ona Ander"),
        rik=user_with(REGIOCOORDINATOR, RegioFactory.create(naam="Andere regio"), email="rik@test.example", naam="Rik Ander"),
        leeg=UserFactory.create(email="leeg@test.example", naam="Lea Leeg"),
        swen=user_with(
            SAMENWERKINGSVERBAND, SamenwerkingsverbandFactory.create(), email="swen@test.example", naam="Swen Samenwerking"
        ),
        lena=user_with(LEERPLICHT, gemeente, email="lena@test.example", naam="Lena Leerplicht"),
        abel=user_with(AANBIEDER, aanbieder, email="abel@test.example", naam="Abel Aanbieder"),
        aanbieder=aanbieder,
    )


__all__ = [
    "WACHTWOORD",
    "AanstellingFactory",
    "Cast",
    "UserFactory",
    "appoint",
    "client_of",
    "kijker_of",
    "make_cast",
    "token_of",
    "user_with",
    "with_password",
]
