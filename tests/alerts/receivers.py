"""A mail server and a webhook's receiver of our own, on loopback, that can fail when told to."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks SMTP as RFC 5321 has it, as far as a client that sends plain mail goes."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[tuple[tuple[str, ...], Message]] = []
        self.refusals = 0
        """How many messages to refuse for now, with 451."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, MailServer)
        self._say("220 test")
        to: list[str] = []
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            verb = line[:4].upper()
            if verb == "EHLO":
                self._say("250-test\r\n250 8BITMIME")
            elif verb == "RCPT":
                to.append(line.partition(":")[2].strip(" <>"))
                self._say("250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                body = b""
                while (row := self.rfile.readline()) != b".\r\n":
                    body += row.removeprefix(b".") if row.startswith(b"..") else row
                if server.refusals:
                    server.refusals -= 1
                    self._say("451 later")
                else:
                    server.mails.append((tuple(to), message_from_bytes(body)))
                    self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Receiver(ThreadingHTTPServer):
    """Takes what is posted; answers with the statuses that it is told, then 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taken)
        self.taken: list[tuple[str, str, dict[str, str], Any]] = []
        self.statuses: list[int] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Taken(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Receiver)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = server.statuses.pop(0) if server.statuses else 200
        if status == 200:
            server.taken.append((self.command, self.path, dict(self.headers), body))
        self.send_response(status)
        self.end_headers()

    do_PUT = do_POST  # noqa: N815 - http.server asks for the name

    def log_message(self, *args: object) -> None:
        del args


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(
        target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
