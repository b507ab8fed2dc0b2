"""Who stands against whom in a report, and so whom its ceasefires bind where their own words do not say.

A broker is never a party to what it brokered: what one sentence tells of a broker holds for the whole
report.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.coders.ceasefires.participants import (
    AGREEMENTS,
    FIGHTERS,
    UNNAMED,
    CeasefireMention,
    all_parties,
    without_units,
)
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.party import Party
from counterclaim.syntax.walk import child

_FIGHTS = frozenset(
    "war conflict fighting hostility violence clash battle standoff truce ceasefire cease-fire armistice exchange".split()
)
_GROUPS = frozenset({"armed group", "de facto authority"})
LEADING = 4
"""Parties that a report is most about, among which its two sides are, where nothing tells them."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands against whom in one report, as far as its ceasefires are concerned."""

    pairs: Mapping[frozenset[str], int]
    """Weight of each pair of roots: how often it is told to fight or to have agreed."""
    parties: Mapping[str, Party]
    home: tuple[Party, ...]
    brokers: frozenset[str]
    """Roots of those who brokered and are not told to fight."""

    def against(self, party: Party) -> Party | None:
        """Return whom a party makes peace with: whom it fights most, else the enemy of its like."""
        best = self._most({roots for roots in self.pairs if party.root in roots})
        if best is not None:
            other = next(self.parties[root] for root in sorted(best) if root != party.root)
            return self._acting(other, party)
        for roots in sorted(self.pairs, key=lambda roots: (-self.pairs[roots], sorted(roots))):
            kin = [root for root in roots if _are_kin(party, self.parties[root])]
            if len(kin) == 1:
                return next(self.parties[root] for root in roots if root not in kin)
        return None

    def _acting(self, party: Party, foe: Party) -> Party:
        """Return who acts for a territory: the armed group of it that the report tells of.

        A territory signs nothing; who holds it does.
        """
        if party.kind != "de facto authority":
            return party
        groups = [
            other
            for other in self.home[:LEADING]
            if other.kind == "armed group"
            and other.country == party.country
            and other.country != foe.country
        ]
        told = [other for other in groups if frozenset({other.root, foe.root}) in self.pairs]
        return next(iter((*told, *groups)), party)

    def both(self) -> tuple[Party, ...]:
        """Return the two sides; none where the report does not tell them."""
        best = self._most(set(self.pairs))
        if best is not None:
            ranked = sorted(best, key=lambda root: (self._rank(root), root))
            left, right = (self.parties[root] for root in ranked)
            return (self._acting(left, right), self._acting(right, left))
        told = [party for party in self.home if party.root not in self.brokers]
        return (told[0], told[1]) if len(told) == 2 else ()

    def _most(self, pairs: set[frozenset[str]]) -> frozenset[str] | None:
        return min(
            pairs,
            key=lambda roots: (
                any(self.parties[root].kind == "people" for root in roots),
                -self.pairs[roots],
                sorted(map(self._rank, roots)),
                sorted(roots),
            ),
            default=None,
        )

    def _rank(self, root: str) -> int:
        ranked = [party.root for party in self.home]
        return ranked.index(root) if root in ranked else len(ranked)


def _are_kin(left: Party, right: Party) -> bool:
    return left.root == right.root or (left.country is not None and left.country == right.country)


def find_sides(setting: DocumentContext, named: Sequence[CeasefireMention]) -> Sides:
    """Find the two sides of a report.

    Weighs: a ceasefire told between two (3), fighting or talks told between two, or two of whom
    the report speaks that a conflict file sets against each other (2), an attack of one on
    the other (1), accusations of each against the other, or of or against an armed group (1). Those who brokered, and are not told to fight, are out.

    Args:
        setting: The report.
        named: What each mention of a ceasefire says.
    """
    spoken = {party.root for party in setting.resolution.home}
    against = [pair for pair in setting.against if {party.root for party in pair} <= spoken]
    fighting = {party.root for pair in (*setting.fights, *against) for party in pair}
    brokers = {party.root for item in named for party in item.brokers} - fighting
    pairs: Counter[frozenset[str]] = Counter()
    parties: dict[str, Party] = {}
    for weight, rows in (
        (3, [item.parties for item in named if len(item.parties) == 2]),
        (2, list(_fighting_between(setting))),
        (2, against),
        (1, list(setting.fights)),
        (1, list(_accused(setting))),
    ):
        for row in rows:
            both = without_units(setting, (party for party in row if party.kind in FIGHTERS))
            if (
                len(both) == 2
                and not brokers & {party.root for party in both}
                and _may_fight(*both)
            ):
                pairs[frozenset(party.root for party in both)] += weight
                parties.update((party.root, party) for party in both)
    home = tuple(party for party in setting.sides if not party.root.endswith(UNNAMED))
    return Sides(pairs, parties, home, frozenset(brokers))


def _may_fight(left: Party, right: Party) -> bool:
    """Return whether two can be the sides of a ceasefire: a territory and the group that holds it are one side."""
    return (
        left.country != right.country or left.country is None or "state" in {left.kind, right.kind}
    )


def _fighting_between(setting: DocumentContext) -> Iterator[tuple[Party, ...]]:
    for sentence in setting.sentences:
        for word in sentence.words:
            above = sentence[word.head]
            if word.lower == "between" and {above.lemma, above.lower} & (_FIGHTS | AGREEMENTS):
                yield all_parties(setting, sentence, child(sentence, word.index, "pobj"))


def _accused(setting: DocumentContext) -> Iterator[tuple[Party, ...]]:
    told = [
        (speaker.whole(), target.whole())
        for item in setting.attributions
        if item.stance == "accuse" and item.is_claim
        for speaker in item.speakers[:1]
        for target in item.targets[:1]
    ]
    for speaker, target in told:
        is_mutual = any(
            (one.root, other.root) == (target.root, speaker.root) for one, other in told
        )
        if is_mutual or {speaker.kind, target.kind} & _GROUPS:
            yield (speaker, target)


def bind_parties(
    setting: DocumentContext, named: CeasefireMention, sides: Sides
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the brokers and the parties of one mention, by its own words and those of the report.

    Returns:
        Brokers, none of whom is a party; and parties, none where nothing tells them.
    """
    fighting = {root for roots in sides.pairs for root in roots}
    lead = next((party.root for party in sides.home if party.root not in sides.brokers), None)
    is_lead = not fighting and len(named.announcers) == 1
    is_joint = len(named.announcers) > 1 and any(
        party.whole().kind in _GROUPS for party in named.announcers
    )
    bound = [
        party
        for party in (*named.brokers, *named.announcers)
        if party.root in fighting
        or party.whole().kind in _GROUPS
        or (party in named.announcers and ((is_lead and party.root == lead) or is_joint))
    ]
    brokers = tuple(party for party in (*named.brokers, *named.announcers) if party not in bound)
    out = {party.root for party in brokers} | sides.brokers
    own = tuple(party for party in named.parties if party.root not in out) or without_units(
        setting, bound
    )
    if len(own) == 1:
        other = sides.against(own[0])
        own = own if other is None else (own[0], other.known("inferred"))
    return brokers, own or tuple(party.known("inferred") for party in sides.both())
