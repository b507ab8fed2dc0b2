"""People: who is at the workbench, what they may do, and what is written down of it."""

from collections.abc import Callable

from counterclaim.serve.settings import Settings
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException

from counterclaim.records.people import Person, Role
from counterclaim.serve.people.guard import Guard, visit_of

__all__ = ["Person", "Role", "csrf_token", "current_person", "install_people", "require"]


def install_people(app: FastAPI, settings: Settings) -> None:
    """Put the guard around the app: sessions, roles, form tokens, limits, headers, the audit log."""
    app.add_middleware(Guard, settings=settings)


def current_person(request: Request) -> Person:
    """Say who asks; of a visitor who has not logged in, nobody: an empty name."""
    return visit_of(request).person


def csrf_token(request: Request) -> str:
    """Give the token that a form of this person must carry, as the field ``csrf_token``."""
    return visit_of(request).token()


def require(role: Role) -> Callable[[Request], Person]:
    """Make a dependency that lets only a role, or one above it, in.

    Args:
        role: The least that will do.
    """

    def check(request: Request) -> Person:
        person = current_person(request)
        if not person.may(role):
            raise HTTPException(403, f"this needs the role {role}; yours is {person.role}")
        return person

    return check
