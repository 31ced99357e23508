"""manage.py route POSTCODE HUISNUMMER [TOEVOEGING]: who is there for a pupil who lives here."""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wijkteams.routering import Persoon, Route, Uitkomst, route_address
from wijkteams.routering.uitleg import dutch_date, dutch_postcode

#: What starts like this is an option; '-1', '-' and '--' are what someone typed as a house number.
OPTIE = re.compile(r"-(-[a-z]|[a-zA-Z])")
GETYPT = "\x00"

KOPPEN = {
    Uitkomst.TOEGEWEZEN: "Toegewezen",
    Uitkomst.MEERDERE: "Meerdere mogelijkheden",
    Uitkomst.BUITEN_REGIO: "Buiten de regio",
    Uitkomst.ADRES_ONBEKEND: "Adres onbekend",
    Uitkomst.GEEN_TEAM: "Geen wijkteam bekend",
    Uitkomst.GEEN_CONTACT: "Niemand van het team is bereikbaar",
    Uitkomst.ONGELDIG: "Ongeldig",
}


def mark_typed(args: Sequence[str]) -> list[str]:
    """Mark what was typed as an address, so that argparse does not take it for an option: every address gets an answer."""
    marked, only_typed = [], False
    for arg in args:
        typed = only_typed or (arg.startswith("-") and not OPTIE.match(arg))
        marked.append(GETYPT + arg if typed else arg)
        only_typed = only_typed or arg == "--"
    return marked


def as_typed(waarde: str) -> str:
    return waarde.removeprefix(GETYPT)


class Command(BaseCommand):
    help = "Zoek het wijkteam en het aanspreekpunt bij een adres. Elke uitkomst geeft exitcode 0, verkeerd gebruik 2."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv([*argv[:2], *mark_typed(argv[2:])])

    def add_arguments(self, parser: CommandParser) -> None:
        parser.usage = (
            "manage.py route POSTCODE HUISNUMMER [TOEVOEGING] [--sector SECTOR] [--school BRIN] [--birth-date DATUM] "
            "[--on DATUM] [--geheim] [--json]"
        )
        parser.add_argument(
            "adres", nargs="*", type=as_typed, metavar="POSTCODE HUISNUMMER [TOEVOEGING]", help="zoals 2037RB 12 B"
        )
        parser.add_argument("--sector", type=as_typed, help="po, so, vo, vso, pro of mbo")
        parser.add_argument("--school", type=as_typed, help="BRIN van een school (4 tekens) of een vestiging (6 tekens)")
        parser.add_argument("--birth-date", type=as_typed, help="geboortedatum, zoals 2011-05-17")
        parser.add_argument("--on", type=as_typed, help="peildatum; zonder is het vandaag")
        parser.add_argument("--geheim", action="store_true", help="geheim adres: gebruik het wel, toon het niet")
        parser.add_argument("--json", action="store_true", help="toon de uitkomst als JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  (Django's signature)
        postcode, huisnummer, toevoeging = _address(options["adres"])
        route = route_address(
            postcode=postcode,
            huisnummer=huisnummer,
            toevoeging=toevoeging,
            sector=options["sector"],
            school=options["school"],
            geboortedatum=options["birth_date"],
            peildatum=options["on"],
            geheim=options["geheim"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(route.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(describe(route)))


def _address(typed: list[str]) -> tuple[str, str, str]:
    """Postcode, number and addition; a '--' that is not needed as one of these is the usual separator."""
    if len(typed) > 2 and "--" in typed:
        typed = [*typed[: typed.index("--")], *typed[typed.index("--") + 1 :]]
    if not 2 <= len(typed) <= 3:
        raise CommandError("Geef een postcode en een huisnummer, en eventueel een toevoeging.", returncode=2)
    return typed[0], typed[1], typed[2] if len(typed) > 2 else ""


def describe(route: Route) -> list[str]:
    """The outcome in lines for a person."""
    regels = [f"{KOPPEN[route.uitkomst]}{': ' + place(route) if place(route) else ''}"]
    if route.wijkteam:
        team = route.wijkteam
        regels.append(_line("Wijkteam", team.naam, f"gemeente {team.gemeente_naam}", team.telefoon, team.email))
    if route.aanspreekpunt:
        regels.append(_person("Aanspreekpunt", route.aanspreekpunt))
    if route.vervanger:
        regels.append(_person("Bel nu", route.vervanger))
    regels += [
        _line("Loket", loket.naam or f"gemeente {loket.gemeente}", loket.telefoon, loket.email, loket.url)
        for loket in route.lokets
    ]
    for kandidaat in route.kandidaten:
        namen = [deel.naam for deel in (kandidaat.wijkteam, kandidaat.te_bellen) if deel]
        regels.append(f"  - {', '.join(namen) or 'geen wijkteam'}: {kandidaat.reden}")
    regels += [f"  - {fout.veld}: {fout.melding}" for fout in route.fouten]
    if not route.fouten:
        regels += ["", "Waarom?", *(f"  {nummer}. {stap.tekst}" for nummer, stap in enumerate(route.uitleg, 1))]
        editie = f", adresregister {route.editie}" if route.editie else ""
        regels += ["", f"Peildatum {dutch_date(route.peildatum)}{editie}."]
    return regels


def place(route: Route) -> str:
    """The address as people write it; nothing of a secret one."""
    if route.adres is None:
        return "geheim adres" if route.geheim and not route.fouten else ""
    adres = route.adres
    nummer = " ".join(str(deel) for deel in (adres.huisnummer, adres.huisletter, adres.toevoeging) if deel)
    return f"{dutch_postcode(adres.postcode)} {nummer}"


def _person(kop: str, persoon: Persoon) -> str:
    weg = f"afwezig tot en met {dutch_date(persoon.afwezig_tot)}" if persoon.afwezig_tot else ""
    return _line(kop, persoon.naam, persoon.functie, persoon.telefoon, persoon.email, persoon.bereikbaar, weg)


def _line(kop: str, *delen: str) -> str:
    return f"  {kop}: {', '.join(deel for deel in delen if deel)}"
