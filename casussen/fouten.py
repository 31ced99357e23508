"""What can go wrong when someone takes a step. Views and the API turn these into screens and status codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from casussen.privacy import Bevinding


class Ontbreekt(TypedDict):
    """One thing that is missing or wrong: the field it belongs to, and what to do about it, in Dutch."""

    veld: str
    melding: str


class CasusError(Exception):
    """A step was not taken. Nothing was changed."""

    melding: str

    def __init__(self, melding: str) -> None:
        super().__init__(melding)
        self.melding = melding


class NietBevoegd(CasusError):  # noqa: N818  (the words of the house)
    """This person may not take this step (403)."""

    def __init__(self, melding: str = "U mag deze stap niet zetten.") -> None:
        super().__init__(melding)


class OnjuisteStatus(CasusError):  # noqa: N818  (the words of the house)
    """The state does not allow this step, or someone else was first (409). `wie` did `wat`, when known."""

    def __init__(self, melding: str, *, wie: str = "", wat: str = "") -> None:
        super().__init__(melding)
        self.wie = wie
        self.wat = wat


class Onvolledig(CasusError):  # noqa: N818  (the words of the house)
    """Something is missing or wrong (422): a list of fields, each with what to do."""

    def __init__(self, ontbreekt: Iterable[Ontbreekt]) -> None:
        self.ontbreekt: list[Ontbreekt] = list(ontbreekt)
        super().__init__(" ".join(item["melding"] for item in self.ontbreekt) or "Er ontbreekt nog iets.")


class Herleidbaar(Onvolledig):
    """What was typed may say about whom it is (422): per field what was found. `geweigerd`: some of it is never sent."""

    def __init__(self, bevindingen: Mapping[str, Sequence[Bevinding]]) -> None:
        self.bevindingen = {veld: list(found) for veld, found in bevindingen.items() if found}
        self.geweigerd = any(b.geweigerd for found in self.bevindingen.values() for b in found)
        super().__init__([{"veld": veld, "melding": _what_to_do(found)} for veld, found in self.bevindingen.items()])


def _what_to_do(found: Sequence[Bevinding]) -> str:
    refused = list(dict.fromkeys(b.soort.label for b in found if b.geweigerd))
    if refused:
        return f"Hier staat {' en '.join(refused)}. Dat kunt u niet versturen: haal het weg."
    labels = list(dict.fromkeys(b.soort.label for b in found))
    return f"Hier staat {' en '.join(labels)}. Schrijf het anders, of kruis aan dat u het hebt gecontroleerd."
