"""Any CSV, by a map of its columns to ours."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from counterclaim.exchange.arrivals import (
    DAYS,
    ArrivalError,
    Arrived,
    Cells,
    RefusedError,
    arrival,
    open_table,
    read_cells,
    with_heads,
)
from counterclaim.exchange.told import KIND_OF, graded, read_told, read_value
from counterclaim.records.claim import Payload
from counterclaim.records.flat import FlatRow

KINDS: tuple[str, ...] = tuple(kind.kind for kind in get_args(Payload))
OWN = frozenset({"id", "kind", "reader", "speakers", "evidence", "inferred", "status", "finding"})
"""Columns that a map may not fill: they are ours, or the data set's name."""


HEAD = ("name", "kind", "days", "delimiter", "encoding")
"""What stands under ``[import]``."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a file's columns mean."""

    name: str
    """Of the data set: it says what its rows say."""
    kind: str
    columns: Mapping[str, str]
    """Our column by theirs."""
    values: Mapping[str, str]
    """What every row has."""
    delimiter: str | None
    """Between cells; None for the one that its head shows."""
    days: str | None
    encoding: str = "utf-8-sig"


def read_map(path: Path) -> ColumnMap:
    """Read a map: ``[import]`` with name and kind, ``[columns]`` ours = theirs, ``[values]`` for every row.

    Raises:
        ArrivalError: If it is no map; the message says what to mend.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ArrivalError(
            path, f"it cannot be read ({error.strerror})", "check the path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArrivalError(path, f"it is no TOML ({error})", "see docs/exchange.md") from error
    head, columns, values = (_table(path, data, name) for name in ("import", "columns", "values"))
    kind = head.get("kind", "")
    if kind not in KINDS or not head.get("name"):
        raise ArrivalError(
            path,
            "[import] needs a name and a kind",
            f'write kind = "casualty", one of {", ".join(KINDS)}',
        )
    for name in (*columns, *values):
        if name not in KIND_OF or name in OWN:
            raise ArrivalError(
                path, f"{name!r} is no column that can be filled", "see docs/exchange.md"
            )
    if not columns:
        raise ArrivalError(path, "[columns] is empty", 'write low = "Deaths" and so on')
    for name in head:
        if name not in HEAD:
            raise ArrivalError(path, f"[import] {name!r} is unknown", f"it has {', '.join(HEAD)}")
    delimiter, encoding = head.get("delimiter"), head.get("encoding", "utf-8-sig")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ArrivalError(path, "delimiter is one character", 'write delimiter = ";"')
    try:
        "".encode(encoding)  # which a codec of no text refuses too
    except LookupError as error:
        raise ArrivalError(
            path, f"encoding {encoding!r} is unknown", 'write encoding = "cp1252"'
        ) from error
    return ColumnMap(head["name"], kind, columns, values, delimiter, head.get("days"), encoding)


def _table(path: Path, data: Mapping[str, Any], name: str) -> Mapping[str, str]:
    found = data.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(item, str) for item in found.values()):
        raise ArrivalError(path, f"[{name}] holds more than words", 'write name = "words"')
    return found


def read_csv(path: Path, meaning: ColumnMap) -> Arrived:
    """Read a table by its map.

    Raises:
        ArrivalError: If a column of the map is not there.
    """
    lines = open_table(path, meaning.delimiter, (meaning.encoding,))
    cells = with_heads(path, lines, meaning.columns.values())

    days = DAYS if meaning.days is None else (meaning.days,)
    fixed = {ours: read_value(ours, ours, words, days) for ours, words in meaning.values.items()}

    def read(row: Cells) -> Iterator[FlatRow]:
        given = graded(read_told(row, meaning.columns, days=days) | fixed)
        if meaning.kind == "casualty" and given.get("low") is None and given.get("high") is None:
            raise RefusedError("it has no number")
        yield arrival(
            **({"quote": "row", "speaker_evidence": "told"} | given),
            kind=meaning.kind,
            speakers=[meaning.name],
        )

    return read_cells(cells, "csv", path.name, read)
