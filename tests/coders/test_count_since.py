"""What "since" counts: for two numbers that share an auxiliary, for more of them, and not for a record."""

import pytest

from counterclaim.records.claim import Casualty
from tests.conftest import ReadText

CASES = [
    (
        "Ecuador said that 11 of its soldiers had been killed and 26 wounded since fighting began in January.",
        ["cumulative", "cumulative"],
    ),
    (
        "Some 40 villagers were killed and 90 injured since the start of May, the mayor said.",
        ["cumulative", "cumulative"],
    ),
    ("Another three have died since.", ["new"]),
    ("The hospital said that four more have died since.", ["new"]),
    (
        "Three aid workers were killed in Sake, the first such deaths since the truce of 2022.",
        ["incident"],
    ),
    (
        "Twelve soldiers were killed on Monday, the heaviest loss since the war began.",
        ["incident"],
    ),
]
NEAR_MISSES = [
    ("Fifty people have died since.", ["cumulative"]),
    ("Another 40 people have died since the start of the war.", ["cumulative"]),
    ("Some 300 soldiers have been killed since March.", ["cumulative"]),
    (
        "A Malian officer said 12 soldiers were killed and rebels wounded 20 villagers since May.",
        ["incident", "cumulative"],
    ),
]


@pytest.mark.parametrize(("text", "measures"), [*CASES, *NEAR_MISSES])
def test_count_scope_reads_since_for_what_it_counts(
    text: str, measures: list[str], read_text: ReadText
) -> None:
    found = [c.payload.measure for c in read_text(text).claims if isinstance(c.payload, Casualty)]
    assert found == measures


def test_count_scope_takes_no_day_from_since(read_text: ReadText) -> None:
    claims = read_text("Shelling killed nine people in Ost, the deadliest day since March.").claims
    figures = [claim.payload for claim in claims if isinstance(claim.payload, Casualty)]
    assert [figure.period for figure in figures] == [None]
