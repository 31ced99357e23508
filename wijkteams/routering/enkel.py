"""One address at a time: gather (three queries at most), let `wijkteams.rules` decide, and say why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gebieden.adres import Fout
from gebieden.register import GemeenteRef, GevondenBuurt, Trefzekerheid, Vondst, zoek_buurten
from kern.klok import today
from scholen.sectoren import woorden
from wijkteams.routering import kandidaten, netwerk, uitleg
from wijkteams.routering.invoer import Vraag, read_question
from wijkteams.routering.kandidaten import Ligging
from wijkteams.routering.netwerk import Netwerk
from wijkteams.routering.nieuw_adres import Verder, is_certain, look_further
from wijkteams.routering.uitkomst import Gebied, Kandidaat, Loket, Route, Stap, Uitkomst
from wijkteams.rules import Kenmerken, Plaats, Winst, decide, holds_at


def route_address(
    *,
    postcode: object,
    huisnummer: object,
    toevoeging: object = "",
    huisletter: object = "",
    sector: object = None,
    school: object = None,
    geboortedatum: date | str | None = None,
    peildatum: date | str | None = None,
    geheim: bool = False,
    pdok: bool = True,
) -> Route:
    """Who is there for a pupil who lives here. Never an exception for what was typed, and never a silent guess.

    `school` is a BRIN: 4 characters for all locations of a school, 6 for one. Dates may be text, as typed. Without `peildatum`
    the rules and people of today count; the active editie is always used. Stores nothing and logs nothing.
    With `pdok` an address that the register does not know is asked at PDOK, where PDOK_URL is set; never a secret one.
    """
    vraag = read_question(
        postcode=postcode,
        huisnummer=huisnummer,
        huisletter=huisletter,
        toevoeging=toevoeging,
        sector=sector,
        school=school,
        geboortedatum=geboortedatum,
        peildatum=peildatum,
        geheim=geheim,
        today=today(),
    )
    if not isinstance(vraag, Vraag):
        return _invalid(*vraag, geheim=geheim)
    vondst = zoek_buurten(vraag.adres.postcode, vraag.adres.huisnummer, vraag.peildatum)
    verder = look_further(vraag, vondst) if pdok else Verder(vondst)
    if verder.gemeente and (route := _Routering(vraag, verder.gemeente, vondst, verder.stappen).route_gemeente()):
        return route
    return _Routering(vraag, verder.vondst, vondst, verder.stappen).route()


def _invalid(peildatum: date, fouten: tuple[Fout, ...], *, geheim: bool) -> Route:
    tekst = "We kunnen dit niet opzoeken. Verbeter eerst wat u hebt ingevuld."
    return Route(Uitkomst.ONGELDIG, peildatum, fouten=fouten, uitleg=(Stap("invoer", tekst),), geheim=geheim)


@dataclass(slots=True)
class _Routering:
    """One question on its way through the four steps. `register` is what our own register found, `pdok` what PDOK made of it."""

    vraag: Vraag
    vondst: Vondst
    register: Vondst
    pdok: tuple[Stap, ...] = ()

    def route_gemeente(self) -> Route | None:
        """The route when only the gemeente is known: None when it depends on the buurt. Wijk and buurt are left out."""
        uitslag = decide(self._load().regels, self._place(self.vondst.buurten[0]), self.vraag.kenmerken)
        if not is_certain(uitslag, self.vondst, self.vraag.peildatum):
            return None
        route = self.route()
        kandidaten = tuple(replace(kandidaat, buurt=None) for kandidaat in route.kandidaten)
        return replace(route, afgeleid=True, wijk=None, buurt=None, kandidaten=kandidaten)

    def route(self) -> Route:
        if not self.vondst.buurten:
            stappen = [uitleg.choice_step(pc4=True, pickable=False)] if self.vondst.editie else []
            return self._answer(Uitkomst.ADRES_ONBEKEND, stappen=stappen)
        net = self._load()
        liggingen = [
            Ligging(buurt, decide(net.regels, self._place(buurt), self.vraag.kenmerken) if buurt.gemeente.in_regio else None)
            for buurt in self.vondst.buurten
        ]
        if self.vondst.trefzekerheid is Trefzekerheid.PC4:
            mogelijk = self._candidates(liggingen, net)
            stap = uitleg.choice_step(pc4=True, pickable=any(kandidaat.kiesbaar for kandidaat in mogelijk))
            return self._answer(Uitkomst.ADRES_ONBEKEND, kandidaten=mogelijk, stappen=[stap])
        if all(ligging.uitslag is None for ligging in liggingen):
            return self._outside(liggingen)
        teams = {pk for ligging in liggingen for pk in ligging.wijkteam_ids}
        if not teams and all(ligging.uitslag for ligging in liggingen):
            return self._answer(Uitkomst.GEEN_TEAM, stappen=[*self._former_teams(net, []), uitleg.no_team_step(self.vraag)])
        if len(teams) == 1 and all(ligging.wijkteam_ids for ligging in liggingen):
            return self._one_team(teams.pop(), liggingen, net)
        return self._several(liggingen, net)

    # --- Gathering -------------------------------------------------------------------------------------------------

    def _place(self, buurt: GevondenBuurt) -> Plaats:
        return Plaats(buurt.code, self.vraag.adres.postcode, self.vraag.adres.huisnummer, buurt.gemeente.code)

    def _load(self) -> Netwerk:
        binnen = [buurt for buurt in self.vondst.buurten if buurt.gemeente.in_regio]
        if not binnen:
            return netwerk.NIETS
        codes = {code for buurt in binnen for code in self._place(buurt).codes}
        kenmerken = self.vraag.kenmerken
        return netwerk.load_at(codes, school_id=kenmerken.school_id, vestiging_id=kenmerken.vestiging_id, op=self.vraag.peildatum)

    def _candidates(self, liggingen: Sequence[Ligging], net: Netwerk) -> tuple[Kandidaat, ...]:
        return kandidaten.make(self.vraag, liggingen, net, pc4=self.vondst.trefzekerheid is Trefzekerheid.PC4)

    # --- Outcomes ---------------------------------------------------------------------------------------------------

    def _outside(self, liggingen: Sequence[Ligging]) -> Route:
        certain = len({ligging.buurt.gemeente.code for ligging in liggingen}) == 1
        return self._answer(Uitkomst.BUITEN_REGIO, kandidaten=() if certain else self._candidates(liggingen, netwerk.NIETS))

    def _several(self, liggingen: Sequence[Ligging], net: Netwerk) -> Route:
        mogelijk = self._candidates(liggingen, net)
        stap = uitleg.choice_step(pc4=False, pickable=any(kandidaat.kiesbaar for kandidaat in mogelijk))
        stappen = [*self._former_teams(net, _winners(liggingen)), stap]
        return self._answer(Uitkomst.MEERDERE, kandidaten=mogelijk, stappen=stappen)

    def _one_team(self, wijkteam_id: int, liggingen: Sequence[Ligging], net: Netwerk) -> Route:
        winsten = _winners(liggingen)
        team = net.teams[wijkteam_id]
        stappen = self._former_teams(net, winsten)
        for ligging in liggingen:
            for winst in ligging.winsten:
                stappen.append(uitleg.team_step(winst.regel, team, ligging.buurt, self.vraag))
        if any(ligging.uitslag and ligging.uitslag.gat for ligging in liggingen):
            voorbehoud = uitleg.proviso_step((winst.regel for winst in winsten), self.vraag.kenmerken)
            stappen += [voorbehoud] if voorbehoud else []
        kenmerken = _narrow(self.vraag.kenmerken, winsten)
        keuze = net.choose(wijkteam_id, kenmerken)
        if len(keuze.gekozen) > 1:
            stappen.append(uitleg.person_choice_step(team))
            return self._answer(Uitkomst.MEERDERE, kandidaten=self._candidates(liggingen, net), stappen=stappen)
        basis = self._answer(Uitkomst.GEEN_CONTACT, stappen=stappen)
        if not keuze.gekozen:
            afwezig = [net.mensen[pk] for pk in keuze.afwezig]
            return replace(basis, wijkteam=team, uitleg=(*basis.uitleg, uitleg.no_person_step(team, afwezig)))
        bel = net.people(keuze)[0]
        wie = uitleg.person_steps(bel.persoon, bel.vervanger, sector=bel.gekozen.punt.sector, ingevallen=bel.gekozen.ingevallen)
        return replace(
            basis,
            uitkomst=Uitkomst.TOEGEWEZEN,
            wijkteam=team,
            aanspreekpunt=bel.persoon,
            vervanger=bel.vervanger,
            uitleg=(*basis.uitleg, *wie),
        )

    # --- The answer -------------------------------------------------------------------------------------------------

    def _former_teams(self, net: Netwerk, winsten: Sequence[Winst]) -> list[Stap]:
        """Rules that would have gone first if their team still (or already) existed."""
        best = min((winst.regel.rang for winst in winsten), default=1000)
        plaatsen = [self._place(buurt) for buurt in self.vondst.buurten if buurt.gemeente.in_regio]
        kenmerken = self.vraag.kenmerken
        ids = [
            regel.wijkteam_id
            for regel in net.vervallen
            if regel.rang < best and any(holds_at(regel, plaats, kenmerken) for plaats in plaatsen) and kenmerken.may_be(regel)
        ]
        return [uitleg.former_team_step(net.teams[pk], self.vraag.peildatum) for pk in dict.fromkeys(ids)]

    def _answer(self, uitkomst: Uitkomst, *, kandidaten: tuple[Kandidaat, ...] = (), stappen: Iterable[Stap] = ()) -> Route:
        """A Route with everything that is certain about the place; what differs between buurten is left out."""
        vraag, vondst = self.vraag, self.vondst
        zeker = vondst.buurten if vondst.trefzekerheid is not Trefzekerheid.PC4 else ()
        gemeente = _only(buurt.gemeente for buurt in zeker)
        wijk = _only(Gebied(buurt.wijk_code, buurt.wijk_naam) for buurt in zeker)
        buurt = _only(Gebied(buurt.code, buurt.naam) for buurt in zeker)
        return Route(
            uitkomst=uitkomst,
            peildatum=vraag.peildatum,
            afgeleid=vondst.trefzekerheid is Trefzekerheid.POSTCODE,
            editie=vondst.editie.label if vondst.editie else None,
            editie_id=vondst.editie.id if vondst.editie else None,
            adres=None if vraag.geheim else vraag.adres,
            gemeente=Gebied(gemeente.code, gemeente.naam) if gemeente else None,
            gemeente_id=gemeente.id if gemeente else None,
            regio_id=gemeente.regio_id if gemeente else None,
            wijk=None if vraag.geheim else wijk,
            buurt=None if vraag.geheim else buurt,
            kandidaten=kandidaten,
            uitleg=(*uitleg.address_steps(vraag, self.register), *self.pdok, *self._place_steps(zeker), *stappen),
            lokets=tuple(_desk(gemeente) for gemeente in _unique(buurt.gemeente for buurt in zeker) if not gemeente.in_regio),
            sector=vraag.kenmerken.sector,
            geheim=vraag.geheim,
        )

    def _place_steps(self, zeker: Sequence[GevondenBuurt]) -> list[Stap]:
        gemeenten = _unique(buurt.gemeente for buurt in zeker)
        leerling = woorden(self.vraag.kenmerken.sector or "").leerling
        stappen = [uitleg.home_step(gemeenten, leerling)] if gemeenten else []
        stappen += [uitleg.desk_step(gemeente) for gemeente in gemeenten if not gemeente.in_regio]
        return [*stappen, *uitleg.pupil_steps(self.vraag)]


def _desk(gemeente: GemeenteRef) -> Loket:
    return Loket(gemeente.naam, gemeente.loket_naam, gemeente.loket_telefoon, gemeente.loket_email, gemeente.loket_url)


def _winners(liggingen: Iterable[Ligging]) -> list[Winst]:
    return [winst for ligging in liggingen for winst in ligging.winsten]


def _narrow(kenmerken: Kenmerken, winsten: Iterable[Winst]) -> Kenmerken:
    """Only the sectors in which these rules win."""
    sectoren = {sector for winst in winsten for sector in winst.sectoren}
    return replace(kenmerken, sectoren=tuple(sector for sector in kenmerken.sectoren if sector in sectoren))


def _unique(dingen: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(dingen))


def _only(dingen: Iterable[Any]) -> Any:
    """The one value, when they are all the same."""
    uniek = _unique(dingen)
    return uniek[0] if len(uniek) == 1 else None
