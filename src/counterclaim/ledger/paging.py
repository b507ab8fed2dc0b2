"""Paging: the latest rows first, found along one index and narrowed by the rest, however many there are."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, select

from counterclaim.ledger.visibility import CHUNK, AnyRow

LATEST = 2**31 - 1
"""Above every number a row can have."""

Candidates = Callable[[int, int], Sequence[int]]
"""Gives so many numbers below a number, the highest first."""


def index_walk(
    connection: Connection, column: ColumnElement[int], *where: ColumnElement[bool]
) -> Candidates:
    """Walk down an index whose first columns are fixed and whose last is the number.

    Args:
        connection: Any.
        column: The number.
        where: What fixes the columns before it.
    """

    def candidates(before: int, size: int) -> Sequence[int]:
        wanted = select(column).where(column < before, *where).distinct()
        return list(connection.execute(wanted.order_by(column.desc()).limit(size)).scalars())

    return candidates


def listed(numbers: Iterable[int]) -> Candidates:
    """Walk down numbers that are at hand."""
    ordered = sorted(set(numbers), reverse=True)

    def candidates(before: int, size: int) -> Sequence[int]:
        start = bisect_right(ordered, -before, key=lambda number: -number)
        return ordered[start : start + size]

    return candidates


def merge_candidates(candidates: Candidates, also: Sequence[int]) -> Candidates:
    """Walk down numbers and some few others together."""
    if not also:
        return candidates

    def both(before: int, size: int) -> Sequence[int]:
        more = (number for number in also if number < before)
        found = sorted({*candidates(before, size), *more}, reverse=True)
        return found[:size]

    return both


def latest_page(
    candidates: Candidates,
    fetch: Callable[[Sequence[int]], Sequence[AnyRow]],
    limit: int,
    after: str | None,
) -> tuple[list[AnyRow], str | None]:
    """Return the latest rows that pass, and where the next page begins.

    Args:
        candidates: Walks down the numbers that may pass.
        fetch: Gives the rows of some numbers that do, with ``n``.
        limit: Maximum number of rows.
        after: Where the page before ended.
    """
    before, size = int(after or LATEST), min(max(limit + 1, 64), CHUNK)
    rows: list[AnyRow] = []
    while len(rows) <= limit:
        numbers = candidates(before, size)
        if numbers:
            rows += sorted(fetch(numbers), key=lambda row: -row.n)
            before = numbers[-1]
        if len(numbers) < size:
            break
        size = CHUNK
    return rows[:limit], str(rows[limit - 1].n) if len(rows) > limit else None
