"""Auth middleware: stands before every page and lets in who may come, with what they may bring."""

import asyncio
import ipaddress
import logging
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.records.people import WorkbenchUser
from counterclaim.serve.connections import BODY_SECONDS
from counterclaim.serve.people.headers import allow, secure
from counterclaim.serve.people.hosts import own_names, read_host
from counterclaim.serve.people.rate_limit import Limiter
from counterclaim.serve.people.tokens import (
    FIELD,
    FORM,
    HEADER,
    SESSION,
    SHARE,
    form_token,
    is_form_token,
    new_key,
    read_cookie,
    write_cookie,
)
from counterclaim.serve.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = ("/login", "/static/", "/healthz", "/join/", "/shared/")
"""Addresses that need no session."""

OWN = ("/login", "/logout", "/password", "/account")
"""Addresses to which also a reader may write."""

UNCHANGED = ("/password", "/logout", "/login", "/static/")
"""Addresses that are open to somebody who must change a password first."""

SCOPED = {"read": (), "judge": ("/api/v1/judgements",), "add": ("/api/v1/documents",)}
"""Addresses to which a token of a scope may write."""

FORM_BYTES = 256 * 1024
"""Largest body of a form that uploads nothing. Unit: bytes."""

WRITES_A_MINUTE = 240
"""Writing requests of one person in a minute; a fast reviewer makes one a second."""

NOBODY = WorkbenchUser("", "reader")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AccessDeniedError(Exception):
    """A request that is not let in."""

    status: int
    why: str
    headers: tuple[tuple[str, str], ...] = ()


