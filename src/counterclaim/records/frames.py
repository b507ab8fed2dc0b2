"""Frames: a reading as pandas tables, for those who have pandas."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from counterclaim.errors import CounterclaimError
from counterclaim.records.flat import FlatRow, reading_rows
from counterclaim.records.flat_columns import COLUMNS, Column, FlatTable
from counterclaim.records.party import Party

if TYPE_CHECKING:
    import pandas as pd

    from counterclaim.records.reading import Reading

Table = Literal["claims", "figures", "events", "ceasefires", "speech", "casualties", "findings"]

DTYPES = {"whole": "Int64", "number": "Float64", "flag": "boolean", "day": "datetime64[s]"}
"""How pandas keeps what may be missing: a number that nobody told is ``<NA>``, never zero."""


class NoPandasError(CounterclaimError):
    """Pandas is not installed."""

    def __init__(self) -> None:
        super().__init__("tables need pandas: pip install 'counterclaim[frames]'")


def to_frame(reading: "Reading", table: Table = "claims") -> "pd.DataFrame":
    """Return one table of a reading as a data frame.

    Args:
        reading: As ``read`` gives it.
        table: ``claims``, ``figures``, ``events`` or ``ceasefires``: one row a claim, every field in a
            column of its own (docs/exchange.md); ``speech``: one row an attribution; ``findings``: one
            row a slot. ``casualties`` is the older name of ``figures``.

    Raises:
        NoPandasError: If pandas is missing.
    """
    if table in {"speech", "findings"}:
        rows = _speech(reading) if table == "speech" else _findings(reading)
        made: pd.DataFrame = _pandas().DataFrame.from_records(rows)
        return made
    flat = cast("FlatTable", "figures" if table == "casualties" else table)
    return frame_of(reading_rows(reading, flat), COLUMNS[flat])


def frame_of(rows: Iterable[FlatRow], columns: Sequence[Column]) -> "pd.DataFrame":
    """Return flat rows as a data frame; several names in one cell are joined by ``; ``.

    Raises:
        NoPandasError: If pandas is missing.
    """
    pandas = _pandas()
    cells: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for name, found in cells.items():
            value = row[name]
            found.append(("; ".join(value) or None) if isinstance(value, list) else value)
    series = {}
    for column in columns:
        found = cells[column.name]
        if column.kind == "instant":
            series[column.name] = pandas.Series(pandas.to_datetime(found, utc=True))
        else:
            series[column.name] = pandas.Series(found, dtype=DTYPES.get(column.kind, "object"))
    frame: pd.DataFrame = pandas.DataFrame(series)
    return frame


def _pandas() -> Any:
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, not a dependency
    except ImportError as error:
        raise NoPandasError from error
    return pd


def _names(parties: Sequence[Party]) -> str | None:
    return " and ".join(map(str, parties)) or None


def _speech(reading: "Reading") -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "speaker": item.speaker_name,
            "stance": item.stance,
            "cue": reading.document.words(item.cue),
            "content": reading.document.words(*item.content),
            "targets": _names(item.targets),
            "via": _names(item.via),
            "quotation": item.quotation,
            "cue_start": item.cue.start,
            "cue_end": item.cue.end,
        }
        for item in reading.attributions
        if item.is_claim
    ]


def _findings(reading: "Reading") -> list[dict[str, object]]:
    return [
        {
            "slot": finding.slot,
            "proposition": finding.proposition,
            "status": finding.status,
            "rule": finding.rule,
            "reason": finding.reason,
            "flags": ", ".join(finding.flags),
        }
        for finding in reading.findings
    ]
