"""Printed alike: the reports that are by one hand with one, or quote the same words, and what shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.ledger import Ledger
from counterclaim.link import find_wires
from counterclaim.records.link import Tie
from counterclaim.records.text import Document, Span

MOST_NEAR = 24
"""Reports that are compared with one: those with which it shares most incidents."""

MOST_INCIDENTS = 60


@dataclass(frozen=True, slots=True)
class Alike:
    """Another report of one hand with one, or one that quotes the same words."""

    document: Document
    tie: Tie
    own_words: str
    own_span: Span | None

    @property
    def why(self) -> str:
        """What shows it, in plain words."""
        if self.tie.by == "mark":
            return f"both bear the mark of {self.tie.agency}"
        if self.tie.by == "statement":
            return "both quote the same words; the reports around them are two"
        return (
            f"{self.tie.share:.0%} of the shorter text stands in the other, word for word or edited"
        )


def printed_alike(
    ledger: Ledger, document_id: str, incident_ids: Sequence[str]
) -> tuple[Alike, ...]:
    """Return the reports that share a text or a quotation with one, the first printed first.

    Args:
        ledger: Which.
        document_id: The one.
        incident_ids: Those of its claims: reports of none of them are not looked at.
    """
    shared: Counter[str] = Counter()
    for gist in ledger.facts.gists(sorted(set(incident_ids))[:MOST_INCIDENTS]).values():
        shared.update({entry.claim.document_id for entry in gist.entries})
    del shared[document_id]
    near = [name for name, _ in shared.most_common(MOST_NEAR)]
    if not near:
        return ()
    documents = ledger.losses.documents([document_id, *near])
    pairs = [(document_id, name) for name in near if name in documents]
    found = []
    for tie in find_wires(documents.values(), one_matter=True, among=pairs).ties:
        is_left = tie.left == document_id
        words, span = (
            (tie.left_words, tie.left_span) if is_left else (tie.right_words, tie.right_span)
        )
        found.append(Alike(documents[tie.right if is_left else tie.left], tie, words, span))
    return tuple(found)
