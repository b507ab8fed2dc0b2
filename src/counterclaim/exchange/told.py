"""Told: the columns of another data set as columns of ours, by a table of which is which.

Every importer has such a table. Days, numbers and degrees are read by the kind of our column, the grade of each value is
``told`` where the data set does not say otherwise, and a first day after the last refuses the row.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import get_args

from counterclaim.exchange.arrivals import (
    DAYS,
    Cells,
    RefusedError,
    read_day,
    read_degrees,
    read_number,
    split,
)
from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.flat import Cell, FlatRow
from counterclaim.records.flat_columns import COLUMNS

Fields = Mapping[str, str | tuple[str, ...]]
"""Our column = theirs, or several of theirs of which the first that tells something holds."""

KIND_OF: Mapping[str, str] = MappingProxyType(
    {column.name: column.kind for column in COLUMNS["claims"]}
)

CLOSED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"outcome": get_args(Outcome), "category": get_args(Category), "measure": get_args(Measure)}
)
"""Columns whose words are of a closed list."""

GRADES: Mapping[str, str] = MappingProxyType(
    {
        "speakers": "speaker_evidence",
        "actors": "actor_evidence",
        "recipients": "recipient_evidence",
        "side": "side_evidence",
        "place": "place_evidence",
        "first_day": "time_evidence",
    }
)
"""Where the grade of a column stands."""

GRADE_WORDS = frozenset({"told", "carried", "inferred"})
NOTHING = frozenset({"", "None", "NA"})
"""What data sets write where they know nothing."""


def read_told(
    cells: Cells,
    fields: Fields,
    *,
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    days: Iterable[str] = DAYS,
    mark: str = ";",
) -> FlatRow:
    """Return what a row tells, in our columns; what it does not tell is left out.

    Args:
        cells: The row.
        fields: Which column is which.
        words: By our column, our word for each of theirs; what has none is left out.
        days: How days are written.
        mark: What parts names in a cell.

    Raises:
        RefusedError: If a cell cannot be what its column is, or the first day is after the last.
    """
    found: FlatRow = {}
    for ours, theirs in fields.items():
        names = (theirs,) if isinstance(theirs, str) else theirs
        name = next((item for item in names if cells.get(item, "") not in NOTHING), names[0])
        value = read_value(ours, name, cells.get(name, ""), days, mark)
        if ours in words:
            value = words[ours].get(str(value))
        if value is not None and value != []:
            found[ours] = value
    return graded(found)


def graded(found: FlatRow) -> FlatRow:
    """Return a row with the grades of what it tells, and its days as a time.

    Raises:
        RefusedError: If the first day is after the last.
    """
    first, last = found.get("first_day"), found.get("last_day")
    if isinstance(first, date) and isinstance(last, date) and first > last:
        raise RefusedError(f"its first day {first} is after its last {last}")
    made = dict(found)
    if isinstance(first, date):
        made["last_day"] = last = last if isinstance(last, date) else first
        time = first.isoformat()
        made.setdefault("time", time if first == last else f"{time}/{last.isoformat()}")
    for name, grade in GRADES.items():
        if made.get(name):
            made[grade] = made[grade] if made.get(grade) in GRADE_WORDS else "told"
        else:
            made.pop(grade, None)
    return made


def read_value(
    name: str, theirs: str, words: str, days: Iterable[str] = DAYS, mark: str = ";"
) -> Cell:
    """Return the value of one of our columns, by its kind; None where nothing is told.

    Args:
        name: Our column.
        theirs: Their name for it, for messages.
        words: Of the cell.
        days: How days are written.
        mark: What parts names.

    Raises:
        RefusedError: If the words cannot be one.
    """
    kind = KIND_OF[name]
    if kind == "list":
        return split(words, mark)
    if words in NOTHING:
        return None
    if kind == "day":
        return read_day(words, theirs, days)
    if kind == "whole":
        return read_number(words, theirs)
    if kind == "number":
        return read_degrees(words, theirs, 90 if name == "latitude" else 180)
    if kind == "flag":
        return words.casefold() in {"1", "true", "yes"}
    if name in CLOSED and words not in CLOSED[name]:
        raise RefusedError(f"{theirs} {words[:40]!r} is none of {', '.join(CLOSED[name])}")
    return words


def needs_day(found: FlatRow, name: str) -> FlatRow:
    """Pass a row on that tells a day.

    Raises:
        RefusedError: If it tells none.
    """
    if not isinstance(found.get("first_day"), date):
        raise RefusedError(f"it has no {name}")
    return found
