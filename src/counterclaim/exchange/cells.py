"""Cells: values of a flat row as other formats want them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from counterclaim.exchange.losses import KINDS, Losses
from counterclaim.exchange.tables import csv_cell
from counterclaim.records.flat import FlatRow

DONE = frozenset({"fact", "admitted", "alleged"})
"""Tellings of something done; what is denied, demanded or foretold is no event of another data set."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of event that two do with each other: where two are told, a row of pairs has one on either side."""


def words(row: FlatRow, name: str) -> str:
    """Return a cell as words; nothing where it is empty."""
    value = row.get(name)
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list) else str(value)


def many(row: FlatRow, name: str) -> list[str]:
    """Return a cell's names."""
    value = row.get(name)
    return value if isinstance(value, list) else []


def counted(row: FlatRow, name: str, evidence: str) -> list[str]:
    """Return a cell's names where words tell them; none where they are inferred."""
    return [] if row.get(evidence) == "inferred" else many(row, name)


def sides_of(row: FlatRow) -> tuple[list[str], list[str]]:
    """Return whom words tell to have done it, and to whom; two who do something with each other are one each."""
    actors = counted(row, "actors", "actor_evidence")
    recipients = counted(row, "recipients", "recipient_evidence")
    if len(actors) == 2 and not recipients and row["event_type"] in MUTUAL:
        return actors[:1], actors[1:]
    return actors, recipients


def day(row: FlatRow, name: str) -> date | None:
    """Return a cell's day."""
    value = row.get(name)
    return value if isinstance(value, date) else None


def days(row: FlatRow) -> tuple[date, date] | None:
    """Return the first and last day that a claim speaks of; None where it has none, or only an inferred one."""
    first, last = day(row, "first_day"), day(row, "last_day")
    known = [item for item in (first, last) if item is not None]
    if not known or row.get("time_evidence") == "inferred":
        return None
    return known[0], known[-1]


def number(row: FlatRow, name: str) -> int | None:
    """Return a whole number; None where it is not told."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def point(row: FlatRow) -> tuple[float, float] | None:
    """Return latitude and longitude, where the place is known and told."""
    north, east = row.get("latitude"), row.get("longitude")
    if not isinstance(north, float) or not isinstance(east, float):
        return None
    return None if row.get("place_evidence") == "inferred" else (north, east)


def flat(text: str) -> str:
    """Return words on one line, without what separates cells."""
    return " ".join(text.replace("\t", " ").split())


def joined(values: Iterable[str], mark: str = "; ") -> str:
    """Return values joined, each once, in order."""
    return mark.join(dict.fromkeys(value for value in values if value))


def why_left_out(row: FlatRow) -> str:
    """Return why a claim is out of every number."""
    if many(row, "contested"):
        return "its readers differ, and no person has decided"
    return "people left it out"


def events_done(rows: Iterable[FlatRow], losses: Losses) -> Iterator[FlatRow]:
    """Yield the events told as done; note why each other claim is not among them."""
    for row in rows:
        if row["left_out"]:
            losses.skip(row, why_left_out(row))
        elif row["kind"] != "event":
            losses.skip(row, f"{KINDS[str(row['kind'])]} is no event")
        elif row["telling"] not in DONE:
            losses.skip(row, f"told as {row['telling']}, not as done")
        else:
            yield row


def said_by(row: FlatRow) -> str:
    """Return who says it and with what stance, for a note."""
    who = " & ".join(many(row, "speakers")) or "the report"
    mark = " (inferred)" if row["speaker_evidence"] == "inferred" else ""
    return f"{who}{mark} ({row['stance']}): {flat(words(row, 'sentence') or words(row, 'quote'))}"


def write_line(stream: TextIO, cells: Iterable[object]) -> None:
    """Write one line of tab-separated cells, none of them a formula."""
    made = (csv_cell(flat(cell) if isinstance(cell, str) else cell) for cell in cells)  # type: ignore[arg-type]
    stream.write("\t".join(map(str, made)) + "\n")
