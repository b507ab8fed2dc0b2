"""Chooses one place for each name of a text, all names together.

A place is the more likely the larger it is, the more its country and its division are spoken of,
the nearer it lies to the other places, and above all if the next name says so: ``Lebanon, Ohio``.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from counterclaim.atlas.candidates import Candidate, find_candidates
from counterclaim.atlas.countries import name_countries
from counterclaim.atlas.gazetteer import Gazetteer

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"qualified": 4.0, "country": 4.5, "division": 1.5, "near": 3.5}
)
"""What context adds to a candidate's prior, at most: the next name qualifies it; all evidence for a
country, or a division, is for its own; other places lie beside it. Set with PRIORS, on the same
names."""

NEAR_KM = 200.0
"""Distance at which nearness to another place has fallen to 1/e."""

ROUNDS = 2
"""Passes over all names, each with the choices of the one before."""

QUALIFIERS = frozenset({",", "in", ", in", "(", ", the"})
"""What stands between a name and the one that qualifies it."""


_Point = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name in a text, with what stands around it."""

    words: str
    joint: str = ""
    """What stands between it and the name before it in the sentence, trimmed; only if short."""
    kind: str | None = None
    """What a word beside it says it is: ``region`` for ``Idlib province``."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How often a text speaks of each country and division, and which words say so."""

    total: Mapping[str, float]
    """Country code or division code to weight."""
    own: Mapping[tuple[str, str], float]
    """The part of it that comes from some words themselves, by words and code."""

    def share(self, code: str | None, words: str) -> float:
        """Return the share of a code among all countries or divisions, without the words' own part.

        Counts one mention more than there is, so that a single mention does not say everything.
        """
        if code is None:
            return 0.0
        weight = self.total.get(code, 0.0) - self.own.get((words, code), 0.0)
        every = "divisions" if "." in code else "countries"
        rest = self.total.get(every, 0.0) - self.own.get((words, every), 0.0)
        return weight / (rest + 1.0)


def choose_places(
    gazetteer: Gazetteer, names: Sequence[NamedPlace], *, focus: Mapping[str, float] | None = None
) -> tuple[Candidate | None, ...]:
    """Choose a place for each name of one text.

    Args:
        gazetteer: Where names are looked up.
        names: In reading order. The same words mean the same place throughout, unless qualified.
        focus: ISO alpha-2 to weight; what is known of the text's countries besides its names. A
            weight of 1 counts as one mention of the country.

    Returns:
        For each name its place; None for a name that the atlas lacks.
    """
    named = {match.country.iso2 for name in names for match in name_countries(name.words)}
    interest = frozenset(named | set(focus or {}))
    options = [
        find_candidates(
            gazetteer,
            name.words,
            countries=interest,
            kind=name.kind,
            after_comma=name.joint == ",",
        )
        for name in names
    ]
    qualified = _qualified(names, options)
    chosen: list[Candidate | None] = [
        max(candidates, key=lambda item: item.prior, default=None) for candidates in options
    ]
    for _ in range(ROUNDS):
        evidence = _gather(names, options, chosen, qualified, focus or {})
        chosen = _choose(names, options, qualified, evidence, chosen)
    return tuple(chosen)


def confirmed(names: Sequence[NamedPlace], chosen: Sequence[Candidate | None]) -> Iterator[int]:
    """Yield the positions of names that the next one confirms: ``Split, Croatia``."""
    for at in range(1, len(names)):
        part, whole = chosen[at - 1], chosen[at]
        if part is None or whole is None or names[at].joint != ",":
            continue
        if lies_in(part, whole):
            yield at - 1


def division_or_town(kind: str | None) -> str | None:
    """Keep a kind that tells a division from a town; an airport's name is its town's."""
    return None if kind == "feature" else kind


def _qualified(
    names: Sequence[NamedPlace], options: Sequence[Sequence[Candidate]]
) -> dict[int, Candidate]:
    """Find the names that the next one qualifies: index to the region or country that does."""
    found: dict[int, Candidate] = {}
    for at in range(1, len(names)):
        if names[at].joint not in QUALIFIERS:
            continue
        wholes = [item for item in options[at] if item.sort in {"country", "region", "district"}]
        for whole in sorted(wholes, key=lambda item: -item.prior):
            if any(lies_in(part, whole) for part in options[at - 1]):
                found[at - 1] = whole
                break
    return found


