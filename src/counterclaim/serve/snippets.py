"""Snippets: claims within their sentences, so that a row can be read without opening the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.ledger import Ledger
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import Entry

MOST_AROUND = 130
"""Characters of the sentence on each side of the quoted words."""


TELLING_APART = frozenset({"casualty", "ceasefire"})
"""Kinds of which two rows on the same words say different things."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words that a claim stands on, and what stands around them in their sentence."""

    before: str
    words: str
    behind: str


def unique_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out rows that would read the same: of one report, kind, speaker, stance and words, and unjudged."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for entry in entries:
        claim = entry.claim
        act = getattr(claim.payload, "act", None)
        to = getattr(claim.payload, "addressees", None)
        key = (claim.document_id, claim.span, claim.kind, claim.speakers, claim.stance, act, to)
        if key not in seen or entry.judged or claim.kind in TELLING_APART:
            found.append(entry)
        seen.add(key)
    return found


def quote_entries(ledger: Ledger, entries: Sequence[Entry]) -> Mapping[str, Quoted]:
    """Return filed claims within their sentences, by claim id."""
    claims = [entry.claim for entry in entries]
    return quote_claims(claims, ledger.texts([claim.document_id for claim in claims]))


def quote_claims(claims: Iterable[Claim], texts: Mapping[str, str]) -> Mapping[str, Quoted]:
    """Return claims within their sentences, by claim id.

    Args:
        claims: Of any documents.
        texts: Of those documents, by id.
    """
    return {claim.id: quote_claim(claim, texts[claim.document_id]) for claim in claims}


def quote_claim(claim: Claim, text: str) -> Quoted:
    """Return a claim within its sentence; what is far from its words is cut."""
    before = _flat(text[claim.sentence.start : claim.span.start])
    behind = _flat(text[claim.span.end : max(claim.sentence.end, claim.span.end)])
    if len(before) > MOST_AROUND:
        before = "… " + before[-MOST_AROUND:].partition(" ")[2]
    if len(behind) > MOST_AROUND:
        behind = behind[:MOST_AROUND].rpartition(" ")[0] + " …"
    return Quoted(before, " ".join(claim.quote.split()), behind)


def _flat(words: str) -> str:
    """Set words on one line; a blank at an end stays one blank."""
    flat = " ".join(words.split())
    if not flat:
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{flat}{' ' if words[-1].isspace() else ''}"
