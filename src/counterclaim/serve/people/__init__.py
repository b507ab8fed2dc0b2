"""People: who is at the workbench, what they may do, and what is written down of it."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException

from counterclaim.errors import CounterclaimError
from counterclaim.records.people import Role, WorkbenchUser
from counterclaim.serve.people.auth_middleware import Guard, visit_of
from counterclaim.serve.people.login_throttle import Logins
from counterclaim.serve.settings import Settings

__all__ = [
    "Role",
    "WorkbenchUser",
    "csrf_token",
    "current_person",
    "install_people",
    "logins_of",
    "require",
]


class NoAdminError(CounterclaimError):
    """A shared workbench has no account that could make others."""

    def __init__(self) -> None:
        super().__init__(
            "there is no admin yet; make one first: counterclaim people add NAME --role admin"
        )


def install_people(app: FastAPI, settings: Settings) -> None:
    """Put the guard around the app: sessions, roles, form tokens, limits, headers, the audit log.

    Raises:
        NoAdminError: If people shall log in and nobody could let them.
    """
    if settings.team and not any(
        card.is_open and card.role == "admin" for card in app.state.ledger.people.accounts()
    ):
        raise NoAdminError
    app.state.logins = Logins()
    app.add_middleware(Guard, settings=settings)


def current_person(request: Request) -> WorkbenchUser:
    """Say who asks; of a visitor who has not logged in, nobody: an empty name."""
    return visit_of(request).person


def csrf_token(request: Request) -> str:
    """Return the token that a form of this person must carry, as the field ``csrf_token``."""
    return visit_of(request).token()


def logins_of(request: Request) -> Logins:
    """Return the limits of logging in."""
    logins: Logins = request.app.state.logins
    return logins


def require(role: Role) -> Callable[[Request], WorkbenchUser]:
    """Make a dependency that lets only a role, or one above it, in.

    Args:
        role: The least that will do.
    """

    def check(request: Request) -> WorkbenchUser:
        person = current_person(request)
        if not person.may(role):
            raise HTTPException(403, f"this needs the role {role}; yours is {person.role}")
        return person

    return check
