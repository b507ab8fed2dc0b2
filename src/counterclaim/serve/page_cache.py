"""Kept pages: what many read at once is made once, and made anew when the ledger has grown.

A page is kept for a role, or for a link by which visitors read it, with slots where the reader's name and form token
stand. Many who ask at once for a page that is not there wait for one making of it. What a person decides there (reviews, drafts, people) is never kept.
"""

import asyncio
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.serve.people.auth_middleware import SAFE, GuardedRequest, visit_of

PAGES = frozenset(
    "/incidents /acts /casualties /ceasefires /positions /timeline /map /sources /actors /imports /search /method".split()
)
"""Pages whose words depend on the ledger, the address, the day and the role (or the link that lets a visitor in) alone.

Today is none of them: it tells what moved since the reader's own last visit.
"""

UNDER = ("/incidents/", "/sources/", "/actors/", "/imports/")
"""Beginnings of addresses of such pages."""

MOST_BYTES = 48 * 1024 * 1024
"""Bytes of all pages kept; the one used longest ago goes first."""

LARGEST = 2 * 1024 * 1024
"""Bytes of one page that is kept."""

FRESH = 1.0
"""Seconds for which the ledger is taken to be as it was; who writes here sees at once what was written."""


Key = tuple[str, str, str, str, date, int]


@dataclass(frozen=True, slots=True)
class _Page:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(slots=True)
class _Answer:
    """What the app answers, gathered."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self.body += message.get("body", b"")


class PageShelf:
    """The pages that are kept."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key) -> _Page | None:
        """Return a page that is kept."""
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: _Page) -> None:
        """Keep a page."""
        self._pages[key] = page
        self._bytes += len(page.body)
        while self._bytes > MOST_BYTES:
            _, gone = self._pages.popitem(last=False)
            self._bytes -= len(gone.body)

    def forget(self) -> None:
        """Let go of all of them."""
        self._pages.clear()
        self._bytes = 0


class KeptPages:
    """Middleware inside the guard: who asks is known, and may."""

    def __init__(self, app: ASGIApp, shelf: PageShelf) -> None:
        """Wrap an app.

        Args:
            app: Which.
            shelf: Where pages are kept.
        """
        self._app = app
        self._shelf = shelf
        self._making: dict[Key, asyncio.Future[_Page | None]] = {}
        self._head = -1
        self._head_at = float("-inf")
        self._wrote: dict[str, float] = {}
        self._name = f"name{secrets.token_hex(24)}"
        self._token = f"form{secrets.token_hex(24)}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page that is kept, or pass the request on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_kept(scope["path"]):
            try:
                await self._app(scope, receive, send)
            finally:
                if scope["type"] == "http" and scope["method"] not in SAFE:
                    self._wrote[visit_of(Request(scope)).person.name] = time.monotonic()
            return
        visit = visit_of(Request(scope))
        key = await self._key(scope, visit)
        page = self._shelf.get(key)
        if page is None:
            page = await self._make(key, scope, receive, send, visit)
        if page is not None:
            await _send(page, self._filled(page, visit), send)

    async def _key(self, scope: Scope, visit: GuardedRequest) -> Key:
        now = time.monotonic()
        wrote = self._wrote.pop(visit.person.name, float("-inf"))
        if now - self._head_at > FRESH or self._head_at <= wrote:
            self._head = await run_in_threadpool(scope["app"].state.ledger.last_posting)
            self._head_at = now
        query = scope["query_string"].decode("latin-1")
        person, today = visit.person, datetime.now(UTC).date()
        return scope["path"], query, person.role, person.shared, today, self._head

    async def _make(
        self, key: Key, scope: Scope, receive: Receive, send: Send, visit: GuardedRequest
    ) -> _Page | None:
        """Make a page, or wait for who makes it; None where the answer was sent already, for it is not kept."""
        making = self._making.get(key)
        # A future can be awaited by its own loop alone, and an app may serve several.
        if making is not None and making.get_loop() is asyncio.get_running_loop():
            page = await asyncio.shield(making)
            if page is not None:
                return page
            await self._app(scope, receive, send)
            return None
        making = self._making[key] = asyncio.get_running_loop().create_future()
        page = None
        try:
            answer = await self._ask(scope, receive, visit)
            if _can_be_kept(answer):
                page = _Page(tuple(answer.headers), bytes(answer.body))
                self._shelf.put(key, page)
                return page
            body = self._filled(_Page((), bytes(answer.body)), visit)
            await _send(_Page(tuple(answer.headers), body), body, send, answer.status)
            return None
        finally:
            if self._making.get(key) is making:
                del self._making[key]
            making.set_result(page)

    async def _ask(self, scope: Scope, receive: Receive, visit: GuardedRequest) -> _Answer:
        """Have the app answer somebody of the same role, whose name and token are slots."""
        answer, person = _Answer(), visit.person
        visit.person, visit.slot = replace(person, name=self._name), self._token
        try:
            await self._app(scope, receive, answer.take)
        finally:
            visit.person, visit.slot = person, None
        return answer

    def _filled(self, page: _Page, visit: GuardedRequest) -> bytes:
        """Put the reader's name and token where their slots are."""
        body = page.body.replace(self._name.encode(), str(escape(visit.person.name)).encode())
        slot = self._token.encode()
        return body.replace(slot, visit.token().encode()) if slot in body else body


def _is_kept(path: str) -> bool:
    return path in PAGES or path.startswith(UNDER)


def _can_be_kept(answer: _Answer) -> bool:
    headers = dict(answer.headers)
    return (
        answer.status == 200
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and b"set-cookie" not in headers
        and len(answer.body) <= LARGEST
    )


async def _send(page: _Page, body: bytes, send: Send, status: int = 200) -> None:
    headers = [(name, value) for name, value in page.headers if name != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
