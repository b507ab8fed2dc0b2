"""Scoring: a ledger found against the corpus' gold, layer by layer.

Levels are nested, as in a chain: a figure counts at ``+side`` only where number and kind are right too.
Names agree by their root, or by any words that the gold says to mean that party in the report.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from counterclaim.lexicon import load_parties

Row = Mapping[str, Any]
Counts = Counter[tuple[str, str]]
Pair = tuple[int, int]

SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
CASUALTY_LEVELS = ("number", "+kind", "+side", "+category", "+scope", "+reporter")


@dataclass(frozen=True)
class Report:
    """A report of the corpus, as far as scoring needs it."""

    gold: Row

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Roots by every word that means them, in lower case."""
        found: dict[str, str] = {}
        for party in self.gold["parties"]:
            root = root_of(party["party"])
            found[root.lower()] = root.lower()
            for start, end in party["mentions"]:
                found.setdefault(
                    self.gold["text"][start:end].lower().removeprefix("the "), root.lower()
                )
        return found

    @cached_property
    def sentences(self) -> Sequence[Pair]:
        """Characters of the sentences."""
        text = self.gold["text"]
        cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
        return [(start, end) for start, end in pairwise(cuts) if start < end]

    def roots(self, name: str | Sequence[str] | None) -> frozenset[str]:
        """Return the roots of a name in normal form, of several joined by `` & ``."""
        if not name:
            return frozenset()
        parts = name.split(" & ") if isinstance(name, str) else name
        roots = (root_of(part).lower() for part in parts)
        return frozenset(
            settled(self.names.get(root, root)) for root in roots if root and root not in {"-", "?"}
        )

    def agree(self, found: str | None, gold: str | None) -> bool:
        """Whether two names share a root, or both are empty."""
        left, right = self.roots(found), self.roots(gold)
        if left == {"both"} or right == {"both"}:
            return len(left | right) == 1 or len((left | right) - {"both"}) > 1
        return bool(left & right) or (not left and not right)

    def near(self, one: Sequence[int] | None, other: Sequence[int] | None) -> bool:
        """Whether two stretches overlap or share a sentence."""
        if one is None or other is None:
            return False
        return overlap(one, other) or any(
            overlap(one, sentence) and overlap(other, sentence) for sentence in self.sentences
        )


@cache
def aliases() -> Mapping[str, str]:
    """Return the lexicon's own names by each of their whole-party aliases, in lower case."""
    return {
        alias.lower(): known.id.lower()
        for known in load_parties()
        if known.of is None
        for alias in (known.id, *known.aliases)
    }


def settled(name: str) -> str:
    """Return the lexicon's own name where it knows one: "LTTE" and "the Tamil Tigers" are one party."""
    bare = name.removeprefix("the ")
    return (
        aliases().get(name) or aliases().get(bare) or aliases().get(bare.replace("-", " ")) or name
    )


def root_of(name: str) -> str:
    """Return the root of a name, without the words that tell its class."""
    return re.sub(
        r"^(?:media|civilian|expert|person): ?", "", name.split("/", maxsplit=1)[0].strip()
    )


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two half-open stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def match(
    found: Sequence[Row], gold: Sequence[Row], weigh: Callable[[Row, Row], float]
) -> list[Pair]:
    """Pair rows one to one, the heaviest pairs first.

    Args:
        found: Rows found.
        gold: Rows of the gold.
        weigh: 0 where two may not be paired.
    """
    pairs = sorted(
        ((weigh(one, other), i, j) for i, one in enumerate(found) for j, other in enumerate(gold)),
        reverse=True,
    )
    used: tuple[set[int], set[int]] = (set(), set())
    kept: list[Pair] = []
    for weight, i, j in pairs:
        if weight > 0 and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            kept.append((i, j))
    return kept


