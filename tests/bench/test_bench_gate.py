"""The gate: what is read off forty reports of the corpus keeps to its bounds, and worse readings do not."""

import copy
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from bench.findings import MOUTH
from bench.gate import gate_reports, judge_figures, load_plan, measure
from bench.tasks import ledger

Row = dict[str, Any]
Rows = Mapping[str, Row]


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return load_plan()


@pytest.fixture(scope="module")
def reports(plan: dict[str, Any]) -> list[Row]:
    return gate_reports(plan["reports"])


@pytest.fixture(scope="module")
def rows(reports: list[Row]) -> Rows:
    found: dict[str, Row] = {}

    def read(row: Row) -> Row:
        found[row["id"]] = ledger(row)
        return found[row["id"]]

    measure(reports, read)
    return found


def test_gate_readings_keep_to_every_bound(
    reports: list[Row], rows: Rows, plan: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    figures = judge_figures(measure(reports, lambda row: rows[row["id"]]), plan)
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(f"{figure}\n" for figure in figures))
    assert all(figure.holds for figure in figures), "\n".join(map(str, figures))


def empty(*layers: str) -> Callable[[Row], None]:
    def break_row(row: Row) -> None:
        for layer in layers:
            row[layer] = []

    return break_row


def misattribute(row: Row) -> None:
    for finding in row["findings"]:
        for voice in finding["voices"]:
            if finding["status"] in MOUTH and voice["party"]:
                voice["party"] = "Nobody of This War"


def misjudge(row: Row) -> None:
    for figure in row["casualties"]:
        figure["category"], figure["scope"] = "mixed", "new"


def add_sides(row: Row) -> None:
    row["parties"] += [{"party": name, "side": "A"} for name in ("Geneva", "Onlooker")]


def cut_contents(row: Row) -> None:
    for claim in row["claims"]:
        claim["span"] = [0, 1]


def retype(row: Row) -> None:
    for event in row["events"]:
        event["type"] = "PROTEST"


@pytest.mark.parametrize(
    ("break_row", "shut"),
    [
        (misattribute, "false words in a mouth, share of findings"),
        (empty("findings"), "own acts told, share found"),
        (add_sides, "sides, precision"),
        (empty("parties"), "sides, recall"),
        (cut_contents, "claims full, F1"),
        (misjudge, "casualties every field, F1"),
        (retype, "events type, F1"),
    ],
)
def test_gate_shuts_on_a_broken_reading(
    reports: list[Row],
    rows: Rows,
    plan: dict[str, Any],
    break_row: Callable[[Row], None],
    shut: str,
) -> None:
    broken = copy.deepcopy(dict(rows))
    for row in broken.values():
        break_row(row)
    figures = judge_figures(measure(reports, lambda row: broken[row["id"]]), plan)
    assert shut in {figure.name for figure in figures if not figure.holds}


def test_gate_says_which_reports_are_not_there() -> None:
    with pytest.raises(ValueError, match="not in the corpus' dev part: \\['zz999'\\]"):
        gate_reports(["zz999"])


def test_gate_wants_a_bound_for_every_figure(plan: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="different figures"):
        judge_figures({"claims full, F1": 1.0}, plan)
