"""Opened: a ledger as programs and notebooks have it, with its tables as data frames."""

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from counterclaim.exchange.frames import to_arrow, to_frame
from counterclaim.ledger import Ledger
from counterclaim.ledger import open_ledger as open_kept
from counterclaim.records.flat_columns import FlatTable
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.service.asking import NotAskedError, asked_day, find_word, read_query

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

TABLES: tuple[FlatTable, ...] = ("claims", "figures", "events", "ceasefires")


SHOWN_COUNTS = ("documents", "claims", "incidents", "judgements")


class OpenedLedger(Ledger):
    """A ledger whose tables can be had as data frames, narrowed as on the command line."""

    def to_frame(
        self,
        table: FlatTable = "claims",
        *,
        speaker: str | None = None,
        party: str | None = None,
        stance: str | None = None,
        kind: str | None = None,
        document: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        known_on: date | str | None = None,
        recorded_by: date | str | None = None,
        project: str | None = None,
        site: str = "",
    ) -> "pd.DataFrame":
        """Return claims as a pandas data frame, as people corrected them, every field in a column.

        Args:
            table: ``claims`` of every kind, ``figures``, ``events`` or ``ceasefires``; docs/exchange.md.
            speaker: Who says it: ``"Azerbaijan"``, also ``"azeri"``, ``"Baku"`` or ``"IDF"``.
            party: A party with any role in it.
            stance: What is done by saying it: ``"deny"``, also ``"denied"``.
            kind: ``event``, ``casualty``, ``ceasefire``, ``position`` or ``withheld``.
            document: Id of one report.
            since: Known on this day or later: a date, or words as ``"2020-10-14"``.
            until: Known on this day or earlier.
            known_on: Only what was published by the end of this day.
            recorded_by: Only what this ledger held at the end of this day, UTC.
            project: Name of one project of the ledger.
            site: Where a workbench is reached, for permalinks.

        Raises:
            NoPandasError: If pandas is missing: it is in the extra ``frames``.
            CounterclaimError: If a word names no party, stance, kind, table or day; it offers what it may mean.
        """
        query = read_query(
            self,
            speaker=speaker,
            party=party,
            stance=stance,
            kind=kind,
            document=document,
            since=since,
            until=until,
        )
        known = _known(known_on, recorded_by, project)
        return to_frame(self, _table(table), query=query, known=known, site=site)

    def to_arrow(
        self,
        table: FlatTable = "claims",
        *,
        query: ClaimQuery | None = None,
        known_on: date | str | None = None,
        recorded_by: date | str | None = None,
        project: str | None = None,
        site: str = "",
    ) -> "pa.Table":
        """Return the same as an Arrow table, lists as lists; ``polars.from_arrow`` takes it as it is.

        Raises:
            MissingExtraError: If pyarrow is missing: it is in the extra ``parquet``.
            CounterclaimError: If a word names no table or day.
        """
        known = _known(known_on, recorded_by, project)
        return to_arrow(self, _table(table), query=query, known=known, site=site)

    def _repr_html_(self) -> str:
        """Return how much there is, for notebooks."""
        counts = self.stats(quick=True).counts
        rows = "".join(
            f"<tr><td>{name}</td><td>{counts[name]:,}</td></tr>" for name in SHOWN_COUNTS
        )
        return (
            f"<div><p><strong>{escape(repr(self).strip('<>'))}</strong></p>"
            f"<table><tbody>{rows}</tbody></table><p>ledger.to_frame(): {', '.join(TABLES)}</p></div>"
        )


def open_ledger(address: str, *, create: bool = False) -> OpenedLedger:
    """Open a ledger.

    Args:
        address: A file, or ``postgresql://user@host/database``.
        create: Make it, in a new file or an empty database.

    Raises:
        LedgerError: If it cannot be opened, or is of another schema; the message says what to do.
    """
    return open_kept(address, create=create, form=OpenedLedger)


def _table(words: str) -> FlatTable:
    found = find_word("table", words, TABLES)
    return next(name for name in TABLES if name == found)


def _known(
    known_on: date | str | None, recorded_by: date | str | None, project: str | None
) -> Known:
    if known_on is not None and recorded_by is not None:
        raise NotAskedError("give known_on or recorded_by, not both")
    if recorded_by is not None:
        return Known(asked_day("recorded_by", recorded_by), "recorded", project)
    return Known(asked_day("known_on", known_on), project=project)
