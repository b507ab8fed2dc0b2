import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from counterclaim.ingest import http_client
from counterclaim.ingest.errors import CutOffError, FetchError, TooLargeError
from counterclaim.ingest.http_client import one_deadline, send, unpack
from counterclaim.ingest.url_safety import Target

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"


@contextmanager
def server(answer: Callable[[socket.socket], None]) -> Iterator[tuple[Target, list[bytes]]]:
    """Serve one connection by hand; give its target and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                asked.append(connection.recv(65536))
                try:
                    answer(connection)
                except OSError:
                    return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        yield Target("http://varn.example/a", "http", "varn.example", port, "/a?b=1"), asked
        thread.join(timeout=5)


@contextmanager
def closing_after(stop: threading.Event) -> Iterator[None]:
    try:
        yield
    finally:
        stop.set()


def test_wire_asks_under_the_name_it_was_given() -> None:
    with server(lambda c: c.sendall(HEAD + b"\r\nwords")) as (target, asked):
        reply = send(target, "127.0.0.1", {"User-Agent": "counterclaim/0"}, 100)
    assert (reply.status, reply.body, reply.headers["content-type"]) == (
        200,
        b"words",
        "text/plain",
    )
    assert asked[0].startswith(b"GET /a?b=1 HTTP/1.1\r\n")
    assert b"Host: varn.example" in asked[0]
    assert b"User-Agent: counterclaim/0" in asked[0]


def test_wire_reads_no_body_of_a_redirect() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 3\r\n\r\nabc"
    with server(lambda c: c.sendall(answer)) as (target, _):
        reply = send(target, "127.0.0.1", {}, 100)
    assert (reply.status, reply.body, reply.headers["location"]) == (302, b"", "/b")


def test_wire_stops_at_the_limit() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"\r\n")
        for _ in range(10_000):
            connection.sendall(b"x" * 65536)

    with server(drip) as (target, _), pytest.raises(TooLargeError, match="1,000 bytes"):
        send(target, "127.0.0.1", {}, 1000)


def test_wire_stops_at_the_limit_of_a_packed_body() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    head = HEAD + b"Content-Encoding: gzip\r\n\r\n"
    with server(lambda c: c.sendall(head + bomb)) as (target, _), pytest.raises(TooLargeError):
        send(target, "127.0.0.1", {}, 1_000_000)


def test_wire_hangs_up_when_time_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TOTAL_SECONDS", 0.2)
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.02):
            connection.sendall(b"X")

    with server(drip) as (target, _), closing_after(stop), pytest.raises(FetchError, match="long"):
        send(target, "127.0.0.1", {}, 1000)


def test_wire_tells_when_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    target = Target("http://varn.example/a", "http", "varn.example", port, "/")
    with pytest.raises(FetchError):
        send(target, "127.0.0.1", {}, 100)


def test_wire_speaks_tls_to_https() -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(b"no TLS here")

    with server(answer) as (target, asked):
        secure = Target(target.address, "https", target.host, target.port, "/")
        with pytest.raises(FetchError):
            send(secure, "127.0.0.1", {}, 100)
    assert b"varn.example" in asked[0]


def test_wire_tells_what_is_no_answer() -> None:
    with server(lambda c: c.sendall(b"garbage\r\n\r\n")) as (target, _), pytest.raises(FetchError):
        send(target, "127.0.0.1", {}, 100)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("", bytes), ("identity", bytes), ("gzip", gzip.compress), ("deflate", zlib.compress)],
)
def test_wire_unpacks(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(b"words " * 50)
    chunks = (packed[i : i + 7] for i in range(0, len(packed), 7))
    assert unpack("x", chunks, encoding, 1000) == b"words " * 50


@pytest.mark.parametrize("cut", [1, 5, 8, 20])
def test_wire_tells_a_packing_that_breaks_off(cut: int) -> None:
    packed = gzip.compress(b"words " * 50)
    with pytest.raises(CutOffError, match="breaks off"):
        unpack("x", iter([packed[:-cut]]), "gzip", 1000)


def test_wire_unpacks_a_body_of_several_members() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two ") + gzip.compress(b"three")
    chunks = (packed[i : i + 11] for i in range(0, len(packed), 11))
    assert unpack("x", chunks, "gzip", 1000) == b"one two three"


def test_wire_tells_a_body_that_breaks_off() -> None:
    answer = HEAD + b"Content-Length: 100\r\n\r\nonly these"
    with (
        server(lambda c: c.sendall(answer)) as (target, _),
        pytest.raises(CutOffError, match="90 bytes of it did not come"),
    ):
        send(target, "127.0.0.1", {}, 1000)


def test_wire_tells_chunks_that_break_off() -> None:
    answer = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n9\r\nonly"
    with server(lambda c: c.sendall(answer)) as (target, _), pytest.raises(FetchError):
        send(target, "127.0.0.1", {}, 1000)


def test_wire_keeps_one_deadline_for_all_requests() -> None:
    with server(lambda c: c.sendall(HEAD + b"\r\nwords")) as (target, _), one_deadline(5):
        assert send(target, "127.0.0.1", {}, 100).status == 200
    with one_deadline(0), pytest.raises(FetchError, match="too long"):
        send(target, "127.0.0.1", {}, 100)


def test_wire_refuses_packing_it_did_not_ask_for() -> None:
    with pytest.raises(FetchError, match="br"):
        unpack("x", iter([b"x"]), "br", 10)
