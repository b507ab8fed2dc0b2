"""How much a ledger holds."""

from types import MappingProxyType

from sqlalchemy import URL, Connection, func, select, text

from counterclaim.ledger.database_url import sqlite_file
from counterclaim.ledger.tables import SEALED, claims, postings
from counterclaim.ledger.visibility import Scope, read_instant
from counterclaim.records.ledger_rows import Stats


def gather_stats(connection: Connection, schema: str, url: URL, *, quick: bool = False) -> Stats:
    """Count the rows of a ledger.

    Args:
        connection: Any.
        schema: Of the ledger.
        url: Of its database.
        quick: Take each table's last number for its count, since rows are only added and none is left out;
            claims are not counted by kind.
    """
    tables = (postings, *SEALED)
    if quick:
        counts = {
            table.name: int(connection.execute(select(func.max(table.c.n))).scalar() or 0)
            for table in tables
            if "n" in table.c
        }
    else:
        counts = {
            table.name: int(
                connection.execute(select(func.count()).select_from(table)).scalar_one()
            )
            for table in tables
        }
    kinds = (
        select(claims.c.kind, func.count())
        .where(Scope(None, None).latest_reading())
        .group_by(claims.c.kind)
        .order_by(claims.c.kind)
    )
    by_kind: dict[str, int] = {} if quick else dict(connection.execute(kinds).all())
    first, last = connection.execute(select(func.min(postings.c.at), func.max(postings.c.at))).one()
    seal = select(postings.c.seal).order_by(postings.c.n.desc()).limit(1)
    return Stats(
        schema=schema,
        database=connection.dialect.name,
        counts=MappingProxyType(counts),
        claims_by_kind=MappingProxyType(by_kind),
        first_recorded=None if first is None else read_instant(first),
        last_recorded=None if last is None else read_instant(last),
        seal=connection.execute(seal).scalar(),
        bytes=_size(connection, url),
    )


def newest_seal(connection: Connection) -> str:
    """Return the latest posting's seal; the empty string before the first."""
    seal = select(postings.c.seal).order_by(postings.c.n.desc()).limit(1)
    return connection.execute(seal).scalar() or ""


def _size(connection: Connection, url: URL) -> int | None:
    path = sqlite_file(url)
    if path is not None:
        log = path.with_name(f"{path.name}-wal")
        return sum(item.stat().st_size for item in (path, log) if item.exists())
    found: int | None = connection.execute(
        text("SELECT pg_database_size(current_database())")
    ).scalar()
    return found
