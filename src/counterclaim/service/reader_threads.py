"""Reader threads: each checkable stretch of a comment beside the rows that speak of the same, or beside none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from counterclaim.ledger import Ledger
from counterclaim.link.document_frequencies import load_background
from counterclaim.link.reader_match import act_of, days_of, match_rows, parties_of
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import Entry, Thread
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.records.reader_match import RowMatch, StretchMatch
from counterclaim.records.reading import Reading
from counterclaim.records.text import Comment, Document, Span
from counterclaim.service.corrections import as_corrected, is_left_out

AROUND = timedelta(days=31)
"""How far from the report, or from the day that the reader names, a row may stand: readers name no year."""

LOOKED_AT = 500
"""Rows of one party and kind that are compared with one reader's claim, the latest filed first."""

SHOWN = 3
"""Rows shown beside one stretch."""

Rows = Sequence[tuple[Document, Claim]]
FindRows = Callable[[Claim], Rows]


def match_thread(
    ledger: Ledger, thread: Thread, *, known: Known = EVERYTHING
) -> dict[int, tuple[StretchMatch, ...]]:
    """Set a thread's checkable stretches beside the ledger.

    Args:
        ledger: Whose rows.
        thread: With what its readers say, as read.
        known: Rows as known then; as people corrected them, without those that they left out.

    Returns:
        Stretches by the comment's position, from 0; comments without one are left out.
    """
    kept: dict[ClaimQuery, tuple[Entry, ...]] = {}
    texts: dict[str, str] = {}

    def find_rows(said: Claim) -> Rows:
        entries: dict[str, Entry] = {}
        for query in _queries(said, thread.document):
            if query not in kept:
                kept[query] = _entries(ledger, query, known)
            entries |= {entry.claim.id: entry for entry in kept[query]}
        alike = [entry for entry in entries.values() if act_of(entry.claim) == act_of(said)]
        texts.update(
            ledger.texts(sorted({item.claim.document_id for item in alike} - texts.keys()))
        )
        return [(_home(entry, texts), entry.claim) for entry in alike]

    return match_comments(thread.document, thread.comments, thread.reader_claims, find_rows)


def match_within(reading: Reading) -> dict[int, tuple[StretchMatch, ...]]:
    """Set a reading's comments beside its own report's rows, where there is no ledger."""
    rows = [(reading.document, claim) for claim in reading.claims]
    return match_comments(reading.document, reading.comments, reading.reader_claims, lambda _: rows)


def match_comments(
    document: Document, comments: Sequence[Comment], said: Sequence[Claim], find_rows: FindRows
) -> dict[int, tuple[StretchMatch, ...]]:
    """Return the checkable stretches of comments with the rows that speak of the same, by position from 0.

    Args:
        document: With the comments under it.
        comments: In order.
        said: What was read in them.
        find_rows: Rows to compare one reader's claim with.
    """
    return {
        at: tuple(_stretch(document, span, said, find_rows) for span in comment.checkable)
        for at, comment in enumerate(comments)
        if comment.checkable
    }


def _stretch(
    document: Document, span: Span, said: Sequence[Claim], find_rows: FindRows
) -> StretchMatch:
    own = tuple(claim for claim in said if claim.span.meets(span))
    found: dict[str, RowMatch] = {}
    for claim in own:
        for item in match_rows(document, claim, find_rows(claim), load_background()):
            best = found.get(item.row.id)
            if best is None or item.weight > best.weight:
                found[item.row.id] = item
    rows = sorted(found.values(), key=lambda item: (-item.weight, item.row.id))
    return StretchMatch(
        span=span,
        words=" ".join(document.words(span).split()),
        claims=own,
        rows=tuple(rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
    )


def _queries(said: Claim, document: Document) -> Iterator[ClaimQuery]:
    """Yield what to look through: the report that the reader answers, then each party's rows around the day."""
    yield ClaimQuery(kind=said.kind, document_id=document.id)
    first, last = days_of(said) or (document.published, document.published)
    for party in parties_of(said) or (None,):
        yield ClaimQuery(
            kind=said.kind,
            party=party,
            first_day=_moved(first, -AROUND),
            last_day=_moved(last, AROUND),
        )


def _moved(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by


def _entries(ledger: Ledger, query: ClaimQuery, known: Known) -> tuple[Entry, ...]:
    rows = ledger.claims(query, known=known, limit=LOOKED_AT, bare=True).rows
    return tuple(as_corrected(entry) for entry in rows if not is_left_out(entry))


def _home(entry: Entry, texts: Mapping[str, str]) -> Document:
    name = entry.claim.document_id
    document = Document(text=texts.get(name, ""), published=entry.published)
    return document.known_as(name)
