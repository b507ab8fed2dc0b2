"""Loads ceasefires.yaml and withheld.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from counterclaim.lexicon.load import read_rows
from counterclaim.records.claim import CeasefireStatus


@dataclass(frozen=True, slots=True)
class CeasefireLexicon:
    """ceasefires.yaml, compiled."""

    names: re.Pattern[str]
    statuses: tuple[tuple[str, CeasefireStatus, re.Pattern[str]], ...]
    """Entry id, status and pattern, in order of precedence."""
    governing: tuple[tuple[str, CeasefireStatus, re.Pattern[str]], ...]
    """Words that tell something only where they govern the name."""
    loose: tuple[tuple[str, CeasefireStatus, re.Pattern[str]], ...]
    """Words that tell something only from the clause around it."""
    terms: re.Pattern[str]
    starts: re.Pattern[str]
    """Words behind which the time of a start stands: found at the end of what is before it."""
    coming: re.Pattern[str]
    """Those behind which a start to come stands."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One entry of withheld.yaml."""

    id: str
    pattern: re.Pattern[str]
    means: str
    has_no_owner: bool
    is_passive: bool
    """The subject is what is withheld, not who withholds it."""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


def _pattern(words: list[str]) -> re.Pattern[str]:
    parts = [
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def _ending(rows: list[dict[str, Any]], kind: str) -> re.Pattern[str]:
    """Compile words that stand right before a time, but for an hour and ``on``."""
    words = next(row for row in rows if row["kind"] == kind)["words"]
    hour = r"(?:\s+(?:at|on|the|early|late|midnight|noon|dawn|[\d:.]+|[ap]\.?m\.?|local|time|\(\w+\)),?)*"
    return re.compile(_pattern(words).pattern + hour + r"\s*\Z", re.IGNORECASE)


@cache
def load_ceasefires() -> CeasefireLexicon:
    """Load ceasefires.yaml once."""
    rows = read_rows("ceasefires.yaml")
    names = next(row for row in rows if row["kind"] == "name")["words"]
    terms = next(row for row in rows if row["kind"] == "terms")["words"]
    told = [row for row in rows if row["kind"] == "status"]
    statuses, governing, loose = (
        tuple((row["id"], row["status"], _pattern(row[part])) for row in told if part in row)
        for part in ("words", "governing", "loose")
    )
    plural = [f"{name}s" for name in names if " " not in name]
    return CeasefireLexicon(
        _pattern([*names, *plural]),
        statuses,
        governing,
        loose,
        _pattern(terms),
        _ending(rows, "start"),
        _ending(rows, "coming"),
    )


@cache
def load_formulas() -> tuple[Formula, ...]:
    """Load withheld.yaml once."""
    return tuple(
        Formula(
            row["id"],
            re.compile(row["pattern"], re.IGNORECASE),
            row["means"],
            row.get("nobody") == "yes",
            row.get("passive") == "yes",
            tuple(row.get("examples", ())),
            tuple(row.get("not", ())),
        )
        for row in read_rows("withheld.yaml")
    )
