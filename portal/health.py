"""`/health`: this process lives, for the balancer. `/health/ready`: how every part does, for whoever watches.

Both are answered by a middleware, before session, host name and HTTPS come into it: a balancer asks by IP address and over plain
HTTP, and a browser with a cookie must get an answer too when the database is gone.

The parts are asked in threads of their own, with one deadline for all: a database that hangs costs a second, not a worker. While
an earlier question to a part is still open nobody asks it again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime, timedelta

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from casussen.documenten import clamd
from gebieden.models import Editie
from kern.models import Hartslag, Melding
from kern.models.melding import Kanaal, MeldingStatus
from portal.embedded.settings import redis_client
from portal.hartslag import BEAT, TAKEN, WORKER

log = structlog.stdlib.get_logger(__name__)

OK = "ok"
DEADLINE = 1.2
#: Heartbeats come every fifteen seconds and a task every thirty; two missed turns may be a busy machine.
HARTSLAG_MAX = timedelta(seconds=90)
OUTBOX_MAX = timedelta(minutes=15)

Answers = dict[str, str]


def health(_request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of any other part: a balancer may not take down what still works."""
    return JsonResponse({"status": OK})


def ready(_request: HttpRequest) -> HttpResponse:
    """Every part with 'ok' or what is wrong with it; 503 when something is."""
    deadline = time.monotonic() + DEADLINE
    for check in CHECKS:
        check.start()
    answers = {part: text for check in CHECKS for part, text in check.answers(deadline).items()}
    failing = [part for part, text in answers.items() if text != OK]
    if failing:
        log.warning("niet_gereed", **{part: text == OK for part, text in answers.items()})
    status = f"niet gereed: {', '.join(failing)}" if failing else OK
    return JsonResponse({"status": status, **answers}, status=503 if failing else 200, json_dumps_params={"ensure_ascii": False})


class HealthMiddleware:
    """Answers the two health addresses, and passes on the rest."""

    VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/health": health, "/health/ready": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = self.VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request) if request.method in {"GET", "HEAD"} else HttpResponseNotAllowed(["GET", "HEAD"])
        response["Cache-Control"] = "no-store"
        return response


class Check:
    """One question to one part, asked in a thread; those who come while it is open wait for the same answer."""

    def __init__(self, parts: tuple[str, ...], ask: Callable[[], Answers]) -> None:
        self.parts = parts
        self._ask = ask
        self._lock = threading.Lock()
        self._open: Future[Answers] | None = None

    def start(self) -> None:
        with self._lock:
            if self._open is None or self._open.done():
                self._open = Future()
                threading.Thread(target=self._answer, args=(self._open,), name=f"health-{self.parts[0]}", daemon=True).start()

    def _answer(self, future: Future[Answers]) -> None:
        try:
            future.set_result(self._ask())
        except Exception as error:  # whatever it is, the part is not ready
            log.warning("onderdeel_niet_gereed", onderdeel=self.parts[0], exc_info=error)
            future.set_result(dict.fromkeys(self.parts, "fout; zie het logboek"))

    def answers(self, deadline: float) -> Answers:
        future = self._open
        if future is None:
            raise RuntimeError("start() comes first")
        try:
            return future.result(timeout=max(deadline - time.monotonic(), 0))
        except TimeoutError:
            return dict(_unreachable(self.parts, f"geen antwoord binnen {DEADLINE:.1f} seconde".replace(".", ",")))


def _unreachable(parts: tuple[str, ...], reason: str) -> Iterator[tuple[str, str]]:
    """The first part is the one that fails; about those that are known through it nothing can be said."""
    yield parts[0], reason
    for part in parts[1:]:
        yield part, f"onbekend, want {parts[0]} antwoordt niet"


def ask_broker() -> Answers:
    with redis_client(settings.REDIS_URL) as client:
        try:
            client.ping()
        except redis.exceptions.AuthenticationError:
            return {"broker": "weigert de aanmelding (wachtwoord van REDIS_URL)"}
        except redis.exceptions.RedisError:
            return {"broker": "niet bereikbaar; meldingen wachten in de database tot hij er weer is"}
    return {"broker": OK}


DATABASE_PARTS = ("database", "worker", "beat", "outbox", "editie")


def ask_database() -> Answers:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '1s'")
            return {"database": OK, **_from_database(timezone.now())}
    except ProgrammingError:
        return dict(_unreachable(DATABASE_PARTS, "tabellen ontbreken; voer eerst 'manage.py migrate' uit"))
    except DatabaseError:
        return dict(_unreachable(DATABASE_PARTS, "niet bereikbaar"))
    finally:
        connection.close()  # this thread ends here


def _from_database(now: datetime) -> Answers:
    seen = dict(Hartslag.objects.values_list("naam", "op"))
    beat = _heart(seen.get(BEAT), now)
    worker = _heart(seen.get(WORKER), now)
    if worker == beat == OK:
        chain = _heart(seen.get(TAKEN), now)
        worker = OK if chain == OK else f"leeft, maar voert geen taken uit: {chain}"
    return {
        "worker": worker,
        "beat": beat,
        "outbox": _outbox(now),
        "editie": OK if Editie.objects.filter(actief=True).exists() else "geen actieve editie van het adresregister",
    }


def _heart(op: datetime | None, now: datetime) -> str:
    if op is None:
        return "nog nooit een hartslag gezien"
    return OK if now - op <= HARTSLAG_MAX else f"laatste hartslag {_ago(now - op)} geleden"


def _outbox(now: datetime) -> str:
    """Is mail leaving? Either the sending stands still, or every attempt fails; one bad address among others is neither."""
    mail = Melding.objects.filter(kanaal=Kanaal.MAIL)
    waiting = mail.filter(status__in=[MeldingStatus.WACHT, MeldingStatus.GECLAIMD])  # few rows, by a partial index
    found = waiting.aggregate(due=Min("niet_voor"), retried=Min("aangemaakt", filter=Q(pogingen__gt=0)))
    due, retried = found["due"], found["retried"]
    if due is not None and now - due > OUTBOX_MAX:
        return f"de oudste mail wacht al {_ago(now - due)} op verzending"
    if retried is not None and now - retried > OUTBOX_MAX and not mail.filter(verzonden_op__gte=retried).exists():
        return f"al {_ago(now - retried)} lukt het verzenden van mail niet"
    return OK


def _ago(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 120:
        return f"{seconds} seconden"
    if seconds < 2 * 3600:
        return f"{seconds // 60} minuten"
    return f"{seconds // 3600} uur" if seconds < 2 * 86400 else f"{seconds // 86400} dagen"


def ask_scanner() -> Answers:
    """Only where there is one: without it documents are not scanned, and nothing waits for it."""
    if not clamd.is_configured():
        return {}
    return {"virusscanner": OK if clamd.answers() else "niet bereikbaar; nieuwe documenten wachten tot hij er weer is"}


CHECKS = (Check(DATABASE_PARTS, ask_database), Check(("broker",), ask_broker), Check(("virusscanner",), ask_scanner))
