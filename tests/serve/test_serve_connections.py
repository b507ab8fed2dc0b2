"""Connections over real sockets: half requests are closed, and a flood of them shuts nobody out."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from counterclaim.serve import connections
from counterclaim.serve.connections import Connection, settings_of_server

MOST = 20


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"hi"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", MOST)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(hello, log_level="critical", lifespan="off", **settings_of_server())
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=20)


def connect(port: int, words: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=10)
    made.sendall(words)
    return made


def ask(made: socket.socket) -> bytes:
    made.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    found = b""
    while not found.endswith(b"hi") and (part := made.recv(65_536)):
        found += part
    return found


def test_connections_that_send_half_a_request_are_closed(port: int) -> None:
    with connect(port, b"GET / HTTP/1.1\r\nHost: loc") as made:
        begun = time.monotonic()
        for _ in range(100):  # a drip holds nothing off
            try:
                made.sendall(b"a")
            except OSError:
                break
            time.sleep(0.05)
        assert time.monotonic() - begun < 4


def test_connections_are_kept_for_the_next_request(port: int) -> None:
    with connect(port) as made:
        for _ in range(3):
            assert b"200" in ask(made)
            time.sleep(0.1)
        time.sleep(1)
        with suppress(ConnectionError):
            assert made.recv(10) == b""


def test_connections_of_a_flood_shut_nobody_out(port: int) -> None:
    with ExitStack() as held:
        for _ in range(5 * MOST):
            held.enter_context(connect(port, b"GET / HTTP/1.1\r\n"))
        with connect(port) as made:
            assert b"200" in ask(made)
        assert len(Connection.open) <= MOST + 1


def test_connections_take_no_endless_headers(port: int) -> None:
    with connect(port, b"GET / HTTP/1.1\r\n") as made:
        try:
            for _ in range(200):
                made.sendall(b"X-A: " + b"a" * 1_000 + b"\r\n")
            answer = made.recv(65_536)
        except ConnectionError:
            return
        assert b"400" in answer or not answer
