"""Corrections: filed claims as people corrected them, wherever they are counted, checked or shown.

The row stays as it was read; what is made of it follows the people. A view as this ledger stood on a day
has the judgements of that day, so that before a correction the old reading shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counterclaim.ledger import Ledger
from counterclaim.ledger.columns import roles_of
from counterclaim.records.claim import Claim
from counterclaim.records.judgement import Judgement, Verdict
from counterclaim.records.ledger_rows import Entry, FiledJudgement, Page
from counterclaim.records.proposal import contested_fields
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.service.corrected_claims import apply_corrections, value_of

LEAVING_OUT: frozenset[Verdict] = frozenset({"rejected", "discounted", "duplicate"})
"""Verdicts after which a claim does not count: misread, not of this account, or told by another row."""

SETTLING: frozenset[Verdict] = LEAVING_OUT | {"accepted", "corrected", "verified_visual"}
"""Verdicts that say whether a claim counts; the latest holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMark:
    """One thing that a person changed about a claim, for whoever sees the row."""

    verdict: Verdict
    by: str
    at: datetime
    """UTC."""
    field: str = ""
    """What was corrected; empty where the whole claim was judged."""
    was: str = ""
    """As read."""
    now: str = ""
    reason: str = ""
    judgement_id: str = ""


def as_corrected(entry: Entry) -> Entry:
    """Return a filed claim with the corrections that stand; itself where there are none."""
    if not entry.judged or entry.as_read is not None:
        return entry
    mended = apply_corrections(entry.claim, entry.judgements)
    return replace(entry, claim=mended.claim, as_read=entry.claim) if mended.corrections else entry


def is_excluded_by(claim: Claim, judgements: Iterable[Judgement]) -> bool:
    """Return whether a claim does not count: the latest verdict that settles it leaves it out.

    Where no person settled it, one of which two readers contest a field does not count.

    Args:
        claim: The claim; a judgement about two rows leaves out the first.
        judgements: Those that stand, oldest first.
    """
    settled, fields = _settled(claim, judgements)
    if settled is None or _is_of_a_field(settled):
        return not fields.issuperset(contested_fields(claim.trace))
    by_another_row = settled.verdict == "corrected" and settled.field is None
    return settled.verdict in LEAVING_OUT or by_another_row


def contests_left(entry: Entry) -> tuple[str, ...]:
    """Return the fields of a filed claim that its readers have otherwise and no person has settled."""
    settled, fields = _settled(entry.claim, entry.judgements if entry.judged else ())
    if settled is not None and not _is_of_a_field(settled):
        return ()
    return tuple(name for name in contested_fields(entry.claim.trace) if name not in fields)


def _settled(
    claim: Claim, judgements: Iterable[Judgement]
) -> tuple[Judgement | None, frozenset[str]]:
    """Return the latest verdict that settles a claim, and the fields that people settled."""
    found = [item for item in judgements if item.subject == claim.id and item.verdict in SETTLING]
    fields = frozenset(item.field for item in found if item.field is not None)
    return (found[-1] if found else None), fields


def _is_of_a_field(settled: Judgement) -> bool:
    """Return whether a verdict keeps the claim and says something of one field alone."""
    return settled.verdict in {"accepted", "corrected"} and settled.field is not None


def is_left_out(entry: Entry) -> bool:
    """Return whether a filed claim does not count: people left it out, or its readers contest a field."""
    return is_excluded_by(entry.claim, entry.judgements if entry.judged else ())


def correction_marks(entry: Entry) -> tuple[CorrectionMark, ...]:
    """Return what people changed about a filed claim: fields first, then why it is left out."""
    if not entry.judged:
        return ()
    read = entry.as_read or entry.claim
    mended = apply_corrections(read, entry.judgements)
    when = {item.judgement.id: item for item in entry.judged}
    marks = [_mark(when[item.id], read, mended.claim) for item in mended.corrections]
    if is_left_out(entry):
        about = [
            item
            for item in entry.judged
            if item.judgement.subject == read.id and item.judgement.verdict in SETTLING
        ]
        marks += [_mark(item, read, mended.claim) for item in about[-1:]]
    return tuple(marks)


def _mark(filed: FiledJudgement, read: Claim, now: Claim) -> CorrectionMark:
    said = filed.judgement
    return CorrectionMark(
        verdict=said.verdict,
        by=said.by,
        at=filed.recorded_at,
        field=said.field or "",
        was="" if said.field is None else value_of(read, said.field),
        now="" if said.field is None else value_of(now, said.field),
        reason=said.reason,
        judgement_id=said.id,
    )


def corrected_page(
    ledger: Ledger,
    query: ClaimQuery,
    *,
    known: Known = EVERYTHING,
    limit: int,
    after: str | None = None,
    bare: bool = False,
) -> Page[Entry]:
    """Return claims of a ledger as corrected, the latest filed first.

    What was corrected to name the party asked for is there, what was corrected away from it is not; a
    page may then be short and still go on. What people left out is there, and bears its mark.
    """
    page = ledger.claims(query, known=known, limit=limit, after=after, bare=bare)
    rows = (as_corrected(entry) for entry in page.rows)
    return Page(tuple(entry for entry in rows if _names(entry, query)), page.next)


def _names(entry: Entry, query: ClaimQuery) -> bool:
    if entry.as_read is None:
        return True
    roles = set(roles_of(entry.claim))
    said = query.speaker is None or (query.speaker, "speaker") in roles
    return said and (query.party is None or any(root == query.party for root, _ in roles))


@dataclass(frozen=True, slots=True)
class Corrected:
    """Some claims as people corrected them, for checking."""

    every: tuple[Claim, ...]
    """In their order, those left out among them."""
    changed: tuple[Claim, ...]
    """Those of which a field was corrected."""
    left_out: frozenset[str]
    """Ids of those that people left out."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those that count."""
        return tuple(claim for claim in self.every if claim.id not in self.left_out)


def correct_claims(
    claims: Sequence[Claim], judgements: Mapping[str, Sequence[Judgement]]
) -> Corrected:
    """Apply standing judgements to claims.

    Args:
        claims: As read.
        judgements: By claim id, oldest first.
    """
    every, changed, left_out = [], [], set()
    for claim in claims:
        said = judgements.get(claim.id, ())
        mended = apply_corrections(claim, said) if said else None
        now = claim if mended is None else mended.claim
        every.append(now)
        changed += [now] if mended is not None and mended.corrections else []
        left_out |= {claim.id} if is_excluded_by(claim, said) else set()
    return Corrected(tuple(every), tuple(changed), frozenset(left_out))
