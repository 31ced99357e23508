"""A clamd that is none: speaks INSTREAM and PING on a port of its own, and finds whatever holds the word VIRUS."""

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Gedrag:
    """What it does: `antwoord` replaces its answer, `wacht` lets one wait for it. `gezien`: what was sent to it."""

    antwoord: bytes | None = None
    wacht: float = 0.0
    gezien: list[bytes] = field(default_factory=list)
    port: int = 0


@contextmanager
def fake_clamd(settings: Any) -> Iterator[Gedrag]:
    gedrag = Gedrag()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0"):
                command += self.rfile.read(1)
            if command == b"zPING\0":
                self.answer(b"PONG\0")
                return
            assert command == b"zINSTREAM\0"
            body = b""
            while (length := struct.unpack(">I", self.rfile.read(4))[0]) > 0:
                body += self.rfile.read(length)
            gedrag.gezien.append(body)
            self.answer(b"stream: Nep.Virus FOUND\0" if b"VIRUS" in body else b"stream: OK\0")

        def answer(self, usual: bytes) -> None:
            time.sleep(gedrag.wacht)
            self.wfile.write(usual if gedrag.antwoord is None else gedrag.antwoord)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        gedrag.port = server.server_address[1]
        settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", gedrag.port
        try:
            yield gedrag
        finally:
            settings.CLAMAV_HOST = ""
            server.shutdown()
