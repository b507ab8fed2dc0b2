"""HXL's rows: one claim for each number of persons affected, by the tags of its column."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import get_args

from counterclaim.exchange.arrivals import (
    ArrivalError,
    Arrived,
    Cells,
    RefusedError,
    arrival,
    open_table,
    read_cells,
    read_day,
    read_degrees,
    read_number,
    split,
)
from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.flat import FlatRow

LEADING_LINES = 25
"""Lines in which the tags are looked for, as HXL's own readers do."""

OUTCOMES = {**{name: name for name in get_args(Outcome)}, "injured": "wounded"}
CATEGORIES = frozenset(get_args(Category))
MEASURES = {**{name: name for name in get_args(Measure)}, "cum": "cumulative"}


def read_hxl(path: Path) -> Arrived:
    """Read a file with HXL tags.

    Raises:
        ArrivalError: If no line of its first ones is a line of tags.
    """
    lines = open_table(path)
    for before, line in enumerate(islice(lines, LEADING_LINES), 1):
        named = [cell for cell in line if cell]
        if named and sum(cell.startswith("#") for cell in named) * 2 > len(named):
            tags = [_normal(cell) for cell in line]
            rows = _rows(tags, lines, before + 1)
            return read_cells(rows, "hxl", path.name, _read)
    raise ArrivalError(
        path, "it has no line of HXL tags", "add one under the heads: #affected+killed"
    )


def _normal(tag: str) -> str:
    """Return a tag in small letters with its attributes in order, since their order says nothing."""
    name, *attributes = (part.strip().casefold() for part in tag.replace(" ", "").split("+"))
    return "+".join((name, *sorted(attributes)))


def _rows(tags: list[str], lines: Iterator[list[str]], first: int) -> Iterator[tuple[int, Cells]]:
    for number, line in enumerate(lines, first):
        if any(line):
            yield number, dict(zip(tags, line, strict=False))


def _read(cells: Cells) -> Iterator[FlatRow]:
    def told(*tags: str) -> str:
        return next((cells[tag] for tag in map(_normal, tags) if cells.get(tag)), "")

    reporters = split(told("#group+name+reporting", "#meta+source"), "&")
    side = split(told("#group+name+affected"), "&")
    as_of = read_day(told("#date+asof"), "#date+asof")
    start = read_day(told("#date+start", "#date+occurred", "#date"), "#date+start") or as_of
    end = read_day(told("#date+end"), "#date+end") or as_of or start
    if start is not None and end is not None and start > end:
        raise RefusedError(f"its first day {start} is after its last {end}")
    place = told("#loc+name", "#adm1+name", "#country+name")
    shared = {
        "kind": "casualty",
        "quote": told("#meta+id") or "row",
        "sentence": told("#description") or None,
        "speakers": reporters,
        "speaker_evidence": _grade(told("#meta+evidence+reporting"), reporters),
        "stance": told("#meta+stance") or "state",
        "side": side,
        "side_evidence": _grade(told("#meta+evidence+affected"), side),
        "first_day": start,
        "last_day": end,
        "time": None if start is None else start.isoformat(),
        "time_evidence": _grade(told("#meta+evidence+date"), start),
        "place": place or None,
        "place_evidence": _grade(told("#meta+evidence+loc"), place),
        "latitude": read_degrees(told("#geo+lat"), "#geo+lat", 90),
        "longitude": read_degrees(told("#geo+lon"), "#geo+lon", 180),
        "subgroup": told("#meta+subgroup") or None,
        "background": told("#meta+background") == "true",
        "left_out": told("#meta+left_out") == "true",
        "outlet": told("#meta+name+source") or None,
        "address": told("#meta+source+url") or None,
        "published": read_day(told("#date+reported"), "#date+reported"),
    }
    numbers = _numbers(cells)
    if not numbers:
        raise RefusedError("it has no number of persons affected")
    for (outcome, category, measure), (low, high) in numbers.items():
        yield arrival(
            low=low,
            high=high,
            qualifier="exact" if low == high else "at_least" if high is None else "range",
            outcome=outcome,
            category=category,
            measure=measure,
            as_of=as_of.isoformat() if as_of else None,
            **shared,
        )


def _grade(told: str, value: object) -> str | None:
    if not value:
        return None
    return told if told in {"told", "carried", "inferred"} else "told"


def _numbers(
    cells: Cells,
) -> dict[tuple[str, str, str | None], tuple[int | None, int | None]]:
    """Return the least and the most by what is counted."""
    found: dict[tuple[str, str, str | None], tuple[int | None, int | None]] = {}
    for tag, words in cells.items():
        name, *attributes = tag.split("+")
        number = read_number(words, tag) if name == "#affected" else None
        if number is None:
            continue
        outcome = next((OUTCOMES[item] for item in attributes if item in OUTCOMES), "unspecified")
        category = next((item for item in attributes if item in CATEGORIES), "unknown")
        measure = next((MEASURES[item] for item in attributes if item in MEASURES), None)
        low, high = found.get((outcome, category, measure), (None, None))
        if "max" not in attributes:
            low = number
        if "min" not in attributes:
            high = number
        found[outcome, category, measure] = (low, high)
    return found
