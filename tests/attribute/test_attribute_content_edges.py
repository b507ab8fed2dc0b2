"""Spans: what counts as the content, and where the reporter's own words begin."""

import pytest

from counterclaim.records.attribution import Attribution
from counterclaim.records.reading import Reading
from counterclaim.records.text import Span
from tests.conftest import ReadText


def first_claim(reading: Reading) -> Attribution:
    return next(item for item in reading.attributions if item.is_claim)


CASES = [
    ("that is left out", "Syria said that the bridge was hit.", ["the bridge was hit"]),
    ("stop is left out", "Syria said the bridge was hit.", ["the bridge was hit"]),
    ("inverted", "The bridge was hit, Syria said.", ["The bridge was hit"]),
    ("split by the cue", "The bridge, Syria said, was hit.", ["The bridge", "was hit"]),
    (
        "a relative clause behind a comma is the reporter's",
        "Russia condemned the attack, which killed three people.",
        ["the attack"],
    ),
    (
        "how it was said is no part of it",
        "Hamas claimed responsibility for the ambush in a statement.",
        ["the ambush"],
    ),
    (
        "where it was published is no part of it",
        "Hamas claimed responsibility for the ambush on Telegram.",
        ["the ambush"],
    ),
    (
        "an aside behind a dash is the reporter's",
        "Hamas claimed responsibility for the ambush — the third this week.",
        ["the ambush"],
    ),
    (
        "where it happened is part of it",
        "Hamas claimed responsibility for the ambush in the valley.",
        ["the ambush in the valley"],
    ),
    (
        "the whole quotation, though its head stands in the last sentence",
        "“We held. They fled,” General Ruf said.",
        ["“We held. They fled,”"],
    ),
    (
        "a short quotation without a stop keeps its marks",
        "“The bridge is ours”, General Ruf said.",
        ["“The bridge is ours”"],
    ),
    (
        "a verb between is another's",
        "Syria announced a pause, asserting that the bridge was safe.",
        ["a pause"],
    ),
    (
        "a noun between carries it",
        "Syria acknowledged in a report that the bridge was hit.",
        ["the bridge was hit"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=lambda _: None)
def test_attribute_spans_hold_what_is_said(
    text: str, expected: list[str], read_text: ReadText
) -> None:
    reading = read_text(text)
    found = [reading.document.words(span) for span in first_claim(reading).content]
    assert found == expected


def test_attribute_spans_never_cross_the_cue(read_text: ReadText) -> None:
    for _, text, _ in CASES:
        for item in read_text(text).attributions:
            assert not any(span.meets(item.cue) for span in item.content), text


def test_attribute_stance_holds_for_the_clause_it_was_read_in(read_text: ReadText) -> None:
    text = "Syria said that it had not fired and that Israel had shelled the port."
    claim = first_claim(read_text(text))
    assert claim.stance == "deny"
    fired, shelled = text.index("fired"), text.index("shelled")
    assert claim.stance_over(Span(fired, fired + 5)) == "deny"
    assert claim.stance_over(Span(shelled, shelled + 7)) == "state"


def test_attribute_stance_of_a_cue_holds_for_all_that_is_said(read_text: ReadText) -> None:
    claim = first_claim(read_text("Syria denied that it had fired and that it had fled."))
    assert all(claim.stance_over(span) == "deny" for span in claim.content)
