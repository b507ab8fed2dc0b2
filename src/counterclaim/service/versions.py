"""Versions: an address read again with another text. The latest stands, and what changed in claims is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from counterclaim.ingest import Opened
from counterclaim.ledger import Ledger
from counterclaim.ledger.columns import act_of, place_of, roots
from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.ledger.post import Posted
from counterclaim.pipeline.reader_process import ReadsTaken
from counterclaim.records.account import Account
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Position, Withheld
from counterclaim.records.ledger_rows import Filed
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger, relate_superseded
from counterclaim.service.manual_claims import SIGNED, carry_made

AGAIN = "stands again after"
"""Name under which a reading says that its text came back to its address."""

What = Literal["added", "dropped", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """One claim that a version has and the one before has not, or the other way, or otherwise."""

    what: What
    before: Claim | None
    after: Claim | None

    def __str__(self) -> str:
        claims = [item for item in (self.before, self.after) if item is not None]
        told = " -> ".join(tell_claim(item) for item in claims)
        return f"{self.what}: {told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that stood at an address."""

    document_id: str
    title: str | None
    outlet: str | None
    published: date | None
    recorded_at: datetime
    stands: bool
    """Whether its claims count: it is the latest at its address, or stands elsewhere too."""
    claims: int
    changes: tuple[ClaimChange, ...] = ()
    """Against the version before."""


def versions_of(ledger: Ledger, address: str) -> tuple[Version, ...]:
    """Return the texts that stood at an address, the first met first, each with what changed in claims."""
    found: list[Version] = []
    before: Filed | None = None
    for name in ledger.carriers.at(address):
        newest = ledger.document(name)
        read = _with_claims(ledger, newest)
        changes = () if before is None else tuple(compare_claims(before.claims, read.claims))
        found.append(
            Version(
                document_id=name,
                title=read.document.title,
                outlet=read.document.outlet,
                published=read.document.published,
                recorded_at=newest.sightings[0].recorded_at,
                stands=SUPERSEDED not in newest.signature,
                claims=len(read.claims),
                changes=changes,
            )
        )
        before = read
    return tuple(found)


def _with_claims(ledger: Ledger, filed: Filed) -> Filed:
    """Return the latest reading of a text that was made while it stood."""
    for reading_id in reversed(filed.reading_ids):
        read = (
            filed
            if filed.id == reading_id
            else ledger.document(filed.document.id, reading_id=reading_id)
        )
        if SUPERSEDED not in read.signature:
            return read
    return filed


def compare_claims(before: Sequence[Claim], after: Sequence[Claim]) -> Iterator[ClaimChange]:
    """Compare the claims of two versions by what they say, wherever it stands.

    Two claims of one subject (who speaks, in which stance, of which act of whom, or of whose losses) whose values differ are
    one claim changed. What is the same is not given.
    """
    old, new = list(before), list(after)
    for claim in before:
        same = next((item for item in new if _says(item) == _says(claim)), None)
        if same is not None:
            old.remove(claim)
            new.remove(same)
    for claim in old:
        near = next((item for item in new if _subject(item) == _subject(claim)), None)
        if near is not None:
            new.remove(near)
            yield ClaimChange(what="changed", before=claim, after=near)
        else:
            yield ClaimChange(what="dropped", before=claim, after=None)
    for claim in new:
        yield ClaimChange(what="added", before=None, after=claim)


def _subject(claim: Claim) -> tuple[object, ...]:
    head = (claim.kind, roots(claim.speakers))
    match claim.payload:
        case Casualty() as payload:
            return (*head, roots(payload.side), payload.outcome, payload.subgroup, payload.measure)
        case Event() as payload:
            return (*head, payload.type, roots(payload.actors), roots(payload.recipients))
        case Ceasefire() as payload:
            return (*head, tuple(sorted(party.root for party in payload.parties)))
        case Position() as payload:
            return (*head, payload.act, roots(payload.holders), roots(payload.addressees))
        case Withheld() as payload:
            return (*head, roots(payload.owners))


def _says(claim: Claim) -> tuple[object, ...]:
    place = place_of(claim)
    value: object = act_of(claim)
    match claim.payload:
        case Casualty() as payload:
            value = (
                payload.count.low,
                payload.count.high,
                payload.count.qualifier,
                payload.category,
            )
        case Event() as payload:
            value = (payload.telling, payload.modes)
        case Position():
            value = " ".join(claim.quote.split())
    return (*_subject(claim), claim.stance, value, None if place is None else place.name)


def tell_claim(claim: Claim) -> str:
    """Tell a claim in one line: who, how, and its words."""
    by = " & ".join(map(str, claim.speakers)) or "the report"
    match claim.payload:
        case Casualty() as payload:
            side = roots(payload.side) or "side not told"
            return f"{by} ({claim.stance}): {payload.count} {payload.outcome}, {side}"
    return f"{by} ({claim.stance}): “{' '.join(claim.quote.split())}”"


def file_version(ledger: Ledger, opened: Opened, reader: ReadsTaken) -> Posted:
    """File what stands at an address now; an earlier text that stands there no more counts no longer.

    Whatever was cut short before is made good: the same call again gives the same ledger.
    """
    document = opened.document
    ledger.withdrawals.check(document.id)
    posted = Posted("known", document.id, 0)
    if not ledger.holds(document):
        reading = carry_made(ledger, reader.read(opened))
        posted = ledger.post(reading, link_into_ledger(reading))
    if SUPERSEDED in ledger.document(document.id).signature:
        filed = ledger.document(document.id)
        reading = carry_made(ledger, reader.read(opened))
        mark = {AGAIN: f"{filed.signature[SUPERSEDED]} {len(filed.reading_ids)}"}
        reading = replace(reading, signature={**reading.signature, **mark})
        posted = ledger.post(reading, link_into_ledger(reading))
    for name in ledger.carriers.at(document.name):
        if name != document.id:
            _supersede(ledger, name, document.id, document.name)
    return posted


def _supersede(ledger: Ledger, old: str, new: str, address: str) -> None:
    """Let a text count no longer, unless it stands at another address too."""
    filed = ledger.document(old)
    if SUPERSEDED in filed.signature or {item.name for item in filed.sightings} != {address}:
        return
    signature: Mapping[str, str] = {
        name: value for name, value in filed.signature.items() if name not in {AGAIN, SIGNED}
    }
    reading = Reading(
        document=filed.document,
        division=filed.division,
        attributions=(),
        claims=(),
        incidents=(),
        findings=(),
        account=Account(series=(), totals=()),
        comments=filed.comments,
        reader_claims=filed.reader_claims,
        sides=filed.sides,
        signature={**signature, SUPERSEDED: f"{new} {len(filed.reading_ids)}"},
    )
    ledger.post(reading, relate_superseded(old))
