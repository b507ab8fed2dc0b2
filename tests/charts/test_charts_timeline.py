"""The timeline chart: every claim is drawn or counted, in its party's lane, and its link is kept."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.charts import TimelineClaim, timeline_chart
from counterclaim.charts.draw import draw_svg
from counterclaim.charts.timeline import KINDS, MOST_LANES, lay_grid, lay_lanes, place_claims

BEGIN = date(2031, 5, 4)


def claim(party: str = "Ardenia", day: int = 0, kind: str = "event") -> TimelineClaim:
    return TimelineClaim(
        party=party,
        kind=kind,
        day=BEGIN + timedelta(days=day),
        words="says: shelled",
        link="/sources/d-1#s3-5",
    )


some_claims = st.lists(
    st.builds(
        claim,
        st.sampled_from(["", *(f"Party {n}" for n in range(14))]),
        st.integers(0, 4_000),
        st.sampled_from([*KINDS]),
    ),
    min_size=1,
    max_size=60,
)


@given(some_claims, st.sampled_from([340, 960]))
@settings(max_examples=60)
def test_charts_timeline_draws_or_counts_every_claim(
    claims: list[TimelineClaim], width: int
) -> None:
    grid = lay_grid(claims, width)
    lanes = list(lay_lanes(claims, grid, is_narrow=width == 340))
    assert Counter(item for lane in lanes for item in lane.claims) == Counter(claims)
    assert [lane.top for lane in lanes] == sorted({lane.top for lane in lanes})
    shown = 0
    for lane in lanes:
        placed, rest = place_claims(lane, grid)
        shown += len(placed) + sum(int(row["words"]) for row in rest)
        for _, x, y in placed:
            assert 0 <= x <= grid.width
            assert lane.top <= y <= lane.top + lane.height
        places = [(round(x, 3), y) for _, x, y in placed]
        assert len(places) == len(set(places))
    assert shown == len(claims)


def test_charts_timeline_lanes_of_the_few_are_joined() -> None:
    claims = [claim(f"Party {n:02}") for n in range(MOST_LANES + 3)] + [
        claim("Party 00"),
        claim(""),
    ]
    lanes = list(lay_lanes(claims, lay_grid(claims, 600), is_narrow=False))
    assert [lane.name for lane in lanes][:1] == ["Party 00"]
    assert [lane.name for lane in lanes][-2:] == ["Others", "The reports"]
    assert len(lanes) == MOST_LANES + 2


@pytest.mark.parametrize("width", [340, 1040])
def test_charts_timeline_is_drawn_with_its_kinds(width: int) -> None:
    claims = [claim(kind=kind, day=n) for n, kind in enumerate(KINDS)]
    svg = draw_svg(timeline_chart(claims, title="Timeline of Ardenia", width=width, theme="dark"))
    for words, _ in KINDS.values():
        assert words in svg
    assert "Timeline of Ardenia" in svg
    assert "2031" in svg
    assert "/sources/d-1#s3-5" in svg


def test_charts_timeline_of_nothing_says_so() -> None:
    assert "No claim to draw." in draw_svg(timeline_chart([]))
