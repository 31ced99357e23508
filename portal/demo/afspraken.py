"""What is agreed in the demo region: who does what, mandates of schools, and desks outside the region. All invented.

Made by the actions themselves, on the days on which they would have been made.
"""

from datetime import date, datetime, timedelta

from casussen.actions import perform
from casussen.actions.rolverdeling import create_rolverdeling, edit_step, publish_rolverdeling
from casussen.keuzes import Status
from casussen.models import Casus
from casussen.rollen import Vak
from gebieden.models import Gemeente
from kern.kijker import Kijker
from kern.klok import local_date
from kern.models import Melding
from kern.models.melding import MeldingStatus
from portal.demo.accounts import SCHOOL
from portal.demo.netwerk import Netwerk
from toegang.kijkers import kijker_for_user
from toegang.models import User
from wijkteams.actions.mandaten import give_mandaten

#: What the region agreed: per step and party the roles, and in words.
REGIO: dict[str, dict[str, Vak]] = {
    "te_routeren": {
        "gemeente": (("doet", "beslist"), "de regiocoördinator zoekt het wijkteam, namens de gemeenten"),
        "school": (("denkt_mee",), "controleert het adres"),
        "ouders": (("geinformeerd",), ""),
    },
    "aangemeld": {
        "wijkteam": (("doet",), "bevestigt de ontvangst binnen twee werkdagen"),
        "school": (("geinformeerd",), ""),
        "ouders": (("geinformeerd",), "de school vertelt wie er belt"),
    },
    "ontvangen": {
        "wijkteam": (("doet",), "belt het gezin"),
        "ouders": (("beslist", "denkt_mee"), "over wat er wordt gedeeld"),
        "school": (("geinformeerd",), ""),
        "leerplicht": (("geinformeerd",), "alleen bij verzuim van meer dan vier weken"),
    },
    "in_behandeling": {
        "wijkteam": (("doet",), "onderzoekt de vraag met het gezin"),
        "school": (("denkt_mee",), "brengt in wat al is geprobeerd"),
        "ouders": (("denkt_mee", "beslist"), ""),
        "leerplicht": (("denkt_mee",), "als de leerling thuiszit"),
    },
    "mdo_gepland": {
        "wijkteam": (("doet",), "nodigt uit en maakt het verslag"),
        "school": (("denkt_mee",), "zorgt voor een ruimte"),
        "ouders": (("denkt_mee", "beslist"), "zitten vanaf het begin aan tafel"),
        "aanbieder": (("denkt_mee",), "als er al hulp loopt"),
    },
    "plan_vastgesteld": {
        "wijkteam": (("doet", "beslist"), "namens het college"),
        "gemeente": (("betaalt",), "de gemeente waar de leerling woont"),
        "aanbieder": (("geinformeerd",), "krijgt de opdracht"),
        "ouders": (("beslist",), "stemmen in met het plan"),
        "school": (("doet",), "wat in het plan over school staat"),
    },
    "in_uitvoering": {
        "aanbieder": (("doet",), ""),
        "wijkteam": (("doet",), "houdt contact met gezin en school"),
        "gemeente": (("betaalt",), ""),
        "school": (("doet",), "wat in het plan over school staat"),
    },
    "evaluatie": {
        "school": (("doet",), "reageert binnen vijf werkdagen"),
        "wijkteam": (("doet", "beslist"), "gaat door of sluit af"),
        "ouders": (("denkt_mee",), ""),
        "aanbieder": (("denkt_mee",), ""),
    },
}
#: What one gemeente does otherwise.
HAARLEM: dict[str, dict[str, Vak]] = {
    "aangemeld": {
        "wijkteam": (("doet",), "belt de school op de dag van aanmelden"),
        "school": (("denkt_mee",), ""),
        "ouders": (("geinformeerd",), "de school vertelt wie er belt"),
    },
}
#: School, gemeenten, what, how much, and its first and last day as days from the day of loading.
MANDATEN = (
    (SCHOOL, ("GM0392", "GM0397"), "jeugdcoach in de school, korte gezinsbegeleiding", "10 gesprekken per leerling", -300, 380),
    ("80DA", ("GM0392",), "jeugdcoach in de school", "6 gesprekken per leerling", -700, -340),
    ("80DA", ("GM0392",), "jeugdcoach in de school, weerbaarheidstraining in een groep", "8 gesprekken of één groep", -340, None),
)


