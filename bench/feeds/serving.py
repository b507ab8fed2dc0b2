"""Serving: the recorded day on loopback, every host of it by its name, at whatever moment its clock shows."""

import hashlib
import json
import multiprocessing
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any

from bench.feeds.day import Day, Fault, RecordedFeed, feed_of, page_of, part_of
from counterclaim.ingest import http_client
from counterclaim.ingest.fetch import Fetcher, Poller, make_fetcher, make_poller
from counterclaim.ingest.http_client import Reply
from counterclaim.ingest.url_safety import Target

HANGS = 2.0
"""Seconds for which a server that does not answer keeps its peer waiting."""

PATIENCE = 0.3
"""Seconds that the watching process waits for a whole answer, in place of its thirty: the day is to be short."""

HOOK = "/hook"
"""Path at which the day's server takes what webhooks post."""

SEEN = "203.0.114.7"
"""A public address under which every host of the day is found; nothing is ever sent there."""


class Clock:
    """The day's clock, shared by the processes of one day; it stands still unless it is moved."""

    def __init__(self, at: datetime) -> None:
        self._value: Any = RawValue("d", at.timestamp())

    def __call__(self) -> datetime:
        """Return the time, UTC."""
        return datetime.fromtimestamp(self._value.value, UTC)

    def sleep(self, seconds: float) -> None:
        """Let time pass, at once."""
        self._value.value += seconds

    def move(self, at: datetime) -> None:
        """Let it be a moment, if that is later."""
        self._value.value = max(self._value.value, at.timestamp())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, day: Day, clock: Clock, log: Path, door: socket.socket) -> None:
        super().__init__(door.getsockname(), _Answer, bind_and_activate=False)
        self.socket.close()
        self.socket = door
        self.day, self.clock = day, clock
        self.log = log.open("a", buffering=1, encoding="utf-8")
        self.feeds = {feed.address: feed for feed in day.feeds.values()}


class _Answer(BaseHTTPRequestHandler):
    """Answers for every host of the day. What it answers is written down, a line for each request."""

    server: _Server

    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").rpartition(":")[0]
        address = f"http://{host}{self.path}"
        now = self.server.clock()
        if self.path == "/robots.txt":
            self._say(address, now, 404)
            return
        day = self.server.day
        moved = day.moved.get(address)
        own = moved or address
        feed, report = self.server.feeds.get(own), day.by_address.get(own)
        faults = feed.faults if feed is not None else report.faults if report is not None else ()
        fault = next((item for item in faults if item.begins <= now < item.ends), None)
        if moved is not None and fault is not None and fault.to_address is not None:
            fault = None
        if fault is not None:
            time.sleep(fault.slow)
        if fault is not None and fault.answer is not None and self._fails(address, now, fault):
            return
        if feed is not None:
            self._tell(address, now, *feed_of(day, feed, now), fault)
        elif report is not None and report.at <= now:
            self._tell(address, now, "text/html; charset=utf-8", page_of(report, now), None)
        elif (part := self._part(host)) is not None:
            self._tell(address, now, *part_of(day, part, int(self.path[6:-4]), now), None)
        else:
            self._say(address, now, 404)

    def _part(self, host: str) -> RecordedFeed | None:
        if self.path not in {"/part/1.xml", "/part/2.xml"}:
            return None
        return self.server.feeds.get(f"http://{host}/sitemap.xml")

    def _fails(self, address: str, now: datetime, fault: Fault) -> bool:
        """Answer as a fault has it; say whether that was all."""
        if fault.answer == "hang":
            self._note(address, now, "hang")
            time.sleep(HANGS)
            self.close_connection = True
            return True
        if not isinstance(fault.answer, int):
            return False
        more = {}
        if fault.to_address is not None:
            more["Location"] = fault.to_address
        if fault.retry_after is not None:
            more["Retry-After"] = str(fault.retry_after)
        self._say(address, now, fault.answer, **more)
        return True

    def _tell(
        self, address: str, now: datetime, kind: str, body: bytes, fault: Fault | None
    ) -> None:
        """Answer with a feed or a page, whole unless it is broken for now; with 304 where its reader has it."""
        broken = None if fault is None else fault.answer
        if broken == "garbage":
            body = b"<html><body>The newsroom is moving. Please come back later.</body></html>"
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if broken == "cut":  # under the mark of the whole: whoever keeps it never sees the rest
            body = body[: body.rfind(b"<item>") + 40]
        if self.headers["If-None-Match"] == etag:
            self._say(address, now, 304, ETag=etag)
            return
        self._note(address, now, 200)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        now = self.server.clock()
        hour = (now - self.server.day.starts) // timedelta(hours=1)
        status = 503 if hour in {7, 12} else 200
        keys = [row["key"] for row in body["alerts"]]
        self._note(HOOK, now, status, id=self.headers["Idempotency-Key"], keys=keys)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, address: str, now: datetime, status: int, **headers: str) -> None:
        self._note(address, now, status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _note(self, address: str, now: datetime, status: int | str, **more: object) -> None:
        row = {"at": now.isoformat(), "address": address, "status": status, **more}
        self.server.log.write(f"{json.dumps(row)}\n")

    def log_message(self, *args: object) -> None:
        del args


@contextmanager
def serving(day: Day, clock: Clock, log: Path) -> Iterator[int]:
    """Serve a day in a process of its own; give its port.

    Args:
        day: What is served.
        clock: The moment of it.
        log: A file for what was asked: JSON lines.
    """
    door = socket.create_server(("127.0.0.1", 0), backlog=64)

    def serve() -> None:
        _Server(day, clock, log, door).serve_forever()

    process = multiprocessing.get_context("fork").Process(target=serve, daemon=True)
    process.start()
    try:
        yield int(door.getsockname()[1])
    finally:
        process.kill()
        process.join()
        door.close()


def reach(port: int) -> tuple[Poller, Fetcher]:
    """Return what asks for feeds and pages: all that ``counterclaim watch`` does, and only the last step goes to loopback."""

    def resolve(host: str, _: int) -> Sequence[str]:
        if not host.endswith(".example"):
            raise OSError(f"no such host: {host}")
        return (SEEN,)

    def send(target: Target, ip: str, headers: Any, limit: int) -> Reply:
        assert ip == SEEN
        return http_client.send(replace(target, port=port), "127.0.0.1", headers, limit)

    return make_poller(resolve=resolve, send=send), make_fetcher(resolve=resolve, send=send)
