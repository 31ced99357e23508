"""Can we have this port? Standard library only: also asked before anything is installed."""

import os
import socket


class PoortBezet(Exception):  # noqa: N818  (the words of the house)
    """The port cannot be had; the message says what to do."""


def check_port() -> int:
    """The port that PORT names, or PoortBezet."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise PoortBezet(f"PORT={text} is geen poortnummer; kies een getal van 1 tot en met 65535.")
    port = int(text)
    other = port + 1 if port < 65535 else port - 1
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except PermissionError:
            raise PoortBezet(
                f"Poort {port} is voor de beheerder van deze machine. Kies een andere: make start PORT=8000"
            ) from None
        except OSError:
            raise PoortBezet(
                f"Poort {port} is al in gebruik. Stop wat daar draait, of kies een andere poort: make start PORT={other}"
            ) from None
    return port
