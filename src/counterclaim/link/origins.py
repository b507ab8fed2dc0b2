"""Origins: who stands behind claims. One statement in ten outlets is one origin, not ten.

Source: the two-report rule of Iraq Body Count, hardened: an origin is a speaker, an act (to affirm or to
deny), and statements of one happening that follow each other within 48 hours.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from counterclaim.records.claim import Claim, Event
from counterclaim.records.link import StatementOrigin

WINDOW = 2
"""Days between two statements of one origin: 48 hours."""

REPORT = "report"
NOBODY = "nobody named"


class Carrier(Protocol):
    """What is asked of a document here."""

    @property
    def published(self) -> date | None:
        """Day of publication."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...


class Hands(Protocol):
    """What is asked of whoever knows which reports are by one hand: ``wires.Wires``."""

    def copies_of(self, document_id: str) -> Sequence[str]:
        """Return the reports that are one text with one, itself among them."""
        ...

    def agency_of(self, document_id: str) -> str | None:
        """Return the agency that wrote it, as its marks or those of its copies say."""
        ...


class _EachItsOwn:
    def copies_of(self, document_id: str) -> Sequence[str]:
        return (document_id,)

    def agency_of(self, document_id: str) -> str | None:
        del document_id
        return None


EACH_ITS_OWN: Hands = _EachItsOwn()
"""Every report by a hand of its own: for tests, and where there is but one."""


def speaks_itself(claim: Claim) -> bool:
    """Return whether a claim is told in its report's own voice, or by somebody who is not named."""
    return claim.is_own_voice or not claim.speakers


def index_origins(
    claims: Sequence[Claim],
    documents: Mapping[str, Carrier],
    hands: Hands = EACH_ITS_OWN,
) -> dict[tuple[str, str], StatementOrigin]:
    """Return the origins of an incident by claim id and speaker's root; ``report`` is an outlet's own."""
    return {
        (name, REPORT if origin.speaker.startswith(f"{REPORT} ") else origin.speaker): origin
        for origin in find_origins(claims, documents, hands)
        for name in origin.claim_ids
    }


def find_origins(
    claims: Sequence[Claim],
    documents: Mapping[str, Carrier],
    hands: Hands,
) -> tuple[StatementOrigin, ...]:
    """Gather an incident's claims by who stands behind them.

    Args:
        claims: Of one incident.
        documents: Those that carry them, by id.
        hands: Knows which documents are one text, and whose.

    Returns:
        Origins, by first day, then speaker. An outlet's own voice is one origin, with that of the copies of its reports; where
        nobody is named there is no origin to count, and all such claims stand under ``nobody named``.
    """
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        for speaker in _speakers(claim, documents, hands):
            groups[speaker, _act(claim)].append(claim)
    found = [
        _origin(speaker, act, run, documents)
        for (speaker, act), rows in groups.items()
        for run in _runs(speaker, rows, documents)
    ]
    return tuple(sorted(found, key=lambda item: (item.first_day or "", item.speaker, item.id)))


def _speakers(claim: Claim, documents: Mapping[str, Carrier], hands: Hands) -> list[str]:
    if claim.is_own_voice:
        return [f"{REPORT} {voice_of(claim.document_id, documents, hands)}"]
    return list(dict.fromkeys(party.root for party in claim.speakers)) or [NOBODY]


def voice_of(document_id: str, documents: Mapping[str, Carrier], hands: Hands) -> str:
    """Name who speaks in a report's own voice: the agency whose text it is; of copies, the first to print it."""
    agency = hands.agency_of(document_id)
    if agency is not None:
        return agency
    copies = [name for name in hands.copies_of(document_id) if name in documents] or [document_id]
    first = min(copies, key=lambda name: (documents[name].published or date.max, name))
    return documents[first].outlet or first


def _act(claim: Claim) -> str:
    if isinstance(claim.payload, Event):
        denied = claim.payload.telling == "denied"
    else:
        denied = claim.stance == "deny"
    return "denies" if denied else "affirms"


def _day(claim: Claim, documents: Mapping[str, Carrier]) -> int:
    published = documents[claim.document_id].published
    return 0 if published is None else published.toordinal()


def _runs(
    speaker: str, claims: Sequence[Claim], documents: Mapping[str, Carrier]
) -> list[list[Claim]]:
    """Cut a speaker's statements where more than ``WINDOW`` days lie between two; an outlet's own stay one."""
    if speaker.startswith(f"{REPORT} "):
        return [sorted(claims, key=lambda item: (_day(item, documents), item.id))]
    runs: list[list[Claim]] = []
    last = None
    for claim in sorted(claims, key=lambda item: (_day(item, documents), item.id)):
        day = _day(claim, documents)
        if last is None or day - last > WINDOW:
            runs.append([])
        runs[-1].append(claim)
        last = day
    return runs


def _origin(
    speaker: str, act: str, claims: Sequence[Claim], documents: Mapping[str, Carrier]
) -> StatementOrigin:
    published = documents[claims[0].document_id].published
    return StatementOrigin(
        speaker=speaker,
        act=act,
        first_day=None if published is None else published.isoformat(),
        claim_ids=tuple(dict.fromkeys(claim.id for claim in claims)),
        document_ids=tuple(dict.fromkeys(claim.document_id for claim in claims)),
    )
