"""Every form comes out the same way: label, help, error, input, tied together for a screen reader."""

import re

from django import forms
from pytest_django.asserts import assertInHTML

from portal.forms import DatumInput


class EenForm(forms.Form):
    naam = forms.CharField(label="Roepnaam", help_text="Zoals op school.")
    dag = forms.DateField(label="Geboortedatum", required=False, widget=DatumInput)
    keuze = forms.ChoiceField(label="Hoe snel?", choices=[("a", "Gewoon"), ("b", "Spoed")], widget=forms.RadioSelect)
    akkoord = forms.BooleanField(label="Ouders weten het")
    verhaal = forms.CharField(label="Verhaal", widget=forms.Textarea)

    def clean(self) -> None:
        self.add_error(None, "Samen klopt dit niet.")


def test_a_field_says_what_is_asked_and_whether_it_must() -> None:
    html = EenForm()["naam"].as_field_group()
    assertInHTML('<label for="id_naam">Roepnaam</label>', html)
    assertInHTML('<div class="ap-veld__hulp" id="id_naam_helptext">Zoals op school.</div>', html)
    assert 'aria-describedby="id_naam_helptext"' in html
    assert 'class="utrecht-textbox"' in html
    assert "(niet verplicht)" in EenForm()["dag"].as_field_group()
    assert "(niet verplicht)" not in html


def test_an_error_stands_at_the_field_and_is_tied_to_the_input() -> None:
    html = EenForm({})["naam"].as_field_group()
    assert 'id="id_naam_error"' in html
    assert "Vul dit in." in html
    assert 'aria-describedby="id_naam_helptext id_naam_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_summary_links_to_every_field_that_is_wrong() -> None:
    html = str(EenForm({}))
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert targets == ["id_naam", "id_keuze_0", "id_akkoord", "id_verhaal"]
    for target in targets:
        assert f'id="{target}"' in html
    assert "Samen klopt dit niet." in html
    assert "Maak een keuze." in html
    assert "Vink dit aan om verder te gaan." in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "ap-foutoverzicht" not in str(EenForm())


def test_a_date_travels_as_iso() -> None:
    html = EenForm(initial={"dag": "2011-05-17"})["dag"].as_widget()
    assert 'type="date"' in html
    assert 'value="2011-05-17"' in html


def test_what_was_typed_comes_back_and_is_escaped() -> None:
    html = str(EenForm({"naam": '<b onclick="x">', "verhaal": "</textarea><script>"}))
    assert "&lt;b onclick=&quot;x&quot;&gt;" in html
    assert "<script>" not in html


def test_no_field_carries_an_inline_style() -> None:
    assert "style=" not in str(EenForm({}))
