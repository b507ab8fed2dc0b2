"""HXL: casualty figures with a row of tags, one row a figure, each number under whom and what it counts."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from counterclaim.exchange.cells import flat, many, number, words
from counterclaim.exchange.losses import KINDS, Losses
from counterclaim.exchange.tables import csv_cell, csv_writer
from counterclaim.records.finding import status_words
from counterclaim.records.flat import Cell, FlatRow

LEADING: tuple[tuple[str, str, str], ...] = (
    ("Figure", "#meta+id", "id"),
    ("Reporting party", "#group+name+reporting", "speakers"),
    ("How the reporter is known", "#meta+evidence+reporting", "speaker_evidence"),
    ("Stance", "#meta+stance", "stance"),
    ("Affected side", "#group+name+affected", "side"),
    ("How the side is known", "#meta+evidence+affected", "side_evidence"),
    ("From", "#date+start", "first_day"),
    ("To", "#date+end", "last_day"),
    ("How the day is known", "#meta+evidence+date", "time_evidence"),
    ("Place", "#loc+name", "place"),
    ("How the place is known", "#meta+evidence+loc", "place_evidence"),
    ("Latitude", "#geo+lat", "latitude"),
    ("Longitude", "#geo+lon", "longitude"),
    ("Group", "#meta+subgroup", "subgroup"),
    ("Earlier war", "#meta+background", "background"),
    ("Left out of every number", "#meta+left_out", "left_out"),
    ("Status", "#status", "status"),
    ("Words", "#description", "sentence"),
    ("Source", "#meta+source+name", "outlet"),
    ("Source address", "#meta+source+url", "address"),
    ("Published", "#date+reported", "published"),
)
"""Head, tag and column of the flat table, for what every figure has."""

CARRIES = (
    *(column for _, _, column in LEADING),
    "kind",
    "low",
    "high",
    "outcome",
    "category",
    "measure",
)


def write_hxl(rows: Iterable[FlatRow], stream: TextIO) -> Losses:
    """Write casualty figures as HXL."""
    losses = Losses("hxl", CARRIES)
    figures: list[FlatRow] = []
    for row in rows:
        if row["kind"] != "casualty":
            losses.skip(row, f"{KINDS[str(row['kind'])]} is no figure")
        elif number(row, "low") is None and number(row, "high") is None:
            losses.skip(row, "no number is told")
        else:
            figures.append(row)
    tags = sorted({tag for row in figures for tag, _ in _numbers(row)})
    writer = csv_writer(stream)
    writer.writerow([*(head for head, _, _ in LEADING), *map(_head, tags)])
    writer.writerow([*(tag for _, tag, _ in LEADING), *tags])
    for row in figures:
        losses.carry(row)
        counted = dict(_numbers(row))
        cells = [_cell(row, column) for _, _, column in LEADING]
        writer.writerow([csv_cell(item) for item in (*cells, *(counted.get(tag) for tag in tags))])
    return losses


def _cell(row: FlatRow, column: str) -> Cell:
    if column == "status":
        return status_words(words(row, column)) or None
    if column in {"speakers", "side"}:
        return " & ".join(many(row, column)) or None
    value = row[column]
    return flat(value) if isinstance(value, str) else (None if value is False else value)


def _numbers(row: FlatRow) -> Sequence[tuple[str, int]]:
    """Return a figure's numbers by tag: an exact one under the tag itself, a range under its ends."""
    tag = f"#affected+{row['outcome']}+{row['category']}+{row['measure']}"
    low, high = number(row, "low"), number(row, "high")
    if low is not None and low == high:
        return [(tag, low)]
    ends = ((f"{tag}+min", low), (f"{tag}+max", high))
    return [(name, value) for name, value in ends if value is not None]


def _head(tag: str) -> str:
    _, *attributes = tag.split("+")
    return " ".join(attributes).capitalize()
