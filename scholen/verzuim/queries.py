"""How pupils stand: their reports, what follows from them on a day, and the signals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kern.kijker import Kijker
from scholen.models import Leerling, Verzuim, Verzuimsignaal
from scholen.rollen import ZORGCOORDINATOR
from scholen.vakanties import vakanties_per_regio
from scholen.verzuim.keuzes import SoortVerzuim
from scholen.verzuim.rules import Schoolkalender, Stand, hours_now, hours_per_week, is_thuiszitter, standing_on, still_holds

#: Who was away in the summer's last week is still in view when the schools open.
RECENT = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Leerlingstand:
    """A pupil on a day. `uren`: without a valid reason, in the last 4 schoolweken. `meldingen`: as they stand now, newest first.

    `melding`: the report of whole days that covers the day (or the last one before it), with its reason.

    `achterhaald`: signals that the school reported to leerplicht and that hold no more, since the verzuim was changed afterwards.
    """

    leerling: Leerling
    stand: Stand
    uren: Decimal
    thuiszitter: bool
    meldingen: tuple[Verzuim, ...] = ()
    signalen: tuple[Verzuimsignaal, ...] = ()
    melding: Verzuim | None = None
    achterhaald: tuple[Verzuimsignaal, ...] = ()

    @property
    def te_melden(self) -> list[Verzuimsignaal]:
        """Signals that the school has not reported yet."""
        return [signaal for signaal in self.signalen if signaal.gemeld_bij_leerplicht_op is None]


def to_report(kijker: Kijker) -> list[Verzuimsignaal]:
    """Signals that a zorgcoördinator must still report to leerplicht, in order of the clock, however long ago it was.

    One query; none for who is no zorgcoördinator.
    """
    if not kijker.heeft(ZORGCOORDINATOR):
        return []
    own = Verzuimsignaal.objects.to_report().filter(leerling__in=Leerling.objects.visible_to(kijker))
    return list(own.select_related("leerling"))


def away_recently(leerlingen: QuerySet[Leerling], op: date) -> QuerySet[Leerling]:
    """Those with any report that lasts up to the last weeks."""
    return leerlingen.filter(Exists(_recent(op)))


def maybe_at_home(leerlingen: QuerySet[Leerling], op: date) -> QuerySet[Leerling]:
    """Those who can be thuiszitter on this day: with a report of whole days that counts. Which ones are is for the rules."""
    counts = ~Q(soort__in=[SoortVerzuim.VRIJSTELLING, SoortVerzuim.ZIEK]) | Q(belastbaar_volgens_plan=True)
    return leerlingen.filter(Exists(_recent(op).filter(counts, uren__isnull=True)))


def _recent(op: date) -> QuerySet[Verzuim]:
    own = Verzuim.objects.living().filter(leerling=OuterRef("pk"), van__lte=op)
    return own.filter(Q(tot__isnull=True) | Q(tot__gte=op - RECENT))


def standings(leerlingen: QuerySet[Leerling], op: date) -> list[Leerlingstand]:
    """Of each of these pupils. Four queries, however many there are."""
    with_all = leerlingen.select_related("vestiging", "vestiging__school").prefetch_related(
        Prefetch("verzuim", Verzuim.objects.living().order_by("-van", "-id"), to_attr="meldingen"),
        Prefetch("verzuimsignalen", Verzuimsignaal.objects.living().order_by("venster_tot", "id"), to_attr="signalen"),
    )
    return _stand(with_all, op)


def _stand(leerlingen: Iterable[Leerling], op: date) -> list[Leerlingstand]:
    calendars = {regio: Schoolkalender(vakanties) for regio, vakanties in vakanties_per_regio().items()}
    found = []
    for leerling in leerlingen:
        meldingen: list[Verzuim] = getattr(leerling, "meldingen", [])
        afwezig = [verzuim.as_afwezig() for verzuim in meldingen]
        kalender = calendars[leerling.vestiging.vakantieregio]
        stand = standing_on(afwezig, kalender, op)
        signalen: Sequence[Verzuimsignaal] = getattr(leerling, "signalen", ())
        reported = (signaal for signaal in signalen if signaal.gemeld_bij_leerplicht_op is not None)
        found.append(
            Leerlingstand(
                leerling=leerling,
                stand=stand,
                uren=hours_now(hours_per_week(afwezig, kalender, op), kalender, op),
                thuiszitter=is_thuiszitter(stand, leerling.geboortedatum, op),
                meldingen=tuple(meldingen),
                signalen=tuple(signalen),
                melding=next((v for v in meldingen if v.uren is None and v.van <= op), None),
                achterhaald=tuple(s for s in reported if not still_holds(s.soort, s.venster, afwezig, kalender, op)),
            )
        )
    return found


def longest_first(standen: Iterable[Leerlingstand]) -> list[Leerlingstand]:
    """What must be reported first, then who is away longest, then the hours."""

    def key(s: Leerlingstand) -> tuple[bool, int, Decimal, str, int]:
        return (not s.te_melden, -s.stand.dagen if s.stand.afwezig else 0, -s.uren, str(s.leerling), s.leerling.pk)

    return sorted(standen, key=key)
