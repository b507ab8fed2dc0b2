"""Histories: whatever happened to one series, in whatever order it was read, the account is the reference's."""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.reconcile import reconcile
from counterclaim.records.account import Account
from counterclaim.records.casualty_figure import Figure, SeriesKey
from counterclaim.records.count import Count, exactly
from tests.factories import about, day, figure, key

LAST_DAY = 12


@dataclass(frozen=True)
class Told:
    """One telling: on day ``known``, number ``number`` for day ``on``."""

    on: int
    known: int
    number: int
    measure: str = "cumulative"
    hedged: bool = False

    def as_figure(self, index: int, of: SeriesKey) -> Figure:
        count = about(self.number) if self.hedged else exactly(self.number)
        return figure(
            count, self.on, self.measure, known=self.known, of=of, id=f"t{index:03d}", order=index
        )


@st.composite
def histories(draw: st.DrawFn) -> list[Told]:
    """Tell a war day by day: increments, totals, corrections, repeats, rounded repeats."""
    told: list[Told] = []
    total = draw(st.integers(0, 50))
    for on in range(1, draw(st.integers(2, 8))):
        new = draw(st.integers(0, 20))
        total = max(0, total + new + draw(st.sampled_from([0, 0, 0, -30, 7])))
        if draw(st.booleans()):
            told.append(Told(on, on, new, "new"))
        if draw(st.integers(0, 3)):
            told.append(Told(on, on, total))
    for index in draw(st.lists(st.integers(0, max(0, len(told) - 1)), max_size=10)):
        if not told:
            break
        earlier = told[index % len(told)]
        later = earlier.known + draw(st.integers(0, 3))
        change = draw(st.sampled_from([0, 0, -4, 5]))
        hedged = draw(st.booleans()) if change == 0 else False
        told.append(
            Told(earlier.on, later, max(0, earlier.number + change), earlier.measure, hedged)
        )
    return told


def reference(told: list[Told], on: int) -> dict[tuple[str, int], tuple[int, int]]:
    """Say slowly what stands on a day: for each measure and day, lowest and highest of what counts."""
    standing: dict[tuple[str, int], tuple[int, int]] = {}
    known = [item for item in told if item.known <= on]
    for measure in ("new", "cumulative"):
        for slot in range(LAST_DAY + 1):
            here = [item for item in known if item.measure == measure and item.on == slot]
            if not here:
                continue
            if any(not item.hedged for item in here):
                here = [item for item in here if not item.hedged]
            first: dict[int, int] = {}
            for item in here:
                first[item.number] = min(first.get(item.number, 10**6), item.known)
            newest = max(first.values())
            numbers = [number for number, first_day in first.items() if first_day == newest]
            slack = 5 if here[0].hedged else 0
            standing[measure, slot] = min(numbers) - slack, max(numbers) + slack
    return standing


def standing(account: Account) -> dict[tuple[str, int], tuple[int | None, int | None]]:
    return {
        (point.measure, (point.day - day(1)).days + 1): (point.count.low, point.count.high)
        for series in account.series
        for point in series.points
        if point.standing == "stands" and not point.is_derived and point.day is not None
    }


def slow_revisions(known: dict[tuple[str, int], tuple[int, int]]) -> set[int]:
    totals = [
        (slot, bounds)
        for (measure, slot), bounds in sorted(known.items())
        if measure == "cumulative"
    ]
    return {after[0] for before, after in pairwise(totals) if after[1][1] < before[1][0]}


def slow_gaps(known: dict[tuple[str, int], tuple[int, int]]) -> dict[int, int]:
    """Compare each total with the one before it that is exact, where every day between has a new figure."""
    exact = {slot: low for slot, (low, high) in known.items() if low == high}
    totals = sorted(slot for measure, slot in exact if measure == "cumulative")
    gaps: dict[int, int] = {}
    for before, after in pairwise(totals):
        days = [("new", slot) for slot in range(before + 1, after + 1)]
        rise = exact["cumulative", after] - exact["cumulative", before]
        if (
            all(slot in exact for slot in days)
            and rise >= 0
            and rise != sum(exact[d] for d in days)
        ):
            gaps[after] = rise - sum(exact[d] for d in days)
    return gaps


def slow_derived(known: dict[tuple[str, int], tuple[int, int]]) -> dict[int, int]:
    return {
        slot - 1: low - known["new", slot][0]
        for (measure, slot), (low, high) in known.items()
        if measure == "cumulative"
        and low == high
        and ("new", slot) in known
        and known["new", slot][0] == known["new", slot][1] <= low
        and ("cumulative", slot - 1) not in known
    }


@settings(max_examples=150, deadline=None)
@given(told=histories(), seed=st.integers(0, 2**32))
def test_reconcile_any_history_in_any_order_is_the_references(told: list[Told], seed: int) -> None:
    own = key()
    figures = [item.as_figure(index, own) for index, item in enumerate(told)]
    shuffled = figures[:]
    Random(seed).shuffle(shuffled)
    for on in range(LAST_DAY + 1):
        account = reconcile(shuffled, known_on=day(on))
        expected = reference(told, on)
        assert standing(account) == expected
        assert {
            (f.day - day(1)).days + 1 for f in account.findings if f.rule == "R13" and f.day
        } == slow_revisions(expected)
        gaps = {
            (f.day - day(1)).days + 1: f.amount
            for f in account.findings
            if f.rule == "C1" and f.day
        }
        assert gaps == slow_gaps(expected)
        derived = {
            (p.day - day(1)).days + 1: p.count.low
            for s in account.series
            for p in s.points
            if p.is_derived and p.day
        }
        assert derived == slow_derived(expected)
        assert account == reconcile(figures, known_on=day(on))
        assert sorted(i for s in account.series for p in s.points for i in p.figure_ids) == sorted(
            f.id for f in figures if f.known is not None and f.known <= day(on)
        ), "every figure that is known stands somewhere"
        assert all(
            (p.count.low or 0) >= 0 for s in account.series for p in s.points if p.is_derived
        )


@settings(max_examples=60, deadline=None)
@given(told=histories(), seed=st.integers(0, 2**32))
def test_reconcile_what_was_known_never_changes_afterwards(told: list[Told], seed: int) -> None:
    """An account as known on a day is the same whether later figures have come in or not."""
    own = key()
    figures = [item.as_figure(index, own) for index, item in enumerate(told)]
    cut = Random(seed).randint(0, LAST_DAY)
    earlier = [item for item in figures if item.known is not None and item.known <= day(cut)]
    assert reconcile(figures, known_on=day(cut)) == reconcile(earlier, known_on=day(cut))


@given(
    lows=st.lists(
        st.tuples(st.integers(0, 50), st.none() | st.integers(51, 90)), min_size=1, max_size=4
    )
)
def test_reconcile_numbers_first_told_on_one_day_stand_as_their_range(
    lows: list[tuple[int, int | None]],
) -> None:
    counts = [Count(low, high, "range" if high else "at_least") for low, high in lows]
    account = reconcile([figure(count, 1, known=1) for count in counts])
    (point,) = account.series[0].points
    assert point.count.low == min(low for low, _ in lows)
    assert point.count.high == (
        None if any(high is None for _, high in lows) else max(high or 0 for _, high in lows)
    )
