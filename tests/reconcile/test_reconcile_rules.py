"""Every numbered rule of the casualty account, by a small account in which it decides."""

import importlib
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from counterclaim.reconcile import reconcile
from counterclaim.reconcile.claims import line_of
from counterclaim.reconcile.exchange import exchange_counts
from counterclaim.reconcile.incidents import (
    choose_best,
    count_incidents,
    find_incidents,
    same_incident,
    same_place,
)
from counterclaim.reconcile.rules import RULES
from counterclaim.reconcile.series import fill_days
from counterclaim.records.account import Account, AccountFinding
from counterclaim.records.casualty_figure import Figure
from counterclaim.records.count import Count, exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from tests.factories import about, at_least, day, figure, key, withholding

OST = Place(
    name="Ost", gazetteer_id="gn:1", precision="town", country="AA", latitude=40.0, longitude=45.0
)
NEAR = Place(
    name="Nearby",
    gazetteer_id="gn:2",
    precision="town",
    country="AA",
    latitude=40.1,
    longitude=45.0,
)
FAR = Place(
    name="Farholm",
    gazetteer_id="gn:3",
    precision="town",
    country="AA",
    latitude=42.0,
    longitude=45.0,
)
LAND = Place(
    name="Ardenia",
    gazetteer_id="iso:AA",
    precision="country",
    country="AA",
    latitude=41.0,
    longitude=45.0,
)


def found(account: Account, rule: str) -> list[AccountFinding]:
    return [finding for finding in account.findings if finding.rule == rule]


def numbers(account: Account, *, standing: bool = True) -> list[str]:
    return [
        f"{point.day} {point.measure} {point.count}"
        for series in account.series
        for point in series.points
        if (point.standing == "stands") is standing
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_reconcile_every_rule_names_a_function_that_exists(rule: object) -> None:
    held_by = rule.held_by  # type: ignore[attr-defined]  # parametrised over Rule
    module, _, name = held_by.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))


def test_reconcile_every_rule_has_a_test_here() -> None:
    text = Path(__file__).read_text("utf-8")
    tested = {name.upper() for name in re.findall(r"def test_reconcile_([rc]\d+)_", text)}
    assert tested == {rule.number for rule in RULES}
    assert [rule.number for rule in RULES] == [f"R{n}" for n in range(1, 25)] + [
        f"C{n}" for n in range(1, 9)
    ]


@pytest.mark.parametrize(
    ("relation", "reporter", "line"),
    [
        ("self", "Ardenia", "self"),
        ("narrator", "Ardenia", "self"),
        ("enemy", "Kestria", "enemy"),
        ("third", "Lowland", "third"),
        ("narrator", None, "third"),
    ],
)
def test_reconcile_r1_three_lines_are_told_apart(
    relation: str, reporter: str | None, line: str
) -> None:
    reporters = () if reporter is None else (Party(reporter),)
    assert line_of(relation, reporters, (Party("Ardenia"),)) == line


def test_reconcile_r1_own_and_enemy_counts_are_never_one_series() -> None:
    enemy = key(reporter="Kestria", line="enemy")
    account = reconcile([figure(100), figure(900, of=enemy)])
    assert [series.points[0].count.low for series in account.series] == [100, 900]
    assert not account.ranges


def test_reconcile_r2_a_new_figure_covers_its_reporting_day() -> None:
    (series,) = reconcile([figure(23, 4, "new")]).series
    assert (series.points[0].start, series.points[0].day) == (day(4), day(4))


def test_reconcile_r3_a_total_that_includes_a_new_figure_is_not_added_to_it() -> None:
    new = figure(23, 4, "new")
    account = reconcile([new, figure(555, 4, includes=(new.id,))])
    assert account.series[0].running == exactly(555)
    assert account.series[0].running_basis == "latest total"


def test_reconcile_r4_the_total_before_is_derived_as_a_check_value() -> None:
    account = reconcile([figure(23, 4, "new"), figure(555, 4)])
    (derived,) = [point for point in account.series[0].points if point.is_derived]
    assert (derived.count, derived.day, derived.claim_id) == (exactly(532), day(3), None)
    assert derived.derivation == "555 less the 23 new"


def test_reconcile_r4_nothing_is_derived_where_that_day_was_reported() -> None:
    account = reconcile([figure(530, 3), figure(23, 4, "new"), figure(555, 4)])
    assert not any(point.is_derived for point in account.series[0].points)


