"""The facts of a casus that rules decide on, read from the database: two queries."""

from collections import Counter
from datetime import date, datetime

from casussen.keuzes import Status
from casussen.ladder import REGIO
from casussen.models import Casus, Herinnering, Overgang, Toestemming
from casussen.rules import Feiten, GegevenToestemming
from kern.klok import AMSTERDAM

BUITEN_OVERDRAGEN = "buiten_overdragen"


def local_date(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def facts_of(casus: Casus, *, op: date) -> Feiten:
    """The facts on a day. `casus.leerling` is best fetched along with the casus."""
    steps = list(
        Overgang.objects.filter(casus=casus, ronde=casus.ronde)
        .order_by("op", "id")
        .values_list("actie", "van_status", "naar_status")
    )
    arrived = [van for _, van, naar in steps if naar == casus.status != van]
    leerling = casus.leerling
    return Feiten(
        op=op,
        status=Status(casus.status),
        school_id=casus.school_id,
        regio_id=casus.regio_id,
        wijkteam_id=casus.wijkteam_id,
        behandelaar_id=casus.behandelaar_id,
        geboortedatum=leerling.geboortedatum if leerling else None,
        heeft_adres=bool(leerling and leerling.postcode and leerling.huisnummer),
        veiligheid=casus.veiligheid,
        toestemmingen=tuple(
            GegevenToestemming(gever, wijkteam_id, ook_ander)
            for gever, wijkteam_id, ook_ander in Toestemming.objects.filter(casus=casus, ingetrokken_op__isnull=True).values_list(
                "gever", "wijkteam_id", "ook_ander_wijkteam"
            )
        ),
        keren=Counter(actie for actie, _, _ in steps),
        vorige=Status(arrived[-1]) if arrived else None,
        afgesloten_op=local_date(casus.afgesloten_op) if casus.afgesloten_op else None,
        elders=casus.status == Status.TE_ROUTEREN and _is_elders(steps),
        ladder_voorbij=casus.status == Status.EVALUATIE and _ladder_ran_out(casus),
    )


def _is_elders(steps: list[tuple[str, str, str]]) -> bool:
    """A desk outside the region has it: since the last step that brought the casus where it is."""
    arrivals = (actie for actie, van, naar in reversed(steps) if van != naar or actie == BUITEN_OVERDRAGEN)
    return next(arrivals, "") == BUITEN_OVERDRAGEN


def _ladder_ran_out(casus: Casus) -> bool:
    """The school's reaction was asked for up to the regiocoördinator."""
    return Herinnering.objects.filter(
        termijn__casus=casus, termijn__soort=Status.AFGESLOTEN, termijn__gesloten_op__isnull=True, stap__gte=REGIO
    ).exists()
