"""Loads times.yaml: words of the calendar, and the ways to say when, how long and how often."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from counterclaim.lexicon.load import read_rows
from counterclaim.lexicon.overlay import LexiconError
from counterclaim.records.time import TimeKind

_PLACEHOLDER = re.compile(r"\{([A-Z][A-Z_]*\d?_?)\}")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeForm:
    """One way to say a time."""

    id: str
    kind: TimeKind
    account: bool
    """Whether it is read in accounts of the past only: ``former`` says no time in a day's report."""
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeLexicon:
    """times.yaml, its forms in one pattern."""

    forms: tuple[TimeForm, ...]
    pattern: re.Pattern[str]
    """Any form; the groups of form ``n`` end in ``_n``, and ``form_n`` is its whole."""
    openers: frozenset[str]
    """Words at which a form may begin, in lower case; digits besides."""
    hints: frozenset[str]
    """Words without one of which, or a digit, no form matches: most sentences hold none."""
    days: Mapping[str, int]
    """Weekday to 0 for Monday and so on."""
    months: Mapping[str, int]
    """Month, in full or short, to 1 to 12."""
    seasons: Mapping[str, str]
    parts: Mapping[str, str]
    units: Mapping[str, str]
    """Unit in the singular to its TIMEX3 letter; ``TH`` for hours."""
    times: Mapping[str, int]
    """What a unit counts of its letter: 10 for a decade."""
    feasts: Mapping[str, str]
    """Feast to month and day."""
    ordinals: Mapping[str, int]
    counted: frozenset[str]
    sayings: frozenset[str]
    """Verbs, as written, that make a day told before them the day of a saying."""

    def groups_of(self, match: re.Match[str]) -> tuple[TimeForm, Mapping[str, str]]:
        """Return the form that matched, and its groups under their own names; empty ones are left out."""
        number = int((match.lastgroup or "form_0").rpartition("_")[2])
        ending = f"_{number}"
        found = {
            name.removesuffix(ending): words
            for name, words in match.groupdict().items()
            if words is not None and name.endswith(ending)
        }
        return self.forms[number], found


@cache
def load_times() -> TimeLexicon:
    """Load times.yaml once.

    Raises:
        LexiconError: If a form is no regular expression or names a word list that is not there.
    """
    words, *rows = read_rows("times.yaml")
    names = _names(words)
    patterns = [_numbered(row, number, names) for number, row in enumerate(rows)]
    return TimeLexicon(
        forms=tuple(map(_form, rows)),
        pattern=re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})", re.IGNORECASE),
        openers=_openers(words),
        hints=_hints(words),
        days=MappingProxyType({day: number for number, day in enumerate(words["days"])}),
        months=MappingProxyType(_months(words)),
        seasons=MappingProxyType(words["seasons"]),
        parts=MappingProxyType(words["parts"]),
        units=MappingProxyType(words["units"]),
        times=MappingProxyType(words["times"]),
        feasts=MappingProxyType(words["feasts"]),
        ordinals=MappingProxyType(words["centuries"]),
        counted=frozenset(words["counted"]),
        sayings=frozenset(words["sayings"]),
    )


def _form(row: Mapping[str, Any]) -> TimeForm:
    return TimeForm(
        id=row["id"],
        kind=row["kind"],
        account=str(row.get("account", "")).lower() == "true",
        examples=tuple((said, value) for said, value in row["examples"]),
        counter_examples=tuple(row.get("counter", ())),
    )


def _months(words: Mapping[str, Any]) -> dict[str, int]:
    full = {month: number for number, month in enumerate(words["months"], 1)}
    return {**full, **words["short_months"]}


