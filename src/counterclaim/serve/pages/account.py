"""Account: one's own second factor and tokens."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.factors import address_of, new_factor, step_of
from counterclaim.records.people import SCOPES
from counterclaim.serve.people import current_person, logins_of
from counterclaim.serve.people.auth_middleware import visit_of
from counterclaim.serve.rendering import render
from counterclaim.serve.request_params import LedgerAsked

router = APIRouter()

Field = Annotated[str, Form(max_length=2_000)]


@router.get("/account", response_class=HTMLResponse)
def account_page(request: Request, ledger: LedgerAsked) -> HTMLResponse:
    """Show one's own account: password, second factor, tokens."""
    return _page(request, ledger)


def _page(
    request: Request,
    ledger: LedgerAsked,
    wrong: str = "",
    status: int = 200,
    *,
    factor: str = "",
    token: str = "",
) -> HTMLResponse:
    person = current_person(request)
    if not request.app.state.settings.team or person.shared:
        raise HTTPException(404, "this workbench has no accounts: start it with serve --team")
    cards = [card for card in ledger.people.accounts() if card.name == person.name]
    return render(
        request,
        "account.html",
        status_code=status,
        card=cards[0],
        tokens=ledger.people.tokens_of(person.name),
        scopes=SCOPES,
        factor=factor or new_factor(),
        address=address_of(factor, person.name) if factor else "",
        begun=bool(factor),
        token=token,
        wrong=wrong,
    )


@router.post("/account", response_class=HTMLResponse)
def change_account(
    request: Request,
    ledger: LedgerAsked,
    *,
    action: Field = "",
    password: Field = "",
    code: Field = "",
    factor: Field = "",
    label: Field = "",
    scope: Field = "read",
    days: Annotated[int, Form(ge=1, le=366)] = 30,
    mark: Field = "",
) -> Response:
    """Set or take off the second factor, make or end a token."""
    person, people = current_person(request), ledger.people
    origin = visit_of(request).origin
    try:
        if action == "begin":
            return _page(request, ledger, factor=new_factor())
        if action == "end-token":
            people.end_token(person.name, mark)
            return RedirectResponse("/account", 303)
        if action == "token":
            opened = people.make_token(person.name, timedelta(days=days), label, scope)
            people.note(person.name, "token", label or scope, scope, origin)
            return _page(request, ledger, token=opened.token)
        _check_action(action)
        _check_self(request, ledger, password, code if action == "no-factor" else "")
        if action == "factor":
            _set_factor(ledger, person.name, factor, code)
        else:
            people.change(person.name, factor="", by=person.name)
    except PeopleError as error:
        begun = factor if action == "factor" else ""
        return _page(request, ledger, str(error), 400, factor=begun)
    people.note(person.name, f"account: {action}", person.name, "done", origin)
    visit_of(request).end()
    return RedirectResponse("/login", 303)


def _check_action(action: str) -> None:
    if action not in {"factor", "no-factor"}:
        raise PeopleError(f"{action[:40]!r} is nothing that can be done to an account")


def _check_self(request: Request, ledger: LedgerAsked, password: str, code: str) -> None:
    """Pass if it is the account's own person who asks."""
    name, origin = current_person(request).name, visit_of(request).origin
    if logins_of(request).wait(name, origin):
        raise PeopleError("too many attempts: wait a few minutes")
    opened = ledger.people.log_in(name, password, timedelta(minutes=1), code)
    if opened is None:
        raise PeopleError("the password, or the code, is not this")
    ledger.people.log_out(opened.token)


def _set_factor(ledger: LedgerAsked, name: str, factor: str, code: str) -> None:
    try:
        step = step_of(factor, code, ledger.people.now())
    except ValueError:
        step = None
    if step is None or len(factor) != len(new_factor()):
        raise PeopleError("this is not the code that the app shows now: type the six digits again")
    ledger.people.change(name, factor=factor, by=name)
