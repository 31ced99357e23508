"""The files through which clients and supervisors know of each other. Locks, not pid files: a lock goes when its process goes."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.services import Service


@dataclass(frozen=True)
class Files:
    """Control files of one service.

    clients     every client holds it shared; the supervisor tries it exclusively to see whether anybody is left
    supervisor  the supervisor holds it exclusively; its pid is in it
    ready       there while the server answers
    error       why the last start failed
    """

    clients: Path
    supervisor: Path
    ready: Path
    error: Path

    @classmethod
    def of(cls, service: Service) -> "Files":
        folder = service.place.control
        return cls(*(folder / f"{service.name}.{kind}" for kind in ("clients", "supervisor", "ready", "error")))


def try_lock(path: Path, *, exclusive: bool) -> int | None:
    """A file descriptor that holds the lock, or None when another process is in the way. Closing it gives the lock back."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def wait_lock(path: Path, *, exclusive: bool, deadline: float) -> int | None:
    """The same, trying until the deadline (a time.monotonic() value)."""
    while (descriptor := try_lock(path, exclusive=exclusive)) is None:
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.02)
    return descriptor


def write_note(path: Path, text: str) -> None:
    """Write a small file in one go: whoever reads it finds all of it or none."""
    halfway = path.with_name(f"{path.name}.new")
    halfway.write_text(text, encoding="utf-8")
    halfway.replace(path)


def is_locked(path: Path) -> bool:
    """Does another process hold this lock exclusively?"""
    if not path.exists():
        return False
    descriptor = try_lock(path, exclusive=False)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False
