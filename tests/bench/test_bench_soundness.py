"""Soundness: a sound reading has no faults, and each fault is seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from bench.soundness import find_faults

from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.count import exactly
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from tests.conftest import ReadText

TEXT = "Ardenia said on Tuesday that shelling by Kestria had killed 12 soldiers near Ost. Ivo Marek, 20, fled."


def figure(claims: tuple[Claim, ...]) -> Claim:
    return next(claim for claim in claims if isinstance(claim.payload, Casualty))


def test_bench_soundness_of_a_sound_reading(read_text: ReadText) -> None:
    assert list(find_faults(read_text(TEXT))) == []


def moved(claim: Claim, words: str) -> Claim:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return replace(claim, span=span, quote=words)


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("quote", lambda claim: replace(claim, quote="13")),
        ("party long", lambda claim: replace(claim, speakers=(Party("Ardenia " * 9),))),
        ("party no name", lambda claim: replace(claim, speakers=(Party("which it shelled"),))),
        ("party without letters", lambda claim: replace(claim, speakers=(Party("2014"),))),
        ("party clause", lambda claim: replace(claim, speakers=(Party("Ardenia said"),))),
        ("number an age", lambda claim: moved(claim, "20")),
        (
            "number huge",
            lambda claim: replace(claim, payload=replace(claim.payload, count=exactly(90_000_000))),
        ),
    ],
)
def test_bench_soundness_sees(
    kind: str, spoil: Callable[[Claim], Claim], read_text: ReadText
) -> None:
    reading = read_text(TEXT)
    spoiled = spoil(figure(reading.claims))
    assert kind in {fault for fault, _ in find_faults(replace(reading, claims=(spoiled,)))}
