"""Reviewing: the queue of claims that deserve a look, and what a person decides about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.records.claim import Claim
from counterclaim.records.evidence import Evidence
from counterclaim.records.judgement import MENDABLES, Judgement, Mendable, Verdict
from counterclaim.records.ledger_rows import Entry, FiledJudgement
from counterclaim.records.people import WorkbenchUser
from counterclaim.records.proposal import ROOM
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.service.corrected_claims import (
    correctable_fields,
    has_decided,
    is_by_rule,
    seen_by,
    value_of,
)
from counterclaim.service.correction_rules import undo_rule
from counterclaim.service.fields import LABELS, choices_of, grade_of
from counterclaim.service.ledger_service import judge
from counterclaim.service.review_reasons import Doubt, review_reasons

WINDOW = 200
"""Claims put in order at a time, the latest filed first: a queue over a million claims is then as quick as
one over a thousand, and what came in last is judged first."""


PAIRED: Mapping[Verdict, str] = MappingProxyType({"same": "merged", "different": "parted"})
"""Verdicts about two incidents, as what they do."""


class ReviewError(CounterclaimError):
    """A review cannot be filed as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One claim in the queue."""

    entry: Entry
    doubts: tuple[Doubt, ...]

    @property
    def weight(self) -> int:
        """How much there is to doubt."""
        return sum(doubt.weight for doubt in self.doubts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A stretch of the queue."""

    waiting: tuple[Waiting, ...]
    """Most doubtful first."""
    done: int
    """Claims of the stretch that this person judged already."""
    next: str | None
    """Where the next stretch begins."""


def queue_for(
    ledger: Ledger,
    name: str,
    *,
    kind: str | None = None,
    doubt: str | None = None,
    known: Known = EVERYTHING,
    after: str | None = None,
) -> Queue:
    """Return the claims that a person has not judged, the most doubtful first.

    Args:
        ledger: Whose claims.
        name: Who reviews. What others judged stays in the queue: a second opinion shows agreement.
        kind: Only claims of this kind.
        doubt: Only claims with this doubt; None gives all.
        known: Of which project.
        after: Where the stretch begins.
    """
    page = ledger.claims(ClaimQuery(kind=kind), known=known, limit=WINDOW, after=after)
    fresh = [entry for entry in page.rows if not is_judged_by(entry, name)]
    homes = sorted({entry.incident_id for entry in fresh if entry.incident_id is not None})
    findings = ledger.findings(homes)
    waiting = [
        Waiting(
            entry=entry, doubts=review_reasons(entry, findings.get(entry.incident_id or "", ()))
        )
        for entry in fresh
    ]
    wanted = [
        item for item in waiting if doubt is None or doubt in {found.code for found in item.doubts}
    ]
    return Queue(
        waiting=tuple(sorted(wanted, key=lambda item: -item.weight)),
        done=len(page.rows) - len(fresh),
        next=page.next,
    )


def is_judged_by(entry: Entry, name: str) -> bool:
    """Return whether a person has said how a claim was read."""
    return has_decided(entry.judgements, name)


