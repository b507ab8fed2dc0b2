"""Readers' predictions: what became of each, as a person says on the ground of a row of the ledger.

A prediction stays a reader's words: it is no claim, before and after. That it came true is a judgement like any other:
a row with who and when, taken back by a further row. The words are named by where they stand, so that another reading of the
same report, which may number the comments otherwise, finds them again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.ledger.post import sha256
from counterclaim.records.judgement import OUTCOMES, Judgement, Verdict
from counterclaim.records.ledger_rows import Entry, FiledJudgement, Thread
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.records.text import Comment
from counterclaim.service.corrections import is_left_out
from counterclaim.service.ledger_service import judge

PREDICTION = "prediction"
"""The type of a comment that foretells."""

OUTCOME_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {"came_true": "came true", "came_false": "did not come true", "open": "open"}
)
"""Outcomes as pages say them, in the order in which they are offered."""


class PredictionError(CounterclaimError):
    """What became of a prediction cannot be filed as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One reader's prediction, and what became of it."""

    document_id: str
    number: int
    """Of the comment in its thread, from 1."""
    words: str
    said: tuple[FiledJudgement, ...] = ()
    """What people said became of it and have not taken back, oldest first."""
    ground_is_left_out: bool = False
    """Whether people have since left out the claim that the last of them rests on."""

    @property
    def latest(self) -> FiledJudgement | None:
        """What holds: the last that was said."""
        return self.said[-1] if self.said else None

    @property
    def outcome(self) -> Verdict:
        """What became of it: ``open`` until somebody says."""
        return self.latest.judgement.verdict if self.latest else "open"

    @property
    def finding(self) -> str:
        """What is to be said of it in one line."""
        if self.latest is None:
            return "nobody has said what became of it"
        said = self.latest.judgement
        ground = f", by {said.evidence}" if said.evidence else ""
        doubt = ", which has been left out since: look again" if self.ground_is_left_out else ""
        return f"{OUTCOME_WORDS[said.verdict]}{ground}{doubt}, says {said.by}"


def predictions_in(
    ledger: Ledger, thread: Thread, *, known: Known = EVERYTHING
) -> dict[int, Prediction]:
    """Return a thread's predictions by the comment's position, from 0.

    A comment is one if it was read as one, or if somebody said what became of it.

    Args:
        ledger: Whose judgements.
        thread: As read.
        known: As people had said then.
    """
    document = thread.document
    filed = [
        item
        for item in ledger.judgements(document.id, known=known)
        if item.judgement.verdict in OUTCOMES and not item.taken_back
    ]
    found = {}
    for at, comment in enumerate(thread.comments):
        said = tuple(item for item in filed if _is_about(item.judgement, comment))
        if not said and PREDICTION not in comment.types:
            continue
        found[at] = Prediction(
            document_id=document.id,
            number=at + 1,
            words=" ".join(document.words(comment.span).split()),
            said=said,
            ground_is_left_out=bool(said) and _is_left_out(ledger, said[-1].judgement.evidence),
        )
    return found


def list_predictions(ledger: Ledger, *, known: Known = EVERYTHING) -> Iterator[Prediction]:
    """Yield every prediction of every thread, the reports read last first."""
    after: str | None = None
    while True:
        page = ledger.threads(known=known, limit=50, after=after)
        for thread in page.rows:
            yield from predictions_in(ledger, thread, known=known).values()
        after = page.next
        if after is None:
            return


def say_outcome(
    ledger: Ledger,
    document_id: str,
    number: int,
    outcome: str,
    *,
    ground: str,
    by: str,
    reason: str = "",
) -> FiledJudgement:
    """File what became of a reader's prediction.

    Args:
        ledger: Whose report and rows.
        document_id: Of the report that the reader wrote under.
        number: Of the comment in the thread as last read, from 1.
        outcome: came_true, came_false or open.
        ground: Id of the claim, incident or finding that shows it; may be empty for open.
        by: Who says so.
        reason: Why; may be empty.

    Raises:
        PredictionError: If there is no such comment or outcome.
        LedgerError: If it cannot stand: no ground, or none that the ledger holds.
    """
    verdict = next((item for item in OUTCOME_WORDS if item == outcome.replace(" ", "_")), None)
    if verdict is None:
        raise PredictionError(
            f"{outcome[:40]!r} is nothing that becomes of a prediction: {', '.join(OUTCOME_WORDS)}"
        )
    filed = ledger.document(document_id)
    comments: Sequence[Comment] = filed.comments
    if not 1 <= number <= len(comments):
        held = f"comments 1 to {len(comments)}" if comments else "no comments"
        raise PredictionError(f"{document_id} has {held}, not {number}")
    said = Judgement(
        subject=document_id,
        verdict=verdict,
        by=by,
        reason=reason.strip(),
        evidence=ground.strip() or None,
        span=comments[number - 1].span,
        text_sha256=sha256(filed.document.text),
    )
    return judge(ledger, said)


def _is_about(said: Judgement, comment: Comment) -> bool:
    """Return whether a judgement's words lie in a comment: most of them, where it was cut otherwise since."""
    if said.span is None:
        return False
    shared = min(said.span.end, comment.span.end) - max(said.span.start, comment.span.start)
    return 2 * shared > said.span.end - said.span.start


def _is_left_out(ledger: Ledger, ground: str | None) -> bool:
    if ground is None or not ground.startswith("c-"):
        return False
    entries: Sequence[Entry] = tuple(ledger.claims_by_id([ground]))
    return any(is_left_out(entry) for entry in entries)
