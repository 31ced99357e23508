"""Who sees what of an onderwijs-zorgarrangement, and the forms."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.actions.oza import end_placement
from casussen.models import Onderwijszorg, Ozaplaatsing
from tests.factories.casussen import NU, VANDAAG
from tests.factories.netwerk import SamenwerkingsverbandFactory
from tests.factories.toegang import client_of, user_with
from tests.factories.zorg import AanbiederFactory
from tests.onderwijszorg.conftest import GEGEVENS, SAMEN
from toegang.rollen import AANBIEDER, SAMENWERKINGSVERBAND

SAMEN_VELDEN = {"namens_school": "Zoë", "namens_aanbieder": "Abel", "reden": "Het past."}


def page(brug, naam, path=None):
    return client_of(getattr(brug.wereld.cast, naam)).get(path or f"/onderwijs-zorg/{brug.arrangement.pk}")


def test_school_and_aanbieder_see_the_pupil(brug):
    casus = brug.casus()
    brug.plaats(casus)
    for naam in ("zoe", "abel"):
        html = page(brug, naam).content.decode()
        assert "Voorbeeld Testleerling" in html
        assert "door Zoë Zorg en Abel Aanbieder: Rust en leren tegelijk." in html
        assert "1 van 2 bezet" in html
    html = page(brug, "teun").content.decode()  # nothing of it is overdue
    assert "Testleerling" not in html
    assert "1 plaats is bezet door een leerling van wie u de casus niet ziet" in html


def test_without_consent_the_aanbieder_sees_a_taken_place_and_no_pupil(brug):
    casus = brug.casus()
    brug.plaats(casus)
    casus.delingen.update(ingetrokken_op=NU)
    html = page(brug, "abel").content.decode()
    assert "Testleerling" not in html
    assert casus.nummer not in html
    assert "1 plaats is bezet" in html
    assert "niet meer gedeeld met de aanbieder" in page(brug, "zoe").content.decode()


def test_the_region_and_the_samenwerkingsverband_see_places_only(brug):
    verband = SamenwerkingsverbandFactory.create()
    brug.wereld.net.vestiging.samenwerkingsverband = verband
    brug.wereld.net.vestiging.save()
    casus = brug.casus()
    brug.plaats(casus)
    swv = user_with(SAMENWERKINGSVERBAND, verband)
    for user in (brug.wereld.cast.rea, swv):
        for path in ("/onderwijs-zorg", f"/onderwijs-zorg/{brug.arrangement.pk}"):
            html = client_of(user).get(path).content.decode()
            assert "De Brug" in html
            assert "plaats vrij" in html
            assert casus.nummer not in html
            assert "Testleerling" not in html
            assert "van 2 bezet" not in html
    Onderwijszorg.objects.update(plaatsen=1)
    assert "vol" in client_of(swv).get("/onderwijs-zorg").content.decode()


def test_nobody_else_sees_it(brug):
    plaats = brug.plaats(brug.casus())
    paths = [f"/onderwijs-zorg/{brug.arrangement.pk}{rest}" for rest in ("", "/wijzigen", "/mdo", "/plaatsen")]
    paths += [f"/onderwijs-zorg/plaatsingen/{plaats.pk}/{wat}" for wat in ("doorstroom", "uitstroom")]
    other = user_with(AANBIEDER, AanbiederFactory.create())
    for path in paths:
        assert client_of(brug.wereld.cast.otto).get(path).status_code == 404
        assert client_of(other).get(path).status_code in ({403} if path.endswith("/plaatsen") else {404})
        assert client_of(brug.wereld.cast.wim).get(path).status_code == 403
    assert client_of(brug.wereld.cast.rik).get(paths[0]).status_code == 404
    assert "De Brug" not in client_of(other).get("/onderwijs-zorg").content.decode()


def test_an_arrangement_is_recorded_on_screen(brug):
    client = client_of(brug.wereld.cast.zoe)
    values = {
        "vestiging": brug.wereld.net.vestiging.pk, "aanbieder": brug.wereld.cast.aanbieder.pk, "naam": "De Haven",
        "visie": "Samen.", "doelen": "- Eén\n\nTwee ", "plaatsen": "4", "duur_weken": "20", "mdo_elke_weken": "6",
        "mdo_volgende": "", "van": "2026-12-02", "tot": "",
    }  # fmt: skip
    assert client.get("/onderwijs-zorg/nieuw").status_code == 200
    response = client.post("/onderwijs-zorg/nieuw", {**values, "doelen": "  ", "visie": "Blijft staan."})
    assert response.status_code == 422
    assert "minstens één doel" in response.content.decode()
    assert "Blijft staan." in response.content.decode()
    assert client.post("/onderwijs-zorg/nieuw", {**values, "naam": "De Brug"}).status_code == 422
    assert client.post("/onderwijs-zorg/nieuw", values).status_code == 302
    assert Onderwijszorg.objects.get(naam="De Haven").doelen == ["Eén", "Twee"]


def test_it_is_changed_on_screen_with_its_goals_as_lines(brug):
    client = client_of(brug.wereld.cast.abel)
    url = f"/onderwijs-zorg/{brug.arrangement.pk}/wijzigen"
    assert "Elke dag op school\nEen dagritme" in client.get(url).content.decode()
    values = {**GEGEVENS, "doelen": "Drie", "van": "2026-09-01", "tot": "", "mdo_volgende": "2027-01-05"}
    assert client.post(url, values).status_code == 302
    brug.arrangement.refresh_from_db()
    assert brug.arrangement.doelen == ["Drie"]
    assert client.post(f"/onderwijs-zorg/{brug.arrangement.pk}/mdo", {"gehouden_op": "2026-12-01"}).status_code == 302
    assert client.post(f"/onderwijs-zorg/{brug.arrangement.pk}/mdo", {"gehouden_op": "2026-12-20"}).status_code == 422


def test_in_on_and_out_on_screen(brug):
    zoe, abel = client_of(brug.wereld.cast.zoe), client_of(brug.wereld.cast.abel)
    casus, other = brug.casus("A1"), brug.casus("A2", gedeeld=False)
    url = f"/onderwijs-zorg/{brug.arrangement.pk}/plaatsen"
    html = zoe.get(url).content.decode()
    assert casus.nummer in html
    assert other.nummer not in html
    assert zoe.post(url, {**SAMEN_VELDEN, "casus": other.pk, "van": "2026-12-02"}).status_code == 422
    assert zoe.post(url, {**SAMEN_VELDEN, "casus": casus.pk, "van": "2026-12-02"}).status_code == 302
    again = zoe.post(url, {**SAMEN_VELDEN, "casus": casus.pk, "van": "2026-12-02"}, follow=True)
    assert "Deze leerling is al geplaatst." in again.content.decode()
    assert Ozaplaatsing.objects.count() == 1
    plaats = Ozaplaatsing.objects.get()
    url = f"/onderwijs-zorg/plaatsingen/{plaats.pk}"
    assert abel.post(f"{url}/doorstroom", {**SAMEN_VELDEN, "verwacht_tot": "2026-12-05"}).status_code == 422
    assert abel.post(f"{url}/doorstroom", {**SAMEN_VELDEN, "verwacht_tot": "2027-12-05"}).status_code == 302
    out = {**SAMEN_VELDEN, "tot": "2026-12-10", "reden_uitstroom": "doel_bereikt", "waarheen": ""}
    assert zoe.post(f"{url}/uitstroom", out).status_code == 422
    assert zoe.post(f"{url}/uitstroom", {**out, "waarheen": "eigen klas"}).status_code == 302
    response = zoe.post(f"{url}/uitstroom", {**out, "waarheen": "eigen klas"})
    assert response.status_code == 422
    assert "al vastgelegd" in response.content.decode()
    assert "eigen klas" in page(brug, "zoe").content.decode()


def test_a_full_arrangement_can_be_planned_for(brug):
    Onderwijszorg.objects.update(plaatsen=1)
    plaats = brug.plaats(brug.casus("A1"))
    url = f"/onderwijs-zorg/{brug.arrangement.pk}/plaatsen"
    html = page(brug, "zoe").content.decode()
    assert f'href="{url}"' in html
    assert "geen plaats vrij: leg eerst een uitstroom vast" in html
    assert "Er is nu geen plaats vrij. Leg eerst vast wie uitstroomt" in page(brug, "zoe", url).content.decode()
    end_placement(
        plaatsing=plaats, tot=VANDAAG + timedelta(days=7), reden_uitstroom="doel_bereikt", waarheen="eigen klas", samen=SAMEN,
        by=brug.wereld.zoe, op=NU,
    )  # fmt: skip
    assert "1 plaats vrij vanaf wo 9 dec" in page(brug, "zoe").content.decode()
    html = page(brug, "zoe", url).content.decode()
    assert "Vanaf 9-12-2026 is 1 plaats vrij." in html
    assert 'value="2026-12-09"' in html
    later = {**SAMEN_VELDEN, "casus": brug.casus("A2").pk, "van": "2026-12-09"}
    assert client_of(brug.wereld.cast.zoe).post(url, later).status_code == 302
    Onderwijszorg.objects.update(tot=VANDAAG)
    assert f'href="{url}"' not in page(brug, "zoe").content.decode()


@pytest.mark.parametrize("naam", ["zoe", "abel"])
def test_the_number_of_queries_does_not_grow(brug, naam):
    Onderwijszorg.objects.update(plaatsen=50)
    brug.plaats(brug.casus("B1"))
    client = client_of(getattr(brug.wereld.cast, naam))
    counts = []
    for path in (f"/onderwijs-zorg/{brug.arrangement.pk}", "/onderwijs-zorg"):
        client.get(path)
    for n in range(2):
        found = []
        for path in (f"/onderwijs-zorg/{brug.arrangement.pk}", "/onderwijs-zorg"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        counts.append(found)
        if not n:
            for k in range(4):
                brug.plaats(brug.casus(f"C{k}"), VANDAAG + timedelta(days=k))
                Onderwijszorg.objects.create(
                    vestiging=brug.wereld.net.vestiging, aanbieder=brug.wereld.cast.aanbieder, vastgelegd_op=NU,
                    **{**GEGEVENS, "naam": f"Nog een {k}"},
                )  # fmt: skip
    assert counts[0] == counts[1]
    assert SAMEN.reden in client.get(f"/onderwijs-zorg/{brug.arrangement.pk}").content.decode()
