"""POST routeringen under 32 clients, against an empty authenticated DRF view on the same server: at least 0.5 × its throughput.

A real gunicorn as in production (its own gunicorn.conf.py), on loopback, started and stopped here. The clients keep their
connections, ask the addresses of the register that is loaded, and take turns: a few seconds of one view, a few of the other.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.common import Row, median_ratio, print_rows
from bench.route import sample_questions
from kern.kijker import systeem
from kern.klok import now
from toegang.actions.tokens import create_token, withdraw_token
from toegang.models import Aanstelling, ApiToken
from toegang.models.token import hash_token

CLIENTS = 32
SECONDS = 4.0
ROUNDS = 5
PATIENCE = 60.0
BASE_DIR = Path(__file__).resolve().parent.parent


def main() -> list[Row]:
    bodies = [json.dumps(question).encode() for question in sample_questions(300)]
    with token() as key, server() as port:
        routes = [post("/api/v1/routeringen", body, key) for body in bodies]
        empty = [post("/api/v1/leeg", body, key) for body in bodies]
        ours, yardstick = asyncio.run(measure(port, routes, empty))
    return [
        Row(
            name=f"POST routeringen, {CLIENTS} clients",
            ours=f"{sorted(ours)[len(ours) // 2]:.0f}/s",
            yardstick=f"{sorted(yardstick)[len(yardstick) // 2]:.0f}/s, an empty authenticated view",
            ratio=median_ratio(ours, yardstick),
            target="≥ 0.5",
        )
    ]


async def measure(port: int, ours: Sequence[bytes], yardstick: Sequence[bytes]) -> tuple[list[float], list[float]]:
    """Requests per second of each, A B A B …, after one round that does not count."""
    rates: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 1):
        for requests, found in zip((ours, yardstick), rates, strict=True):
            rate = await throughput(port, requests)
            if number:
                found.append(rate)
    return rates


async def throughput(port: int, requests: Sequence[bytes]) -> float:
    end = time.perf_counter() + SECONDS
    begin = time.perf_counter()
    counts = await asyncio.gather(*(client(port, requests, start, end) for start in range(CLIENTS)))
    return sum(counts) / (time.perf_counter() - begin)


async def client(port: int, requests: Sequence[bytes], start: int, end: float) -> int:
    """One client: asks, waits for the whole answer, asks again, each time another address. Any answer but 200 ends the bench."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    try:
        while time.perf_counter() < end:
            writer.write(requests[(start * 97 + done) % len(requests)])
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"an answer that is no 200: {head.splitlines()[0].decode()}")
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            await reader.readexactly(length)
            done += 1
            if b"connection: close" in head.lower():  # the server replaces a process now and then
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()
    return done


def post(path: str, body: bytes, key: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def token() -> Iterator[str]:
    """A token of someone in the database, withdrawn afterwards."""
    op = now()
    aanstelling = Aanstelling.objects.on(op.date()).filter(user__is_active=True).order_by("pk").first()
    if aanstelling is None:
        raise SystemExit("nobody has an appointment: load the demo region first (manage.py load_demo)")
    by = systeem(op.date(), "bench")
    key = create_token(aanstelling=aanstelling, naam="bench", dagen=1, by=by, op=op)
    try:
        yield key
    finally:
        withdraw_token(token=ApiToken.objects.get(hash=hash_token(key)), by=by, op=now())


@contextmanager
def server() -> Iterator[int]:
    """Gunicorn with the configuration of production, on a free port; its output is shown when it does not come up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.api_settings",
        "PROCES_ROL": "web",
        "PORT": str(port),
        "LOG_LEVEL": "INFO",
        "PYTHONPATH": str(BASE_DIR),
    }
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "portal.wsgi"], cwd=BASE_DIR, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_until_up(process, port)
            yield port
        except BaseException:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace")[-4000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_up(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit("gunicorn did not start")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("gunicorn did not answer in time")


if __name__ == "__main__":
    print_rows(main())
