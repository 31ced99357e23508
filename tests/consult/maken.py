"""Consulten for tests, made by the actions themselves."""

from datetime import datetime
from typing import Any

from casussen.actions.consulten import Vraag, ask_consult, reply_consult
from casussen.models import Consult
from tests.factories.casussen import NU, Wereld

VRAAG = "Een leerling van 14 komt al drie weken niet op school. Wat raadt u aan?"
ANTWOORD = "Bel eerst de ouders en vraag de jeugdarts mee te kijken."


def ask(wereld: Wereld, *, op: datetime = NU, team: bool = True, **anders: Any) -> Consult:
    """Zoë asks team Schalkwijk (or nobody in particular)."""
    gegevens = {"vraag": VRAAG, "wijkteam_id": wereld.net.schalkwijk.pk if team else None, **anders}
    return ask_consult(vraag=Vraag(**gegevens), by=wereld.kijker("zoe", op.date()), op=op)


def answer(wereld: Wereld, consult: Consult, *, naam: str = "wim", op: datetime = NU, tekst: str = ANTWOORD) -> Consult:
    reply_consult(consult=consult, tekst=tekst, by=wereld.kijker(naam, op.date()), op=op)
    return Consult.objects.get(pk=consult.pk)
