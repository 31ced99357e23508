"""The published figures by API: the same snapshots, the same hidden counts and the same scopes as the screens."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from kern.api import kijker_of
from portal.dashboard.bereik import scopes_of
from portal.dashboard.indeling import Periode
from portal.dashboard.keuze import ALLEEN_JAAR, FILTERS, GEEN_JAAR, ONBEKEND, SAMEN, Deel, choose
from portal.dashboard.lezen import Boek, Opname, read
from portal.dashboard.maten import STAND, STROOM, Maat
from portal.dashboard.tellen import REDENEN, REGIO, STAP, WAAR
from portal.uitvoer import Verborgen

WOORDEN: dict[str, dict[str, str]] = {
    "waar": {sleutel: naam for sleutel, (naam, _) in WAAR.items()},
    "stap": STAP,
    "doorgezet": REDENEN["doorgezet"],
    "teruggelegd": REDENEN["teruggelegd"],
}


class CijferSerializer(serializers.Serializer[Any]):
    """One figure. `verborgen`: it is there, but too small to show, or another would follow from it; then `waarde` is null."""

    indicator = serializers.CharField(help_text="Bijvoorbeeld instroom, reactie_op_tijd of te_laat.")
    naam = serializers.CharField()
    telt = serializers.CharField(help_text="Wat dit cijfer telt.")
    eenheid = serializers.CharField(help_text="casussen, %, werkdagen of dagen.")
    waarde = serializers.FloatField(allow_null=True, help_text="Null: verborgen, of er is geen cijfer.")
    verborgen = serializers.BooleanField()
    streefwaarde = serializers.FloatField(allow_null=True)


class EenheidSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="regio, of een gemeente, wijk, verband, school, sector of team.")
    naam = serializers.CharField()
    cijfers = CijferSerializer(many=True)


class KolomSerializer(serializers.Serializer[Any]):
    sleutels = serializers.ListField(child=serializers.CharField(), help_text="Wat voor de regio te weinig is staat samen.")
    naam = serializers.CharField()
    waarde = serializers.FloatField(allow_null=True)
    verborgen = serializers.BooleanField()


class IndelingSerializer(serializers.Serializer[Any]):
    indeling = serializers.CharField(
        help_text="waar (op wie wacht het), stap (wat is te laat), doorgezet of teruggelegd (waarom)."
    )
    kolommen = KolomSerializer(many=True)


class PeriodeSerializer(serializers.Serializer[Any]):
    periode = serializers.CharField(help_text="2025-2026, 2025-2026-k2, of de maandag van een stand.")
    van = serializers.DateField()
    tot = serializers.DateField(help_text="De eerste dag erna; bij een stand de dag zelf.")
    eenheden = EenheidSerializer(many=True)
    indelingen = IndelingSerializer(many=True)


class DashboardSerializer(serializers.Serializer[Any]):
    bereik = serializers.CharField()
    naam = serializers.CharField()
    deel = serializers.CharField(allow_null=True, help_text="Het gekozen deel, of null voor het geheel.")
    perioden = serializers.ListField(child=serializers.CharField(), help_text="De perioden waarvan dit deel cijfers heeft.")
    stroom = PeriodeSerializer(allow_null=True, help_text="De gekozen periode: het deel, de regio en waaruit het deel bestaat.")
    stand = PeriodeSerializer(many=True, help_text="De stand aan het begin van elke week, de laatste het laatst.")


_CIJFER = {
    "indicator": "instroom",
    "naam": "Aangemelde casussen",
    "telt": "Casussen die in deze periode zijn aangemeld.",
    "eenheid": "casussen",
    "waarde": 270.0,
    "verborgen": False,
    "streefwaarde": None,
}
_ANDER = {
    "indicator": "doorgezet",
    "naam": "Doorgezet",
    "telt": "Casussen die een wijkteam doorgaf aan een ander wijkteam.",
    "eenheid": "casussen",
    "waarde": None,
    "verborgen": True,
    "streefwaarde": None,
}
VOORBEELD = OpenApiExample(
    "Een gemeente",
    {
        "bereik": "gemeente:GM0392",
        "naam": "Haarlem",
        "deel": None,
        "perioden": ["2026-2027-k1", "2025-2026"],
        "stroom": {
            "periode": "2026-2027-k1",
            "van": "2026-08-01",
            "tot": "2026-11-01",
            "eenheden": [{"code": "GM0392", "naam": "Haarlem", "cijfers": [_CIJFER, _ANDER]}],
            "indelingen": [],
        },
        "stand": [],
    },
    response_only=True,
)
#: A scope as in the address.
SCOPE_UITLEG = "regio:1, gemeente:GM0392, samenwerkingsverband:VO2705 of school:80AC."
_FILTER_UITLEG = "{}; hoogstens één filter naast de periode."
_PARAMETERS = [
    OpenApiParameter("scope", str, OpenApiParameter.PATH, description=SCOPE_UITLEG),
    OpenApiParameter("periode", str, description="Een schooljaar (2025-2026) of kwartaal (2025-2026-k2) dat gepubliceerd is."),
    *(OpenApiParameter(naam, str, description=_FILTER_UITLEG.format(label)) for naam, (_, label) in FILTERS.items()),
]


class DashboardViewSet(viewsets.GenericViewSet[Any]):
    """Gepubliceerde cijfers, afgerond op vijf; wat te klein is staat er niet in."""

    http_method_names = ["get", "head"]
    serializer_class = DashboardSerializer
    filter_backends: list[Any] = []
    pagination_class = None

    @extend_schema(operation_id="dashboards_retrieve", parameters=_PARAMETERS, examples=[VOORBEELD])
    def retrieve(self, request: Request, scope: str) -> Response:
        """De cijfers van een regio, gemeente, samenwerkingsverband of school, precies zoals op het scherm."""
        found = next((one for one in scopes_of(kijker_of(request)) if one.sleutel == scope), None)
        if found is None:
            raise exceptions.NotFound
        self._refuse_unknown(request)
        boek = read(found)
        keuze = choose(boek, request.query_params.dict())
        for melding, veld in ((SAMEN, "filter"), (ONBEKEND, "filter"), (ALLEEN_JAAR, "periode"), (GEEN_JAAR, "periode")):
            if melding in keuze.meldingen:
                raise exceptions.ValidationError({veld: [melding]})
        asked = request.query_params.get("periode")
        if asked and (keuze.periode is None or keuze.periode.sleutel != asked):
            raise exceptions.ValidationError({"periode": ["Van deze periode zijn er geen cijfers."]})
        answer = {
            "bereik": found.sleutel,
            "naam": found.naam,
            "deel": keuze.deel.waarde or None,
            "perioden": [one.sleutel for one in keuze.perioden],
            "stroom": _flow(boek, keuze.deel, keuze.periode),
            "stand": [_period(boek, week, keuze.deel, STAND, ("waar", "stap")) for week in boek.weken.get(keuze.deel.blad, [])],
        }
        return Response(self.get_serializer(answer).data)

    @staticmethod
    def _refuse_unknown(request: Request) -> None:
        unknown = [name for name in request.query_params if name not in {"periode", *FILTERS}]
        twice = [name for name in request.query_params if len(request.query_params.getlist(name)) > 1]
        if unknown or twice:
            raise exceptions.ValidationError({"filter": ["Deze filter bestaat niet, of staat er twee keer."]})


def _flow(boek: Boek, deel: Deel, periode: Periode | None) -> dict[str, Any] | None:
    opname = boek.opname(periode, deel.blad) if periode else None
    return _period(boek, opname, deel, STROOM, ("doorgezet", "teruggelegd")) if opname else None


def _period(boek: Boek, opname: Opname, deel: Deel, maten: tuple[Maat, ...], indelingen: tuple[str, ...]) -> dict[str, Any]:
    units = dict.fromkeys([deel.eenheid, REGIO, *opname.below(deel.eenheid)])
    return {
        "periode": opname.periode,
        "van": opname.van,
        "tot": opname.tot,
        "eenheden": [
            {"code": unit, "naam": opname.namen[unit], "cijfers": [_figure(boek, opname, unit, maat) for maat in maten]}
            for unit in units
            if unit in opname.cijfers
        ],
        "indelingen": [found for naam in indelingen if (found := _division(opname, naam, deel))["kolommen"]],
    }


def _figure(boek: Boek, opname: Opname, unit: str, maat: Maat) -> dict[str, Any]:
    value = opname.figure(unit, maat.sleutel)
    hidden = isinstance(value, Verborgen)
    return {
        "indicator": maat.sleutel,
        "naam": maat.naam,
        "telt": maat.telt,
        "eenheid": maat.eenheid,
        "waarde": None if hidden else value,
        "verborgen": hidden,
        "streefwaarde": boek.target(maat.streef, opname.van) if maat.streef else None,
    }


def _division(opname: Opname, naam: str, deel: Deel) -> dict[str, Any]:
    columns = opname.division(naam, REGIO if naam in REDENEN else deel.eenheid)
    return {
        "indeling": naam,
        "kolommen": [
            {
                "sleutels": keys,
                "naam": " / ".join(WOORDEN[naam].get(key, key) for key in keys),
                "waarde": None if isinstance(value, Verborgen) else value,
                "verborgen": isinstance(value, Verborgen),
            }
            for keys, value in columns
        ],
    }
