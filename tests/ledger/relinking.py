"""Files incidents as a test has linked them, without a new reading."""

from counterclaim.ledger import Ledger
from counterclaim.ledger.engine import writing
from counterclaim.ledger.linking_view import LinkedIncidents
from counterclaim.ledger.membership import file_incidents, index_states
from counterclaim.ledger.posting import PostingDraft


def relink(ledger: Ledger, related: LinkedIncidents) -> bool:
    """File incidents, each whole; say whether anything changed."""
    with writing(ledger._engine) as connection:
        draft = PostingDraft(connection, ledger._now())
        named = file_incidents(draft, related, frozenset(), {})
        if draft.is_empty:
            return False
        draft.close("linking", "test", "counterclaim")
        index_states(connection, named)
        return True
