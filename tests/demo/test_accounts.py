"""Each demo account signs in with the demo password and finds work waiting; and the engine goes on where the demo stopped."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casussen.actions import perform, save_concept
from casussen.keuzes import Status
from casussen.models import Casus, Overgang, Termijn
from casussen.queries import mijn_dag, te_routeren, werkvoorraad
from kern.kijker import Kijker
from kern.klok import now
from kern.models import Melding
from portal.demo import DEMO_WACHTWOORD
from portal.demo.accounts import ACCOUNTS
from tests.factories.demo import OP, demo_region
from tests.factories.toegang import kijker_of
from toegang.models import User
from wijkteams.models import Contactpersoon

pytestmark = pytest.mark.usefixtures("demo", "db", "_today")
#: Where each of them works.
SCHERMEN = {
    "zc": ("mijn-dag", "casus-lijst", "zoeker"),
    "teamleider": ("casus-lijst", "mijn-dag"),
    "wijkteam": ("werkvoorraad", "mijn-dag"),
    "coordinator": ("werkvoorraad", "mijn-dag"),
    "regio": ("te-routeren", "dashboard"),
    "verband": ("dashboard",),
    "gemeente": ("dashboard",),
    "aanbieder": ("mijn-aanbod", "aanbod", "onderwijs-zorg"),
    "leerplicht": ("aanbod",),
    "beheer": ("admin:index",),
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with demo_region(django_db_blocker, adressen=4_000, casussen=400):
        yield


@pytest.fixture
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-19T10:00:00+01:00", tick=False)


def user(sleutel: str) -> User:
    return User.objects.get(email=f"{sleutel}@demo.example")


def kijker(sleutel: str) -> Kijker:
    return kijker_of(user(sleutel), OP)


def sign_in(sleutel: str) -> Client:
    client = Client()
    response = client.post(reverse("account_login"), {"login": user(sleutel).email, "password": DEMO_WACHTWOORD})
    assert response.status_code == 302
    return client


@pytest.mark.parametrize("sleutel", [account.sleutel for account in ACCOUNTS])
def test_it_signs_in_and_opens_its_screens(sleutel: str) -> None:
    client = sign_in(sleutel)
    landed = client.get("/", follow=True)
    assert landed.status_code == 200
    for naam in SCHERMEN[sleutel]:
        assert client.get(reverse(naam)).status_code == 200, naam


def test_the_zorgcoordinator_has_drafts_questions_and_something_that_is_late() -> None:
    day = mijn_dag(kijker("zc"), now())
    assert len(day.taken) >= 4
    own = Casus.objects.visible_to(kijker("zc")).filter(aangevraagd_door=user("zc"))
    assert own.filter(status=Status.CONCEPT).count() >= 2
    assert own.filter(status=Status.AANVULLING_GEVRAAGD).count() >= 2
    assert own.filter(status=Status.TERUGGELEGD).count() >= 2
    assert own.filter(termijnen__gesloten_op=None, termijnen__vervalt_op__lt=now(), termijnen__eigenaar_soort="school").exists()
    assert Melding.objects.filter(ontvanger=user("zc"), gelezen_op=None).count() >= 3


def test_the_teamleider_sees_what_is_late_at_school() -> None:
    seen = Casus.objects.visible_to(kijker("teamleider"))
    assert seen.count() >= 2
    assert all(casus.school.brin == "80AC" for casus in seen.select_related("school"))


def test_the_wijkteam_has_new_casussen_addressed_to_its_account_and_some_in_hand() -> None:
    contact = Contactpersoon.objects.get(user=user("wijkteam"))
    queue = werkvoorraad(kijker("wijkteam"), op=now())
    new = queue.filter(status=Status.AANGEMELD, aanspreekpunt=contact)
    assert new.count() >= 3
    steps = Termijn.objects.filter(casus__in=new, gesloten_op=None, los=False, eigenaar_user=user("wijkteam"))
    assert steps.count() == new.count()
    mine = queue.filter(behandelaar=contact)
    assert {Status.ONTVANGEN, Status.IN_BEHANDELING, Status.AANVULLING_GEVRAAGD} <= set(mine.values_list("status", flat=True))
    assert mine.filter(vragen__beantwoord_op__isnull=False).exists()
    assert werkvoorraad(kijker("coordinator"), op=now()).count() == queue.count()


def test_the_regiocoordinator_has_one_of_every_reason() -> None:
    rows = te_routeren(kijker("regio"), op=now())
    assert len(rows) >= 7
    waiting = Casus.objects.filter(status=Status.TE_ROUTEREN)
    assert set(waiting.values_list("routes__uitkomst", flat=True)) == {
        "meerdere", "buiten_regio", "adres_onbekend", "geen_team", "geen_contact"
    }  # fmt: skip


# --- The engine goes on -----------------------------------------------------------------------------------------
STAPPEN: tuple[tuple[Status, str, str, dict[str, Any]], ...] = (
    (Status.AANGEMELD, "ontvangen", "wijkteam", {}),
    (
        Status.ONTVANGEN,
        "starten",
        "wijkteam",
        {
            "contact_soort": "telefoon",
            "contact_met": "ouders",
            "contact_datum": "2026-11-18",
            "terugkoppeling_gedaan": "We hebben ouders gesproken.",
        },
    ),
    (Status.IN_BEHANDELING, "vragen", "wijkteam", {"vraag": "Op welke dagen is de leerling er?"}),
    (Status.AANVULLING_GEVRAAGD, "beantwoorden", "zc", {"antwoord": "Op maandag en dinsdag."}),
    (Status.TERUGGELEGD, "heraanmelden", "zc", {"toelichting": "Ouders willen nu wel hulp."}),
    (Status.TERUGGELEGD, "intrekken", "zc", {"reden": "niet_meer_nodig", "namens": "ouders"}),
)


@pytest.mark.parametrize(("status", "actie", "sleutel", "gegevens"), STAPPEN, ids=[stap[1] for stap in STAPPEN])
def test_a_loaded_casus_takes_its_next_step(status: Status, actie: str, sleutel: str, gegevens: dict[str, Any]) -> None:
    own = Casus.objects.visible_to(kijker(sleutel)).filter(status=status)
    if sleutel == "wijkteam":
        contact = Contactpersoon.objects.get(user=user("wijkteam"))
        own = own.filter(aanspreekpunt=contact) if status == Status.AANGEMELD else own.filter(behandelaar=contact)
    else:
        own = own.filter(aangevraagd_door=user(sleutel))
    casus = own.order_by("pk")[0]
    before = casus.versie
    after = perform(actie, casus=casus, by=kijker(sleutel), op=now(), versie=before, gegevens=gegevens)
    assert after.versie == before + 1
    assert Overgang.objects.filter(casus=casus, actie=actie, versie=after.versie).count() == 1
    assert after.status != status


def test_a_waiting_casus_gets_its_team() -> None:
    casus = Casus.objects.filter(status=Status.TE_ROUTEREN, routes__uitkomst="geen_contact").get()
    team = casus.routes.get().document["wijkteam"]["id"]
    after = perform(
        "toewijzen",
        casus=casus,
        by=kijker("regio"),
        op=now(),
        versie=casus.versie,
        gegevens={"wijkteam": team, "toelichting": "De teamleider weet ervan."},
    )
    assert after.status == Status.AANGEMELD


def test_the_finished_draft_can_be_submitted_and_gets_a_number_of_its_own() -> None:
    draft = Casus.objects.get(status=Status.CONCEPT, concept_gegevens__leerlingnummer="L40417")
    kept = save_concept(
        by=kijker("zc"),
        op=now(),
        casus_id=draft.pk,
        gegevens={"ouders_geinformeerd_op": "2026-11-18", "toestemming_gever": "beide", "toestemming_op": "2026-11-18"},
    )
    assert kept.ontbreekt == []
    after = perform("aanmelden", casus=draft, by=kijker("zc"), op=now(), gegevens={})
    assert after.status == Status.AANGEMELD
    assert after.wijkteam is not None
    assert after.wijkteam.naam == "Wijkteam Schalkwijk"
    new = save_concept(by=kijker("zc"), op=now(), gegevens={"vestiging": "80AC00"}).casus
    assert new.nummer not in set(Casus.objects.exclude(pk=new.pk).values_list("nummer", flat=True))
