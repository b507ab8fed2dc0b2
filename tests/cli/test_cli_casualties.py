import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError
from counterclaim.records.count import exactly
from counterclaim.service.source_account import UnmappedTableError, collect, pair

MAP = """
[table]
name = "Bulletin"
day = "date"
[defaults]
reporter = "Ardenia"
side = "Ardenia"
category = "military"
[[figure]]
number = "dead"
measure = "new"
[[figure]]
number = "total"
measure = "cumulative"
"""
TABLE = "date,dead,total\n2031-05-01,4,40\n2031-05-02,5,45\n2031-05-03,9,44\n2031-05-04,x,50\n"
REPORT = (
    "Armenia and Azerbaijan fought on Wednesday. Armenia reported another 23 military deaths on Wednesday, bringing its "
    "total military losses to 555 since the fighting began."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    (tmp_path / "daily.csv").write_text(TABLE, "utf-8")
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str, Exception | None]:
    result = CliRunner().invoke(
        app, ["casualties", *(a.replace("@", f"{folder}/") for a in arguments)]
    )
    error = result.exception if isinstance(result.exception, CounterclaimError) else None
    return result.exit_code, result.output, error


def test_cli_casualties_prints_series_findings_and_problems(folder: Path) -> None:
    code, output, _ = run(folder, "--series", "@map.toml", "@daily.csv")
    assert code == 0
    assert "R13 revision" in output
    assert "36" in output, "the total before the first new figure is derived"
    assert "daily.csv row 5, column 'dead'" in " ".join(output.split())


def test_cli_casualties_as_known_leaves_out_what_came_later(folder: Path) -> None:
    _, output, _ = run(folder, "--series", "@map.toml", "@daily.csv", "--as-known", "2031-05-02")
    assert "as known on 2031-05-02" in output
    assert "R13" not in output


def test_cli_casualties_json_lines_and_csv_hold_every_figure(folder: Path) -> None:
    _, lines, _ = run(
        folder, "--series", "@map.toml", "@daily.csv", "-f", "jsonl", "-o", "@out.jsonl"
    )
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert not lines.startswith("{")
    assert {id_ for row in rows for id_ in row["figures"]} == {
        f"daily.csv:{row}:{column}" for row in (2, 3, 4, 5) for column in ("dead", "total")
    } - {"daily.csv:5:dead"}
    run(folder, "--series", "@map.toml", "@daily.csv", "-f", "csv", "-o", "@out.csv")
    table = list(csv.DictReader(io.StringIO((folder / "out.csv").read_text("utf-8"))))
    assert [row["number"] for row in table] == [row["number"] for row in rows]


def test_cli_casualties_json_has_findings_with_their_figures(folder: Path) -> None:
    run(folder, "--series", "@map.toml", "@daily.csv", "-f", "json", "-o", "@out.json")
    account = json.loads((folder / "out.json").read_text("utf-8"))
    (revision,) = [item for item in account["findings"] if item["rule"] == "R13"]
    assert revision["figure_ids"] == ["daily.csv:3:total", "daily.csv:4:total"]


def test_cli_casualties_texts_and_tables_stand_in_one_account(folder: Path) -> None:
    meaning = (folder / "map.toml").read_text("utf-8").replace("Ardenia", "Armenia")
    (folder / "map.toml").write_text(meaning, "utf-8")
    collected = collect(
        [str(folder / "report.txt"), str(folder / "daily.csv")],
        [folder / "map.toml"],
        published=date(2031, 5, 7),
    )
    (own,) = collected.account().series
    assert {id_.partition(":")[0] for p in own.points for id_ in p.figure_ids} > {"daily.csv"}
    assert own.running == exactly(555)


def test_cli_casualties_draws_a_chart(folder: Path) -> None:
    code, output, _ = run(folder, "--series", "@map.toml", "@daily.csv", "--chart", "@out.svg")
    assert code == 0
    assert (folder / "out.svg").read_text("utf-8").startswith("<svg")
    assert "drew" in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "there is no ledger here"),
        (("@daily.csv",), "1 tables and 0 maps"),
        (("--series", "@map.toml"), "names no table"),
        (("--series", "@none.toml", "@daily.csv"), "there is no such map"),
        (("--series", "@map.toml", "@none.csv"), "there is no such table"),
        (
            ("--series", "@map.toml", "@daily.csv", "--as-known", "May"),
            "--as-known 'May' is not a day",
        ),
        (("--series", "@map.toml", "@daily.csv", "--format", "xls"), "--format 'xls' is unknown"),
        (
            ("--series", "@map.toml", "@daily.csv", "--chart", "@out.gif"),
            "name a file that ends in",
        ),
    ],
)
def test_cli_casualties_wrong_words_are_told_in_one_line(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, error = run(folder, *arguments)
    assert code
    assert error is not None
    assert words in str(error)


def test_cli_casualties_a_report_that_is_not_there_is_told_and_the_rest_goes_on(
    folder: Path,
) -> None:
    code, output, _ = run(folder, "--series", "@map.toml", "@daily.csv", "@none.txt")
    assert code == 2
    assert "Where each series stands" in output
    assert "there is no such file" in output


def test_desk_accounts_pairs_tables_with_maps() -> None:
    one, two = Path("1.toml"), Path("2.toml")
    assert pair(["a.csv", "b.csv"], [one]) == [(Path("a.csv"), one), (Path("b.csv"), one)]
    assert pair(["a.csv", "b.csv"], [one, two]) == [(Path("a.csv"), one), (Path("b.csv"), two)]
    assert pair([], [one]) == [(None, one)]
    with pytest.raises(UnmappedTableError):
        pair(["a.csv"], [one, two])
