"""People: accounts whose every change is a row, sessions by the hash of their token, the audit log."""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, Engine, delete, insert, select

from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import PeopleError
from counterclaim.ledger.factors import step_of
from counterclaim.ledger.heads import add_row
from counterclaim.ledger.passwords import check_password, hash_password, matches
from counterclaim.ledger.tables import accounts, audit, sessions
from counterclaim.ledger.visibility import AnyRow, read_instant, write_instant
from counterclaim.records.ledger_rows import Page
from counterclaim.records.people import (
    ROLES,
    SCOPES,
    AccountCard,
    AuditRow,
    OpenedSession,
    Role,
    TokenCard,
    WorkbenchUser,
)

LONGEST_NAME = 80
TOKEN_BYTES = 32
AUDIT_PAGE = 100
LONGEST_WORDS = 300
"""Characters kept of what an audit row says: what a stranger sends cannot fill the disk."""


class LedgerPeople:
    """The people of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now
        self._lock = Lock()
        self._taken: dict[str, int] = {}

    def now(self) -> datetime:
        """Return the time by this ledger's clock, UTC."""
        return self._now()

    # Accounts

    def accounts(self) -> tuple[AccountCard, ...]:
        """Return all accounts as they stand, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.n)).all()
        latest = {row.name: _card(row) for row in rows}
        return tuple(latest[name] for name in sorted(latest))

    def add(
        self, name: str, role: str, password: str, *, by: str, must_change: bool = False
    ) -> AccountCard:
        """Open an account.

        Args:
            name: Under which the person judges and logs in.
            role: reader, analyst or admin.
            password: Kept as a hash.
            by: Who opens it.
            must_change: Whether the password is to be changed at the first login.

        Raises:
            PeopleError: If the name was given before, or name, role or password will not do.
        """
        _check_name(name)
        check_password(password, name)
        with writing(self._engine) as connection:
            held = connection.execute(select(accounts.c.name).distinct()).scalars()
            if name.casefold() in {other.casefold() for other in held}:
                raise PeopleError(f"{name}: there is an account of this name already")
            secret = hash_password(password)
            return self._file(connection, name, _role(role), secret, by=by, must_change=must_change)

    def change(
        self,
        name: str,
        *,
        by: str,
        role: str | None = None,
        password: str | None = None,
        is_open: bool | None = None,
        factor: str | None = None,
        must_change: bool = False,
    ) -> AccountCard:
        """Change an account: a further row. All its sessions end.

        Args:
            name: Whose.
            by: Who changes it.
            role: The new role; None keeps it.
            password: The new password; None keeps it.
            is_open: False closes it, True opens it again; None keeps it.
            factor: The secret of a second factor; empty for none any more, None keeps what there is.
            must_change: Whether the new password is to be changed at the next login.

        Raises:
            PeopleError: If there is no such account, or no admin would be left.
        """
        if password is not None:
            check_password(password, name)
        with writing(self._engine) as connection:
            row = _latest(connection, name)
            if row is None:
                raise PeopleError(f"{name}: there is no account of this name")
            new_role = _role(role or row.role)
            opened = row.is_open if is_open is None else is_open
            if row.role == "admin" and row.is_open and not (opened and new_role == "admin"):
                _check_admin_left(connection, name)
            secret = row.secret if password is None else hash_password(password)
            card = self._file(
                connection,
                name,
                new_role,
                secret,
                by=by,
                is_open=opened,
                must_change=must_change if password is not None else bool(row.must_change),
                factor=row.factor if factor is None else factor or None,
            )
            connection.execute(delete(sessions).where(sessions.c.name == name))
            return card

    def _file(
        self,
        connection: Connection,
        name: str,
        role: Role,
        secret: str,
        *,
        by: str,
        is_open: bool = True,
        must_change: bool = False,
        factor: str | None = None,
    ) -> AccountCard:
        at = write_instant(self._now())
        values = {
            "at": at,
            "name": name,
            "role": role,
            "is_open": is_open,
            "secret": secret,
            "signed": by,
            "must_change": must_change,
            "factor": factor,
        }
        add_row(connection, "accounts", values)
        return AccountCard(
            name=name,
            role=role,
            is_open=is_open,
            changed_at=read_instant(at),
            changed_by=by,
            must_change=must_change,
            has_factor=factor is not None,
        )

    # Sessions

    def log_in(
        self, name: str, password: str, lasts: timedelta, code: str = ""
    ) -> OpenedSession | None:
        """Open a session for a name and password; None when they do not belong together.

        Where the account has a second factor, its code must be right as well, and a code opens one session.

        Args:
            name: As typed.
            password: As typed.
            lasts: How long the session holds.
            code: Of the second factor, as typed.
        """
        with reading(self._engine) as connection:
            row = _latest(connection, name)
        is_known = row is not None and row.is_open
        is_right = matches(password, row.secret if row is not None and is_known else None)
        if row is None or not is_right:
            return None
        if row.factor is not None and not self._takes_code(name, row.factor, code):
            return None
        return self._open(name, lasts, "browser", "")

    def _takes_code(self, name: str, factor: str, code: str) -> bool:
        """Take a code once: one that was seen, or one older than it, opens nothing more."""
        step = step_of(factor, code, self._now())
        with self._lock:
            if step is None or step <= self._taken.get(name, -1):
                return False
            self._taken[name] = step
        return True

    def tokens_of(self, name: str) -> tuple[TokenCard, ...]:
        """Return the tokens of a person that hold, the latest first."""
        wanted = (
            select(sessions)
            .where(sessions.c.name == name, sessions.c.kind == "token")
            .where(sessions.c.ends_at > write_instant(self._now()))
            .order_by(sessions.c.began_at.desc())
        )
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            TokenCard(
                mark=row.token,
                label=row.label,
                scope=row.scope or "all",
                began_at=read_instant(row.began_at),
                ends_at=read_instant(row.ends_at),
            )
            for row in rows
        )

    def end_token(self, name: str, mark: str) -> None:
        """End a person's own token by its mark."""
        with writing(self._engine) as connection:
            connection.execute(
                delete(sessions).where(
                    sessions.c.token == mark, sessions.c.name == name, sessions.c.kind == "token"
                )
            )

    def make_token(
        self, name: str, lasts: timedelta, label: str = "", scope: str = "all"
    ) -> OpenedSession:
        """Make a token with which a program uses the API as a person.

        Args:
            name: As whom.
            lasts: How long it is valid.
            label: What it is for.
            scope: What it may do, one of ``SCOPES``; never more than the person may.

        Raises:
            PeopleError: If there is no open account of the name, or no such scope.
        """
        if scope not in SCOPES:
            raise PeopleError(f"scope {scope[:40]!r} is unknown: choose one of {', '.join(SCOPES)}")
        opened = self._open(name, lasts, "token", label, scope)
        if opened is None:
            raise PeopleError(f"{name}: there is no open account of this name")
        return opened

    def _open(
        self, name: str, lasts: timedelta, kind: str, label: str, scope: str = "all"
    ) -> OpenedSession | None:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._now()
        with writing(self._engine) as connection:
            row = _latest(connection, name)
            if row is None or not row.is_open:
                return None
            connection.execute(delete(sessions).where(sessions.c.ends_at <= write_instant(now)))
            connection.execute(
                insert(sessions),
                {
                    "token": hash_token(token),
                    "account": row.n,
                    "name": name,
                    "kind": kind,
                    "label": label[:LONGEST_NAME],
                    "began_at": write_instant(now),
                    "ends_at": write_instant(now + lasts),
                    "scope": None if scope == "all" else scope,
                },
            )
        return OpenedSession(token=token, person=WorkbenchUser(name, row.role), ends_at=now + lasts)

    def whose(self, token: str, kind: str = "browser") -> WorkbenchUser | None:
        """Return the person whose session a token opens; None when it opens none any more.

        Args:
            token: As the browser or program sent it.
            kind: ``browser`` or ``token``: one is not taken for the other.
        """
        newer = accounts.alias("newer")
        wanted = (
            select(accounts.c.name, accounts.c.role, accounts.c.must_change, sessions.c.scope)
            .join(sessions, sessions.c.account == accounts.c.n)
            .where(
                sessions.c.token == hash_token(token),
                sessions.c.kind == kind,
                sessions.c.ends_at > write_instant(self._now()),
                accounts.c.is_open,
                ~select(newer.c.n)
                .where(newer.c.name == accounts.c.name, newer.c.n > accounts.c.n)
                .correlate(accounts)
                .exists(),
            )
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        return WorkbenchUser(row.name, row.role, bool(row.must_change), row.scope or "")

    def log_out(self, token: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.token == hash_token(token)))

    # Audit

    def note(self, name: str, action: str, subject: str, outcome: str, origin: str) -> None:
        """Add a row to the audit log, sealed with the one before it."""
        words = (name, action, subject, outcome, origin)
        names = ("name", "action", "subject", "outcome", "origin")
        values = dict(zip(names, (item[:LONGEST_WORDS] for item in words), strict=True))
        with writing(self._engine) as connection:
            add_row(connection, "audit", {"at": write_instant(self._now()), **values})

    def audit(self, *, limit: int = AUDIT_PAGE, after: str | None = None) -> Page[AuditRow]:
        """Return the audit log, the latest first."""
        wanted = select(audit).order_by(audit.c.n.desc()).limit(limit + 1)
        if after is not None:
            wanted = wanted.where(audit.c.n < int(after))
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        shown = rows[:limit]
        return Page(
            tuple(
                AuditRow(
                    number=row.n,
                    at=read_instant(row.at),
                    name=row.name,
                    action=row.action,
                    subject=row.subject,
                    outcome=row.outcome,
                    origin=row.origin,
                )
                for row in shown
            ),
            str(shown[-1].n) if len(rows) > limit else None,
        )