def score(gold: Row, found: Row) -> Counts:
    """Score one report. Keys: measure, and ``tp``, ``p`` or ``g``; fields: ``ok`` or ``n``."""
    report = Report(gold)
    layers = set(
        (gold.get("layers") or "parties claims casualties undisclosed events ceasefires").split()
    )
    counts: Counts = Counter()
    if "casualties" in layers:
        _casualties(report, found["casualties"], counts)
    if "claims" in layers:
        _claims(report, found["claims"], counts)
    if "events" in layers:
        _events(report, found["events"], counts)
    if "ceasefires" in layers:
        _ceasefires(report, found["ceasefires"], counts)
    if "undisclosed" in layers:
        pairs = match(
            found["undisclosed"],
            gold["undisclosed"],
            lambda one, other: (
                report.near(one["span"], other["span"])
                and report.agree(one["party"], other["party"])
            ),
        )
        _levels(
            counts,
            "withheld",
            [len(pairs)],
            found=len(found["undisclosed"]),
            gold=len(gold["undisclosed"]),
            names=[""],
        )
    return counts


def _levels(
    counts: Counts, layer: str, right: Sequence[int], *, found: int, gold: int, names: Sequence[str]
) -> None:
    for name, good in zip(names, right, strict=True):
        measure = f"{layer} {name}".strip()
        counts[measure, "tp"] += good
        counts[measure, "p"] += found
        counts[measure, "g"] += gold


def _nested(fields: Iterable[bool]) -> int:
    """Return how many fields hold before the first that does not."""
    depth = 0
    for holds in fields:
        if not holds:
            break
        depth += 1
    return depth


def _casualties(report: Report, found: Sequence[Row], counts: Counts) -> None:
    gold = report.gold["casualties"]

    def fields(one: Row, other: Row) -> list[bool]:
        return [
            one["kind"] == other["kind"],
            report.agree(one["victim_side"], other["victim_side"]),
            one["category"] == other["category"],
            one["scope"] == other["scope"],
            report.agree(one["reported_by"], other["reported_by"]),
        ]

    def weigh(one: Row, other: Row) -> float:
        same = {one["value_low"], one["value_high"]} - {None} == {
            other["value_low"],
            other["value_high"],
        } - {None}
        if not same or not overlap(one["quote"], other["quote"]):
            return 0
        return 100 + sum(map(int, fields(one, other)))

    pairs = match(found, gold, weigh)
    optional = {j for j, row in enumerate(gold) if not row["explicit"]}
    asked = len(gold) - len(optional)
    predicted = len(found) - sum(j in optional for _, j in pairs)
    right = [0] * len(CASUALTY_LEVELS)
    for i, j in pairs:
        if j in optional:
            continue
        holds = fields(found[i], gold[j])
        for level in range(1 + _nested(holds)):
            right[level] += 1
        if holds[0]:
            for name, one in zip(("side", "category", "scope", "reporter"), holds[1:], strict=True):
                counts[f"field {name}", "ok"] += one
                counts[f"field {name}", "n"] += 1
            for name in ("side", "reporter"):
                row = "victim_side" if name == "side" else "reported_by"
                if found[i].get(f"{row}_evidence") not in {None, "inferred"} and found[i][row]:
                    counts[f"counted {name}", "ok"] += holds[1 if name == "side" else 4]
                    counts[f"counted {name}", "n"] += 1
    _levels(counts, "casualties", right, found=predicted, gold=asked, names=CASUALTY_LEVELS)


