"""Map: claims at the precision of their words, whose land each place is, and the table behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.atlas.areas import holding_on
from counterclaim.atlas.borders import sovereignty
from counterclaim.atlas.load import load_atlas
from counterclaim.atlas.polygons import Polygon, load_polygons
from counterclaim.charts.map import PINNED, Frame, MapArea, MapPlace, claim_map, frame_of
from counterclaim.charts.theme import Theme
from counterclaim.ledger import Ledger
from counterclaim.records.claim import Casualty, Ceasefire, Event
from counterclaim.records.identity import make_id
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.place import Place, Sovereignty
from counterclaim.records.query import ClaimQuery, Known
from counterclaim.serve.lru_cache import LruCache
from counterclaim.serve.pages.chart_files import Form, ask_theme, ask_width, csv_file, draw
from counterclaim.serve.parties import ask_for_party, suggested_parties
from counterclaim.serve.rendering import day_words, plain_words, render
from counterclaim.serve.request_params import (
    AskingError,
    KnownAsked,
    LedgerAsked,
    ShelfAsked,
    Words,
    link,
    read_day,
)
from counterclaim.serve.snippets import quote_entries
from counterclaim.service.corrections import corrected_page, is_left_out

router = APIRouter(prefix="/map")

MOST = 500
"""Claims on one map, the latest filed first."""

TOWNS = 1_000
KINDS = {"event": "happenings", "casualty": "casualties", "every": "everything with a place"}
SHOWN_CLAIMS = 6
"""Claims of one place that the table quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One place with the claims that name it."""

    place: Place
    land: Sovereignty
    entries: tuple[Entry, ...]

    @property
    def is_known(self) -> bool:
        """Return whether it is known where it is."""
        return self.place.latitude is not None and self.place.precision is not None

    @property
    def is_inferred(self) -> bool:
        """Whether no words tell that what is claimed belongs here."""
        return self.place.evidence == "inferred"

    @property
    def is_confirmed(self) -> bool:
        """Whether a person said of one of its claims that the place was read rightly, or set it."""
        return any(
            item.field == "place" or (item.verdict == "accepted" and item.field is None)
            for entry in self.entries
            for item in entry.judgements
        )

    @property
    def anchor(self) -> str:
        """Where its row stands in the table."""
        words = (
            f"{self.place.gazetteer_id}|{self.place.name}|{self.place.within}|{self.is_inferred}"
        )
        return make_id("place", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRequest:
    """What a map is asked for."""

    party: str
    kind: str
    first: date | None
    last: date | None
    on: date | None
    """The day whose borders are meant; None for the time of the claims themselves."""
    known: Known
    inferred: bool = False
    """Whether places that no words tell are drawn as well."""


def ask_map(
    ledger: LedgerAsked,
    known: KnownAsked,
    *,
    party: Words = "",
    kind: Words = "event",
    first: Words = "",
    last: Words = "",
    on: Words = "",
    inferred: Words = "",
) -> MapRequest:
    """Read what a map is asked for; its party is the ledger's own name for what was typed."""
    if kind and kind not in KINDS:
        msg = f"kind {kind[:40]!r} is unknown: choose one of {', '.join(KINDS)}"
        raise AskingError(msg)
    named = ask_for_party(ledger, party)
    return MapRequest(
        party=named.root or named.words,
        kind=kind or "event",
        first=read_day("first", first),
        last=read_day("last", last),
        on=read_day("on", on),
        known=known,
        inferred=inferred == "1",
    )


MapAsked = Annotated[MapRequest, Depends(ask_map)]