@pytest.mark.parametrize("hedged", [about(555), at_least(555)])
def test_reconcile_r4_nothing_is_derived_from_a_hedged_total(hedged: Count) -> None:
    account = reconcile([figure(23, 4, "new"), figure(hedged, 4)])
    assert not any(point.is_derived for point in account.series[0].points)


def test_reconcile_r4_a_report_over_two_days_reaches_back_two() -> None:
    account = reconcile([figure(30, 4, "new", days=2), figure(555, 4)])
    assert [p.day for p in account.series[0].points if p.is_derived] == [day(2)]


def test_reconcile_r5_a_figure_nobody_dates_stands_without_a_day() -> None:
    account = reconcile([figure(7, None, known=None)])
    assert numbers(account) == ["None cumulative 7"]


def test_reconcile_r6_people_and_categories_are_not_added() -> None:
    account = reconcile(
        [
            figure(100, of=key(category="unknown")),
            figure(60),
            figure(30, of=key(category="civilian")),
            figure(5, of=key("Kestria", category="civilian")),
        ]
    )
    assert account.totals[0].parts == (100, 5)


def test_reconcile_r6_categories_over_an_undivided_total_stand_as_a_floor() -> None:
    account = reconcile(
        [
            figure(80, of=key(category="unknown")),
            figure(60),
            figure(30, of=key(category="civilian")),
        ]
    )
    assert account.totals[0].parts == (60, 30)
    assert account.totals[0].count.high is None


def test_reconcile_r7_parts_never_add_to_their_whole() -> None:
    whole = figure(40, of=key(category="civilian"))
    part = figure(12, of=key(category="civilian", subgroup="children"), part_of=whole.id)
    account = reconcile([whole, part, figure(3, of=key("Kestria"))])
    assert account.totals[0].parts == (40, 3)


def test_reconcile_r7_a_subgroup_alone_is_a_floor() -> None:
    children = key(category="civilian", subgroup="children")
    account = reconcile([figure(12, of=children), figure(3, of=key("Kestria"))])
    assert str(account.totals[0]).startswith("at least 15 (12 + 3)")


def test_reconcile_r8_killed_or_wounded_is_an_outcome_of_its_own() -> None:
    account = reconcile(
        [figure(10), figure(50, of=key(outcome="unspecified")), figure(4, of=key("Kestria"))]
    )
    assert len(account.series) == 3
    assert account.totals[0].parts == (10, 4)


def test_reconcile_r9_the_larger_of_total_and_sum_is_shown() -> None:
    figures = [figure(100, 1), figure(30, 2, "incident"), figure(20, 5, "incident")]
    (series,) = reconcile(figures).series
    assert (series.running, series.running_basis) == (exactly(100), "latest total")
    (series,) = reconcile([*figures, figure(70, 9, "incident")]).series
    assert series.running == Count(120, None, "at_least", 120)


def test_reconcile_r9_an_incident_inside_a_new_figures_days_is_contained() -> None:
    (series,) = reconcile([figure(30, 3, "new", days=3), figure(8, 2, "incident")]).series
    assert series.running is not None
    assert series.running.low == 30


def test_reconcile_r9_the_whole_conflict_holds_an_incident_in_a_town() -> None:
    account = reconcile([figure(5, 1), figure(9, 2, "incident", of=key(scope="gn:1"), place=OST)])
    whole = next(series for series in account.series if series.key.scope is None)
    assert whole.running is not None
    assert whole.running.low == 9


def incident(number: int, on: int | None, place: Place | None = OST, **fields: object) -> Figure:
    return figure(number, on, "incident", place=place, **fields)  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (incident(4, 1), incident(400, 1), "same"),
        (incident(4, 1), incident(4, 1, NEAR), "same"),
        (incident(4, 1), incident(4, 1, FAR), "distinct"),
        (incident(4, 1), incident(4, 2), "distinct"),
        (incident(4, 1), incident(4, 2, days=2), "same"),
        (incident(4, 1), incident(4, 1, None), "unsure"),
        (incident(4, 1), incident(4, 1, LAND), "unsure"),
        (incident(4, 1), incident(4, 1, of=key("Kestria")), "distinct"),
        (incident(4, 1, incident="i-1"), incident(4, 9, FAR, incident="i-1"), "same"),
        (incident(4, 1, incident="i-1"), incident(4, 1, incident="i-2"), "distinct"),
        (incident(4, None), incident(4, 1), "unsure"),
    ],
)
def test_reconcile_r10_incidents_are_one_by_side_days_and_place(
    one: Figure, other: Figure, answer: str
) -> None:
    assert same_incident(one, other) == same_incident(other, one) == answer


