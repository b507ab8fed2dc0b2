"""Imports: rows of other data sets in tables of their own, sealed like all else, that nothing else reads.

An imported claim is no claim of the ledger: it is linked with nothing, is nobody's origin, and stands in no finding,
account or total. It can be shown beside what was read.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, or_, select

from counterclaim.ledger.codec import dump, load
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import LedgerError, UnknownRowError
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.tables import import_claims, imports, postings
from counterclaim.ledger.visibility import read_day, read_instant
from counterclaim.records.flat import FlatRow
from counterclaim.records.flat_columns import COLUMNS
from counterclaim.records.identity import make_id
from counterclaim.records.imported import ImportCard
from counterclaim.records.problem import Problem

MOST_TOLD = 1_000
"""Problems of one file that are kept; all are counted."""

STREAM = 2_000
"""Rows fetched at a time."""

LISTS = frozenset(column.name for column in COLUMNS["claims"] if column.kind == "list")
FLAGS = frozenset(column.name for column in COLUMNS["claims"] if column.kind == "flag")
DAYS = frozenset(column.name for column in COLUMNS["claims"] if column.kind == "day")


class Imports:
    """The imports of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now

    def file(
        self,
        format_: str,
        file: str,
        sha256: str,
        rows: Sequence[FlatRow],
        problems: Sequence[Problem],
        *,
        refused: int,
        by: str,
    ) -> tuple[ImportCard, bool]:
        """File the rows of one file, all or none; return its card, and whether it is new.

        The same file read as the same format changes nothing, unless it was taken back.

        Args:
            format_: As what it was read.
            file: Its name.
            sha256: Of its bytes, and of its map where it has one.
            rows: Claims.
            problems: Rows refused and odd rows, with the reasons.
            refused: How many were refused.
            by: Who takes it in.
        """
        name = make_id("m", format_, sha256)
        with writing(self._engine) as connection:
            held = _card(connection, name)
            if held is not None and held.withdrawn_by is None:
                return held, False
            draft = PostingDraft(connection, self._now())
            number = draft.add(
                imports,
                id=name,
                format=format_,
                file=file,
                sha256=sha256,
                claims=len(rows),
                refused=refused,
                withdraws=None,
                body=dump(tuple(problems[:MOST_TOLD])),
            )
            for row in rows:
                first, last = row["first_day"], row["last_day"]
                draft.add(
                    import_claims,
                    **{"import": number},
                    id=row["id"],
                    kind=row["kind"],
                    first_day=first.isoformat() if isinstance(first, date) else None,
                    last_day=last.isoformat() if isinstance(last, date) else None,
                    place=row["place"],
                    body=_pack(row),
                )
            draft.close("import", name, by)
            card = _card(connection, name)
            assert card is not None
            return card, True

    def withdraw(self, name: str, *, by: str, reason: str) -> ImportCard:
        """Take an import back: its rows are shown no more, and stay in the record.

        Raises:
            UnknownRowError: If there is none of the id.
            LedgerError: If it was taken back before, or nobody says why.
        """
        if not reason.strip():
            raise LedgerError(f"{name}: say why it is taken back")
        with writing(self._engine) as connection:
            held = _card(connection, name)
            if held is None:
                raise UnknownRowError(name)
            if held.withdrawn_by is not None:
                raise LedgerError(f"{name}: {held.withdrawn_by} took it back already")
            draft = PostingDraft(connection, self._now())
            latest = select(imports.c.n).where(imports.c.id == name).order_by(imports.c.n.desc())
            draft.add(
                imports,
                id=name,
                format=held.format,
                file=held.file,
                sha256=held.sha256,
                claims=0,
                refused=0,
                withdraws=connection.execute(latest.limit(1)).scalar_one(),
                body=dump((Problem("withdrawn", reason),)),
            )
            draft.close("withdrawal", name, by)
            card = _card(connection, name)
            assert card is not None
            return card

    def cards(self) -> tuple[ImportCard, ...]:
        """Return all imports as they stand, the latest first."""
        with reading(self._engine) as connection:
            names = connection.execute(select(imports.c.id).order_by(imports.c.n.desc())).scalars()
            found = (_card(connection, name) for name in dict.fromkeys(names))
            return tuple(card for card in found if card is not None)

    def card(self, name: str) -> ImportCard:
        """Return one import.

        Raises:
            UnknownRowError: If there is none of the id.
        """
        with reading(self._engine) as connection:
            card = _card(connection, name)
        if card is None:
            raise UnknownRowError(name)
        return card

    def rows(
        self,
        name: str | None = None,
        *,
        kind: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[FlatRow]:
        """Yield imported claims that were not taken back, in the order of filing.

        Args:
            name: Of one import; None for all.
            kind: Of the claims.
            first: The day on or before which they do not end.
            last: The day after which they do not begin.
        """
        with reading(self._engine) as connection:
            gone = set(
                connection.execute(
                    select(imports.c.withdraws).where(imports.c.withdraws.is_not(None))
                ).scalars()
            )
            wanted = select(import_claims).order_by(import_claims.c.n)
            if name is not None:
                own = select(imports.c.n).where(imports.c.id == name)
                wanted = wanted.where(import_claims.c["import"].in_(own))
            if kind is not None:
                wanted = wanted.where(import_claims.c.kind == kind)
            if first is not None:
                ends = import_claims.c.last_day
                wanted = wanted.where(or_(ends.is_(None), ends >= first.isoformat()))
            if last is not None:
                wanted = wanted.where(import_claims.c.first_day <= last.isoformat())
            if gone:
                wanted = wanted.where(import_claims.c["import"].not_in(sorted(gone)))
            for row in connection.execution_options(yield_per=STREAM).execute(wanted):
                yield _unpack(row.body)


def _card(connection: Connection, name: str) -> ImportCard | None:
    rows: Sequence[Row[Any]] = connection.execute(
        select(imports, postings.c.at, postings.c.signed)
        .join(postings, postings.c.n == imports.c.posting)
        .where(imports.c.id == name)
        .order_by(imports.c.n)
    ).all()
    filed = [row for row in rows if row.withdraws is None]
    if not filed:
        return None
    row = filed[-1]
    gone = next((item for item in rows if item.withdraws == row.n), None)
    why = () if gone is None else load(tuple[Problem, ...], gone.body)
    return ImportCard(
        id=row.id,
        format=row.format,
        file=row.file,
        sha256=row.sha256,
        claims=row.claims,
        refused=row.refused,
        problems=load(tuple[Problem, ...], row.body),
        recorded_at=read_instant(row.at),
        by=row.signed,
        withdrawn_by=None if gone is None else gone.signed,
        reason=why[0].message if why else "",
    )


def _pack(row: FlatRow) -> str:
    """Return what a row tells as JSON; what it does not tell is left out."""
    told = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None and value is not False and value != []
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _unpack(words: str) -> FlatRow:
    told = json.loads(words)
    made: FlatRow = {}
    for column in COLUMNS["claims"]:
        value = told.get(column.name)
        if column.name in DAYS:
            made[column.name] = read_day(value)
        elif value is None:
            made[column.name] = (
                [] if column.name in LISTS else False if column.name in FLAGS else None
            )
        else:
            made[column.name] = value
    return made
