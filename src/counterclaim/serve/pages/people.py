"""People: logging in and out, accounts."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.people import LedgerPeople
from counterclaim.records.people import ROLES, WorkbenchUser
from counterclaim.serve.people import current_person, logins_of, require
from counterclaim.serve.people.auth_middleware import visit_of
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.serve.settings import Settings

router = APIRouter()

Admin = Annotated[WorkbenchUser, Depends(require("admin"))]
Field = Annotated[str, Form(max_length=2_000)]


WRONG = "Name and password do not belong together, or the account asks for a code as well."
"""What a refused login is told: never which of them was wrong."""


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def local_target(words: str) -> str:
    """Return an address to go on to, if it is one of ours; else the first page."""
    is_ours = words.startswith("/") and not words.startswith(("//", "/\\")) and words.isprintable()
    return words if is_ours and "\\" not in words else "/"


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, next: str = "/", joined: str = "") -> Response:  # noqa: A002 - the address says so
    """Show the form to log in."""
    if not _settings(request).team or current_person(request).name:
        return RedirectResponse(local_target(next), 303)
    return render(
        request, "login.html", next=local_target(next), wrong="", name="", joined=bool(joined)
    )


@router.post("/login", response_class=HTMLResponse)
def log_in(
    request: Request,
    ledger: LedgerAsked,
    name: Field = "",
    password: Field = "",
    code: Field = "",
    next: Field = "/",  # noqa: A002 - the form says so
) -> Response:
    """Begin a session, if name and password belong together."""
    if not _settings(request).team:
        raise HTTPException(404, "this workbench has no accounts")
    logins = logins_of(request)
    origin = visit_of(request).origin
    wait = logins.wait(name, origin)
    if wait:
        wrong = f"Too many attempts: wait {wait // 60 + 1} minutes, then try again."
        answer = _again(request, name, next, wrong, 429)
        answer.headers["retry-after"] = str(wait)
        return answer
    lasts = timedelta(hours=_settings(request).session_hours)
    opened = ledger.people.log_in(name, password, lasts, code)
    ledger.people.note(name, "log in", "session", "refused" if opened is None else "begun", origin)
    if opened is None:
        wrong = "Name, password and code do not belong together." if code else WRONG
        return _again(request, name, next, wrong, 401)
    logins.succeeded(name, origin)
    visit_of(request).begin(opened.token, int(lasts.total_seconds()))
    must = any(card.name == name and card.must_change for card in ledger.people.accounts())
    return RedirectResponse("/password" if must else local_target(next), 303)


def _again(request: Request, name: str, target: str, wrong: str, code: int) -> HTMLResponse:
    return render(
        request,
        "login.html",
        status_code=code,
        next=local_target(target),
        wrong=wrong,
        name=name,
        joined=False,
    )


@router.post("/logout")
def log_out(request: Request, ledger: LedgerAsked) -> Response:
    """End the session."""
    visit = visit_of(request)
    if visit.session is not None:
        ledger.people.log_out(visit.session)
        visit.end()
    return RedirectResponse("/login", 303)


@router.get("/password", response_class=HTMLResponse)
def password_page(request: Request) -> Response:
    """Show the form to change one's own password."""
    _check_team(request)
    return render(request, "password.html", wrong="")


@router.post("/password", response_class=HTMLResponse)
def change_password(
    request: Request, ledger: LedgerAsked, password: Field = "", new: Field = "", code: Field = ""
) -> Response:
    """Change one's own password; all sessions end."""
    _check_team(request)
    person, origin = current_person(request), visit_of(request).origin
    logins = logins_of(request)
    if logins.wait(person.name, origin):
        return render(
            request, "password.html", status_code=429, wrong="Too many attempts: wait a while."
        )
    opened = ledger.people.log_in(person.name, password, timedelta(minutes=1), code)
    if opened is None:
        return render(
            request,
            "password.html",
            status_code=403,
            wrong="The old password, or the code, is not this.",
        )
    try:
        _check_new(password, new)
        ledger.people.change(person.name, password=new, by=person.name)
    except PeopleError as error:
        ledger.people.log_out(opened.token)
        return render(request, "password.html", status_code=400, wrong=str(error))
    visit_of(request).end()
    return RedirectResponse("/login", 303)


