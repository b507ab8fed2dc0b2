"""Heads: the chains of accounts and of the audit log, each with the end that it must have."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from counterclaim.ledger.tables import accounts, audit, heads
from counterclaim.records.ledger_rows import Fault

GENESIS = "0" * 64

CHAINS: Mapping[str, Table] = {"accounts": accounts, "audit": audit}
"""Tables whose rows are sealed one after the other, each beside the postings."""

LATER: Mapping[str, object] = {"must_change": False, "factor": None}
"""Columns that a chain's first rows did not have, with what those rows are read to hold."""

RESTORE = "restore a backup, or find out who changed the database"


def seal_row(before: str, values: Mapping[str, Any]) -> str:
    """Hash a row of a chain, in the order of its columns, with the seal of the one before it.

    The columns that came later are hashed, all of them, once one of them says more than the first rows could.
    """
    is_first = all(values.get(name, empty) == empty for name, empty in LATER.items())
    told = [value for name, value in values.items() if not is_first or name not in LATER]
    line = json.dumps([before, *told], separators=(",", ":"))
    return hashlib.sha256(line.encode("ascii")).hexdigest()


def add_row(connection: Connection, chain: str, values: Mapping[str, Any]) -> int:
    """Add a row to the end of a chain.

    Args:
        connection: A writing one.
        chain: One of ``CHAINS``.
        values: The row's columns in their order, but for number and seal.

    Returns:
        The row's number.
    """
    number, before = head_of(connection, chain) or _last(connection, chain)
    row = {"n": number + 1, **values}
    seal = seal_row(before, row)
    connection.execute(insert(CHAINS[chain]), {**row, "seal": seal})
    end = update(heads).where(heads.c.chain == chain).values(n=number + 1, seal=seal)
    connection.execute(end)
    return number + 1


def head_of(connection: Connection, chain: str) -> tuple[int, str] | None:
    """Return the number and seal of a chain's end, as it was kept; None where that is gone."""
    row = connection.execute(select(heads.c.n, heads.c.seal).where(heads.c.chain == chain)).first()
    return None if row is None else (row.n, row.seal)


def _last(connection: Connection, chain: str) -> tuple[int, str]:
    """Return the end that a chain's rows have: where its head is gone, ``ledger verify`` tells so."""
    table = CHAINS[chain]
    row = connection.execute(
        select(table.c.n, table.c.seal).order_by(table.c.n.desc()).limit(1)
    ).first()
    return (0, GENESIS) if row is None else (row.n, row.seal or GENESIS)


def find_chain_faults(connection: Connection, chain: str) -> Iterator[Fault]:
    """Compute a chain's seals anew; tell the first row that does not follow, and rows cut off its end."""
    table, name = CHAINS[chain], chain.removesuffix("s")
    before, number, is_broken = GENESIS, 0, False
    for row in connection.execute(select(table).order_by(table.c.n)):
        number += 1
        values = {key: value for key, value in row._mapping.items() if key != "seal"}  # noqa: SLF001 - a row's public mapping
        follows = row.n == number and seal_row(before, values) == row.seal
        if not follows and not is_broken:
            is_broken = True
            what = f"its seal does not follow from the row before it: {RESTORE}"
            yield Fault(kind="broken-chain", where=f"{name} row {row.n}", what=what)
        before = row.seal
    end = head_of(connection, chain)
    if end is None:
        what = f"the mark of its last row is gone: {RESTORE}"
        yield Fault(kind="broken-chain", where=chain, what=what)
    elif end != (number, before) and not is_broken:
        what = f"{number} rows are there, and row {end[0]} was its last: {RESTORE}"
        yield Fault(kind="broken-chain", where=chain, what=what)
