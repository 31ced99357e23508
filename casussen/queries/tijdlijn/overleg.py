"""The overleg: planned, moved, called off, held, and who was there. Its report is on its own page."""

from collections.abc import Iterator

from django.db.models import Prefetch

from casussen.blik import Blik
from casussen.keuzes import Aanwezigheid, MdoStatus
from casussen.models import Casus, Mdo, MdoAanvulling, MdoDeelnemer
from casussen.queries.overleg import readable
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, someone, told
from casussen.woorden import clock_time, short_day
from kern.klok import today


def meetings(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:  # noqa: ARG001  (a handful in a casus)
    everybody = Prefetch("deelnemers", MdoDeelnemer.alle.all(), to_attr="iedereen")
    found = readable(casus, blik).select_related("gepland_door", "verslag_door").prefetch_related(everybody)
    return [moment for mdo in found for moment in _moments(mdo, mdo.iedereen)]


def additions(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """That the report was completed: what with is on the page of the overleg, as with the report."""
    added = MdoAanvulling.objects.filter(mdo__in=readable(casus, blik)).select_related("door", "mdo")
    return [
        Gebeurd(
            item.op,
            "mdo_aangevuld",
            f"{someone(item.door)} heeft het verslag van het overleg van {short_day(item.mdo.begint_op, nu=today())} aangevuld.",
            wie=name_of(item.door),
        )
        for item in snede.newest(added, "op")
    ]


def seats(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """Who took the seat of a colleague that hands over their work."""
    given = MdoDeelnemer.alle.filter(mdo__in=readable(casus, blik), vervangen_op__isnull=False)
    return [
        Gebeurd(
            gone.vervangen_op,
            "mdo_gepland",
            f"{gone.vervangen_door.naam} gaat naar het overleg van {short_day(gone.mdo.begint_op, nu=today())} "
            f"in plaats van {gone.naam}.",
        )
        for gone in snede.newest(given.select_related("vervangen_door", "mdo"), "vervangen_op")
        if gone.vervangen_op is not None and gone.vervangen_door is not None
    ]


def _moments(mdo: Mdo, iedereen: list[MdoDeelnemer]) -> Iterator[Gebeurd]:
    """Who was invited is told as it was then: what changed afterwards is a moment of its own (`seats`)."""
    first = [one for one in iedereen if not _came_later(one, iedereen)]
    invited = [one for one in iedereen if one.vervangen_op is None]
    when = short_day(mdo.begint_op, nu=today())
    yield Gebeurd(
        mdo.gepland_op,
        "mdo_gepland",
        f"{someone(mdo.gepland_door)} heeft een overleg gepland op {when} om {clock_time(mdo.begint_op)} uur, "
        f"{mdo.get_plek_display()}.",
        wie=name_of(mdo.gepland_door),
        details=told(
            ("Uitgenodigd", _people(first)),
            ("Niet uitgenodigd", mdo.reden_zonder_gezin),
            ("Verzet", _moved(mdo.volgnummer) if mdo.status != MdoStatus.AFGEZEGD else ""),
        ),
    )
    if mdo.afgezegd_op is not None:
        text = f"Het overleg van {when} is afgezegd."
        yield Gebeurd(mdo.afgezegd_op, "mdo_afgezegd", text, details=told(("Reden", mdo.afgezegd_om)))
    if mdo.gehouden_op is not None:
        there = [item for item in invited if item.aanwezig == Aanwezigheid.AANWEZIG]
        away = [item for item in invited if item.aanwezig in {Aanwezigheid.AFWEZIG, Aanwezigheid.AFGEMELD}]
        yield Gebeurd(
            mdo.gehouden_op,
            "mdo_gehouden",
            f"Het overleg van {when} is gehouden.",
            wie=name_of(mdo.verslag_door),
            details=told(("Wie waren erbij", _people(there)), ("Niet erbij", _people(away))),
        )


def _came_later(person: MdoDeelnemer, iedereen: list[MdoDeelnemer]) -> bool:
    """Whether this seat is one that was taken over; who sat there already keeps the day of their own invitation."""
    return any(one.vervangen_door_id == person.pk and one.vervangen_op == person.uitgenodigd_op for one in iedereen)


def _moved(times: int) -> str:
    if times == 0:
        return ""
    return f"De datum of plaats is {'een keer' if times == 1 else f'{times} keer'} veranderd; dit is de laatste afspraak."


def _people(people: list[MdoDeelnemer]) -> str:
    """'Zoë Zorg (de school), Aisha Voorbeeld (ouders of verzorgers)'."""
    return ", ".join(f"{person.naam} ({person.get_partij_display()})" for person in people)
