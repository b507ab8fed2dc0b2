"""Figures: the flat table of casualty figures as people corrected them, each with what they changed."""

from collections.abc import Iterator
from dataclasses import replace

from counterclaim.ledger import Ledger
from counterclaim.ledger.figures import flat_figure
from counterclaim.records.ledger_rows import FiledFigure
from counterclaim.records.query import EVERYTHING, FigureQuery, Known
from counterclaim.service.corrections import (
    CorrectionMark,
    as_corrected,
    correction_marks,
    is_left_out,
)


def corrected_figures(
    ledger: Ledger,
    query: FigureQuery | None = None,
    *,
    known: Known = EVERYTHING,
    limit: int,
) -> tuple[FiledFigure, ...]:
    """Return casualty figures as corrected, in the order in which they were known.

    What was corrected to be what is asked for is there, what was corrected away from it is not. What
    people left out is there too, and says so.

    Args:
        ledger: Which.
        query: Which figures, by their columns as corrected.
        known: As known on which day.
        limit: The most figures.
    """
    asked = query or FigureQuery()
    judged = {
        item.judgement.subject
        for item in ledger.judgements(known=known)
        if item.judgement.subject.startswith("c-") and not item.taken_back
    }
    found = ledger.figures(asked, known=known, limit=limit + len(judged))
    if not judged:
        return found
    changed = list(_changed(ledger, judged, known))
    changed_ids = {figure.claim_id for figure in changed}
    rows = [figure for figure in found if figure.claim_id not in changed_ids]
    rows += [figure for figure in changed if _fits(figure, asked)]
    return tuple(sorted(rows, key=lambda figure: figure.known_on)[:limit])


def _changed(ledger: Ledger, judged: set[str], known: Known) -> Iterator[FiledFigure]:
    """Yield the figures about which people changed something."""
    for entry in map(as_corrected, ledger.claims_by_id(sorted(judged), known=known)):
        figure, marks = flat_figure(entry), correction_marks(entry)
        if figure is not None and marks:
            words = tuple(map(mark_words, marks))
            yield replace(figure, corrections=words, left_out=is_left_out(entry))


def mark_words(mark: CorrectionMark) -> str:
    """Say what was changed, by whom and when."""
    by = f"by {mark.by} on {mark.at.date().isoformat()}"
    reason = f": {mark.reason}" if mark.reason else ""
    if mark.field:
        return f"{mark.field} corrected from “{mark.was or 'none'}” to “{mark.now or 'none'}” {by}{reason}"
    return f"{mark.verdict} {by}{reason}"


def _fits(figure: FiledFigure, query: FigureQuery) -> bool:
    asked = {
        "side": query.side,
        "outcome": query.outcome,
        "category": query.category,
        "measure": query.measure,
        "relation": query.relation,
        "reporters": query.reporter,
    }
    return (
        all(getattr(figure, name) == value for name, value in asked.items() if value is not None)
        and (query.first_day is None or figure.known_on >= query.first_day)
        and (query.last_day is None or figure.known_on <= query.last_day)
    )
