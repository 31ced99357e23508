"""Where the private servers keep their things.

An ordinary user: everything under `var/embedded/`. PostgreSQL refuses to run as root, and a checkout of root's may be readable
by root only. So as root everything is under `/var/lib/aanspreekpunt/<hash of the path of var/>`, binaries included, and the
servers run as `nobody`: an account every machine has, so that a demo adds none. Their folders are closed to others.
"""

import grp
import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.embedded.errors import EmbeddedError

SYSTEM_ROOT = Path("/var/lib/aanspreekpunt")
UNPRIVILEGED = "nobody"
#: A socket's path has room for 107 bytes on Linux, 103 on macOS.
SOCKET_PATH_LIMIT = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Place:
    """The folders of one checkout's servers. `var` is the checkout's own, `user` the account the servers run as (None: ours)."""

    var: Path
    root: Path
    sockets: Path
    user: str | None

    @property
    def control(self) -> Path:
        """Locks and notes of supervisors and clients; never writable by the servers."""
        return self.root / "control"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def make(self) -> None:
        """Make the folders, each with the owner and mode it needs."""
        self.logs.mkdir(parents=True, exist_ok=True)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o711)
            self.control.mkdir(mode=0o700, exist_ok=True)
            self.folder(self.sockets)
        except PermissionError as error:
            raise EmbeddedError(f"Geen schrijfrecht voor {self.root}: {error.strerror}.") from error

    def folder(self, path: Path) -> Path:
        """A folder only the servers' own account may enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        status = path.lstat()
        ours = {os.geteuid(), self.uid}
        if path.is_symlink() or status.st_uid not in ours:
            raise EmbeddedError(f"{path} is van een ander account; verwijder die map of zet VAR_DIR op een kortere plek.")
        if self.user:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)
        return path

    @property
    def uid(self) -> int:
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    @property
    def gid(self) -> int:
        return pwd.getpwnam(self.user).pw_gid if self.user else os.getegid()

    @property
    def run_as(self) -> dict[str, Any]:
        """Arguments for subprocess that switch to the servers' account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.user else {}


def locate(var_dir: Path) -> Place:
    """The place that belongs to this `var/`, for this user. Touches nothing on disk."""
    var = var_dir.resolve()
    key = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    if os.geteuid() == 0:
        root = SYSTEM_ROOT / key
        return Place(var=var, root=root, sockets=root / "sockets", user=UNPRIVILEGED)
    root = var / "embedded"
    sockets = root / "sockets"
    if len(os.fsencode(sockets / LONGEST_SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        sockets = Path("/tmp") / f"aanspreekpunt-{os.geteuid()}-{key}"  # noqa: S108  (checked for its owner before use)
    return Place(var=var, root=root, sockets=sockets, user=None)


def describe_user(place: Place) -> str:
    """The account the servers run as, for the status command."""
    name = pwd.getpwuid(place.uid).pw_name
    return f"{name}:{grp.getgrgid(place.gid).gr_name}"
