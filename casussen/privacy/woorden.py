"""Words by which a name is told from another word; they stand in woorden.txt, each list with what it is for."""

from pathlib import Path


def _read() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in Path(__file__).with_name("woorden.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return {name: frozenset(words) for name, words in lists.items()}


_LIJSTEN = _read()
AANSPREKINGEN = _LIJSTEN["aansprekingen"]
AFKORTINGEN = _LIJSTEN["afkortingen"]
TUSSENVOEGSELS = _LIJSTEN["tussenvoegsels"]
GEEN_NAAM = _LIJSTEN["geen_naam"]
VOOR_PLAATS = _LIJSTEN["voor_plaats"]
GEEN_NAAM_EINDE = tuple(sorted(_LIJSTEN["geen_naam_einde"]))
GEEN_NAAM_BEGIN_EINDE = tuple(sorted(_LIJSTEN["geen_naam_begin_einde"]))
BEGINNERS = _LIJSTEN["beginners"]
DOET_IEMAND = _LIJSTEN["doet_iemand"]
VOORNAMEN = _LIJSTEN["voornamen"]
OOK_WOORD = _LIJSTEN["ook_woord"]
