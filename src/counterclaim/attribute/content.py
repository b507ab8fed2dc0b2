"""A content: the words that are said, as a range of one sentence."""

from dataclasses import dataclass

from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import children

EDGE = frozenset({",", ";", ":", "—", "–", "-", "--", "(", ")"})


ADDING = frozenset({"bring", "raise", "take", "push", "include"})
"""Participles that go on with a figure told: "12 deaths, **bringing** the total to 40"."""


CLOSERS = EDGE | {".", "”", '"', "?", "!"}


LINKS = frozenset(
    {"but", "and", "however", "meanwhile", "also", "still", "yet", "or", "so", "moreover"}
)


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a content in one sentence."""

    first: int
    last: int
    frame: str
    head: int
    """The word that heads it: its verb, or its noun."""
    target: int | None = None
    """Head of the noun phrase that is accused, asked or threatened."""


def trim(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Take commas, dashes and linking words off the edges; quotation marks stay."""
    while first < last and (sentence[first].text in EDGE or sentence[first].pos == "SPACE"):
        first += 1
    while last > first and (
        sentence[last].text in EDGE or sentence[last].pos == "SPACE" or sentence[last].text == "."
    ):
        last -= 1
    return first, last


def is_infinitive(sentence: Sentence, clause: int) -> bool:
    """Return whether a clause is a to-infinitive ("to withdraw", "to have fired first")."""
    helpers = children(sentence, clause, "aux", "auxpass")
    if not any(sentence[index].tag == "TO" for index in helpers):
        return False
    return sentence[clause].tag == "VB" or any(
        sentence[index].lemma in {"have", "be"} for index in helpers
    )
