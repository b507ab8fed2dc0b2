"""What nobody did is no act that anybody admits: "had fired on **no one**", "**none** of its aircraft"."""

import pytest

from counterclaim.records.claim import Event
from tests.conftest import ReadText

NOT_DONE = [
    "Kenya's defence minister said his soldiers had fired on no one.",
    "Kenya said its troops had attacked nobody.",
    "The Ethiopian army said none of its aircraft had bombed Gode.",
    "Chad's army said it had fired at no village.",
    "Mali's army said not a single soldier of its own had attacked Kidal.",
    "Cuba said its men left Cabinda without firing a shot.",
    "The Turkish army said it had never shelled Afrin.",
    "Kenya said it had refrained from shelling Moyale.",
]
DONE = [
    "Kenya said its troops had attacked a bandit camp.",
    "Israel said it struck Rafah with no warning.",
    "The Ethiopian army said its aircraft had bombed Gode.",
]


def admitted(text: str, read_text: ReadText) -> list[str]:
    """Return the acts that are told as admitted or as facts."""
    return [
        claim.quote
        for claim in read_text(text).claims
        if isinstance(claim.payload, Event)
        and claim.payload.type == "ASSAULT"
        and claim.payload.telling in {"admitted", "fact", "alleged"}
    ]


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_was_not_done_is_not_admitted(text: str, read_text: ReadText) -> None:
    assert admitted(text, read_text) == []


@pytest.mark.parametrize("text", DONE)
def test_what_was_done_is_told(text: str, read_text: ReadText) -> None:
    assert len(admitted(text, read_text)) == 1


@pytest.mark.parametrize(
    ("text", "town"),
    [
        (
            "Three soldiers died when their convoy came under fire; Caracas denied any part in it.",
            "Caracas",
        ),
        ("Diplomats in the capital of Chad said that 92 tanks had been destroyed.", "N'Djamena"),
        ("Ankara said that Kurdish fighters had attacked a border post.", "Ankara"),
    ],
)
def test_a_capital_that_speaks_is_not_where_it_happened(
    text: str, town: str, read_text: ReadText
) -> None:
    places = [
        claim.payload.place.name
        for claim in read_text(text).claims
        if isinstance(claim.payload, Event) and claim.payload.place is not None
    ]
    assert town not in places
