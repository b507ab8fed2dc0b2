"""The article that the project began with: its places, times and whose land they are, as the mission has them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from counterclaim.atlas.borders import sovereignty
from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.mentions import resolve_mentions
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.claim import Event
from counterclaim.records.place import Place
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span

DAY = date(2020, 10, 14)
Check = tuple[int, str, object, object]
"""A row of the mission, what is looked at, what must be, and what is."""


def check_source(text: str) -> dict[str, Any]:
    """Read the article with and without its day, and compare; nothing is left out that fails."""
    reading = read_document(Document(text=text, published=DAY), tools=load_tools())
    undated = read_document(Document(text=text), tools=load_tools())
    checks = [*_events(reading), *_lands(reading), *_times(reading, undated)]
    return {
        "command": "python -m bench report",
        "passed": sum(wanted == found for _, _, wanted, found in checks),
        "checks": len(checks),
        "failed": [
            {"row": row, "what": what, "wanted": str(wanted), "found": str(found)}
            for row, what, wanted, found in checks
            if wanted != found
        ],
    }


def _events(reading: Reading) -> Iterator[Check]:
    told = {
        (claim.payload.place.name, claim.payload.telling, claim.payload.place.within)
        for claim in reading.claims
        if isinstance(claim.payload, Event) and claim.payload.place is not None
    }
    for what, wanted in (
        ("strikes are placed inside Armenia, admitted", ("Armenia", "admitted", "inside")),
        ("Ganja is targeted, alleged", ("Ganja", "alleged", None)),
        ("firing inside Azerbaijan is denied", ("Azerbaijan", "denied", "inside")),
    ):
        yield 4, what, wanted, wanted if wanted in told else sorted(told, key=str)


def _lands(reading: Reading) -> Iterator[Check]:
    wordings = {reading.document.words(item.span): item for item in reading.wordings}
    ganja = wordings.get("Ganja, a city deep inside Azerbaijan")
    land = None if ganja is None else ganja.land
    yield 8, "Ganja: wording", "consistent", None if ganja is None else ganja.agreement
    yield 8, "Ganja: recognised", "AZ", None if land is None else land.recognised
    yield 8, "Ganja: disputed area", None, "no wording" if land is None else land.disputed_area
    inside = wordings.get("Armenia")
    yield 8, "inside Armenia", "not computable", None if inside is None else inside.agreement
    occupied = wordings.get("“occupied” land")
    yield 8, "“occupied” land", "not computable", None if occupied is None else occupied.agreement
    town = _stepanakert()
    for day, holder, uncertain in (
        (DAY, "Nagorno-Karabakh", False),
        (date(2020, 12, 1), "Nagorno-Karabakh", True),
        (date(2023, 10, 1), "Azerbaijan", False),
    ):
        held = sovereignty(town, day)
        name = (held.held_by or "").partition(" authorities")[0].rpartition("or ")[2]
        yield (
            8,
            f"Stepanakert on {day}",
            ("AZ", holder, uncertain),
            (
                held.recognised,
                name,
                held.is_uncertain,
            ),
        )


def _stepanakert() -> Place:
    [place] = resolve_mentions("Stepanakert", [Span(0, 11)], load_atlas())
    assert place is not None, "the atlas has Stepanakert"
    return place


def _times(reading: Reading, undated: Reading) -> Iterator[Check]:
    for words, dated, relative in (
        ("overnight on Wednesday", "2020-10-14TNI", "XXXX-WXX-3TNI"),
        ("last week", "2020-W41", "XXXX-week"),
        ("last Friday", "2020-10-09", "XXXX-WXX-5"),
        ("Tuesday", "2020-10-13", "XXXX-WXX-2"),
    ):
        yield 1, f"{words}, dated", dated, _value(reading, words)
        yield 1, f"{words}, undated", relative, _value(undated, words)


def _value(reading: Reading, words: str) -> str | None:
    for item in reading.resolution.times:
        if reading.document.words(item.span) == words:
            return item.time.value
    return None
