"""A casus on paper, set by Typst: PDF/UA-1, tagged, with a title, a language and table headers.

What people typed goes in as data, never as markup: nothing in a text can change the page or read a file.
"""

import json
from functools import cache
from pathlib import Path

import typst

from casussen.uitvoer.inhoud import Inhoud

_BLAD = Path(__file__).with_name("casus.typ")


@cache
def _source() -> bytes:
    return _BLAD.read_bytes()


def pdf_of(inhoud: Inhoud) -> bytes:
    """The same contents as the JSON, to read."""
    made = typst.compile(_source(), sys_inputs={"inhoud": json.dumps(inhoud, ensure_ascii=False)}, pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("Een casus is één bestand.")
    return made
