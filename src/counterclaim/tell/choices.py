"""Choices: what a field of a claim can hold, as people say it. The ledger's own words stay the values of the forms."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from counterclaim.tell.titles import load_happenings
from counterclaim.tell.words import ACTS, HARMS, PERSONS

STANCES: Mapping[str, str] = MappingProxyType(
    {
        "state": "says it is so",
        "confirm": "confirms it",
        "admit": "admits it",
        "deny": "denies it",
        "accuse": "accuses",
        "allege": "alleges it",
        "demand": "demands it",
        "appeal": "appeals for it",
        "promise": "promises it",
        "threaten": "threatens it",
        "warn": "warns of it",
        "predict": "predicts it",
        "reject": "rejects it",
        "withhold": "will not say",
        "correct": "corrects what it said",
        "retract": "takes back what it said",
    }
)

TOLD: Mapping[str, str] = MappingProxyType(
    {
        "fact": "as done, by the report itself",
        "admitted": "as done, by who did it",
        "alleged": "as done, by somebody else",
        "denied": "as not done",
        "demanded": "as wanted",
        "foretold": "as coming",
        "hypothetical": "as possible only",
    }
)

FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "speaker": "who says it",
        "doer": "who did it",
        "sufferer": "to whom",
        "side": "whose loss",
        "place": "where",
        "day": "when",
        "parties": "the parties to the truce",
        "broker": "who brokered it",
        "accuser": "who alleges the breach",
        "holder": "whose position",
        "addressee": "of whom it is asked",
        "owner": "who withholds it",
    }
)
"""Fields as the review of a claim names them within a sentence."""


def _plain(words: Mapping[Any, str], **also: str) -> dict[str, str]:
    return {**{str(name): said for name, said in words.items()}, **also}


_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "stance": STANCES,
        "telling": TOLD,
        "harm": _plain(HARMS, unspecified="killed or wounded, not told which"),
        "category": _plain(
            {name: many for name, (_, many) in PERSONS.items()}, unknown="people, not told who"
        ),
        "act": _plain(ACTS),
    }
)


def choice_words(field: str, value: str) -> str:
    """Return how a value of a field is called on a page; the value itself where it is a word already.

    Args:
        field: Its name: ``stance``, ``harm``, ``kind``.
        value: As the ledger writes it: ``ASSAULT/heavy-weapons``.
    """
    if field == "kind":
        return kind_words(value)
    return _WORDS.get(field, {}).get(value, value)


def kind_words(kind: str) -> str:
    """Return what a kind of act is called: ``Shelling`` for ``ASSAULT/heavy-weapons``."""
    happenings = load_happenings()
    if kind in happenings:
        return happenings[kind].words
    type_, *modes = kind.split("/")
    if len(modes) > 1:
        return ", ".join(dict.fromkeys(kind_words(f"{type_}/{mode}") for mode in modes))
    words = happenings[type_].words if type_ in happenings else type_.capitalize()
    return f"{words}: {modes[0].replace('-', ' ')}" if modes else words


def options(field: str, values: Iterable[str], now: str) -> list[tuple[str, str]]:
    """Return the options of a field's list, value and words, what it holds now among them; kinds by the alphabet."""
    every = list(dict.fromkeys((*values, now) if now else values))
    found = [(value, choice_words(field, value)) for value in every]
    return sorted(found, key=lambda item: item[1].casefold()) if field == "kind" else found
