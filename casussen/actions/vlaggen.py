"""What flags write of their own, besides going up and down as the workflow table says."""

from django.utils.text import capfirst

from casussen.actions.effecten import person_of
from casussen.actions.machine import Uitvoering
from casussen.actions.onherkenbaar import refuse_story
from casussen.actions.registers import effect


@effect("escaleren")
def escaleren(run: Uitvoering) -> None:
    refuse_story(run)


@effect("veiligheid_melden")
def veiligheid_melden(run: Uitvoering) -> None:
    """With ground, author and time: what is shared on it must be accounted for (meldcode)."""
    casus = run.casus
    casus.veiligheid_grond = run.gegevens["veiligheid_grond"]
    casus.veiligheid_door_id, casus.veiligheid_op = person_of(run.by), run.op


@effect("wacht_op_zorg_melden")
def wacht_op_zorg_melden(run: Uitvoering) -> None:
    run.overgang.dag = run.gegevens.get("verwacht_op")


@effect("thuiszitter_melden")
def thuiszitter_melden(run: Uitvoering) -> None:
    sinds = run.gegevens["thuis_sinds"]
    run.overgang.dag = sinds
    run.overgang.toelichting = f"Thuis sinds {sinds:%-d-%-m-%Y}. {capfirst(run.gegevens['toelichting'])}"


@effect("thuiszitter_afmelden")
def thuiszitter_afmelden(run: Uitvoering) -> None:
    sinds = run.gegevens["terug_sinds"]
    run.overgang.dag = sinds
    run.overgang.toelichting = f"Weer op school sinds {sinds:%-d-%-m-%Y}. {capfirst(run.gegevens['toelichting'])}"
