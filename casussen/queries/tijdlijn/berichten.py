"""What school and team asked and said: questions with their answer, and what the school thinks of an evaluation."""

from casussen.blik import Blik
from casussen.models import Casus, Reactie, Vraag
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, told


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