def _names(words: Mapping[str, Any]) -> dict[str, str]:
    """Return the regular expression that each placeholder stands for."""
    shorts = "|".join(rf"{month}\b\.?" for month in words["short_months"])
    month = f"{'|'.join(words['months'])}|{shorts}"
    day = "|".join(words["days"])
    year = r"1[1-9]\d\d|20\d\d"
    edges = r"the\s+(?:very\s+)?(?:beginning|start|end|middle|close|early\s+part|latter\s+(?:part|half))"
    units = "seconds?|minutes?|hours?|days?|weeks?|fortnights?|weekends?|months?|years?|decades?|century|centuries"
    return {
        "MONTH": rf"(?P<month>{month})",
        "MONTH2": rf"(?P<month2>{month})",
        "DAY": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w|,\d{3}|\.\d)",
        "ORD": r"(?:st|nd|rd|th)?",
        "YEAR": rf"(?P<year>{year})",
        "YEAR_": rf"(?P<year>{year})(?!\d)",
        "YEAR2": rf"(?P<year2>{year})(?!\d)",
        "WEEKDAY": rf"(?P<weekday>{day})",
        "WEEKDAY_": rf"(?:{day})",
        "PART": "morning|afternoon|evening|night",
        "SEASON": rf"(?P<season>{_any(words['seasons'])})",
        "SEASONS": _any(words["seasons"]),
        "UNIT": rf"(?P<unit>{units})",
        "UNITS": r"(?P<unit>seconds|minutes|hours|days|weeks|fortnights|months|years|decades|centuries)",
        "NUMBER": _number_pattern(words),
        "SHADE": rf"(?:(?P<edge>{edges})\s+(?:of\s+|in\s+)?|(?P<shade>early|late|mid|middle)(?:\s+in)?[\s-]+)?",
        "SHADE_WORDS": edges,
        "CENTURIES": _any(words["centuries"]),
        "FEASTS": _any(words["feasts"]),
        "STRUGGLE": _any(words["struggles"]),
        "BEGINNING": _any(words["beginnings"]),
    }


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _number_pattern(words: Mapping[str, Any]) -> str:
    cardinals = next(row for row in read_rows("numerals.yaml") if row["id"] == "cardinals")
    small = _any(word for word, value in cardinals["values"].items() if 0 < value < 20)
    tens = _any(word for word, value in cardinals["values"].items() if value >= 20)
    vague = _any(words["vague"])
    article = r"an?(?:\s+(?:few|couple(?:\s+of)?|dozen))?|(?:a\s+)?half\s+a\s+dozen"
    return rf"(?P<number>\d{{1,4}}(?:\.\d)?|(?:{tens})(?:[\s-](?:{small}))?|{small}|{vague}|a\s+number\s+of|{article}|couple\s+of|dozens\s+of)"


def _numbered(row: Mapping[str, Any], number: int, names: Mapping[str, str]) -> str:
    """Write a form with its words filled in and its groups numbered."""

    def fill(match: re.Match[str]) -> str:
        if match[1] not in names:
            msg = f"times.yaml: {row['id']} names {match[0]}, which is no list of its words"
            raise LexiconError(msg)
        return names[match[1]]

    form = row["form"]
    while _PLACEHOLDER.search(form):
        form = _PLACEHOLDER.sub(fill, form)
    form = _GROUP.sub(rf"(?P<\1_{number}>", form)
    pattern = rf"(?P<form_{number}>(?:{form})(?!\w))"
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        msg = f"times.yaml: the form of {row['id']} is no regular expression: {error}"
        raise LexiconError(msg) from None
    return pattern


def _openers(words: Mapping[str, Any]) -> frozenset[str]:
    """Collect the first words of all forms, in lower case; digits open one too."""
    cardinals = next(row for row in read_rows("numerals.yaml") if row["id"] == "cardinals")
    lists = (words["days"], words["months"], words["seasons"], words["parts"], words["vague"])
    known = {word.split()[0] for each in lists for word in each}
    known |= {word.split()[0].split("'")[0].split("’")[0] for word in words["feasts"]}
    known |= {word.partition("-")[0] for word in words["centuries"]}
    known |= {ending for month in words["short_months"] for ending in (month, f"{month}.")}
    return frozenset(known | set(cardinals["values"]) | set(words["openers"]))


def _hints(words: Mapping[str, Any]) -> frozenset[str]:
    """Collect words of which each form without digits holds one, in lower case."""
    lists = (words["days"], words["months"], words["seasons"], words["parts"], words["hints"])
    known = {word for each in lists for word in each}
    known |= {word.split()[-1] for word in words["feasts"]} | {"christmas"}
    known |= {ending for month in words["short_months"] for ending in (month, f"{month}.")}
    for unit in words["units"]:
        known |= {unit, f"{unit}s"}
    return frozenset(known | set(words["unit_plurals"]))
