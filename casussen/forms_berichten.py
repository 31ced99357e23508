"""The form under a thread. It asks; whether a message may be placed, and what a file is, is decided by the action."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst

from casussen.actions.documenten import NieuwBestand
from casussen.actions.gesprek import TEKST_MAX
from casussen.documenten.herkennen import GROOTSTE, SOORTEN
from casussen.documenten.upload import AANTAL_MAX
from casussen.fouten import Ontbreekt
from casussen.keuzes import Kring

ACCEPT = ".pdf,.docx,.xlsx,.odt,.jpg,.jpeg,.png,.txt"


class BestandenInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class BestandenField(forms.Field):
    """Files as they came in, none included; a file is judged by the action."""

    widget = BestandenInput

    def clean(self, value: Any) -> list[Any]:
        return [file for file in value or [] if isinstance(file, UploadedFile)]


class TekstField(forms.CharField):
    """Needed, unless there are files: the action says so."""

    def validate(self, value: Any) -> None:
        pass


class BerichtForm(forms.Form):
    """`kringen`: the circles that can be chosen now, the usual one first. With one there is nothing to choose."""

    tekst = TekstField(
        label="Uw bericht",
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": TEKST_MAX}),
        strip=False,
    )
    bestanden = BestandenField(
        label="Bestanden",
        required=False,
        help_text=f"Hoogstens {AANTAL_MAX} bestanden van 10 MB: {SOORTEN}. Foto's worden zonder locatie bewaard.",
        widget=BestandenInput(attrs={"accept": ACCEPT, "multiple": True}),
    )
    voor = forms.ChoiceField(label="Wie leest dit?", widget=forms.RadioSelect)
    sleutel = forms.UUIDField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, kringen: Sequence[tuple[Kring, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voor = self.fields["voor"]
        assert isinstance(voor, forms.ChoiceField)  # noqa: S101  (for the type checker)
        voor.choices = [(kring.value, capfirst(words)) for kring, words in kringen]
        voor.initial = kringen[0][0].value
        self.only_circle = kringen[0][1] if len(kringen) == 1 else ""
        if self.only_circle:
            voor.widget = forms.HiddenInput()
        self.fields["sleutel"].initial = uuid.uuid4()

    def new_files(self) -> list[NieuwBestand]:
        """Read no more of each than is needed to see that it is too large."""
        return [NieuwBestand(file.name or "", file.read(GROOTSTE + 1)) for file in self.cleaned_data["bestanden"]]

    def add_refusals(self, ontbreekt: Iterable[Ontbreekt]) -> None:
        for item in ontbreekt:
            self.add_error(item["veld"] if item["veld"] in self.fields else None, item["melding"])


class VerwijderForm(forms.Form):
    """Why a document goes."""

    reden = forms.CharField(
        label="Waarom verwijdert u dit document?",
        help_text="Wie het document kon lezen, ziet deze reden. Noem geen namen.",
        max_length=200,
        required=False,
    )

    use_required_attribute = False
