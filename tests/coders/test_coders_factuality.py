"""Telling: what a speaker's stance is on an act that stands in what he says."""

import pytest

from counterclaim.records.claim import Event
from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "quote", "told"),
    [
        (
            "Syria admitted launching airstrikes inside Lebanon to take out missiles allegedly used to target villages.",
            "launching airstrikes",
            "admit admitted",
        ),
        (
            "Syria admitted launching airstrikes inside Lebanon to take out missiles allegedly used to target villages.",
            "target",
            "accuse alleged",
        ),
        (
            "Syria admitted firing rockets after Lebanon shelled Damascus.",
            "shelled",
            "accuse alleged",
        ),
        ("Syria said Lebanon shelled Damascus.", "shelled", "accuse alleged"),
    ],
    ids=["one's own act", "an act only alleged", "another's act", "no admission"],
)
def test_coders_stance_on_an_act_is_not_always_the_sayings(
    text: str, quote: str, told: str, read_text: ReadText
) -> None:
    reading = read_text(text)
    [claim] = [
        item
        for item in reading.claims
        if isinstance(item.payload, Event) and item.quote.startswith(quote)
    ]
    assert isinstance(claim.payload, Event)
    assert f"{claim.stance} {claim.payload.telling}" == told
