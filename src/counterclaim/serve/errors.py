"""Errors: each becomes a page that says what happened and what to do."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from counterclaim.errors import CounterclaimError
from counterclaim.ingest.files import TEXT_LIMIT
from counterclaim.ledger.errors import (
    BusyError,
    FullError,
    StorageError,
    UnknownRowError,
    UnreachableError,
    WithdrawnError,
)
from counterclaim.serve.problem_json import problem
from counterclaim.serve.rendering import render

STATUS: dict[type[CounterclaimError], int] = {
    UnknownRowError: 404,
    WithdrawnError: 410,
    BusyError: 503,
    UnreachableError: 503,
    StorageError: 500,
    FullError: 507,
}
"""Errors whose status is not 400: the input was fine, and something else was not."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

NAMES = {400: "This cannot be done", 413: "Too large", 422: "Not understood"}
"""Headings of error pages where the protocol's own phrase says less."""

WHAT_TO_DO = {
    403: "Your role does not allow this. Ask an admin, or go back to what you may read.",
    404: "Nothing is here. Look for it by search, or begin at Today.",
    405: "This address is read, not written to. Go back and use the form.",
    410: "Nothing of it counts any more, in any status, account or total. An analyst can bring it back.",
    413: f"Add one report at a time: a text of up to {TEXT_LIMIT:,} characters, or a file. Nothing was stored. "
    "A folder or an archive of many reports goes in from the command line: counterclaim add PATH",
    500: "This is a fault of ours, and nothing was written. The server's log has the details.",
}


class ForbiddenError(CounterclaimError):
    """The person's role does not allow it."""


class RequestTooLargeError(CounterclaimError):
    """More was sent than is taken."""


STATUS |= {ForbiddenError: 403, RequestTooLargeError: 413}


def install_errors(app: FastAPI) -> None:
    """Answer every error with a page, or with JSON under ``/api``."""

    @app.exception_handler(CounterclaimError)
    def mendable(request: Request, error: CounterclaimError) -> Response:
        return _answer(request, STATUS.get(type(error), 400), str(error))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        path = request.scope["path"]
        if error.status_code == 404 and request.method in {"GET", "HEAD"} and path.endswith("/"):
            return _without_slash(request, path)
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_allowed(request))
        return _answer(request, error.status_code, str(error.detail), headers)

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> Response:
        return _answer(request, 422, "; ".join(_told(item) for item in error.errors()))

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        del error
        return _answer(request, 500, "Something went wrong while this page was made.")


def _without_slash(request: Request, path: str) -> Response:
    """Send whoever ends an address with a slash to the one without: on this host, whatever it was called by."""
    query = request.scope["query_string"].decode("latin-1")
    where = "/" + quote(path.strip("/"), safe="/")
    return RedirectResponse(f"{where}?{query}" if query else where, 307)


def _allowed(request: Request) -> list[str]:
    """Name the methods of an address: all of them, though each may have a route of its own."""
    found = {
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    }
    return [item for item in METHODS if item in found or (item == "HEAD" and "GET" in found)]


def _told(item: dict[str, object]) -> str:
    place = item.get("loc")
    where = ".".join(map(str, place[1:])) if isinstance(place, (tuple, list)) else ""
    return f"{where}: {item.get('msg')}"


def _answer(
    request: Request, status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a problem or a page; ``headers`` are those the status asks for, as ``Allow`` at 405."""
    answer: Response
    if request.scope["path"].startswith("/api/"):
        answer = problem(status, message, request.scope["path"])
    else:
        answer = render(
            request,
            "error.html",
            status=status,
            phrase=NAMES.get(status) or HTTPStatus(status).phrase,
            message=message,
            advice=WHAT_TO_DO.get(status, "Mend what the line above names, and try again."),
            status_code=status,
        )
    answer.headers.update(headers or {})
    return answer
