"""Forms of beheer for the network: forgiving about how a code is typed, strict about whether it exists."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from gebieden.models import Buurt, Gemeente, RegisterRegel, Wijk
from gebieden.register import EditieRef, active_editie
from wijkteams.fotos import clean_photo
from wijkteams.models import Contactpersoon, SoortGebied, Werkgebied


class FotoInput(forms.ClearableFileInput):
    """Links the present photo to the page that shows it to whoever may see it; the file itself has no address."""

    template_name = "admin/widgets/clearable_file_input.html"

    class Getoond:
        def __init__(self, url: str) -> None:
            self.url = url

        def __str__(self) -> str:
            return "foto"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if context["widget"]["is_initial"]:
            context["widget"]["value"] = self.Getoond(reverse("foto", args=[value.instance.pk]))
        return context


class ContactpersoonForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Contactpersoon
        fields = [
            "wijkteam",
            "naam",
            "functie",
            "expertise",
            "telefoon",
            "email",
            "bereikbaar",
            "foto",
            "geverifieerd_op",
            "in_dienst_tot",
            "user",
        ]
        widgets = {"foto": FotoInput}

    def clean_foto(self) -> Any:
        foto = self.cleaned_data.get("foto")
        return clean_photo(foto) if isinstance(foto, UploadedFile) else foto


class WerkgebiedForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Werkgebied
        fields = [
            "wijkteam",
            "soort",
            "gebied",
            "sector",
            "school",
            "vestiging",
            "nummer_van",
            "nummer_tot_en_met",
            "zijde",
            "leeftijd_van",
            "leeftijd_tot",
            "van",
            "tot",
            "toelichting",
        ]
        help_texts = {
            "gebied": (
                "Een gemeente als GM0392 (ook bij school en voorrang), een wijk als WK039205, een buurt als BU03920501, "
                "een postcode als 2037 of 2037 RB."
            ),
            "sector": "Een regel voor één sector gaat voor een regel voor elke sector in hetzelfde gebied.",
            "leeftijd_tot": "150 betekent: geen grens.",
            "van": "1-1-1900 betekent: altijd al.",
            "tot": "31-12-9999 betekent: voorlopig.",
        }

    def clean_gebied(self) -> str:
        """'2037 rb' as '2037RB', 'gm0392' as 'GM0392'; a code of the right shape must exist in the active editie."""
        gebied = "".join(str(self.cleaned_data["gebied"]).split()).upper()
        editie = active_editie()
        if editie is not None and self._shape_fits(gebied) and not area_exists(gebied, editie):
            raise forms.ValidationError(f"Dit gebied staat niet in het adresregister {editie.label}.")
        return gebied

    def _shape_fits(self, gebied: str) -> bool:
        """Whether the code can be one of the chosen kind; if not, the constraint of the model says so."""
        match self.cleaned_data.get("soort"):
            case SoortGebied.PC4 | SoortGebied.PC6 | SoortGebied.NUMMERS:
                return gebied[:1].isdigit()
            case SoortGebied.WIJK:
                return gebied.startswith("WK")
            case SoortGebied.BUURT:
                return gebied.startswith("BU")
            case _:
                return gebied.startswith("GM")


def area_exists(gebied: str, editie: EditieRef) -> bool:
    match gebied[:2]:
        case "GM":
            return Gemeente.objects.filter(code=gebied).exists()
        case "WK":
            return Wijk.objects.filter(editie_id=editie.id, code=gebied).exists()
        case "BU":
            return Buurt.objects.filter(editie_id=editie.id, code=gebied).exists()
        case _:
            return RegisterRegel.objects.filter(editie_id=editie.id, postcode__startswith=gebied).exists()
