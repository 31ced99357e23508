"""Write dossiers by COPY, batch by batch, so that memory stays small at any number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice
from typing import Any

from casussen import models
from casussen.keuzes import EigenaarSoort
from casussen.ladder import REGIO
from casussen.nummer import write_casusnummer
from gebieden.models import Editie
from kern.klok import AMSTERDAM
from kern.models import Gebeurtenis
from portal.demo.casussen import lus as walk
from portal.demo.casussen import teksten
from portal.demo.casussen.maken import Maker
from portal.demo.casussen.postvak import Postvak
from portal.demo.casussen.stappen import VOLWASSEN, Dossier
from portal.demo.casussen.thuis import Huizen
from portal.demo.casussen.wereld import Wereld, build_world
from portal.demo.facts import namen
from portal.demo.gebied import dice
from portal.demo.kopie import Kopie, take_ids, take_numbers
from portal.demo.netwerk import Netwerk
from portal.demo.register import Regel
from scholen.models import Leerling

BATCH = 2_000
KLASSEN = {"po": "groep {}", "so": "groep {}", "vo": "{}B", "vso": "V{}", "pro": "P{}", "mbo": "M{}A"}
#: Reminders up to this hour of the day of loading count as sent: starting the worker then sends no flood.
VERSTUURD_TOT = time(9, 0)


def write_casussen(
    net: Netwerk,
    register: dict[str, list[Regel]],
    *,
    aantal: int,
    seed: int,
    moment: datetime,
    meld: Callable[[str], None],
    dagen: int | None = None,
    regio: str = "",
) -> None:
    """So many casussen, of the `dagen` (a year) before `moment`. `regio` names one of the invented regions around the demo's."""
    if not aantal:
        return
    meld(f"{regio or 'Demo-regio'}: adressen van leerlingen opzoeken")
    own = (regio,) if regio else ()
    homes = Huizen(net, register, rng=dice(seed, "huizen", *own), casussen=aantal)
    world = build_world(net, homes, rng=dice(seed, "casussen", *own), moment=moment, dagen=dagen, verhalen=not regio)
    writer = _Schrijver(world)
    dossiers = Maker(world).all(aantal)
    done = 0
    while batch := list(islice(dossiers, BATCH)):
        writer.write(batch)
        done += len(batch)
        if done % (BATCH * 5) == 0 or done == aantal:
            meld(f"{regio or 'Demo-regio'}: casussen ({done} van {aantal})")


@dataclass(slots=True)
class _Tabellen:
    """In the order in which they are written: rows that others point to come first."""

    leerling: Kopie = field(default_factory=lambda: Kopie(Leerling))
    casus: Kopie = field(default_factory=lambda: Kopie(models.Casus))
    statusperiode: Kopie = field(default_factory=lambda: Kopie(models.Statusperiode))
    overgang: Kopie = field(default_factory=lambda: Kopie(models.Overgang))
    termijn: Kopie = field(default_factory=lambda: Kopie(models.Termijn))
    herinnering: Kopie = field(default_factory=lambda: Kopie(models.Herinnering))
    terugkoppeling: Kopie = field(default_factory=lambda: Kopie(models.Terugkoppeling))
    vraag: Kopie = field(default_factory=lambda: Kopie(models.Vraag))
    contactmoment: Kopie = field(default_factory=lambda: Kopie(models.Contactmoment))
    toestemming: Kopie = field(default_factory=lambda: Kopie(models.Toestemming))
    route: Kopie = field(default_factory=lambda: Kopie(models.CasusRoute))
    gebeurtenis: Kopie = field(default_factory=lambda: Kopie(Gebeurtenis))

    def flush(self) -> None:
        for naam in self.__slots__:
            getattr(self, naam).flush()


