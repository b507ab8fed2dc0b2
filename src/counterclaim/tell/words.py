"""Words: slots, statuses, acts, flags and rules as people say them. No page shows a code."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from counterclaim.records.attribution import Stance
from counterclaim.records.claim import Category, Outcome, PositionAct
from counterclaim.records.finding import Slot, status_words
from counterclaim.records.party import Party

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "event": "happening",
        "casualty": "casualties",
        "ceasefire": "ceasefire",
        "position": "demand or offer",
        "withheld": "not disclosed",
    }
)
"""What an incident is about."""

QUESTIONS: Mapping[Slot, str] = MappingProxyType(
    {
        "occurred": "Did it happen?",
        "actor": "Who did it?",
        "object": "What was hit?",
        "place": "Where?",
        "border": "On whose land?",
        "time": "When?",
        "effect": "With what effect?",
        "justification": "Why?",
        "figure": "How many?",
        "agreement": "Does the truce stand?",
        "disclosure": "Was it disclosed?",
    }
)
"""What is asked of an incident; the ledger calls each a slot."""

SHORT: Mapping[str, str] = MappingProxyType(
    {
        "occurred": "that it happened",
        "actor": "who did it",
        "object": "what was hit",
        "place": "where",
        "border": "whose land",
        "time": "when",
        "effect": "the effect",
        "justification": "why",
        "figure": "how many",
        "agreement": "the truce",
        "disclosure": "disclosure",
    }
)
"""The same within a line: ``who did it: contested``."""

DID: Mapping[Stance, str] = MappingProxyType(
    {
        "state": "said",
        "confirm": "confirmed",
        "admit": "admitted",
        "deny": "denied",
        "accuse": "accused",
        "allege": "alleged",
        "demand": "demanded",
        "appeal": "appealed",
        "promise": "promised",
        "threaten": "threatened",
        "warn": "warned",
        "predict": "predicted",
        "reject": "rejected",
        "withhold": "did not say",
        "correct": "corrected",
        "retract": "took back",
    }
)
"""What a speaker did by saying it."""

ACTS: Mapping[PositionAct, str] = MappingProxyType(
    {
        "demand": "demands",
        "appeal": "appeals",
        "offer": "offers",
        "refuse": "refuses",
        "commit": "commits itself",
        "support": "backs",
        "oppose": "opposes",
        "threaten": "threatens",
        "condition": "sets a condition",
    }
)

HARMS: Mapping[Outcome, str] = MappingProxyType(
    {
        "killed": "killed",
        "wounded": "wounded",
        "missing": "missing",
        "captured": "captured",
        "displaced": "displaced",
        "unspecified": "killed or wounded",
    }
)

PERSONS: Mapping[Category, tuple[str, str]] = MappingProxyType(
    {
        "military": ("soldier", "soldiers"),
        "paramilitary": ("fighter", "fighters"),
        "civilian": ("civilian", "civilians"),
        "mixed": ("person, civilian or military", "people, civilians and military"),
        "unknown": ("person", "people"),
    }
)
"""One and many of a category."""

_FLAGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"unanswered\(0\)", "the accused has not answered"),
        (r"unanswered\((\d+)\)", r"the accused had not answered \1 days later"),
        (r"party_only", "only the parties to the war tell of it"),
        (r"partial_admission\((.*)\)", r"admitted in part: not \1"),
        (r"side_inferred", "whose loss it is, is inferred"),
        (r"actor_inferred", "who did it is inferred"),
        (r"scope_inferred", "a wider denial is held to cover it"),
        (r"self_reported", "a side’s count of its own losses"),
        (r"enemy_count", "a side’s count of its enemy’s losses"),
        (r"self_contradiction", "a speaker contradicts itself"),
        (r"conditional", "said under a condition"),
    )
)


def flag_words(flag: str) -> str:
    """Return a finding's flag in plain words: ``the accused has not answered`` for ``unanswered(0)``."""
    if flag.startswith("also "):
        return f"also {status_words(flag.removeprefix('also '))}"
    for pattern, words in _FLAGS:
        match = pattern.fullmatch(flag)
        if match is not None:
            return match.expand(words)
    return status_words(flag)


def party_name(party: Party | str) -> str:
    """Return a party for readers: ``Ministry of Defence, Armenia``, ``Reuters``, ``Nour (expert)``."""
    root, _, unit = str(party).partition("/")
    sort, colon, name = root.partition(": ")
    if colon:
        root = name if sort == "media" else f"{name} ({sort})"
    return f"{unit}, {root}" if unit else root


def plain_name(root: str) -> str:
    """Return a root for a title: without its sort, and without that its words are all there is of a name."""
    return (
        root.partition(": ")[2].strip() or root if ": " in root else root.removesuffix(" (unnamed)")
    )


def listed(names: Iterable[str], most: int = 3) -> str:
    """Return names as a sentence lists them: ``A, B and C``; of many the first, and how many more."""
    found = list(dict.fromkeys(names))
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} others"]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def day_name(day: date) -> str:
    """Return a day as a title has it: ``14 October 2020``."""
    return f"{day.day} {day:%B %Y}"


def days_name(first: date | None, last: date | None) -> str:
    """Return one day or a stretch of days: ``9–14 October 2020``, ``July 2014``, ``2014``."""
    if first is None or last is None or first == last:
        day = first or last
        return "" if day is None else day_name(day)
    if first.day == 1 and last.month == 12 and last.day == 31 and first.month == 1:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        is_month = first.day == 1 and (last - first).days >= 27
        return f"{first:%B %Y}" if is_month else f"{first.day}–{day_name(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_name(last)}"
    return f"{day_name(first)} – {day_name(last)}"