class Guard:
    """Middleware around the whole app."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Wrap an app."""
        self._app = app
        self._settings = settings
        self._writes = Limiter(WRITES_A_MINUTE, 60)
        self._names = own_names(settings.host, settings.sites, team=settings.team)

    @property
    def _elsewhere(self) -> str:
        if self._settings.team:
            return "this workbench answers under another name"
        return "this workbench has no accounts and answers on this machine only"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        visit = GuardedRequest(scope, self._settings)
        if visit.is_preflight:
            await Response(status_code=204)(scope, receive, visit.wrap(send))
            return
        try:
            await self._admit(visit)
            receive = await self._take(visit, receive)
        except (AccessDeniedError, CounterclaimError) as refused:
            await self._refuse(visit, refused, receive, send)
            return
        sent = visit.wrap(send)
        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            if not visit.status:
                await self._fault(visit, error, receive, sent)
            raise
        finally:
            await self._note(visit)

    async def _fault(
        self, visit: "GuardedRequest", error: Exception, receive: Receive, send: Send
    ) -> None:
        """Answer where the app failed, with our headers; the server then logs the error."""
        handler = visit.request.app.exception_handlers.get(Exception)
        if handler is not None:
            answer = await run_in_threadpool(handler, visit.request, error)
            await answer(visit.request.scope, receive, send)

    async def _admit(self, visit: "GuardedRequest") -> None:
        """Find out who asks, and whether they may ask at all."""
        request = visit.request
        raw = request.scope.get("raw_path") or b""
        if b"%00" in raw + request.scope["query_string"]:
            raise AccessDeniedError(400, "the address holds a NUL character")
        name = read_host(request.scope)
        if name is None:
            raise AccessDeniedError(400, "the Host header is no name")
        if self._names and name not in self._names:
            raise AccessDeniedError(421, self._elsewhere)
        if not self._settings.team:
            visit.person = WorkbenchUser(self._settings.person, "admin")
        else:
            await self._recognise(visit)
        is_open = visit.path.startswith(OPEN)
        if visit.person is NOBODY and not is_open:
            raise AccessDeniedError(401, "log in first")
        shared = visit.person.shared
        if shared and not is_open and not _is_under(visit.path, shared):
            raise AccessDeniedError(
                403, "the link you came with shows another page: ask for an account"
            )
        if visit.person.must_change and not visit.path.startswith(UNCHANGED):
            raise AccessDeniedError(428, "change your password first: somebody else set it")

    async def _recognise(self, visit: "GuardedRequest") -> None:
        people = self._ledger(visit).people
        scheme, _, token = visit.request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            person = await run_in_threadpool(people.whose, token.strip(), "token")
            visit.is_program = True
        elif visit.session is not None:
            person = await run_in_threadpool(people.whose, visit.session)
            if person is None:
                visit.session = None
        else:
            person = None
        if person is None and visit.share is not None:
            ticket = await run_in_threadpool(self._ledger(visit).tickets.find, visit.share, "share")
            if ticket is not None:
                person = WorkbenchUser(ticket.name or "shared link", "reader", shared=ticket.path)
        visit.person = person or NOBODY

    async def _take(self, visit: "GuardedRequest", receive: Receive) -> Receive:
        """Take the body of a request that writes, once it is small enough and proves to be ours."""
        request = visit.request
        if request.method in SAFE:
            return receive
        path = visit.path
        if visit.person is not NOBODY and not visit.person.may("analyst") and path not in OWN:
            raise AccessDeniedError(403, "a reader may not change anything")
        if visit.person.shared and not path.startswith(OPEN):
            raise AccessDeniedError(403, "a shared page is only read")
        scope = visit.person.scope
        if visit.is_program and scope and not path.startswith(SCOPED[scope] or ("\0",)):
            raise AccessDeniedError(403, f"this token may {scope} and not do this: make one for it")
        if not (visit.is_program and visit.crosses):
            _check_origin(request)
        key = visit.person.name or visit.origin
        wait = self._writes.wait(key)
        if wait:
            raise AccessDeniedError(
                429, "too many changes at once", (("retry-after", str(int(wait) + 1)),)
            )
        self._writes.count(key)
        most = FORM_BYTES
        if path.startswith(("/add", "/api/v1/documents")):
            most += self._settings.upload_bytes
        body = await _read(request, receive, most)
        if not visit.is_program:
            given = request.headers.get(HEADER) or await _field(request.scope, body)
            if not is_form_token(visit.key, given):
                raise AccessDeniedError(
                    403, "the form is not one of this session: go back, load the page again"
                )
        return _replay(body, receive)

    async def _refuse(
        self,
        visit: "GuardedRequest",
        refused: AccessDeniedError | CounterclaimError,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer in place of the app, in its own way of showing errors."""
        request = visit.request
        is_refused = isinstance(refused, AccessDeniedError)
        status = refused.status if isinstance(refused, AccessDeniedError) else 503
        why = refused.why if isinstance(refused, AccessDeniedError) else str(refused)
        answer: Response
        if status == 428 and not visit.path.startswith("/api/"):
            answer = RedirectResponse("/password", 303)
        elif status == 401 and not visit.path.startswith("/api/"):
            target = visit.path
            query = request.scope["query_string"].decode("latin-1")
            if request.method in SAFE and query:
                target += f"?{query}"
            answer = RedirectResponse(f"/login?next={quote(target, safe='/')}", 303)
        else:
            handler = request.app.exception_handlers.get(HTTPException)
            if handler is None:
                answer = Response(f"{why}\n", status, media_type="text/plain")
            else:
                answer = await run_in_threadpool(handler, request, HTTPException(status, why))
        if isinstance(refused, AccessDeniedError):
            answer.headers.update(dict(refused.headers))
        if status == 401:
            answer.headers["www-authenticate"] = "Bearer"
        await answer(request.scope, receive, visit.wrap(send))
        if is_refused:
            await self._note(visit)

    async def _note(self, visit: "GuardedRequest") -> None:
        """Write down what somebody changed or tried to."""
        request = visit.request
        if request.method in SAFE or visit.person is NOBODY or visit.path == "/login":
            return
        people = self._ledger(visit).people
        try:
            await run_in_threadpool(
                people.note,
                visit.person.name,
                request.method,
                visit.path,
                str(visit.status),
                visit.origin,
            )
        except CounterclaimError:
            _log.exception("an audit row could not be written")

    def _ledger(self, visit: "GuardedRequest") -> Ledger:
        ledger: Ledger = visit.request.app.state.ledger
        return ledger


class GuardedRequest:
    """One request, and what the guard learnt of it."""

    def __init__(self, scope: Scope, settings: Settings) -> None:
        self.request = Request(scope)
        self.https = settings.https or scope["scheme"] == "https"
        self.person = NOBODY
        self.is_program = False
        self.status = 0
        self.cookies: list[str] = []
        self._session = read_cookie(self.request, SESSION, https=self.https)
        origin = self.request.headers.get("origin", "")
        is_api = scope["path"].startswith("/api/")
        self.crosses = origin if is_api and origin in settings.cors else ""
        """The other site's origin, where it may ask."""
        self.is_preflight = bool(self.crosses) and self.request.method == "OPTIONS"
        self.share = read_cookie(self.request, SHARE, https=self.https)
        form_key = read_cookie(self.request, FORM, https=self.https)
        self._is_new = form_key is None
        self._form_key = form_key or new_key()
        self.form_used = False
        self.slot: str | None = None
        """Stands in a kept page for the form's token."""
        self.request.state.visit = self

    @property
    def session(self) -> str | None:
        """The session's token, as the browser sent it."""
        return self._session

    @session.setter
    def session(self, token: str | None) -> None:
        self._session = token

    @property
    def key(self) -> str:
        """What this browser's form tokens are made of."""
        return self._session or self._form_key

    @property
    def origin(self) -> str:
        """Network address of the other side."""
        return _network_address(self.request.client.host) if self.request.client else "unknown"

    @property
    def path(self) -> str:
        """The path that routes are found by: never one made of the Host header."""
        path: str = self.request.scope["path"]
        return path

    def token(self) -> str:
        """Return the token for a form, and remember that the browser needs the key to it."""
        if self.slot is not None:
            return self.slot
        self.form_used = True
        return form_token(self.key)

    def begin(self, token: str, seconds: int) -> None:
        """Have the answer begin a session."""
        self.cookies.append(write_cookie(SESSION, token, https=self.https, seconds=seconds))

    def show(self, token: str, seconds: int) -> None:
        """Have the answer let a visitor with a share link in."""
        self.cookies.append(write_cookie(SHARE, token, https=self.https, seconds=seconds))

    def end(self) -> None:
        """Have the answer end the session."""
        self.cookies.append(write_cookie(SESSION, "", https=self.https, seconds=0))

    def wrap(self, send: Send) -> Send:
        """Return a ``send`` that adds our headers and cookies."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                headers = MutableHeaders(scope=message)
                is_static = self.path.startswith("/static/")
                secure(headers, https=self.https, is_static=is_static)
                if self.crosses:
                    allow(headers, self.crosses)
                if self.form_used and self._is_new and self._session is None:
                    written = write_cookie(FORM, self._form_key, https=self.https, seconds=None)
                    headers.append("set-cookie", written)
                for cookie in self.cookies:
                    headers.append("set-cookie", cookie)
            await send(message)

        return sent


def _is_under(path: str, shared: str) -> bool:
    """Return whether a page is the one shared, or below it; of the first page all are below."""
    return shared in {"/", path} or path.startswith(f"{shared.rstrip('/')}/")


def _network_address(words: str) -> str:
    """Return an address as it is written down; a proxy may hand on any words for one."""
    try:
        return str(ipaddress.ip_address(words))
    except ValueError:
        return "unknown"


def visit_of(request: Request) -> GuardedRequest:
    """Return what the guard learnt of a request."""
    visit: GuardedRequest = request.state.visit
    return visit


def _check_origin(request: Request) -> None:
    """Refuse what another site's page sends, as the browser itself tells."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        raise AccessDeniedError(403, "the request comes from another site")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise AccessDeniedError(403, "the request comes from another site")


def _too_much(most: int) -> str:
    return f"more was sent than is taken here: {most:,} bytes at most"


async def _read(request: Request, receive: Receive, most: int) -> bytes:
    """Read a body of limited size, whatever its headers say of it."""
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told[:12]) > most:
        raise AccessDeniedError(413, _too_much(most))
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise AccessDeniedError(400, "the request broke off")
                body += message.get("body", b"")
                if len(body) > most:
                    raise AccessDeniedError(413, _too_much(most))
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise AccessDeniedError(408, "the request took too long to come") from None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Pass the body to the app as if it had just come."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _field(scope: Scope, body: bytes) -> str | None:
    """Return the token in a form's body."""
    request = Request(scope)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind == "application/x-www-form-urlencoded":
        try:
            found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=1_000).get(FIELD)
        except ValueError:
            return None
        return found[0] if found else None
    if kind != "multipart/form-data":
        return None

    async def whole() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        async with Request(scope, whole).form(max_files=50, max_fields=200) as form:
            value = form.get(FIELD)
    except HTTPException as error:
        raise AccessDeniedError(400, "the form cannot be read") from error
    return value if isinstance(value, str) else None
