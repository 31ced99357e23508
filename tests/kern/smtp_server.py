"""A small mail server for tests: takes mail, refuses it, hangs up or keeps silent, as it is told."""

import email
import email.policy
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import cast


class MailServer(socketserver.ThreadingTCPServer):
    """`mails` is what it took. `refuse` maps an address to the reply to RCPT; `after_data` to the reply when all was said."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.after_data: dict[str, str] = {}
        self.greeting = "220 test"
        self.sender_reply = "250 ok"
        self.silence = 0.0
        #: Hang up after so many mails on one connection; and once right after a mail was taken, before saying so.
        self.mails_per_connection = 1_000_000
        self.die_before_reply = 0
        self.connections = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the game."""


class _Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        server = cast("MailServer", self.server)
        with server.lock:
            server.connections += 1
        time.sleep(server.silence)
        self.say(server.greeting)
        if not server.greeting.startswith("220"):
            return
        recipient, taken = "", 0
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in {"EHLO", "HELO", "RSET", "NOOP"}:
                self.say("250 test")
            elif verb == "MAIL":
                self.say(server.sender_reply)
            elif verb == "RCPT":
                recipient = line.split("<", 1)[1].split(">", 1)[0]
                self.say(server.refuse.get(recipient, "250 ok"))
            elif verb == "DATA":
                if not self.take(server, recipient):
                    return
                taken += 1
                if taken >= server.mails_per_connection:
                    return
            else:
                self.say("221 bye")
                return

    def take(self, server: MailServer, recipient: str) -> bool:
        """Answers whether the connection stays."""
        self.say("354 go on")
        body = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            body += line[1:] if line.startswith(b"..") else line
        reply = server.after_data.get(recipient, "250 taken")
        if reply.startswith("250"):
            message = email.message_from_bytes(body, policy=email.policy.default)
            with server.lock:
                server.mails.append(message)
                dies = server.die_before_reply > 0
                server.die_before_reply -= dies
            if dies:
                return False
        self.say(reply)
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
