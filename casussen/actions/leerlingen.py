"""The pupil of a casus, by the school's own number: found when the school knows them, made when not, never silently changed."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from casussen.fouten import Ontbreekt, Onvolledig
from gebieden.adres import Adres
from scholen.models import Leerling, Vestiging

_VELDEN = ("voornaam", "achternaam", "geboortedatum", "sector", "klas")
_ADRES = ("postcode", "huisnummer", "huisletter", "toevoeging")


def settle_leerling(*, vestiging: Vestiging, gegevens: Mapping[str, Any], adres: Adres | None) -> Leerling:
    """The pupil with this number at this location, made or brought up to date.

    What the school did not know yet is filled in. What differs from what it knew raises Onvolledig, unless `leerling_bijwerken`
    says it is meant. A secret address stays secret, whatever a form says.
    """
    values = {veld: gegevens[veld] for veld in _VELDEN if gegevens.get(veld)}
    if adres is not None:
        values |= {veld: getattr(adres, veld) for veld in _ADRES}
    secret = bool(gegevens.get("geheim_adres"))
    nummer = gegevens["leerlingnummer"]
    known = _find(vestiging, nummer)
    if known is None:
        try:
            with transaction.atomic():
                return Leerling.objects.create(vestiging=vestiging, leerlingnummer=nummer, geheim_adres=secret, **values)
        except IntegrityError:  # a colleague made the same pupil this very moment
            known = _find(vestiging, nummer)
            if known is None:
                raise
    if not gegevens.get("leerling_bijwerken") and (conflicts := differences(known, values)):
        raise Onvolledig(conflicts)
    for veld, value in values.items():
        setattr(known, veld, value)
    known.geheim_adres = known.geheim_adres or secret
    known.save()
    return known


def _find(vestiging: Vestiging, nummer: str) -> Leerling | None:
    return Leerling.objects.select_for_update().filter(vestiging=vestiging, leerlingnummer=nummer).first()


def differences(known: Leerling, values: Mapping[str, Any]) -> list[Ontbreekt]:
    """What is said now and differs from what the school knew: per field, the address as one."""
    found: list[Ontbreekt] = []
    for veld in _VELDEN:
        old, new = getattr(known, veld), values.get(veld)
        if old and new and not _same(old, new):
            found.append({"veld": veld, "melding": _question(f"een andere {veld}")})
    if known.postcode and values.get("postcode") and any(getattr(known, veld) != values[veld] for veld in _ADRES):
        found.append({"veld": "postcode", "melding": _question("een ander adres")})
    if found:
        found.append({"veld": "leerling_bijwerken", "melding": "Kies of de gegevens van deze leerling bijgewerkt moeten worden."})
    return found


def _question(what: str) -> str:
    return f"Bij dit leerlingnummer staat {what}. Controleer het nummer, of kies: gegevens bijwerken."


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return " ".join(old.split()).casefold() == " ".join(new.split()).casefold()
    return bool(old == new)