def test_reconcile_r10_unsure_incidents_count_once_in_low_and_twice_in_high() -> None:
    clusters = find_incidents([incident(4, 1), incident(6, 1, None)])
    assert count_incidents(clusters) == Count(6, 10, "range", None)
    account = reconcile([incident(4, 1), incident(6, 1, None)])
    assert [finding.turn for finding in found(account, "R10")] == ["unsure"]


def test_reconcile_r10_places_without_coordinates_cannot_be_measured() -> None:
    assert same_place(OST, Place(name="Somewhere", precision="town")) == "unsure"
    assert (
        same_place(
            LAND, Place(name="Ost", precision="town", country="BB", latitude=1.0, longitude=1.0)
        )
        == "distinct"
    )


def test_reconcile_r11_several_sources_give_a_range_and_a_best_number() -> None:
    account = reconcile(
        [
            incident(4, 1, of=key(reporter="Lowland")),
            incident(6, 1, of=key()),
            incident(9, 1, of=key(reporter="Monitors")),
        ]
    )
    (item,) = account.ranges
    assert (item.count, item.best, item.basis) == (
        Count(4, 9, "range", None),
        6,
        "the side's own latest report",
    )
    assert [source.count.low for source in item.sources] == [4, 6, 9]


@pytest.mark.parametrize(
    ("told", "best", "basis"),
    [
        ([4, 6, 6], 6, "the number of 2 of 3 sources"),
        ([4, 6], 4, "the lowest"),
        ([5], 5, "the lowest"),
    ],
)
def test_reconcile_r11_without_an_own_report_most_sources_decide_or_the_lowest(
    told: list[int], best: int, basis: str
) -> None:
    figures = [incident(n, 1, of=key(reporter=f"Monitor {i}")) for i, n in enumerate(told)]
    assert choose_best(figures) == (best, basis)


def test_reconcile_r11_an_enemys_number_is_listed_and_not_joined() -> None:
    account = reconcile(
        [incident(4, 1), incident(300, 1, of=key(reporter="Kestria", line="enemy"))]
    )
    (item,) = account.ranges
    assert item.count == exactly(4)
    assert len(item.sources) == 2


def test_reconcile_r11_totals_a_year_apart_are_listed_and_not_joined() -> None:
    figures = [
        figure(n, on, of=key(reporter=who))
        for n, on, who in [(10, 1, "A"), (90, 400, "B"), (95, 390, "C")]
    ]
    (item,) = reconcile(figures).ranges
    assert (item.count, len(item.sources)) == (Count(90, 95, "range", None), 3)


def test_reconcile_r12_a_later_number_supersedes_and_both_are_kept() -> None:
    first, second = figure(500, 1, known=1), figure(512, 1, known=3)
    account = reconcile([second, first])
    (standing, past) = account.series[0].points
    assert (standing.count.low, past.count.low) == (512, 500)
    assert (past.standing, past.known, past.known_to) == ("superseded", day(1), day(3))
    (finding,) = found(account, "R12")
    assert (finding.amount, finding.figure_ids) == (12, (first.id, second.id))


@pytest.mark.parametrize(("on", "number"), [(1, 500), (2, 500), (3, 512)])
def test_reconcile_r12_the_account_as_known_on_a_day(on: int, number: int) -> None:
    figures = [figure(512, 1, known=3), figure(500, 1, known=1)]
    account = reconcile(figures, known_on=day(on))
    assert account.series[0].points[0].count.low == number
    assert account.known_on == day(on)


def test_reconcile_r12_a_source_can_say_what_it_replaces() -> None:
    wrong = figure(900, 1, known=2)
    right = figure(90, 1, known=1, supersedes=wrong.id)
    assert numbers(reconcile([wrong, right])) == ["2031-05-01 cumulative 90"]


def test_reconcile_r13_a_falling_total_is_a_revision() -> None:
    account = reconcile([figure(500, 1), figure(480, 2), figure(490, 3)])
    (finding,) = found(account, "R13")
    assert (finding.turn, finding.amount, finding.day) == ("revision", -20, day(2))
    assert not any((p.count.low or 0) < 0 for s in account.series for p in s.points)


