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
    read_number,
)
from counterclaim.exchange.told import Fields, read_told, read_value
from counterclaim.records.claim import Category, Measure, Outcome
from counterclaim.records.flat import FlatRow

LEADING_LINES = 25
"""Lines in which the tags are looked for, as HXL's own readers do."""

OUTCOMES = {**{name: name for name in get_args(Outcome)}, "injured": "wounded"}
CATEGORIES = frozenset(get_args(Category))
MEASURES = {**{name: name for name in get_args(Measure)}, "cum": "cumulative"}


FIELDS: Fields = {
    "quote": "#meta+id",
    "sentence": "#description",
    "speakers": ("#group+name+reporting", "#meta+source"),
    "speaker_evidence": "#meta+evidence+reporting",
    "stance": "#meta+stance",
    "side": "#group+affected+name",
    "side_evidence": "#meta+affected+evidence",
    "first_day": ("#date+start", "#date+occurred", "#date", "#date+asof"),
    "last_day": ("#date+end", "#date+asof"),
    "time_evidence": "#meta+date+evidence",
    "place": ("#loc+name", "#adm1+name", "#country+name"),
    "place_evidence": "#meta+evidence+loc",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "subgroup": "#meta+subgroup",
    "background": "#meta+background",
    "left_out": "#meta+left_out",
    "outlet": "#meta+name+source",
    "address": "#meta+source+url",
    "published": "#date+reported",
}
"""Tags with their attributes in the order of the alphabet."""


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
    shared = read_told(cells, FIELDS, mark="&") | {"kind": "casualty"}
    shared.setdefault("quote", "row")
    as_of = read_value("first_day", "#date+asof", cells.get("#date+asof", ""))
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
            as_of=str(as_of) if as_of else None,
            **shared,
        )


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
