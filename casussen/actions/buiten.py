"""The way out of the region: a desk of another gemeente has the casus, and someone of ours follows what happens there.

The state stays te_routeren (outside the region is a flag, not a state); what changes is the clock: `te_routeren_vervolg` reminds
the follower by the ladder that every termijn has, and reporting back to the school ends it.
"""

from casussen.actions.effecten import person_of
from casussen.actions.machine import Uitvoering
from casussen.actions.onherkenbaar import refuse_desk
from casussen.actions.opvolging import end_following
from casussen.actions.registers import effect
from casussen.fouten import Onvolledig
from casussen.models import Opvolging
from gebieden.models import Gemeente
from gebieden.rollen import REGIOCOORDINATOR
from toegang.models import Aanstelling


@effect("buiten_overdragen")
def buiten_overdragen(run: Uitvoering) -> None:
    """Another desk than before replaces it: a family moves, or a desk says it is not theirs."""
    casus, values = run.casus, run.gegevens
    refuse_desk(run)
    gemeente = Gemeente.objects.filter(pk=values["gemeente"]).exclude(regio_id=casus.regio_id).first()
    if gemeente is None:
        raise Onvolledig([{"veld": "gemeente", "melding": "Kies een gemeente buiten de regio."}])
    if not _is_coordinator(run, values["opvolger"]):
        raise Onvolledig([{"veld": "opvolger", "melding": "Kies een regiocoördinator van deze regio."}])
    end_following(casus, op=run.op)
    Opvolging.objects.create(
        casus=casus,
        ronde=casus.ronde,
        gemeente=gemeente,
        bij_wie=values["bij_wie"],
        overgedragen_op=values["overgedragen_op"],
        overgedragen_door=values["overgedragen_door"],
        opvolger_id=values["opvolger"],
        vastgelegd_op=run.op,
    )
    casus.buiten_regio, casus.woongemeente = True, gemeente
    run.gekozen_dag, run.gekozen_eigenaar_id = values.get("opvolgen_op"), values["opvolger"]


def _is_coordinator(run: Uitvoering, user_id: int) -> bool:
    held = Aanstelling.objects.on(run.feiten.op).filter(rol=REGIOCOORDINATOR.sleutel, regio_id=run.casus.regio_id)
    return held.filter(user_id=user_id, user__is_active=True).exists()


@effect("buiten_opvolgen")
def buiten_opvolgen(run: Uitvoering) -> None:
    """Asked, and not yet at an end. Whoever asked follows it from here, when the one who was named left."""
    running = Opvolging.objects.filter(casus=run.casus, gesloten_op__isnull=True).first()
    if running is not None and not _is_coordinator(run, running.opvolger_id):
        running.opvolger_id = person_of(run.by)
        running.save(update_fields=["opvolger"])
    run.gekozen_dag = run.gegevens.get("opvolgen_op")
    run.gekozen_eigenaar_id = running.opvolger_id if running else None


@effect("buiten_terugmelden")
def buiten_terugmelden(run: Uitvoering) -> None:
    end_following(run.casus, op=run.op, uitkomst=run.gegevens["uitkomst"])
    run.casus.afgesloten_op = run.op
