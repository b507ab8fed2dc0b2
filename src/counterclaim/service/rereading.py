"""Rereading: two readings of one text set side by side, row by row and field by field.

The readings are those that ``read --format json`` wrote: of two readers, two policies, two versions, or of
one reader asked twice.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError

Row = Mapping[str, Any]

PASSED_OVER = frozenset(
    {"id", "trace", "read_by", "contested", "attribution_id", "inside", "probability"}
)
"""Fields that say how a row was read, or point to other rows; not what it says."""


class NoReadingError(CounterclaimError):
    """A file is no reading."""


class OtherTextError(CounterclaimError):
    """Two readings are of two texts."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two readings of a row have differently."""

    words: str
    """The row's words in the text."""
    field: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """One field that the two readers of one reading have differently, and whose value stands there."""

    words: str
    """The row's words in the text."""
    field: str
    first: str
    second: str
    holds: str
    """``first``, ``second``, or ``neither`` until a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """Two readings of one text."""

    alike: int
    """Rows that both have, every field the same."""
    differences: tuple[Difference, ...]
    only_one: tuple[str, ...]
    """Rows of the first reading alone, by their words."""
    only_other: tuple[str, ...]
    read_by: Mapping[str, tuple[int, int]]
    """By reader: the rows that are signed by it in the one and in the other."""
    disputed_one: tuple[Disputed, ...] = ()
    """What the readers of the first reading differ in, where a second one was asked."""
    disputed_other: tuple[Disputed, ...] = ()


def load_reading(path: Path) -> dict[str, Any]:
    """Load a reading that ``read --format json`` wrote.

    Raises:
        NoReadingError: If it is none.
    """
    try:
        reading = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise NoReadingError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        reading = error
    parts = ("document", "attributions", "claims")
    if not isinstance(reading, dict) or any(name not in reading for name in parts):
        msg = f"{path} is no reading of one report: write one with counterclaim read --format json"
        raise NoReadingError(msg)
    return reading


def compare_readings(one: Mapping[str, Any], other: Mapping[str, Any]) -> Rereading:
    """Compare two readings of one text.

    Raises:
        OtherTextError: If their texts differ.
    """
    if one["document"]["id"] != other["document"]["id"]:
        raise OtherTextError(
            "the two readings are of different texts: compare readings of one report"
        )
    first, second = _by_place(one), _by_place(other)
    alike, differences = 0, []
    for place in [item for item in first if item in second]:
        found = list(_differing(first[place], second[place]))
        alike += not found
        differences += found
    return Rereading(
        alike=alike,
        differences=tuple(differences),
        only_one=tuple(_words(first[place]) for place in first if place not in second),
        only_other=tuple(_words(second[place]) for place in second if place not in first),
        read_by=_readers(list(first.values()), list(second.values())),
        disputed_one=tuple(_disputed(one)),
        disputed_other=tuple(_disputed(other)),
    )


def _disputed(reading: Mapping[str, Any]) -> Iterator[Disputed]:
    rows = {row["id"]: row for row in (*reading["attributions"], *reading["claims"])}
    for item in (reading.get("second") or {}).get("contests", ()):
        row = rows.get(item["row"])
        words = item["second"] if row is None else _words(row)
        yield Disputed(words, item["field"], str(item["first"]), str(item["second"]), item["holds"])


def _by_place(reading: Mapping[str, Any]) -> dict[tuple[object, ...], Row]:
    """Return a reading's rows by what they stand on: their kind and their words, and which of several."""
    found: dict[tuple[object, ...], Row] = {}
    for row in (*reading["attributions"], *reading["claims"]):
        at = tuple(row["cue"] if row["row"] == "attribution" else row["span"])
        place: tuple[object, ...] = (row["row"], row.get("kind", ""), at)
        number = sum(key[:3] == place for key in found)
        found[(*place, number)] = row
    return found


def _differing(one: Row, other: Row) -> Iterator[Difference]:
    flat, also = _flat(one), _flat(other)
    for name in dict.fromkeys((*flat, *also)):
        if flat.get(name) != also.get(name):
            yield Difference(_words(one), name, str(flat.get(name)), str(also.get(name)))


def _flat(row: Row) -> dict[str, Any]:
    """Return what a row says, its payload's fields beside its own."""
    payload = row.get("payload") or {}
    own = {name: value for name, value in row.items() if name not in {*PASSED_OVER, "payload"}}
    return {**own, **payload}


def _words(row: Row) -> str:
    if row["row"] == "attribution":
        return f"{row['cue_words']}: {row['content_words']}"
    return f"{row['kind']}: {row['quote']}"


def _readers(one: Sequence[Row], other: Sequence[Row]) -> dict[str, tuple[int, int]]:
    first = Counter(name for row in one for name in row.get("read_by", ()))
    second = Counter(name for row in other for name in row.get("read_by", ()))
    return {name: (first[name], second[name]) for name in dict.fromkeys((*first, *second))}
