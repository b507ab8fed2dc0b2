"""Quoting: claims within their sentences, so that a row can be read without opening the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.ledger import Ledger
from counterclaim.records.claim import Claim
from counterclaim.records.filed import Entry

MOST_AROUND = 130
"""Characters of the sentence on each side of the quoted words."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words that a claim stands on, and what stands around them in their sentence."""

    before: str
    words: str
    behind: str


def quote_entries(ledger: Ledger, entries: Sequence[Entry]) -> Mapping[str, Quoted]:
    """Give filed claims within their sentences, by claim id."""
    claims = [entry.claim for entry in entries]
    return quote_claims(claims, ledger.texts([claim.document_id for claim in claims]))


def quote_claims(claims: Iterable[Claim], texts: Mapping[str, str]) -> Mapping[str, Quoted]:
    """Give claims within their sentences, by claim id.

    Args:
        claims: Of any documents.
        texts: Of those documents, by id.
    """
    return {claim.id: quote_claim(claim, texts[claim.document_id]) for claim in claims}


def quote_claim(claim: Claim, text: str) -> Quoted:
    """Give a claim within its sentence; what is far from its words is cut."""
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
