"""The commands of the ledger, each with one good and one wrong input."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError

REPORT = (
    "Azerbaijan admitted launching airstrikes inside Armenia on Wednesday. Armenia's defence ministry denied that it has "
    "been firing inside Azerbaijan. Azerbaijan reported 42 civilians killed, and Baku has yet to disclose its military "
    "casualties. Turkey demanded that Armenia withdraw. A ceasefire brokered by Russia was agreed on Saturday.\n"
)


TRUCE = (
    ("2014-08-04", "Egypt brokered a 72-hour truce between Israel and Hamas starting on Tuesday."),
    ("2014-08-05", "The 72-hour truce between Israel and Hamas took effect on Tuesday."),
    ("2014-08-06", "Israel accused Hamas of breaking the 72-hour truce between Israel and Hamas."),
    ("2014-08-06", "Israel demanded that Hamas free the captured soldier."),
    ("2014-08-07", "Hamas refused to free the captured soldier, it told Israel."),
    ("2014-08-12", "Israel and Hamas spoke of other matters."),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "reports" / "deep").mkdir(parents=True)
    (folder / "reports" / ".hidden").mkdir()
    (folder / "reports" / "deep" / "a.txt").write_text(REPORT, "utf-8")
    (folder / "reports" / ".hidden" / "b.txt").write_text(REPORT * 2, "utf-8")
    (folder / "reports" / "picture.png").write_bytes(b"\x89PNG")
    path = folder / "kept.db"
    assert run("init", "--ledger", str(path)).exit_code == 0
    done = run("add", str(folder / "reports"), "--ledger", str(path))
    assert done.exit_code == 0, done.output
    assert "1 new" in done.output
    return path


def rows(kept: Path, *arguments: str) -> list[dict[str, object]]:
    done = run(*arguments, "--format", "jsonl", "--ledger", str(kept))
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_cli_add_again_adds_nothing(kept: Path) -> None:
    done = run("add", str(kept.parent / "reports"), "--ledger", str(kept))
    assert done.output.strip() == "1 known"


def test_cli_add_by_workers_makes_the_ledger_of_one_process(tmp_path: Path) -> None:
    source = tmp_path / "reports.jsonl"
    texts = [text for _, text in TRUCE] + [REPORT, TRUCE[1][1]]
    lines = [
        json.dumps({"text": text, "published": "2014-08-05", "id": number})
        for number, text in enumerate(texts)
    ]
    source.write_text("\n".join([*lines[:3], "{", *lines[3:]]), "utf-8")
    shown = []
    for workers in ("1", "2"):
        path = tmp_path / f"{workers}.db"
        run("init", "-l", str(path))
        done = run("add", str(source), "-l", str(path), "--workers", workers)
        assert done.exit_code == 2, done.output
        kept = [rows(path, command) for command in ("incidents", "ceasefires", "positions")]
        for row in kept[0]:
            del row["recorded_at"]
        claims = [row["id"] for row in rows(path, "export")]
        shown.append((done.output.replace(str(path), ""), kept, claims))
        assert run("ledger", "verify", "-l", str(path)).exit_code == 0
        assert run("add", str(source), "-l", str(path), "--workers", workers).exit_code == 2
        assert [row["id"] for row in rows(path, "export")] == claims
    assert shown[0] == shown[1]


def test_cli_add_names_what_failed_and_keeps_it(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    run("init", "-l", str(path))
    mixed = tmp_path / "mixed.jsonl"
    good = {"text": REPORT, "published": "2020-10-14", "outlet": "The Bugle", "id": 7}
    lines = [
        json.dumps(good),
        "{",
        '{"text": 3}',
        json.dumps({**good, "published": "soon", "id": 8}),
        "",
    ]
    mixed.write_text("\n".join(lines), "utf-8")
    done = run("add", str(mixed), str(tmp_path / "none.txt"), "-l", str(path))
    assert done.exit_code == 2
    assert "1 new, 4 failed" in done.output
    assert "line 2: it is not a JSON object" in done.output
    assert "'soon' is not a day" in done.output
    problems = rows(path, "ledger", "problems")
    assert {row["source"] for row in problems} == {
        "mixed.jsonl#2",
        "mixed.jsonl#3",
        "mixed.jsonl#8",
        "none.txt",
    }
    (document,) = rows(path, "export", "documents")
    assert (document["name"], document["outlet"]) == ("mixed.jsonl#7", "The Bugle")


def test_cli_incidents_lists_and_shows_one(kept: Path) -> None:
    listed = rows(kept, "incidents")
    assert {"event", "casualty", "ceasefire"} <= {row["kind"] for row in listed}
    one = str(next(row["id"] for row in listed if row["status"] == "admitted"))
    shown = run("incidents", one, "--ledger", str(kept))
    assert "rule" in shown.output
    assert "Azerbaijan" in shown.output
    (whole,) = json.loads(run("incidents", one, "-f", "json", "-l", str(kept)).stdout)
    assert whole["findings"]
    assert whole["members"]


def test_cli_incidents_as_known_on_a_day(kept: Path) -> None:
    assert rows(kept, "incidents", "--known-on", "2020-01-01") == []
    assert rows(kept, "incidents", "--recorded-by", "2020-01-01") == []


def test_cli_ceasefires_counts_by_broker(kept: Path) -> None:
    done = run("ceasefires", "--ledger", str(kept))
    assert "agreed, by broker: Russia: 1" in done.output


@pytest.fixture(scope="module")
def truce(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("truce") / "kept.db"
    reports = path.parent / "reports.jsonl"
    lines = [
        json.dumps({"text": text, "published": day, "outlet": f"Paper {number}", "id": number})
        for number, (day, text) in enumerate(TRUCE)
    ]
    reports.write_text("\n".join(lines), "utf-8")
    run("init", "-l", str(path))
    assert run("add", str(reports), "-l", str(path)).exit_code == 0
    return path


def test_cli_ceasefires_shows_a_life_step_by_step(truce: Path) -> None:
    (life,) = rows(truce, "ceasefires")
    told = [(step["day"], step["told"], step["by"]) for step in life["steps"]]  # type: ignore[attr-defined]
    assert told == [
        ("2014-08-04", "agreed", "Paper 0"),
        ("2014-08-05", "in force", "Paper 1"),
        ("2014-08-06", "alleged broken", "Israel, against Hamas"),
    ]
    assert (life["parties"], life["brokers"], life["state"]) == (
        ["Hamas", "Israel"],
        ["Egypt"],
        "in force",
    )
    assert life["start"] == "2014-08-05"


def test_cli_ceasefires_expire_when_their_terms_have_run_out(truce: Path) -> None:
    (life,) = rows(truce, "ceasefires", "--known-on", "2014-08-12")
    assert (life["state"], life["state_since"]) == ("expired", "2014-08-08")


def test_cli_ceasefires_prints_each_life_and_the_count(truce: Path) -> None:
    shown = run("ceasefires", "-l", str(truce)).output
    assert "Hamas – Israel, 72-hour, from 2014-08-05: in force" in shown
    assert "alleged broken" in shown
    assert "agreed, by broker: Egypt: 1" in shown
    assert rows(truce, "ceasefires", "--party", "Kestria") == []


def test_cli_ceasefires_write_csv(truce: Path) -> None:
    shown = run("ceasefires", "--format", "csv", "-l", str(truce)).output
    (row,) = csv.DictReader(io.StringIO(shown))
    assert row["brokers"] == "Egypt"
    assert "alleged broken" in row["steps"]


def test_cli_positions_have_their_answers(truce: Path) -> None:
    demand = next(row for row in rows(truce, "positions") if row["act"] == "demand")
    assert demand["answers"] == ["Hamas refuses 2014-08-07"]


def test_cli_positions_and_search(kept: Path) -> None:
    (position,) = rows(kept, "positions", "--party", "Turkey")
    assert position["act"] == "demand"
    assert position["answers"] == ["unanswered"]
    assert rows(kept, "search", "airstrikes")
    assert rows(kept, "search", "nowhere") == []


def test_cli_diff_tells_what_is_new(kept: Path) -> None:
    kinds = {row["kind"] for row in rows(kept, "diff", "--since", "2020-01-01")}
    assert {"document", "figure", "denial", "ceasefire", "incident"} <= kinds


def test_cli_judge_puts_a_decision_beside_the_row(kept: Path) -> None:
    claim = str(rows(kept, "search", "civilians")[0]["id"])
    done = run(
        "judge", claim, "verified_visual", "--by", "Ada", "--evidence", "photo 3", "-l", str(kept)
    )
    assert done.exit_code == 0, done.output
    assert "judgement" in {row["kind"] for row in rows(kept, "diff", "--since", "2020-01-01")}


def test_cli_export_writes_every_claim(kept: Path, tmp_path: Path) -> None:
    claims = rows(kept, "export")
    target = tmp_path / "claims.csv"
    run("export", "-f", "csv", "-o", str(target), "-l", str(kept))
    flat = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    assert [row["id"] for row in flat] == [row["id"] for row in claims]
    notation = run("export", "-f", "notation", "-l", str(kept)).stdout.splitlines()
    assert len(notation) == len(claims)


def test_cli_ledger_is_proved_counted_copied(kept: Path, tmp_path: Path) -> None:
    proved = run("ledger", "verify", "-l", str(kept))
    assert proved.exit_code == 0, proved.output
    seal = next(word for word in proved.output.split() if len(word) == 64)
    target = tmp_path / "copy.db"
    assert run("ledger", "backup", str(target), "-l", str(kept)).exit_code == 0
    assert run("ledger", "verify", "--expect", seal, "-l", str(target)).exit_code == 0
    assert run("ledger", "verify", "--expect", "f" * 64, "-l", str(target)).exit_code == 1
    assert rows(target, "export") == rows(kept, "export")
    counted = {row["what"]: row["number"] for row in rows(target, "ledger", "stats")}
    assert counted["documents"] == 1
    assert "nothing to do" in run("ledger", "migrate", "-l", str(target)).output
    assert "nothing to do" in run("ledger", "reread", "-l", str(target)).output
    assert run("ledger", "reindex", "-l", str(target)).exit_code == 0


def test_cli_ledger_is_found_by_the_environment(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERCLAIM_LEDGER", str(kept))
    assert run("ledger", "stats").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["init"], "nothing was changed"),
        (["incidents", "i-000000000000"], "no such row"),
        (["incidents", "--format", "pdf"], "choose one of"),
        (["incidents", "--from", "soon"], "2020-10-14"),
        (["incidents", "--known-on", "2020-01-01", "--recorded-by", "2020-01-01"], "not both"),
        (["ceasefires", "--known-on", "soon"], "2020-10-14"),
        (["positions", "--format", "x"], "choose one of"),
        (["search", "--", "-"], "one word or more"),
        (["diff", "--since", "soon"], "2020-10-14"),
        (["export", "everything"], "choose one of"),
        (["export", "figures", "-f", "notation"], "holds claims"),
        (["judge", "c-000000000000", "true", "--by", "Ada"], "choose one of"),
        (["judge", "c-000000000000", "note", "--by", "Ada", "--reason", "x"], "no such row"),
        (["watch", "none.toml"], "cannot be read"),
        (["ledger", "backup", "."], "already"),
    ],
)
def test_cli_ledger_wrong_input_is_told(kept: Path, arguments: list[str], why: str) -> None:
    done = run(*arguments, *([] if "--" in arguments else ["--ledger", str(kept)]))
    if "--" in arguments:
        done = run(arguments[0], "--ledger", str(kept), *arguments[1:])
    assert done.exit_code != 0
    assert isinstance(done.exception, CounterclaimError)
    assert why in str(done.exception)
    assert "\n" not in str(done.exception)


@pytest.mark.parametrize("command", ["incidents", "add", "ledger"])
def test_cli_without_a_ledger_says_how_to_make_one(tmp_path: Path, command: str) -> None:
    words = {"add": ["add", "x.txt"], "ledger": ["ledger", "verify"]}.get(command, [command])
    done = run(*words, "--ledger", str(tmp_path / "none.db"))
    assert "counterclaim init" in str(done.exception)


def test_cli_csv_cells_are_no_formulas() -> None:
    from counterclaim.export.separated import write_csv

    stream = io.StringIO()
    write_csv([{"a": "=1+1", "b": -3, "c": ["x", "y"]}], stream)
    assert stream.getvalue() == "a,b,c\n'=1+1,-3,x; y\n"
