"""Connections: none is held for ever by somebody who sends half a request, and there are never more than can be held."""

import asyncio
import sys
from contextlib import suppress
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEAD_SECONDS = 15.0
"""A request's line and headers are there by then: they come in one packet or two."""

MOST_CONNECTIONS = 500
"""At once. A team of fifty with six each has 300; usual systems let a process hold 1,024 files."""

MOST_HEAD = 32 * 1024
"""Bytes of a request's line and headers."""

BODY_SECONDS = 120.0
"""A body is there by then: 20 MB over a line of 170 KB a second."""

FEWEST_FILES = 4 * MOST_CONNECTIONS
"""Open files asked of the system, so that connections never use them up."""


class Connection(H11Protocol):
    """One connection. While it waits for a request it can be closed: the longest waiting first, where there are too many."""

    open: ClassVar[set["Connection"]] = set()
    waiting: ClassVar[dict["Connection", asyncio.TimerHandle]] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Begin to wait for a request; make room where there is none."""
        super().connection_made(transport)
        self.open.add(self)
        self._wait()
        if len(self.open) > MOST_CONNECTIONS:
            next(iter(self.waiting)).hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.open.discard(self)
        self._met()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Stop the clock once the headers are there."""
        super().handle_events()
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        if cycle is not None and not cycle.response_complete:
            self._met()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._wait()
        super().on_response_complete()

    def hang_up(self) -> None:
        """Close without a word: whoever sends no request reads no answer."""
        self._met()
        self.open.discard(self)
        self.transport.abort()

    def _wait(self) -> None:
        self._met()
        self.waiting[self] = self.loop.call_later(HEAD_SECONDS, self.hang_up)

    def _met(self) -> None:
        timer = self.waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


def settings_of_server() -> dict[str, Any]:
    """Return what the server is told of connections."""
    return {
        "http": Connection,
        "h11_max_incomplete_event_size": MOST_HEAD,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 10,
    }


def ask_for_files() -> None:
    """Ask the system for as many open files as connections may need."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < FEWEST_FILES:
        most = FEWEST_FILES if hard == resource.RLIM_INFINITY else min(FEWEST_FILES, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