def write_agreements(net: Netwerk, *, moment: datetime) -> None:
    """As of `moment`, the end of the last working day."""
    user = next(user for user in net.regio_users if user.email.startswith("regio@"))
    _write_roles(net, user, moment)
    _write_mandates(net, user, moment)
    _write_desks(user)
    _follow_one(net, user, moment)


def _as(user: User, moment: datetime) -> Kijker:
    return kijker_for_user(user, local_date(moment))


def _write_roles(net: Netwerk, user: User, moment: datetime) -> None:
    versions: tuple[tuple[Gemeente | None, dict[str, dict[str, Vak]], int, str], ...] = (
        (None, {}, 420, "De eerste afspraken, gelijk aan de werkstroom."),
        (None, REGIO, 200, "Ouders, aanbieders en leerplicht staan er nu bij."),
        (net.gemeenten["GM0392"], HAARLEM, 150, "In Haarlem belt het wijkteam de school dezelfde dag."),
    )
    for gemeente, steps, ago, text in versions:
        op = moment - timedelta(days=ago)
        by = _as(user, op)
        version = create_rolverdeling(regio=net.regio, gemeente=gemeente, by=by, op=op)
        for stap, vakken in steps.items():
            edit_step(rolverdeling=version, stap=stap, vakken=vakken, by=by)
        day = local_date(op)
        publish_rolverdeling(rolverdeling=version, geldig_van=day, toelichting=text, by=by, op=op)


def _write_mandates(net: Netwerk, user: User, moment: datetime) -> None:
    for number, (brin, codes, hulp, maximum, van, tot) in enumerate(MANDATEN, 1):
        first = net.op + timedelta(days=van)
        last: date | None = net.op + timedelta(days=tot) if tot is not None else None
        op = moment + timedelta(days=van)
        gegevens = {
            "school": net.scholen[brin],
            "hulp": hulp,
            "maximum": maximum,
            "van": first,
            "tot": last,
            "gegeven_door": "college van burgemeester en wethouders",
            "document": f"voorbeeldbesluit {first.year}/{100 + number}",
            "toelichting": "",
        }
        give_mandaten(gemeenten=[net.gemeenten[code] for code in codes], gegevens=gegevens, by=_as(user, op), op=op)


def _write_desks(user: User) -> None:
    outside = Gemeente.objects.filter(regio__isnull=True)
    outside.filter(code="GM0394").update(volger=user)
    outside.filter(code="GM0450").update(
        wie_betaalt="Uitgeest betaalt via zijn eigen jeugdregio. Vraag het loket naar de contactpersoon."
    )


def _follow_one(net: Netwerk, user: User, moment: datetime) -> None:
    """Of a pupil from outside the region: the desk there has it, and the regiocoördinator inquires within two weeks."""
    waiting = Casus.objects.filter(regio=net.regio, status=Status.TE_ROUTEREN, buiten_regio=True, woongemeente__isnull=False)
    casus = waiting.filter(status_sinds__lte=moment).order_by("-status_sinds", "pk").first()
    if casus is None or casus.woongemeente_id is None:
        return
    gegevens = {
        "gemeente": casus.woongemeente_id,
        "bij_wie": "Hilde Duinker, consulent van het loket",
        "overgedragen_op": local_date(moment),
        "overgedragen_door": "school",
        "opvolger": user.pk,
    }
    perform("buiten_overdragen", casus=casus, by=_as(user, moment), op=moment, gegevens=gegevens)
    mails = Melding.objects.filter(onderwerp_soort="casus", onderwerp_id=casus.pk, status=MeldingStatus.WACHT)
    mails.update(status=MeldingStatus.VERZONDEN, verzonden_op=moment)  # history: starting the worker sends nothing of it
