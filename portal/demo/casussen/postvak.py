"""What people found in the portal about the steps of the last weeks. Only there: the mails of the past were sent."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from casussen.keuzes import Status
from casussen.tabel import Publiek
from casussen.woorden import short_day
from casussen.workflow import EIGENAAR, rule_for
from kern.models import Melding
from kern.models.melding import Kanaal, MeldingStatus
from portal.demo.accounts import ACCOUNTS
from portal.demo.casussen.lus import Overgang
from portal.demo.casussen.stappen import Dossier
from portal.demo.casussen.wereld import Wereld
from portal.demo.kopie import Kopie
from scholen.sectoren import woorden

#: Working days back for which there are meldingen; those of the last days may not have been read yet.
DAGEN, ONGELEZEN = 12, 3


class Postvak:
    """Gathers portal meldingen and writes them with `flush`."""

    def __init__(self, world: Wereld, teams: dict[int, str]) -> None:
        self.world = world
        self.teams = teams
        agenda = world.agenda
        self._from = agenda.dagen[agenda.laatste - DAGEN]
        self._unread_from = agenda.dagen[agenda.laatste - ONGELEZEN]
        self._accounts = {user.pk for account in ACCOUNTS if (user := world.net.users.get(account.email))}
        self._copy = Kopie(Melding)

    def flush(self) -> None:
        self._copy.flush()

    def tell(self, dossier: Dossier, step: Overgang, *, casus: int, nummer: str, event: int) -> None:
        if step.op.date() < self._from:
            return
        regel = rule_for(step.actie, step.van)
        if regel is None:
            return
        doel = regel.doelen.get(step.naar, regel.naar[0])
        told = {step.door.user_id}
        for bericht in doel.meldt:
            if bericht.van and step.van not in bericht.van:
                continue
            for user in self._audience(bericht.aan, dossier, step):
                if user in told:
                    continue
                told.add(user)
                self._add(bericht.soort, user, self._content(dossier, nummer, step), casus=casus, event=event, op=step.op)

    def _audience(self, aan: Publiek, dossier: Dossier, step: Overgang) -> Iterator[int]:
        match aan:
            case Publiek.ZC:
                yield dossier.lus.zc.user_id
            case Publiek.TEAM:
                if step.bij is not None:
                    yield step.bij.user_id
            case Publiek.VORIG_TEAM:
                earlier = [other.bij for other in dossier.lus.overgangen if other.versie < step.versie and other.bij]
                if earlier:
                    yield earlier[-1].user_id
            case Publiek.REGIO:
                yield from (wie.user_id for wie in self.world.regio)
            case Publiek.COORDINATOR:
                yield from (person.user_id for person in self.world.coordinatoren.get(step.naar_team or 0, ()))
            case Publiek.AANBIEDER | Publiek.LEERPLICHT:
                pass  # whoever looks along is told by what is shared with them, which is written later

    def _content(self, dossier: Dossier, nummer: str, step: Overgang) -> dict[str, object]:
        """The same keys as `casussen.actions.berichten` gives its texts: no person, nothing of the pupil."""
        stap = EIGENAAR[Status(step.naar)]
        team = self.teams.get(step.naar_team or 0, "")
        who = {
            "school": f"De {woorden(dossier.thuis.sector).zorgcoordinator}",
            "wijkteam": team or "Het wijkteam",
            "regio": "De regiocoördinator",
        }.get(stap.eigenaar.value if stap.eigenaar else "", "")
        runs = [t for t in dossier.lus.termijnen if t.opened <= step.op and (t.gesloten_op is None or t.gesloten_op > step.op)]
        own = sorted((t for t in runs if not t.regel.los), key=lambda t: (t.regel.eigenaar != stap.eigenaar, t.vervalt_op))
        return {
            "nummer": nummer,
            "pad": f"/casussen/{nummer}",
            "wijkteam": team,
            "status": step.naar.label,
            "volgende": f"{who} {stap.volgende}".strip(),
            "uiterlijk": short_day(own[0].vervalt_op) if own else "",
            "spoed": dossier.spoed,
            **_news(step),
        }

    def _add(self, soort: str, user: int, gegevens: dict[str, object], *, casus: int, event: int, op: datetime) -> None:
        rng = self.world.rng
        fresh = op.date() >= self._unread_from
        read = None if fresh and (user in self._accounts or rng.random() < 0.5) else self.world.agenda.after(op, 1, rng)
        self._copy.add(
            sleutel=UUID(int=rng.getrandbits(128), version=4),
            soort=soort,
            kanaal=Kanaal.PORTAAL.value,
            ontvanger_id=user,
            onderwerp_soort="casus",
            onderwerp_id=casus,
            gebeurtenis_id=event,
            gegevens=gegevens,
            ontdubbeling=f"casus:{event}:{soort}:u{user}:portaal",
            status=MeldingStatus.VERZONDEN.value,
            niet_voor=op,
            aangemaakt=op,
            verzonden_op=op,
            gelezen_op=read,
        )


def _news(step: Overgang) -> dict[str, object]:
    """As `casussen.actions.berichten.tell`: what was done, when the state stayed as it was."""
    regel = rule_for(step.actie, step.van)
    return {"nieuws": regel.nieuws, "nieuws_portaal": regel.nieuws_portaal} if regel and step.van == step.naar else {}
