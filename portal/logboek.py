"""Logging: one JSON object per line on stderr, and nothing about a person.

A line may carry ids, route names, numbers and the names of our own parts. It never carries what somebody typed: no query string,
no body, no SQL parameter, no local variable, no message of an exception (an IntegrityError quotes the row). This is kept by
construction, not by care at every call:

- our own code logs an event name and fields; a text is kept only under a key of `VELDEN`;
- of a library's record the template is kept, and of its arguments only the numbers, unless the library is in `VERTROUWD`;
- of an exception the class, the place in the code, and PostgreSQL's error code and constraint name; its message only for the
  classes of `SPREKEND`, which speak of code, configuration or a connection.
"""

import copy
import logging
import logging.config
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

#: Keys whose text is safe to log: names of our own parts, codes and ids. Numbers, booleans and None are safe under any key.
VELDEN = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "bron",
        "fout",
        "request_id",
        "route",
        "method",
        "taak",
        "task_id",
        "onderdeel",
        "actie",
        "soort",
        "kanaal",
        "status",
        "uitkomst",
        "rol",
        "editie",
        "casusnummer",
        "sleutel",
        "commando",
    }
)
#: Libraries that log about themselves only: their texts are kept as they are.
VERTROUWD = (
    "celery.apps",
    "celery.beat",
    "celery.bootsteps",
    "celery.worker.consumer.connection",
    "celery.worker.consumer.consumer",
    "celery.worker.consumer.mingle",
    "celery.worker.worker",
    "gunicorn.error:Booting",
    "gunicorn.error:Listening",
    "gunicorn.error:Shutting",
    "gunicorn.error:Starting",
    "gunicorn.error:Using",
    "gunicorn.error:Worker",
    "gunicorn.error:Handling",
)
#: Arguments by name that are safe: Celery names its task and the id of the message.
VEILIGE_NAMEN = frozenset({"name", "id", "runtime", "description"})
#: Exceptions whose message is about the program or its servers, never about a row or a request.
SPREKEND = frozenset(
    {
        "builtins.AttributeError",
        "builtins.ImportError",
        "builtins.NameError",
        "builtins.SyntaxError",
        "django.core.exceptions.ImproperlyConfigured",
        "django.template.exceptions.TemplateDoesNotExist",
        "kombu.exceptions.OperationalError",
        "portal.embedded.errors.EmbeddedError",
        "redis.exceptions.ConnectionError",
        "redis.exceptions.TimeoutError",
    }
)
EVENT_NAME = re.compile(r"[a-z][a-z0-9_.]{0,60}")
WEGGELATEN = "…"
BASE_DIR = Path(__file__).resolve().parent.parent


def _trusted(record: logging.LogRecord) -> bool:
    name = f"{record.name}:{record.msg}"
    return any(name == start or name.startswith((f"{start}:", f"{start}.", f"{start} ")) for start in VERTROUWD)


def _safe_argument(value: object) -> object:
    return value if isinstance(value, (bool, int, float)) or value is None else WEGGELATEN


def foreign_event(record: logging.LogRecord) -> str:
    """The text of a library's record without what it may quote."""
    if _trusted(record):
        return record.getMessage()
    template = record.msg if isinstance(record.msg, str) else WEGGELATEN
    try:
        if isinstance(record.args, Mapping):
            named = {key: value if key in VEILIGE_NAMEN else _safe_argument(value) for key, value in record.args.items()}
            return template % named
        if record.args:
            return template % tuple(_safe_argument(value) for value in record.args)
    except (TypeError, ValueError):
        return template  # a number was asked for, and left out: the template alone says enough
    return WEGGELATEN  # without arguments the text may have been put together beforehand; `bron` says where it comes from


class JsonFormatter(structlog.stdlib.ProcessorFormatter):
    """Takes what may quote somebody out of a library's record before anything is made of it."""

    def format(self, record: logging.LogRecord) -> str:
        if not isinstance(record.msg, dict):  # a dict is an event of ours, handed over by structlog
            record = copy.copy(record)
            record.msg, record.args = foreign_event(record), None
        return super().format(record)