def hash_token(token: str) -> str:
    """Hash a session's token: what is kept does not open a session."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _check_name(name: str) -> None:
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME:
        raise PeopleError(f"a name has 1 to {LONGEST_NAME} characters, with none blank at its ends")
    if not name.isprintable() or unicodedata.normalize("NFKC", name) != name:
        raise PeopleError("a name has only characters that can be printed and told apart")


def _role(words: str) -> Role:
    for role in ROLES:
        if role == words:
            return role
    raise PeopleError(f"role {words!r} is unknown: choose one of {', '.join(ROLES)}")


def _latest(connection: Connection, name: str) -> AnyRow | None:
    wanted = select(accounts).where(accounts.c.name == name).order_by(accounts.c.n.desc()).limit(1)
    return connection.execute(wanted).first()


def _check_admin_left(connection: Connection, without: str) -> None:
    rows = connection.execute(select(accounts).order_by(accounts.c.n)).all()
    latest = {row.name: row for row in rows}
    if not any(
        row.role == "admin" and row.is_open for name, row in latest.items() if name != without
    ):
        raise PeopleError(f"{without} is the last admin: make another one first")


def _card(row: AnyRow) -> AccountCard:
    return AccountCard(
        name=row.name,
        role=row.role,
        is_open=bool(row.is_open),
        changed_at=read_instant(row.at),
        changed_by=row.signed,
        must_change=bool(row.must_change),
        has_factor=row.factor is not None,
    )
