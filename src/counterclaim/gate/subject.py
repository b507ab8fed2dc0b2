"""Subject: whether a text is a report of war at all, told from all its words.

The gate looks at a text's beginning and is made to lose no report of an archive; what it lets through is read. Here a
person has given one text, and what is no report of war must give nothing: so the words of other subjects count too,
and the length, since a short text holds few words of any kind.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from counterclaim.gate.evidence import Evidence, weigh_evidence
from counterclaim.gate.features import hash_words
from counterclaim.gate.model import DATA, GateError, open_gate

REACH = 20_000
"""Characters looked at."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
SHORT = 25
"""Words under which a text has too few of any kind to be told by length."""

MARGINS = ((SHORT, -3.4), (40, 0.9), (math.inf, 2.5))
"""Words under which, and how far over the threshold a text must lie: a short one is refused only where it surely speaks
of something else, since a true line of a dozen words holds little that tells. Of 122 real reports the lowest is an
opinion page at 1.0, the next at 2.5; of 277 short ones on war none is refused."""

SENTENCE = 20
"""Words under which a text is never refused: one sentence may be of anything."""

BRIEF = 60
"""Words under which a text that speaks of nothing else is read: little stands in it that could tell."""

CLEAR = 4.5
"""How far over the threshold a text is read whatever its other words: of 1,161 reports two lie under it and are
outweighed."""

FEWER, OUTWEIGHED = 2, 5
"""Things of war for each word of something else, up to which a text without a plain sentence of war is refused, and up
to which it is refused where its other words do not speak clearly either."""

FEW = 3
"""Things of war that may be named by chance, and words of another subject by which it must lead."""


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """The words of subjects.yaml, the weights of hashed words, and those of what is counted."""

    conflict: frozenset[str]
    loose: frozenset[str]
    others: Mapping[str, frozenset[str]]
    """Words of other subjects, by subject."""
    hashed: NDArray[np.float32]
    """One for each bucket; unlike the gate's, some speak against war. Shape: (BUCKETS,)."""
    bias: float
    weights: Mapping[str, float]
    threshold: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is about, as far as that matters here."""

    is_war: bool
    score: float
    """Log-odds that it may be a report of war."""
    subject: str | None
    """The other subject that most of its words speak of; None for none."""


@cache
def load_subjects(folder: Path = DATA) -> Subjects:
    """Load the words and weights once.

    Raises:
        GateError: If they are not there.
    """
    try:
        told = json.loads((folder / "subject.json").read_text("utf-8"))
        words = read_words(folder)
        with np.load(folder / "subject.npz", allow_pickle=False) as stored:
            codes = stored["codes"]
    except (OSError, ValueError, KeyError) as error:
        msg = f"the weights of subjects cannot be read ({error}): install the package anew"
        raise GateError(msg) from error
    conflict, loose = words.pop("conflict"), words.pop("loose")
    hashed = codes.astype(np.float32) * np.float32(told["step"])
    return Subjects(
        conflict, loose, words, hashed, told["bias"], told["weights"], told["threshold"]
    )


def read_words(folder: Path = DATA) -> dict[str, frozenset[str]]:
    """Return the words of subjects.yaml by subject."""
    rows = yaml.safe_load((folder / "subjects.yaml").read_text("utf-8"))
    return {row["id"]: frozenset(row["words"].split()) for row in rows}


def count_features(
    text: str, words: Mapping[str, frozenset[str]], hashed: float, gate: float
) -> dict[str, float]:
    """Return what of a text bears on its subject.

    Args:
        text: The report's words, without its readers' thread.
        words: By subject.
        hashed: Score by hashed words.
        gate: The gate's own.
    """
    head = text[:REACH]
    every = _WORD.findall(head.lower())
    told = frozenset(every)
    conflict = len(told & words["conflict"])
    others = sorted(
        (len(told & own) for name, own in words.items() if name not in {"conflict", "loose"}),
        reverse=True,
    )
    length = math.log1p(len(every))
    is_short = float(len(every) < SHORT)
    return {
        "bias": 1.0,
        "hashed": hashed,
        "gate": gate,
        "hashed, short": hashed * is_short,
        "conflict": math.log1p(conflict),
        "no conflict": float(conflict == 0),
        "one conflict": float(conflict == 1),
        "conflict, short": math.log1p(conflict) * is_short,
        "loose": math.log1p(len(told & words["loose"])),
        "other": math.log1p(others[0]),
        "second": math.log1p(others[1]),
        "others": math.log1p(sum(others)),
        "length": length,
        "short": is_short,
    }


def score_hashed(text: str, hashed: NDArray[np.float32], bias: float) -> float:
    """Return a text's score by its hashed words."""
    buckets = np.fromiter(hash_words(text), np.intp)
    if not buckets.size:
        return bias
    return bias + float(hashed[buckets].sum() / np.sqrt(buckets.size))


def tell_subject(text: str) -> Verdict:
    """Return whether a text may be a report of war.

    Args:
        text: The report's words.
    """
    subjects = load_subjects()
    evidence = weigh_evidence(text)
    words = {"conflict": subjects.conflict, "loose": subjects.loose, **subjects.others}
    hashed = score_hashed(text, subjects.hashed, subjects.bias)
    features = count_features(text, words, hashed, open_gate().score(text))
    score = sum(subjects.weights.get(name, 0.0) * value for name, value in features.items())
    least = next(
        least for words_under, least in MARGINS if len(_WORD.findall(text.lower())) < words_under
    )
    over = score - subjects.threshold
    is_war = over >= least and not (over < CLEAR and _is_outweighed(text, words))
    other = _subject(text, subjects)
    length = len(_WORD.findall(text[:REACH].lower()))
    if length < SENTENCE or (
        other is None and length < BRIEF and (evidence.harm or evidence.armed > 1)
    ):
        is_war = True
    if evidence.is_war or (length >= BRIEF and _tells_enough(evidence)):
        is_war = True
    elif _is_elsewhere(evidence, length, over):
        is_war = False
    return Verdict(is_war, score, other)


def _tells_enough(evidence: Evidence) -> bool:
    """Return whether a longer text speaks of nothing else, and names two things of war, or one and some harm."""
    return not evidence.of_else and (
        evidence.armed > 1 or (evidence.armed == 1 and evidence.harm > 1)
    )


def _is_elsewhere(evidence: Evidence, length: int, over: float) -> bool:
    """Return whether a text without a plain sentence of war speaks of something else, the more words the more of them."""
    if not evidence.of_else:
        return False
    of_war = evidence.armed + (evidence.harm if length >= BRIEF else 0)
    if evidence.of_else * FEWER >= of_war:
        return True
    return evidence.of_else * OUTWEIGHED > of_war and length >= SENTENCE and over < CLEAR


def _is_outweighed(text: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a text of some length names hardly a thing of war, and several of one other subject."""
    every = _WORD.findall(text[:REACH].lower())
    if len(every) < SHORT:
        return False
    told = frozenset(every)
    conflict = len(told & words["conflict"])
    other = max(len(told & own) for name, own in words.items() if name not in {"conflict", "loose"})
    return (conflict <= FEW and other >= conflict + FEW) or (
        conflict in {0, 1} and other > conflict
    )


def _subject(text: str, subjects: Subjects) -> str | None:
    words = frozenset(_WORD.findall(text[:REACH].lower()))
    told = max((len(words & own), name) for name, own in subjects.others.items())
    return told[1] if told[0] > 1 else None