def _add_source(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    event["bron"] = f"{_short(record.pathname)}:{record.lineno}"
    return event


def _short(filename: str) -> str:
    """A path inside the project or inside its library, without where that lies on this machine."""
    path = Path(filename)
    if path.is_relative_to(BASE_DIR) and "site-packages" not in path.parts:
        return str(path.relative_to(BASE_DIR))
    return "/".join(path.parts[-2:])


def _message(exception: BaseException) -> str | None:
    """The message of an exception that cannot quote anybody."""
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(exception).__mro__}
    failed_connect = "psycopg2.OperationalError" in names and getattr(exception, "pgcode", None) is None
    return str(exception)[:500] if failed_connect or names & SPREKEND else None


def describe_exception(exception: BaseException) -> list[dict[str, Any]]:
    """Class and place of an exception and of what caused it, without any text of it."""
    described: list[dict[str, Any]] = []
    seen: set[int] = set()
    current: BaseException | None = exception
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        part: dict[str, Any] = {"klasse": f"{kind.__module__}.{kind.__qualname__}"}
        if code := getattr(current, "pgcode", None):
            part["sqlstate"] = code
            part["constraint"] = getattr(getattr(current, "diag", None), "constraint_name", None)
        if message := _message(current):
            part["melding"] = message
        frames = traceback.extract_tb(current.__traceback__)
        part["plaats"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        described.append(part)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return described


def _exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    given: object = event.pop("exc_info", None)
    event.pop("stack_info", None)
    exception: object = given
    if isinstance(given, tuple):
        exception = given[1]
    elif given is True:
        exception = sys.exc_info()[1]
    if isinstance(exception, BaseException):
        event["fout"] = describe_exception(exception)
    return event


def _has_exception(record: logging.LogRecord) -> bool:
    return bool(record.exc_info)


def _event_name(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Our own events are names; a sentence could hold what it was put together from."""
    if not EVENT_NAME.fullmatch(str(event.get("event", ""))):
        event["event"] = WEGGELATEN
    return event


def _only_safe_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    safe: EventDict = {}
    left_out = []
    for key, value in event.items():
        if key in VELDEN or isinstance(value, (bool, int, float)) or value is None:
            safe[key] = value
        else:
            left_out.append(key)
    if left_out:
        safe["weggelaten"] = sorted(left_out)
    return safe


class _Stderr:
    """Wherever sys.stderr points at the moment of writing (tests and Celery replace it)."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def _excepthook(kind: type[BaseException], exception: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught ends a process; its last words follow the same rule, unless a person sits at the terminal."""
    if issubclass(kind, KeyboardInterrupt) or sys.stderr.isatty():
        sys.__excepthook__(kind, exception, trace)
        return
    structlog.stdlib.get_logger("portal").critical("onverwacht_einde", exc_info=exception)


def formatter() -> JsonFormatter:
    """The one formatter, for structlog and for the standard library alike."""
    return JsonFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.contextvars.merge_contextvars,
            _add_source,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _exception,
            _only_safe_fields,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def logging_config(level: str, *, last_words: bool = False) -> None:
    """Set up logging for this process; called once by the settings (and by gunicorn's master, which has none).

    `last_words`: an exception that ends the process is logged by the same rule, instead of printed with its text.
    """
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its arguments
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": formatter}},
            "filters": {"exceptions": {"()": lambda: _has_exception}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": _Stderr(), "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Every request has its own line by RequestLogMiddleware; from Django only what went wrong in the server.
                "django.request": {"level": "ERROR", "filters": ["exceptions"]},
                "django.server": {"level": "ERROR"},
                "django.db.backends": {"level": "WARNING"},
                # Per task two lines, every fifteen seconds: the heartbeat and the outbox tell it better.
                "celery.worker.strategy": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.beat": {"level": "WARNING"},
                "celery.utils": {"level": "WARNING"},
                "kombu": {"level": "WARNING"},
                "urllib3": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            _event_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    if last_words:
        sys.excepthook = _excepthook
