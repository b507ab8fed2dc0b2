"""The measuring interface: rows in, rows out, in order, and never stopped by one bad row."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bench.rows import run_task
from bench.tasks import TASKS

TEXT = (
    "Armenia’s defence ministry said on Tuesday that Azerbaijani drones had shelled the town of "
    "Vardenis, killing two soldiers. Azerbaijan denied striking any target inside Armenia and has "
    "yet to disclose its own losses."
)


def rows(
    tmp_path: Path, task: str, given: list[dict[str, Any]]
) -> tuple[int, list[dict[str, Any]]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in given), "utf-8")
    code = run_task(task, source, target, 1)
    return code, [json.loads(line) for line in target.read_text("utf-8").splitlines()]


def words(span: list[int]) -> str:
    return TEXT[slice(*span)]


def test_bench_ledger_gives_the_gold_form(tmp_path: Path) -> None:
    code, [row] = rows(tmp_path, "ledger", [{"id": "a", "text": TEXT, "date": "2020-09-30"}])
    assert code == 0
    assert row["id"] == "a"
    [figure] = row["casualties"]
    assert (figure["value_low"], figure["kind"], figure["victim_side"]) == (2, "killed", "Armenia")
    assert {words(claim["cue_span"]) for claim in row["claims"]} >= {"said", "denied"}
    [withheld] = row["undisclosed"]
    assert withheld["party"] == "Azerbaijan"


@pytest.mark.parametrize("task", ["attribution", "claims-only"])
def test_bench_attribution_gives_spans_of_the_text(tmp_path: Path, task: str) -> None:
    code, [row] = rows(tmp_path, task, [{"doc_id": "a", "text": TEXT}])
    assert code == 0
    cues = {words(cue) for item in row["attributions"] for cue in item["cue"]}
    assert any("said" in cue for cue in cues)
    assert any("denied" in cue for cue in cues)


def test_bench_times_give_timex_values(tmp_path: Path) -> None:
    code, [row] = rows(tmp_path, "times", [{"id": "a", "text": TEXT, "dct": "2020-09-30"}])
    assert code == 0
    assert [(words(item["span"]), item["value"]) for item in row["times"]] == [
        ("Tuesday", "2020-09-29")
    ]


def test_bench_events_take_a_bare_sentence(tmp_path: Path) -> None:
    given = {"id": "a", "text": "Rebels shelled the town of Vardenis."}
    code, [row] = rows(tmp_path, "events", [given])
    assert code == 0
    assert [event["type"] for event in row["events"]] == ["ASSAULT"]


def test_bench_goes_on_after_a_bad_row_and_says_so(tmp_path: Path) -> None:
    code, done = rows(
        tmp_path, "ledger", [{"id": "bad", "text": None}, {"id": "good", "text": TEXT}]
    )
    assert code == 1
    assert [row["id"] for row in done] == ["bad", "good"]
    assert done[0]["error"]
    assert "error" not in done[1]


def test_bench_has_the_tasks_that_others_call() -> None:
    assert {
        "ledger",
        "attribution",
        "claims-only",
        "events",
        "places",
        "times",
        "discussion",
    } <= set(TASKS)


def test_bench_places_resolve_exactly_the_mentions_given(tmp_path: Path) -> None:
    text = "Shells fell on Vardenis and on Sotk, said people near the Ostvik Hospital."
    spans = [[text.index(name), text.index(name) + len(name)] for name in ("Sotk", "Vardenis")]
    unknown = [text.index("Ostvik"), text.index("Hospital") + len("Hospital")]
    given = {"id": "a", "text": text, "mentions": [*spans, unknown]}
    code, [row] = rows(tmp_path, "places", [given])
    assert code == 0
    assert [place["span"] for place in row["places"]] == [*spans, unknown]
    assert [place["name"] for place in row["places"]] == ["Sotk", "Vardenis", "Ostvik Hospital"]
    assert {place["country"] for place in row["places"]} == {"AM"}
    assert abs(row["places"][1]["lat"] - 40.18) < 0.1


def test_bench_places_without_mentions_finds_them(tmp_path: Path) -> None:
    code, [row] = rows(tmp_path, "places", [{"id": "a", "text": TEXT}])
    assert code == 0
    assert "Vardenis" in [place["name"] for place in row["places"]]


def test_bench_refuses_mentions_outside_the_text(tmp_path: Path) -> None:
    code, [row] = rows(tmp_path, "places", [{"id": "a", "text": "Ost.", "mentions": [[0, 9]]}])
    assert code == 1
    assert "within the text's 4 characters" in row["error"]


def test_bench_rows_end_at_line_feeds_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"id": "a", "text": "It began on Tuesday.\u2028It ended.", "dct": "2020-09-30"}
    source.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert run_task("times", source, target, 1) == 0
    [line] = target.read_text("utf-8").strip().split("\n")
    assert [item["value"] for item in json.loads(line)["times"]] == ["2020-09-29"]


def test_bench_starts_without_the_extras_of_single_measurements() -> None:
    program = (
        "import sys; sys.modules.update({'duckdb': None, 'textacy': None, 'playwright': None, 'ray': None});"
        "import bench.__main__"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
