"""Casualties: the account of one side's losses or of all, as known on a day, with its chart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.charts import casualty_chart
from counterclaim.charts.chart_data import LINE_WORDS, OUTCOME_TITLES, names
from counterclaim.charts.theme import Theme
from counterclaim.export.accounts import account_rows
from counterclaim.ledger import Ledger
from counterclaim.records.account import Point, Series, TotalLine
from counterclaim.records.claim import Casualty
from counterclaim.records.query import Known
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.pages.chart_files import Form, ask_theme, ask_width, csv_file, draw
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import day_words, render
from counterclaim.serve.rendering import names as names_of
from counterclaim.serve.request_params import (
    AfterAsked,
    AskingError,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
    link,
)
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.ledger_account import KeptAccount, ledger_account
from counterclaim.service.loss_views import (
    COUNTERS,
    FACETS,
    count_series,
    narrow_account,
    side_rows,
)
from counterclaim.service.report_view import MEASURES
from counterclaim.service.told import number_told
from counterclaim.tell.words import HARMS, PERSONS

router = APIRouter(prefix="/casualties")

FEW = 400
"""Figures up to which everybody's losses are drawn in one chart; with more, a side must be chosen."""

SIDES = 40
MOST_ROWS = 30
"""Numbers of one page, the latest days first."""

MOST_FINDINGS = 40

MOST_PARTS = 4
"""Sides that a sum names in its line; its explanation has all."""

MOST_SIDES = 12
"""Rows of both sides' counts that stand open; the rest is folded."""

TURNS = {
    "revision": "a total falls",
    "gap": "the sums do not close",
    "superseded": "a later number replaced it",
    "reclassified": "persons moved from one harm to another",
    "unsure": "two figures may be of one incident",
    "range": "the sources differ",
    "part": "parts exceed their whole",
    "ratio": "own count beside the enemy’s",
    "period": "a period exceeds its days",
    "day": "a day after publication",
}
"""What a finding is about, in plain words."""

RULE = (
    "The newest total of each side that its own people gave is added once; where they gave none, a number that nobody "
    "is named for stands in. A count by an enemy or by a named other, a number that another one holds already, a "
    "figure of an earlier war and whatever is inferred are not added."
)
"""How a sum over sides is made, in plain words: docs/casualties.md has the numbered rules."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of an account is wanted."""

    harm: str
    category: str
    counter: str
    place: str
    view: str

    @property
    def chosen(self) -> dict[str, str]:
        """Return what narrows, by facet."""
        return {name: getattr(self, name) for name in FACETS}


def ask_narrowed(
    harm: Words = "", category: Words = "", counter: Words = "", place: Words = "", view: Words = ""
) -> Narrowed:
    """Read what of an account is wanted."""
    for name, given, known in (
        ("harm", harm, HARMS),
        ("category", category, PERSONS),
        ("counter", counter, COUNTERS),
        ("view", view, ("sides",)),
    ):
        if given and given not in known:
            msg = f"{name} {given[:40]!r} is unknown: choose one of {', '.join(known)}"
            raise AskingError(msg)
    return Narrowed(harm, category, counter, place, view)


NarrowedAsked = Annotated[Narrowed, Depends(ask_narrowed)]


