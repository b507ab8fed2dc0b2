"""Whom an attack hit, where its own words name nobody: suggested, and never counted."""

import pytest

from counterclaim.records.claim import Event
from tests.conftest import ReadText


def targets(text: str, read_text: ReadText) -> set[tuple[str, str]]:
    """Return the targets of attacks, and how each is known."""
    return {
        (party.root, party.evidence)
        for claim in read_text(text).claims
        if isinstance(claim.payload, Event) and claim.payload.type == "ASSAULT"
        for party in claim.payload.recipients
    }


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("Russian jets bombed a market on Friday, killing two Georgian civilians.", "Georgia"),
        ("Al-Shabaab fighters attacked a bus, killing six Kenyan soldiers.", "Kenya"),
    ],
)
def test_who_was_harmed_was_the_target(text: str, land: str, read_text: ReadText) -> None:
    assert (land, "inferred") in targets(text, read_text)


def test_a_town_taken_tells_no_target(read_text: ReadText) -> None:
    assert targets("Rebels shelled the airport on Friday.", read_text) == set()
