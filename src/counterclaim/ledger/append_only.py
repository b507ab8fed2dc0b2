"""Append-only: tables whose rows the database itself keeps from being changed, and the one way round that."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager

from sqlalchemy import Connection, text

from counterclaim.ledger.engine import is_sqlite

GUARDED = ("withdrawals", "erasures", "erased")
"""Tables whose rows the database itself keeps from being changed."""


@contextmanager
def unguarded(connection: Connection, tables: AbstractSet[str]) -> Iterator[None]:
    """Let rows of some tables be changed inside; an error takes all back, with the transaction.

    Args:
        connection: A writing one.
        tables: Names; of those that are not guarded nothing is to be done.
    """
    names = sorted(tables & set(GUARDED))
    kept = _let_change(connection, names)
    yield
    _refuse_change(connection, names, kept)


def _let_change(connection: Connection, names: Iterable[str]) -> list[str]:
    """Let rows of guarded tables be changed until the end of this transaction; give what guards them again."""
    kept: list[str] = []
    for name in sorted(names):
        if not is_sqlite(connection):
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER {name}_only_added")
            continue
        trigger = f"{name}_no_update"
        made = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        kept.append(str(connection.execute(made, {"name": trigger}).scalar_one()))
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    return kept


def _refuse_change(connection: Connection, names: Iterable[str], kept: Sequence[str]) -> None:
    for statement in kept:
        connection.exec_driver_sql(statement)
    if not is_sqlite(connection):
        for name in sorted(names):
            connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER {name}_only_added")
