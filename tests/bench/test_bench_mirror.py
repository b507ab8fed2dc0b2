"""The mirror test: names change sides, offsets lead back, and a lopsided reading is seen."""

from dataclasses import replace

import pytest
from bench.mirror import apply, main_sides, mirror, swap_names

from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document, Span
from tests.conftest import ReadText

TEXT = (
    "Syria accused Turkey on Monday of shelling a village. The Turkish army denied it, and Ankara "
    "said that Syrian troops had fired first."
)


def test_bench_mirror_swaps_names_adjectives_and_capitals(read_text: ReadText) -> None:
    reading = read_text(TEXT)
    sides = main_sides(reading)
    assert sides is not None
    text, back = apply(TEXT, list(swap_names(reading, *sides)))
    assert text == (
        "Turkey accused Syria on Monday of shelling a village. The Syrian army denied it, and Damascus "
        "said that Turkish troops had fired first."
    )
    at = text.index("denied")
    assert TEXT[back[at] :].startswith("denied")
    assert back[-1] == len(TEXT)


def test_bench_mirror_of_an_even_report_is_whole() -> None:
    assert mirror(Document(text=TEXT)) == (3, [])


def test_bench_mirror_sees_a_reading_that_takes_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    def lopsided(document: Document, *, tools: Tools) -> Reading:
        reading = read_document(document, tools=tools)
        kept = [
            replace(item, stance="admit") if str(item.speaker_name) == "Syria" else item
            for item in reading.attributions
        ]
        return replace(reading, attributions=tuple(kept))

    monkeypatch.setattr("bench.mirror.read_document", lopsided)
    found = mirror(Document(text=TEXT))
    assert found is not None
    assert found[1][0][0] == "stance"


def test_bench_mirror_needs_two_sides() -> None:
    assert mirror(Document(text="The mayor said that the road was open.")) is None


def test_bench_mirror_applies_edits_of_other_lengths() -> None:
    text, back = apply("ab cd ef", [(0, 2, "x"), (6, 8, "long")])
    assert text == "x cd long"
    assert [back[at] for at in (0, 2, 5)] == [0, 3, 6]
    assert Span(back[5], back[9]) == Span(6, 8)