def test_reconcile_r13_a_weaker_word_is_no_fall() -> None:
    assert not found(reconcile([figure(555, 1), figure(at_least(400), 2)]), "R13")


def test_reconcile_r14_findings_come_in_order_of_their_days() -> None:
    account = reconcile([figure(9, 5), figure(8, 6), figure(5, 2), figure(4, 3)])
    assert [finding.day for finding in account.findings] == [day(3), day(6)]
    assert str(account.findings[0]).startswith(
        "2031-05-03 R13 revision: the total falls from 5 to 4"
    )


def test_reconcile_r15_days_are_filled_by_new_figures_then_equally_remainder_first() -> None:
    totals = reconcile([figure(10, 1), figure(31, 5)]).series[0].standing("cumulative")
    news = reconcile([figure(10, 3, "new")]).series[0].standing("new")
    filled = fill_days(totals, news)
    assert [point.count.low for point in filled] == [14, 24, 28]
    assert all(point.is_derived and point.claim_id is None for point in filled)


def test_reconcile_r15_a_revision_is_not_spread_over_the_days_before_it() -> None:
    totals = reconcile([figure(10, 1), figure(7, 4)]).series[0].standing("cumulative")
    assert [point.count.low for point in fill_days(totals, ())] == [10, 10]


def test_reconcile_r15_an_account_fills_nothing_by_itself() -> None:
    assert len(reconcile([figure(10, 1), figure(31, 5)]).series[0].points) == 2


def test_reconcile_r16_totals_name_what_they_leave_out() -> None:
    account = reconcile(
        [
            figure(555, 4, of=key("Kestria")),
            figure(31, 3, of=key("Kestria", reporter="", category="civilian")),
            figure(42, 3, of=key(category="civilian")),
        ],
        [withholding(known=4)],
    )
    assert (
        str(account.totals[0])
        == "at least 628 (555 + 42 + 31), 2031-05-03 to 2031-05-04; excludes Ardenia military (not disclosed)"
    )


def test_reconcile_r16_a_third_partys_count_is_left_out_and_named() -> None:
    monitors = key("Kestria", reporter="Monitors")
    account = reconcile(
        [figure(5), figure(3, of=key(category="civilian")), figure(70, of=monitors)]
    )
    assert str(account.totals[0]).endswith("; excludes Kestria military (counted by others alone)")


def test_reconcile_r16_one_number_is_no_sum() -> None:
    assert not reconcile([figure(555)]).totals


def test_reconcile_r16_an_own_figure_takes_the_place_of_the_undisclosed() -> None:
    account = reconcile([figure(10, 2, of=key("Kestria")), figure(5, 9)], [withholding(known=1)])
    assert account.totals[0].count == exactly(15)
    assert not account.totals[0].excludes


def test_reconcile_r17_a_withheld_figure_begins_and_ends() -> None:
    own = figure(80, 9)
    account = reconcile([own], [withholding(known=3, id="w2"), withholding(known=1, id="w1")])
    (row,) = account.withheld
    assert (row.start, row.end, row.ids) == (day(1), day(9), ("w1", "w2"))
    assert len(account.series[0].points) == 1, "later disclosure fills nothing before it"


def test_reconcile_r17_keeping_back_again_is_another_stretch() -> None:
    account = reconcile([figure(80, 5)], [withholding(known=1), withholding(known=8)])
    assert [(row.start, row.end) for row in account.withheld] == [(day(1), day(5)), (day(8), None)]


def test_reconcile_r17_anothers_figure_ends_nothing() -> None:
    account = reconcile(
        [figure(80, 5, of=key(reporter="Kestria", line="enemy"))], [withholding(known=1)]
    )
    assert account.withheld[0].end is None


def test_reconcile_r18_missing_found_dead_stays_in_both_series() -> None:
    missing = figure(30, 1, of=key(outcome="missing"))
    dead = figure(12, 5, "new", reclassified_from=missing.id)
    account = reconcile([missing, dead])
    assert len(account.series) == 2
    (finding,) = found(account, "R18")
    assert finding.words == "12 killed were counted as missing before"
    assert finding.figure_ids == (dead.id, missing.id)


