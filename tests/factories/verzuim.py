"""Verzuim: reports as rows, and consent to share a casus with leerplicht or a samenwerkingsverband."""

from datetime import date, timedelta
from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from casussen.keuzes import DelingMet, Gever
from casussen.models import Casus, Deling
from gebieden.models import Gemeente
from scholen.models import Leerling, Samenwerkingsverband, Verzuim, Verzuimsignaal
from scholen.verzuim.keuzes import RedenVerzuim, SoortSignaal, SoortVerzuim
from tests.factories.casussen import NU, VANDAAG
from tests.factories.netwerk import LeerlingFactory
from tests.factories.toegang import UserFactory

#: Seven weeks before NU, one of them the autumn holiday of the north.
LANG_GELEDEN = date(2026, 10, 5)


class VerzuimFactory(DjangoModelFactory[Verzuim]):
    """Away for a long time and still so, as a row."""

    class Meta:
        model = Verzuim

    leerling = SubFactory(LeerlingFactory)
    soort = SoortVerzuim.RELATIEF
    reden = RedenVerzuim.KAN_NIET
    van = LANG_GELEDEN
    door = SubFactory(UserFactory)
    op = NU


class SignaalFactory(DjangoModelFactory[Verzuimsignaal]):
    class Meta:
        model = Verzuimsignaal

    leerling = SubFactory(LeerlingFactory)
    soort = SoortSignaal.UREN
    venster_van = date(2026, 11, 9)
    venster_tot = date(2026, 11, 29)
    waarde = 16
    op = NU


def at_home(leerling: Leerling, **velden: Any) -> Verzuim:
    return VerzuimFactory.create(leerling=leerling, **velden)


def share(casus: Casus, partij: Gemeente | Samenwerkingsverband, **velden: Any) -> Deling:
    """With leerplicht of this gemeente, or with this samenwerkingsverband."""
    return Deling.objects.create(
        casus=casus,
        met=DelingMet.LEERPLICHT if isinstance(partij, Gemeente) else DelingMet.VERBAND,
        gemeente=partij if isinstance(partij, Gemeente) else None,
        verband=partij if isinstance(partij, Samenwerkingsverband) else None,
        gever=Gever.OUDERS_EN_JONGERE,
        gegeven_op=VANDAAG - timedelta(days=1),
        doel="Samen zorgen dat de leerling weer naar school gaat.",
        door=casus.aangevraagd_door,
        op=NU,
        **velden,
    )
