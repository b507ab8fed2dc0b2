"""Figures from a text: what one document's claims say, in the form that tables have too.

Source: docs/casualties.md, rules R2, R3, R5, R7, R8, R20, R21.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from counterclaim.records.casualty_figure import Figure, Line, SeriesKey, Withholding
from counterclaim.records.claim import Casualty, Category, Claim, Outcome, Withheld
from counterclaim.records.evidence import counts
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.text import Span
from counterclaim.records.time import Time

NOT_TOLD = frozenset(
    {"deny", "reject", "demand", "appeal", "promise", "threaten", "warn", "predict", "withhold"}
)
"""Stances under which a number is no count of losses: it is denied, feared, threatened or asked for."""

LONG_AGO = timedelta(days=366)
"""A number told of a day longer before its publication is of an earlier war or phase."""

_FIGHTING = frozenset({"state", "armed group", "de facto authority"})

_CASUALTY_WORDS = ("casualt", "death", "loss", "toll", "dead", "killed", "wounded", "fatalit")
_CATEGORY_WORDS: tuple[tuple[str, Category], ...] = (
    ("military", "military"),
    ("soldier", "military"),
    ("troop", "military"),
    ("servicem", "military"),
    ("civilian", "civilian"),
)


def figures_of(
    claims: Sequence[Claim],
    published: date | None = None,
    epochs: Mapping[Span, date] | None = None,
    parties: Sequence[Party] | None = None,
) -> tuple[tuple[Figure, ...], tuple[Withholding, ...]]:
    """Turn one document's claims into figures and withholdings, in reading order.

    Args:
        claims: Of one document; those of other kinds are passed over.
        published: Day of publication: from then on the numbers are known, and it dates those that
            nobody dates (R5). None leaves them undated.
        epochs: First day counted, by the words that name it ("since 27 September"). Words that name no
            day ("since the fighting began") mean the start of the conflict and are not in it.
        parties: To the war that the document tells of; None where nobody says.

    Returns:
        Figures, then withholdings about losses.
    """
    rows = [
        (claim, claim.payload)
        for claim in claims
        if isinstance(claim.payload, Casualty) and claim.stance not in NOT_TOLD
    ]
    by_span = {claim.span: claim.id for claim, _ in rows}
    figures = tuple(
        replace(
            _figure(claim, payload, published, epochs or {}, by_span),
            parties=None if parties is None else _war_of(payload.side, parties),
        )
        for claim, payload in rows
    )
    withheld = tuple(
        Withholding(
            id=claim.id,
            owners=tuple(filter(counts, claim.payload.owners)),
            category=_withheld_category(claim.quote),
            known=published,
            words=claim.quote,
        )
        for claim in claims
        if isinstance(claim.payload, Withheld) and is_about_casualties(claim)
    )
    return figures, withheld


def is_about_casualties(claim: Claim) -> bool:
    """Return whether a withheld statement is about losses."""
    return any(word in claim.quote.lower() for word in _CASUALTY_WORDS)


def _withheld_category(words: str) -> Category | None:
    lower = words.lower()
    return next((category for word, category in _CATEGORY_WORDS if word in lower), None)


def _figure(
    claim: Claim,
    payload: Casualty,
    published: date | None,
    epochs: Mapping[Span, date],
    by_span: Mapping[Span, str],
) -> Figure:
    time = next((item for item in (payload.as_of, payload.period) if item and counts(item)), None)
    place = payload.place if payload.place is not None and counts(payload.place) else None
    start, day = days_of(payload, published)
    return Figure(
        id=claim.id,
        key=key_of(claim, payload, epochs),
        measure=payload.measure,
        count=payload.count,
        day=day,
        start=start,
        dated=time is not None and time.end is not None,
        time=time,
        known=published,
        source=claim.document_id,
        order=claim.span.start,
        place=place,
        part_of=None if payload.part_of is None else _figure_at(payload.part_of, by_span),
        includes=tuple(
            id_ for span in payload.includes if (id_ := _figure_at(span, by_span)) is not None
        ),
        supersedes=None if payload.supersedes is None else _figure_at(payload.supersedes, by_span),
        background=payload.background or _is_long_ago(day, published),
        inferred=not all(map(counts, (*payload.side, *claim.speakers))),
        flags=payload.flags if _is_dated(time, published) else (*payload.flags, "date_unresolved"),
        words=claim.quote,
    )


def _is_long_ago(day: date | None, published: date | None) -> bool:
    return day is not None and published is not None and published - day > LONG_AGO


def _war_of(side: Sequence[Party], parties: Sequence[Party]) -> tuple[str, ...]:
    """Return the parties to the war that a side's loss is of: those told, where it is one of them.

    An authority that holds a part of one's land is one of them with it.
    """
    told = [party for party in parties if counts(party) and party.kind in _FIGHTING]
    roots = {party.root for party in told}
    lands = {party.country for party in told} - {None}
    if any(party.root in roots or party.country in lands for party in side):
        return tuple(sorted(roots | {party.root for party in side}))
    return tuple(sorted(party.root for party in side))


def _is_dated(time: Time | None, published: date | None) -> bool:
    return published is not None or (time is not None and time.is_resolved)


def _figure_at(span: Span, by_span: Mapping[Span, str]) -> str | None:
    """Find the figure that stands on these words, or else on words that meet them."""
    exact = by_span.get(span)
    return exact or next((id_ for other, id_ in by_span.items() if other.meets(span)), None)


def days_of(payload: Casualty, published: date | None) -> tuple[date | None, date | None]:
    """Return the first and last day that a figure counts (R2, R5).

    An as-of day wins over a period's end, and that over the day of publication. A new figure without a
    stated stretch covers its reporting day alone; totals and snapshots have no first day.
    """
    as_of = payload.as_of if payload.as_of is not None and counts(payload.as_of) else None
    period = payload.period if payload.period is not None and counts(payload.period) else None
    day = (as_of.end if as_of else None) or (period.end if period else None) or published
    if payload.measure in {"cumulative", "snapshot"} or day is None:
        return None, day
    start = period.start if period is not None else None
    return (start if start is not None and start <= day else day), day


def key_of(claim: Claim, payload: Casualty, epochs: Mapping[Span, date]) -> SeriesKey:
    """Return the key of a claim's series: organs of one state report as one, places by their id (R20).

    What is inferred is in no key.
    """
    reporters = _roots(tuple(filter(counts, claim.speakers)))
    side = _roots(tuple(filter(counts, payload.side)))
    return _one_key(
        reporters,
        side,
        line_of(payload.relation, reporters, side),
        payload.category,
        payload.subgroup,
        payload.outcome,
        _scope(payload.place),
        None if payload.since is None else _epoch(payload.since, epochs),
        *((party.kind, party.country) for party in (*reporters, *side)),
    )


@lru_cache(maxsize=4_096)
def _one_key(  # noqa: PLR0917 - the fields of a key
    reporters: tuple[Party, ...],
    side: tuple[Party, ...],
    line: Line,
    category: Category,
    subgroup: str | None,
    outcome: Outcome,
    scope: str | None,
    epoch: date | None,
    *kinds: object,
) -> SeriesKey:
    """Return one record for equal keys, by which accounts file figures.

    ``kinds`` keep apart what is known of parties, by which they are not compared.
    """
    del kinds
    return SeriesKey(
        reporters=reporters,
        side=side,
        line=line,
        category=category,
        subgroup=subgroup,
        outcome=outcome,
        scope=scope,
        epoch=epoch,
    )


def _roots(parties: Sequence[Party]) -> tuple[Party, ...]:
    if len(parties) == 1:
        return (parties[0].whole(),)
    return tuple(dict.fromkeys(party.whole() for party in parties))


def line_of(relation: str, reporters: Sequence[Party], side: Sequence[Party]) -> Line:
    """Tell own, enemy's and others' counts apart (R1); a side that reports on itself is its own."""
    if relation == "self" or (reporters and tuple(reporters) == tuple(side)):
        return "self"
    return "enemy" if relation == "enemy" else "third"


def _scope(place: Place | None) -> str | None:
    return None if place is None or not counts(place) else place.gazetteer_id or place.name


def _epoch(since: Span, epochs: Mapping[Span, date]) -> date | None:
    return next((day for span, day in epochs.items() if since.meets(span)), None)