@pytest.mark.parametrize("rounded", [about(500), at_least(500), Count(100, None, "vague")])
def test_reconcile_r19_a_rounded_number_never_replaces_an_exact_one(rounded: Count) -> None:
    account = reconcile([figure(512, 1, known=1), figure(rounded, 1, known=4)])
    assert numbers(account) == ["2031-05-01 cumulative 512"]
    (weaker,) = [p for p in account.series[0].points if p.standing != "stands"]
    assert (weaker.standing, weaker.known_to) == ("weaker", None)


def test_reconcile_r20_places_are_different_series() -> None:
    account = reconcile([figure(50), figure(9, of=key(scope="gn:1"), place=OST)])
    assert [series.scope_name for series in account.series] == [None, "Ost"]


def test_reconcile_r21_foreign_fighters_are_a_subgroup_of_the_side_they_fought_for() -> None:
    account = reconcile([figure(50), figure(9, of=key(subgroup="foreign fighters"))])
    assert {str(series.side[0]) for series in account.series} == {"Ardenia"}
    assert len(account.series) == 2


def test_reconcile_r22_an_enemys_count_enters_no_total() -> None:
    account = reconcile(
        [
            figure(50),
            figure(7, of=key("Kestria", category="civilian")),
            figure(9000, of=key("Kestria", reporter="Ardenia", line="enemy")),
        ]
    )
    assert account.totals[0].parts == (50, 7)
    assert account.totals[0].excludes == ("Kestria military (counted by its enemy alone)",)


def test_reconcile_r23_a_repeated_number_keeps_the_day_of_its_first_origin() -> None:
    agency = figure(23, 4, "new", source="agency")
    outlets = [figure(23, 4, "new", known=4 + n, source=f"outlet {n}") for n in range(1, 11)]
    (series,) = reconcile([*outlets, agency]).series
    (point,) = series.points
    assert point.known == day(4)
    assert point.claim_id == agency.id
    assert len(point.figure_ids) == 11


@pytest.mark.parametrize(("later", "points"), [(1, 1), (2, 1), (3, 2)])
def test_reconcile_r23_an_undated_number_repeats_one_of_the_last_two_days(
    later: int, points: int
) -> None:
    figures = [figure(23, 4, "new", dated=False), figure(23, 4 + later, "new", dated=False)]
    assert len(reconcile(figures).series[0].points) == points


def test_reconcile_r23_the_same_dated_number_on_two_days_is_two_numbers() -> None:
    assert len(reconcile([figure(23, 4, "new"), figure(23, 5, "new")]).series[0].points) == 2


def test_reconcile_r24_three_exchange_forms_of_one_incident() -> None:
    counts = exchange_counts(
        [
            incident(4, 1, of=key(reporter="Lowland")),
            incident(6, 1, of=key()),
            incident(3, 1, of=key("Kestria", category="civilian")),
            incident(9, 1, of=key(outcome="wounded")),
        ]
    )
    assert (counts.acled_fatalities, counts.ucdp_low, counts.ucdp_high) == (7, 7, 9)
    assert counts.ucdp_best == {"Ardenia": 6, "civilians": 3}
    assert (counts.hxl_new, counts.hxl_cumulative) == (13, None)
    assert exchange_counts([incident(9, 1, of=key(outcome="unspecified"))]).acled_fatalities == 0


@pytest.mark.parametrize(("told", "amount"), [(15, -5), (5, 5)])
def test_reconcile_c1_the_rise_equals_the_new_figures(told: int, amount: int) -> None:
    account = reconcile([figure(100, 1), figure(told, 2, "new"), figure(110, 2)])
    (finding,) = found(account, "C1")
    assert (finding.turn, finding.amount) == ("gap", amount)
    assert len(finding.figure_ids) == 3


def test_reconcile_c1_is_silent_where_a_day_is_missing_or_all_closes() -> None:
    missing = [figure(100, 1), figure(5, 3, "new"), figure(190, 3)]
    closes = [figure(100, 1), figure(4, 2, "new"), figure(5, 3, "new"), figure(109, 3)]
    assert not found(reconcile(missing), "C1")
    assert not found(reconcile(closes), "C1")


def test_reconcile_c1_a_report_over_two_days_spans_the_total_between() -> None:
    figures = [
        figure(100, 1),
        figure(0, 2, "new", days=0),
        figure(100, 2),
        figure(12, 3, "new", days=2),
        figure(112, 3),
    ]
    assert not reconcile(figures).findings
    assert found(reconcile([*figures[:-1], figure(115, 3)]), "C1")[0].amount == 3


