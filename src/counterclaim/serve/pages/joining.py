"""Joining: links by which somebody opens an account, sets a new password, or reads one page."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from counterclaim.ledger.errors import PeopleError
from counterclaim.serve.people import logins_of
from counterclaim.serve.people.auth_middleware import visit_of
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter()

Field = Annotated[str, Form(max_length=2_000)]

GONE = "This link holds no more, or never did: ask for a new one."


def _check_team(request: Request) -> None:
    if not request.app.state.settings.team:
        raise HTTPException(404, "this workbench has no accounts")


@router.get("/join/{token}", response_class=HTMLResponse)
def join_page(request: Request, ledger: LedgerAsked, token: str) -> HTMLResponse:
    """Show the form to open an account, or to set a new password."""
    _check_team(request)
    return _page(request, ledger, token, "", "", 200)


def _page(
    request: Request, ledger: LedgerAsked, token: str, name: str, wrong: str, status: int
) -> HTMLResponse:
    ticket = ledger.tickets.find(token, "join") or ledger.tickets.find(token, "recover")
    if ticket is None:
        raise HTTPException(404, GONE)
    return render(
        request, "join.html", status_code=status, ticket=ticket, token=token, name=name, wrong=wrong
    )


@router.post("/join/{token}", response_class=HTMLResponse)
def join(
    request: Request, ledger: LedgerAsked, token: str, name: Field = "", password: Field = ""
) -> Response:
    """Open the account, or set the password; the link then holds no more."""
    _check_team(request)
    origin = visit_of(request).origin
    if logins_of(request).wait("join", origin):
        return _page(request, ledger, token, name, "Too many attempts: wait a few minutes.", 429)
    try:
        done = ledger.tickets.use(token, name=name.strip(), password=password)
    except PeopleError as error:
        return _page(request, ledger, token, name, str(error), 400)
    logins_of(request).succeeded("join", origin)
    ledger.people.note(done, "join by link", "account", "done", origin)
    return RedirectResponse("/login?joined=yes", 303)


@router.get("/shared/{token}")
def shared(request: Request, ledger: LedgerAsked, token: str) -> Response:
    """Let a visitor with a share link read the page that it is for."""
    _check_team(request)
    ticket = ledger.tickets.find(token, "share")
    if ticket is None:
        raise HTTPException(404, GONE)
    left = int((ticket.ends_at - datetime.now(UTC)).total_seconds())
    visit_of(request).show(token, max(1, left))
    return RedirectResponse(ticket.path, 303)
