"""Of what kind persons are of whom a part is said to be of another, and that the part divides them."""

import pytest

from counterclaim.records.claim import Casualty
from tests.conftest import ReadText

CASES = [
    (
        "Honduras said 212 of its citizens, 140 of them civilians, were killed.",
        [("mixed", False), ("civilian", True)],
    ),
    (
        "The Tajik ministry said 41 Tajik citizens, most of them civilians, were killed.",
        [("mixed", False)],
    ),
    ("Tajikistan counted 41 dead citizens, half of them soldiers.", [("mixed", False)]),
]
NEAR_MISSES = [
    ("Shelling killed 60 residents of Homs, many of them children.", [("civilian", False)]),
    ("Shelling killed 60 citizens, all of them civilians.", [("civilian", False)]),
    (
        "Some 60 villagers, three of them women, were killed in Homs.",
        [("civilian", False), ("civilian", True)],
    ),
    (
        "The blast killed 18 soldiers, nine of them conscripts.",
        [("military", False), ("military", True)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*CASES, *NEAR_MISSES])
def test_victim_category_of_whom_a_part_is_told(
    text: str, expected: list[tuple[str, bool]], read_text: ReadText
) -> None:
    figures = [c.payload for c in read_text(text).claims if isinstance(c.payload, Casualty)]
    assert [(figure.category, figure.part_of is not None) for figure in figures] == expected