def test_reconcile_c2_a_best_number_outside_its_bounds() -> None:
    account = reconcile([figure(Count(10, 20, "range", 25))])
    assert found(account, "C2")[0].words == "the best number 25 lies outside 10-20"
    assert not found(reconcile([figure(Count(10, 20, "range", 15))]), "C2")


def test_reconcile_c3_a_part_over_its_whole() -> None:
    whole = figure(10)
    part = figure(12, of=key(subgroup="conscripts"), part_of=whole.id)
    assert found(reconcile([whole, part]), "C3")[0].amount == 2


def test_reconcile_c3_a_subgroup_over_all_is_told_once() -> None:
    women = key(category="civilian", subgroup="women")
    all_ = key(category="civilian")
    figures = [f for n in (1, 2, 3) for f in (figure(10 + n, n, of=women), figure(10, n, of=all_))]
    (finding,) = found(reconcile(figures), "C3")
    assert finding.words == "women 11 are more than all 10, and on 2 later days"


def test_reconcile_c4_totals_do_not_fall_unless_revised() -> None:
    assert not found(reconcile([figure(5, 1), figure(5, 2), figure(7, 3)]), "R13")
    assert len(found(reconcile([figure(5, 1), figure(3, 2), figure(2, 3)]), "R13")) == 2


def test_reconcile_c5_categories_over_an_undivided_total() -> None:
    figures = [
        figure(60, 1),
        figure(30, 1, of=key(category="civilian")),
        figure(80, 2, of=key(category="unknown")),
    ]
    assert found(reconcile(figures), "C5")[0].amount == 10
    assert not found(reconcile([*figures[:-1], figure(90, 2, of=key(category="unknown"))]), "C5")


def test_reconcile_c6_own_and_enemy_totals_stand_side_by_side() -> None:
    account = reconcile([figure(100), figure(450, 2, of=key(reporter="Kestria", line="enemy"))])
    (finding,) = found(account, "C6")
    assert finding.words == "the enemy counts 450, the side itself 100: 4.5 times"


def test_reconcile_c7_a_period_over_days_already_reported() -> None:
    account = reconcile([figure(5, 3, "new"), figure(9, 4, "new", days=2)])
    assert found(account, "C7")[0].amount == 1
    assert not found(reconcile([figure(5, 3, "new"), figure(9, 5, "new", days=2)]), "C7")


def test_reconcile_c8_nothing_counts_days_after_its_publication() -> None:
    assert len(found(reconcile([figure(5, 4, known=3)]), "C8")) == 1
    assert not found(reconcile([figure(5, 4, known=4)]), "C8")


def test_reconcile_an_earlier_war_is_a_series_apart_and_in_no_total() -> None:
    account = reconcile([figure(30_000, background=True), figure(50), figure(4, of=key("Kestria"))])
    assert account.totals[0].parts == (50, 4)
    assert sum(series.is_background for series in account.series) == 1


def test_reconcile_totals_from_different_starts_share_new_figures() -> None:
    from_start = key(epoch=day(1))
    account = reconcile([figure(23, 4, "new"), figure(555, 4, of=from_start)])
    (series,) = account.series
    assert [p.count.low for p in series.points if p.is_derived] == [532]


def test_reconcile_one_text_read_twice_is_one_figure() -> None:
    once = figure(5, id="same", known=3)
    again = replace(once, known=day(2), source="other outlet")
    for order in ([once, again], [again, once]):
        (point,) = reconcile(order).series[0].points
        assert (point.known, point.figure_ids) == (day(2), ("same",))


def test_reconcile_order_of_arrival_does_not_matter() -> None:
    figures = [
        incident(4, 1),
        incident(6, 1, None),
        figure(23, 4, "new"),
        figure(555, 4),
        figure(560, 4, known=6),
        figure(31, 3, of=key("Kestria", reporter="", category="civilian")),
        figure(9, 2, dated=False),
        figure(9, 3, dated=False),
    ]
    kept_back = [withholding("Kestria")]
    first = reconcile(figures, kept_back)
    for seed in range(20):
        Random(seed).shuffle(figures)
        assert reconcile(figures, kept_back) == first
