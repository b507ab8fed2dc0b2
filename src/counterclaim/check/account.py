"""The casualty account: figures in series, what can be derived, and the total line.

Source: docs/codebook/casualties.md, rules R1 to R22; those over several documents come with the ledger.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from counterclaim.records.account import Account, Point, Series, TotalLine
from counterclaim.records.claim import Casualty, Claim, Withheld
from counterclaim.records.count import Count
from counterclaim.records.party import Party
from counterclaim.records.time import Time

Key = tuple[str, str, str, str, str]
_CASUALTY_WORDS = ("casualt", "death", "loss", "toll", "dead", "killed", "wounded", "fatalit")


def make_account(claims: Sequence[Claim], published: date | None = None) -> Account:
    """Order a document's figures into series and sum what may be summed.

    Args:
        claims: Of one document, in reading order.
        published: The day that "known" means; a figure without a day of its own takes it.

    Returns:
        Series in order of their first figure; a total of killed where two sides or categories have
        running totals, else none. An opponent's count never enters a side's own total, and parts
        never add to the whole that holds them.
    """
    figures = [(claim, claim.payload) for claim in claims if isinstance(claim.payload, Casualty)]
    groups: dict[Key, list[tuple[Claim, Casualty]]] = {}
    for claim, payload in figures:
        groups.setdefault(_key(claim, payload), []).append((claim, payload))
    series = tuple(_series(rows) for rows in groups.values())
    withheld = [
        claim
        for claim in claims
        if isinstance(claim.payload, Withheld) and is_about_casualties(claim)
    ]
    return Account(
        series=series,
        totals=tuple(_totals(figures, withheld, published)),
        undisclosed=tuple(claim.id for claim in withheld),
    )


def is_about_casualties(claim: Claim) -> bool:
    """Say whether a withheld statement is about losses."""
    return any(word in claim.quote.lower() for word in _CASUALTY_WORDS)


def _key(claim: Claim, payload: Casualty) -> Key:
    return (
        " & ".join(party.root for party in claim.speakers),
        " & ".join(party.root for party in payload.side),
        payload.category,
        payload.subgroup or "",
        payload.outcome,
    )


def _series(rows: Sequence[tuple[Claim, Casualty]]) -> Series:
    claim, payload = rows[0]
    points = [
        Point(
            count=figure.count,
            measure=figure.measure,
            as_of=figure.as_of or figure.period,
            claim_id=item.id,
        )
        for item, figure in rows
    ]
    return Series(
        reporters=claim.speakers,
        side=payload.side,
        category=payload.category,
        subgroup=payload.subgroup,
        outcome=payload.outcome,
        points=(*_derived(rows), *points),
    )


def _derived(rows: Sequence[tuple[Claim, Casualty]]) -> Iterator[Point]:
    """Derive the total of the day before from a total and the new figure that it includes."""
    totals = [
        figure
        for _, figure in rows
        if figure.measure == "cumulative" and figure.count.qualifier == "exact"
    ]
    news = [
        figure
        for _, figure in rows
        if figure.measure == "new" and figure.count.qualifier == "exact"
    ]
    if len(totals) != 1 or len(news) != 1:
        return
    total, new = totals[0].count.low, news[0].count.low
    if total is None or new is None or new > total:
        return
    day = totals[0].as_of or news[0].period
    before = None
    if day is not None and day.start is not None:
        before = Time((day.start - timedelta(days=1)).isoformat())
    yield Point(
        count=Count(total - new, total - new, "exact", total - new),
        measure="cumulative",
        as_of=before,
        claim_id=None,
        derivation=f"{total:,} less the {new:,} new",
    )


def _totals(
    figures: Sequence[tuple[Claim, Casualty]], withheld: Sequence[Claim], published: date | None
) -> Iterator[TotalLine]:
    """Sum the latest running totals of killed over sides and categories."""
    latest: dict[tuple[str, str], tuple[Claim, Casualty]] = {}
    for claim, payload in figures:
        if (
            payload.outcome != "killed"
            or payload.measure != "cumulative"
            or payload.relation == "enemy"
        ):
            continue
        if (
            payload.part_of is not None
            or payload.background
            or not payload.side
            or payload.count.low is None
        ):
            continue
        if len(payload.side) > 1:
            continue
        latest[payload.side[0].root, payload.category] = (claim, payload)
    if len(latest) < 2 or any(category in {"unknown", "mixed"} for _, category in latest):
        return
    rows = sorted(latest.values(), key=lambda row: -(row[1].count.low or 0))
    parts = tuple(payload.count.low or 0 for _, payload in rows)
    excludes = tuple(_excluded(claim) for claim in withheld)
    is_open = bool(excludes) or any(payload.count.high is None for _, payload in rows)
    total = sum(parts)
    days = sorted(day for _, payload in rows if (day := _day(payload, published)) is not None)
    yield TotalLine(
        outcome="killed",
        count=Count(total, None if is_open else total, "at_least" if is_open else "exact", total),
        parts=parts,
        claim_ids=tuple(claim.id for claim, _ in rows),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        excludes=excludes,
    )


def _day(payload: Casualty, published: date | None) -> str | None:
    time = payload.as_of or payload.period
    if time is not None and time.end is not None:
        return time.end.isoformat()
    return published.isoformat() if published is not None else None


def _excluded(claim: Claim) -> str:
    assert isinstance(claim.payload, Withheld)
    owner = " & ".join(_root(party) for party in claim.payload.owners) or "nobody named"
    category = next(
        (word for word in ("military", "civilian") if word in claim.quote.lower()), None
    )
    return f"{owner}{f' {category}' if category else ''} (not disclosed)"


def _root(party: Party) -> str:
    return party.root
