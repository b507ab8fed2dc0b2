"""Reviewer agreement: how far two reviewers say the same of claims, each without having seen what the other said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from counterclaim.records.judgement import Verdict
from counterclaim.records.ledger_rows import FiledJudgement
from counterclaim.service.corrected_claims import DECIDING, is_by_rule

_LABELS: Mapping[Verdict, str] = {
    "accepted": "accepted",
    "corrected": "corrected",
    "rejected": "rejected",
    "discounted": "rejected",
}

Decided = tuple[datetime, str, tuple[str, str] | None]
"""When, as what, and of a correction the field with its new words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two reviewers agree on the claims that both judged."""

    first: str
    second: str
    both: int
    """Claims that both judged."""
    same: int
    kappa: float | None
    """Cohen's kappa; None where chance alone would make them agree always.

    Source: Cohen (1960), A coefficient of agreement for nominal scales.
    """
    corrected: int = 0
    """Claims that both corrected."""
    alike: int = 0
    """Of these, those that both corrected to the same."""
    apart: tuple[str, ...] = ()
    """Ids of the claims of which they say different things."""

    @property
    def share(self) -> float:
        """The part on which they agree, 0 to 1."""
        return self.same / self.both


def reviews_by(judgements: Sequence[FiledJudgement]) -> dict[str, dict[str, list[Decided]]]:
    """Return each reviewer's standing decisions on each claim, oldest first.

    What was taken back, and what a rule decided of many claims at once, is passed over.
    """
    found: dict[str, dict[str, list[Decided]]] = {}
    for filed in judgements:
        item = filed.judgement
        counts = item.verdict in DECIDING and not is_by_rule(item) and not filed.taken_back
        if counts and item.subject.startswith("c-"):
            what = None
            if item.verdict == "corrected" and item.field is not None:
                what = (item.field, " ".join((item.after or "").casefold().split()))
            told = (filed.recorded_at, _LABELS[item.verdict], what)
            found.setdefault(item.by, {}).setdefault(item.subject, []).append(told)
    return found


def independent(one: Sequence[Decided], other: Sequence[Decided]) -> tuple[str, str]:
    """Return what two reviewers said of a claim, each before the other's decision was shown to them.

    Who decides first may think again until the second decides; the second's own first decision counts. What
    either says after that was said with the other's words in view.
    """
    return _label(one, other), _label(other, one)


def _label(own: Sequence[Decided], theirs: Sequence[Decided]) -> str:
    shown = max(own[0][0], theirs[0][0])
    blind = [label for at, label, _ in own if at <= shown]
    return blind[-1]


def _corrections(said: Sequence[Decided]) -> dict[str, str]:
    return dict(what for _, _, what in said if what is not None)


def agreements(judgements: Sequence[FiledJudgement]) -> tuple[Agreement, ...]:
    """Compare each two reviewers who judged a claim in common, those with most in common first."""
    by_person = reviews_by(judgements)
    found = []
    for first, second in combinations(sorted(by_person), 2):
        one, other = by_person[first], by_person[second]
        rows = sorted(one.keys() & other.keys())
        if not rows:
            continue
        pairs = [independent(one[row], other[row]) for row in rows]
        both = [
            (row, _corrections(one[row]), _corrections(other[row]))
            for row, pair in zip(rows, pairs, strict=True)
            if pair == ("corrected", "corrected")
        ]
        unlike = {row for row, mine, theirs in both if mine != theirs}
        found.append(
            Agreement(
                first=first,
                second=second,
                both=len(pairs),
                same=sum(a == b for a, b in pairs),
                kappa=cohens_kappa(pairs),
                corrected=len(both),
                alike=len(both) - len(unlike),
                apart=tuple(
                    row for row, (a, b) in zip(rows, pairs, strict=True) if a != b or row in unlike
                ),
            )
        )
    return tuple(sorted(found, key=lambda item: -item.both))


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of labels; None where it is not defined.

    Args:
        pairs: One for each thing that both labelled.
    """
    total = len(pairs)
    if not total:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    if chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / total - chance) / (1 - chance)
