"""What the settings need of the private servers. Importing this, or calling it, starts nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from portal.embedded.client import TIMEOUT, ensure
from portal.embedded.places import locate
from portal.embedded.services import DATABASE, SUPERUSER, Valkey
from portal.env import database_entry

if TYPE_CHECKING:
    import redis

_brokers: dict[str, Path] = {}


def embedded_database(var_dir: Path, rol: str) -> dict[str, Any]:
    """A DATABASES entry for the private PostgreSQL that belongs to this `var/`, working as `rol`."""
    entry = database_entry(name=DATABASE, user=SUPERUSER, host="", port="", rol=rol)
    return {**entry, "ENGINE": "portal.embedded.postgresql", "VAR_DIR": str(var_dir)}


def embedded_broker_url(var_dir: Path, database: int = 0) -> str:
    """Celery's URL of the private Valkey. Tests use a database number of their own beside a running demo."""
    path = Valkey(locate(var_dir)).socket
    url = f"redis+socket://{quote(str(path))}?virtual_host={database}"
    _brokers[url] = var_dir
    return url


def is_embedded_broker(url: str) -> bool:
    """Is this the URL of a private broker (made by `embedded_broker_url`)?"""
    return url in _brokers


def ensure_broker(url: str, timeout: float = TIMEOUT) -> None:
    """Start the broker behind this URL if it is a private one that does not run; otherwise do nothing. Raises EmbeddedError."""
    var_dir = _brokers.get(url)
    if var_dir is not None:
        ensure(Valkey(locate(var_dir)), timeout)


def redis_client(url: str, timeout: float = 1.0) -> "redis.Redis[bytes]":
    """A Redis client for a broker URL, over TCP or over a Unix socket. Tries once, and does not start anything."""
    import redis  # noqa: PLC0415  (most commands never need it, and every command reads the settings)
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    if url.startswith("redis+socket://"):
        parts = urlsplit(url)
        number = parts.query.removeprefix("virtual_host=") or "0"
        return redis.Redis(
            unix_socket_path=unquote(parts.path), db=int(number), socket_timeout=timeout, retry=Retry(NoBackoff(), 0)
        )
    return redis.Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0))
