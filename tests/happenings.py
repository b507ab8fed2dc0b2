"""Small documents and claims of an invented war, made with as few words as a test needs."""

from datetime import date

from counterclaim.records.attribution import Stance
from counterclaim.records.claim import (
    Casualty,
    Ceasefire,
    CeasefireStatus,
    Claim,
    Event,
    Payload,
    Telling,
)
from counterclaim.records.count import exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Time

ARDENIA = Party("Ardenia", None, "state", "ARD")
KESTRIA = Party("Kestria", None, "state", "KES")
MONITORS = Party("Lowland Monitors", None, "organisation")
DAY = date(2031, 5, 4)


def place(name: str = "Ost", **more: object) -> Place:
    return Place(name=name, gazetteer_id=f"gn:{name}", precision="town", country="XA", **more)  # type: ignore[arg-type]  # a test names the fields it needs


def document(text: str, day: date | None = DAY, outlet: str | None = "The Bugle") -> Document:
    return Document(text=text, published=day, outlet=outlet)


def claim(
    carrier: Document,
    payload: Payload,
    *,
    speakers: tuple[Party, ...] = (),
    stance: Stance = "state",
    span: Span | None = None,
) -> Claim:
    whole = span or Span(0, len(carrier.text))
    return Claim(
        document_id=carrier.id,
        span=whole,
        quote=carrier.text[whole.start : whole.end],
        sentence=whole,
        payload=payload,
        speakers=speakers,
        stance=stance,
        attribution_id="a-1" if speakers else None,
    )


def shelling(
    *,
    at: Place | None = None,
    on: date | None = DAY,
    by: tuple[Party, ...] = (ARDENIA,),
    to: tuple[Party, ...] = (KESTRIA,),
    telling: Telling = "fact",
) -> Event:
    return Event(
        type="ASSAULT",
        modes=("heavy-weapons",),
        actors=by,
        recipients=to,
        place=at or place(),
        time=None if on is None else Time(on.isoformat()),
        telling=telling,
    )


def killed(
    number: int, *, of: Party = KESTRIA, at: Place | None = None, on: date = DAY
) -> Casualty:
    return Casualty(
        count=exactly(number),
        outcome="killed",
        side=(of,),
        place=at or place(),
        period=Time(on.isoformat()),
    )


def truce(
    status: CeasefireStatus,
    *,
    on: date | None = None,
    terms: str | None = None,
    broken: tuple[Party, ...] = (),
    brokers: tuple[Party, ...] = (),
) -> Ceasefire:
    return Ceasefire(
        status=status,
        parties=(ARDENIA, KESTRIA),
        effective=None if on is None else Time(on.isoformat()),
        terms=terms,
        breach_alleged_by=broken,
        brokers=brokers,
    )
