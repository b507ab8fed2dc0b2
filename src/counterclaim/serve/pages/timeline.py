"""Timeline: what one party said, and what was said with it named, day by day: drawn, and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.charts import TimelineClaim, timeline_chart
from counterclaim.charts.theme import Theme
from counterclaim.ledger import Ledger
from counterclaim.records.ledger_rows import Entry, Page
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.pages.chart_files import Form, ask_theme, ask_width, csv_file, draw
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import KIND_WORDS, day_words, flat, render, source_link
from counterclaim.serve.request_params import (
    AfterAsked,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
    link,
    read_day,
)
from counterclaim.serve.snippets import quote_entries, unique_entries
from counterclaim.service.corrections import corrected_page, is_left_out
from counterclaim.service.report_view import VERBS

router = APIRouter(prefix="/timeline")

ROLES = {"speaker": "what it says", "party": "wherever it is named"}
MOST = 100
"""Claims in the lists of one page."""

MOST_DRAWN = 400
"""Claims in one picture, the latest filed: with more the picture says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRequest:
    """What a timeline is asked for."""

    party: str
    role: str
    kind: str
    first: date | None
    last: date | None
    known: Known

    @property
    def query(self) -> ClaimQuery:
        """The claims that are meant."""
        speaks = self.role == "speaker"
        return ClaimQuery(
            kind=self.kind or None,
            party=None if speaks else self.party or None,
            speaker=self.party or None if speaks else None,
            first_day=self.first,
            last_day=self.last,
        )

    @property
    def words(self) -> dict[str, object]:
        """The same, as an address has it."""
        return {
            "party": self.party,
            "role": self.role,
            "kind": self.kind,
            "first": self.first,
            "last": self.last,
            "known_on": self.known.day,
            "clock": self.known.clock if self.known.day else "",
        }


def ask_timeline(
    ledger: LedgerAsked,
    known: KnownAsked,
    *,
    party: Words = "",
    role: Words = "",
    kind: Words = "",
    first: Words = "",
    last: Words = "",
) -> TimelineRequest:
    """Read what a timeline is asked for; its party is the ledger's own name for what was typed."""
    named = ask_for_party(ledger, party)
    return TimelineRequest(
        party=named.root or named.words,
        role=role,
        kind=kind,
        first=read_day("first", first),
        last=read_day("last", last),
        known=known,
    )


TimelineAsked = Annotated[TimelineRequest, Depends(ask_timeline)]


@router.get("", response_class=HTMLResponse)
def timeline(
    request: Request,
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    asked: TimelineAsked,
    after: AfterAsked,
    *,
    party: Words = "",
) -> HTMLResponse:
    """Show claims by day, the latest filed first, of one party or of all."""
    page = corrected_page(ledger, asked.query, known=asked.known, limit=MOST, after=after)
    return render(
        request,
        "timeline.html",
        days=by_day(unique_entries(page.rows)),
        quoted=quote_entries(ledger, page.rows),
        asked=asked,
        party=asked.party,
        named=ask_for_party(ledger, party),
        suggested=suggested_parties(ledger, shelf, asked.known),
        roles=ROLES,
        kinds=KIND_WORDS,
        known=asked.known,
        next=page.next,
        after=after,
        most_drawn=MOST_DRAWN,
        chart=lambda form, **more: link(f"/timeline/chart.{form}", **asked.words, **more),
        table=link("/timeline/claims.csv", **asked.words),
    )


@router.get("/chart.{form}")
def chart(
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    asked: TimelineAsked,
    form: Form,
    width: Annotated[int, Depends(ask_width)],
    *,
    theme: Annotated[Theme, Depends(ask_theme)],
) -> Response:
    """Return the timeline as a picture, or as its Vega-Lite specification with links to the sentences."""
    page = _drawn(ledger, shelf, asked)
    title = f"Timeline of {asked.party}" if asked.party else "Timeline"
    if asked.known.day is not None:
        title += f", as known on {day_words(asked.known.day)}"
    spec = timeline_chart(
        [
            drawn_claim(entry, is_linked=form == "json")
            for entry in page.rows
            if not is_left_out(entry)
        ],
        title=title,
        subtitle=f"The latest {MOST_DRAWN} claims filed" if page.next else "",
        width=width,
        theme=theme,
    )
    return draw(shelf, form, spec, "timeline")


@router.get("/claims.csv")
def table(ledger: LedgerAsked, shelf: ShelfAsked, asked: TimelineAsked) -> Response:
    """Return the claims of the picture as CSV."""
    return csv_file(_rows(_drawn(ledger, shelf, asked).rows), "timeline")


def _drawn(ledger: Ledger, shelf: LruCache, asked: TimelineRequest) -> Page[Entry]:
    return shelf.get(
        ("timeline", ledger.last_posting(), asked),
        lambda: corrected_page(ledger, asked.query, known=asked.known, limit=MOST_DRAWN),
    )


def speaker_of(entry: Entry) -> str:
    """Name who says a claim by the roots alone; nobody in the report's own voice."""
    return " & ".join(dict.fromkeys(party.root for party in entry.claim.speakers))


def drawn_claim(entry: Entry, *, is_linked: bool) -> TimelineClaim:
    """Return a claim as the picture has it."""
    claim = entry.claim
    verb = VERBS[claim.stance] if claim.attribution_id is not None else "reports"
    return TimelineClaim(
        party=speaker_of(entry),
        kind=claim.kind,
        day=entry.known_on,
        words=f"{verb}: {flat(claim.quote, 120)}",
        link=source_link(claim.document_id, claim.span) if is_linked else None,
    )


def _rows(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        claim = entry.claim
        yield {
            "day": entry.known_on.isoformat(),
            "party": speaker_of(entry),
            "stance": claim.stance,
            "kind": claim.kind,
            "words": " ".join(claim.quote.split()),
            "counted": not is_left_out(entry),
            "outlet": entry.outlet or entry.document_name,
            "claim": claim.id,
            "incident": entry.incident_id,
            "document": claim.document_id,
            "start": claim.span.start,
            "end": claim.span.end,
        }


def by_day(entries: Sequence[Entry]) -> list[tuple[date, list[tuple[str, list[Entry]]]]]:
    """Group claims by the day on which they were known, and within it by who says them."""
    ordered = sorted(entries, key=lambda item: item.known_on, reverse=True)
    return [
        (day, _by_speaker(list(rows))) for day, rows in groupby(ordered, lambda row: row.known_on)
    ]


def _by_speaker(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(speaker_of(entry), []).append(entry)
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))
