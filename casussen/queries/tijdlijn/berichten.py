"""What was asked and said: questions and answers, what the school thinks of an evaluation, and that a message was placed."""

from casussen.blik import Blik
from casussen.kringen import read_by
from casussen.models import Bericht, Casus, Document, Reactie, Vraag
from casussen.queries.berichten import by_message
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, told
from toegang.rollen import ROLLEN


def questions(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """The words of a question and its answer; that they were asked and given is told by the steps themselves."""
    if not blik.reads:
        return []
    found = []
    for vraag in snede.newest(Vraag.objects.filter(casus=casus), "gesteld_op", "beantwoord_op"):
        found.append(Gebeurd(vraag.gesteld_op, "vraag", "De vraag van het wijkteam:", details=(("Vraag", vraag.tekst),)))
        if vraag.beantwoord_op is not None:
            found.append(
                Gebeurd(vraag.beantwoord_op, "antwoord", "Het antwoord van de school:", details=(("Antwoord", vraag.antwoord),))
            )
    return found


def reactions(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    return [
        Gebeurd(
            reactie.op,
            "reactie",
            f"De school is het {'eens' if reactie.eens else 'niet eens'} met de evaluatie.",
            wie=name_of(reactie.door),
            details=told(("De school zegt", reactie.tekst)),
        )
        for reactie in snede.newest(Reactie.objects.filter(casus=casus).select_related("door"), "op")
    ]


def messages(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """That a message was placed and how many documents came with it, never what it says. Two queries."""
    rows = snede.newest(Bericht.objects.filter(casus=casus).as_read_by(blik).select_related("wijkteam"), "op")
    with_them = Document.objects.filter(casus=casus, bericht__in=[row.pk for row in rows]).as_read_by(blik)
    documents = by_message(with_them.only("pk", "bericht_id"))
    return [_placed(bericht, len(documents[bericht.pk])) for bericht in rows]


def _placed(bericht: Bericht, documenten: int) -> Gebeurd:
    rol = ROLLEN[bericht.door_rol].label
    what = "een bericht"
    if documenten:
        what += " met een document" if documenten == 1 else f" met {documenten} documenten"
    after = " Het is ingetrokken." if bericht.ingetrokken_op else ""
    return Gebeurd(
        op=bericht.op,
        soort="bericht",
        tekst=f"{bericht.door_naam} ({rol}) plaatste {what}. Leest: {read_by(bericht.voor, bericht.wijkteam)}.{after}",
        wie=bericht.door_naam,
    )
