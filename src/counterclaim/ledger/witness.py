"""Witnesses: what a posting seals of what stands beside its rows.

Two indices, by which linking finds claims and lists find incidents, are made by linking and cannot be made again from
the rows alone: each posting seals the digest of what it adds to them. The chains of accounts and of the audit log run
beside the postings: each posting seals where they ended.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, Select, select

from counterclaim.ledger.heads import CHAINS, RESTORE, head_of
from counterclaim.ledger.stream import stream
from counterclaim.ledger.tables import (
    claim_keys,
    claims,
    erased,
    heads,
    incident_states,
    state_parties,
    witnesses,
)
from counterclaim.records.ledger_rows import Fault

Line = tuple[int, tuple[str, ...]]
"""The number of a claim or state, and its keys or roots, sorted."""

MADE: tuple[str, ...] = ("claim_keys", "state_parties")
"""Indices that only the posting could make."""


def gather_lines(pairs: Iterable[tuple[int, str]]) -> tuple[Line, ...]:
    """Gather numbers and words as they are sealed: by number, each with its words in order."""
    found: dict[int, set[str]] = {}
    for number, word in pairs:
        found.setdefault(number, set()).add(word)
    return tuple((number, tuple(sorted(found[number]))) for number in sorted(found))


def digest_lines(lines: Iterable[Line]) -> tuple[int, str]:
    """Count the rows that lines stand for, and hash them."""
    rows, found = 0, hashlib.sha256()
    for number, words in lines:
        rows += len(words)
        found.update(json.dumps([number, *words], separators=(",", ":")).encode("ascii") + b"\n")
    return rows, found.hexdigest()


def moved_heads(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Yield each chain whose end is another than the last posting that saw it told: name, number and seal."""
    for chain in CHAINS:
        end = head_of(connection, chain)
        if end is None or end[0] == 0:
            continue
        wanted = (
            select(witnesses.c.digest)
            .where(witnesses.c.name == chain)
            .order_by(witnesses.c.n.desc())
            .limit(1)
        )
        if connection.execute(wanted).scalar() != end[1]:
            yield (chain, *end)


def read_lines(connection: Connection, name: str) -> Iterator[tuple[int, Line]]:
    """Yield all lines of an index in order, each with the posting that made it."""
    rows = stream(connection, _wanted(name))
    for (posting, number), group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield posting, (number, tuple(sorted({word for _, _, word in group})))


def _wanted(name: str) -> Select[tuple[int, int, str]]:
    if name == "claim_keys":
        return (
            select(claims.c.posting, claims.c.n, claim_keys.c.key)
            .join(claim_keys, claim_keys.c.claim == claims.c.n)
            .order_by(claims.c.n)
        )
    return (
        select(incident_states.c.posting, incident_states.c.n, state_parties.c.root)
        .join(state_parties, state_parties.c.state == incident_states.c.n)
        .order_by(incident_states.c.n)
    )


def find_witness_faults(connection: Connection) -> Iterator[Fault]:
    """Compare what postings sealed of chains and indices with what is there."""
    for name in MADE:
        yield from _made(connection, name)
    known = {*MADE, *CHAINS}
    for table, column in ((heads, heads.c.chain), (witnesses, witnesses.c.name)):
        odd = set(connection.execute(select(column).distinct()).scalars()) - known
        if odd:
            what = f"it tells of what there is not, {', '.join(sorted(odd))}: {RESTORE}"
            yield Fault(kind="broken-chain", where=table.name, what=what)
    for chain, table in CHAINS.items():
        wanted = (
            select(witnesses.c.posting, witnesses.c.rows, witnesses.c.digest, table.c.seal)
            .outerjoin(table, table.c.n == witnesses.c.rows)
            .where(witnesses.c.name == chain)
            .order_by(witnesses.c.n)
        )
        for row in connection.execute(wanted):
            if row.digest != row.seal:
                what = f"posting {row.posting} saw another row {row.rows}: {RESTORE}"
                yield Fault(kind="broken-chain", where=chain, what=what)
                break


def _made(connection: Connection, name: str) -> Iterator[Fault]:
    """Compare an index with its digests; each covers the postings after the one before it."""
    sealed: Sequence[tuple[int, int, str]] = [
        (row.posting, row.rows, row.digest)
        for row in connection.execute(
            select(witnesses).where(witnesses.c.name == name).order_by(witnesses.c.n)
        )
    ]
    left = select(erased.c.touched, erased.c.digest).where(erased.c.name == name)
    vouched = dict(connection.execute(left.order_by(erased.c.n)).all())
    lines = read_lines(connection, name)
    waiting = next(lines, None)
    for posting, rows, digest in sealed:
        group: list[Line] = []
        while waiting is not None and waiting[0] <= posting:
            group.append(waiting[1])
            waiting = next(lines, None)
        found = digest_lines(group)
        is_right = found[1] == vouched[posting] if posting in vouched else found == (rows, digest)
        if not is_right:
            what = (
                f"{found[0]} rows are there, which are not the {rows} that were sealed: {RESTORE}"
            )
            yield Fault(kind="lost-index", where=f"{name}, posting {posting}", what=what)
    if waiting is not None:
        what = f"rows from posting {waiting[0]} on were never sealed: {RESTORE}"
        yield Fault(kind="lost-index", where=name, what=what)
