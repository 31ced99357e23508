"""The help itself: asked for, waited for and why, started and ended; how it goes, and how heavy it is.

The school reads that it happened, the team also what was said of it; an aanbieder its own help and nothing else.
"""

from collections.abc import Iterator

from casussen.blik import Blik
from casussen.keuzes import InzetStatus
from casussen.models import Aanvraag, Casus, Intensiteit, Inzet, Voortgang
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, sentence, someone, told
from casussen.woorden import ended_by_casus, in_days, on_day
from toegang.rollen import ROLLEN


def help_given(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:  # noqa: ARG001  (a handful in a casus)
    if not (blik.reads or blik.aanbieders):
        return []
    rows = Inzet.objects.filter(casus=casus).select_related("arrangement__aanbieder", "door")
    if not blik.reads:
        rows = rows.filter(arrangement__aanbieder__in=blik.aanbieders)
    inside = _reads_words(blik)
    return [moment for inzet in rows for moment in _moments(inzet, inside=inside)]


def _reads_words(blik: Blik) -> bool:
    """The words with the help are for the team and for whoever gives it."""
    return blik.wijkteam_id is not None or not blik.reads


def _moments(inzet: Inzet, *, inside: bool) -> Iterator[Gebeurd]:
    what = f"{inzet.arrangement.naam} van {inzet.arrangement.aanbieder.naam}"
    yield Gebeurd(
        on_day(inzet.aangevraagd_op), "inzet_aangevraagd", f"Hulp aangevraagd: {what}.", wie=name_of(inzet.door), hele_dag=True
    )
    if inzet.wacht_sinds is not None:
        why = f": {inzet.get_reden_wachten_display()}" if inzet.reden_wachten else ""
        expected = f" De hulp begint naar verwachting op {in_days(inzet.verwacht_op)}." if inzet.verwacht_op else ""
        said = told(("Uitleg", inzet.wachten_toelichting)) if inside else ()
        yield Gebeurd(on_day(inzet.wacht_sinds), "inzet_wacht", f"Wachten op {what}{why}.{expected}", details=said, hele_dag=True)
    if inzet.gestart_op is not None:
        yield Gebeurd(on_day(inzet.gestart_op), "inzet_gestart", f"De hulp is begonnen: {what}.", hele_dag=True)
    if inzet.geeindigd_op is not None:
        said = told(("Reden", inzet.einde_reden)) if inside else ()
        yield Gebeurd(on_day(inzet.geeindigd_op), "inzet_einde", _ended(inzet, what), details=said, hele_dag=True)


def _ended(inzet: Inzet, what: str) -> str:
    never_began = inzet.status == InzetStatus.AFGEWEZEN
    if how := ended_by_casus(inzet.einde_reden):  # nobody said that the help was over
        return (
            f"De aanvraag van {what} verviel bij {how} van de casus."
            if never_began
            else f"De hulp stopte bij {how} van de casus: {what}."
        )
    return f"De hulp {'ging niet door' if never_began else 'is klaar'}: {what}."


def progress(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not (blik.reads or blik.aanbieders):
        return []
    rows = Voortgang.objects.filter(inzet__casus=casus).select_related("inzet__arrangement", "door")
    if not blik.reads:
        rows = rows.filter(inzet__arrangement__aanbieder__in=blik.aanbieders)
    inside = _reads_words(blik)
    found = []
    for item in snede.newest(rows, "op"):
        rol = ROLLEN.get(item.door_rol)
        who = item.door_naam or someone(item.door, "De aanbieder")
        found.append(
            Gebeurd(
                item.op,
                "voortgang",
                f"{who}{f' ({rol.label})' if rol else ''} vertelde hoe het gaat met {item.inzet.arrangement.naam}.",
                wie=who,
                details=told(("Zo gaat het", item.tekst)) if inside else (),
            )
        )
    return found


def intensity(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    inside = blik.wijkteam_id is not None
    return [
        Gebeurd(
            item.op,
            "intensiteit",
            f"De hulp is vanaf {in_days(item.vanaf)} {item.get_niveau_display()}.",
            wie=name_of(item.door),
            details=told(("Reden", item.reden)) if inside else (),
        )
        for item in snede.newest(Intensiteit.objects.filter(casus=casus).select_related("door"), "op")
    ]


def applications(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:  # noqa: ARG001  (a handful in a casus)
    """A formal application: that the gemeente received it, and what it decided."""
    if not blik.reads:
        return []
    found = []
    for aanvraag in Aanvraag.objects.filter(casus=casus).select_related("door"):
        received = f"De gemeente heeft een formele aanvraag ontvangen: {sentence(aanvraag.onderwerp)}"
        found.append(Gebeurd(on_day(aanvraag.ontvangen_op), "aanvraag", received, wie=name_of(aanvraag.door), hele_dag=True))
        if aanvraag.besluit_op is not None:
            decided = f"De gemeente heeft over de aanvraag besloten: {aanvraag.get_besluit_display()}."
            found.append(Gebeurd(on_day(aanvraag.besluit_op), "aanvraag_besluit", decided, hele_dag=True))
    return found
