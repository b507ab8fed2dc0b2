"""Flat tables: claims of a reading or a ledger as rows of named columns, page by page."""

from collections.abc import Iterator
from dataclasses import replace

from counterclaim.ledger import Ledger
from counterclaim.records.finding import Finding
from counterclaim.records.flat import (
    KINDS,
    FlatRow,
    RowContext,
    finding_of,
    findings_by_claim,
    flat_row,
    permalink,
    reader_words,
)
from counterclaim.records.flat_columns import FlatTable
from counterclaim.records.ledger_rows import Entry, Provenance
from counterclaim.records.query import EVERYTHING, ClaimQuery, Known
from counterclaim.service.corrections import (
    contests_left,
    corrected_page,
    correction_marks,
    is_left_out,
)
from counterclaim.service.figures import mark_words
from counterclaim.service.ledger_service import view_incident

PAGE = 2_000
"""Claims asked of a ledger at a time."""


def ledger_entries(
    ledger: Ledger, query: ClaimQuery | None = None, *, known: Known = EVERYTHING
) -> Iterator[tuple[Entry, ...]]:
    """Yield claims of a ledger as corrected, page by page, the latest filed first."""
    asked = query or ClaimQuery()
    after: str | None = None
    while True:
        page = corrected_page(ledger, asked, known=known, limit=PAGE, after=after)
        if page.rows:
            yield page.rows
        after = page.next
        if after is None:
            return


def ledger_rows(
    ledger: Ledger,
    table: FlatTable = "claims",
    query: ClaimQuery | None = None,
    *,
    known: Known = EVERYTHING,
    site: str = "",
) -> Iterator[FlatRow]:
    """Yield claims of a ledger as rows, as people corrected them, the latest filed first.

    Args:
        ledger: Which.
        table: ``claims`` for all kinds, or ``figures``, ``events``, ``ceasefires``.
        query: Which claims; the table's kind is put over the query's own.
        known: As known on which day.
        site: Where the workbench is reached, for permalinks.
    """
    asked = query or ClaimQuery()
    kind = KINDS[table]
    if kind is not None:
        asked = replace(asked, kind=kind)
    readings: dict[str, Provenance] = {}
    for page in ledger_entries(ledger, asked, known=known):
        for entry, setting in _settings(ledger, page, known, readings, site):
            yield flat_row(entry.claim, setting, table)


def entry_row(
    ledger: Ledger, entry: Entry, *, known: Known = EVERYTHING, site: str = ""
) -> FlatRow:
    """Return one claim of a ledger as a row of the table of claims."""
    ((_, setting),) = _settings(ledger, (entry,), known, {}, site)
    return flat_row(entry.claim, setting)


def _settings(
    ledger: Ledger,
    entries: tuple[Entry, ...],
    known: Known,
    readings: dict[str, Provenance],
    site: str,
) -> Iterator[tuple[Entry, RowContext]]:
    """Yield each claim with what stands around it.

    Args:
        ledger: Which.
        entries: One page.
        known: As known on which day.
        readings: What is known of readings so far; added to.
        site: Where the workbench is reached.
    """
    texts = ledger.texts([entry.claim.document_id for entry in entries])
    findings = _findings(ledger, entries, known)
    readings |= ledger.provenance(sorted({entry.reading_id for entry in entries} - readings.keys()))
    readers = {
        name: reader_words(readings[name].signature)
        for name in {entry.reading_id for entry in entries}
    }
    for entry in entries:
        claim = entry.claim
        provenance = readings[entry.reading_id]
        yield (
            entry,
            RowContext(
                text=texts.get(claim.document_id),
                name=entry.document_name,
                title=entry.document_title,
                outlet=entry.outlet,
                author=provenance.author,
                published=entry.published,
                known_on=entry.known_on,
                recorded_at=entry.recorded_at,
                attribution=entry.attribution,
                incident_id=entry.incident_id,
                finding=finding_of(claim, findings.get(claim.id, ())),
                corrections=tuple(map(mark_words, correction_marks(entry))) if entry.judged else (),
                judgements=tuple(f"{item.verdict} by {item.by}" for item in entry.judgements),
                left_out=is_left_out(entry),
                contested=contests_left(entry),
                reader=readers[entry.reading_id],
                reading_id=entry.reading_id,
                link=permalink(claim.id, site),
            ),
        )


def _findings(ledger: Ledger, entries: tuple[Entry, ...], known: Known) -> dict[str, list[Finding]]:
    """Return the findings that rest on each claim, as they stood when the claims did."""
    ids = sorted({entry.incident_id for entry in entries if entry.incident_id is not None})
    if known.day is None:
        found = ledger.findings(ids)
        return findings_by_claim(item for id_ in ids for item in found.get(id_, ()))
    return findings_by_claim(
        item for id_ in ids for item in view_incident(ledger, id_, known=known).findings
    )
