"""What the API tells of plan, help, actions, overleg and sharing: the same as the tabs of a casus, read-only.

Asked for by `InhoudSerializer` of one casus, never of a list: each part is a fixed number of queries.
"""

from typing import Any

from rest_framework import serializers

from casussen.keuzes import (
    Aanwezigheid,
    Deelnemer,
    DelingMet,
    DoelResultaat,
    Domein,
    Gever,
    InzetStatus,
    MdoStatus,
    NamensWie,
    Plek,
    RedenWachten,
    SoortTaak,
    Standpunt,
)
from casussen.models import Mdo, Taak
from casussen.queries.hulp import InzetBeeld
from casussen.queries.plan import DoelBeeld, PlanBeeld, helpers_of, intensity_of
from zorgaanbod.keuzes import Zwaarte


# --- Plan ---------------------------------------------------------------------------------------------------------------
class ScoreSerializer(serializers.Serializer[Any]):
    score = serializers.IntegerField()
    datum = serializers.DateField()
    van_wie = serializers.ChoiceField(choices=Deelnemer.choices, allow_blank=True)
    toelichting = serializers.CharField()


class DoelSerializer(serializers.Serializer[DoelBeeld]):
    id = serializers.IntegerField(source="doel.pk")
    nummer = serializers.IntegerField(source="doel.nummer")
    domein = serializers.ChoiceField(source="versie.domein", choices=Domein.choices)
    tekst = serializers.CharField(source="versie.tekst")
    partij = serializers.ChoiceField(source="versie.partij", choices=Deelnemer.choices)
    eigenaar = serializers.CharField(source="versie.eigenaar")
    eigen_kracht = serializers.CharField(source="versie.eigen_kracht")
    netwerk = serializers.CharField(source="versie.netwerk")
    schoolloopbaan = serializers.BooleanField(source="versie.schoolloopbaan")
    terugkeer_op = serializers.DateField(source="versie.terugkeer_op", allow_null=True)
    scores = ScoreSerializer(many=True, help_text="De eerste is het cijfer bij de start.")
    resultaat = serializers.ChoiceField(source="doel.resultaat", choices=DoelResultaat.choices, allow_blank=True)


class ZwaarteSerializer(serializers.Serializer[Any]):
    niveau = serializers.ChoiceField(choices=Zwaarte.choices)
    vanaf = serializers.DateField()
    reden = serializers.CharField()


class PlanSerializer(serializers.Serializer[PlanBeeld]):
    """The version that holds."""

    versie = serializers.IntegerField(source="plan.versie")
    op = serializers.DateTimeField(source="plan.op")
    reden = serializers.CharField(source="plan.reden")
    beeld = serializers.CharField(source="plan.beeld")
    standpunt = serializers.ChoiceField(source="plan.standpunt", choices=Standpunt.choices)
    mening_gezin = serializers.CharField(source="plan.mening_gezin")
    doelen = DoelSerializer(many=True)
    zwaarte = serializers.SerializerMethodField(help_text="Hoe zwaar de hulp is, de nieuwste eerst.")
    helpers = serializers.SerializerMethodField(help_text="De organisaties die nu helpen.")

    def get_zwaarte(self, beeld: PlanBeeld) -> list[dict[str, Any]]:
        return [dict(row) for row in ZwaarteSerializer(intensity_of(beeld.plan.casus), many=True).data]

    def get_helpers(self, beeld: PlanBeeld) -> list[str]:
        return helpers_of(beeld.plan.casus)


# --- Help ---------------------------------------------------------------------------------------------------------------
class VoortgangSerializer(serializers.Serializer[Any]):
    op = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=InzetStatus.choices)
    tekst = serializers.CharField()
    door_rol = serializers.CharField()


class InzetSerializer(serializers.Serializer[InzetBeeld]):
    id = serializers.IntegerField(source="inzet.pk")
    arrangement = serializers.CharField(source="inzet.arrangement.naam")
    aanbieder = serializers.CharField(source="inzet.arrangement.aanbieder.naam")
    status = serializers.ChoiceField(source="inzet.status", choices=InzetStatus.choices)
    aangevraagd_op = serializers.DateField(source="inzet.aangevraagd_op")
    gestart_op = serializers.DateField(source="inzet.gestart_op", allow_null=True)
    geeindigd_op = serializers.DateField(source="inzet.geeindigd_op", allow_null=True)
    einde_reden = serializers.CharField(source="inzet.einde_reden")
    reden_wachten = serializers.ChoiceField(source="inzet.reden_wachten", choices=RedenWachten.choices, allow_blank=True)
    verwacht_op = serializers.DateField(source="inzet.verwacht_op", allow_null=True)
    gewacht_dagen = serializers.IntegerField(source="dagen")
    wachttijd_toen = serializers.IntegerField(source="inzet.wachttijd_toen", allow_null=True, help_text="Weken, bij de aanvraag.")
    wachttijd_norm = serializers.IntegerField(source="inzet.arrangement.wachttijd_norm", help_text="Weken.")
    over_norm = serializers.BooleanField()
    doelen = serializers.ListField(child=serializers.CharField())
    voortgang = VoortgangSerializer(many=True, help_text="De nieuwste eerst.")


# --- Actions, overleg, sharing ------------------------------------------------------------------------------------------
class TaakSerializer(serializers.Serializer[Taak]):
    id = serializers.IntegerField(source="pk")
    soort = serializers.ChoiceField(choices=SoortTaak.choices)
    omschrijving = serializers.CharField()
    partij = serializers.ChoiceField(choices=Deelnemer.choices)
    naam = serializers.CharField()
    uiterlijk = serializers.DateField()
    afgerond_op = serializers.DateTimeField(allow_null=True)
    resultaat = serializers.CharField()
    vervallen_op = serializers.DateTimeField(allow_null=True)


class MdoDeelnemerSerializer(serializers.Serializer[Any]):
    partij = serializers.ChoiceField(choices=Deelnemer.choices)
    naam = serializers.CharField()
    functie = serializers.CharField()
    aanwezig = serializers.ChoiceField(choices=Aanwezigheid.choices, allow_blank=True)


class MdoAanvullingSerializer(serializers.Serializer[Any]):
    op = serializers.DateTimeField()
    door = serializers.SerializerMethodField()
    tekst = serializers.CharField()
    mening_ouders = serializers.CharField()
    mening_jongere = serializers.CharField()

    def get_door(self, added: Any) -> str:
        return str(added.door or "")


class MdoSerializer(serializers.Serializer[Mdo]):
    id = serializers.IntegerField(source="pk")
    status = serializers.ChoiceField(choices=MdoStatus.choices)
    begint_op = serializers.DateTimeField()
    eindigt_op = serializers.DateTimeField()
    plek = serializers.ChoiceField(choices=Plek.choices)
    adres = serializers.CharField()
    agenda = serializers.CharField()
    verslag = serializers.CharField()
    mening_ouders = serializers.CharField()
    mening_jongere = serializers.CharField()
    deelnemers = MdoDeelnemerSerializer(many=True)
    aanvullingen = MdoAanvullingSerializer(many=True)


class DelingSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    met = serializers.ChoiceField(choices=DelingMet.choices)
    naam = serializers.SerializerMethodField()
    doel = serializers.CharField()
    gever = serializers.ChoiceField(choices=Gever.choices)
    gegeven_op = serializers.DateField()
    op = serializers.DateTimeField()
    ingetrokken_op = serializers.DateTimeField(allow_null=True)
    ingetrokken_namens = serializers.ChoiceField(choices=NamensWie.choices, allow_blank=True)

    def get_naam(self, deling: Any) -> str:
        return str(deling.partij)
