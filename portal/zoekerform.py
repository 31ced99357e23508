"""The form of the finder. It refuses nothing: routing reads what was typed and says per field what is wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gebieden.adres import Fout
from kern.kijker import Kijker
from portal.forms import DatumInput
from scholen.models import Vestiging
from scholen.rollen import SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from scholen.sectoren import Sector, Woorden, woorden

#: A postcode of which this much was typed may be looked up while typing.
POSTCODE_TEKENS = 6
#: The fields behind 'Meer'.
MEER = ("geboortedatum", "geheim", "peildatum")
#: Where a mistake is shown that routing reports at a field the form does not have.
ELDERS = {"huisletter": "toevoeging", "school": "plek", "sector": "plek"}


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": "40", **attrs})


class ZoekerForm(forms.Form):
    """Address and school. `plek` is a location and, where more sectors are taught, the sector: '12:vo'."""

    postcode = forms.CharField(label="Postcode", required=False, widget=_text(autocapitalize="characters"))
    huisnummer = forms.CharField(label="Huisnummer", required=False, widget=_text())
    toevoeging = forms.CharField(label="Toevoeging", required=False, widget=_text())
    plek = forms.ChoiceField(label="Leerling van", required=False)
    geboortedatum = forms.CharField(
        label="Geboortedatum", required=False, help_text="Maakt uit als de leerling 18 is of wordt.", widget=DatumInput
    )
    peildatum = forms.CharField(
        label="Wie was het op een andere dag?", required=False, help_text="Leeg is vandaag.", widget=DatumInput
    )
    geheim = forms.BooleanField(
        label="Geheim adres",
        required=False,
        help_text="We gebruiken het adres dan alleen om het team te vinden. Wijk en buurt tonen we niet.",
    )

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, kijker: Kijker) -> None:
        super().__init__(data)
        self._vestigingen = {vestiging.pk: vestiging for vestiging in self._offered(kijker)}
        field = self.fields["plek"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choices = self._choices()
        if len(choices) == 1 and self._own:
            field.initial = choices[0][0]
        else:
            choices = [("", "Kies een school" if self._own else "Maakt niet uit"), *choices]
        field.choices = choices

    def _offered(self, kijker: Kijker) -> Iterable[Vestiging]:
        """Of a school: its own locations. Anyone else may ask for every school."""
        self._own = kijker.heeft(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)
        vestigingen = Vestiging.objects.of(kijker) if self._own else Vestiging.objects.visible_to(kijker)
        return vestigingen.select_related("school")

    def _choices(self) -> list[tuple[str, str]]:
        """Each location, per sector where more are taught; without the name of the school where all are of the same one."""
        choices = []
        one_school = len(self._vestigingen) > 1 and len({vestiging.school_id for vestiging in self._vestigingen.values()}) == 1
        for vestiging in self._vestigingen.values():
            for sector in vestiging.sectoren:
                name = vestiging.naam
                if one_school:
                    name = name.removeprefix(vestiging.school.naam).lstrip(" ,–-") or name
                if len(vestiging.sectoren) > 1:
                    name = f"{name} ({Sector(sector).label})"
                choices.append((f"{vestiging.pk}:{sector}", name))
        return choices

    # --- What was typed -------------------------------------------------------------------------------------------

    def typed(self, name: str) -> str:
        """What was typed in a field, as it was typed."""
        return str(self.data.get(name, "")) if self.is_bound else str(self.get_initial_for_field(self.fields[name], name) or "")

    @property
    def is_geheim(self) -> bool:
        return bool(self.typed("geheim"))

    @property
    def meer_open(self) -> bool:
        """Do the extra fields hold anything, so that they must be seen?"""
        return any(self.typed(name) or self.errors.get(name) for name in MEER)

    def place(self) -> tuple[Vestiging | None, str | None]:
        """The location and sector that were chosen; what is not on offer counts as not chosen."""
        pk, _, sector = self.typed("plek").partition(":")
        vestiging = self._vestigingen.get(int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < POSTCODE_TEKENS * 3 else None
        return (vestiging, sector) if vestiging and sector in vestiging.sectoren else (None, None)

    @property
    def woorden(self) -> Woorden:
        """'leerling' or 'student': of the chosen sector, or when all schools on offer are of one kind."""
        sectoren = {sector for vestiging in self._vestigingen.values() for sector in vestiging.sectoren}
        return woorden(self.place()[1] or (sectoren.pop() if len(sectoren) == 1 else ""))

    def is_complete(self) -> bool:
        """Was enough typed to answer while typing? Half a postcode is not wrong yet."""
        postcode = "".join(self.typed("postcode").split())
        return len(postcode) >= POSTCODE_TEKENS and bool(self.typed("huisnummer").strip())

    def show(self, fouten: Iterable[Fout]) -> None:
        """Put what routing could not read at its field."""
        for fout in fouten:
            veld = ELDERS.get(fout.veld, fout.veld)
            self.add_error(veld if veld in self.fields else None, fout.melding)
