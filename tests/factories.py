"""Figures for tests, with defaults that no test need repeat. The parties are invented."""

from datetime import date, timedelta
from itertools import count as counter
from typing import Any

from counterclaim.records.casualty_figure import Figure, SeriesKey, Withholding
from counterclaim.records.count import Count, exactly
from counterclaim.records.party import Party

DAY_ONE = date(2031, 5, 1)
_ids = counter(1)


def day(number: int) -> date:
    """Return the n-th day of the invented war, from 1."""
    return DAY_ONE + timedelta(days=number - 1)


def key(side: str = "Ardenia", reporter: str | None = None, **fields: Any) -> SeriesKey:
    """Return a key; the side reports on itself unless somebody else is named."""
    told_by = side if reporter is None else reporter
    fields.setdefault("category", "military")
    fields.setdefault("line", "self" if told_by == side else "third")
    return SeriesKey(
        reporters=(Party(told_by),) if told_by else (),
        side=(Party(side),) if side else (),
        **fields,
    )


def figure(
    number: int | Count,
    on: int | None = 1,
    measure: str = "cumulative",
    *,
    known: int | None = None,
    days: int = 1,
    of: SeriesKey | None = None,
    **fields: Any,
) -> Figure:
    """Return a figure for the n-th day, public on that day unless told otherwise."""
    last = None if on is None else day(on)
    public = on if known is None else known
    is_stretch = measure in {"new", "incident"} and last is not None
    fields.setdefault("id", f"f{next(_ids):06d}")
    return Figure(
        key=of or key(),
        measure=measure,  # type: ignore[arg-type]  # tests write measures as plain words
        count=exactly(number) if isinstance(number, int) else number,
        day=last,
        start=last - timedelta(days=days - 1) if is_stretch and last is not None else None,
        known=None if public is None else day(public),
        source=fields.pop("source", "bulletin"),
        **fields,
    )


def at_least(number: int) -> Count:
    return Count(number, None, "at_least", number)


def about(number: int) -> Count:
    return Count(number - 5, number + 5, "about", number)


def withholding(owner: str = "Ardenia", known: int | None = 1, **fields: Any) -> Withholding:
    """Return a report that a party gives no figure of its military dead."""
    fields.setdefault("category", "military")
    fields.setdefault("id", f"w{next(_ids):06d}")
    return Withholding(
        owners=(Party(owner),), known=None if known is None else day(known), **fields
    )
