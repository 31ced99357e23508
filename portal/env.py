"""Typed reading of the environment, and what production refuses."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError

env = Env()

#: The login-less database roles that the processes work as; made in the first migration of kern.
DB_ROLLEN = {"web": "aanspreekpunt_web", "taak": "aanspreekpunt_taak"}


def secret(name: str, default: str | None) -> str:
    """The value of NAME, or the content of the file NAME_FILE points to; without a default it is required."""
    path = env.str(f"{name}_FILE", "")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as fout:
            raise ImproperlyConfigured(f"{name}_FILE kan niet gelezen worden: {path}") from fout
    value = env.str(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} (of {name}_FILE) ontbreekt.")
    return str(value)


def one_of(*values: str) -> Callable[[str], None]:
    """A validator for environs: the value must be one of these."""

    def validate(value: str) -> None:
        if value not in values:
            raise EnvValidationError(f"moet een van {', '.join(values)} zijn", [value])

    return validate


def database_from_url(url: str, rol: str) -> dict[str, Any]:
    """Django's DATABASES entry for postgres://user:password@host:port/name?option=value, working as `rol`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL moet met postgres:// beginnen: er is geen tweede database-dialect.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
    return database_entry(
        name=unquote(parts.path.lstrip("/")) or "aanspreekpunt",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=str(parts.port or options.pop("port", "") or ""),
        options=options,
        rol=rol,
    )


def database_entry(
    *, name: str, user: str, host: str, rol: str, password: str = "", port: str = "", options: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A DATABASES entry; a process that is not the owner switches to its own role on every connection.

    No JIT unless the URL asks for it: here it takes longer to compile a question than to answer it (measured: 0.4 of 0.9 s).
    """
    options = {"connect_timeout": 5, **(options or {})}
    role = f"-c role={DB_ROLLEN[rol]}" if rol in DB_ROLLEN else ""
    options["options"] = " ".join(["-c jit=off", *filter(None, [options.get("options"), role])])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": env.str("TEST_DATABASE", f"test_{name}")},
    }


def refuse_unsafe(*, secret_keys: Sequence[str], demo_secret: str, debug: bool, database_url: str, redis_url: str) -> None:
    """Stop production from starting with anything that belongs to a demo (raises ImproperlyConfigured).

    `secret_keys` are the key and its fallbacks: what a fallback signed is believed as well.
    """
    if any(key == demo_secret or len(key) < 40 for key in secret_keys):
        raise ImproperlyConfigured("Productie start niet met een demo- of te korte SECRET_KEY (minstens 40 tekens).")
    if debug:
        raise ImproperlyConfigured("Productie start niet met DEBUG.")
    if env.bool("DEMO", False):
        raise ImproperlyConfigured("Productie start niet in demo-modus.")
    if not database_url:
        raise ImproperlyConfigured("Productie heeft DATABASE_URL nodig; de ingebouwde database is voor demo en test.")
    if not redis_url:
        raise ImproperlyConfigured("Productie heeft REDIS_URL nodig; de ingebouwde wachtrij is voor demo en test.")
