"""Batches: several judgements filed as one posting, all of them or none."""

from collections.abc import Sequence

from counterclaim.ledger.judge import post_judgement
from counterclaim.ledger.linking_view import LinkingView, Relate
from counterclaim.ledger.membership import file_incidents, index_states
from counterclaim.ledger.posting import PostingDraft
from counterclaim.records.judgement import Judgement


def post_judgements(draft: PostingDraft, said: Sequence[Judgement], relate: Relate | None) -> int:
    """File judgements with what they are linked to.

    Args:
        draft: An open posting.
        said: As decided, at least one.
        relate: Links or checks anew what they bear on.

    Returns:
        How many are new; the same standing judgement is not filed twice.

    Raises:
        LedgerError: If one of them cannot stand; then none is filed.
    """
    new = sum(post_judgement(draft, item) for item in said)
    if not new:
        return 0
    named = []
    if relate is not None:
        related = relate(LinkingView(draft.connection))
        named = file_incidents(draft, related, frozenset(), {})
    draft.close("judgement", said[0].subject, said[0].by)
    index_states(draft.connection, named)
    return new
