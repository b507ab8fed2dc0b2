import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import altair as alt
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.charts import CHART_SUFFIXES, casualty_chart, draw_account
from counterclaim.charts.chart_data import lines_by_outcome, table_rows
from counterclaim.charts.draw import VEGA_LITE
from counterclaim.charts.layout import MOST_LINES, at_rise, day_ticks, lay_out, rise, spread
from counterclaim.charts.legend import DASHES, HOLLOW, SHAPES
from counterclaim.charts.theme import GROUND, SERIES, SOFT
from counterclaim.reconcile import reconcile
from counterclaim.records.account import Account
from counterclaim.records.count import Count
from tests.factories import at_least, day, figure, key, withholding


@pytest.fixture(scope="module")
def account() -> Account:
    enemy = key(reporter="Kestria", line="enemy")
    return reconcile(
        [
            figure(40, 1),
            figure(12, 3, "new"),
            figure(60, 3),
            figure(55, 4),
            figure(Count(80, 95, "range"), 6),
            figure(at_least(100), 7),
            figure(150, 2, of=enemy),
            figure(300, 7, of=enemy),
            figure(45, 5, of=key(reporter="Monitors")),
            figure(9, 5, of=key("Kestria", category="civilian")),
            figure(70, 3, of=key(outcome="wounded")),
            figure(7, None, known=None, of=key("Lowland")),
        ],
        [withholding("Kestria", known=2)],
    )


def layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer for view in spec["vconcat"] for layer in view.get("layer", [view])]


