"""Likely duplicates: incidents that linking holds apart and finds alike, each with its reasons and two sentences.

What is offered is linking's own measure of the two claims that are most alike; whether they are of one
happening a person says. A pair that a person parted is offered no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.ledger import Ledger
from counterclaim.ledger.linking_view import LinkingView
from counterclaim.link import link_documents
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.link import Link
from counterclaim.service.incremental_linking import by_document, claims_near
from counterclaim.tell.link_reasons import Reason, reasons_of

LEAST = 0.15
"""Chance of one happening from which a pair is offered. Linking joins by itself from a mean of 0.5."""

MOST = 6
"""Pairs of one incident that are offered."""

MOST_OWN = 12
"""Claims of the incident that are compared, the latest filed."""

MOST_NEAR = 150
"""Claims near them that are compared, the latest filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two incidents that may be one, by their two claims that are most alike."""

    incident_id: str
    """The one asked about."""
    other_id: str
    mine: Entry
    """The claim of the one asked about."""
    yours: Entry
    chance: float
    """That the two claims are of one happening, 0 to 1."""
    reasons: tuple[Reason, ...]
    """The weightiest first."""

    @property
    def in_hundred(self) -> int:
        """The chance in hundredths."""
        return round(100 * self.chance)

    @property
    def pair(self) -> frozenset[str]:
        """The two incidents, in no order."""
        return frozenset((self.incident_id, self.other_id))


def likely_same(
    ledger: Ledger, incident_id: str, claim_ids: Sequence[str], *, most: int = MOST
) -> tuple[Likely, ...]:
    """Return the incidents that may be the same happening as one, the likeliest first.

    Args:
        ledger: Whose incidents.
        incident_id: The one asked about.
        claim_ids: Its claims, in the order of filing.
        most: How many are given.
    """
    own = [name for name in claim_ids if name.startswith("c-")][-MOST_OWN:]
    if not own:
        return ()
    found = ledger.look_around(lambda around: _near(own, claim_ids, around))
    homes: dict[str, list[str]] = {}
    for claim in found.near:
        home = found.homes.get(claim.id)
        if home not in {None, incident_id}:
            homes.setdefault(home or "", []).append(claim.id)
    homes = {home: names for home, names in homes.items() if found.parted.isdisjoint(names)}
    links = _links(ledger, [claim.id for claim in found.own], homes, (*found.own, *found.near))
    best = sorted(
        ((home, link) for home, link in links.items() if link.chance >= LEAST),
        key=lambda item: (-item[1].chance, item[0]),
    )[:most]
    names = sorted({name for _, link in best for name in (link.left, link.right)})
    entries = {entry.claim.id: entry for entry in ledger.claims_by_id(names)}
    return tuple(_likely(incident_id, home, link, entries, set(own)) for home, link in best)


@dataclass(frozen=True, slots=True)
class _Around:
    """The claims of an incident that are compared, and those near them."""

    own: tuple[Claim, ...]
    near: tuple[Claim, ...]
    homes: dict[str, str]
    """Incidents of those near, by claim."""
    parted: frozenset[str]


def _near(own: Sequence[str], members: Sequence[str], around: LinkingView) -> _Around:
    """Return the claims that nothing forbids to be of one happening with some, and those parted from them.

    Args:
        own: Ids of the claims that are compared.
        members: Ids of all of their incident: what was parted from any of them is parted.
        around: The ledger.
    """
    compared = around.claims(own)
    near = around.claims(sorted(claims_near(by_document(compared, around), around)))[-MOST_NEAR:]
    parted = {
        row
        for pair in around.pair_judgements(members)
        if pair.verdict == "different"
        for row in (pair.subject, pair.other or "")
    }
    homes = around.homes([claim.id for claim in near])
    return _Around(compared, near, homes, frozenset(parted.difference(members)))


def _links(
    ledger: Ledger, own: Sequence[str], homes: Mapping[str, Sequence[str]], claims: Iterable[Claim]
) -> dict[str, Link]:
    """Return for each other incident the link of the two claims that are most alike."""
    wanted = {*own, *(name for names in homes.values() for name in names)}
    some = [claim for claim in claims if claim.id in wanted]
    linker = link_documents(ledger.look_around(lambda around: by_document(some, around)))
    found = {home: linker.likeliest(own, names) for home, names in homes.items()}
    return {home: link for home, link in found.items() if link is not None}


def _likely(
    incident_id: str, home: str, link: Link, entries: Mapping[str, Entry], own: set[str]
) -> Likely:
    mine, yours = (link.left, link.right) if link.left in own else (link.right, link.left)
    return Likely(
        incident_id=incident_id,
        other_id=home,
        mine=entries[mine],
        yours=entries[yours],
        chance=link.chance,
        reasons=reasons_of(link),
    )