@router.get("", response_class=HTMLResponse)
def map_page(
    request: Request, ledger: LedgerAsked, shelf: ShelfAsked, asked: MapAsked, *, party: Words = ""
) -> HTMLResponse:
    """Show the map and the table behind it."""
    places = places_of(ledger, shelf, asked)
    given = {
        "party": asked.party,
        "kind": asked.kind if asked.kind != "event" else "",
        "first": asked.first,
        "last": asked.last,
        "on": request.query_params.get("on", ""),
        "inferred": "1" if asked.inferred else "",
        "known_on": asked.known.day,
        "clock": asked.known.clock if asked.known.day else "",
    }
    return render(
        request,
        "map.html",
        places=places,
        unplaced=sum(len(item.entries) for item in places if not item.is_known),
        hidden=sum(len(item.entries) for item in places if item.is_known and item.is_inferred),
        on=lines_on(asked, places),
        asked=asked,
        named=ask_for_party(ledger, party),
        suggested=suggested_parties(ledger, shelf, asked.known),
        layers=link("/map/layers.json", **given),
        known=asked.known,
        kinds=KINDS,
        pinned=PINNED,
        shown=SHOWN_CLAIMS,
        quoted=quote_entries(
            ledger, [entry for item in places for entry in item.entries[:SHOWN_CLAIMS]]
        ),
        chart=lambda form, **more: link(f"/map/map.{form}", **given, **more),
        table=link("/map/places.csv", **given),
    )


@router.get("/map.{form}")
def picture(
    ledger: LedgerAsked,
    shelf: ShelfAsked,
    asked: MapAsked,
    form: Form,
    width: Annotated[int, Depends(ask_width)],
    *,
    theme: Annotated[Theme, Depends(ask_theme)],
) -> Response:
    """Return the map as a picture, or as its Vega-Lite specification."""
    located = places_of(ledger, shelf, asked)
    on = lines_on(asked, located)
    places = drawn_places(to_draw(located, inferred=asked.inferred))
    frame = frame_of(places)
    title = f"Claims by place, borders of {day_words(on)}"
    spec = claim_map(
        places,
        () if frame is None else areas_in(frame, on),
        () if frame is None else _towns(frame),
        title=title,
        width=width,
        theme=theme,
    )
    return draw(shelf, form, spec, "map")


@router.get("/places.csv")
def table(ledger: LedgerAsked, shelf: ShelfAsked, asked: MapAsked) -> Response:
    """Return the table behind the map as CSV."""
    rows = (
        {
            "place": item.place.name,
            "precision": item.place.precision,
            "latitude": item.place.latitude,
            "longitude": item.place.longitude,
            "recognised": item.land.recognised,
            "basis": item.land.basis,
            "disputed_area": item.land.disputed_area,
            "held_by": item.land.held_by,
            "on": None if item.land.on is None else item.land.on.isoformat(),
            "evidence": item.place.evidence,
            "confirmed": item.is_confirmed,
            "claims": [entry.claim.id for entry in item.entries],
        }
        for item in places_of(ledger, shelf, asked)
    )
    return csv_file(rows, "places")


def lines_on(asked: MapRequest, places: Iterable[Located]) -> date:
    """Return the day of which disputed lines are drawn: that asked for, else the time of the claims."""
    claims = day_of(entry for item in places for entry in item.entries)
    return asked.on or asked.known.day or asked.last or claims or datetime.now(UTC).date()


def places_of(ledger: Ledger, shelf: LruCache, asked: MapRequest) -> tuple[Located, ...]:
    """Return the places of the claims that are asked for; kept until the ledger changes."""
    return shelf.get(
        ("places", ledger.last_posting(), asked),
        lambda: tuple(locate(_claims(ledger, asked), asked.on or asked.known.day)),
    )


def _claims(ledger: Ledger, asked: MapRequest) -> Sequence[Entry]:
    query = ClaimQuery(
        kind=None if asked.kind == "every" else asked.kind,
        party=asked.party or None,
        first_day=asked.first,
        last_day=asked.last,
    )
    rows = corrected_page(ledger, query, known=asked.known, limit=MOST, bare=True).rows
    return [entry for entry in rows if not is_left_out(entry)]


