"""Anonymous consulten in the demo region, in every state, made by the actions on the days on which they would have been.

Nobody is in them: that is what they are for. The worker sends nothing of it: it is history.
"""

from dataclasses import dataclass, field
from datetime import datetime

from casussen.actions.consult_herinneringen import send_due_consult_reminders
from casussen.actions.consulten import Vraag, ask_consult, close_consult, reply_consult, settle_consulten
from casussen.models import Casus, Consult
from kern.kalender import STANDAARD, end_of_office_day
from kern.kijker import Kijker
from kern.klok import AMSTERDAM, local_date
from kern.models import Melding
from kern.models.melding import MeldingStatus
from portal.demo.accounts import SCHOOL, TEAM
from portal.demo.netwerk import Netwerk
from toegang.kijkers import kijker_for_user
from toegang.models import User


@dataclass(frozen=True, slots=True)
class Gesprek:
    """One consult: so many working days ago, to which team ('' for the regiocoördinator), what was said, and how it ended."""

    geleden: int
    team: str
    vraag: str
    gedaan: str = ""
    leeftijd: str = ""
    antwoorden: tuple[str, ...] = ()
    vervolg: str = ""
    einde: str = ""
    school: str = field(default=SCHOOL)


GESPREKKEN = (
    Gesprek(
        0, TEAM, "Een leerling van 14 komt al drie weken niet op school. Ouders nemen de telefoon niet op. Wat raadt u aan?",
        "De mentor belde elke dag en is een keer aan de deur geweest.", "12-15",
    ),
    Gesprek(1, TEAM, "Mogen wij met de huisarts overleggen als ouders dat niet willen?", "", "12-15"),
    Gesprek(
        6, "centrum", "Een leerling zorgt thuis voor een zieke moeder. Is er iets voor jonge mantelzorgers?",
        "We hebben het rooster lichter gemaakt.", "16-17",
    ),
    Gesprek(0, "", "Het gezin verhuist volgende maand naar een andere gemeente. Wie kan nu meedenken?", "", "4-11"),
    Gesprek(
        4, TEAM, "Hoe bespreken wij met ouders dat hun kind blauwe plekken heeft?", "De meldcode ligt klaar.", "12-15",
        ("Neem eerst contact op met Veilig Thuis voor advies; dat kan ook anoniem. Daarna voert u het gesprek met z'n tweeën.",),
    ),
    Gesprek(
        9, "zuidwest", "Een student van 19 dreigt zijn kamer te verliezen. Is dat iets voor het wijkteam?", "", "18+",
        ("Vanaf 18 jaar is het jongerenloket de eerste plek. Wij denken graag mee als er meer speelt.",),
        "Er speelt ook schuld. Kan het jongerenloket daarbij helpen?",
    ),
    Gesprek(
        12, TEAM, "Een leerling wil geen hulp, ouders wel. Hoe beginnen we?", "Twee gesprekken op school.", "16-17",
        ("Begin klein: laat de leerling kiezen waar en met wie het eerste gesprek is.",), "", "sluit",
    ),
    Gesprek(
        15, "centrum", "Is er een groep voor kinderen van gescheiden ouders?", "", "12-15",
        ("Ja, in januari start er een. Ouders moeten allebei toestemming geven.",), "", "sluit",
    ),
    Gesprek(
        20, TEAM, "We twijfelen of dit verzuim of ziekte is. Hoe pakken anderen dat aan?", "De jeugdarts is gevraagd.", "12-15",
        ("Vraag de jeugdarts om een oordeel en maak samen een plan voor terugkeer.",), "", "sluit",
    ),
    Gesprek(
        7, "zuidwest", "Ouders vragen om hulp bij de opvoeding, maar weten niet waar. Wat kan ik zeggen?", "", "4-11",
        ("Verwijs naar het inloopspreekuur. Met toestemming kunt u ook een casus aanmelden.",), "", "casus",
    ),
    Gesprek(2, "centrum", "Wat kan er als een leerling 's nachts gamet en overdag slaapt?", "", "12-15", (), "", "sluit"),
    Gesprek(
        3, TEAM, "Kunnen wij een gesprek voeren met iemand van het wijkteam erbij, zonder namen te noemen?", "", "",
        ("Dat kan. Bel mij, dan plannen we een half uur. Zeg bij dat gesprek ook niet om wie het gaat.",),
    ),
)  # fmt: skip


def write_consulten(net: Netwerk, *, moment: datetime) -> None:
    """As of `moment`, the end of the last working day."""
    for gesprek in sorted(GESPREKKEN, key=lambda one: -one.geleden):
        _write(net, gesprek, moment)
    day = local_date(moment)
    for ago in range(max(one.geleden for one in GESPREKKEN), -1, -1):
        send_due_consult_reminders(now=end_of_office_day(STANDAARD.add_werkdagen(day, -ago)))
    Melding.objects.filter(onderwerp_soort="consult", status=MeldingStatus.WACHT).update(
        status=MeldingStatus.VERZONDEN, verzonden_op=moment
    )


def _write(net: Netwerk, gesprek: Gesprek, moment: datetime) -> None:
    asker = next(user for user in net.zcs[gesprek.school] if user.email.startswith("zc@"))
    day = STANDAARD.add_werkdagen(local_date(moment), -gesprek.geleden)
    asked = datetime(day.year, day.month, day.day, 10, 15, tzinfo=AMSTERDAM)
    team = net.teams[gesprek.team] if gesprek.team else None
    vraag = Vraag(
        vraag=gesprek.vraag,
        wat_al_gedaan=gesprek.gedaan,
        vestiging=net.vestigingen[gesprek.school][0].brin,
        leeftijd=gesprek.leeftijd,
        wijkteam_id=team.pk if team else None,
    )
    consult = ask_consult(vraag=vraag, by=_as(asker, asked), op=asked)
    op = asked
    for tekst in gesprek.antwoorden:
        answerer = _member(net, gesprek.team)
        op = STANDAARD.deadline(op, 1) if gesprek.geleden else op
        reply_consult(consult=consult, tekst=tekst, by=_as(answerer, op), op=op)
    if gesprek.vervolg:
        reply_consult(consult=consult, tekst=gesprek.vervolg, by=_as(asker, moment), op=moment)
    if gesprek.einde == "sluit":
        close_consult(consult=consult, by=_as(asker, op), op=op)
    if gesprek.einde == "casus":
        _became_one(consult, asker, op)


def _became_one(consult: Consult, asker: User, op: datetime) -> None:
    """The first casus that this zorgcoördinator submitted after the answer."""
    casus = Casus.objects.filter(aangevraagd_door=asker, t0__gte=op, consulten=None).order_by("t0", "pk").first()
    if casus is not None and casus.t0 is not None:
        Consult.objects.filter(pk=consult.pk).update(casus=casus)
        settle_consulten(casus=casus, by=_as(asker, casus.t0), op=casus.t0)


def _as(user: User, op: datetime) -> Kijker:
    return kijker_for_user(user, local_date(op))


def _member(net: Netwerk, team: str) -> User:
    """Somebody of the team with an account: of the team of the accounts the one to sign in as."""
    own = [contact.user for contact in net.contacten[team] if contact.user is not None and contact.user.is_active]
    return next((user for user in own if user.email.startswith("wijkteam@")), own[-1])
