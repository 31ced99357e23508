"""Fetch one small answer over http(s) within a fixed time, whatever the other side does: slow, endless, redirecting or silent.

A time-out of a socket counts from its last byte, and looking up a name has none at all. So a thread does the asking, and whoever
waits for it waits no longer than agreed.
"""

import http.client
import threading
import time
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from urllib.parse import urlencode, urlsplit

BYTES_MAX = 64 * 1024
_STUK = 8 * 1024
#: Where the Locatieserver answers, when only a host is configured.
PAD = "/bzk/locatieserver/search/v3_1/free"


class Mislukt(Exception):  # noqa: N818  (the words of the house)
    """No usable answer. The message is a kind, for the log; never what was asked or answered."""


def fetch(basis: str, vraag: Sequence[tuple[str, str]], *, seconden: float) -> bytes:
    """The body of a 200, of at most BYTES_MAX. Redirects are not followed: we ask where we were told to ask, and nowhere else."""
    delen = urlsplit(basis)
    if delen.scheme not in {"http", "https"} or not delen.hostname:
        raise Mislukt("adres")
    haler = _Haler(delen.scheme, delen.hostname, delen.port, f"{_path(delen.path)}?{urlencode(vraag)}", seconden)
    threading.Thread(target=haler.run, name="pdok", daemon=True).start()
    return haler.wait()


def _path(pad: str) -> str:
    pad = pad.rstrip("/")
    if not pad:
        return PAD
    return pad if pad.endswith("/free") else f"{pad}/free"


class _Haler:
    def __init__(self, scheme: str, host: str, port: int | None, pad: str, seconden: float) -> None:
        soort = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        self._connection = soort(host, port, timeout=seconden)
        self._pad = pad
        self._einde = time.monotonic() + seconden
        self._antwoord: SimpleQueue[bytes | Exception] = SimpleQueue()

    def wait(self) -> bytes:
        try:
            antwoord = self._antwoord.get(timeout=max(0.0, self._einde - time.monotonic()))
        except Empty:
            self._hang_up()
            raise Mislukt("tijd") from None
        if isinstance(antwoord, bytes):
            return antwoord
        if isinstance(antwoord, Mislukt):
            raise antwoord
        raise Mislukt(type(antwoord).__name__) from None

    def run(self) -> None:
        try:
            self._antwoord.put(self._ask())
        except Exception as fout:  # noqa: BLE001  (whatever goes wrong out there is one thing here: no answer)
            self._antwoord.put(fout)
        finally:
            self._connection.close()

    def _ask(self) -> bytes:
        self._connection.request("GET", self._pad, headers={"Accept": "application/json", "User-Agent": "Aanspreekpunt"})
        with self._connection.getresponse() as response:
            if response.status != http.client.OK:
                raise Mislukt(f"status {response.status}")
            return self._read(response)

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while stuk := response.read1(_STUK):
            body += stuk
            if len(body) > BYTES_MAX:
                raise Mislukt("omvang")
            if time.monotonic() > self._einde:
                raise Mislukt("tijd")
        return bytes(body)

    def _hang_up(self) -> None:
        """Wakes the thread from a read that would last."""
        try:
            if sock := self._connection.sock:
                sock.shutdown(2)
        except OSError:
            return
