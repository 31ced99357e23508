"""Asks clamd (ClamAV) whether there is a virus in something, over TCP with its INSTREAM command.

zINSTREAM\\0, then chunks of <length, 4 bytes, big-endian><bytes>, then a length of 0; the answer ends in \\0:
'stream: OK' or 'stream: Win.Test.EICAR_HDB-1 FOUND'
"""

import socket
import struct
import time

from django.conf import settings

from casussen.documenten.fouten import Onbereikbaar

VERBINDEN = 2.0
#: For one file of ten megabytes, all together: a scanner that hangs does not hold whoever uploads.
ANTWOORDEN = 15.0
_STUK = 65_536
_ANTWOORD_MAX = 4_096


def is_configured() -> bool:
    return bool(settings.CLAMAV_HOST)


def is_clean(inhoud: bytes) -> bool:
    """False when something was found. Raises Onbereikbaar when there is no answer, or one that is neither."""
    chunks = [inhoud[i : i + _STUK] for i in range(0, len(inhoud), _STUK)]
    answer = _ask(
        b"zINSTREAM\0", [struct.pack(">I", len(chunk)) + chunk for chunk in chunks] + [struct.pack(">I", 0)], ANTWOORDEN
    )
    if answer.endswith(b" FOUND"):
        return False
    if answer == b"stream: OK":
        return True
    raise Onbereikbaar("onverwacht antwoord")


def answers(seconds: float = 1.0) -> bool:
    """Does it say PONG?"""
    try:
        return _ask(b"zPING\0", [], seconds) == b"PONG"
    except Onbereikbaar:
        return False


def _ask(command: bytes, parts: list[bytes], seconds: float) -> bytes:
    deadline = time.monotonic() + seconds
    try:
        with socket.create_connection((settings.CLAMAV_HOST, settings.CLAMAV_PORT), timeout=min(VERBINDEN, seconds)) as line:
            for part in [command, *parts]:
                line.settimeout(_left(deadline))
                line.sendall(part)
            answer = b""
            while not answer.endswith(b"\0"):
                line.settimeout(_left(deadline))
                received = line.recv(_ANTWOORD_MAX)
                if not received or len(answer) > _ANTWOORD_MAX:
                    raise Onbereikbaar("verbinding verbroken")
                answer += received
    except OSError as fout:
        raise Onbereikbaar("geen antwoord") from fout
    return answer.rstrip(b"\0").strip()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Onbereikbaar("duurt te lang")
    return left
