"""Class lists and kennismakingen."""

import uuid
from datetime import date

from factory.declarations import LazyFunction, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from kern.klok import now
from scholen.klassenlijst.pakket import pack
from scholen.models import Klassenlijst
from tests.factories.netwerk import ContactpersoonFactory, SchoolFactory, VestigingFactory
from tests.factories.toegang import UserFactory
from wijkteams.models import Kennismaking


class KlassenlijstFactory(DjangoModelFactory[Klassenlijst]):
    """A list with one good pupil that waits for its check."""

    class Meta:
        model = Klassenlijst

    vestiging = SubFactory(VestigingFactory)
    door = SubFactory(UserFactory)
    sleutel = LazyFunction(uuid.uuid4)
    aangemaakt = LazyFunction(now)
    soort_bestand = "csv"
    kolommen = LazyFunction(lambda: [{"kop": "Leerlingnummer", "veld": "leerlingnummer"}, {"kop": "Naam", "veld": "naam"}])
    inhoud = LazyFunction(lambda: pack(["Leerlingnummer", "Naam"], [(2, ["1001", "Piet Voorbeeld"])]))
    rijen = 1


class KennismakingFactory(DjangoModelFactory[Kennismaking]):
    class Meta:
        model = Kennismaking

    contactpersoon = SubFactory(ContactpersoonFactory)
    medewerker = SubFactory(UserFactory)
    school = SubFactory(SchoolFactory)
    datum = date(2026, 9, 3)
    soort = "school"
    door = SelfAttribute("medewerker")
    aangemaakt = LazyFunction(now)
