"""Origins: who stands behind claims. One statement in ten outlets is one origin, not ten.

Source: the two-report rule of Iraq Body Count, hardened: an origin is a speaker, an act (to affirm or to
deny), and statements of one happening that follow each other within 48 hours.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from counterclaim.records.claim import Claim, Event
from counterclaim.records.link import Origin

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


def alone(document_id: str) -> tuple[str, ...]:
    """Return a document as the only one of its text."""
    return (document_id,)


def index_origins(
    claims: Sequence[Claim],
    documents: Mapping[str, Carrier],
    copies_of: Callable[[str], Sequence[str]] = alone,
) -> dict[tuple[str, str], Origin]:
    """Return the origins of an incident by claim id and speaker's root; ``report`` is an outlet's own."""
    return {
        (name, REPORT if origin.speaker.startswith(f"{REPORT} ") else origin.speaker): origin
        for origin in find_origins(claims, documents, copies_of)
        for name in origin.claim_ids
    }


def find_origins(
    claims: Sequence[Claim],
    documents: Mapping[str, Carrier],
    copies_of: Callable[[str], Sequence[str]],
) -> tuple[Origin, ...]:
    """Gather an incident's claims by who stands behind them.

    Args:
        claims: Of one incident.
        documents: Those that carry them, by id.
        copies_of: Gives the documents that are the same text as one, itself among them.

    Returns:
        Origins, by first day, then speaker. An outlet's own voice is one origin, with that of the copies of its reports; where
        nobody is named there is no origin to count, and all such claims stand under ``nobody named``.
    """
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        for speaker in _speakers(claim, documents, copies_of):
            groups[speaker, _act(claim)].append(claim)
    found = [
        _origin(speaker, act, run, documents)
        for (speaker, act), rows in groups.items()
        for run in _runs(speaker, rows, documents)
    ]
    return tuple(sorted(found, key=lambda item: (item.first_day or "", item.speaker, item.id)))


def _speakers(
    claim: Claim, documents: Mapping[str, Carrier], copies_of: Callable[[str], Sequence[str]]
) -> list[str]:
    if claim.attribution_id is None:
        return [f"{REPORT} {_voice(claim.document_id, documents, copies_of)}"]
    return list(dict.fromkeys(party.root for party in claim.speakers)) or [NOBODY]


def _voice(
    document_id: str,
    documents: Mapping[str, Carrier],
    copies_of: Callable[[str], Sequence[str]],
) -> str:
    """Name the outlet that speaks in its own voice: of copies, that of the first to print it."""
    copies = [name for name in copies_of(document_id) if name in documents] or [document_id]
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
) -> Origin:
    published = documents[claims[0].document_id].published
    return Origin(
        speaker=speaker,
        act=act,
        first_day=None if published is None else published.isoformat(),
        claim_ids=tuple(dict.fromkeys(claim.id for claim in claims)),
        document_ids=tuple(dict.fromkeys(claim.document_id for claim in claims)),
    )