@router.get("", response_class=HTMLResponse)
def casualties(
    request: Request,
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    after: AfterAsked,
    narrowed: NarrowedAsked,
    *,
    party: Words = "",
) -> HTMLResponse:
    """Show both sides' counts, the chart, and the numbers behind it in their sentences, the latest first."""
    posting = ledger.last_posting()
    sides = shelf.get(
        ("sides", posting, known.project),
        lambda: ledger.figure_sides(known=Known(project=known.project), limit=SIDES),
    )
    asked_for = ask_for_party(ledger, party)
    root = asked_for.root
    too_many = not party and sum(row.named for row in sides) > FEW
    is_shown = not too_many and not asked_for.is_lost
    whole = _account(ledger, shelf, root, known) if is_shown else None
    kept = None if whole is None else narrow_account(whole, narrowed.chosen)
    start = int(after or 0)
    points = [] if kept is None else latest_first(kept)
    rows = [] if kept is None else list(figure_rows(kept, points[start : start + MOST_ROWS]))
    told = () if kept is None or start else side_rows(kept)
    asked: dict[str, object] = {
        "party": root,
        "known_on": known.day,
        "clock": known.clock if known.day else "",
        **narrowed.chosen,
    }
    shown = [row["entry"] for row in rows] + [
        kept.entries.get(cell.claim_id)
        for row in told[: 2 * MOST_SIDES]
        for cell in row.cells.values()
        if kept is not None
    ]
    totals = () if kept is None else kept.account.totals
    shown += [kept.entries.get(id_) for total in totals for id_ in total.claim_ids if kept]
    return render(
        request,
        "casualties.html",
        kept=kept,
        counts={} if whole is None else count_series(whole, narrowed.chosen),
        narrowed=narrowed,
        told=told[: 2 * MOST_SIDES],
        most_sides=MOST_SIDES,
        counters=COUNTERS,
        rows=rows,
        quoted=quote_entries(ledger, [entry for entry in shown if entry is not None]),
        number=len(points),
        start=start,
        next=str(start + MOST_ROWS) if start + MOST_ROWS < len(points) else None,
        after=after,
        sides=sides,
        party=asked_for,
        suggested=suggested_parties(ledger, shelf, known),
        known=known,
        parts_of=lambda total: [] if kept is None else list(parts_of(kept, total)),
        most_parts=MOST_PARTS,
        most_findings=MOST_FINDINGS,
        turns=TURNS,
        rule=RULE,
        harm_words=lambda name: HARMS.get(name, name),
        category_words=lambda name: PERSONS[name][1] if name in PERSONS else name,
        counter_words=lambda name: COUNTERS.get(name, name),
        chart=lambda form, **more: link(
            f"/casualties/chart.{form}", **asked, view=narrowed.view, **more
        ),
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
    narrowed: NarrowedAsked,
    *,
    party: Words = "",
) -> Response:
    """Return the chart as a picture, or as its Vega-Lite specification."""
    root = ask_for_party(ledger, party).root or party
    kept = narrow_account(_account(ledger, shelf, root, known), narrowed.chosen)
    title = f"Casualties of {root}" if root else "Casualty account"
    if known.day is not None:
        title += f", as known on {day_words(known.day)}"
    if known.project is not None:
        title += f", project {known.project}"
    spec = casualty_chart(
        kept.account, title=title, width=width, theme=theme, by_side=narrowed.view == "sides"
    )
    return draw(shelf, form, spec, "casualties")


@router.get("/figures.csv")
def figures(
    ledger: LedgerAsked,
    known: KnownAsked,
    shelf: ShelfAsked,
    narrowed: NarrowedAsked,
    party: Words = "",
) -> Response:
    """Return the table behind the chart as CSV."""
    root = ask_for_party(ledger, party).root or party
    kept = narrow_account(_account(ledger, shelf, root, known), narrowed.chosen)
    return csv_file(_with_words(ledger, kept), "figures")


def _with_words(ledger: Ledger, kept: KeptAccount) -> Iterator[dict[str, Any]]:
    """Yield the account's rows with the words that each stands on, and the report that has them."""
    texts = ledger.texts(sorted({entry.claim.document_id for entry in kept.entries.values()}))
    for row in account_rows(kept.account):
        entry = next((kept.entries[id_] for id_ in row["figures"] if id_ in kept.entries), None)
        if entry is None:
            yield row | dict.fromkeys(("sentence", "outlet", "title", "published", "report"))
            continue
        claim = entry.claim
        sentence = texts[claim.document_id][claim.sentence.start : claim.sentence.end]
        yield row | {
            "sentence": " ".join(sentence.split()),
            "outlet": entry.outlet,
            "title": entry.document_title,
            "published": None if entry.published is None else entry.published.isoformat(),
            "report": entry.document_name,
        }


def _account(ledger: Ledger, shelf: LruCache, party: str, known: Known) -> KeptAccount:
    return shelf.get(
        ("account", ledger.last_posting(), party, known),
        lambda: ledger_account(ledger, party or None, known=known),
    )


def latest_first(kept: KeptAccount) -> list[tuple[Series, Point]]:
    """Return every point of the account with its series, the latest day first; those without a day last."""
    found = [(series, point) for series in kept.account.series for point in series.points]
    return sorted(found, key=lambda pair: pair[1].day or date.min, reverse=True)


def figure_rows(
    kept: KeptAccount, points: Iterable[tuple[Series, Point]]
) -> Iterator[dict[str, Any]]:
    """Yield points of the account, each with the claim that it stands on."""
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
        told = [
            "" if payload.category == "unknown" else payload.category,
            "" if entry is None or entry.claim.speakers else "nobody named for it",
        ]
        group = ", ".join(filter(None, told))
        side = names_of(payload.side, "side not told")
        yield number, f"{side} ({group})" if group else side
