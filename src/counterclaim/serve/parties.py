"""Parties as people type them: what is meant, or what may have been, and what a field suggests."""

from dataclasses import dataclass

from counterclaim.ledger import Ledger
from counterclaim.records.query import EVERYTHING, Known
from counterclaim.serve.lru_cache import LruCache
from counterclaim.service.parties import UnknownPartyError, find_party

MOST_SUGGESTED = 300
"""Names that a field suggests, in the order of the alphabet; a browser narrows them by what is typed."""


@dataclass(frozen=True, slots=True)
class PartyAsked:
    """A party as somebody asked for it."""

    words: str
    """As typed."""
    root: str = ""
    """Under which the ledger keeps it; empty where it is nobody's."""
    offered: tuple[str, ...] = ()
    """Whom the words may mean, where they are nobody's name."""

    @property
    def is_lost(self) -> bool:
        """Whether words were typed that mean nobody."""
        return bool(self.words) and not self.root

    @property
    def is_other(self) -> bool:
        """Whether the ledger calls the party otherwise than the words do."""
        return bool(self.root) and self.root != self.words


def ask_for_party(ledger: Ledger, words: str) -> PartyAsked:
    """Return the party that some words mean, in any case, as a capital, people, organ or abbreviation."""
    if not words.strip():
        return PartyAsked("")
    try:
        return PartyAsked(words, find_party(ledger, words))
    except UnknownPartyError as error:
        return PartyAsked(words, offered=error.offered)


def suggested_parties(
    ledger: Ledger, shelf: LruCache, known: Known = EVERYTHING
) -> tuple[str, ...]:
    """Return the names that a field for a party suggests: of a project, those that its claims name."""
    own = Known(project=known.project)

    def names() -> tuple[str, ...]:
        if own.project is None:
            return ledger.facts.party_names()[:MOST_SUGGESTED]
        rows = ledger.parties(known=own, limit=MOST_SUGGESTED).rows
        return tuple(row.root for row in rows)

    return shelf.get(("parties", ledger.last_posting(), own), names)