Key = tuple[str, str | None, bool]


def locate(entries: Iterable[Entry], on: date | None) -> list[Located]:
    """Group claims by their place, those with most claims first; claims without a place are left out.

    Args:
        entries: Claims as filed.
        on: The day of whose land is meant; None for the day of each place's own claims.
    """
    groups: dict[Key, list[Entry]] = {}
    places: dict[Key, Place] = {}
    for entry in entries:
        payload = entry.claim.payload
        place = payload.place if isinstance(payload, (Event, Casualty, Ceasefire)) else None
        if place is not None:
            is_inferred = place.evidence == "inferred"
            key = (place.gazetteer_id or place.name, place.within, is_inferred)
            places.setdefault(key, place)
            groups.setdefault(key, []).append(entry)
    found = [
        Located(
            place=places[key],
            land=sovereignty(places[key], on or day_of(rows)),
            entries=tuple(rows),
        )
        for key, rows in groups.items()
    ]
    return sorted(found, key=lambda item: (-len(item.entries), item.place.name))


def day_of(entries: Iterable[Entry]) -> date | None:
    """Return the day by which claims are placed: the latest on which one of them was known."""
    return max((entry.known_on for entry in entries), default=None)


def to_draw(places: Sequence[Located], *, inferred: bool) -> list[Located]:
    """Return the places that are drawn: those known, and inferred ones only where they are asked for."""
    return [item for item in places if item.is_known and (inferred or not item.is_inferred)]


def drawn_places(places: Sequence[Located]) -> list[MapPlace]:
    """Return what is drawn: one mark for one place, however the texts word it ("inside", "northern")."""
    groups: dict[tuple[object, ...], list[Located]] = {}
    for item in places:
        if item.is_known:
            at = (item.place.latitude, item.place.longitude, item.place.precision)
            groups.setdefault(at, []).append(item)
    return [_map_place(group) for group in groups.values()]


def _map_place(group: Sequence[Located]) -> MapPlace:
    place = group[0].place
    assert place.latitude is not None
    assert place.longitude is not None
    assert place.precision is not None
    number = sum(len(item.entries) for item in group)
    code = place.gazetteer_id or ""
    within = place.within if len(group) == 1 else None
    name = f"{within} {place.name}" if within else place.name
    return MapPlace(
        name=name,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        claims=number,
        words=f"{name} ({place.precision}): {number} claim{'s' if number != 1 else ''}",
        area=code.removeprefix("area:") if code.startswith("area:") else None,
    )


def areas_in(frame: Frame, on: date) -> tuple[MapArea, ...]:
    """Return the disputed areas of a frame as they stood on a day."""
    return tuple(
        _area(polygon, on) for polygon in load_polygons().values() if _meets(polygon, frame)
    )


def _meets(polygon: Polygon, frame: Frame) -> bool:
    west, south, east, north = polygon.box
    return (
        west <= frame.east and east >= frame.west and south <= frame.north and north >= frame.south
    )


def _area(polygon: Polygon, on: date) -> MapArea:
    row = holding_on(polygon.code, on)
    claimants = row.claimants if row is not None else (polygon.holder, *polygon.claimants)
    held = f"held on {on} by {row.held_by}" if row is not None else "undated line of about 2017"
    recognised = row.recognised if row is not None else polygon.home
    return MapArea(
        code=polygon.code,
        name=polygon.name,
        rings=tuple(
            tuple((float(north), float(east)) for east, north in ring) for ring in polygon.rings
        ),
        is_disputed=len({item for item in claimants if item}) > 1,
        words=f"{polygon.name}: recognised {plain_words(recognised or 'unsettled')}; {held}",
    )


def _towns(frame: Frame) -> tuple[tuple[float, float], ...]:
    gazetteer = load_atlas().gazetteer
    return gazetteer.towns_within(frame.west, frame.south, frame.east, frame.north, limit=TOWNS)
