"""Every address × every role: each view says who may come, and keeps to it. Nobody has to add a new view here.

Except for three things, each on purpose: a view that is open to everyone is named in OPENBAAR with its reason; a new kind of
key in an address gets a value in `keys`; and an address whose key is a public fact is named in FEITEN.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from casussen.actions.consulten import Vraag, ask_consult
from casussen.actions.filters import save_filter
from casussen.keuzes import Status
from casussen.models import Casus, Indicator, Mdo, Streefwaarde
from kern.klok import now
from kern.models import Gebeurtenis, Melding
from tests.factories.afspraken import MandaatFactory, RolverdelingFactory
from tests.factories.berichten import BerichtFactory, DocumentFactory
from tests.factories.casussen import NU, Wereld, make_wereld
from tests.factories.netwerk import AfwezigheidFactory, VoorstelFactory
from tests.factories.onderwijszorg import OnderwijszorgFactory, OzaplaatsingFactory
from tests.factories.school import KennismakingFactory, KlassenlijstFactory
from tests.factories.toegang import client_of, kijker_of, token_of
from tests.factories.verzuim import SignaalFactory, VerzuimFactory
from tests.factories.zorg import ArrangementFactory
from toegang.actions.inzage import log_inzage
from toegang.permissions import Geweigerd
from toegang.toelating import Toelating
from wijkteams.models import Aanspreekpunt, Bulkroutering

#: Who needs no account, and why.
OPENBAAR = {
    "over": "says what the portal is",
    "privacy": "says what it does with data",
    "toegankelijkheid": "must be readable by everyone",
    "health": "asked by the balancer",
    "health-ready": "asked by whoever runs it; names parts, no data",
    "ontvangst": "the signed link in a mail; shows a casusnummer only",
    "account_login": "the front door",
    "account_logout": "leaving is always allowed",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "for who cannot sign in",
    "account_reset_password_done": "for who cannot sign in",
    "account_reset_password_from_key": "the key in the mail is the proof",
    "account_reset_password_from_key_done": "for who cannot sign in",
    "hervat": "signing in again halfway a form",
    "api-wortel": "404",
    "api-onbekend": "404",
    "api-openapi": "the description of the API is public",
    "beheer": "redirects to /beheer/, which has its own guard",
    "demo-componenten": "demo and test only; invented people",
    "demo-post": "demo and test only",
    "demo-bericht": "demo and test only",
    "demo-bericht-opgemaakt": "demo and test only",
}
#: The admin puts one guard (`BeheerSite.admin_view`) around all its views; its login page only redirects.
BEHEER = "admin:"
#: Addresses whose key is a fact that everyone with an appointment may know (design §7).
FEITEN = {
    "editie", "api-gemeente", "api-wijkteam", "api-aanspreekpunt", "api-school", "foto", "aanbod-arrangement", "aanbod-aanbieder",
}  # fmt: skip
#: The screens of the network, by whose key they have.
NETWERK_TEAM = ("team", "team-wijzigen", "team-stoppen", "persoon-nieuw", "punt-nieuw")
NETWERK_MENS = ("persoon", "persoon-wijzigen", "persoon-verifieren", "persoon-blijft", "afwezig", "vertrek")
NETWERK_REST = {
    "afwezigheid": ("afwezig-wijzigen", "weer-terug"),
    "punt": ("punt-wijzigen", "punt-stoppen"),
    "regel": ("regel-vervangen", "regel-stoppen"),
}
#: The screens of one onderwijs-zorgarrangement, of a place in it, and of an aanbieder's own arrangement.
ONDERWIJSZORG = ("een", "wijzigen", "mdo", "plaatsen")
PLAATSING = ("doorstroom", "uitstroom")
MIJN_AANBOD = ("wijzigen", "wachttijd", "klopt")
#: Not open to everyone, but about the viewer alone: they say who looks, not what.
EIGEN = {"home", "geen-rol", "hervat-verder", "account_change_password", "account_set_password", "meldingen"}
METHODS = ("get", "post")
#: The screens of one class list.
LIJST = ("", "-stand", "-fouten", "-kolommen", "-verwerken", "-weggooien")
#: The screens of one draft ('Wat als?').
WATALS = (
    "voorstel", "wijzigen", "kiezen", "beeindigen", "regel", "vervangen", "regel-weg", "gevolg", "toepassen", "intrekken",
)  # fmt: skip


@dataclass(frozen=True)
class Adres:
    """One pattern of the URL map."""

    route: str
    name: str
    callback: Any

    @property
    def toelating(self) -> Toelating | None:
        return getattr(self.callback, "toelating", None)

    @property
    def keys(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api-")

    def filled(self, values: dict[str, str]) -> str:
        """The address with these values for its keys."""
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: values[m[1]], self.route)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: values[m[1]], path)
        return "/" + re.sub(r"[\^$\\]", "", path)


@cache
def addresses() -> tuple[Adres, ...]:
    return tuple(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Adres]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Adres(route=route, name=f"{namespace}{pattern.name}", callback=pattern.callback)
        else:
            yield from _walk(pattern, route, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def own_pages() -> list[Adres]:
    return [address for address in addresses() if not address.name.startswith(BEHEER)]


def admin_pages() -> list[Adres]:
    return [address for address in addresses() if address.name.startswith(BEHEER)]


# --- What is written ----------------------------------------------------------------------------------------------------
def test_every_view_states_its_rule():
    assert [address.route for address in own_pages() if address.toelating is None] == []


def test_what_is_open_to_everyone_is_so_on_purpose():
    open_to_all = {address.name for address in own_pages() if address.toelating and address.toelating.openbaar}
    assert open_to_all <= OPENBAAR.keys()


def test_what_needs_only_an_account_is_about_oneself_or_a_fact():
    loose = {a.name for a in own_pages() if a.toelating and not a.toelating.openbaar and not a.toelating.rollen}
    assert loose <= EIGEN | FEITEN | {"melding"}


def test_an_api_view_has_the_rule_it_shows():
    for address in own_pages():
        if hasattr(address.callback, "cls"):
            (permission,) = address.callback.initkwargs["permission_classes"]
            assert permission is not Geweigerd
            assert permission.toelating == address.toelating, address.route


def test_no_address_ends_in_a_slash():
    assert [address.route for address in own_pages() if address.route.rstrip("$").endswith("/")] == []


def test_no_name_is_used_twice():
    names = [address.name for address in own_pages()]
    assert sorted(names) == sorted(set(names))


# --- What happens -------------------------------------------------------------------------------------------------------
@pytest.fixture
def wereld(db) -> Wereld:
    return make_wereld()


@pytest.fixture
def keys(wereld) -> dict[str, Any]:
    """Something that exists for every kind of key. What is the viewer's own is not another's."""
    casus = wereld.casus(Status.ONTVANGEN)
    streefwaarde = Streefwaarde.objects.create(
        regio=wereld.cast.regio, indicator=Indicator.TE_LAAT, waarde=10, vanaf=NU.date(), door=wereld.cast.rea
    )
    log_inzage(kijker=wereld.zoe, actie="bekijken", object_soort="casus", object_id=casus.pk)
    melding = Melding.objects.filter(ontvanger=wereld.cast.zoe).order_by("pk")[0]
    voorstel = VoorstelFactory.create(regio=wereld.net.regio, gemaakt_door=wereld.cast.rea)
    mandaat = MandaatFactory.create(school=wereld.net.school, gemeente=wereld.net.haarlem)
    rolverdeling = RolverdelingFactory.create(regio=wereld.net.regio)
    aanspreekpunt = Aanspreekpunt.objects.order_by("pk")[0]
    mdo = Mdo.objects.create(casus=casus, ronde=1, begint_op=NU, eindigt_op=NU + timedelta(hours=1), gepland_op=NU)
    bulk = Bulkroutering.objects.create(
        door=wereld.cast.zoe, peildatum=NU.date(), rijen=1, aangemaakt=NU, verloopt_op=now() + timedelta(days=1)
    )
    gesprek = BerichtFactory.create(casus=casus)
    kept = save_filter(by=wereld.zoe, op=NU, lijst="casus-lijst", naam="Te laat", query="te_laat=1")
    lijst = KlassenlijstFactory.create(vestiging=wereld.net.vestiging, door=wereld.cast.zoe)
    ontmoeting = KennismakingFactory.create(contactpersoon=wereld.wim, medewerker=wereld.cast.zoe, school=wereld.net.school)
    return {
        "nummer": [casus.nummer, wereld.concept(leerlingnummer="A2").nummer],
        "consult": [ask_consult(vraag=Vraag("Wat nu?", wijkteam_id=wereld.net.schalkwijk.pk), by=wereld.zoe, op=NU).nummer],
        "actie": ["ontvangen", "terugleggen", "bestaat-niet"],
        "stap": ["leerling", "controleren", "bestaat-niet"],
        "token": ["niet-geldig"],
        "naam": ["bestaat-niet.eml"],
        "uidb36": ["1"],
        "key": ["abc-123"],
        "scope": [f"gemeente:{wereld.net.haarlem.code}", f"school:{wereld.net.school.brin}"],
        "code": [wereld.net.haarlem.code],
        "brin": [wereld.net.school.brin],
        "rest": ["v1/bestaat-niet"],
        "bericht": [gesprek.pk],
        "document": [DocumentFactory.create(bericht=gesprek).sleutel],
        "sleutel": [bulk.sleutel],
        "regio": [wereld.net.regio.pk],
        "filter_id": [kept.pk],
        "werkgebied": [wereld.net.schalkwijk.werkgebieden.first().pk],
        "pk": {
            "melding": [melding.pk],
            "foto": [wereld.wim.pk],
            "dashboard-streefwaarde-weg": [streefwaarde.pk],
            "kennismaking-verwijderen": [ontmoeting.pk],
            **network_keys(wereld),
            "api-wijkteam": [wereld.net.schalkwijk.pk],
            "api-aanspreekpunt": [aanspreekpunt.pk],
            "casus-overleg-ics": [mdo.pk],
            "mandaat": [mandaat.pk],
            "mandaat-beeindigen": [mandaat.pk],
            "rolverdeling-concept": [rolverdeling.pk],
            "rolverdeling-stap": [rolverdeling.pk],
            "rolverdeling-weggooien": [rolverdeling.pk],
        }
        | help_keys(wereld, casus)
        | {f"watals-{naam}": [voorstel.pk] for naam in WATALS}
        | {f"verzuim-{naam}": value for naam, value in verzuim_keys(casus).items()}
        | {"editie": [wereld.net.editie.pk], "netwerk-nagekeken": [wereld.net.schalkwijk.werkgebieden.first().pk]}
        | {f"klassenlijst{naam}": [lijst.pk] for naam in LIJST},
    }


def verzuim_keys(casus: Casus) -> dict[str, list[int]]:
    """A pupil of Zoë's school who is away, and a signal about it."""
    melding = VerzuimFactory.create(leerling=casus.leerling)
    signaal = SignaalFactory.create(leerling=casus.leerling)
    return {
        "leerling": [melding.leerling_id],
        "beeindigen": [melding.pk],
        "verbeteren": [melding.pk],
        "signaal": [signaal.pk],
    }


