"""Casualties: the account of one side's losses or of all, as known on a day, with its chart."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.charts import casualty_chart
from counterclaim.charts.rows import LINE_WORDS, OUTCOME_TITLES, names
from counterclaim.charts.theme import Theme
from counterclaim.desk.kept import KeptAccount, kept_account
from counterclaim.desk.sheet import MEASURES
from counterclaim.desk.told import number_told
from counterclaim.export.accounts import account_rows
from counterclaim.ledger import Ledger
from counterclaim.records.account import Point, Series, TotalLine
from counterclaim.records.claim import Casualty
from counterclaim.records.query import Known
from counterclaim.serve.asking import AfterAsked, KnownAsked, LedgerAsked, ShelfAsked, Words, link
from counterclaim.serve.pages.drawing import Form, ask_theme, ask_width, csv_file, draw
from counterclaim.serve.rendering import day_words, render
from counterclaim.serve.rendering import names as names_of
from counterclaim.serve.shelf import Shelf

router = APIRouter(prefix="/casualties")

FEW = 400
"""Figures up to which everybody's losses are drawn in one chart; with more, a side must be chosen."""

SIDES = 40
MOST_ROWS = 100
"""Numbers of one page, the latest days first."""

MOST_FINDINGS = 40


@router.get("", response_class=HTMLResponse)
def casualties(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    after: AfterAsked,
    *,
    party: Words = "",
) -> HTMLResponse:
    """Show the account, its chart and the table behind it, the latest days first."""
    posting = ledger.last_posting()
    sides = shelf.get(("sides", posting), lambda: ledger.figure_sides(limit=SIDES))
    too_many = not party and sum(row.named for row in sides) > FEW
    kept = None if too_many else _account(ledger, shelf, party, known)
    start = int(after or 0)
    points = [] if kept is None else latest_first(kept)
    asked = {"party": party, "known_on": known.day, "clock": known.clock if known.day else ""}
    return render(
        request,
        "casualties.html",
        kept=kept,
        rows=[] if kept is None else list(figure_rows(kept, points[start : start + MOST_ROWS])),
        number=len(points),
        start=start,
        next=str(start + MOST_ROWS) if start + MOST_ROWS < len(points) else None,
        after=after,
        sides=sides,
        party=party,
        known=known,
        parts_of=lambda total: [] if kept is None else list(parts_of(kept, total)),
        most_findings=MOST_FINDINGS,
        chart=lambda form, **more: link(f"/casualties/chart.{form}", **asked, **more),
        table=link("/casualties/figures.csv", **asked),
    )


@router.get("/chart.{form}")
def chart(
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    form: Form,
    width: Annotated[int, Depends(ask_width)],
    theme: Annotated[Theme, Depends(ask_theme)],
    *,
    party: Words = "",
) -> Response:
    """Give the chart as a picture, or as its Vega-Lite specification."""
    kept = _account(ledger, shelf, party, known)
    title = f"Casualties of {party}" if party else "Casualty account"
    if known.day is not None:
        title += f", as known on {day_words(known.day)}"
    spec = casualty_chart(kept.account, title=title, width=width, theme=theme)
    return draw(shelf, form, spec, "casualties")


@router.get("/figures.csv")
def figures(
    ledger: LedgerAsked, known: KnownAsked, shelf: ShelfAsked, party: Words = ""
) -> Response:
    """Give the table behind the chart as CSV."""
    kept = _account(ledger, shelf, party, known)
    return csv_file(account_rows(kept.account), "figures")


def _account(ledger: Ledger, shelf: Shelf, party: str, known: Known) -> KeptAccount:
    return shelf.get(
        ("account", ledger.last_posting(), party, known),
        lambda: kept_account(ledger, party or None, known=known),
    )


def latest_first(kept: KeptAccount) -> list[tuple[Series, Point]]:
    """Give every point of the account with its series, the latest day first; those without a day last."""
    found = [(series, point) for series in kept.account.series for point in series.points]
    return sorted(found, key=lambda pair: pair[1].day or date.min, reverse=True)


def figure_rows(
    kept: KeptAccount, points: Iterable[tuple[Series, Point]]
) -> Iterator[dict[str, Any]]:
    """Give points of the account, each with the claim that it stands on."""
    for series, point in points:
        side, group, reporter = names(series.key)
        entry = kept.entries.get(point.claim_id or "")
        if series.is_inferred and entry is not None and isinstance(entry.claim.payload, Casualty):
            side = names_of(entry.claim.payload.side, "side not told")
            reporter = names_of(entry.claim.speakers, reporter)
        yield {
            "side": side,
            "group": group or "people",
            "outcome": OUTCOME_TITLES[series.outcome].lower(),
            "number": str(point.count),
            "scope": MEASURES[point.measure],
            "day": point.day,
            "reporter": reporter,
            "outlets": outlets_of(kept, point.figure_ids),
            "origins": origins_of(kept, point.figure_ids),
            "counted": LINE_WORDS[series.line],
            "derivation": point.derivation,
            "standing": point.standing,
            "times": len(point.figure_ids),
            "entry": entry,
            "told": [kept.entries[id_] for id_ in point.figure_ids if id_ in kept.entries],
            "place": series.scope_name,
        }


def outlets_of(kept: KeptAccount, claim_ids: Sequence[str]) -> list[str]:
    """Name the outlets that carry a figure, each once."""
    told = (kept.entries[id_] for id_ in claim_ids if id_ in kept.entries)
    return list(dict.fromkeys(entry.outlet or entry.document_name for entry in told))


def origins_of(kept: KeptAccount, claim_ids: Sequence[str]) -> int:
    """Count the hands and speakers from whom a figure is had."""
    told = [kept.entries[id_] for id_ in claim_ids if id_ in kept.entries]
    return len(number_told(told, kept.wires).origins) if len(told) > 1 else len(told)


def parts_of(kept: KeptAccount, total: TotalLine) -> Iterator[tuple[str, str]]:
    """Return each number of a sum, as its source has it, with whose loss it is."""
    words = total.part_words or tuple(f"{part:,}" for part in total.parts)
    for number, id_ in zip(words, total.claim_ids, strict=True):
        entry = kept.entries.get(id_)
        payload = None if entry is None else entry.claim.payload
        if not isinstance(payload, Casualty):
            yield number, ""
            continue
        group = "" if payload.category == "unknown" else f" ({payload.category})"
        yield number, f"{names_of(payload.side, 'side not told')}{group}"
