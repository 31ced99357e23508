"""Messages, documents and sharings as rows, without the actions that make them."""

from datetime import datetime
from typing import Any

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from casussen.documenten import opslag
from casussen.keuzes import DelingMet, Gever, Kring
from casussen.models import Bericht, Casus, Deling, Document
from scholen.rollen import SAMENWERKINGSVERBAND, ZORGCOORDINATOR
from tests.factories.casussen import NU, VANDAAG, CasusFactory, Wereld
from toegang.models import Aanstelling


class BerichtFactory(DjangoModelFactory[Bericht]):
    """What the zorgcoördinator wrote to the team that has the casus."""

    class Meta:
        model = Bericht

    casus = SubFactory(CasusFactory)
    ronde = SelfAttribute("casus.ronde")
    tekst = Sequence(lambda n: f"Bericht nummer {n}.")
    voor = Kring.SCHOOL_EN_TEAM
    wijkteam = SelfAttribute("casus.wijkteam")
    door = SelfAttribute("casus.aangevraagd_door")
    door_naam = SelfAttribute("door.naam")
    door_rol = ZORGCOORDINATOR.sleutel
    op = NU


class DocumentFactory(DjangoModelFactory[Document]):
    """A document with a message, as a row; `stored` puts its bytes there as well."""

    class Meta:
        model = Document

    bericht = SubFactory(BerichtFactory)
    casus = SelfAttribute("bericht.casus")
    voor = SelfAttribute("bericht.voor")
    wijkteam = SelfAttribute("bericht.wijkteam")
    door = SelfAttribute("bericht.door")
    door_naam = SelfAttribute("bericht.door_naam")
    door_rol = SelfAttribute("bericht.door_rol")
    op = SelfAttribute("bericht.op")
    naam = Sequence(lambda n: f"verslag-{n}.pdf")
    soort_mime = "application/pdf"
    grootte = 15
    sha256 = "0" * 64


def stored(document: Document, inhoud: bytes = b"%PDF-1.7 inhoud") -> Document:
    """With its bytes where they belong."""
    opslag.store(document.sleutel, inhoud)
    return document


def share(casus: Casus, wereld: Wereld, met: DelingMet, *, op: datetime = NU, **velden: Any) -> Deling:
    """The casus is shared with Abel's aanbieder, Lena's gemeente or Swen's samenwerkingsverband."""
    cast = wereld.cast
    parties: dict[DelingMet, dict[str, Any]] = {
        DelingMet.AANBIEDER: {"aanbieder": cast.aanbieder},
        DelingMet.LEERPLICHT: {"gemeente": cast.gemeente},
        DelingMet.VERBAND: {
            "verband": Aanstelling.objects.get(user=cast.swen, rol=SAMENWERKINGSVERBAND.sleutel).samenwerkingsverband
        },
    }
    consent = {"gever": Gever.OUDERS_EN_JONGERE, "gegeven_op": VANDAAG, "doel": "Meekijken bij de hulp.", "door": cast.wim}
    return Deling.objects.create(casus=casus, met=met, op=op, **parties[met], **{**consent, **velden})
