"""Beheer of the network: pages open, mistakes are told in Dutch at their field, photos are made anew and forgotten."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.factories.netwerk import AfwezigheidFactory, ContactpersoonFactory, WerkgebiedFactory
from tests.factories.toegang import user_with
from toegang.rollen import FUNCTIONEEL_BEHEER, WIJKTEAMLID
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, Werkgebied, Wijkteam

MODELS = [Wijkteam, Contactpersoon, Aanspreekpunt, Afwezigheid, Werkgebied]


@pytest.fixture
def beheer(client, net, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(user_with(FUNCTIONEEL_BEHEER))
    return client


def rule_form(net, **velden):
    return {
        "wijkteam": net.schalkwijk.pk,
        "soort": "buurt",
        "gebied": "BU03920502",
        "sector": "*",
        "nummer_van": 1,
        "nummer_tot_en_met": 99999,
        "zijde": "beide",
        "leeftijd_van": 0,
        "leeftijd_tot": 150,
        "van": "1-1-2026",
        "tot": "31-12-9999",
        **velden,
    }


def told(response):
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


class TestPages:
    @pytest.mark.parametrize("model", MODELS)
    def test_lists_search_filters_and_forms_open(self, beheer, net, model):
        AfwezigheidFactory.create(contactpersoon=Contactpersoon.objects.filter(wijkteam=net.schalkwijk).get())
        name = model._meta.model_name
        listing = reverse(f"admin:wijkteams_{name}_changelist")
        for query in (
            {},
            {"q": "schalk"},
            {"werkt_hier": "nee"} if model is Contactpersoon else {},
            {"vervallen": "ja"} if model is Werkgebied else {},
        ):
            assert beheer.get(listing, query).status_code == 200
        assert beheer.get(reverse(f"admin:wijkteams_{name}_change", args=[model.objects.first().pk])).status_code == 200
        assert beheer.get(reverse(f"admin:wijkteams_{name}_add")).status_code == 200

    @pytest.mark.parametrize("model", MODELS)
    def test_the_number_of_queries_does_not_grow(self, beheer, net, model, django_assert_max_num_queries):
        for number in range(12):
            persoon = ContactpersoonFactory.create()
            AfwezigheidFactory.create(contactpersoon=persoon)
            WerkgebiedFactory.create(soort="pc4", gebied=f"{1100 + number}")
            Aanspreekpunt.objects.create(wijkteam=persoon.wijkteam, contactpersoon=persoon)
        assert net
        with django_assert_max_num_queries(14):
            beheer.get(reverse(f"admin:wijkteams_{model._meta.model_name}_changelist"))

    def test_only_functioneel_beheer_comes_in(self, client, net):
        client.force_login(user_with(WIJKTEAMLID, net.schalkwijk))
        for model in MODELS:
            assert admin.site.is_registered(model)
            assert client.get(reverse(f"admin:wijkteams_{model._meta.model_name}_changelist")).status_code == 403


class TestWerkgebied:
    def save(self, beheer, net, **velden):
        return beheer.post(reverse("admin:wijkteams_werkgebied_add"), rule_form(net, **velden))

    @pytest.mark.parametrize(
        ("soort", "typed", "stored"),
        [
            ("buurt", "bu03920502", "BU03920502"),
            ("pc6", "2037 rb", "2037RB"),
            ("pc4", " 2037 ", "2037"),
            ("voorrang", "gm0392", "GM0392"),
        ],
    )
    def test_a_code_as_people_type_it(self, beheer, net, soort, typed, stored):
        assert self.save(beheer, net, soort=soort, gebied=typed).status_code == 302
        row = Werkgebied.objects.get(soort=soort)
        assert (row.gebied, row.rang % 10) == (stored, 2)

    @pytest.mark.parametrize(
        ("velden", "field", "message"),
        [
            ({"gebied": "WK039205"}, "gebied", "Deze code past niet bij de soort."),
            ({"gebied": "BU03929999"}, "gebied", "Dit gebied staat niet in het adresregister 2025."),
            ({"soort": "pc6", "gebied": "9999ZZ"}, "gebied", "Dit gebied staat niet in het adresregister 2025."),
            ({"soort": "wijk", "gebied": "WK039205", "van": "1-1-2000"}, "gebied", "Voor dit gebied is er al een regel"),
            ({"soort": "school", "gebied": "GM0392"}, "school", "Kies bij de soort ‘school’"),
            ({"leeftijd_van": 18, "leeftijd_tot": 12}, "leeftijd_tot", "Deze leeftijd moet hoger zijn dan de eerste"),
            ({"van": "1-1-2027", "tot": "1-1-2026"}, "tot", "Deze dag moet na de eerste dag liggen."),
            ({"nummer_van": 9}, "soort", "Huisnummers en een zijde horen alleen bij"),
            (
                {"soort": "nummers", "gebied": "2037RB", "nummer_van": 9, "nummer_tot_en_met": 3},
                "nummer_tot_en_met",
                "Het laatste nummer",
            ),
        ],
    )
    def test_a_mistake_is_told_at_its_field(self, beheer, net, velden, field, message):
        problems = told(self.save(beheer, net, **velden))
        assert list(problems) == [field]
        assert problems[field][0].startswith(message)

    def test_rules_whose_area_is_gone(self, beheer, net):
        gone = WerkgebiedFactory.create(wijkteam=net.schalkwijk, soort="buurt", gebied="BU03929999")
        response = beheer.get(reverse("admin:wijkteams_werkgebied_changelist"), {"vervallen": "ja"})
        assert list(response.context["cl"].queryset) == [gone]


class TestAwayAndContacts:
    def test_days_that_are_no_days(self, beheer, net):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        form = {"contactpersoon": persoon.pk, "van": "10-9-2026", "tot_en_met": "1-9-2026"}
        assert told(beheer.post(reverse("admin:wijkteams_afwezigheid_add"), form)) == {
            "tot_en_met": ["De laatste dag ligt voor de eerste."]
        }
        form |= {"tot_en_met": "10-9-2026", "vervanger": persoon.pk}
        assert list(told(beheer.post(reverse("admin:wijkteams_afwezigheid_add"), form))) == ["vervanger"]

    def test_a_second_person_for_the_same_scope(self, beheer, net):
        form = {"wijkteam": net.schalkwijk.pk, "contactpersoon": ContactpersoonFactory.create().pk, "van": "1-1-2026"}
        assert list(told(beheer.post(reverse("admin:wijkteams_aanspreekpunt_add"), form))) == ["van"]

    def save_days(self, beheer, persoon, *days):
        rows = [{"van": van, "tot_en_met": tot_en_met, "vervanger": "", **more} for van, tot_en_met, more in days]
        inline = {f"afwezigheden-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
        inline |= {"afwezigheden-TOTAL_FORMS": len(rows), "afwezigheden-INITIAL_FORMS": sum("id" in row for row in rows)}
        form = {"wijkteam": persoon.wijkteam_id, "naam": persoon.naam, **inline}
        return beheer.post(reverse("admin:wijkteams_contactpersoon_change", args=[persoon.pk]), form)

    def test_away_twice_on_one_day_is_told_at_the_row(self, beheer, net):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        once: tuple[str, str, dict[str, str]] = ("1-9-2026", "10-9-2026", {})
        response = self.save_days(beheer, persoon, once, ("10-9-2026", "12-9-2026", {}))
        assert response.context["inline_admin_formsets"][0].formset.errors == [
            {},
            {"van": ["Deze persoon is op een deel van deze dagen al afwezig gemeld."]},
        ]
        assert self.save_days(beheer, persoon, once, ("11-9-2026", "12-9-2026", {})).status_code == 302
        first, second = persoon.afwezigheden.all()
        longer = ("1-9-2026", "12-9-2026", {"id": first.pk})
        gone = ("11-9-2026", "12-9-2026", {"id": second.pk, "DELETE": "on"})
        assert self.save_days(beheer, persoon, longer, gone).status_code == 302
        assert str(persoon.afwezigheden.get().tot_en_met) == "2026-09-12"


def photo(colour):
    buffer = BytesIO()
    Image.new("RGB", (30, 30), colour).save(buffer, "PNG")
    return SimpleUploadedFile("zoe-jansen.png", buffer.getvalue(), "image/png")


class TestFoto:
    def save(self, beheer, persoon, **velden):
        inline = {f"afwezigheden-{name}": value for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}
        form = {"wijkteam": persoon.wijkteam_id, "naam": persoon.naam, **inline, **velden}
        return beheer.post(reverse("admin:wijkteams_contactpersoon_change", args=[persoon.pk]), form)

    def files(self, tmp_path: Path):
        return sorted(path.name for path in tmp_path.rglob("*.*"))

    def test_it_is_made_anew_replaced_and_forgotten(self, beheer, net, tmp_path, django_capture_on_commit_callbacks):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        seen = []
        for change in ({"foto": photo("red")}, {"foto": photo("blue")}, {"foto-clear": "on"}):
            with django_capture_on_commit_callbacks(execute=True):
                assert self.save(beheer, persoon, **change).status_code == 302
            seen.append(self.files(tmp_path))
        assert [len(names) for names in seen] == [1, 1, 0]
        assert seen[0] != seen[1]
        assert seen[0][0].endswith(".jpg")
        assert "zoe" not in seen[0][0]

    @pytest.mark.parametrize("together", [False, True])
    def test_who_is_deleted_takes_the_photo_along(self, beheer, tmp_path, django_capture_on_commit_callbacks, together):
        persoon = ContactpersoonFactory.create()
        self.save(beheer, persoon, foto=photo("red"))
        assert len(self.files(tmp_path)) == 1
        url = reverse("admin:wijkteams_contactpersoon_delete", args=[persoon.pk])
        data: dict[str, Any] = {"post": "yes"}
        if together:
            url = reverse("admin:wijkteams_contactpersoon_changelist")
            data |= {"action": "delete_selected", "_selected_action": [persoon.pk]}
        with django_capture_on_commit_callbacks(execute=True):
            assert beheer.post(url, data).status_code == 302
        assert not Contactpersoon.objects.filter(pk=persoon.pk).exists()
        assert self.files(tmp_path) == []

    def test_the_form_links_to_the_page_that_guards_the_photo(self, beheer, net):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        self.save(beheer, persoon, foto=photo("red"))
        page = beheer.get(reverse("admin:wijkteams_contactpersoon_change", args=[persoon.pk])).content.decode()
        assert f'<a href="{reverse("foto", args=[persoon.pk])}">foto</a>' in page

    def test_what_is_no_photo_is_told(self, beheer, net):
        persoon = Contactpersoon.objects.get(wijkteam=net.schalkwijk)
        problems = told(self.save(beheer, persoon, foto=SimpleUploadedFile("x.jpg", b"geen foto", "image/jpeg")))
        assert list(problems) == ["foto"]
