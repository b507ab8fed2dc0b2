"""Series: totals and new figures of one reporter set against each other, day by day.

Source: docs/casualties.md, rules R3, R4, R13, R14 (checks C1, C4, C7), R15.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from counterclaim.reconcile.origins import is_exact
from counterclaim.records.account import AccountFinding, Point
from counterclaim.records.casualty_figure import SeriesKey
from counterclaim.records.count import Count
from counterclaim.records.time import Time

_ONE_DAY = timedelta(days=1)


def days_covered(point: Point) -> int:
    """Return how many days a new figure covers: 1 for a daily report, 0 for a row that repeats yesterday."""
    if point.day is None or point.start is None:
        return 1
    return (point.day - point.start).days + 1


def derive_previous(
    totals: Sequence[Point], news: Sequence[Point], included: Mapping[str, Sequence[Point]]
) -> Iterator[Point]:
    """Derive the total before a new figure: the total that holds it, less the new figure (R4).

    Where a total for that day was reported, nothing is derived: C1 checks it instead. T includes N
    and N is never added to T (R3).

    Args:
        totals: Standing totals of one series, by day.
        news: Standing new figures, by day.
        included: New figures by the id of the total that names them as its own.
    """
    by_day: dict[date | None, list[Point]] = {}
    for new in news:
        by_day.setdefault(new.day, []).append(new)
    days = {point.day for point in totals if point.day is not None}
    for total in totals:
        named = [new for id_ in total.figure_ids for new in included.get(id_, ())]
        for new in (named or by_day.get(total.day, []))[:1]:
            first = new.start or total.day
            day = None if first is None else first - _ONE_DAY
            if (day is None or day not in days) and days_covered(new):
                point = _previous(total, new, day)
                if point is not None:
                    yield point


def _previous(total: Point, new: Point, day: date | None) -> Point | None:
    """Return the total before the new figure; None where the two cannot be subtracted."""
    if not is_exact(total.count) or not is_exact(new.count):
        return None
    whole, part = total.count.low, new.count.low
    if whole is None or part is None or part > whole:
        return None
    dated = total.time or new.time
    return Point(
        count=Count(whole - part, whole - part, "exact", whole - part),
        measure="cumulative",
        day=day,
        time=Time(day.isoformat()) if day is not None and dated is not None else None,
        known=max((known for known in (total.known, new.known) if known), default=None),
        derivation=f"{whole:,} less the {part:,} new",
    )


def find_revisions(key: SeriesKey, totals: Sequence[Point]) -> Iterator[AccountFinding]:
    """Find totals that fall (R13, C4): a correction of what was counted, never negative deaths.

    A total falls when its highest reading is under the lowest of the one before; "at least 400" after
    555 does not.
    """
    previous: Point | None = None
    for total in totals:
        if total.count.low is None and total.count.high is None:
            continue
        if previous is not None and _falls(previous.count, total.count):
            before, after = previous.count.low or 0, total.count.high or 0
            yield AccountFinding(
                rule="R13",
                turn="revision",
                words=f"the total falls from {previous.count} to {total.count}; the day's new figure is not computable",
                day=total.day,
                amount=after - before,
                figure_ids=(*previous.figure_ids[:1], *total.figure_ids[:1]),
                key=key,
            )
        previous = total


def _falls(before: Count, after: Count) -> bool:
    return before.low is not None and after.high is not None and after.high < before.low


def find_gaps(
    key: SeriesKey, totals: Sequence[Point], news: Sequence[Point]
) -> Iterator[AccountFinding]:
    """Compare the rise of the total with the new figures of the same days (C1).

    Only where all figures are exact and every day between two totals is covered, once, by a new figure.
    A total inside a longer report's period is passed over: the report spans it.

    Returns:
        One gap for each stretch that does not close. Positive: late or missing reports. Negative: an
        unannounced revision. A fall of the total itself is a revision and not told twice.
    """
    dated = [new for new in news if new.day is not None]
    if not dated:
        return
    spanned = _spanned_days(dated)
    anchors = [
        t for t in totals if t.day is not None and t.day not in spanned and is_exact(t.count)
    ]
    index = 0
    for left, right in pairwise(anchors):
        assert left.day is not None
        assert right.day is not None
        while index < len(dated) and dated[index].day <= left.day:  # type: ignore[operator]  # dated
            index += 1
        between: list[Point] = []
        while index < len(dated) and dated[index].day <= right.day:  # type: ignore[operator]  # dated
            between.append(dated[index])
            index += 1
        if not _covers(between, (right.day - left.day).days):
            continue
        rise = (right.count.low or 0) - (left.count.low or 0)
        told = sum(new.count.low or 0 for new in between)
        if rise != told and rise >= 0:
            yield _gap(key, left, right, between, rise - told)


def _spanned_days(news: Sequence[Point]) -> set[date]:
    """Return the days that lie inside a longer report's period, before its last day."""
    spanned: set[date] = set()
    for new in news:
        assert new.day is not None
        if new.start is not None and new.start < new.day:
            spanned |= {
                new.start + timedelta(days=step) for step in range((new.day - new.start).days)
            }
    return spanned


