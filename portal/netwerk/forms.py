"""Forms of the network. They read what was typed; whether it may be is decided by the action, which says so at the same field."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from casussen.contacten import until
from gebieden.models import Buurt, Gemeente, Wijk
from portal.forms import Dag, DatumInput
from portal.netwerk.acties import has_account
from scholen.models import School, Vestiging
from scholen.sectoren import Sector
from wijkteams.forms import WerkgebiedForm
from wijkteams.fotos import clean_photo
from wijkteams.models import Contactpersoon, SoortGebied, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import BEGIN, EINDE

GEEN_COLLEGA = "Deze persoon werkt niet meer bij dit team, of is degene die vertrekt. Kies een collega uit de lijst."


class ActieForm(forms.ModelForm):  # type: ignore[type-arg]
    """Fields as the model has them; the checking of the row itself is left to the action."""

    def _post_clean(self) -> None:
        """Nothing: the action checks the whole row, and names what it clashes with."""


def people_of(team: Wijkteam, op: date, *, behalve: int | None = None) -> QuerySet[Contactpersoon]:
    """Who works at a team from a day on."""
    here = Contactpersoon.objects.filter(Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=op), wijkteam=team)
    return (here.exclude(pk=behalve) if behalve is not None else here).order_by("naam")


class Mens(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague, by name and function."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({obj.functie})" if obj.functie else str(obj.naam)


class Opvolger(Mens):
    """A colleague who takes work over: with what stands in the way of that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages["invalid_choice"] = GEEN_COLLEGA

    def label_from_instance(self, obj: Any) -> str:
        return name_of_successor(obj, obj.functie)


def name_of_successor(wie: Contactpersoon, functie: str = "") -> str:
    """'Nico Nieuw (jeugdcoach, tot di 15 dec, geen account)'."""
    remarks = [one for one in (functie, until(wie), "" if has_account(wie) else "geen account") if one]
    return f"{wie.naam} ({', '.join(remarks)})" if remarks else wie.naam


