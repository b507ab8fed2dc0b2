"""Evidence: sentences that plainly tell of war, and words that plainly tell of something else.

A text's words weighed together lose a report whose one sentence of war stands among many about schools and trains,
and let a bus through that left the road. So two plain things are looked for first: a sentence in which a thing of war
and a harm meet beside a name, and, in a text that names no thing of war at all, a word that reports of war do not have.
Words and phrases: ``data/evidence.yaml``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from counterclaim.gate.model import DATA

REACH = 40_000
"""Characters looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?:;])[\"”’')\]]*\s+|\n+")
_NAME = re.compile(
    r"(?<=\S )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?!(?:Janu|Febru)ary\b|March\b|April\b|May\b|June\b|July\b"
    r"|August\b|(?:Septem|Octo|Novem|Decem)ber\b)[^\W\d_a-z]\w+"
)
_OWNED = re.compile(
    r"\b(?!The\b|A\b|An\b|Two\b|Three\b|Late\b)[^\W\d_a-z]\w+ (?:air ?)?(?:strikes?|forces|aircrafts?|jets|attacks?|raids?)\b"
)
"""Strikes and forces with a name before them: "Kestrian strikes"."""
_AIMED = re.compile(
    r"\b(?:strikes?|attacks?|raids?|assaults?) (?:on|against) (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_PEOPLE_HARMED = re.compile(r"\b(?:kill(?:ed|s|ing)|wound(?:ed|ing)|injur(?:ed|ing)|dead|died)\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What in a text speaks plainly."""

    of_war: int
    """Sentences in which a thing of war and a harm meet beside a name."""
    armed: int
    """Different words for things of war in the whole text, such as are named by chance included."""
    harm: int
    """Different words for harm: killed, wounded, attacked."""
    of_else: int
    """Different words and phrases that reports of war do not have."""

    @property
    def is_war(self) -> bool:
        """Return whether a sentence tells plainly of war."""
        return self.of_war > 0


@dataclass(frozen=True, slots=True)
class _Words:
    """A row of words and a pattern of its phrases."""

    single: frozenset[str]
    phrases: re.Pattern[str] | None

    def count(self, text: str) -> int:
        """Count the different ones in a text in lower case."""
        return self.within(text, frozenset(_WORD.findall(text)))

    def within(self, text: str, words: frozenset[str]) -> int:
        """Count the different ones in a text in lower case, whose words are given."""
        found = len(self.single & words)
        return found + (len(set(self.phrases.findall(text))) if self.phrases else 0)


@cache
def load_evidence(folder: Path = DATA) -> Mapping[str, _Words]:
    """Load the rows of ``evidence.yaml`` by id."""
    rows = yaml.safe_load((folder / "evidence.yaml").read_text("utf-8"))
    return {row["id"]: _read(row.get("words", ""), row.get("phrases", ())) for row in rows}


def _read(words: str, phrases: Sequence[str]) -> _Words:
    pattern = "|".join(rf"\b{re.escape(phrase)}\b" for phrase in phrases)
    return _Words(frozenset(words.split()), re.compile(pattern) if pattern else None)


def weigh_evidence(text: str) -> Evidence:
    """Return what in a text speaks plainly of war or of something else.

    Args:
        text: The report's words.
    """
    head = text[:REACH]
    rows = load_evidence()
    low = head.lower()
    words = frozenset(_WORD.findall(low))
    return Evidence(
        of_war=sum(_tells_of_war(sentence, rows) for sentence in _SENTENCE.split(head)),
        armed=rows["arms"].within(low, words)
        + rows["by chance"].within(low, words - rows["arms"].single),
        harm=rows["harm"].within(low, words),
        of_else=rows["elsewhere"].within(low, words) + rows["mishaps"].within(low, words),
    )


def _tells_of_war(sentence: str, rows: Mapping[str, _Words]) -> bool:
    """Return whether a thing of war and a harm meet in a sentence with a name, and no word of something else."""
    low = sentence.lower()
    words = frozenset(_WORD.findall(low))
    if rows["elsewhere"].within(low, words):
        return False
    owned = bool(_OWNED.search(sentence))
    aimed = bool(_AIMED.search(low) and _PEOPLE_HARMED.search(low))
    arms = rows["arms"].within(low, words) + (owned or aimed)
    harms = rows["harm"].within(low, words)
    shared = len(rows["arms"].single & rows["harm"].single & words)
    if not arms or not harms or arms + harms - shared < 2:
        return False
    return bool(_NAME.search(sentence)) or owned or (arms > 1 and harms > shared)
