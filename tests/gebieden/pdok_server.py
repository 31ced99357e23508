"""A Locatieserver of our own on 127.0.0.1: answers in the shape of PDOK's, records what it is asked, misbehaves when told to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

#: The shape of a document of v3_1 (`free`, type adres); the address is invented.
DOC: dict[str, Any] = {
    "bron": "BAG",
    "type": "adres",
    "woonplaatsnaam": "Haarlem",
    "gemeentecode": "0392",
    "gemeentenaam": "Haarlem",
    "wijkcode": "WK039205",
    "wijknaam": "Schalkwijk",
    "buurtcode": "BU03920502",
    "buurtnaam": "Molenwijk",
    "weergavenaam": "Verzonnenlaan 99, 2037RB Haarlem",
    "postcode": "2037RB",
    "huis_nlt": "99",
    "huisnummer": 99,
    "straatnaam": "Verzonnenlaan",
    "gekoppeld_perceel": ["VRZ00-A-1"],
    "score": 27.59121,
}


def answer(*docs: dict[str, Any]) -> bytes:
    return json.dumps({"response": {"numFound": len(docs), "start": 0, "maxScore": 27.5, "docs": list(docs)}}).encode()


class Pdok(ThreadingHTTPServer):
    """`body` and `status` are what it answers; `drip` writes a byte at a time, `silent` nothing at all for so many seconds."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.body, self.status, self.location = answer(DOC), 200, ""
        self.drip = self.silent = 0.0
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def questions(self) -> list[list[tuple[str, str]]]:
        return [parse_qsl(urlsplit(path).query) for path in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Pdok

    def do_GET(self) -> None:
        pdok = self.server
        pdok.asked.append(self.path)
        time.sleep(pdok.silent)
        try:
            self.send_response(pdok.status)
            if pdok.location:
                self.send_header("Location", pdok.location)
            self.end_headers()
            for byte in pdok.body if pdok.drip else ():
                self.wfile.write(bytes([byte]))
                time.sleep(pdok.drip)
            if not pdok.drip:
                self.wfile.write(pdok.body)
        except OSError:  # whoever asked hung up
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Pdok]:
    server = Pdok()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