def _covers(news: Sequence[Point], days: int) -> bool:
    return all(is_exact(new.count) for new in news) and sum(map(days_covered, news)) == days


def _gap(
    key: SeriesKey, left: Point, right: Point, news: Sequence[Point], amount: int
) -> AccountFinding:
    rise = (right.count.low or 0) - (left.count.low or 0)
    cause = "late or missing reports" if amount > 0 else "an unannounced revision"
    return AccountFinding(
        rule="C1",
        turn="gap",
        words=f"the total rises by {rise:,} from {left.count} to {right.count}, the new figures of these days sum to {rise - amount:,}: {cause}",
        day=right.day,
        amount=amount,
        figure_ids=(
            *left.figure_ids[:1],
            *right.figure_ids[:1],
            *(id_ for new in news for id_ in new.figure_ids[:1]),
        ),
        key=key,
    )


def check_periods(key: SeriesKey, news: Sequence[Point]) -> Iterator[AccountFinding]:
    """Find new figures whose period reaches back over the day of the last report (C7)."""
    last: date | None = None
    for new in news:
        covered = days_covered(new)
        if new.day is None or covered == 0:
            continue
        if last is not None and covered > (new.day - last).days:
            yield AccountFinding(
                rule="C7",
                turn="period",
                words=f"a report over {covered} {'day' if covered == 1 else 'days'} follows the last one by {(new.day - last).days}: days counted twice",
                day=new.day,
                amount=covered - (new.day - last).days,
                figure_ids=new.figure_ids[:1],
                key=key,
            )
        last = new.day


def fill_days(totals: Sequence[Point], news: Sequence[Point]) -> tuple[Point, ...]:
    """Fill a series day by day (R15): never claims, always derived, to be drawn hollow.

    Between two exact totals a day takes its new figure where one was reported for that day alone; what is
    left of the rise is split equally over the other days, the remainder first. Over a revision, and over
    new figures that exceed the rise, days hold the earlier total.

    Returns:
        One total for each day between the first and the last reported that has none of its own.
    """
    known = [point for point in totals if point.day is not None and is_exact(point.count)]
    daily = {
        new.day: new.count.low or 0
        for new in news
        if is_exact(new.count) and days_covered(new) == 1
    }
    filled: list[Point] = []
    for left, right in pairwise(known):
        filled += _fill_between(left, right, daily)
    return tuple(filled)


def _fill_between(left: Point, right: Point, daily: Mapping[date | None, int]) -> Iterator[Point]:
    assert left.day is not None
    assert right.day is not None
    days = [left.day + timedelta(days=step) for step in range(1, (right.day - left.day).days + 1)]
    total, end = left.count.low or 0, right.count.low or 0
    shares = _shares(days, end - total, daily)
    for day, share in zip(days[:-1], shares, strict=False):
        total += share
        how = f"{day} of {left.day} to {right.day}: {'as reported new' if day in daily and share == daily[day] else 'split equally'}"
        yield Point(
            count=Count(total, total, "exact", total),
            measure="cumulative",
            day=day,
            time=Time(day.isoformat()),
            derivation=how,
        )


def _shares(days: Sequence[date], rise: int, daily: Mapping[date | None, int]) -> list[int]:
    told = {day: daily[day] for day in days if day in daily}
    rest, open_days = rise - sum(told.values()), len(days) - len(told)
    if rise < 0 or rest < 0:
        return [0] * len(days)
    each, extra = divmod(rest, open_days) if open_days else (0, 0)
    shares: list[int] = []
    for day in days:
        if day in told:
            shares.append(told[day])
            continue
        shares.append(each + (1 if extra > 0 else 0))
        extra -= 1
    return shares
