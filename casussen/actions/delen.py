"""With whom else a casus is shared, upon consent; what was agreed to; formal applications and their decisions."""

from django.db.models import Q

from casussen.actions.effecten import person_of
from casussen.actions.einde import end_sharing
from casussen.actions.inzet import expect_progress
from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect
from casussen.fouten import Onvolledig
from casussen.keuzes import DelingMet
from casussen.models import Aanvraag, Deling, Instemming, Inzet
from gebieden.models import Gemeente
from scholen.models import Samenwerkingsverband
from zorgaanbod.models import Aanbieder

_ONBEKEND = "Kies een partij uit de lijst."


@effect("delen")
def delen(run: Uitvoering) -> None:
    values = run.gegevens
    met, _, number = values["partij"].partition(":")
    party = _party(run, met, int(number))
    if Deling.objects.living().filter(casus=run.casus, met=met, **party).exists():
        raise Onvolledig([{"veld": "partij", "melding": "De casus is al met deze partij gedeeld."}])
    Deling.objects.create(
        casus=run.casus,
        met=met,
        gever=values["toestemming_gever"],
        gegeven_op=values["toestemming_op"],
        doel=values["doel"],
        door_id=person_of(run.by),
        op=run.op,
        **party,
    )
    if met == DelingMet.AANBIEDER:
        for inzet in Inzet.objects.filter(casus=run.casus, arrangement__aanbieder_id=number).open().select_related("arrangement"):
            expect_progress(inzet, casus=run.casus, op=run.op)


def _party(run: Uitvoering, met: str, number: int) -> dict[str, int]:
    """The column and the id of a party that this casus can be shared with; Onvolledig for any other."""
    if met == DelingMet.AANBIEDER:
        found = Aanbieder.objects.active(run.feiten.op).filter(pk=number).exists()
        column = "aanbieder_id"
    elif met == DelingMet.LEERPLICHT:
        exists = Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=run.feiten.op)
        found = Gemeente.objects.filter(exists, pk=number).exists()
        column = "gemeente_id"
    else:
        found = Samenwerkingsverband.objects.filter(pk=number, vestigingen=run.casus.vestiging_id).exists()
        column = "verband_id"
    if not found:
        raise Onvolledig([{"veld": "partij", "melding": _ONBEKEND}])
    return {column: number}


@effect("delen_stoppen")
def delen_stoppen(run: Uitvoering) -> None:
    """From this moment the party sees nothing of it any more."""
    deling = Deling.objects.living().filter(casus=run.casus, pk=run.gegevens["deling"]).first()
    if deling is None:
        raise Onvolledig([{"veld": "deling", "melding": "Kies met wie de casus nu is gedeeld."}])
    deling.ingetrokken_op, deling.ingetrokken_namens = run.op, run.gegevens["namens"]
    deling.save(update_fields=["ingetrokken_op", "ingetrokken_namens"])
    if deling.aanbieder_id is not None:
        end_sharing(run.casus, deling.aanbieder_id, op=run.op)


@effect("instemming_vastleggen")
def instemming_vastleggen(run: Uitvoering) -> None:
    values = run.gegevens
    Instemming.objects.create(
        casus=run.casus,
        soort=values["instemming"],
        gever=values["toestemming_gever"],
        gegeven_op=values["toestemming_op"],
        toelichting=values.get("toelichting", ""),
        door_id=person_of(run.by),
        op=run.op,
    )


@effect("instemming_intrekken")
def instemming_intrekken(run: Uitvoering) -> None:
    living = Instemming.objects.filter(casus=run.casus, soort=run.gegevens["instemming"], ingetrokken_op__isnull=True)
    living.update(ingetrokken_op=run.op, ingetrokken_namens=run.gegevens["namens"])


@effect("aanvraag_vastleggen")
def aanvraag_vastleggen(run: Uitvoering) -> None:
    values = run.gegevens
    Aanvraag.objects.create(
        casus=run.casus, onderwerp=values["onderwerp"], ontvangen_op=values["ontvangen_op"], door_id=run.by.user_id, op=run.op
    )


@effect("besluit_vastleggen")
def besluit_vastleggen(run: Uitvoering) -> None:
    values = run.gegevens
    Aanvraag.objects.filter(casus=run.casus, besluit="").update(besluit=values["besluit"], besluit_op=values["besluit_op"])
