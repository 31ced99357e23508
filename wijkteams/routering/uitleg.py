"""'Waarom dit team?': the sentences of a route, for a zorgcoördinator between two lessons. Pure.

With a secret address no sentence names the address, the wijk or the buurt: `geheim` stands next to every function that could.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.dateformat import format as format_date

from gebieden.register import GemeenteRef, GevondenBuurt, Trefzekerheid, Vondst
from scholen.queries import Onderwijsplek
from scholen.sectoren import Sector, woorden
from wijkteams.routering.invoer import Vraag
from wijkteams.routering.uitkomst import Persoon, Stap, Team
from wijkteams.rules import LEEFTIJD_MAX, Kenmerken, Regel

PDOK = "PDOK"
JEUGDWET = "Jeugdwet, artikel 1.1"
NAMEN_MAX = 6
VOLWASSEN = 18


def register(editie: str | None) -> str:
    return f"adresregister van het CBS, editie {editie}" if editie else ""


def join(woordenlijst: Iterable[str], voegwoord: str = "en") -> str:
    """'A', 'A en B', 'A, B en C'."""
    *eerste, laatste = woordenlijst
    return f"{', '.join(eerste)} {voegwoord} {laatste}" if eerste else laatste


def dutch_date(dag: date) -> str:
    return format_date(dag, "j F Y")


def dutch_postcode(postcode: str) -> str:
    return f"{postcode[:4]} {postcode[4:]}"


def wijk_naam(naam: str) -> str:
    """CBS names some wijken 'Wijk 05 Schalkwijk' and others 'Schalkwijk'."""
    return naam if naam.lower().startswith("wijk ") else f"wijk {naam}"


def at_sector(sector: str) -> str:
    """Where a pupil of a sector sits."""
    return "op de basisschool (po)" if sector == Sector.PO else f"op het {sector}"


def years(van: int, tot: int) -> str:
    """An age range (`tot` exclusive) after 'de leerling is …'."""
    if van == 0:
        return f"jonger dan {tot} jaar"
    return f"{van} jaar of ouder" if tot >= LEEFTIJD_MAX else f"{van} tot en met {tot - 1} jaar"


# --- Address ---------------------------------------------------------------------------------------------------------


def secret_step() -> Stap:
    return Stap(
        "geheim",
        "Het adres is geheim. We gebruiken het alleen om het team te vinden en tonen het nergens. "
        "Daarom ziet u ook geen wijk en buurt.",
    )


def address_steps(vraag: Vraag, vondst: Vondst) -> list[Stap]:
    """Where the address lies according to the register."""
    if vraag.geheim:
        tekst = _secret_address(vondst)
    elif vondst.editie is None:
        tekst = "Er is nog geen adresregister in gebruik. Daardoor kunnen we het adres niet opzoeken."
    else:
        tekst = _address(vraag, vondst)
    stappen = [secret_step()] if vraag.geheim else []
    if tekst:
        stappen.append(Stap("adres", tekst, register(vondst.editie.label if vondst.editie else None)))
    return stappen


def _address(vraag: Vraag, vondst: Vondst) -> str:
    postcode = dutch_postcode(vraag.adres.postcode)
    onbekend = f"Huisnummer {vraag.adres.huisnummer} staat niet in het adresregister."
    waar = _where(vondst.buurten) if vondst.buurten else ""
    match vondst.trefzekerheid:
        case Trefzekerheid.NUMMER if len(vondst.buurten) == 1:
            return f"Het adres ligt in {waar}."
        case Trefzekerheid.NUMMER:
            return f"Het adres staat in het adresregister op meer dan één plek: in {waar}."
        case Trefzekerheid.POSTCODE if len(vondst.buurten) == 1:
            return f"{onbekend} Alle bekende huisnummers met postcode {postcode} liggen in {waar}."
        case Trefzekerheid.POSTCODE:
            return f"{onbekend} De postcode {postcode} ligt op een grens: in {waar}."
        case Trefzekerheid.PC4:
            return f"Postcode {postcode} staat niet in het adresregister. Het postcodegebied {postcode[:4]} ligt in {waar}."
        case _:
            return (
                f"Postcode {postcode} staat niet in het adresregister, en ook geen andere postcode die begint met {postcode[:4]}."
            )


def _secret_address(vondst: Vondst) -> str:
    if vondst.editie is None:
        return "Er is nog geen adresregister in gebruik. Daardoor kunnen we het adres niet opzoeken."
    match vondst.trefzekerheid:
        case Trefzekerheid.NUMMER:
            return ""
        case Trefzekerheid.POSTCODE:
            return "Het huisnummer staat niet in het adresregister. We zijn uitgegaan van de hele postcode."
        case _:
            return "De postcode staat niet in het adresregister."


def _where(buurten: Sequence[GevondenBuurt]) -> str:
    """'de buurt A (wijk B, gemeente C)', or the names of several with their gemeente."""
    if len(buurten) == 1:
        buurt = buurten[0]
        return f"de buurt {buurt.naam} ({wijk_naam(buurt.wijk_naam)}, gemeente {buurt.gemeente.naam})"
    per_gemeente: dict[str, list[str]] = {}
    for buurt in buurten:
        per_gemeente.setdefault(buurt.gemeente.naam, []).append(buurt.naam)
    return join(
        f"{'de buurten' if len(namen) > 1 else 'de buurt'} {_some(namen)} (gemeente {gemeente})"
        for gemeente, namen in per_gemeente.items()
    )


def _some(namen: list[str]) -> str:
    return join(namen if len(namen) <= NAMEN_MAX else [*namen[:NAMEN_MAX], f"nog {len(namen) - NAMEN_MAX} andere"])


def pdok_step(buurt: GevondenBuurt) -> Stap:
    """Where an address lies that is newer than the register."""
    return Stap("pdok", f"Volgens PDOK, de landelijke lijst van adressen, ligt dit adres in {_where([buurt])}.", PDOK)


def pdok_unknown_buurt_step(gemeente: GemeenteRef) -> Stap:
    return Stap(
        "pdok",
        f"Volgens PDOK, de landelijke lijst van adressen, ligt dit adres in de gemeente {gemeente.naam}, in een buurt die ons "
        "adresregister niet kent. We weten daarom alleen de gemeente zeker.",
        PDOK,
    )


def pdok_nothing_step(*, reachable: bool) -> Stap:
    if reachable:
        return Stap("pdok", "Ook PDOK, de landelijke lijst van adressen, kent dit adres niet.", PDOK)
    return Stap(
        "pdok",
        "We wilden het adres ook opzoeken bij PDOK, de landelijke lijst van adressen, maar kregen geen antwoord. "
        "Twijfelt u? Probeer het later nog eens.",
        PDOK,
    )


# --- Gemeente and pupil ----------------------------------------------------------------------------------------------


def home_step(gemeenten: Iterable[GemeenteRef], leerling: str) -> Stap:
    """The presumption of the woonplaatsbeginsel, said aloud."""
    namen = sorted({gemeente.naam for gemeente in gemeenten})
    wie = f"de gemeente {namen[0]}" if len(namen) == 1 else f"de gemeente {join(namen, 'of')}"
    return Stap(
        "gemeente",
        f"We gaan ervan uit dat de {leerling} hier staat ingeschreven. Dan is {wie} verantwoordelijk (woonplaatsbeginsel). "
        f"Staat de {leerling} ergens anders ingeschreven, of woont de {leerling} in een instelling of pleeggezin? "
        "Dan kan het een andere gemeente zijn.",
        JEUGDWET,
    )


def desk_step(gemeente: GemeenteRef) -> Stap:
    """A gemeente outside the region, and where to go there."""
    hoe = [
        deel
        for deel in (gemeente.loket_telefoon and f"telefoon {gemeente.loket_telefoon}", gemeente.loket_email, gemeente.loket_url)
        if deel
    ]
    naam = gemeente.loket_naam or f"de gemeente {gemeente.naam}"
    waar = f"Vraag hulp aan bij {naam}{': ' + join(hoe, 'of') if hoe else ''}."
    return Stap(
        "loket", f"De gemeente {gemeente.naam} valt buiten deze regio. {waar}", f"gegevens van de gemeente {gemeente.naam}"
    )


def pupil_steps(vraag: Vraag) -> list[Stap]:
    """What was taken from the school, and what changes at eighteen."""
    kenmerken, plek = vraag.kenmerken, vraag.plek
    stappen = []
    if plek and not vraag.sector_gegeven and kenmerken.sector:
        stappen.append(
            Stap(
                "sector",
                f"{plek.naam} geeft alleen {Sector(kenmerken.sector).label} ({kenmerken.sector}). Daar zijn we van uitgegaan.",
                _brin(plek),
            )
        )
    if plek and vraag.sector_gegeven and plek.sectoren and kenmerken.sector not in plek.sectoren:
        stappen.append(
            Stap(
                "sector",
                f"Let op: {plek.naam} geeft volgens onze gegevens geen {kenmerken.sector}. Controleer de sector of de school.",
                _brin(plek),
            )
        )
    if kenmerken.leeftijd is not None and kenmerken.leeftijd >= VOLWASSEN:
        leerling = woorden(kenmerken.sector or "").leerling
        stappen.append(
            Stap(
                "leeftijd",
                f"De {leerling} is 18 jaar of ouder. De Jeugdwet geldt dan meestal niet meer: de gemeente bepaalt wie helpt, "
                "bijvoorbeeld via de Wmo of een jongerenloket.",
                JEUGDWET,
            )
        )
    return stappen


def _brin(plek: Onderwijsplek) -> str:
    return f"schoolgegevens van {plek.brin}"


# --- Wijkteam --------------------------------------------------------------------------------------------------------


def team_step(regel: Regel, team: Team, buurt: GevondenBuurt, vraag: Vraag) -> Stap:
    """Which rule gave the team."""
    bron = f"werkgebieden van {team.naam}" if vraag.geheim else f"werkgebied {regel.id} van {team.naam}"
    return Stap("wijkteam", _team_sentence(regel, team, buurt, vraag), bron)


def _team_sentence(regel: Regel, team: Team, buurt: GevondenBuurt, vraag: Vraag) -> str:
    gemeente = buurt.gemeente.naam
    if regel.soort == "school":
        school = vraag.plek.naam if vraag.plek else "Deze school"
        return f"{school} heeft voor {_for_whom(regel)} uit de gemeente {gemeente} een eigen team: {team.naam}."
    if regel.soort == "voorrang":
        eigen = "een stedelijk team" if team.soort == "stedelijk" else "een eigen team"
        return f"Voor {_for_whom(regel)} heeft {gemeente} {eigen} dat voorgaat op de wijkteams: {team.naam}."
    voor = f" voor {_for_whom(regel)}" if regel.needs_sector or regel.needs_age else ""
    if regel.soort == "gemeente":
        return f"{team.naam} werkt{voor} in de hele gemeente {gemeente}."
    if vraag.geheim:
        return f"Het adres ligt in het werkgebied van {team.naam}{voor}."
    return f"{team.naam} werkt{voor} {_area(regel, buurt)}."


def _area(regel: Regel, buurt: GevondenBuurt) -> str:
    match regel.soort:
        case "nummers":
            zijde = {"even": "even ", "oneven": "oneven "}.get(regel.zijde, "")
            nummers = f"{zijde}huisnummers {regel.nummer_van} tot en met {regel.nummer_tot_en_met}"
            return f"op postcode {dutch_postcode(regel.gebied)}, {nummers}"
        case "pc6":
            return f"op postcode {dutch_postcode(regel.gebied)}"
        case "buurt":
            return f"in de buurt {buurt.naam}"
        case "pc4":
            return f"in postcodegebied {regel.gebied}"
        case _:
            return f"in de {wijk_naam(buurt.wijk_naam)}"


def _for_whom(regel: Regel) -> str:
    """'leerlingen op het vo', 'leerlingen jonger dan 18 jaar', 'leerlingen'."""
    wie = woorden(regel.sector).leerlingen
    if regel.needs_sector:
        wie = f"{wie} {at_sector(regel.sector)}"
    if regel.needs_age:
        jaren = years(regel.leeftijd_van, regel.leeftijd_tot)
        wie = f"{wie} {'van ' if jaren[0].isdigit() else ''}{jaren}"
    return wie


def proviso_step(regels: Iterable[Regel], kenmerken: Kenmerken) -> Stap | None:
    """The team is only there for some pupils, and whether this is one of them was not said."""
    alle = list(regels)
    mist = []
    if kenmerken.sector is None and any(regel.needs_sector for regel in alle):
        mist.append("sector")
    if kenmerken.leeftijd is None and any(regel.needs_age for regel in alle):
        mist.append("geboortedatum")
    if not mist:
        return None
    wie = join(dict.fromkeys(_for_whom(regel) for regel in alle))
    return Stap(
        "voorbehoud", f"Let op: dit team is er alleen voor {wie}. U hebt geen {join(mist)} ingevuld; vul die in voor zekerheid."
    )


def former_team_step(team: Team, op: date) -> Stap:
    return Stap("wijkteam", f"{team.naam} zou hier voorgaan, maar bestaat niet op {dutch_date(op)}.", f"gegevens van {team.naam}")


def no_team_step(vraag: Vraag) -> Stap:
    kenmerken = vraag.kenmerken
    wie = woorden(kenmerken.sector or "").leerling
    nader = f" {at_sector(kenmerken.sector)}" if kenmerken.sector else ""
    oud = " van deze leeftijd" if kenmerken.leeftijd is not None else ""
    voor = f" voor een {wie}{nader}{oud}" if nader or oud else ""
    return Stap(
        "wijkteam",
        f"Voor dit adres is geen wijkteam bekend{voor}. De regiocoördinator zoekt uit wie verantwoordelijk is.",
    )


def choice_step(*, pc4: bool, pickable: bool) -> Stap:
    """What to do with candidates, or without them."""
    if pc4 and pickable:
        tekst = "Klopt het adres? De teams hieronder werken in hetzelfde postcodegebied: dat is een vermoeden."
    elif pc4:
        tekst = "Klopt de postcode? Een nieuwe postcode staat pas in het register na de volgende jaarlijkse editie."
    elif pickable:
        tekst = "Er zijn meer antwoorden mogelijk. Kies het team dat past bij deze leerling."
    else:
        tekst = "Er zijn meer antwoorden mogelijk, en bij geen daarvan hoort een wijkteam. De regiocoördinator zoekt het uit."
    return Stap("keuze", tekst)


# --- Person ----------------------------------------------------------------------------------------------------------


def person_steps(persoon: Persoon, vervanger: Persoon | None, *, sector: str, ingevallen: bool) -> list[Stap]:
    if ingevallen:
        return [
            Stap(
                "aanspreekpunt",
                f"Het vaste aanspreekpunt werkt niet meer bij dit team. {persoon.naam} neemt waar.",
                "gegevens van het team",
            )
        ]
    voor = {
        "vestiging": "het aanspreekpunt voor uw vestiging",
        "school": "het aanspreekpunt voor uw school",
        "sector": f"het aanspreekpunt voor {'de basisscholen' if sector == Sector.PO else 'het ' + sector}",
    }.get(persoon.bereik, "het aanspreekpunt van het hele team")
    stappen = [Stap("aanspreekpunt", f"{persoon.naam} is {voor}.", "gegevens van het team")]
    if vervanger and persoon.afwezig_tot:
        stappen.append(
            Stap(
                "vervanger",
                f"{persoon.naam} is afwezig tot en met {dutch_date(persoon.afwezig_tot)}. Bel in die tijd {vervanger.naam}.",
                "afwezigheid van het team",
            )
        )
    return stappen


def person_choice_step(team: Team) -> Stap:
    return Stap(
        "keuze",
        f"Wie u bij {team.naam} belt, hangt af van de sector. Vul de sector in, of kies hieronder.",
        "gegevens van het team",
    )


def no_person_step(team: Team, afwezig: Sequence[Persoon]) -> Stap:
    """Nobody can be reached: where to write instead."""
    hoe = [deel for deel in (team.email and f"mail naar {team.email}", team.telefoon and f"bel {team.telefoon}") if deel]
    waarheen = f"{join(hoe, 'of').capitalize()}." if hoe else "De regiocoördinator kan u verder helpen."
    if afwezig:
        wie = afwezig[0]
        tot = f" tot en met {dutch_date(wie.afwezig_tot)}" if wie.afwezig_tot else ""
        return Stap(
            "aanspreekpunt",
            f"{wie.naam} is afwezig{tot} en heeft geen vervanger die er nu is. {waarheen}",
            "afwezigheid van het team",
        )
    return Stap("aanspreekpunt", f"Bij {team.naam} is nu geen aanspreekpunt bekend. {waarheen}", "gegevens van het team")