class TeamForm(ActieForm):
    class Meta:
        model = Wijkteam
        fields = ["naam", "soort", "gemeente", "telefoon", "email", "bereikbaar", "adres", "geldig_van"]
        widgets = {"geldig_van": DatumInput}
        labels = {
            "soort": "Soort team",
            "email": "E-mailadres van het team",
            "geldig_van": "Bestaat sinds",
            "adres": "Bezoekadres",
        }
        help_texts = {
            "email": "Hier komt een bericht aan als niemand van het team bereikbaar is.",
            "geldig_van": "Leeg betekent: altijd al.",
        }

    def __init__(self, *args: Any, gemeenten: QuerySet[Gemeente], vast: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in vast:
            del self.fields[naam]
        if "gemeente" in self.fields:
            self.fields["gemeente"].queryset = gemeenten  # type: ignore[attr-defined]


class StopTeamForm(forms.Form):
    tot = Dag(label="Eerste dag zonder dit team")
    opvolger = forms.ModelChoiceField(
        label="Wie neemt de werkgebieden over?",
        queryset=Wijkteam.objects.none(),
        required=False,
        empty_label="Niemand: de werkgebieden stoppen",
    )

    def __init__(self, *args: Any, teams: QuerySet[Wijkteam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opvolger"].queryset = teams  # type: ignore[attr-defined]


class PersoonForm(ActieForm):
    foto = forms.ImageField(
        label="Foto", required=False, help_text="JPEG, PNG of WebP, hoogstens 5 MB. Wij maken hem klein.", widget=forms.FileInput
    )
    foto_weg = forms.BooleanField(label="Foto verwijderen", required=False)

    class Meta:
        model = Contactpersoon
        fields = ["naam", "functie", "expertise", "telefoon", "email", "bereikbaar"]
        labels = {"email": "E-mailadres", "bereikbaar": "Bereikbaar", "expertise": "Waar weet deze persoon veel van?"}
        help_texts = {"bereikbaar": "Bijvoorbeeld: ma di do 9–17 uur."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.foto:
            del self.fields["foto_weg"]

    def clean_foto(self) -> Any:
        foto = self.cleaned_data.get("foto")
        return clean_photo(foto) if isinstance(foto, UploadedFile) else None


class AfwezigForm(forms.Form):
    van = Dag(label="Eerste dag afwezig")
    tot_en_met = Dag(label="Laatste dag afwezig")
    vervanger = Mens(
        label="Wie vervangt?", queryset=Contactpersoon.objects.none(), required=False, empty_label="Nog niemand",
        help_text="Scholen krijgen deze naam te zien als degene die zij bellen.",
    )  # fmt: skip

    def __init__(self, *args: Any, mensen: QuerySet[Contactpersoon], begonnen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vervanger"].queryset = mensen  # type: ignore[attr-defined]
        if begonnen:
            del self.fields["van"]


class PuntForm(forms.Form):
    """A new aanspreekpunt: one scope, one person, from a day on."""

    VOOR = [("team", "het hele team"), ("sector", "één sector"), ("school", "één school"), ("vestiging", "één vestiging")]
    contactpersoon = Mens(label="Wie?", queryset=Contactpersoon.objects.none(), empty_label="Kies…")
    voor = forms.ChoiceField(label="Aanspreekpunt voor", choices=VOOR, widget=forms.RadioSelect, initial="team")
    sector = forms.ChoiceField(label="Sector", choices=[("", "Kies…"), *Sector.choices], required=False)
    school = forms.ModelChoiceField(label="School", queryset=School.objects.all(), required=False, empty_label="Kies…")
    vestiging = forms.ModelChoiceField(label="Vestiging", queryset=Vestiging.objects.all(), required=False, empty_label="Kies…")
    vervanger = Mens(label="Vaste vervanger", queryset=Contactpersoon.objects.none(), required=False, empty_label="Niemand")
    van = Dag(label="Vanaf")

    def __init__(self, *args: Any, mensen: QuerySet[Contactpersoon], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("contactpersoon", "vervanger"):
            self.fields[naam].queryset = mensen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        voor = values.get("voor")
        for naam in ("sector", "school", "vestiging"):
            if naam != voor:
                values[naam] = "" if naam == "sector" else None
            elif not values.get(naam) and naam not in self.errors:
                self.add_error(naam, "Maak een keuze.")
        return values


class PuntWisselForm(forms.Form):
    vanaf = Dag(label="Vanaf")
    contactpersoon = Mens(label="Wie is het aanspreekpunt?", queryset=Contactpersoon.objects.none(), empty_label=None)
    vervanger = Mens(label="Vaste vervanger", queryset=Contactpersoon.objects.none(), required=False, empty_label="Niemand")

    def __init__(self, *args: Any, mensen: QuerySet[Contactpersoon], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("contactpersoon", "vervanger"):
            self.fields[naam].queryset = mensen  # type: ignore[attr-defined]


class StopForm(forms.Form):
    tot = Dag(label="Eerste dag waarop dit niet meer geldt")


class RegelForm(WerkgebiedForm):
    """An agreement on an area. The area as a code, a postcode or, for a wijk or buurt, its name."""

    gebied = forms.CharField(
        label="Gebied",
        max_length=120,
        help_text="Naam of code van een gemeente, wijk of buurt (Boerhaavewijk, WK039218), of een postcode (2037 RB).",
    )
    van = Dag(label="Vanaf")
    tot = Dag(label="Tot", required=False, help_text="Leeg betekent: voorlopig. De dag zelf telt niet mee.")

    class Meta(WerkgebiedForm.Meta):
        labels = {
            "soort": "Soort afspraak",
            "nummer_van": "Huisnummers vanaf",
            "nummer_tot_en_met": "Huisnummers tot en met",
            "zijde": "Zijde van de straat",
            "leeftijd_van": "Leeftijd vanaf",
            "leeftijd_tot": "Leeftijd tot",
        }
        help_texts = {
            **WerkgebiedForm.Meta.help_texts,
            "school": "Alleen bij de soort ‘school’: voor alle vestigingen.",
            "vestiging": "Alleen bij de soort ‘school’: voor één vestiging.",
            "nummer_van": "Alleen bij de soort ‘PC6 met huisnummers’.",
        }

    def __init__(self, *args: Any, teams: QuerySet[Wijkteam], vervangt: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wijkteam"].queryset = teams  # type: ignore[attr-defined]
        if vervangt:
            del self.fields["tot"]

    def _post_clean(self) -> None:
        """Nothing: the action checks the whole row, and names what it clashes with."""

    def clean_tot(self) -> date:
        return self.cleaned_data.get("tot") or EINDE

    def clean_van(self) -> date:
        return self.cleaned_data.get("van") or BEGIN

    def clean_gebied(self) -> str:
        """A name becomes the code of the one area that has it."""
        getypt = " ".join(str(self.cleaned_data["gebied"]).split())
        soort = self.cleaned_data.get("soort")
        if soort in {SoortGebied.WIJK, SoortGebied.BUURT} and not _looks_like_code(getypt):
            getypt = self._code_of(Wijk if soort == SoortGebied.WIJK else Buurt, getypt)
        elif soort in {SoortGebied.GEMEENTE, SoortGebied.VOORRANG, SoortGebied.SCHOOL} and not _looks_like_code(getypt):
            getypt = self._one(getypt, list(Gemeente.objects.filter(naam__iexact=getypt).values_list("code", flat=True)))
        self.cleaned_data["gebied"] = getypt
        return super().clean_gebied()

    def _code_of(self, model: type[Wijk] | type[Buurt], naam: str) -> str:
        codes = model.objects.filter(editie__actief=True, naam__iexact=naam)
        here = set(self.fields["wijkteam"].queryset.values_list("gemeente__code", flat=True))  # type: ignore[attr-defined]
        found = list(codes.order_by("code").values_list("code", flat=True))
        return self._one(naam, [code for code in found if f"GM{code[2:6]}" in here] or found)

    @staticmethod
    def _one(naam: str, codes: list[str]) -> str:
        if not codes:
            raise ValidationError(f"Er is geen gebied met de naam {naam}. Vul de code in, of kijk bij Dekking.")
        if len(codes) > 1:
            raise ValidationError(f"Deze naam komt vaker voor. Vul een van deze codes in: {', '.join(codes[:8])}.")
        return codes[0]


def _looks_like_code(getypt: str) -> bool:
    return getypt[:2].upper() in {"GM", "WK", "BU"} and getypt[2:6].isdigit()


class GemeenteForm(ActieForm):
    loket_url = forms.URLField(label="Website loket", required=False, assume_scheme="https")

    class Meta:
        model = Gemeente
        fields = ["loket_naam", "loket_telefoon", "loket_email", "loket_url", "geldig_van"]
        widgets = {"geldig_van": DatumInput}
        help_texts = {"geldig_van": "Alleen als de gemeente nieuw is. Leeg betekent: altijd al."}


class FusieForm(forms.Form):
    REGELS = [
        ("grondgebied", "Blijven gelden voor de wijken waar zij nu gelden"),
        ("geheel", "Gaan gelden voor de hele nieuwe gemeente, tenzij die zelf al zo'n afspraak heeft"),
    ]
    opvolger = forms.ModelChoiceField(label="Gaat op in", queryset=Gemeente.objects.none(), empty_label="Kies…")
    op_datum = Dag(label="Eerste dag van de samenvoeging", help_text="Mag ook een dag zijn die geweest is, of die nog komt.")
    regels = forms.ChoiceField(
        label="Afspraken voor de hele gemeente", choices=REGELS, widget=forms.RadioSelect, initial="grondgebied"
    )

    def __init__(self, *args: Any, gemeenten: QuerySet[Gemeente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opvolger"].queryset = gemeenten  # type: ignore[attr-defined]


def add_errors(form: forms.BaseForm, problem: ValidationError) -> None:
    """What an action refused, at the field it names; a field this form does not have goes above it."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for naam, fouten in problem.error_dict.items():
        for fout in fouten:
            form.add_error(naam if naam in form.fields else None, fout.messages)


__all__ = ["AfwezigForm", "FusieForm", "GemeenteForm", "PersoonForm", "PuntForm", "RegelForm", "TeamForm", "Werkgebied"]
