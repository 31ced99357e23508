"""Where the bytes of documents lie: under DOCUMENTEN_ROOT, outside everything that is served, by key and never by name.

A file appears at once and whole (written beside its place, then renamed) and before the row that points to it is committed. So a
row never points to half a file; a transaction that was rolled back, or a process that was killed, leaves at most a file that no
row points to, and `sweep` takes that away a day later.
"""

import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

#: How long a file without a row is left alone: longer than any request or transaction takes.
WEES_NA = timedelta(hours=24)
_HALF = ".deel"
_PER_KEER = 500


def path_of(sleutel: UUID) -> Path:
    """var/documenten/6f/1c/6f1c2f6e…: no folder grows without end."""
    name = sleutel.hex
    return Path(settings.DOCUMENTEN_ROOT) / name[:2] / name[2:4] / name


def store(sleutel: UUID, inhoud: bytes) -> None:
    """Write a file that is there whole, and on the disk, when this returns; readable by this process only."""
    path = path_of(sleutel)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(path.name + _HALF)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(inhoud)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_file(sleutel: UUID) -> IO[bytes] | None:
    """The file, or None when it is not there."""
    try:
        return path_of(sleutel).open("rb")
    except FileNotFoundError:
        return None


def remove(sleutel: UUID) -> None:
    """Take a file away; what is away already is fine."""
    path_of(sleutel).unlink(missing_ok=True)


def remove_all(sleutels: Iterable[UUID]) -> None:
    for sleutel in sleutels:
        remove(sleutel)


def sweep(known: Callable[[Collection[UUID]], Collection[UUID]], *, now: datetime) -> int:
    """Take away every file older than a day that is not among `known(keys)`, and every half one. Answers how many."""
    removed = 0
    batch: list[tuple[UUID | None, Path]] = []
    for path in _old_files(before=(now - WEES_NA).timestamp()):
        batch.append((_key_of(path), path))
        if len(batch) == _PER_KEER:
            removed += _remove_unknown(batch, known)
            batch = []
    return removed + _remove_unknown(batch, known)


def _old_files(*, before: float) -> Iterable[Path]:
    root = Path(settings.DOCUMENTEN_ROOT)
    for path in root.glob("??/??/*") if root.is_dir() else ():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                yield path


def _key_of(path: Path) -> UUID | None:
    """The key a file is named after; None for a half file, or whatever else got here."""
    try:
        return UUID(hex=path.name) if len(path.name) == 32 else None
    except ValueError:
        return None


def _remove_unknown(batch: list[tuple[UUID | None, Path]], known: Callable[[Collection[UUID]], Collection[UUID]]) -> int:
    kept = set(known([key for key, _ in batch if key is not None]))
    gone = [path for key, path in batch if key is None or key not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
