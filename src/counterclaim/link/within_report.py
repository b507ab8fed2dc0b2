"""Links within one report: which tellings of one report are of one happening, whatever is read beside it.

Two claims are never bound when they differ in what cannot differ: type, a known doer, a known
sufferer, places apart, days apart. They are bound when enough of these agree.
"""

from collections.abc import Iterator, Mapping, Sequence

from counterclaim.records.claim import Claim, Event
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.time import Time, bounds

WEIGHTS: Mapping[str, float] = {
    "same actor": 1.0,
    "same recipient": 1.0,
    "same place": 1.0,
    "same country": 0.6,
    "place within": 0.6,
    "same day": 0.8,
    "overlapping days": 0.4,
    "same mode": 0.6,
    "answer": 1.2,
    "same sentence": -0.6,
}
"""What each agreement is worth. Set by hand on invented reports; between reports the trained weights decide."""

THRESHOLD = 1.5
"""Points from which two tellings are one happening: two agreements, or an answer and one."""


_EFFECTS = frozenset({"destroy"})
"""Modes that tell what came of an act, not how it was done: they contradict no other mode."""


def find_bonds(claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """Find the events of one report that tell one happening.

    A claim joins the group with which it agrees best and that none of whose claims forbids it.

    Args:
        claims: Of one document, in the order of their words; those that are no events are passed over.

    Returns:
        Pairs of ids, each claim with the first of its group.
    """
    groups: list[list[Claim]] = []
    for claim in claims:
        if not isinstance(claim.payload, Event):
            continue
        best: tuple[float, int] | None = None
        for index, group in enumerate(groups):
            score = _fit(claim, group)
            if score is not None and (best is None or score > best[0]):
                best = (score, index)
        if best is None or best[0] < THRESHOLD:
            groups.append([claim])
        else:
            groups[best[1]].append(claim)
            yield groups[best[1]][0].id, claim.id


def _fit(claim: Claim, group: Sequence[Claim]) -> float | None:
    """Return how well a claim fits a group: its best agreement; None when any member forbids it."""
    scores: list[float] = []
    for member in group:
        found = features(member, claim)
        if found is None:
            return None
        scores.append(sum(found.values()))
    return max(scores)


def features(left: Claim, right: Claim) -> dict[str, float] | None:
    """Return what speaks for one happening, by name; None when something forbids it.

    A denial joins what it denies only at the very same named place; a wider one stands by itself, and
    checking asks what it covers.

    Args:
        left: An event claim.
        right: Another, of the same document or not.
    """
    first, second = left.payload, right.payload
    assert isinstance(first, Event)
    assert isinstance(second, Event)
    if first.type != second.type:
        return None
    found: dict[str, float] = {}
    for name, mine, yours in (
        ("actor", first.actors, second.actors),
        ("recipient", first.recipients, second.recipients),
    ):
        agree = _parties(mine, yours)
        if agree is False:
            return None
        if agree:
            found[f"same {name}"] = WEIGHTS[f"same {name}"]
    where = _places(first.place, second.place)
    if where == "apart":
        return None
    if where is not None:
        found[where] = WEIGHTS[where]
    when = _times(first.time, second.time)
    if when == "apart":
        return None
    if when is not None:
        found[when] = WEIGHTS[when]
    if "denied" in {first.telling, second.telling} and where != "same place":
        return None
    how, other = set(first.modes) - _EFFECTS, set(second.modes) - _EFFECTS
    if how and other:
        if not how & other:
            return None
        found["same mode"] = WEIGHTS["same mode"]
    if _is_answer(left, right):
        found["answer"] = WEIGHTS["answer"]
    if left.sentence == right.sentence and "answer" not in found:
        found["same sentence"] = WEIGHTS["same sentence"]
    return found


def _parties(mine: tuple[Party, ...], yours: tuple[Party, ...]) -> bool | None:
    """Return whether two groups of parties share a root; None when either is not told."""
    one = {party.root for party in mine if counts(party)}
    two = {party.root for party in yours if counts(party)}
    return bool(one & two) if one and two else None


def _places(mine: Place | None, yours: Place | None) -> str | None:
    if mine is None or yours is None or not counts(mine) or not counts(yours):
        return None
    if (
        mine.gazetteer_id is not None and mine.gazetteer_id == yours.gazetteer_id
    ) or mine.name == yours.name:
        return "same country" if mine.precision == "country" else "same place"
    if mine.country is None or yours.country is None:
        return None
    if mine.country != yours.country:
        return "apart"
    if "country" in {mine.precision, yours.precision} or "region" in {
        mine.precision,
        yours.precision,
    }:
        return "place within"
    return "apart"


def _times(mine: Time | None, yours: Time | None) -> str | None:
    if mine is None or yours is None or not counts(mine) or not counts(yours):
        return None
    first, second = bounds(mine.value), bounds(yours.value)
    if None in first or None in second:
        return "same day" if mine.value == yours.value else None
    if first == second:
        return "same day"
    if first[0] <= second[1] and second[0] <= first[1]:  # type: ignore[operator]  # None was ruled out
        return "overlapping days"
    return "apart"


def _is_answer(left: Claim, right: Claim) -> bool:
    """Return whether one telling confirms or denies what the other side's tells of."""
    answers = {"confirm", "deny"}
    if not ({left.stance, right.stance} & answers):
        return False
    mine = {party.root for party in left.speakers if counts(party)}
    yours = {party.root for party in right.speakers if counts(party)}
    return bool(mine) and bool(yours) and not mine & yours
