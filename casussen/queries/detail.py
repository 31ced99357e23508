"""One casus as its page shows it: the story, the next step, the people, consent, and what may be done now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casussen.blik import Blik, blik_of
from casussen.models import (
    Casus,
    CasusRoute,
    Contactmoment,
    Deling,
    Mdo,
    Statusperiode,
    Taak,
    Termijn,
    Terugkoppeling,
    Toestemming,
    Vraag,
)
from casussen.mogelijk import Mogelijk, available_actions
from casussen.queries.delen import sharings_of
from casussen.queries.hulp import InzetBeeld, help_of
from casussen.queries.overleg import readable, readable_taken
from casussen.queries.plan import PlanBeeld, newest_plan
from casussen.queries.tijdlijn import Gebeurd, tijdlijn
from casussen.rules import age_on
from casussen.stand import VolgendeStap, next_step_of
from casussen.tijd import Tijd, split_time
from kern.kijker import Kijker
from kern.klok import local_date, today

#: Few joins, and a small query for each of the rest: many joins take longer to plan than to answer.
_MET = ("leerling", "wijkteam", "school")
_ERBIJ = ("wijkteam__gemeente", "behandelaar", "aanspreekpunt", "aangevraagd_door", "vestiging", "woongemeente", "regio")


@dataclass(frozen=True, slots=True)
class CasusDetail:
    """Everything one viewer may see of one casus. `adres` is '' for whoever has no need of it, and for a secret one always."""

    casus: Casus
    blik: Blik
    stap: VolgendeStap
    acties: list[Mogelijk]
    leeftijd: int | None
    adres: str
    toestemmingen: list[Toestemming]
    open_vraag: Vraag | None
    contactmomenten: list[Contactmoment]
    terugkoppelingen: list[Terugkoppeling]
    route: CasusRoute | None
    termijnen: list[Termijn]
    tijd: Tijd

    @property
    def hoofdactie(self) -> Mogelijk | None:
        return next((actie for actie in self.acties if actie.hoofd and actie.mag), None)

    # What has a tab of its own: asked for by the API or the copy, each time it is read.
    @property
    def tijdlijn(self) -> list[Gebeurd]:
        """All of it, the newest last."""
        return tijdlijn(self.casus, self.blik)

    @property
    def plan(self) -> PlanBeeld | None:
        return newest_plan(self.casus)

    @property
    def hulp(self) -> list[InzetBeeld]:
        return help_of(self.casus, op=today(), blik=self.blik)

    @property
    def taken(self) -> list[Taak]:
        return list(readable_taken(self.casus, self.blik))

    @property
    def mdos(self) -> list[Mdo]:
        return list(readable(self.casus, self.blik).prefetch_related("deelnemers"))

    @property
    def delingen(self) -> list[Deling]:
        return sharings_of(self.casus)


def casus_detail(nummer: str, kijker: Kijker, *, op: datetime) -> CasusDetail | None:
    """The casus with this number, when this viewer may see its content; None otherwise. A fixed number of queries."""
    visible = Casus.objects.visible_to(kijker).select_related(*_MET).prefetch_related(*_ERBIJ)
    casus = visible.filter(nummer=nummer).first()
    return detail_of(casus, kijker, blik_of(casus, kijker), op=op) if casus is not None else None


def detail_of(casus: Casus, kijker: Kijker, blik: Blik, *, op: datetime) -> CasusDetail:
    """The same of a casus that is at hand, with its relations, for who reads its content with these eyes."""
    day = local_date(op)
    open_ones = casus.termijnen.filter(gesloten_op__isnull=True)
    termijnen = list(open_ones.select_related("eigenaar_contactpersoon", "eigenaar_wijkteam"))
    geboren = casus.leerling.geboortedatum if casus.leerling else None
    vragen = list(
        Vraag.objects.filter(casus=casus, beantwoord_op__isnull=True, vervallen_op__isnull=True).select_related("gesteld_door")
    )
    return CasusDetail(
        casus=casus,
        blik=blik,
        stap=next_step_of(casus, termijnen=termijnen, op=day),
        acties=available_actions(casus, kijker, op=day),
        leeftijd=age_on(geboren, day) if geboren else None,
        adres=address_for(casus),
        toestemmingen=consent_of(casus),
        open_vraag=vragen[0] if vragen else None,
        contactmomenten=contacts_for(casus, blik),
        terugkoppelingen=feedback_for(casus, blik),
        route=CasusRoute.objects.filter(casus=casus).order_by("-op", "-id").first(),
        termijnen=termijnen,
        tijd=time_of(casus, op=op),
    )


def address_for(casus: Casus) -> str:
    """The home address in one line; a secret one is shown to nobody."""
    leerling = casus.leerling
    if leerling is None or leerling.geheim_adres or not leerling.postcode:
        return ""
    house = " ".join(part for part in (f"{leerling.huisnummer or ''}{leerling.huisletter}", leerling.toevoeging) if part)
    return f"{leerling.postcode[:4]} {leerling.postcode[4:]}, nummer {house}"


def consent_of(casus: Casus) -> list[Toestemming]:
    """Consent as it was given and withdrawn."""
    return list(Toestemming.objects.filter(casus=casus).select_related("wijkteam", "vastgelegd_door"))


def contacts_for(casus: Casus, blik: Blik) -> list[Contactmoment]:
    """Contacts with the family this viewer may know of; the note is emptied for whoever is not of the team that wrote it."""
    found = []
    for contact in Contactmoment.objects.filter(casus=casus).select_related("door", "wijkteam"):
        if not blik.sees_of(contact.wijkteam_id):
            continue
        if blik.school or blik.wijkteam_id != contact.wijkteam_id:
            contact.notitie = ""
        found.append(contact)
    return found


def feedback_for(casus: Casus, blik: Blik) -> list[Terugkoppeling]:
    """Feedback to the school: all of it for the school, for a team its own."""
    told = Terugkoppeling.objects.filter(casus=casus).select_related("door", "aan", "overgang")
    return [item for item in told if item.overgang is None or blik.sees_of(item.overgang.van_wijkteam_id)]


def time_of(casus: Casus, *, op: datetime) -> Tijd:
    """Active and waiting time in this ronde; their sum is the total."""
    rows: Any = Statusperiode.objects.filter(casus=casus, ronde=casus.ronde).values_list("status", "van", "tot")
    return split_time(rows, op)
