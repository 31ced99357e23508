"""What school and wijkteam wrote to each other in casussen of the demo accounts, with two small documents. All invented.

Placed by the action itself, at moments after the last step of each casus.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from casussen.actions.documenten import NieuwBestand
from casussen.actions.gesprek import mark_thread_read, place_bericht
from casussen.keuzes import Kring, Status
from casussen.models import Casus
from kern.kijker import Kijker
from kern.klok import local_date
from kern.models import Melding
from kern.models.melding import MeldingStatus
from portal.demo import DEMO_DOMEIN
from toegang.kijkers import kijker_for_user
from toegang.models import User

AANTAL = 15
#: Threads: who writes (zc, wijkteam), for whom, and what. The documents come with the message that announces them.
GESPREKKEN: tuple[tuple[tuple[str, Kring, str], ...], ...] = (
    (
        ("wijkteam", Kring.SCHOOL_EN_TEAM, "Goedemorgen. Ik bel het gezin deze week. Wanneer zijn ouders het best te bereiken?"),
        ("zc", Kring.SCHOOL_EN_TEAM, "Na vier uur, of woensdagmiddag. Moeder neemt meestal op. Ze weet dat u belt."),
        ("wijkteam", Kring.SCHOOL_EN_TEAM, "Dank. Dan bel ik woensdag om half drie."),
    ),
    (
        ("zc", Kring.SCHOOL_EN_TEAM, "Hierbij het verslag van ons gesprek met de mentor. Ouders hebben het gelezen."),
        ("wijkteam", Kring.TEAM, "Collega's: wie heeft ervaring met de weerbaarheidsgroep op vrijdag?"),
        ("wijkteam", Kring.SCHOOL_EN_TEAM, "Fijn verslag. Vooral wat er goed gaat helpt ons verder."),
    ),
    (
        ("zc", Kring.SCHOOL_EN_TEAM, "Het aangepaste rooster gaat maandag in. De afspraken staan in het bestand."),
        ("wijkteam", Kring.SCHOOL_EN_TEAM, "Goed plan. Ik vraag er vrijdag naar bij het gezin."),
        ("zc", Kring.SCHOOL_EN_TEAM, "De eerste week ging goed: vier van de vijf dagen op school."),
    ),
    (("wijkteam", Kring.SCHOOL_EN_TEAM, "Is er op school een ruimte voor een overleg met ouders erbij?"),),
)
VERSLAG = ("Verslag van het gesprek met de mentor", "Er is een vaste plek in de pauze.", "De mentor belt elke vrijdag naar huis.")
AFSPRAKEN = "Afspraken over het rooster\n\n- maandag en dinsdag: eerste twee uren vrij\n- woensdag tot en met vrijdag: hele dag\n"


def write_messages(*, moment: datetime) -> None:
    """As of `moment`: what was written last is not read yet."""
    people = {key: User.objects.get(email=f"{key}@{DEMO_DOMEIN}") for key in ("zc", "wijkteam")}
    theirs = Casus.objects.filter(aangevraagd_door=people["zc"], behandelaar__user=people["wijkteam"])
    running = theirs.exclude(status__in=[Status.CONCEPT, Status.TE_ROUTEREN, Status.INGETROKKEN, Status.TERUGGELEGD])
    for number, casus in enumerate(running.order_by("-status_sinds", "pk")[:AANTAL]):
        _write(casus, GESPREKKEN[number % len(GESPREKKEN)], people, moment, read=number % 3 != 0)
    mails = Melding.objects.filter(soort="casus_bericht", status=MeldingStatus.WACHT)
    mails.update(status=MeldingStatus.VERZONDEN, verzonden_op=moment)  # history: starting the worker sends nothing of it


def _write(
    casus: Casus, lines: Sequence[tuple[str, Kring, str]], people: dict[str, User], moment: datetime, *, read: bool
) -> None:
    """Spread between the last step and now; `read`: the other has seen it all."""
    step = max(moment - casus.status_sinds, timedelta(minutes=len(lines))) / (len(lines) + 1)
    placed = []
    for position, (key, voor, tekst) in enumerate(lines, 1):
        op = min(casus.status_sinds + step * position, moment)
        by = _as(people[key], op)
        placed.append(place_bericht(casus=casus, by=by, op=op, tekst=tekst, voor=voor, bestanden=_documents(tekst)))
    for user in people.values() if read else ():
        mark_thread_read(kijker=_as(user, moment), casus=casus, tot_en_met_id=placed[-1].pk, op=moment)


def _as(user: User, moment: datetime) -> Kijker:
    return kijker_for_user(user, local_date(moment))


def _documents(tekst: str) -> list[NieuwBestand]:
    if "verslag van ons gesprek" in tekst:
        return [NieuwBestand("verslag-gesprek-mentor.pdf", small_pdf(VERSLAG))]
    if "in het bestand" in tekst:
        return [NieuwBestand("afspraken-rooster.txt", AFSPRAKEN.encode())]
    return []


def small_pdf(lines: Sequence[str]) -> bytes:
    """A page with a few lines of plain text: the smallest PDF that opens everywhere."""
    shown = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    content = f"BT /F1 14 Tf 72 760 Td {shown} ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)