def _check_new(old: str, new: str) -> None:
    if new == old:
        raise PeopleError("the new password is the old one: choose another")


def _check_sure(action: str, name: str, sure: str) -> None:
    if action == "close" and sure != "yes":
        raise PeopleError(f"say that you are sure, then {name}'s account is closed")


def _check_team(request: Request) -> None:
    if not _settings(request).team:
        raise HTTPException(404, "this workbench has no accounts: start it with serve --team")


@router.get("/people", response_class=HTMLResponse)
def people_page(request: Request, ledger: LedgerAsked, admin: Admin) -> Response:
    """List accounts, with the forms that change them."""
    del admin
    _check_team(request)
    return _people(request, ledger, "", 200)


def _people(
    request: Request, ledger: LedgerAsked, wrong: str, code: int, made: str = "", what: str = ""
) -> HTMLResponse:
    return render(
        request,
        "people.html",
        status_code=code,
        accounts=ledger.people.accounts(),
        tickets=ledger.tickets.standing(),
        roles=ROLES,
        wrong=wrong,
        made=made,
        what=what,
    )


@router.post("/people", response_class=HTMLResponse)
def change_people(
    request: Request,
    ledger: LedgerAsked,
    admin: Admin,
    *,
    action: Field = "",
    name: Field = "",
    role: Field = "",
    password: Field = "",
    days: Annotated[int, Form(ge=1, le=366)] = 7,
    path: Field = "",
    sure: Field = "",
) -> Response:
    """Open, change, close or reopen an account."""
    _check_team(request)
    people, by = ledger.people, admin.name
    try:
        if action in TICKETS:
            made = _ticket(ledger, action, name, role=role, days=days, path=path, by=by)
            people.note(
                by, f"link: {action}", name or path, f"{days} days", visit_of(request).origin
            )
            address = f"{str(request.base_url).rstrip('/')}/{made}"
            return _people(request, ledger, "", 200, address, TICKETS[action])
        _check_sure(action, name, sure)
        if action == "end":
            ledger.tickets.end(name)
            people.note(by, "link: end", name[:12], "done", visit_of(request).origin)
            return RedirectResponse("/people", 303)
        _change(people, action, name, role=role, password=password, by=by)
    except PeopleError as error:
        return _people(request, ledger, str(error), 400)
    people.note(by, f"account: {action}", name, role or "done", visit_of(request).origin)
    return RedirectResponse("/people", 303)


TICKETS = {
    "invite": "Give it to whom you invite: it opens one account.",
    "recover": "Give it to the person: it sets a new password, once, and takes the second factor off.",
    "share": "Whoever has it may read this page, and nothing else, until it ends.",
}
"""Links that an admin makes, and what is said beside them."""


def _ticket(
    ledger: Ledger, action: str, name: str, *, role: str, days: int, path: str, by: str
) -> str:
    """Make a link; return its path."""
    lasts = timedelta(days=days)
    if action == "share":
        where = local_target(path.strip()) if path.strip() != "/" else "/"
        if where == "/" and path.strip() != "/":
            raise PeopleError("write the address of the page that is shared: /incidents/i-...")
        token = ledger.tickets.make(
            "share", by=by, lasts=lasts, name=name, path=where.partition("?")[0]
        )
        return f"shared/{token}"
    if action == "recover":
        return "join/" + ledger.tickets.make("recover", by=by, lasts=lasts, name=name)
    if role not in ROLES:
        raise PeopleError(f"role {role[:40]!r} is unknown: choose one of {', '.join(ROLES)}")
    token = ledger.tickets.make("join", by=by, lasts=lasts, name=name.strip(), role=role)
    return f"join/{token}"


def _change(
    people: LedgerPeople, action: str, name: str, *, role: str, password: str, by: str
) -> None:
    match action:
        case "add":
            people.add(name, role, password, by=by, must_change=True)
        case "role":
            people.change(name, role=role, by=by)
        case "password":
            people.change(name, password=password, by=by, must_change=name != by)
        case "close" | "open":
            people.change(name, is_open=action == "open", by=by)
        case _:
            raise PeopleError(f"{action[:40]!r} is nothing that can be done to an account")
