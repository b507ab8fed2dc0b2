"""People: who may use a shared workbench, as what, and what they did there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Role = Literal["reader", "analyst", "admin"]
"""What a person may do: read; read, add and judge; and also look after people."""

ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the workbench."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Say whether the person may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """An account as it stands. Its secret never leaves the ledger."""

    name: str
    role: Role
    is_open: bool
    """False once it was closed: nobody can log in with it, and its name is not given again."""
    changed_at: datetime
    """UTC."""
    changed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One thing that somebody did or tried."""

    number: int
    at: datetime
    """UTC."""
    name: str
    """Who; empty where nobody was logged in."""
    action: str
    subject: str
    outcome: str
    origin: str
    """Network address it came from; ``command line`` for commands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """A session just opened. The token is shown once and kept only as a hash."""

    token: str
    person: Person
    ends_at: datetime
