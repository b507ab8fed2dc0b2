"""Beside: imported claims next to what was read of the same days, places and parties. Nothing is joined."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from counterclaim.exchange.cells import days, many, words
from counterclaim.ledger import Ledger
from counterclaim.records.flat import FlatRow
from counterclaim.records.ledger_rows import IncidentView
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.service.flat import entry_row, ledger_rows
from counterclaim.service.parties import fold, spellings

ROLES = ("actors", "recipients", "side", "parties")
GRADES = ("actor_evidence", "recipient_evidence", "side_evidence", "parties_evidence")
MOST_BESIDE = 20
"""Claims read that are named beside one imported row, those of the same place first."""


def beside(
    ledger: Ledger, rows: Iterable[FlatRow], *, known: Known = EVERYTHING
) -> Iterator[tuple[FlatRow, list[FlatRow]]]:
    """Yield each imported claim with the claims read that may speak of the same: nobody says that they do.

    A claim read stands beside an imported one where both are of one kind, share a day, and name one place or one
    party. What is inferred of either does not count.

    Args:
        ledger: What was read.
        rows: What was imported.
        known: As known on which day.
    """
    by_kind: dict[str, dict[date, list[FlatRow]]] = {}
    for row in rows:
        kind = words(row, "kind")
        if kind not in by_kind:
            query = replace(ClaimQuery(), kind=kind)
            by_kind[kind] = _by_day(ledger_rows(ledger, "claims", query, known=known))
        span = days(row)
        found: dict[str, FlatRow] = {}
        for ordinal in () if span is None else range(span[0].toordinal(), span[1].toordinal() + 1):
            for read in by_kind[kind].get(date.fromordinal(ordinal), ()):
                if _is_near(row, read):
                    found[words(read, "id")] = read
        place = fold(words(row, "place"))
        near = sorted(found.values(), key=lambda read: fold(words(read, "place")) != place)
        yield row, near[:MOST_BESIDE]


def beside_incident(
    ledger: Ledger, view: IncidentView, *, known: Known = EVERYTHING
) -> list[FlatRow]:
    """Return the imported claims that may speak of the same as an incident: nobody says that they do."""
    return [row for row, _ in side_by_side(ledger, view, known=known)]


def side_by_side(
    ledger: Ledger, view: IncidentView, *, known: Known = EVERYTHING
) -> list[tuple[FlatRow, list[FlatRow]]]:
    """Return imported claims that may speak of the same as an incident, each with the incident's claims near it.

    Args:
        ledger: What was read, and what was imported.
        view: The incident.
        known: As known on which day.
    """
    if not ledger.imports.cards():
        return []
    own = [
        row
        for entry in view.entries
        if not (row := entry_row(ledger, entry, known=known))["left_out"]
    ]
    spans = [span for row in own if (span := days(row)) is not None]
    if not spans:
        return []
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    found: list[tuple[FlatRow, list[FlatRow]]] = []
    for kind in sorted({words(row, "kind") for row in own}):
        for row in ledger.imports.rows(kind=kind, first=first, last=last):
            near = [read for read in own if _share_day(row, read) and _is_near(row, read)]
            if near:
                found.append((row, near))
    return sorted(found, key=lambda pair: (words(pair[0], "first_day"), words(pair[0], "id")))


def _share_day(left: FlatRow, right: FlatRow) -> bool:
    spans = days(left), days(right)
    if spans[0] is None or spans[1] is None or left["kind"] != right["kind"]:
        return False
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


LONGEST_SPAN = 31
"""Days of a claim read that are looked at; a longer stretch tells of no one happening."""


def _by_day(rows: Iterable[FlatRow]) -> dict[date, list[FlatRow]]:
    found: dict[date, list[FlatRow]] = {}
    for row in rows:
        span = days(row)
        if span is None or row["left_out"] or (span[1] - span[0]).days > LONGEST_SPAN:
            continue
        for ordinal in range(span[0].toordinal(), span[1].toordinal() + 1):
            found.setdefault(date.fromordinal(ordinal), []).append(row)
    return found


def _is_near(left: FlatRow, right: FlatRow) -> bool:
    places = [
        fold(words(row, "place")) for row in (left, right) if row["place_evidence"] != "inferred"
    ]
    if len(places) == 2 and places[0] and places[0] == places[1]:
        return True
    return bool(roots_of(left) & roots_of(right))


def roots_of(row: FlatRow) -> set[str]:
    """Return the parties that a claim is told to be about, by the ledger's names for them where one is known."""
    names = (
        name
        for role, grade in zip(ROLES, GRADES, strict=True)
        if row[grade] != "inferred"
        for name in many(row, role)
    )
    return {root for name in names for root in _roots(name)}


OFFICES = ("military forces of ", "police forces of ", "government of ", "armed forces of ")
"""How data sets begin the names of a state's organs."""


def _roots(name: str) -> tuple[str, ...]:
    bare = fold(name.partition("(")[0].partition("/")[0])
    for office in OFFICES:
        bare = bare.removeprefix(office)
    known = spellings().get(fold(bare), ())
    return known if len(known) == 1 else (bare,)