def corrections_in(
    entry: Entry, changed: Mapping[Mendable, tuple[str, str]], *, by: str, reason: str, seen: str
) -> Iterator[Judgement]:
    """Yield a judgement for each field that a form changed.

    Args:
        entry: As filed.
        changed: By field, the words that the form began with and those it came back with.
        by: Who corrects.
        reason: Why; may be empty.
        seen: SHA-256 of the text that was shown.
    """
    allowed = correctable_fields(entry.claim)
    for name, (before, words) in changed.items():
        after = " ".join(words.split())
        if name in allowed and after != before:
            yield Judgement(
                subject=entry.claim.id,
                verdict="corrected",
                by=by,
                reason=reason,
                field=name,
                before=before,
                after=after,
                text_sha256=seen,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """One field of a claim as a reviewer sees it."""

    name: Mendable
    label: str
    value: str
    grade: Evidence | None
    """How it is known; None where that is not asked of the field."""
    by: str = ""
    """Who corrected or confirmed it; empty where it stands as read."""
    contested: str = ""
    """What the second reader has instead; empty where the two do not differ."""
    choices: tuple[str, ...] = ()

    @property
    def is_suggestion(self) -> bool:
        """Whether it is inferred and nobody has said yet that it is right."""
        return self.grade == "inferred" and not self.by and bool(self.value)


def fields_of(entry: Entry, name: str) -> tuple[FieldShown, ...]:
    """Return the fields that can be corrected as a reviewer sees them: contested first, then what is inferred.

    Args:
        entry: As filed.
        name: Of the reviewer: what others decided is not shown before they decided too.
    """
    seen = seen_by(entry.claim, entry.judgements, name)
    is_open = has_decided(entry.judgements, name)
    by = {
        item.field: item.by
        for item in entry.judgements
        if item.field is not None and (is_open or item.by == name or is_by_rule(item))
    }
    others = contests_of(entry.claim)
    found = [
        FieldShown(
            name=field,
            label="Who counts" if field == "speaker" and seen.kind == "casualty" else LABELS[field],
            value=value_of(seen, field),
            grade=grade_of(seen, field),
            by=by.get(field, ""),
            contested="" if field in by else others.get(field, ""),
            choices=choices_of(field),
        )
        for field in correctable_fields(entry.claim)
    ]
    return tuple(sorted(found, key=lambda item: (not item.contested, not item.is_suggestion)))


CONTESTED_AS: Mapping[str, Mendable] = MappingProxyType(
    {"outcome": "harm", "value": "number", "count": "number", "measure": "scope"}
)
"""Fields as the second reader's steps name them, where a page names them otherwise."""


def contests_of(claim: Claim) -> dict[Mendable, str]:
    """Return what a second reader has instead, by field, where the two readers differ."""
    found: dict[Mendable, str] = {}
    for step in claim.trace:
        if step.room == ROOM and step.rule.startswith("contested:"):
            told = step.rule.split(":")[1]
            name = CONTESTED_AS.get(told) or next(
                (item for item in MENDABLES if item == told), None
            )
            if name is not None:
                found[name] = step.words or "another reading"
    return found


def confirmed(entry: Entry, name: Mendable, *, by: str, seen: str) -> Judgement:
    """Return the judgement that one field was read rightly: what was inferred then counts."""
    words = value_of(seen_by(entry.claim, entry.judgements, by), name)
    return Judgement(
        subject=entry.claim.id,
        verdict="accepted",
        by=by,
        field=name,
        before=words,
        after=words,
        text_sha256=seen,
    )


def undo(ledger: Ledger, judgement_id: str, person: WorkbenchUser) -> FiledJudgement:
    """Take a judgement back: by a further row, never by taking the row out.

    Raises:
        ReviewError: If it is another person's, and the one who asks is no admin.
        LedgerError: If there is none, or it was taken back already.
    """
    filed = ledger.judgement(judgement_id)
    if filed.judgement.by != person.name and not person.may("admin"):
        raise ReviewError(f"only {filed.judgement.by} or an admin takes this judgement back")
    if filed.judgement.verdict == "rule":
        undo_rule(ledger, judgement_id, by=person.name)
        return ledger.judgements(judgement_id)[-1]
    return judge(ledger, Judgement(subject=judgement_id, verdict="withdrawn", by=person.name))


def merge(ledger: Ledger, one: str, other: str, *, by: str, reason: str) -> FiledJudgement:
    """Judge two incidents to be one happening.

    Raises:
        ReviewError: If they are the same already, or one of them holds no claim any more.
        LedgerError: If one does not exist, or they are of two kinds.
    """
    return _judge_pair(ledger, one, other, "same", by=by, reason=reason)


def part(ledger: Ledger, one: str, other: str, *, by: str, reason: str) -> FiledJudgement:
    """Judge two incidents to be two happenings: linking never joins them, and they are offered no more.

    Raises:
        ReviewError: If they are one already, or one of them holds no claim any more.
        LedgerError: If one does not exist.
    """
    return _judge_pair(ledger, one, other, "different", by=by, reason=reason)


def _judge_pair(
    ledger: Ledger, one: str, other: str, verdict: Verdict, *, by: str, reason: str
) -> FiledJudgement:
    """Judge two incidents by the first claim of each."""
    if not other:
        raise ReviewError("choose the other incident, or give its id")
    first, second = ledger.incident(one), ledger.incident(other)
    if first.card.id == second.card.id:
        raise ReviewError("this is the same incident: give the id of another one")
    if not first.entries or not second.entries:
        raise ReviewError(f"an incident that holds no claim any more cannot be {PAIRED[verdict]}")
    return judge(
        ledger,
        Judgement(
            subject=first.entries[0].claim.id,
            verdict=verdict,
            by=by,
            reason=reason,
            other=second.entries[0].claim.id,
        ),
    )


def split(
    ledger: Ledger, incident: str, claim_ids: Sequence[str], *, by: str, reason: str
) -> tuple[FiledJudgement, ...]:
    """Judge some claims of an incident to speak of another happening than the rest.

    Raises:
        ReviewError: If none is chosen, or none would be left, or one is not of the incident.
    """
    held = [entry.claim.id for entry in ledger.incident(incident).entries]
    chosen = [claim_id for claim_id in held if claim_id in set(claim_ids)]
    left = [claim_id for claim_id in held if claim_id not in chosen]
    if len(chosen) != len(set(claim_ids)):
        raise ReviewError("a chosen claim is not of this incident any more: look at it again")
    if not chosen or not left:
        raise ReviewError("choose some of the claims, and leave some")

    def judged(subject: str, verdict: Verdict, other: str) -> FiledJudgement:
        said = Judgement(subject=subject, verdict=verdict, by=by, reason=reason, other=other)
        return judge(ledger, said)

    made = [judged(left[0], "different", item) for item in chosen]
    for part in (chosen, left):
        # Those of one part that linking no longer holds with its first are bound to it.
        made += [
            judged(part[0], "same", item)
            for item in part[1:]
            if ledger.claim(item).incident_id != ledger.claim(part[0]).incident_id
        ]
    return tuple(made)
