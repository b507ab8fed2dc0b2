"""Where the two readers meet over casualty figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.proposals.chunks import Numbered
from counterclaim.proposals.ground import count_at
from counterclaim.proposals.meet import holder, parties_at, rule_of, takes
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Claim, Relation
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.proposal import (
    ROOM,
    Contest,
    Policy,
    Proposed,
    ProposedFigure,
    contested_fields,
)
from counterclaim.records.text import Document, Span


@dataclass(frozen=True, slots=True)
class MetClaims:
    """Claims of both readers, and how they stand to each other."""

    claims: tuple[Claim, ...]
    contests: tuple[Contest, ...]
    agreed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the meeting stands on."""

    document: Document
    sentences: Sequence[Numbered]
    resolution: Resolution
    attributions: Sequence[Attribution]
    """Of both readers."""


def meet_figures(
    ground: Ground,
    claims: Sequence[Claim],
    proposed: Iterable[Proposed],
    *,
    reader: str,
    policy: Policy,
) -> MetClaims:
    """Bring claims and proposed figures together; claims of a contested attribution are contested too.

    Args:
        ground: The document and what is known of it.
        claims: As coded from the attributions of both readers.
        proposed: Grounded; speech among them is passed over.
        reader: The second reader's name.
        policy: What holds where they differ.
    """
    spoken = {item.id: item for item in ground.attributions}
    found = [_inherited(claim, spoken) for claim in claims]
    contests: list[Contest] = []
    agreed: list[str] = []
    added: list[str] = []
    for item in proposed:
        if not isinstance(item, ProposedFigure):
            continue
        place = _match(found, item)
        if place is None:
            if policy != "agreed-only":
                new = _added(ground, item, reader)
                found.append(new)
                added.append(new.id)
            continue
        now, differing = _joined(ground, found[place], item, reader, policy)
        found[place] = now
        contests += differing
        if now.trace[-1].rule.startswith("agreed:"):
            agreed.append(now.id)
    ordered = sorted(found, key=lambda claim: (claim.span.start, claim.span.end, claim.kind))
    return MetClaims(tuple(ordered), tuple(contests), tuple(agreed), tuple(added))


def _inherited(claim: Claim, spoken: dict[str, Attribution]) -> Claim:
    """Add to a claim the steps by which its attribution was agreed, proposed, taken or contested."""
    if claim.attribution_id is None or claim.attribution_id not in spoken:
        return claim
    steps = tuple(
        step
        for step in spoken[claim.attribution_id].trace
        if step.room == ROOM and ":" in step.rule
    )
    return replace(claim, trace=(*claim.trace, *steps)) if steps else claim


def _match(found: Sequence[Claim], item: ProposedFigure) -> int | None:
    """Find the claim that counts with the same number, of the same outcome rather than another."""
    places = [
        place
        for place, claim in enumerate(found)
        if isinstance(claim.payload, Casualty) and claim.span.meets(item.number)
    ]
    same = [
        place for place in places if getattr(found[place].payload, "outcome", "") == item.outcome
    ]
    return next(iter(same or places), None)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field in which the second reader has something else."""

    name: str
    was: str
    now: str
    span: Span
    value: object
    fills: bool
    """Whether the first reader has nothing there: then nothing is contested."""


def _joined(
    ground: Ground, claim: Claim, item: ProposedFigure, reader: str, policy: Policy
) -> tuple[Claim, list[Contest]]:
    """Set a proposed figure beside the first reader's claim."""
    payload = claim.payload
    assert isinstance(payload, Casualty)
    fields = list(_differing(ground, payload, item))
    if not fields:
        steps = (*claim.trace, Step(ROOM, f"agreed:{reader}", "", item.number))
        return replace(claim, trace=steps), []
    for field in fields:
        if takes(policy, fills=field.fills):
            payload = replace(payload, **{field.name: field.value})  # type: ignore[arg-type]
    if payload.side != getattr(claim.payload, "side", ()):
        payload = replace(payload, relation=relation_of(claim.speakers, payload.side, ground))
    text = ground.document.text
    steps = tuple(
        Step(
            ROOM,
            rule_of(field.name, reader, policy, fills=field.fills),
            text[field.span.start : field.span.end],
            field.span,
        )
        for field in fields
    )
    joined = replace(claim, payload=payload, trace=(*claim.trace, *steps))
    return joined, [
        Contest(
            row=joined.id,
            field=field.name,
            first=field.was,
            second=field.now,
            span=field.span,
            holds=holder(policy),
        )
        for field in fields
        if not field.fills
    ]


def _differing(ground: Ground, payload: Casualty, item: ProposedFigure) -> Iterator[_Field]:
    """Yield the fields in which a proposal has something else; what it leaves out is no difference."""
    if payload.outcome != item.outcome:
        yield _Field("outcome", payload.outcome, item.outcome, item.harm, item.outcome, fills=False)
    if item.category not in {"unknown", payload.category}:
        fills = payload.category == "unknown"
        words = item.category
        yield _Field("category", payload.category, words, item.number, words, fills=fills)
    side = () if item.side is None else parties_at(ground.document, ground.resolution, item.side)
    if item.side is None or not side:
        return
    if {party.root for party in payload.side} != {party.root for party in side}:
        was = " & ".join(map(str, payload.side))
        now = " & ".join(map(str, side))
        yield _Field("side", was, now, item.side, side, fills=not payload.side)


def relation_of(speakers: Sequence[Party], side: Sequence[Party], ground: Ground) -> Relation:
    """Say how whoever counts stands to whose loss it is."""
    if not speakers:
        return "narrator"
    tellers = {party.root for party in speakers}
    lost = {party.root for party in side}
    if tellers & lost:
        return "self"
    home = {party.root for party in ground.resolution.home[:2]}
    return "enemy" if tellers <= home and lost and lost <= home else "third"


def _added(ground: Ground, item: ProposedFigure, reader: str) -> Claim:
    """Sign a figure that the first reader lacks, told by whoever says the words it stands in."""
    document = ground.document
    told = count_at(ground.resolution, item.number)
    assert told is not None, "a grounded number is a count"
    teller = min(
        (
            (len(span), index)
            for index, spoken in enumerate(ground.attributions)
            if spoken.is_claim
            for span in spoken.content
            if span.covers(item.number)
        ),
        default=None,
    )
    spoken = None if teller is None else ground.attributions[teller[1]]
    side = () if item.side is None else parties_at(ground.document, ground.resolution, item.side)
    return Claim(
        document_id=document.id,
        span=item.number,
        quote=document.text[item.number.start : item.number.end],
        sentence=next(one.span for one in ground.sentences if one.span.covers(item.number)),
        payload=Casualty(
            count=told.count,
            outcome=item.outcome,
            category=item.category,
            side=side,
            relation=relation_of(() if spoken is None else spoken.speakers, side, ground),
        ),
        speakers=() if spoken is None else spoken.speakers,
        stance="state" if spoken is None else spoken.stance_over(item.number),
        attribution_id=None if spoken is None else spoken.id,
        hedges=() if spoken is None else spoken.hedges,
        trace=(Step(ROOM, f"proposed:{reader}", "", item.number),),
    )


def is_contested(claim: Claim) -> bool:
    """Whether the readers contest a field of a claim: it does not count until a person decides."""
    return bool(contested_fields(claim.trace))
