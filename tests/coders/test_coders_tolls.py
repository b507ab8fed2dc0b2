"""Whose count a number is, where no saying holds it; and what nobody keeps back."""

import pytest

from counterclaim.link.origins import speaks_itself
from counterclaim.records.claim import Casualty, Withheld
from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "reporter"),
    [
        ("The Red Cross's tally since 2011 stands at 371 dead in Syria.", "Red Cross"),
        (
            "Iraq Body Count's database of civilian deaths had reached 4,000 dead.",
            "Iraq Body Count",
        ),
        ("Ethiopia's losses stood at 400 dead.", None),
        ("The death toll in Ethiopia stood at 400.", None),
    ],
)
def test_a_tally_is_its_owner_s(text: str, reporter: str | None, read_text: ReadText) -> None:
    [claim] = [item for item in read_text(text).claims if isinstance(item.payload, Casualty)]
    roots = [party.root for party in claim.speakers if party.evidence != "inferred"]
    assert roots[0].endswith(reporter) if reporter else not roots, roots
    assert speaks_itself(claim) is (reporter is None)


@pytest.mark.parametrize(
    "text",
    [
        "Turkey said 14 fighters had died. Neither figure could be verified.",
        "Diplomats in Ankara could not verify the figure.",
        "The claims have not been independently verified.",
        "The report could not be independently confirmed.",
        "Neither figure could be confirmed.",
        "A diplomat, who asked not to be named, said 12 people had died in Afrin.",
    ],
)
def test_what_could_not_be_checked_is_not_kept_back(text: str, read_text: ReadText) -> None:
    assert not [item for item in read_text(text).claims if isinstance(item.payload, Withheld)]


def test_what_is_kept_back_is_told_in_whole_words(read_text: ReadText) -> None:
    reading = read_text(
        "Turkey said 14 fighters had died in Afrin. It has not said how many it lost."
    )
    [claim] = [item for item in reading.claims if isinstance(item.payload, Withheld)]
    assert claim.quote.startswith(("It has not said", "has not said"))


@pytest.mark.parametrize(
    "text",
    [
        "Sudanese troops took the town without losing a man, the army said.",
        "Kenya said it captured the hill without a single casualty.",
        "Chad's army said its men withdrew without losing 40 more soldiers.",
    ],
)
def test_a_loss_that_was_spared_is_none(text: str, read_text: ReadText) -> None:
    found = [item.payload for item in read_text(text).claims if isinstance(item.payload, Casualty)]
    assert not [loss for loss in found if loss.count.high]
