"""People: who may use a shared workbench, as what, and what they did there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Role = Literal["reader", "analyst", "admin"]
"""What a person may do: read; read, add and judge; and also look after people."""

ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most."""


@dataclass(frozen=True, slots=True)
class WorkbenchUser:
    """Somebody at the workbench."""

    name: str
    role: Role
    must_change: bool = False
    """Whether the password was set by somebody else and is to be changed before anything else."""
    scope: str = ""
    """What a token may do besides reading: ``read`` nothing, ``judge``, ``add``; empty for all that the role may."""
    shared: str = ""
    """The page that a visitor with a share link may read; empty for people with an account."""

    def may(self, role: Role) -> bool:
        """Return whether the person may do what a role may."""
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
    must_change: bool = False
    has_factor: bool = False
    """Whether a code is asked for beside the password."""


TicketKind = Literal["join", "recover", "share"]

SCOPES: tuple[str, ...] = ("read", "judge", "add", "all")
"""What a token may do: read; also judge; also add reports; all that the role may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLink:
    """A link that lets somebody in for a while."""

    mark: str
    """Hash of its token: by it the ticket is ended."""
    kind: TicketKind
    name: str
    role: Role
    path: str
    by: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """A token as it stands, without its secret."""

    mark: str
    label: str
    scope: str
    began_at: datetime
    ends_at: datetime


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
    person: WorkbenchUser
    ends_at: datetime
