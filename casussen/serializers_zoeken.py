"""Finding a casus by API: the question in the body, never in the address."""

from typing import Any

from rest_framework import serializers

from casussen.keuzes import Status
from casussen.queries.zoeken import LANGST, Uitslag
from kern.api import StrictSerializer, Tekst


class ZoekInSerializer(StrictSerializer):
    zoek = Tekst(max_length=LANGST, help_text="Een naam, casusnummer, school of wijkteam; minstens twee tekens.")


class TrefferSerializer(serializers.Serializer[Any]):
    nummer = serializers.CharField()
    gevonden_op = serializers.ChoiceField(choices=["naam", "nummer", "school", "wijkteam"])
    naam = serializers.CharField(allow_null=True, help_text="De leerling; null voor wie de inhoud niet mag zien.")
    school = serializers.CharField()
    wijkteam = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(choices=Status.choices)
    laatste_stap = serializers.CharField(allow_null=True)
    laatste_stap_op = serializers.DateTimeField(allow_null=True)


class UitslagSerializer(serializers.Serializer[Any]):
    """At most twenty, the best first. `meer`: there are more; ask more precisely."""

    gevonden = TrefferSerializer(many=True)
    meer = serializers.BooleanField()


def as_answer(uitslag: Uitslag) -> dict[str, Any]:
    return {"gevonden": _lines(uitslag), "meer": uitslag.meer}


def _lines(uitslag: Uitslag) -> list[dict[str, Any]]:
    return [
        {
            "nummer": item.nummer,
            "gevonden_op": groep.op,
            "naam": item.naam or None,
            "school": item.school,
            "wijkteam": item.wijkteam or None,
            "status": item.status,
            "laatste_stap": item.laatste_stap or None,
            "laatste_stap_op": item.laatste_op,
        }
        for groep in uitslag.groepen
        for item in groep.treffers
    ]
