"""Two who change what was agreed at once: nobody undoes the other without knowing it."""

import pytest
from django.core.exceptions import ValidationError

from casussen.actions.oza import Ingehaald, edit_onderwijszorg, hold_mdo
from casussen.models import Onderwijszorg
from kern.bericht import compose, subject_of
from kern.models import Gebeurtenis, Melding
from tests.factories.casussen import NU, VANDAAG
from tests.factories.tegelijk import together
from tests.factories.toegang import client_of
from tests.onderwijszorg.conftest import GEGEVENS, make_brug

VELDEN = {**GEGEVENS, "doelen": "Elke dag op school\nEen dagritme", "van": "2026-09-01", "tot": "", "mdo_volgende": ""}


def edit(brug, naam, versie=None, **anders):
    return edit_onderwijszorg(
        arrangement=brug.arrangement, gegevens={**GEGEVENS, **anders}, by=brug.wereld.kijker(naam), op=NU, versie=versie
    )


def test_the_second_is_told_who_changed_what_and_nothing_is_saved(brug):
    edit(brug, "abel", versie=1, visie="Van Abel.", doelen=["Doel van Abel", "Nog een"])
    with pytest.raises(Ingehaald) as problem:
        edit(brug, "zoe", versie=1, plaatsen=3)
    told = problem.value.message_dict
    assert set(told) == {"__all__", "visie", "doelen"}  # of the places, which nobody else touched, there is nothing to say
    assert "Abel Aanbieder heeft deze afspraken gewijzigd" in told["__all__"][0]
    assert told["visie"] == ["Dit is intussen gewijzigd. Er staat nu: Van Abel."]
    assert told["doelen"] == ["Dit is intussen gewijzigd. Er staat nu: Doel van Abel; Nog een"]
    brug.arrangement.refresh_from_db()
    assert (brug.arrangement.visie, brug.arrangement.plaatsen, brug.arrangement.versie) == ("Van Abel.", 2, 2)


def test_who_saw_the_newest_saves_and_the_same_form_twice_is_once(brug):
    edit(brug, "abel", versie=1, visie="Van Abel.")
    edit(brug, "zoe", versie=2, visie="Van Zoë.")
    edit(brug, "zoe", versie=2, visie="Van Zoë.")
    assert Gebeurtenis.objects.filter(soort="onderwijszorg_gewijzigd").count() == 2
    with pytest.raises(Ingehaald, match="U hebt deze afspraken gewijzigd"):
        edit(brug, "zoe", versie=2, visie="In een ander scherm.")


def test_a_mdo_that_was_held_meanwhile_is_not_put_back(brug):
    hold_mdo(arrangement=brug.arrangement, gehouden_op=VANDAAG, by=brug.wereld.kijker("abel"), op=NU)
    with pytest.raises(Ingehaald) as problem:
        edit(brug, "zoe", versie=1, visie="Van Zoë.")
    assert problem.value.message_dict["mdo_volgende"] == ["Dit is intussen gewijzigd. Er staat nu: 13-1-2027"]


def test_on_screen_what_was_typed_stays_and_saving_once_more_is_a_choice(brug):
    zoe, abel = client_of(brug.wereld.cast.zoe), client_of(brug.wereld.cast.abel)
    url = f"/onderwijs-zorg/{brug.arrangement.pk}/wijzigen"
    for client in (zoe, abel):
        assert '<input type="hidden" name="versie" value="1"' in client.get(url).content.decode()
    assert abel.post(url, {**VELDEN, "versie": "1", "visie": "Van Abel."}).status_code == 302
    response = zoe.post(url, {**VELDEN, "versie": "1", "visie": "Van Zoë."})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Abel Aanbieder heeft deze afspraken gewijzigd nadat u ze opende. Er is nog niets bewaard." in html
    assert "Er staat nu: Van Abel." in html
    assert "Van Zoë.</textarea>" in html
    assert '<input type="hidden" name="versie" value="2"' in html
    assert Onderwijszorg.objects.get().visie == "Van Abel."
    assert zoe.post(url, {**VELDEN, "versie": "2", "visie": "Van Zoë."}).status_code == 302
    assert Onderwijszorg.objects.get().visie == "Van Zoë."


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment(time_machine):
    time_machine.move_to(NU)
    brug = make_brug()
    found = together(lambda: edit(brug, "zoe", 1, visie="Van Zoë."), lambda: edit(brug, "abel", 1, visie="Van Abel."))
    assert sum(isinstance(answer, Ingehaald) for answer in found) == 1
    assert not any(type(answer) is ValidationError for answer in found)


# --- The other side hears of it -----------------------------------------------------------------------------------------
def test_the_aanbieder_hears_that_it_was_recorded(brug):
    mail = Melding.objects.get(soort="oza_afspraken", kanaal="mail")
    assert mail.ontvanger == brug.wereld.cast.abel
    assert subject_of(mail) == "Nieuw onderwijs-zorgarrangement: De Brug"
    assert f"{brug.arrangement.vestiging} legde een onderwijs-zorgarrangement met u vast" in compose(mail).body


def test_the_other_side_hears_what_was_changed(brug):
    Melding.objects.all().delete()
    edit(brug, "abel", visie="Van Abel.", doelen=["Eén"], plaatsen=3)
    mail = Melding.objects.get(soort="oza_afspraken", kanaal="mail")
    assert mail.ontvanger == brug.wereld.cast.zoe
    assert "Gewijzigd: de gedeelde visie, de gezamenlijke doelen en het aantal plaatsen." in compose(mail).body
    assert "Van Abel." not in str(mail.gegevens)
    edit(brug, "zoe", visie="Van Abel.", doelen=["Eén"], plaatsen=3)  # nothing changed
    assert Melding.objects.filter(kanaal="mail").count() == 1


def test_an_aanbieder_without_people_hears_it_in_its_mailbox(brug):
    Melding.objects.all().delete()
    brug.wereld.cast.abel.aanstellingen.update(tot=VANDAAG)
    brug.wereld.cast.aanbieder.email = "post@aanbieder.example"
    brug.wereld.cast.aanbieder.save()
    edit(brug, "zoe", visie="Van Zoë.")
    assert list(Melding.objects.values_list("kanaal", "adres")) == [("mail", "post@aanbieder.example")]
