"""Tickets: links that let somebody in for a while: to join, to set a new password, to read one page.

A ticket is kept by the hash of its token, like a session, and never copied. What is done with it goes to
the audit log.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Engine, delete, insert, select

from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.people import LONGEST_NAME, LedgerPeople, hash_token
from counterclaim.ledger.tables import tickets
from counterclaim.ledger.visibility import AnyRow, read_instant, write_instant
from counterclaim.records.people import AccessLink, TicketKind

TOKEN_BYTES = 32
LONGEST_DAYS = 366


class Tickets:
    """The tickets of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], people: LedgerPeople) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now
        self._people = people

    def make(
        self,
        kind: TicketKind,
        *,
        by: str,
        lasts: timedelta,
        name: str = "",
        role: str = "reader",
        path: str = "",
    ) -> str:
        """Make a ticket; return its token, which is shown this once.

        Args:
            kind: ``join`` to open an account, ``recover`` to set a new password, ``share`` to read a page.
            by: Who makes it.
            lasts: How long it is valid.
            name: Whose account, or of a share what it is for.
            role: Of the account to be opened.
            path: Of the page that is shared.

        Raises:
            PeopleError: If it would hold too long, or names an account that there is none of.
        """
        if not timedelta() < lasts <= timedelta(days=LONGEST_DAYS):
            raise PeopleError(f"a link holds for 1 to {LONGEST_DAYS} days")
        if kind == "recover" and name not in {
            card.name for card in self._people.accounts() if card.is_open
        }:
            raise PeopleError(f"{name}: there is no open account of this name")
        if kind == "share" and (not path.startswith("/") or path.startswith("//")):
            raise PeopleError("what is shared is a page of this workbench: /incidents/i-...")
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._now()
        with writing(self._engine) as connection:
            connection.execute(delete(tickets).where(tickets.c.ends_at <= write_instant(now)))
            connection.execute(
                insert(tickets),
                {
                    "token": hash_token(token),
                    "kind": kind,
                    "name": name[:LONGEST_NAME],
                    "role": role,
                    "path": path,
                    "signed": by,
                    "began_at": write_instant(now),
                    "ends_at": write_instant(now + lasts),
                },
            )
        return token

    def find(self, token: str, kind: TicketKind) -> AccessLink | None:
        """Return the ticket of a token; None when it is none, or none any more."""
        wanted = select(tickets).where(
            tickets.c.token == hash_token(token),
            tickets.c.kind == kind,
            tickets.c.ends_at > write_instant(self._now()),
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _ticket(row)

    def standing(self) -> tuple[AccessLink, ...]:
        """Return the tickets that hold, the latest first."""
        wanted = (
            select(tickets)
            .where(tickets.c.ends_at > write_instant(self._now()))
            .order_by(tickets.c.began_at.desc())
        )
        with reading(self._engine) as connection:
            return tuple(map(_ticket, connection.execute(wanted)))

    def end(self, mark: str) -> None:
        """End a ticket by its mark: the hash of its token."""
        with writing(self._engine) as connection:
            connection.execute(delete(tickets).where(tickets.c.token == mark))

    def use(self, token: str, *, name: str, password: str) -> str:
        """Open the account that a ticket is for, or set its new password; the ticket then ends.

        Args:
            token: Of the link.
            name: Of the new account, where the ticket names none.
            password: The new password.

        Returns:
            The account's name.

        Raises:
            PeopleError: If the link holds no more, or name or password will not do.
        """
        joining = self.find(token, "join")
        recovering = self.find(token, "recover")
        if joining is not None:
            name = joining.name or name
            self._people.add(name, joining.role, password, by=joining.by)
        elif recovering is not None:
            name = recovering.name
            self._people.change(name, password=password, by=name, factor="")
        else:
            raise PeopleError("this link holds no more: ask an admin for a new one")
        self.end(hash_token(token))
        return name


def _ticket(row: AnyRow) -> AccessLink:
    return AccessLink(
        mark=row.token,
        kind=cast("TicketKind", row.kind),
        name=row.name,
        role=row.role,
        path=row.path,
        by=row.signed,
        ends_at=read_instant(row.ends_at),
    )
