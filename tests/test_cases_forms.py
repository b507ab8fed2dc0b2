"""The forms: texts as they come, and what must be read in them, whatever their layout."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import Casualty, Event
from counterclaim.records.place import Place
from counterclaim.records.reading import Reading
from counterclaim.records.time import Time

CASES = Path(__file__).parent / "cases"


def load() -> list[Any]:
    rows = yaml.safe_load((CASES / "forms.yaml").read_text("utf-8"))
    return [pytest.param(row, id=f"{row['kind']}: {row['label']}") for row in rows]


def _day(time: Time | None) -> str:
    return "" if time is None else f" on {time.value}"


def _at(place: Place | None) -> str:
    return "" if place is None else f" at {place.name}"


def lines_of(reading: Reading) -> list[str]:
    """Write figures and events as lines: what, when, where, and who counts."""
    lines = []
    for claim in reading.claims:
        payload = claim.payload
        if isinstance(payload, Casualty):
            count = payload.count
            number = f"{count.said}.." if count.qualifier == "at_least" else str(count.said)
            side = "".join(f" of {party}" for party in payload.side[:1])
            by = " & ".join(map(str, claim.speakers))
            lines.append(
                f"{number} {payload.outcome}{_day(payload.period or payload.as_of)}{_at(payload.place)}{side}"
                + (f" by {by}" if by else "")
            )
        elif isinstance(payload, Event):
            lines.append(f"event {payload.type}{_at(payload.place)}{_day(payload.time)}")
    return lines


@pytest.mark.parametrize("case", load())
def test_case_form(case: dict[str, Any], tools: Tools) -> None:
    published = case.get("published")
    assert published is None or isinstance(published, date)
    reading = read(case["text"], published=published, outlet=case.get("outlet"), tools=tools)
    lines = lines_of(reading)
    for line in case.get("expect", ()):
        assert any(all(part in found for part in _parts(line)) for found in lines), (
            case["kind"],
            line,
            lines,
        )
    for words in case.get("never", ()):
        assert not any(words in line for line in lines), (case["kind"], words, lines)


def _parts(line: str) -> list[str]:
    """Split an expected line at its labels, so that a case names only the fields it is about."""
    parts = [line]
    for mark in (" on ", " at ", " of ", " by "):
        parts = [
            piece if at == 0 else f"{mark}{piece}"
            for part in parts
            for at, piece in enumerate(part.split(mark))
        ]
    return parts
