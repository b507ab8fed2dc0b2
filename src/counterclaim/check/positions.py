"""Positions: what each party wants of another, and what the other answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from counterclaim.records.claim import Claim, Position, PositionAct

Answer = Literal["accepts", "refuses", "on a condition", "offers instead"]

ANSWERS: Mapping[PositionAct, Answer] = {
    "commit": "accepts",
    "support": "accepts",
    "refuse": "refuses",
    "oppose": "refuses",
    "condition": "on a condition",
    "offer": "offers instead",
}
"""What an act of the one asked means as an answer."""

ASKING: frozenset[PositionAct] = frozenset({"demand", "appeal", "offer", "condition"})

ANSWER_DAYS = 14
"""Days within which an act of the one asked can be an answer."""

_SHORT = 4
"""Letters under which a word is too common to say that two acts are about one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReply:
    """An act that may answer a position."""

    party: str
    answer: Answer
    day: date | None
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionThread:
    """One position over documents, with its answers."""

    incident_id: str
    holders: tuple[str, ...]
    act: PositionAct
    addressees: tuple[str, ...]
    """Empty where nobody is addressed."""
    first: date | None
    last: date | None
    claim_ids: tuple[str, ...]
    replies: tuple[PositionReply, ...]
    """Empty is unanswered, not refused: silence is no answer."""


def find_positions(
    told: Mapping[str, Sequence[Claim]], days: Mapping[str, date | None]
) -> tuple[PositionThread, ...]:
    """Set beside each demand, appeal, offer or condition what those addressed did about it.

    An act answers when its holder was addressed, it comes within ``ANSWER_DAYS`` after, and the two are
    about one thing: they share a word of ``_SHORT`` letters or more, names of parties left out.

    Args:
        told: By incident, its claims, of kind position.
        days: Of publication, by document id.
    """
    acts = sorted(
        (claim for rows in told.values() for claim in rows if _payload(claim).act in ANSWERS),
        key=lambda claim: (days[claim.document_id] or date.min, claim.id),
    )
    by_root: dict[str, list[Claim]] = {}
    for claim in acts:
        for party in _payload(claim).holders:
            by_root.setdefault(party.root, []).append(claim)
    return tuple(_stance(name, rows, by_root, days) for name, rows in told.items())


def _payload(claim: Claim) -> Position:
    assert isinstance(claim.payload, Position)
    return claim.payload


def _stance(
    incident_id: str,
    members: Sequence[Claim],
    acts: Mapping[str, Sequence[Claim]],
    days: Mapping[str, date | None],
) -> PositionThread:
    payloads = [_payload(claim) for claim in members]
    dated = sorted(day for claim in members if (day := days[claim.document_id]) is not None)
    asked = tuple(sorted({party.root for item in payloads for party in item.addressees}))
    act = payloads[0].act
    replies = _replies(members, asked, acts, days) if act in ASKING else ()
    return PositionThread(
        incident_id=incident_id,
        holders=tuple(sorted({party.root for item in payloads for party in item.holders})),
        act=act,
        addressees=asked,
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
        claim_ids=tuple(claim.id for claim in members),
        replies=tuple(replies),
    )


def _replies(
    members: Sequence[Claim],
    asked: Sequence[str],
    acts: Mapping[str, Sequence[Claim]],
    days: Mapping[str, date | None],
) -> Iterator[PositionReply]:
    own = {claim.id for claim in members}
    first = min(days[claim.document_id] or date.max for claim in members)
    topic = set().union(*map(_topic, members))
    for root in asked:
        for claim in acts.get(root, ()):
            day = days[claim.document_id]
            late = day is None or not 0 <= (day - first).days <= ANSWER_DAYS
            if claim.id in own or late or not topic & _topic(claim):
                continue
            yield PositionReply(
                party=root, answer=ANSWERS[_payload(claim).act], day=day, claim_id=claim.id
            )


def _topic(claim: Claim) -> frozenset[str]:
    """Return the words that say what a position is about."""
    payload = _payload(claim)
    words = claim.quote.lower().split()
    names = {
        word.lower()
        for party in (*payload.holders, *payload.addressees)
        for word in party.root.split()
    }
    bare = {word.strip(".,;:!?\"'“”’()") for word in words}
    return frozenset(word for word in bare if len(word) >= _SHORT and word not in names)
