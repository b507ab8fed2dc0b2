"""Near copies are told; a report that only raises a toll, or turns round, is none."""

import pytest

from counterclaim.copies.prints import Copies, resemblance, take_print

REPORT = (
    "Artillery fire hit the market square of Vardenis on Tuesday morning, the defence ministry said in a statement. Shells fell "
    "for about half an hour and destroyed several shops. Twelve civilians were killed and 30 were wounded, among them children "
    "on their way to school. Rescue workers carried the injured to the district hospital while smoke rose over the town. The "
    "ministry accused the enemy of having fired from positions near the border, and announced an answer. Residents spent the "
    "night in cellars. Electricity and water were cut off in most streets, according to the mayor, who asked for blankets."
)


def find(second: str, first: str = REPORT) -> bool:
    copies = Copies()
    copies.add("d-1", take_print(first))
    return copies.find(take_print(second)) == "d-1"


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        REPORT.upper(),
        f"By our correspondent. {REPORT}",
        REPORT.replace(". ", ".\n\n"),
        f"{REPORT} Read more on our site.",
        REPORT.replace("about half", "half"),
    ],
)
def test_copies_are_told(text: str) -> None:
    assert find(text)


@pytest.mark.parametrize(
    "text",
    [
        REPORT.replace("30 were", "34 were"),
        REPORT.replace("Twelve civilians", "Fifteen civilians"),
        REPORT.replace("accused the enemy of having", "denied having"),
        REPORT.replace("hit the market", "did not hit the market"),
        REPORT[: len(REPORT) // 2]
        + " The talks in Geneva ended without a result, diplomats told reporters, and go on in May.",
        "The talks in Geneva ended without a result, diplomats told reporters.",
        "",
    ],
)
def test_news_is_no_copy(text: str) -> None:
    assert not find(text)


def test_copies_forget_the_oldest() -> None:
    copies = Copies(held=2)
    texts = [
        f"{REPORT} Version of the {word} edition." * 2 for word in ("morning", "noon", "night")
    ]
    for at, text in enumerate(texts):
        copies.add(f"d-{at}", take_print(text * (at + 1) + f" {word_list(at)}"))
    assert copies.find(take_print(texts[0] + f" {word_list(0)}")) is None
    assert copies.find(take_print(texts[2] * 3 + f" {word_list(2)}")) == "d-2"


def word_list(at: int) -> str:
    return " ".join(
        f"{chr(97 + at)}{chr(97 + i)}{chr(97 + j)}" for i in range(20) for j in range(20)
    )


def test_copies_of_an_unlike_text_do_not_resemble() -> None:
    assert resemblance(take_print(word_list(0)), take_print(word_list(1))) < 0.1
    assert resemblance(take_print(REPORT), take_print(REPORT)) == 1.0


def test_copies_print_is_the_same_in_every_process() -> None:
    assert take_print(REPORT).minima.hex()[:16] == PRINTED


PRINTED = "cda31f01c5f82b00"
"""The first minima of the report: hashes of Python's own differ from process to process, these do not."""