def lies_in(part: Candidate, whole: Candidate) -> bool:
    """Return whether a place lies in a country, or a town in a division, by their codes."""
    if part.id == whole.id or part.country != whole.country or part.country is None:
        return False
    if whole.sort == "country":
        return part.sort not in {"country", "adjective"}
    return part.division is not None and part.division == whole.division and part.sort == "town"


def _gather(
    names: Sequence[NamedPlace],
    options: Sequence[Sequence[Candidate]],
    chosen: Sequence[Candidate | None],
    qualified: Mapping[int, Candidate],
    focus: Mapping[str, float],
) -> _Evidence:
    """Sum up what the names chosen so far say of countries and divisions."""
    total: dict[str, float] = defaultdict(float, focus)
    own: dict[tuple[str, str], float] = defaultdict(float)
    total["countries"] = sum(focus.values())
    for at, choice in enumerate(chosen):
        if choice is None or choice.country is None:
            continue
        sure = choice.sort in {"country", "adjective"} or at in qualified or len(options[at]) == 1
        weight = 1.0 if sure else 0.5
        codes = [choice.country, "countries"]
        if choice.division is not None:
            codes += [choice.division, "divisions"]
        for code in codes:
            total[code] += weight
            own[names[at].words.casefold(), code] += weight
    return _Evidence(total, own)


def _choose(
    names: Sequence[NamedPlace],
    options: Sequence[Sequence[Candidate]],
    qualified: Mapping[int, Candidate],
    evidence: _Evidence,
    chosen: Sequence[Candidate | None],
) -> list[Candidate | None]:
    """Choose anew for every name, the same for the same words."""
    points = _points(names, chosen)
    by_words: dict[tuple[str, str | None], Candidate | None] = {}
    order = sorted(range(len(names)), key=lambda at: at not in qualified)
    result: list[Candidate | None] = [None] * len(names)
    for at in order:
        key = names[at].words.casefold(), names[at].kind
        if key in by_words and at not in qualified:
            result[at] = by_words[key]
            continue
        scored = [
            (_score(item, qualified.get(at), key[0], evidence, points), -number, item)
            for number, item in enumerate(options[at])
        ]
        result[at] = max(scored)[2] if scored else None
        by_words.setdefault(key, result[at])
    return result


def _score(
    item: Candidate,
    whole: Candidate | None,
    words: str,
    evidence: _Evidence,
    points: Sequence[_Point],
) -> float:
    """Score one candidate: its prior, and what each part of its context adds."""
    score = item.prior
    if whole is not None and lies_in(item, whole):
        score += WEIGHTS["qualified"]
    score += WEIGHTS["country"] * math.sqrt(evidence.share(item.country, words))
    score += WEIGHTS["division"] * math.sqrt(evidence.share(item.division, words))
    if item.sort in {"town", "district", "feature"}:
        score += WEIGHTS["near"] * _nearness(item, words, points)
    return score


def _points(names: Sequence[NamedPlace], chosen: Sequence[Candidate | None]) -> list[_Point]:
    """Return the distinct points of the towns, districts and regions chosen so far."""
    seen: dict[str, _Point] = {}
    for name, choice in zip(names, chosen, strict=True):
        if choice is not None and choice.sort not in {"country", "adjective"}:
            seen[choice.id] = (name.words.casefold(), choice.latitude, choice.longitude)
    return list(seen.values())


def _nearness(item: Candidate, words: str, points: Sequence[_Point]) -> float:
    """Say from 0 to 1 how near the nearest other places lie; the two nearest count."""
    near = sorted(
        (
            math.exp(-flat_km(item, latitude, longitude) / NEAR_KM)
            for other, latitude, longitude in points
            if other != words
        ),
        reverse=True,
    )
    return sum(near[:2]) / 2


def flat_km(item: Candidate, latitude: float, longitude: float) -> float:
    """Return how far a place lies from a point, in kilometres, as on a flat map: near enough for neighbours.

    Args:
        item: The place.
        latitude: Of the point, degrees north.
        longitude: Of the point, degrees east.
    """
    east = (longitude - item.longitude) * math.cos(math.radians(item.latitude))
    return 111.2 * math.hypot(latitude - item.latitude, east)