def network_keys(wereld: Wereld) -> dict[str, list[int]]:
    """Something of Wim's team behind every screen of the network."""
    team = wereld.net.schalkwijk
    away = AfwezigheidFactory.create(contactpersoon=wereld.cora, van=NU.date(), tot_en_met=NU.date())
    rest = {"afwezigheid": away, "punt": team.aanspreekpunten.get(), "regel": team.werkgebieden.get()}
    keys = {name: [team.pk] for name in NETWERK_TEAM} | {name: [wereld.wim.pk] for name in NETWERK_MENS}
    keys |= {name: [rest[whose].pk] for whose, names in NETWERK_REST.items() for name in names}
    return {f"netwerk-{name}": value for name, value in keys.items()}


def help_keys(wereld: Wereld, casus: Casus) -> dict[str, list[int]]:
    """An arrangement of Abel's aanbieder, and one that it holds with Zoë's school, with a pupil on a place."""
    own = ArrangementFactory.create(aanbieder=wereld.cast.aanbieder)
    samen = OnderwijszorgFactory.create(vestiging=wereld.net.vestiging, aanbieder=wereld.cast.aanbieder)
    plaats = OzaplaatsingFactory.create(arrangement=samen, casus=casus)
    keys = {"aanbod-arrangement": [own.pk], "aanbod-aanbieder": [own.aanbieder_id], "mijn-aanbod-gegevens": [own.aanbieder_id]}
    keys |= {f"mijn-aanbod-{naam}": [own.pk] for naam in MIJN_AANBOD}
    keys |= {f"onderwijs-zorg-{naam}": [samen.pk] for naam in ONDERWIJSZORG}
    return keys | {f"onderwijs-zorg-{naam}": [plaats.pk] for naam in PLAATSING}


