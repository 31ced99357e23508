"""The coverage per school: where pupils live, what they can get there, holes first; and how many aanbieders help."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.models import Inzet
from portal.aanbod.dekking import coverage
from portal.aanbod.scholen import ages_of, helpers_of, homes_of
from tests.aanbod.conftest import arrangement, pupils
from tests.factories.casussen import NU, VANDAAG, CasusFactory
from tests.factories.netwerk import RegisterRegelFactory, SamenwerkingsverbandFactory, SchoolFactory, VestigingFactory
from tests.factories.toegang import client_of, kijker_of, user_with
from tests.factories.zorg import AanbiederFactory
from toegang.rollen import SAMENWERKINGSVERBAND


@pytest.fixture
def school(gids):
    return gids.wereld.net.school


def homes(gids, naam, school):
    return [gemeente.naam for gemeente in homes_of(gids.wereld.kijker(naam), [school.pk])[school.pk]]


def test_the_school_sees_every_gemeente_and_others_only_where_ten_pupils_live(gids, school):
    assert homes(gids, "zoe", school) == ["Haarlem"]  # where it stands
    pupils(gids.wereld, 9, "2101AA")
    assert homes(gids, "zoe", school) == ["Haarlem", "Heemstede"]
    assert homes(gids, "rea", school) == ["Haarlem"]
    pupils(gids.wereld, 1, "2101AA")
    assert homes(gids, "rea", school) == ["Haarlem", "Heemstede"]


def test_a_secret_address_and_a_gemeente_outside_the_region_do_not_count(gids, school):
    pupils(gids.wereld, 3, "2101AA", geheim_adres=True)
    pupils(gids.wereld, 3, "2181AA")
    pupils(gids.wereld, 3, "2101ZZ")  # no such postcode
    pupils(gids.wereld, 3, "2101AA", None)
    assert homes(gids, "zoe", school) == ["Haarlem"]


def test_a_postcode_that_lies_in_two_gemeenten_is_told_apart_by_its_number(gids, school):
    pupils(gids.wereld, 1, "2036GG", 15)
    assert homes(gids, "zoe", school) == ["Haarlem", "Heemstede"]


def test_a_number_that_is_not_in_the_register_counts_where_the_whole_postcode_lies(gids, school):
    pupils(gids.wereld, 1, "2036GG", 99)  # half in Haarlem, half in Heemstede
    assert homes(gids, "zoe", school) == ["Haarlem"]
    pupils(gids.wereld, 1, "2101AA", 99)
    assert homes(gids, "zoe", school) == ["Haarlem", "Heemstede"]


def test_a_number_is_counted_once_where_a_postcode_has_more_buurten(gids, school):
    """With and without the number in the register; ten pupils are ten, whichever way they were found."""
    RegisterRegelFactory.create(editie=gids.wereld.net.editie, postcode="2101AA", buurt_code="BU03970002", huisnummers=[31])
    pupils(gids.wereld, 5, "2101AA", 99)
    pupils(gids.wereld, 4, "2101AA", 31)
    assert homes(gids, "rea", school) == ["Haarlem"]
    pupils(gids.wereld, 1, "2101AA", 5)
    assert homes(gids, "rea", school) == ["Haarlem", "Heemstede"]


def cells(dekking):
    return {(rij.hulpvorm, cel.gemeente.naam): cel for rij in dekking.rijen for cel in rij.cellen}


def test_what_there_is_per_gemeente_with_holes_first(gids, school):
    pupils(gids.wereld, 1, "2101AA")
    (found,) = coverage(gids.wereld.zoe, [school], VANDAAG)
    cell = cells(found)
    assert (cell["ambulant", "Haarlem"].aantal, cell["ambulant", "Haarlem"].weken) == (1, 6)
    assert cell["ambulant", "Heemstede"].gat
    assert cell["sport", "Heemstede"].aantal == 1  # voorveld, without a contract
    assert cell["sport", "Haarlem"].gat
    assert cell["ggz", "Haarlem"].boven_norm
    counts = [rij.gaten for rij in found.rijen]
    assert counts == sorted(counts, reverse=True)
    assert found.gaten == 2 * 11 - 3
    assert "crisishulp" in found.ontbreekt_overal
    assert "jeugd-ggz" not in found.ontbreekt_overal


def test_help_for_other_ages_is_no_help(gids, school):
    arrangement(gids.aanbieder, [gids.wereld.net.haarlem], 1, hulpvorm="opvoeden", leeftijd_tot=4)
    arrangement(gids.aanbieder, [gids.wereld.net.haarlem], 1, hulpvorm="werk", leeftijd_van=18, leeftijd_tot=27)
    (found,) = coverage(gids.wereld.zoe, [school], VANDAAG)
    assert cells(found)["opvoeden", "Haarlem"].gat
    assert not cells(found)["werk", "Haarlem"].gat
    assert ages_of([school.pk]) == {school.pk: (12, 18)}


def inzet(school, aanbieder, status="aangevraagd", **casus):
    made = arrangement(aanbieder, [])
    dates = {"geeindigd_op": VANDAAG, "einde_reden": "Klaar."} if status == "beeindigd" else {}
    return Inzet.objects.create(
        casus=CasusFactory.create(vestiging__school=school, **casus), ronde=1, arrangement=made, status=status,
        aangevraagd_op=VANDAAG, vastgelegd_op=NU, **dates,
    )  # fmt: skip


def test_the_number_of_helpers_is_exact_for_the_zorgcoordinator_and_needs_ten_pupils_for_others(gids, school):
    a, b = AanbiederFactory.create(), AanbiederFactory.create()
    for _ in range(8):
        inzet(school, a)
    inzet(school, b)
    inzet(school, AanbiederFactory.create(), status="beeindigd")
    ids = [school.pk]
    assert helpers_of(gids.wereld.zoe, ids)[school.pk].aantal == 2
    for naam in ("teun", "rea"):
        assert helpers_of(gids.wereld.kijker(naam), ids)[school.pk].aantal is None
    inzet(school, b)
    assert helpers_of(gids.wereld.kijker("rea"), ids)[school.pk].aantal == 2


def test_the_school_sees_its_own_matrix(gids, school):
    html = client_of(gids.wereld.cast.zoe).get("/aanbod/dekking").content.decode()
    assert f"Welke hulp is er voor {school}?" in html
    assert "boven de norm" in html
    assert client_of(gids.wereld.cast.zoe).get(f"/aanbod/dekking?school={gids.wereld.cast.school_b.brin}").status_code == 404
    assert client_of(gids.wereld.cast.gerda).get("/aanbod/dekking").status_code == 403
    assert client_of(gids.wereld.cast.abel).get("/aanbod/dekking").status_code == 403


def test_the_region_starts_with_the_school_that_misses_most(gids, school):
    other = VestigingFactory.create(school__naam="Alfaschool").school  # first by name
    pupils(gids.wereld, 10, "2101AA")
    html = client_of(gids.wereld.cast.rea).get("/aanbod/dekking").content.decode()
    assert html.index(f"?school={school.brin}") < html.index(f"?school={other.brin}")
    assert "niet te tonen: minder dan 10 leerlingen" in html
    of_one = client_of(gids.wereld.cast.rea).get(f"/aanbod/dekking?school={school.brin}")
    assert of_one.status_code == 200
    # The school counts every gemeente, others do not: then the same school has other numbers, and the page says why.
    assert "waar minstens 10 leerlingen van deze school wonen" in of_one.content.decode()
    assert "minstens" not in client_of(gids.wereld.cast.zoe).get("/aanbod/dekking").content.decode()
    assert client_of(gids.wereld.cast.rik).get(f"/aanbod/dekking?school={school.brin}").status_code == 404


def test_a_samenwerkingsverband_sees_its_own_schools(gids):
    verband = SamenwerkingsverbandFactory.create()
    vestiging = VestigingFactory.create(samenwerkingsverband=verband)
    user = user_with(SAMENWERKINGSVERBAND, verband)
    html = client_of(user).get("/aanbod/dekking").content.decode()
    assert f"Welke hulp is er voor {vestiging.school}?" in html
    assert client_of(user).get(f"/aanbod/dekking?school={gids.wereld.net.school.brin}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_schools(gids):
    rea = kijker_of(gids.wereld.cast.rea, VANDAAG)
    counts = []
    for extra in (0, 6):
        schools = [VestigingFactory.create(school=SchoolFactory.create()).school for _ in range(2 + extra)]
        with CaptureQueriesContext(connection) as found:
            coverage(rea, schools, VANDAAG)
        counts.append(len(found))
    assert counts[0] == counts[1] == 8
