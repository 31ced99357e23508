"""Forms of beheer for accounts and appointments."""

from typing import Any, ClassVar

from django import forms

from toegang.models import Aanstelling, User
from toegang.models.aanstelling import ORGANISATIES
from toegang.rollen import ROLLEN


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account without a password field: its owner chooses that, by a link."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["email", "naam", "telefoon", "is_active"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Er is al een account met dit e-mailadres.")
        return email


class AanstellingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role with the organisation it is held for; says in words what the database would refuse."""

    class Meta:
        model = Aanstelling
        fields: ClassVar[list[str]] = ["rol", *ORGANISATIES, "van", "tot"]
        help_texts: ClassVar[dict[str, str]] = {"tot": "De eerste dag waarop de toegang er niet meer is. Vandaag: meteen."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rol = ROLLEN.get(cleaned.get("rol", ""))
        if rol is not None:
            if rol.soort and not cleaned.get(rol.soort) and rol.soort not in self.errors:
                self.add_error(rol.soort, f"Kies hier waarvoor iemand {rol.label} is.")
            for soort in ORGANISATIES:
                if soort != rol.soort and cleaned.get(soort):
                    self.add_error(soort, f"Laat dit leeg: dat hoort niet bij de rol {rol.label}.")
        van, tot = cleaned.get("van"), cleaned.get("tot")
        if van and tot and tot <= van:
            self.add_error("tot", "Deze dag moet na de begindatum liggen. Was het een vergissing? Verwijder de aanstelling dan.")
        return cleaned
