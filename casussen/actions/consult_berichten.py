"""Who is told about a consult: number, link and date, never what was asked or answered.

Who they are, and who stands in for whoever is away or left, is decided by the address book of the ladder (`casussen.ontvangers`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casussen.keuzes import EigenaarSoort
from casussen.ladder import VOORAF
from casussen.models import Consult
from casussen.ontvangers import Adresboek, Beurt, Ontvanger
from kern.actions import NieuweMelding, enqueue_meldingen
from kern.klok import AMSTERDAM, local_date

ONDERWERP = "consult"


def beurt_of(consult: Consult) -> Beurt:
    """A consult as the address book knows a clock: owned by a person of the team, by the team, or by the region."""
    return Beurt(
        termijn_id=consult.pk,
        soort=ONDERWERP,
        stand=consult.stand,
        volgende_stap=consult.volgende_stap if consult.volgende_stap is not None else VOORAF,
        vervalt_op=consult.antwoord_uiterlijk,
        eigenaar_soort=EigenaarSoort.WIJKTEAM if consult.wijkteam_id else EigenaarSoort.REGIO,
        wijkteam_id=consult.wijkteam_id,
        contactpersoon_id=consult.aanspreekpunt_id,
        user_id=None,
        casus_id=consult.pk,
        nummer=consult.nummer,
        regio_id=consult.regio_id,
        school_id=consult.school_id,
        vestiging_id=consult.vestiging_id,
        vakantieregio="",
        sector=consult.sector,
        aangevraagd_door_id=consult.aangevraagd_door_id,
        dringend=False,
    )


def content_of(consult: Consult) -> dict[str, Any]:
    due = consult.antwoord_uiterlijk.astimezone(AMSTERDAM)
    return {
        "nummer": consult.nummer,
        "pad": f"/consulten/{consult.nummer}",
        "wijkteam": str(consult.wijkteam) if consult.wijkteam else "de regiocoördinator",
        "uiterlijk": due.isoformat(),
        "tijd": f"{due:%-H:%M}",
    }


def tell_team(consult: Consult, soort: str, *, op: datetime) -> None:
    """Whoever has to answer, or whoever stands in today."""
    beurt = beurt_of(consult)
    boek = Adresboek.load([beurt], local_date(op))
    _tell(consult, soort, boek.ontvangers(beurt, VOORAF), op=op)


def tell_school(consult: Consult, soort: str, *, op: datetime) -> None:
    """Who asked; when that person left, the school's other zorgcoördinatoren."""
    beurt = beurt_of(consult)
    boek = Adresboek.load([beurt], local_date(op))
    _tell(consult, soort, boek.referrers(beurt), op=op)


def _tell(consult: Consult, soort: str, ontvangers: Sequence[Ontvanger], *, op: datetime) -> None:
    gegevens = content_of(consult)
    enqueue_meldingen([melding_for(consult, soort, one, gegevens) for one in ontvangers], op=op)


def melding_for(
    consult: Consult, soort: str, ontvanger: Ontvanger, gegevens: dict[str, Any], ontdubbeling: str | None = None
) -> NieuweMelding:
    return NieuweMelding(
        soort=soort,
        gegevens=gegevens,
        onderwerp_soort=ONDERWERP,
        onderwerp_id=consult.pk,
        ontvanger_id=ontvanger.user_id,
        adres="" if ontvanger.user_id is not None else ontvanger.adres,
        ontdubbeling=ontdubbeling,
    )