def urls_of(address: Adres, keys: dict[str, Any]) -> list[str]:
    urls: list[dict[str, str]] = [{}]
    for key in address.keys:
        assert key in keys, f"{address.route}: teach `keys` a value for <{key}>"
        values = keys[key]
        if isinstance(values, dict):
            assert address.name in values, f"{address.route}: teach `keys` whose <{key}> this is"
            values = values[address.name]
        urls = [{**url, key: str(value)} for url in urls for value in values]
    return [address.filled(values) for values in urls]


class Bezoeker:
    """A visitor whose every request starts from the same session and leaves nothing behind."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.cookies = client_of(user).cookies

    def ask(self, method: str, url: str) -> Any:
        client = Client(raise_request_exception=False)
        client.cookies.update(self.cookies)
        with transaction.atomic():
            response = getattr(client, method)(url)
            transaction.set_rollback(True)
        return response


def visits(
    visitor: Bezoeker, keys: dict[str, Any], pages: Iterable[Adres] | None = None
) -> Iterator[tuple[Adres, str, str, int]]:
    for address in own_pages() if pages is None else pages:
        for url in urls_of(address, keys):
            for method in METHODS:
                yield address, method, url, visitor.ask(method, url).status_code


def explain(wrong: list[tuple[str, str, int, str]]) -> str:
    return "\n".join(f"{method.upper()} {url} → {status}, maar {why}" for method, url, status, why in wrong)


def test_a_stranger_comes_no_further_than_the_door(wereld, keys):
    wrong = []
    for address, method, url, status in visits(Bezoeker(None), keys):
        assert address.toelating is not None
        if address.toelating.openbaar:
            expected = status < 500
        elif address.is_api:
            expected = status == 401 or (status == 405 and method != "get") or (status in {401, 405})
        else:
            expected = status == (302 if method == "get" else 403)
        if not expected:
            wrong.append((method, url, status, "een vreemde hoort hier niet"))
    assert not wrong, explain(wrong)


CAST = ["zoe", "wim", "rea", *(pytest.param(who, marks=pytest.mark.slow) for who in ("teun", "cora", "gerda", "fenna", "leeg"))]


@pytest.mark.parametrize("who", CAST)
def test_a_role_comes_where_it_may_and_nowhere_else(wereld, keys, who):
    user = getattr(wereld.cast, who)
    kijker = kijker_of(user)
    wrong = []
    for address, method, url, status in visits(Bezoeker(user), keys):
        assert address.toelating is not None
        if status >= 500:
            wrong.append((method, url, status, "geen enkel adres mag breken"))
        elif address.toelating.admits(kijker):
            if method == "get" and status == 403:
                wrong.append((method, url, status, "deze rol mag hier komen"))
        elif status not in {403, 405} or (status == 405 and not address.is_api):
            wrong.append((method, url, status, "deze rol mag hier niet komen"))
    assert not wrong, explain(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["otto", "ona", "cees", "rik"])
def test_an_outsider_of_the_same_role_finds_nothing(wereld, keys, who):
    """The right role for another organisation: what belongs to someone else does not exist."""
    user = wereld.cees if who == "cees" else getattr(wereld.cast, who)
    kijker = kijker_of(user)
    wrong = []
    of_someone = [a for a in own_pages() if a.keys and a.toelating and not a.toelating.openbaar and a.name not in FEITEN]
    assert len(of_someone) >= 6
    for address, method, url, status in visits(Bezoeker(user), keys, of_someone):
        assert address.toelating is not None
        if status not in ({404, 405} if address.toelating.admits(kijker) else {403}):
            wrong.append((method, url, status, "dit is van een ander"))
    assert not wrong, explain(wrong)


def test_nothing_changes_by_reading(wereld, keys):
    """A GET never takes a step: mail scanners and prefetching browsers open every link."""
    before = (list(Casus.objects.order_by("pk").values()), Gebeurtenis.objects.count(), Melding.objects.count())
    for user in (wereld.cast.zoe, wereld.cast.wim):
        client = client_of(user)
        client.raise_request_exception = False
        for address in own_pages():
            for url in urls_of(address, keys):
                client.get(url)
    assert (list(Casus.objects.order_by("pk").values()), Gebeurtenis.objects.count(), Melding.objects.count()) == before


# --- Beheer -------------------------------------------------------------------------------------------------------------
def admin_urls(wereld: Wereld) -> list[str]:
    """Every address of the admin, with a row that exists wherever there is one."""
    token_of(wereld.cast.zoe)
    found = []
    first = {model._meta.label_lower: model._default_manager.order_by("pk").first() for model in admin.site._registry}
    for address in admin_pages():
        row = None
        if match := re.match(r"beheer/(\w+)/(\w+)/<path:object_id>", address.route):
            row = first.get(f"{match[1]}.{match[2]}")
        values = {
            "object_id": str(row.pk if row else 1),
            "content_type_id": "1",
            "app_label": "toegang",
        }
        found.append(address.filled(values))
    return found


def test_beheer_is_for_functioneel_beheer_alone(wereld):
    urls = admin_urls(wereld)
    assert len(urls) > 30
    wrong = []
    for who in (None, wereld.cast.zoe):
        visitor = Bezoeker(who)
        for url in urls:
            status = visitor.ask("get", url).status_code
            to_login = "login" in url and status == 302
            if not (status == (302 if who is None else 403) or to_login):
                wrong.append(("get", url, status, f"niet voor {who}"))
    assert not wrong, explain(wrong)


def test_beheer_works_and_shows_nothing_of_a_casus_or_a_pupil(wereld):
    wereld.casus()
    visitor = Bezoeker(wereld.cast.fenna)
    wrong = []
    for url in admin_urls(wereld):
        for method in METHODS:
            response = visitor.ask(method, url)
            if response.status_code >= 500:
                wrong.append((method, url, response.status_code, "geen enkel adres mag breken"))
            page = b"" if response.streaming else response.content
            if any(private in page.decode() for private in ("Testleerling", "A1001", "Rust thuis", "2037RB")):
                wrong.append((method, url, response.status_code, "hier staat iets van een leerling"))
    assert not wrong, explain(wrong)


def test_beheer_has_no_pages_of_casussen_and_pupils():
    registered = {model._meta.label for model in admin.site._registry}
    assert not {label for label in registered if label.startswith(("auth.", "account."))}
    content = {label for label in registered if label.startswith("casussen.")} - {"casussen.TermijnInstelling"}
    assert not content | (registered & {"scholen.Leerling", "kern.Gebeurtenis", "sessions.Session"})


def test_the_walk_goes_somewhere():
    """A walk over an empty map would find nothing wrong."""
    assert len(own_pages()) > 40
    assert connection.vendor == "postgresql"
    assert NU.tzinfo is not None
