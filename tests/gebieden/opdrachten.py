"""Run the commands as a shell would: an exit code, what came out, what was said on the side."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from gebieden.register import zoek_buurten


@dataclass(frozen=True)
class Afloop:
    code: int
    uit: str
    fout: str

    @property
    def json(self) -> Any:
        return json.loads(self.uit)


def run(opdracht: str, *args: object) -> Afloop:
    uit, fout = StringIO(), StringIO()
    code = 0
    try:
        call_command(opdracht, *map(str, args), stdout=uit, stderr=fout, verbosity=0)
    except CommandError as reden:
        code = reden.returncode
        fout.write(str(reden))
    return Afloop(code, uit.getvalue(), fout.getvalue())


def import_addresses(pad: Path, *args: object) -> Afloop:
    return run("import_addresses", pad, "--json", *args)


def edities() -> list[dict[str, Any]]:
    uit: list[dict[str, Any]] = run("edities", "--json").json
    return uit


def buurten(postcode: str, nummer: int) -> list[str]:
    return [buurt.code for buurt in zoek_buurten(postcode, nummer).buurten]