class _Schrijver:
    """Turns dossiers into rows."""

    def __init__(self, world: Wereld) -> None:
        self.world = world
        self.rng = world.rng
        self.editie = Editie.objects.get(actief=True).pk
        self.tot = datetime.combine(world.net.op, VERSTUURD_TOT, tzinfo=AMSTERDAM)
        self.postvak = Postvak(world, {team.pk: team.naam for team in world.net.teams.values()})
        self.leerlingnummer = 10_000
        self.t = _Tabellen()
        self.ids: dict[str, Iterator[int]] = {}

    def write(self, batch: list[Dossier]) -> None:
        steps = sum(len(dossier.lus.overgangen) for dossier in batch)
        clocks = sum(len(dossier.lus.termijnen) for dossier in batch)
        casus_ids = take_ids(models.Casus, len(batch))
        numbers = take_numbers("casussen_casusnummer", len(batch))
        self.ids = {
            "leerling": iter(take_ids(Leerling, len(batch))),
            "overgang": iter(take_ids(models.Overgang, steps)),
            "termijn": iter(take_ids(models.Termijn, clocks)),
            "gebeurtenis": iter(take_ids(Gebeurtenis, steps + len(batch))),
        }
        for dossier, pk, number in zip(batch, casus_ids, numbers, strict=True):
            self._dossier(dossier, pk, write_casusnummer(dossier.lus.aangemaakt.year, number))
        self.t.flush()
        self.postvak.flush()

    # --- One casus --------------------------------------------------------------------------------------------------
    def _dossier(self, dossier: Dossier, pk: int, nummer: str) -> None:
        lus = dossier.lus
        escalated = self._clocks(dossier, pk)
        self._casus(dossier, pk, nummer, geescaleerd=escalated)
        for period in lus.periodes:
            self.t.statusperiode.add(casus_id=pk, ronde=period.ronde, status=period.status.value, van=period.van, tot=period.tot)
        self._event(pk, "casus_concept", lus.zc, lus.aangemaakt, {})
        for step in lus.overgangen:
            self._step(dossier, pk, nummer, step)
        self._around(dossier, pk)

    def _casus(self, dossier: Dossier, pk: int, nummer: str, *, geescaleerd: bool) -> None:
        lus, thuis, typed = dossier.lus, dossier.thuis, dossier.concept
        # Of a draft the columns hold what could be read of what was typed; nothing of it was shared yet.
        texts = tuple(typed.get(veld, "") for veld in ("hulpvraag", "krachten", "geprobeerd")) if typed else dossier.verhaal
        grond = "" if typed else dossier.veiligheid
        self.t.casus.add(
            id=pk,
            nummer=nummer,
            regio_id=self.world.net.regio.pk,
            school_id=thuis.vestiging.school_id,
            vestiging_id=thuis.vestiging.pk,
            sector=thuis.sector,
            leerling_id=None if typed else self._pupil(dossier),
            aangevraagd_door_id=lus.zc.user_id,
            status=lus.status.value,
            status_sinds=lus.sinds,
            ronde=lus.ronde,
            t0=lus.t0,
            versie=lus.versie,
            aangemaakt=lus.aangemaakt,
            wijkteam_id=lus.team,
            aanspreekpunt_id=lus.aanspreekpunt.id if lus.aanspreekpunt else None,
            behandelaar_id=lus.behandelaar.id if lus.behandelaar else None,
            woongemeente_id=dossier.woongemeente,
            buurt_code=dossier.buurt,
            hulpvraag=texts[0],
            krachten=texts[1],
            geprobeerd=texts[2],
            contact_gezin="" if typed else self._reach(dossier),
            urgentie="spoed" if dossier.spoed and not typed else "normaal",
            ouders_geinformeerd_op=dossier.ouders_op,
            concept_gegevens=dict(typed),
            school_reageerde=lus.school_reageerde,
            niet_bereikbaar=dossier.niet_bereikbaar,
            geescaleerd=geescaleerd,
            thuiszitter=dossier.thuiszitter and not typed,
            buiten_regio=dossier.buiten_regio,
            veiligheid=bool(grond),
            veiligheid_grond=grond,
            veiligheid_door_id=lus.zc.user_id if grond else None,
            veiligheid_op=lus.overgangen[0].op if grond else None,
            eerste_reactie_op=lus.eerste_reactie_op,
            hulp_gestart_op=lus.hulp_gestart_op,
            afgesloten_op=lus.afgesloten_op,
        )

    def _reach(self, dossier: Dossier) -> str:
        """How the team reaches the family: numbers that no telephone has."""
        text = teksten.CONTACT_JONGERE if dossier.leeftijd >= VOLWASSEN else self.rng.choice(teksten.CONTACT_GEZIN)
        return text.format(self.rng.randrange(100))

    def _pupil(self, dossier: Dossier) -> int:
        thuis = dossier.thuis
        pk = next(self.ids["leerling"])
        self.leerlingnummer += 1
        year = min(6, max(1, dossier.leeftijd - (5 if thuis.sector in {"po", "so"} else 11)))
        self.t.leerling.add(
            id=pk,
            vestiging_id=thuis.vestiging.pk,
            leerlingnummer=f"L{self.leerlingnummer}",
            voornaam=self.rng.choice(namen.VOORNAMEN),
            achternaam=self.rng.choice(namen.LEERLINGNAMEN),
            geboortedatum=dossier.geboren,
            sector=thuis.sector,
            klas=KLASSEN[thuis.sector].format(min(year, 3) if thuis.sector == "mbo" else year),
            postcode=thuis.postcode,
            huisnummer=thuis.huisnummer,
            geheim_adres=thuis.geheim,
        )
        return pk

    def _clocks(self, dossier: Dossier, pk: int) -> bool:
        """The termijnen and the ledger of their reminders. Answers whether one that runs has reached the regiocoördinator."""
        escalated = False
        for termijn in dossier.lus.termijnen:
            due, waiting = dossier.lus.reminders(termijn, self.tot)
            runs = termijn.gesloten_op is None
            termijn_pk = next(self.ids["termijn"])
            eigenaar = termijn.regel.eigenaar
            self.t.termijn.add(
                id=termijn_pk,
                casus_id=pk,
                ronde=termijn.ronde,
                soort=termijn.regel.soort,
                los=termijn.regel.los,
                eigenaar_soort=eigenaar.value,
                eigenaar_wijkteam_id=termijn.team,
                eigenaar_contactpersoon_id=termijn.contactpersoon,
                eigenaar_user_id=termijn.user if eigenaar != EigenaarSoort.REGIO else None,
                begint_op=termijn.begint_op,
                vervalt_op=termijn.vervalt_op,
                volgende_stap=waiting.stap if runs else None,
                volgende_op=waiting.op if runs else None,
                gesloten_op=termijn.gesloten_op,
                gesloten_om=termijn.gesloten_om,
            )
            for step in due:
                self.t.herinnering.add(
                    termijn_id=termijn_pk, stand=1, stap=step.stap, verschuldigd_op=step.op, gemaakt_op=step.op
                )
            escalated |= runs and any(step.stap >= REGIO for step in due)
        return escalated

    def _step(self, dossier: Dossier, pk: int, nummer: str, step: walk.Overgang) -> None:
        overgang = next(self.ids["overgang"])
        text = step.tekst
        self.t.overgang.add(
            id=overgang,
            casus_id=pk,
            ronde=step.ronde,
            actie=step.actie,
            van_status=step.van.value,
            naar_status=step.naar.value,
            door_id=step.door.user_id,
            door_naam=step.door.naam,
            door_rol=step.door.rol,
            op=step.op,
            van_wijkteam_id=step.van_team,
            naar_wijkteam_id=step.naar_team,
            reden=text.get("reden", ""),
            namens=text.get("namens", ""),
            toelichting=text.get("toelichting", ""),
            advies=text.get("advies", ""),
            alternatief=text.get("alternatief", ""),
            versie=step.versie,
        )
        if step.terugkoppeling:
            self._feedback(dossier, pk, overgang, step, step.terugkoppeling)
        gegevens = {
            "van": step.van.value, "naar": step.naar.value, "ronde": step.ronde, "overgang": overgang, "wijkteam": step.naar_team
        }  # fmt: skip
        event = self._event(pk, f"casus_{step.actie}", step.door, step.op, gegevens)
        self.postvak.tell(dossier, step, casus=pk, nummer=nummer, event=event)

    def _feedback(self, dossier: Dossier, pk: int, overgang: int, step: walk.Overgang, delen: tuple[str, str, str]) -> None:
        later = self.world.agenda.after(step.op, 1, self.rng)
        self.t.terugkoppeling.add(
            casus_id=pk,
            overgang_id=overgang,
            aan_id=dossier.lus.zc.user_id,
            door_id=step.door.user_id,
            gedaan=delen[0],
            vervolg=delen[1],
            nodig_van_school=delen[2],
            op=step.op,
            gelezen_op=later if self.rng.random() < 0.85 else None,
        )

    def _event(self, pk: int, soort: str, door: walk.Wie, op: datetime, gegevens: dict[str, Any]) -> int:
        event = next(self.ids["gebeurtenis"])
        self.t.gebeurtenis.add(
            id=event,
            soort=soort,
            onderwerp_soort="casus",
            onderwerp_id=pk,
            door_id=door.user_id,
            door_naam=door.naam,
            door_rol=door.rol,
            op=op,
            gegevens=gegevens,
        )
        return event

    def _around(self, dossier: Dossier, pk: int) -> None:
        """Questions, contacts, consent and routes."""
        for vraag in dossier.lus.vragen:
            self.t.vraag.add(
                casus_id=pk,
                tekst=vraag.tekst,
                gesteld_door_id=vraag.door,
                gesteld_op=vraag.op,
                antwoord=vraag.antwoord if vraag.beantwoord_op else "",
                beantwoord_door_id=vraag.beantwoord_door,
                beantwoord_op=vraag.beantwoord_op,
                vervallen_op=vraag.vervallen_op,
            )
        for contact in dossier.contacten:
            self.t.contactmoment.add(
                casus_id=pk,
                wijkteam_id=contact.team,
                soort=contact.soort,
                met=contact.met,
                datum=contact.op.date(),
                gelukt=contact.gelukt,
                notitie=contact.notitie,
                door_id=contact.door,
                vastgelegd_op=contact.op,
            )
        for consent in dossier.toestemmingen:
            self.t.toestemming.add(
                casus_id=pk,
                gever=consent.gever,
                gegeven_op=consent.gegeven_op,
                ook_ander_wijkteam=consent.ook_ander,
                wijkteam_id=consent.team,
                vastgelegd_door_id=consent.door,
                vastgelegd_op=consent.op,
                ingetrokken_op=consent.ingetrokken_op,
                ingetrokken_namens=consent.ingetrokken_namens,
            )
        for route in dossier.routes:
            self.t.route.add(
                casus_id=pk,
                uitkomst=route.uitkomst,
                afgeleid=route.afgeleid,
                peildatum=route.peildatum,
                editie_id=self.editie,
                document=dict(route.document),
                wijkteam_id=route.team,
                contactpersoon_id=route.contact,
                gekozen=route.gekozen,
                reden=route.reden,
                door_id=route.door,
                op=route.op,
            )
