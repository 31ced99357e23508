"""What happened to a casus, in words, for one viewer: the newest last.

The school sees what was told to the school. A wijkteam sees what was shared, and its own notes; never the notes or the feedback
of another team. The regiocoördinator sees that something happened, not what was said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from casussen.blik import Blik, blik_of
from casussen.keuzes import RedenDoorzetten, RedenIntrekken, RedenTerugleggen
from casussen.ladder import COORDINATOR, REGIO, VERVALLEN
from casussen.models import Casus, Contactmoment, Herinnering, Overgang, Terugkoppeling, Vraag
from casussen.woorden import done, short_day
from casussen.workflow import TERMIJNEN
from kern.kijker import Kijker
from toegang.rollen import ROLLEN

_REDENEN: dict[str, str] = {**dict(RedenDoorzetten.choices), **dict(RedenTerugleggen.choices), **dict(RedenIntrekken.choices)}


#: Steps whose explanation is what the family says itself.
GEZIN_AAN_HET_WOORD = frozenset({"evalueren", "afsluiten"})


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """One moment: `tekst` is the sentence, `details` what was said with it, as (heading, text). `soort`: for an icon."""

    op: datetime
    soort: str
    tekst: str
    wie: str = ""
    details: tuple[tuple[str, str], ...] = ()
    alleen_team: bool = False


def tijdlijn(casus: Casus, kijker: Kijker) -> list[Gebeurd]:
    """The time line as this viewer may read it. Five queries, whatever its length."""
    blik = blik_of(casus, kijker)
    if not (blik.reads or blik.regio):
        return []
    steps = list(Overgang.objects.filter(casus=casus).select_related("van_wijkteam", "naar_wijkteam"))
    feedback = {t.overgang_id: t for t in Terugkoppeling.objects.filter(casus=casus)}
    found = [_step(step, feedback.get(step.pk), blik) for step in steps]
    if blik.reads:
        found += _questions(casus)
        found += _contacts(casus, blik)
    found += _reminders(casus)
    return sorted(found, key=lambda item: item.op)


def _step(step: Overgang, feedback: Terugkoppeling | None, blik: Blik) -> Gebeurd:
    voorwerp, gedaan = done(step.actie, step.van_status)
    sentence = f"{_who(step)} heeft {voorwerp.replace('deze casus', 'de casus')} {gedaan}"
    moved = step.naar_wijkteam_id is not None and step.naar_wijkteam_id != step.van_wijkteam_id
    if moved and step.naar_wijkteam is not None:
        sentence += f" bij {step.naar_wijkteam}" if step.van_wijkteam_id is None else f" naar {step.naar_wijkteam}"
    own = blik.sees_of(step.van_wijkteam_id) or blik.sees_of(step.naar_wijkteam_id)
    return Gebeurd(
        op=step.op,
        soort=step.actie,
        tekst=f"{sentence}.",
        wie=step.door_naam,
        details=tuple(_said(step, feedback, blik)) if own else (),
    )


def _who(step: Overgang) -> str:
    rol = ROLLEN.get(step.door_rol)
    return f"{step.door_naam} ({rol.label})" if rol and step.door_naam else step.door_naam or "Het portaal"


def _said(step: Overgang, feedback: Terugkoppeling | None, blik: Blik) -> Iterable[tuple[str, str]]:
    own_words = "Wat ouders en leerling ervan vinden" if step.actie in GEZIN_AAN_HET_WOORD else "Uitleg"
    parts = [("Reden", _REDENEN.get(step.reden, "")), (own_words, step.toelichting)]
    parts += [("Advies", step.advies), ("Ook mogelijk", step.alternatief)]
    if feedback is not None and blik.sees_of(step.van_wijkteam_id):
        known = {step.toelichting, step.advies, step.alternatief}
        told = [("Gedaan", feedback.gedaan), ("Vervolg", feedback.vervolg), ("Nodig van school", feedback.nodig_van_school)]
        parts += [(head, text) for head, text in told if text not in known]
    return [(head, text) for head, text in parts if text]


def _questions(casus: Casus) -> list[Gebeurd]:
    """The words of a question and its answer; that they were asked and given is told by the steps themselves."""
    found = []
    for vraag in Vraag.objects.filter(casus=casus):
        found.append(Gebeurd(vraag.gesteld_op, "vraag", "De vraag van het wijkteam:", details=(("Vraag", vraag.tekst),)))
        if vraag.beantwoord_op is not None:
            found.append(
                Gebeurd(vraag.beantwoord_op, "antwoord", "Het antwoord van de school:", details=(("Antwoord", vraag.antwoord),))
            )
    return found


def _contacts(casus: Casus, blik: Blik) -> list[Gebeurd]:
    """Contacts with the family: that they were, for the school; with the note, for the team that made it."""
    found = []
    for contact in Contactmoment.objects.filter(casus=casus).select_related("door"):
        if not blik.sees_of(contact.wijkteam_id):
            continue
        outcome = "" if contact.gelukt else " Het is niet gelukt om contact te krijgen."
        own_note = blik.wijkteam_id is not None and blik.wijkteam_id == contact.wijkteam_id and not blik.school
        found.append(
            Gebeurd(
                op=contact.vastgelegd_op,
                soort="contact",
                tekst=f"Contact op {_day(contact.datum)}: {contact.get_soort_display()}.{outcome}",
                wie=str(contact.door),
                details=(("Notitie van uw team", contact.notitie),) if own_note and contact.notitie else (),
                alleen_team=own_note and bool(contact.notitie),
            )
        )
    return found


def _day(day: date) -> str:
    return short_day(datetime(day.year, day.month, day.day, 12).astimezone())


def _reminders(casus: Casus) -> list[Gebeurd]:
    """That someone was reminded, and how far up it went."""
    words = {
        VERVALLEN: "is te laat: de eigenaar en vervanger kregen bericht",
        COORDINATOR: "is te laat: de coördinator kreeg bericht",
    }
    found = []
    for item in Herinnering.objects.filter(termijn__casus=casus, stap__gte=VERVALLEN).select_related("termijn"):
        regel = TERMIJNEN.get(item.termijn.soort)
        what = regel.wat if regel else item.termijn.soort
        told = words.get(item.stap, "is te laat: de regiocoördinator kreeg bericht" if item.stap >= REGIO else "is te laat")
        found.append(Gebeurd(item.gemaakt_op, "herinnering", f"{what[:1].upper()}{what[1:]} {told}."))
    return found
