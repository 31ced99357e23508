"""What the API tells of a casus, per viewer, and what it takes in. The fields of a step come from the workflow table.

A line of a list is pseudonymous for everyone: number, status, clock. Content is in one member, `inhoud`, which is null for who
may not see it; what is another's within it (the notes of a wijkteam) is null too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from casussen.fouten import Ontbreekt
from casussen.keuzes import EigenaarSoort, Gever, NamensWie, SoortContact, Status, Urgentie
from casussen.models import Casus
from casussen.mogelijk import Mogelijk
from casussen.queries import CasusDetail, Escalatie, TeRouteren, VolgendeStap
from casussen.queries.hulp import InzetBeeld
from casussen.serializers_dossier import DelingSerializer, InzetSerializer, MdoSerializer, PlanSerializer, TaakSerializer
from casussen.velden import CONCEPT_VELDEN, Soort, Veld
from casussen.velden.lezen import IDS
from casussen.workflow import ACTIES, rules_of
from kern.api import JaNee, StrictSerializer, Tekst
from wijkteams.api import Huisnummer

GROOTSTE_ID = 2**63 - 1
GROOTSTE_VERSIE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Rij:
    """One line of a list. `inhoud`: may this viewer open its content?"""

    casus: Casus
    stap: VolgendeStap
    op: datetime
    inhoud: bool


@dataclass(frozen=True, slots=True)
class Blad(Rij):
    """One casus as one viewer may see it: with its content (`detail`), with the own help of an aanbieder (`eigen_hulp`), or with
    what is needed to find a team (`te_routeren`)."""

    acties: list[Mogelijk]
    detail: CasusDetail | None = None
    eigen_hulp: Sequence[InzetBeeld] | None = None
    te_routeren: TeRouteren | None = None
    escalatie: Escalatie | None = None
    fouten: Sequence[Ontbreekt] | None = None
    ontbreekt: Sequence[Ontbreekt] | None = None


# --- Out: a line --------------------------------------------------------------------------------------------------------
class OrganisatieSerializer(serializers.Serializer[Any]):
    brin = serializers.CharField()
    naam = serializers.CharField()


class TeamRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    naam = serializers.CharField()


class VolgendeStapSerializer(serializers.Serializer[Rij]):
    """Who owns the next step, what it is, and by when."""

    eigenaar = serializers.ChoiceField(source="stap.eigenaar", choices=EigenaarSoort.choices, allow_null=True)
    wat = serializers.CharField(source="stap.zonder_namen")
    uiterlijk = serializers.DateTimeField(source="stap.uiterlijk", allow_null=True)
    te_laat = serializers.SerializerMethodField()

    def get_te_laat(self, rij: Rij) -> bool:
        return rij.stap.uiterlijk is not None and rij.stap.uiterlijk < rij.op


class CasusRegelSerializer(serializers.Serializer[Rij]):
    """Status and clock under a casusnummer, without anything about the pupil."""

    nummer = serializers.CharField(source="casus.nummer")
    status = serializers.ChoiceField(source="casus.status", choices=Status.choices)
    versie = serializers.IntegerField(source="casus.versie", help_text="Geef haar mee bij een transitie: versie, of If-Match.")
    ronde = serializers.IntegerField(source="casus.ronde")
    t0 = serializers.DateTimeField(source="casus.t0", allow_null=True, help_text="Het moment van aanmelden.")
    status_sinds = serializers.DateTimeField(source="casus.status_sinds")
    school = OrganisatieSerializer(source="casus.school")
    wijkteam = TeamRefSerializer(source="casus.wijkteam", allow_null=True)
    geescaleerd = serializers.BooleanField(source="casus.geescaleerd")
    volgende_stap = VolgendeStapSerializer(source="*")
    inhoud_zichtbaar = serializers.BooleanField(source="inhoud")


# --- Out: one casus -----------------------------------------------------------------------------------------------------
class LeerlingSerializer(serializers.Serializer[Any]):
    leerlingnummer = serializers.CharField(help_text="Het eigen nummer van de school; nooit een BSN.")
    voornaam = serializers.CharField()
    achternaam = serializers.CharField()
    geboortedatum = serializers.DateField(allow_null=True)
    klas = serializers.CharField()
    geheim_adres = serializers.BooleanField()


class HuisSerializer(serializers.Serializer[Any]):
    """A home address; of a secret one there is none, for nobody."""

    postcode = serializers.CharField()
    huisnummer = serializers.IntegerField(allow_null=True)
    huisletter = serializers.CharField()
    toevoeging = serializers.CharField()

    def get_attribute(self, instance: CasusDetail) -> Any:
        leerling = instance.casus.leerling
        return None if leerling is None or leerling.geheim_adres or not leerling.postcode else leerling


class ProfessionalSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    naam = serializers.CharField()
    telefoon = serializers.CharField()
    email = serializers.CharField()


class ToestemmingSerializer(serializers.Serializer[Any]):
    gever = serializers.ChoiceField(choices=Gever.choices)
    gegeven_op = serializers.DateField()
    ingetrokken_op = serializers.DateTimeField(allow_null=True)
    ingetrokken_namens = serializers.ChoiceField(choices=NamensWie.choices, allow_blank=True)
    ook_ander_wijkteam = serializers.BooleanField()
    wijkteam = TeamRefSerializer(allow_null=True)


class VraagAanSchoolSerializer(serializers.Serializer[Any]):
    tekst = serializers.CharField()
    gesteld_op = serializers.DateTimeField()


class ContactmomentSerializer(serializers.Serializer[Any]):
    soort = serializers.ChoiceField(choices=SoortContact.choices)
    met = serializers.CharField()
    datum = serializers.DateField()
    gelukt = serializers.BooleanField()
    notitie = serializers.SerializerMethodField(help_text="Alleen voor het wijkteam dat haar schreef; anders null.")

    def get_notitie(self, contact: Any) -> str | None:
        return contact.notitie or None  # emptied for everyone else by `casussen.queries.detail`


class TerugkoppelingSerializer(serializers.Serializer[Any]):
    op = serializers.DateTimeField()
    aan = serializers.CharField(help_text="Aan wie: de zorgcoördinator die vroeg.")
    gelezen_op = serializers.DateTimeField(allow_null=True)
    gedaan = serializers.CharField()
    vervolg = serializers.CharField()
    nodig_van_school = serializers.CharField()


class InhoudSerializer(serializers.Serializer[CasusDetail]):
    """The content: what was shared, and what came back."""

    leerling = LeerlingSerializer(source="casus.leerling", allow_null=True)
    leeftijd = serializers.IntegerField(allow_null=True)
    adres = HuisSerializer(allow_null=True, help_text="Null: nog onbekend, of geheim.")
    sector = serializers.CharField(source="casus.sector")
    contact_gezin = serializers.CharField(source="casus.contact_gezin")
    krachten = serializers.CharField(source="casus.krachten")
    hulpvraag = serializers.CharField(source="casus.hulpvraag")
    geprobeerd = serializers.CharField(source="casus.geprobeerd")
    urgentie = serializers.ChoiceField(source="casus.urgentie", choices=Urgentie.choices)
    thuiszitter = serializers.BooleanField(source="casus.thuiszitter")
    niet_bereikbaar = serializers.BooleanField(source="casus.niet_bereikbaar", help_text="Het gezin is niet bereikbaar.")
    wacht_op_zorg = serializers.BooleanField(source="casus.wacht_op_zorg", help_text="Er is hulp gevraagd die nog niet begint.")
    buiten_regio = serializers.BooleanField(source="casus.buiten_regio", help_text="De leerling woont buiten de regio.")
    veiligheid = serializers.BooleanField(source="casus.veiligheid")
    veiligheid_grond = serializers.CharField(source="casus.veiligheid_grond")
    ouders_geinformeerd_op = serializers.DateField(source="casus.ouders_geinformeerd_op", allow_null=True)
    behandelaar = ProfessionalSerializer(source="casus.behandelaar", allow_null=True)
    aanspreekpunt = ProfessionalSerializer(source="casus.aanspreekpunt", allow_null=True)
    aangevraagd_door = ProfessionalSerializer(source="casus.aangevraagd_door")
    toestemmingen = ToestemmingSerializer(many=True)
    open_vraag = VraagAanSchoolSerializer(allow_null=True)
    contactmomenten = ContactmomentSerializer(many=True)
    terugkoppelingen = TerugkoppelingSerializer(many=True)
    plan = PlanSerializer(allow_null=True, help_text="De versie die nu geldt. Null: nog geen plan.")
    hulp = InzetSerializer(many=True)
    taken = TaakSerializer(many=True)
    mdos = MdoSerializer(many=True, help_text="De overleggen.")
    delingen = DelingSerializer(many=True, help_text="Met wie de casus is gedeeld, of was.")


class TupleSerializer(serializers.Serializer[Any]):
    """Names the parts of a tuple, in order."""

    def to_representation(self, instance: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(self.fields, instance, strict=True))


class KeuzeSerializer(TupleSerializer):
    waarde = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not that of the field


class VeldSerializer(serializers.Serializer[Veld]):
    naam = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not that of the field
    soort = serializers.ChoiceField(choices=[(soort.value, soort.value) for soort in Soort])
    verplicht = serializers.BooleanField(help_text="Altijd nodig; wat soms nodig is zegt een 422.")
    keuzes = KeuzeSerializer(many=True, help_text="Wat u kunt kiezen, ook van een veld dat om een id vraagt.")
    kolommen = serializers.SerializerMethodField(help_text="Van een lijst: de velden van elk object.")

    def get_kolommen(self, veld: Veld) -> list[dict[str, Any]]:
        return [dict(VeldSerializer(kolom).data) for kolom in veld.kolommen]


class ActieSerializer(serializers.Serializer[Mogelijk]):
    actie = serializers.ChoiceField(choices=[(actie, actie) for actie in ACTIES])
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not that of the field
    mag = serializers.BooleanField()
    waarom_niet = serializers.CharField()
    velden = VeldSerializer(source="formulier", many=True)


class KandidaatTeamSerializer(TupleSerializer):
    id = serializers.IntegerField()
    naam = serializers.CharField()
    reden = serializers.CharField()


class TeRouterenSerializer(serializers.Serializer[TeRouteren]):
    """What the regiocoördinator needs to find a team; postcode and house number are empty for a secret address."""

    postcode = serializers.CharField()
    huisnummer = serializers.CharField()
    geheim = serializers.BooleanField()
    sector = serializers.CharField()
    spoed = serializers.BooleanField()
    uitkomst = serializers.CharField()
    gemeente = serializers.CharField()
    kandidaten = KandidaatTeamSerializer(many=True)


class EscalatieSerializer(serializers.Serializer[Escalatie]):
    """What school or team asked of the regiocoördinator, in the words that were written to the region."""

    tekst = serializers.CharField(help_text="Leeg: het portaal escaleerde zelf, omdat een termijn voorbij was.")
    gevraagd_op = serializers.DateTimeField(source="op", allow_null=True)
    uiterlijk = serializers.DateTimeField(allow_null=True)


class OntbreektSerializer(serializers.Serializer[Any]):
    veld = serializers.CharField()
    melding = serializers.CharField()


class ConceptSerializer(serializers.Serializer[Blad]):
    """Of a draft: what was typed, what cannot be read of it, and what submitting still needs."""

    gegevens = serializers.DictField(source="casus.concept_gegevens")
    fouten = OntbreektSerializer(many=True)
    ontbreekt = OntbreektSerializer(many=True)

    def get_attribute(self, instance: Blad) -> Blad | None:
        return None if instance.ontbreekt is None else instance


class CasusSerializer(CasusRegelSerializer):
    acties = ActieSerializer(many=True)
    inhoud = InhoudSerializer(source="detail", allow_null=True, help_text="Null: deze rol ziet alleen status en klok.")
    eigen_hulp = InzetSerializer(
        many=True, allow_null=True, help_text="Voor een aanbieder: de eigen hulp, met de doelen daarvan. Null: een andere rol."
    )
    te_routeren = TeRouterenSerializer(allow_null=True)
    escalatie = EscalatieSerializer(allow_null=True, help_text="Voor de regiocoördinator. Null: niet geëscaleerd.")
    concept = ConceptSerializer(allow_null=True, help_text="Null: al aangemeld.")


#: The kinds of objects in lists, each once: by what they are made of.
_ROWS: dict[Any, type[StrictSerializer]] = {}


# --- In -----------------------------------------------------------------------------------------------------------------
def _field(veld: Veld) -> serializers.Field[Any, Any, Any, Any]:
    """The type of a field. Only that is checked here: what is missing or wrong is for the workflow to say (422)."""
    options: dict[str, Any] = {"required": False, "allow_null": True, "help_text": veld.hulp or veld.label}
    if veld.naam == "huisnummer":
        return Huisnummer(**options)
    match veld.soort:
        case Soort.JA_NEE:
            return JaNee(**options)
        case soort if soort in IDS:
            return serializers.IntegerField(min_value=1, max_value=GROOTSTE_ID, **options)
        case Soort.GETAL:
            return serializers.IntegerField(min_value=veld.van, max_value=veld.tot, **options)
        case Soort.LIJST:
            wrong: dict[str, Any] = {
                "max_length": f"Vul hoogstens {veld.hoogstens} keer iets in bij {veld.label}.",
                "not_a_list": "Geef een lijst.",
            }
            return serializers.ListField(child=_row(veld)(), max_length=veld.hoogstens, error_messages=wrong, **options)
        case _:
            return Tekst(**options)


def _column(veld: Veld, kolom: Veld) -> serializers.Field[Any, Any, Any, Any]:
    """A screen shows all rows that there are, each with a box; whoever sends a row over the API means it."""
    if veld.vast and kolom.soort is Soort.JA_NEE:
        return JaNee(default=True, help_text=f"{kolom.hulp or kolom.label}. Zonder dit veld: ja.")
    return _field(kolom)


def _row(veld: Veld) -> type[StrictSerializer]:
    """One object of a list."""
    name = f"{veld.naam.title().replace('_', '')}{len(_ROWS)}Serializer"
    columns = (veld.vast, *((kolom.naam, kolom.soort, kolom.verplicht) for kolom in veld.kolommen))
    if columns not in _ROWS:
        body = {"__doc__": veld.label, **{kolom.naam: _column(veld, kolom) for kolom in veld.kolommen}}
        _ROWS[columns] = type(name, (StrictSerializer,), body)
    return _ROWS[columns]


ConceptInSerializer: type[StrictSerializer] = type(
    "ConceptInSerializer",
    (StrictSerializer,),
    {
        "__doc__": "A draft: any of the fields of submitting, as far as known.",
        "verzoek_sleutel": serializers.UUIDField(
            required=False, allow_null=True, help_text="Zelfgekozen UUID: hetzelfde verzoek twee keer sturen geeft één casus."
        ),
        **{veld.naam: _field(veld) for veld in CONCEPT_VELDEN},
    },
)


def _transition(actie: str) -> type[StrictSerializer]:
    velden = {veld.naam: veld for regel in rules_of(actie) for veld in regel.velden}
    return type(
        f"Transitie{actie.title().replace('_', '')}Serializer",
        (StrictSerializer,),
        {
            "__doc__": rules_of(actie)[0].label,
            "actie": serializers.ChoiceField(choices=[(actie, actie)]),
            "versie": serializers.IntegerField(
                required=False, allow_null=True, min_value=0, max_value=GROOTSTE_VERSIE, help_text="De versie die u zag."
            ),
            **{naam: _field(veld) for naam, veld in velden.items()},
        },
    )


class WelkeActieSerializer(serializers.Serializer[Any]):
    actie = serializers.ChoiceField(choices=[(actie, actie) for actie in ACTIES])


TRANSITIES: dict[str, type[StrictSerializer]] = {actie: _transition(actie) for actie in ACTIES}
TRANSITIE = PolymorphicProxySerializer(
    component_name="Transitie", serializers=dict(TRANSITIES), resource_type_field_name="actie", many=False
)
