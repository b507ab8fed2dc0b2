import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.segment.blocks import split_blocks
from counterclaim.segment.lines import split_lines

WRAPPED = """Kestrian guns shelled the pass above Varn on Tuesday, the ministry
said, and two soldiers were killed in the third attack of the week
by the same unit.

Kestria denied it. "Our guns were silent all day," a spokesman said
in the capital, where talks were to begin on Friday.
"""


def blocks(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.span.start : b.span.end]) for b in split_blocks(text)]


def test_blocks_of_paragraphs_with_blank_lines() -> None:
    text = "Guns fell silent\n\nThe guns fell silent on Monday.\n\n\nTalks went on.\n"
    assert blocks(text) == [
        ("headline", "Guns fell silent"),
        ("paragraph", "The guns fell silent on Monday."),
        ("paragraph", "Talks went on."),
    ]


def test_blocks_of_one_paragraph_a_line() -> None:
    text = "The guns fell silent on Monday.\r\nTalks went on.\rNobody was hurt.\u2028It rained."
    assert [words for _, words in blocks(text)] == [
        "The guns fell silent on Monday.",
        "Talks went on.",
        "Nobody was hurt.",
        "It rained.",
    ]


def test_blocks_of_lines_broken_at_a_width() -> None:
    assert [words for _, words in blocks(WRAPPED)] == WRAPPED.rstrip().split("\n\n")


@pytest.mark.parametrize("width", [30, 40, 60, 78])
def test_blocks_of_lines_broken_at_any_width(width: int) -> None:
    words = (
        "Kestria's army said on Monday that 14 civilians had been killed when shells struck a market in Ost. "
        "The Ardenian Guard denied shelling the market. The health ministry in Varn said 61 people were wounded "
        "and that hospitals were short of blood."
    )
    assert len(blocks("\n".join(textwrap.wrap(words, width)))) == 1


def test_blocks_of_lines_broken_anywhere() -> None:
    text = "The army said on Monday that 14\ncivilians had been killed when shells\nstruck a market in\nOst. The Guard\ndenied it.\n"
    assert len(blocks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Killed: 14\nWounded: 32\nMissing: 5",
        "Varn\nOst\nThe pass\nLowland\nThe river",
        "Ost quiet\nVarn shelled\nTwo hurt at pass\nTalks fail again",
    ],
)
def test_blocks_do_not_join_narrow_lists(text: str) -> None:
    assert len(blocks(text)) == text.count("\n") + 1


def test_blocks_of_wrapped_list_items() -> None:
    text = (
        WRAPPED
        + "\n  * two soldiers who had been at the post since the early spring of the\n    year\n  * a driver\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "paragraph", "item", "item"]


def test_blocks_do_not_join_short_lines() -> None:
    text = (
        "Varn\nThe guns fell silent.\nTalks went on in Osk.\nNobody came.\nIt rained on the pass."
    )
    assert len(blocks(text)) == 5


def test_blocks_of_markdown() -> None:
    text = "# Guns silent\n\nThe guns fell silent.\n\nLosses\n------\n- Two soldiers\n1. A driver\n\n> We did not fire,\n> they said.\n\n---\nThe end."
    assert blocks(text) == [
        ("headline", "# Guns silent"),
        ("paragraph", "The guns fell silent."),
        ("headline", "Losses\n------"),
        ("item", "- Two soldiers"),
        ("item", "1. A driver"),
        ("paragraph", "> We did not fire,\n> they said."),
        ("paragraph", "---"),
        ("paragraph", "The end."),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The guns fell silent.\nTalks went on.", ["paragraph", "paragraph"]),
        ("Guns silent", ["paragraph"]),
        (
            "The guns fell silent at dawn.\nAn Uneasy Morning\nTalks went on.",
            ["paragraph", "headline", "paragraph"],
        ),
        ("The guns fell silent at dawn.\nand nobody knew why\nTalks went on.", ["paragraph"] * 3),
    ],
)
def test_blocks_tell_headings_from_paragraphs(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in blocks(text)] == kinds


def test_blocks_of_one_giant_line() -> None:
    text = "The guns fell silent. " * 2000
    assert blocks(text) == [("paragraph", text.strip())]


@given(st.text(st.sampled_from("aB .\n\r\t-#>*1\u2028\u00a0"), max_size=80))
def test_lines_are_those_of_python(text: str) -> None:
    lines = split_lines(text)
    assert [text[line.span.start : line.span.end] for line in lines] == [
        line.strip() for line in text.splitlines() if line.strip()
    ]


def test_lines_count_what_stands_around_them() -> None:
    first, second = split_lines("  a\n\n\n\tb")
    assert (first.indent, first.gap) == (2, 0)
    assert (second.indent, second.gap) == (4, 2)
