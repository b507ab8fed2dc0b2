"""Correction rules: a correction made one for every claim that has the same, with a preview, and undone as one.

"This official is India's": one correction says so of one claim; a rule says it of all, those of later
reports among them. What a rule does are ordinary corrections that bear its id, each a row beside its claim;
undoing the rule takes all of them back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.ledger.errors import SearchError
from counterclaim.records.claim import Claim
from counterclaim.records.judgement import Judgement, Mendable
from counterclaim.records.ledger_rows import Entry, FiledJudgement, every_row
from counterclaim.records.query import ClaimQuery
from counterclaim.service.corrected_claims import apply_corrections, correctable_fields, value_of
from counterclaim.service.fields import PARTY_FIELDS
from counterclaim.service.incremental_linking import recheck_after_correction

MOST = 2_000
"""Claims that one rule corrects at once; a rule that meets more is too wide to be looked through."""

SHOWN = 100


class RuleError(CounterclaimError):
    """A correction makes no rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect:
    """What a rule would change of one claim."""

    entry: Entry
    field: Mendable
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule would change of all."""

    source: FiledJudgement
    """The correction that it is made of."""
    before: str
    after: str
    changes: tuple[RuleEffect, ...]


def check_rule(said: Judgement) -> tuple[str, str]:
    """Return what a rule made of a correction reads, and as what: one party for one party, one place for one.

    Raises:
        RuleError: If the correction cannot be one for other claims.
    """
    if said.verdict not in {"corrected", "rule"} or said.field is None:
        raise RuleError("a rule is made of the correction of one field: correct a claim first")
    before, after = (said.before or "").strip(), (said.after or "").strip()
    if said.field not in PARTY_FIELDS and said.field != "place":
        raise RuleError(
            f"a {said.field} is right or wrong claim by claim: rules are for who somebody is and where a place is"
        )
    if not before or not after or (said.field != "place" and "&" in before + after):
        raise RuleError(
            "a rule reads one name as another: this correction adds, takes away or joins some"
        )
    return before, after


def preview_rule(ledger: Ledger, source: FiledJudgement) -> Preview:
    """Return what a rule made of a correction would change, without changing it.

    Raises:
        RuleError: If it makes none, or meets too many claims.
    """
    said = source.judgement
    before, after = check_rule(said)
    found = list(islice(_changes(_candidates(ledger, said.field, before), said), MOST + 1))
    if len(found) > MOST:
        raise RuleError(f"more than {MOST:,} claims name {before}: too many for one rule")
    return Preview(source=source, before=before, after=after, changes=tuple(found))


def _candidates(ledger: Ledger, field: Mendable | None, before: str) -> Iterator[Entry]:
    if field == "place":
        try:
            hits = every_row(lambda after: ledger.search(f'"{before}"', limit=500, after=after))
            yield from (hit.entry for hit in islice(hits, 10 * MOST))
        except SearchError:
            return
        return
    query = ClaimQuery(party=before.partition("/")[0])
    rows = every_row(lambda after: ledger.claims(query, limit=500, after=after))
    yield from islice(rows, 50 * MOST)


def _changes(entries: Iterator[Entry] | Sequence[Entry], said: Judgement) -> Iterator[RuleEffect]:
    before, after = check_rule(said)
    fields = {"place"} if said.field == "place" else PARTY_FIELDS
    for entry in entries:
        now = apply_corrections(entry.claim, entry.judgements).claim
        for field in correctable_fields(now):
            if field in fields:
                words = value_of(now, field)
                told = _told(words, before, after)
                if told != words:
                    yield RuleEffect(entry=entry, field=field, before=words, after=told)


def _told(words: str, before: str, after: str) -> str:
    parts = [part.strip() for part in words.split("&")]
    return " & ".join(dict.fromkeys(after if part == before else part for part in parts))


def make_rule(ledger: Ledger, source_id: str, *, by: str, reason: str = "") -> FiledJudgement:
    """Make a rule of a correction and apply it to all claims that it meets; each keeps its own row.

    Raises:
        RuleError: If it makes none.
        LedgerError: If there is no such judgement.
    """
    source = ledger.judgement(source_id)
    said = source.judgement
    if source.taken_back:
        raise RuleError("this correction was taken back: correct the claim again first")
    preview = preview_rule(ledger, source)
    rule = Judgement(
        subject=source_id,
        verdict="rule",
        by=by,
        reason=reason,
        field=said.field,
        before=preview.before,
        after=preview.after,
    )
    ledger.judge(rule)
    _apply(ledger, rule, preview.changes)
    return ledger.judgement(rule.id)


def _apply(ledger: Ledger, rule: Judgement, changes: Sequence[RuleEffect]) -> int:
    made = [
        Judgement(
            subject=item.entry.claim.id,
            verdict="corrected",
            by=rule.by,
            reason=rule.reason,
            evidence=rule.id,
            field=item.field,
            before=item.before,
            after=item.after,
        )
        for item in changes
    ]
    return ledger.judge_all(made, recheck_after_correction(made)) if made else 0


def standing_rules(ledger: Ledger) -> tuple[FiledJudgement, ...]:
    """Return the rules that hold, oldest first."""
    return tuple(item for item in ledger.judgements(verdict="rule") if not item.taken_back)


def apply_rules(ledger: Ledger, claims: Sequence[Claim]) -> int:
    """Apply the rules that hold to claims just filed; return how many corrections they made."""
    rules = standing_rules(ledger) if claims else ()
    made = 0
    for rule in rules:
        entries = ledger.claims_by_id([claim.id for claim in claims])
        made += _apply(ledger, rule.judgement, tuple(_changes(entries, rule.judgement)))
    return made


def made_by(ledger: Ledger, rule_id: str) -> tuple[FiledJudgement, ...]:
    """Return the corrections that a rule made and that stand."""
    return tuple(
        item
        for item in ledger.judgements(verdict="corrected")
        if item.judgement.evidence == rule_id and not item.taken_back
    )


def undo_rule(ledger: Ledger, rule_id: str, *, by: str) -> int:
    """Take a rule back, and all that it corrected; return how many corrections that were.

    Raises:
        LedgerError: If there is no such rule, or it was taken back already.
    """
    back = [item.judgement for item in made_by(ledger, rule_id)]
    ledger.judge(Judgement(subject=rule_id, verdict="withdrawn", by=by))
    if not back:
        return 0
    said = [Judgement(subject=item.id, verdict="withdrawn", by=by) for item in back]
    return ledger.judge_all(said, recheck_after_correction(said, back))
