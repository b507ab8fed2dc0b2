"""Frames: readings and ledgers as data frames of pandas, or as Arrow tables, which Polars takes."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from counterclaim.exchange.tables import MissingExtraError, arrow_schema
from counterclaim.ledger import Ledger
from counterclaim.records.flat import FlatRow, reading_rows
from counterclaim.records.flat_columns import COLUMNS, FlatTable
from counterclaim.records.frames import frame_of
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.records.reading import Reading
from counterclaim.service.flat import ledger_rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Readings = Reading | Iterable[Reading] | Ledger


def to_frame(
    source: Readings,
    table: FlatTable = "claims",
    *,
    query: ClaimQuery | None = None,
    known: Known = EVERYTHING,
    site: str = "",
) -> "pd.DataFrame":
    """Return the claims of a reading, of many, or of a ledger as one data frame.

    Args:
        source: A reading, readings as ``read_many`` yields them, or a ledger.
        table: ``claims`` of every kind, ``figures``, ``events`` or ``ceasefires``; docs/exchange.md.
        query: Which claims of a ledger.
        known: As a ledger knew on which day.
        site: Where a workbench is reached, for permalinks.

    Raises:
        NoPandasError: If pandas is missing: it is in the extra ``frames``.
    """
    return frame_of(_rows(source, table, query, known, site), COLUMNS[table])


def to_arrow(
    source: Readings,
    table: FlatTable = "claims",
    *,
    query: ClaimQuery | None = None,
    known: Known = EVERYTHING,
    site: str = "",
) -> "pa.Table":
    """Return the same as an Arrow table, lists as lists; ``polars.from_arrow`` takes it as it is.

    Raises:
        MissingExtraError: If pyarrow is missing: it is in the extra ``parquet``.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, not a dependency
    except ImportError as error:
        raise MissingExtraError("an Arrow table", "parquet") from error
    rows = list(_rows(source, table, query, known, site))
    return pa.Table.from_pylist(rows, schema=arrow_schema(COLUMNS[table]))


def _rows(
    source: Readings, table: FlatTable, query: ClaimQuery | None, known: Known, site: str
) -> Iterator[FlatRow]:
    if isinstance(source, Ledger):
        return ledger_rows(source, table, query, known=known, site=site)
    readings = (source,) if isinstance(source, Reading) else source
    return chain.from_iterable(reading_rows(item, table, site=site) for item in readings)
