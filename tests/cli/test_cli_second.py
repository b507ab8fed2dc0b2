"""The command line asks a second reader only when told to, says so, and keeps its key to itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counterclaim.proposals.settings import KEY_FILE_VARIABLE, KEY_VARIABLE
from tests.endpoint import Reply, proposals, serving, speech

REPORT = "Ardenia said that Kestria had shelled Ost. Kestria lost 23 soldiers in the raid.\n"
DENIES = proposals(speech(1, "Ardenia", "said", "Kestria had shelled Ost", "deny"))
SECRET = "sk-tell-nobody-1234"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {KEY_VARIABLE, KEY_FILE_VARIABLE}
    }
    return subprocess.run(
        [sys.executable, "-m", "counterclaim.cli.app", *arguments],
        env={**kept, "XDG_CACHE_HOME": str(folder / "cache"), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_cli_second_reader_is_asked_and_the_program_says_so(report: Path, tmp_path: Path) -> None:
    with serving(lambda _: Reply(content=DENIES)) as endpoint:
        first = ("read", str(report), "--format", "json")
        second = (*first, "--second-reader", endpoint.url, "--model", "tiny")
        alone = run(tmp_path, *first, "-o", str(tmp_path / "alone.json"))
        assert (alone.returncode, endpoint.bodies) == (0, []), "without a flag nothing leaves"
        both = run(tmp_path, *second, "-o", str(tmp_path / "both.json"), **{KEY_VARIABLE: SECRET})
        assert both.returncode == 0, both.stderr
        again = run(tmp_path, *second)
        assert len(endpoint.bodies) == 1, "the reply is kept"
        run(tmp_path, *second, "--fresh")
        assert len(endpoint.bodies) == 2
    host = endpoint.url.removeprefix("http://").removesuffix("/v1")
    assert both.stderr.count(f"is sent to {host} (model tiny)") == 1
    assert "at most 200 calls and 500,000 tokens" in both.stderr
    assert "1 fields differ" in both.stderr
    assert "1 replies kept" in again.stderr
    written = (tmp_path / "both.json").read_text("utf-8")
    assert SECRET not in both.stderr + both.stdout + written
    for path in (tmp_path / "cache").rglob("*.json"):
        assert SECRET not in path.read_text("utf-8")
    reading = json.loads(written)
    assert reading["signature"]["second-reader"].startswith("tiny at ")
    told = [row for row in reading["claims"] if row["kind"] == "event"]
    assert told
    assert all(row["contested"] == ["stance"] for row in told)
    done = run(
        tmp_path, "compare-readings", str(tmp_path / "alone.json"), str(tmp_path / "both.json")
    )
    assert done.returncode == 0, done.stderr
    assert "rows are alike in both" in done.stdout
    said = [row for row in reading["attributions"] if row["cue_words"] == "said"]
    assert [row["contested"] for row in said] == [["stance"]]
    assert "in both.json the readers differ  stance: " in done.stdout
    assert " | deny  in “" in done.stdout
    assert "; not counted until a person decides" in done.stdout


def test_cli_second_reader_of_the_settings_is_asked_and_can_be_left_out(
    report: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    with serving(lambda _: Reply(content=DENIES)) as endpoint:
        settings.write_text(f'[second-reader]\nurl = "{endpoint.url}"\nmodel = "tiny"\n', "utf-8")
        settings.chmod(0o600)
        named = {"COUNTERCLAIM_SETTINGS": str(settings), "COUNTERCLAIM_SECOND_READER": ""}
        read = ("read", str(report), "--format", "json")
        both = run(tmp_path, *read, **named)
        assert both.returncode == 0, both.stderr
        assert f"as {settings} says" in both.stderr
        assert json.loads(both.stdout)["signature"]["second-reader"].startswith("tiny at ")
        asked = len(endpoint.bodies)
        alone = run(tmp_path, *read, "--second-reader", "none", **named)
        assert (alone.returncode, len(endpoint.bodies), asked) == (0, 1, 1)
        assert "second-reader" not in json.loads(alone.stdout)["signature"]
        ledger = str(tmp_path / "kept.db")
        assert run(tmp_path, "init", "-l", ledger).returncode == 0
        added = run(tmp_path, "add", str(report), "-l", ledger, **named)
        assert added.returncode == 0, added.stderr
        assert "model tiny" in added.stderr
        many = run(tmp_path, "add", str(report), "-l", ledger, "--workers", "2", **named)
        assert many.returncode == 2
        assert "--second-reader none" in many.stderr


def test_cli_a_silent_second_reader_is_told(report: Path, tmp_path: Path) -> None:
    with serving(lambda _: Reply(content=b"not json")) as endpoint:
        done = run(tmp_path, "read", str(report), "--second-reader", endpoint.url, "--model", "m")
    assert done.returncode == 0
    assert "report.txt: the second reader did not read 1 of the report's stretches" in done.stderr


def test_cli_readings_that_differ_are_told_field_by_field(report: Path, tmp_path: Path) -> None:
    with serving(lambda _: Reply(content=DENIES)) as endpoint:
        second = ("read", str(report), "--format", "json", "--second-reader", endpoint.url)
        for name, policy in (("a.json", "first-wins"), ("b.json", "second-wins-when-grounded")):
            run(tmp_path, *second, "--model", "m", "--policy", policy, "-o", str(tmp_path / name))
    done = run(tmp_path, "compare-readings", str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    assert done.returncode == 0, done.stderr
    assert "differs  stance: " in done.stdout
    assert " | deny  in “said: Kestria had shelled Ost”" in done.stdout
    assert "read by m at 127.0.0.1_" in done.stdout


def test_cli_readings_of_two_texts_are_not_compared(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Kestria denied it had shelled Ost.", "utf-8")
    for path in (report, other):
        run(tmp_path, "read", str(path), "--format", "json", "-o", f"{path}.json")
    done = run(tmp_path, "compare-readings", f"{report}.json", f"{other}.json")
    assert (done.returncode, "different texts" in done.stderr) == (2, True)
    done = run(tmp_path, "compare-readings", str(report), f"{other}.json")
    assert (done.returncode, "read --format json" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--model", "tiny"), "add --second-reader URL"),
        (("--second-reader", "http://127.0.0.1:9/v1"), "--model NAME"),
        (("--second-reader", "127.0.0.1", "--model", "m"), "begins with http"),
        (
            ("--second-reader", "http://127.0.0.1:9/v1", "--model", "m", "--policy", "x"),
            "choose one of",
        ),
    ],
)
def test_cli_second_reader_told_wrongly_says_what_to_do(
    arguments: tuple[str, ...], why: str, report: Path, tmp_path: Path
) -> None:
    done = run(tmp_path, "read", str(report), *arguments)
    assert done.returncode == 2
    assert why in done.stderr


def test_cli_workbench_checks_its_second_reader_before_it_opens(tmp_path: Path) -> None:
    ledger = str(tmp_path / "kept.db")
    run(tmp_path, "init", "--ledger", ledger)
    done = run(tmp_path, "serve", "--ledger", ledger, "--second-reader", "http://127.0.0.1:9/v1")
    assert (done.returncode, "--model NAME" in done.stderr) == (2, True)


def test_cli_ledger_keeps_that_the_text_was_sent(report: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "kept.db")
    run(tmp_path, "init", "--ledger", ledger)
    with serving(lambda _: Reply(content=DENIES)) as endpoint:
        second = ("--second-reader", endpoint.url, "--model", "tiny", "--ledger", ledger)
        done = run(tmp_path, "add", str(report), *second, **{KEY_VARIABLE: SECRET})
        assert done.returncode == 0, done.stderr
        assert "1 new" in done.stdout
        refused = run(tmp_path, "add", str(report), *second, "--workers", "2")
    assert (refused.returncode, "leave --workers out" in refused.stderr) == (2, True)
    content = Path(ledger).read_bytes()
    assert b"tiny at 127.0.0.1_" in content
    assert SECRET.encode() not in content