def _claims(report: Report, found: Sequence[Row], counts: Counts) -> None:
    gold = report.gold["claims"]
    words = [match.span() for match in re.finditer(r"\w+", report.gold["text"])]

    def dice(one: Sequence[int] | None, other: Sequence[int] | None) -> float:
        if other is None:
            return 1.0
        if one is None:
            return 0.0
        left = {word for word in words if overlap(word, one)}
        right = {word for word in words if overlap(word, other)}
        return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0

    def speaker(one: Row, other: Row) -> bool:
        spans = one["speaker_span"], other["speaker_span"]
        beside = spans[0] is not None and spans[1] is not None and overlap(spans[0], spans[1])
        return beside or report.agree(one["speaker"], other["speaker"])

    def weigh(one: Row, other: Row) -> float:
        if not overlap(one["cue_span"], other["cue_span"]):
            return 0
        return 10 + 5 * speaker(one, other) + dice(one["span"], other["span"])

    right = [0, 0, 0, 0]
    for i, j in match(found, gold, weigh):
        who, what = speaker(found[i], gold[j]), dice(found[i]["span"], gold[j]["span"]) >= 0.5
        stance = found[i]["stance"].replace("refuse_to_say", "withhold") == gold[j]["stance"]
        for level, holds in enumerate((True, who, who and what, who and what and stance)):
            right[level] += holds
        named = report.agree(found[i]["speaker"], gold[j]["speaker"])
        counts["field speaker party", "ok"] += named
        counts["field speaker party", "n"] += 1
        if (
            found[i].get("speaker_evidence") not in {None, "inferred"}
            and found[i]["speaker"] != "-"
        ):
            counts["counted speaker", "ok"] += named
            counts["counted speaker", "n"] += 1
        if who and what:
            counts["field stance", "ok"] += stance
            counts["field stance", "n"] += 1
    _levels(
        counts,
        "claims",
        right,
        found=len(found),
        gold=len(gold),
        names=("cue", "+speaker", "full", "full+stance"),
    )


def _events(report: Report, found: Sequence[Row], counts: Counts) -> None:
    gold = [row for row in report.gold["events"] if row["told"] in {"fact", "alleged", "admitted"}]

    def fields(one: Row, other: Row) -> list[bool]:
        return [
            report.agree(one["agent"], other["agent"]),
            report.agree(one["target"], other["target"]),
        ]

    def weigh(one: Row, other: Row) -> float:
        if one["type"] != other["type"] or not report.near(one["span"], other["span"]):
            return 0
        return 10 + 3 * overlap(one["span"], other["span"]) + sum(map(int, fields(one, other)))

    right = [0, 0, 0]
    for i, j in match(found, gold, weigh):
        holds = fields(found[i], gold[j])
        for level in range(1 + _nested(holds)):
            right[level] += 1
        for role, one in zip(("agent", "target"), holds, strict=True):
            counts[f"field event {role}", "ok"] += one
            counts[f"field event {role}", "n"] += 1
            if found[i].get(f"{role}_evidence") not in {None, "inferred"} and found[i][role]:
                counts[f"counted event {role}", "ok"] += one
                counts[f"counted event {role}", "n"] += 1
        if found[i].get("told") is not None:
            counts["field event told", "ok"] += found[i]["told"] == gold[j]["told"]
            counts["field event told", "n"] += 1
    _levels(
        counts,
        "events",
        right,
        found=len(found),
        gold=len(gold),
        names=("type", "+agent", "+target"),
    )


def _ceasefires(report: Report, found: Sequence[Row], counts: Counts) -> None:
    gold = list(report.gold["ceasefires"])
    alike = {"expired": "collapsed", "extended": "in force"}

    def fields(one: Row, other: Row) -> list[bool]:
        status = alike.get(one["status"], one["status"]) == alike.get(
            other["status"], other["status"]
        )
        return [status, report.roots(one["parties"]) == report.roots(other["parties"])]

    def weigh(one: Row, other: Row) -> float:
        return report.near(one["span"], other["span"]) and 10 + sum(map(int, fields(one, other)))

    right = [0, 0, 0]
    for i, j in match(found, gold, weigh):
        for level in range(1 + _nested(fields(found[i], gold[j]))):
            right[level] += 1
    _levels(
        counts,
        "ceasefires",
        right,
        found=len(found),
        gold=len(gold),
        names=("found", "+status", "+parties"),
    )


def f1(counts: Counts, measure: str) -> float:
    """Return the harmonic mean of precision and recall."""
    right, found, gold = (counts[measure, key] for key in ("tp", "p", "g"))
    return round(2 * right / (found + gold), 3) if found + gold else 0.0


def summary(counts: Counts) -> dict[str, float]:
    """Return every measure's F1, and every field's share of right ones."""
    found = {measure: f1(counts, measure) for measure, key in sorted(counts) if key == "g"}
    found |= {
        measure: round(counts[measure, "ok"] / counts[measure, "n"], 3)
        for measure, key in sorted(counts)
        if key == "n"
    }
    return found
