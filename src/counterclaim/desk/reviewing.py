"""Reviewing: the queue of claims that deserve a look, and what a person decides about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.desk.doubting import REVIEWS, Doubt, doubts_of
from counterclaim.desk.filing import judge
from counterclaim.desk.mending import as_mended, mendables_of, value_of
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.records.filed import Entry, FiledJudgement
from counterclaim.records.judgement import Judgement, Mendable, Verdict
from counterclaim.records.people import Person
from counterclaim.records.query import ClaimQuery

WINDOW = 200
"""Claims put in order at a time, the latest filed first: a queue over a million claims is then as quick as
one over a thousand, and what came in last is judged first."""


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
    after: str | None = None,
) -> Queue:
    """Give the claims that a person has not judged, the most doubtful first.

    Args:
        ledger: Whose claims.
        name: Who reviews. What others judged stays in the queue: a second opinion shows agreement.
        kind: Only claims of this kind.
        doubt: Only claims with this doubt; None gives all.
        after: Where the stretch begins.
    """
    page = ledger.claims(ClaimQuery(kind=kind), limit=WINDOW, after=after)
    fresh = [entry for entry in page.rows if not is_judged_by(entry, name)]
    homes = sorted({entry.incident_id for entry in fresh if entry.incident_id is not None})
    findings = ledger.findings(homes)
    waiting = [
        Waiting(entry=entry, doubts=doubts_of(entry, findings.get(entry.incident_id or "", ())))
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
    """Say whether a person has said how a claim was read."""
    return any(item.by == name and item.verdict in REVIEWS for item in entry.judgements)


def corrections_in(
    entry: Entry, changed: Mapping[Mendable, tuple[str, str]], *, by: str, reason: str, seen: str
) -> Iterator[Judgement]:
    """Give a judgement for each field that a form changed.

    Args:
        entry: As filed.
        changed: By field, the words that the form began with and those it came back with.
        by: Who corrects.
        reason: Why; may be empty.
        seen: SHA-256 of the text that was shown.
    """
    allowed = mendables_of(entry.claim)
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


def fields_of(entry: Entry) -> dict[Mendable, str]:
    """Give the fields that can be corrected, with their words as they stand now."""
    mended = as_mended(entry.claim, entry.judgements).claim
    return {name: value_of(mended, name) for name in mendables_of(entry.claim)}


def undo(ledger: Ledger, judgement_id: str, person: Person) -> FiledJudgement:
    """Take a judgement back: by a further row, never by taking the row out.

    Raises:
        ReviewError: If it is another person's, and the one who asks is no admin.
        LedgerError: If there is none, or it was taken back already.
    """
    filed = ledger.judgement(judgement_id)
    if filed.judgement.by != person.name and not person.may("admin"):
        raise ReviewError(f"only {filed.judgement.by} or an admin takes this judgement back")
    return judge(ledger, Judgement(subject=judgement_id, verdict="withdrawn", by=person.name))


def merge(ledger: Ledger, one: str, other: str, *, by: str, reason: str) -> FiledJudgement:
    """Judge two incidents to be one happening.

    Raises:
        ReviewError: If they are the same already, or one of them holds no claim any more.
        LedgerError: If one does not exist, or they are of two kinds.
    """
    first, second = ledger.incident(one), ledger.incident(other)
    if first.card.id == second.card.id:
        raise ReviewError("this is the same incident: give the id of another one")
    if not first.entries or not second.entries:
        raise ReviewError("an incident that holds no claim any more cannot be merged")
    return judge(
        ledger,
        Judgement(
            subject=first.entries[0].claim.id,
            verdict="same",
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