def values(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [
        row
        for layer in layers(spec)
        if layer["mark"]["type"] == mark
        for row in layer.get("data", {}).get("values", [])
    ]


@pytest.mark.parametrize("width", [390, 960])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_the_specification_is_valid_vega_lite(
    account: Account, width: int, theme: Any
) -> None:
    alt.VConcatChart.from_dict(casualty_chart(account, width=width, theme=theme))


def test_charts_own_enemy_and_others_are_told_by_dash(account: Account) -> None:
    assert len({tuple(dash) for dash in DASHES.values()}) == 3
    (steps,) = (
        layer
        for layer in layers(casualty_chart(account))
        if layer["mark"].get("strokeWidth") == 2
        and layer["mark"]["type"] == "line"
        and len({row["side"] for row in layer["data"]["values"]}) > 0
        and any(row["counted"] == "its enemy’s count" for row in layer["data"]["values"])
    )
    scale = steps["encoding"]["strokeDash"]["scale"]
    assert dict(zip(scale["domain"], map(tuple, scale["range"]), strict=True)) == {
        "the side’s own count": (1, 0),
        "its enemy’s count": (7, 3),
        "others’ count": (2, 3),
    }


def test_charts_derived_points_are_hollow_and_turns_marked(account: Account) -> None:
    assert {"derived", "gap", "revision"} == HOLLOW
    assert SHAPES["gap"] != SHAPES["revision"] != SHAPES["derived"]
    marks = {row["mark"] for row in values(casualty_chart(account), "point") if "mark" in row}
    assert {"derived: nobody reported it", "revision: the total falls", "at least"} <= marks


def test_charts_ranges_are_bands_and_bars(account: Account) -> None:
    spec = casualty_chart(account)
    assert any(row["low"] == 80 and row["high"] == 95 for row in values(spec, "area"))
    assert any(row.get("low") == 80 for row in values(spec, "rule"))


def test_charts_what_is_not_disclosed_has_a_lane(account: Account) -> None:
    words = [row.get("words") for row in values(casualty_chart(account), "text")]
    assert "Kestria military since 2 May 2031" in words


def test_charts_outcomes_have_panels_of_their_own(account: Account) -> None:
    def titles(spec: dict[str, Any]) -> list[str]:
        return [view["title"]["text"] for view in spec["vconcat"] if "title" in view]

    assert titles(casualty_chart(account)) == ["Killed", "Wounded", "Not disclosed"]
    assert titles(casualty_chart(account, only=["wounded"])) == ["Wounded", "Not disclosed"]


def test_charts_no_colour_is_shared_by_two_lines(account: Account) -> None:
    for colors in SERIES.values():
        assert len(set(colors)) == len(colors) >= MOST_LINES


def contrast(one: str, other: str) -> float:
    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_colours_stand_out_from_their_ground(theme: Any) -> None:
    assert all(contrast(color, GROUND[theme]) >= 3 for color in SERIES[theme])


def test_charts_a_far_larger_number_hides_no_small_one() -> None:
    account = reconcile(
        [
            item
            for on in (1, 2)
            for item in (
                figure(10_000 * on, on),
                figure(5 * on, on, of=key(subgroup="press")),
                figure(4_000 * on, on, of=key(subgroup="conscripts")),
            )
        ]
    )
    layout = lay_out(account, lines_by_outcome(account), 960)
    assert layout is not None
    (panel,) = layout.panels
    assert panel.is_log
    assert "Ardenia military press" in {line.label for line in panel.every}
    assert rise(panel, 10) > 0.15 * panel.height
    assert round(at_rise(panel, rise(panel, 4_000))) == 4_000
    (view,) = (view for view in casualty_chart(account)["vconcat"] if "title" in view)
    assert "ten times" in view["title"]["text"]
    scale = view["layer"][2]["encoding"]["y"]["scale"]
    assert scale["type"] == "symlog"


def test_charts_alike_numbers_stand_on_even_steps() -> None:
    layout = lay_out(
        account := reconcile([figure(40, 1), figure(90, 2)]), lines_by_outcome(account), 960
    )
    assert layout is not None
    assert not layout.panels[0].is_log
    assert rise(layout.panels[0], 45) * 2 == pytest.approx(rise(layout.panels[0], 90))


def test_charts_a_side_has_one_colour_in_every_panel_and_in_the_key() -> None:
    account = reconcile(
        [
            figure(40, 1, of=key(outcome="killed", side=side))
            for side in ("Ardenia", "Kestria", "Ostland")
        ]
        + [figure(9, 1, of=key(outcome="wounded", side=side)) for side in ("Kestria", "Ostland")]
    )
    spec = casualty_chart(account)
    domains = [
        tuple(layer["encoding"]["color"]["scale"]["domain"])
        for view in spec["vconcat"]
        for layer in view.get("layer", ())
        if "scale" in layer["encoding"].get("color", {})
    ]
    assert set(domains) == {("Ardenia", "Kestria", "Ostland")}


def test_charts_each_side_has_a_picture_of_its_own() -> None:
    account = reconcile([figure(40, 1, of=key(side=side)) for side in ("Ardenia", "Kestria")])
    layout = lay_out(account, lines_by_outcome(account), 960, by_side=True)
    assert layout is not None
    assert [panel.name for panel in layout.panels] == ["Ardenia", "Kestria"]
    assert all({line.side for line in panel.every} == {panel.name} for panel in layout.panels)


def test_charts_among_many_lines_few_reports_are_points() -> None:
    figures = [figure(100 + n, 1 + n % 5, of=key(reporter=f"Monitor {n}")) for n in range(12)]
    figures += [figure(100 + on, on, of=key(reporter="Daily")) for on in range(1, 12)]
    account = reconcile(figures)
    layout = lay_out(account, lines_by_outcome(account), 960)
    assert layout is not None
    assert [line.label for line in layout.panels[0].lines] == ["Ardenia military, by Daily"]
    assert len(layout.panels[0].sparse) == 12


def test_charts_an_account_without_days_says_so() -> None:
    spec = casualty_chart(reconcile([figure(7, None, known=None)]))
    assert "nothing to draw" in json.dumps(spec)
    assert spec["description"] == "No running total with a day."


def test_charts_lines_hold_standing_totals_alone(account: Account) -> None:
    line = next(
        item for item in lines_by_outcome(account)["killed"] if item.label == "Ardenia military"
    )
    assert [(point.day, point.value) for point in line.points] == [
        (day(1), 40),
        (day(2), 48),
        (day(3), 60),
        (day(4), 55),
        (day(6), 80),
        (day(7), 100),
    ]


def test_charts_the_table_behind_holds_every_point(account: Account) -> None:
    assert len(list(table_rows(account))) == sum(len(s.points) for s in account.series)


@given(st.lists(st.floats(0, 400), max_size=20))
def test_charts_names_keep_apart_and_in_order(places: list[float]) -> None:
    moved = spread(places, 15, 400)
    ordered = [moved[i] for i in sorted(range(len(places)), key=lambda i: places[i])]
    assert all(high - low >= 15 - 1e-6 for low, high in pairwise(ordered))
    assert all(place >= 0 for place in moved)


@pytest.mark.slow
@pytest.mark.parametrize("form", CHART_SUFFIXES)
def test_charts_are_drawn_without_any_address(account: Account, form: str) -> None:
    drawn = draw_account(account, form, title='A & B </script><img src="x">')
    if form == ".png":
        assert drawn.startswith(b"\x89PNG")
        return
    text = drawn.decode()
    assert 'aria-label="' in text
    if form == ".html":
        assert "A &amp; B" in text
        assert '<img src="x">' not in text
        assert "<td>Kestria</td>" in text
        head = text.partition("<script>")[0]
        assert "<script src" not in text
        assert "<link" not in head
        assert "default-src 'none'" in head
    else:
        assert text.startswith('<svg role="img"')


@pytest.mark.parametrize("days", [0, 1, 8, 30, 99, 400, 3_000, 30_000])
@pytest.mark.parametrize("most", [2, 8])
def test_charts_axis_names_days_that_fit(days: int, most: int) -> None:
    first = date(2031, 5, 4)
    last = first + timedelta(days=days)
    ticks = day_ticks(first, last, most)
    assert 1 <= len(ticks) <= most
    assert ticks == sorted(set(ticks))
    assert first <= ticks[0] <= ticks[-1] <= last


def test_charts_no_scale_needs_an_expression(account: Account) -> None:
    """No page may run words as code, and a scale of dates compiles into words that only code can read."""
    compiled = vl_convert.vegalite_to_vega(casualty_chart(account), vl_version=VEGA_LITE)
    assert "{data:" not in json.dumps(compiled).replace(" ", "")


def test_charts_a_panel_of_one_side_keeps_that_sides_colour() -> None:
    account = reconcile(
        [figure(40, 1, of=key(side=side)) for side in ("Ardenia", "Kestria")]
        + [figure(9, 1, of=key(outcome="captured", side="Kestria"))]
    )
    layout = lay_out(account, lines_by_outcome(account), 960)
    assert layout is not None
    assert [panel.colors for panel in layout.panels] == [["Ardenia", "Kestria"]] * 2


def test_charts_sides_beyond_the_palette_share_a_colour_of_nobody() -> None:
    number = len(SERIES["light"]) + 2
    account = reconcile([figure(100 + n, 1, of=key(side=f"Side {n:02}")) for n in range(number)])
    spec = casualty_chart(account)
    colors = spec["config"]["range"]["category"]
    assert len(colors) == number
    assert colors[-1] == colors[-2] == SOFT["light"]
    assert SOFT["light"] not in SERIES["light"]
    words = [row["words"] for row in values(spec, "text") if "words" in row]
    assert "losses of others" in words
    assert "losses of Side 00" not in words
    assert f"losses of Side {number - 1}" in words


def test_charts_a_loss_of_an_earlier_war_presses_nothing_together() -> None:
    told = [figure(40, 1), figure(60, 3)]
    earlier = figure(9_000, 1, of=key(side="Kestria"))
    account = reconcile([*told, replace(earlier, background=True)])
    lines = lines_by_outcome(account)
    assert {line.side for found in lines.values() for line in found} == {"Ardenia"}
    assert "Losses of earlier wars: in the table." in casualty_chart(account)["title"]["subtitle"]
    alone = reconcile([replace(earlier, background=True)])
    assert {line.side for found in lines_by_outcome(alone).values() for line in found} == {
        "Kestria"
    }
