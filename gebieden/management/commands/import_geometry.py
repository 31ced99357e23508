"""manage.py import_geometry FILE.geojson: the CBS map of wijken or buurten, for the map of coverage."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gebieden.actions.geometrie import store_shapes
from gebieden.geometrie import GeojsonError, Inhoud, read_geojson
from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, Wijk
from kern import klok
from kern.kijker import systeem

#: How many bad features are written out; a file that is wrong throughout says so in its count.
GENOEMD = 200


class Command(BaseCommand):
    help = "Laadt de vormen van wijken of buurten (GeoJSON van het CBS, in graden of in RD) voor de kaart van de dekking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.add_argument("--editie", type=int, metavar="ID", help="Bij welke editie (standaard de actieve; zie edities).")
        parser.add_argument("--zonder-slechte", action="store_true", help="Laad wat goed is, ook als er slechte features zijn.")
        parser.add_argument("--json", action="store_true", help="Antwoord met één regel JSON.")

    def handle(self, *, bestand: Path, editie: int | None, zonder_slechte: bool, **options: Any) -> None:
        doel = self._editie(editie)
        gemeenten = set(Gemeente.objects.in_region().values_list("code", flat=True))
        if not gemeenten:
            raise CommandError("Er is nog geen gemeente in een regio: er is niets om een kaart van te maken.", returncode=2)
        try:
            inhoud = read_geojson(bestand.read_text(encoding="utf-8"), gemeenten=gemeenten)
        except OSError as fout:
            raise CommandError(f"{bestand} is niet te lezen: {fout.strerror}.", returncode=2) from fout
        except UnicodeDecodeError as fout:
            raise CommandError(f"{bestand} is geen tekst in UTF-8.", returncode=2) from fout
        except GeojsonError as fout:
            raise CommandError(f"{fout} Er is niets veranderd.", returncode=2) from fout
        for slecht in inhoud.slecht[:GENOEMD]:
            self.stderr.write(f"Feature {slecht.nummer}: {slecht.reden}.")
        if inhoud.slecht and not zonder_slechte:
            raise CommandError(
                f"{len(inhoud.slecht)} van de features zijn niet te gebruiken. Er is niets veranderd. "
                "Met --zonder-slechte laadt u de andere.",
                returncode=2,
            )
        if not inhoud.gebieden:
            raise CommandError("In dit bestand staat geen wijk of buurt van de regio. Er is niets veranderd.", returncode=2)
        by = systeem(klok.today(), "import_geometry")
        geladen = store_shapes(editie=doel, vlakken=inhoud.gebieden, by=by, op=klok.now())
        self._tell(doel, inhoud, geladen, as_json=options["json"])

    def _editie(self, pk: int | None) -> Editie:
        edities = Editie.objects.filter(status=EditieStatus.GELADEN)
        doel = edities.filter(pk=pk).first() if pk is not None else edities.filter(actief=True).first()
        if doel is None:
            waarom = "Er is geen actieve editie." if pk is None else f"Er is geen geladen editie met id {pk}."
            raise CommandError(f"{waarom} Laad eerst een adresregister (import_addresses).", returncode=2)
        return doel

    def _tell(self, editie: Editie, inhoud: Inhoud, geladen: int, *, as_json: bool) -> None:
        onbekend, zonder = compare_with(editie, inhoud)
        if as_json:
            telling = {"editie": editie.pk, "vlakken": geladen, "slecht": len(inhoud.slecht), "buiten_regio": inhoud.buiten}
            telling |= {"water": inhoud.water, "onbekend": len(onbekend), "zonder_vorm": len(zonder)}
            self.stdout.write(json.dumps(telling))
            return
        self.stdout.write(
            f"{geladen} vormen geladen bij editie {editie.label}; {inhoud.buiten} buiten de regio, {inhoud.water} water."
        )
        for codes, wat in ((onbekend, "niet in deze editie"), (zonder, "zonder vorm")):
            if codes:
                self.stdout.write(f"Let op, {wat}: {', '.join(codes[:10])}{' …' if len(codes) > 10 else ''} ({len(codes)}).")


def compare_with(editie: Editie, inhoud: Inhoud) -> tuple[list[str], list[str]]:
    """Areas of the file that the editie does not know, and areas of the region that have no shape in the file."""
    geladen = {vlak.code for vlak in inhoud.gebieden}
    gemeenten = set(Gemeente.objects.in_region().values_list("code", flat=True))
    bekend: set[str] = set()
    for soort, model in (("wijk", Wijk), ("buurt", Buurt)):
        if any(vlak.soort == soort for vlak in inhoud.gebieden):
            codes = model.objects.filter(editie=editie).values_list("code", flat=True)
            bekend |= {code for code in codes if f"GM{code[2:6]}" in gemeenten}
    return sorted(geladen - bekend), sorted(bekend - geladen)
