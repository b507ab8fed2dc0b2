"""What somebody meets in the first hour: reports without a day, adding twice, a module run by its name."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli.app import app
from counterclaim.ingest import open_document
from counterclaim.ingest.publication import day_in_head
from counterclaim.ledger import open_ledger
from counterclaim.records.time import Time
from counterclaim.service.report_view import time_words

TEXT = "Ostrava shelled the town of Brod on Friday, killing two soldiers. Ostrava denied striking Brod.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "note.txt").write_text(TEXT, "utf-8")
    (folder / "copy.txt").write_text(TEXT, "utf-8")
    assert run("init", "--ledger", str(folder / "kept.db")).exit_code == 0
    return folder


def add(folder: Path, name: str, *more: str) -> Result:
    return run("add", str(folder / name), *more, "--ledger", str(folder / "kept.db"))


def day_of(folder: Path, name: str) -> str:
    with open_ledger(str(folder / "kept.db")) as ledger:
        card = next(item for item in ledger.documents().rows if item.name == name)
        return str(card.published)


def test_cli_newcomer_adding_again_without_a_day_takes_none_back(kept: Path) -> None:
    first = add(kept, "note.txt")
    assert "without a day of publication" in first.output
    assert "note.txt" in first.output
    assert "read again" in add(kept, "note.txt", "--published", "2031-05-07").output
    again = add(kept, "note.txt")
    assert "1 known" in again.output
    assert "without a day" not in again.output
    assert day_of(kept, "note.txt") == "2031-05-07"


def test_cli_newcomer_titles_call_no_filing_day_a_day_of_report(kept: Path) -> None:
    path = str(kept / "other.db")
    run("init", "--ledger", path)
    run("add", str(kept / "copy.txt"), "--ledger", path)
    shown = run("incidents", "--ledger", path).output
    assert "Brod" in shown
    assert "reported" not in shown.replace("self-reported", "")
    assert "copy.txt" in shown
    assert "to d-" not in shown


def test_cli_newcomer_a_module_runs_by_its_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "counterclaim", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("counterclaim ")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("The Courier, 14 March 2032\nBy Jo Ferris", "2032-03-14"),
        ("March 9, 2031: the border is crossed. 10 March 2031: shelling.", "2031-03-09"),
        ("In March the fighting began, and 14 people fled.", "None"),
        ("x" * 300 + " 14 March 2032", "None"),
    ],
)
def test_cli_newcomer_a_day_in_the_head_is_pointed_at(head: str, day: str) -> None:
    assert str(day_in_head(head)) == day


def test_cli_newcomer_a_page_of_a_day_to_come_is_told_of(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html lang="en"><head><title>Shells hit Brod</title>'
        '<meta property="article:published_time" content="2099-03-15T08:00:00Z"></head>'
        f"<body><article><h1>Shells hit Brod</h1><p>{TEXT * 4}</p></article></body></html>",
        "utf-8",
    )
    opened = open_document(str(page))
    assert opened.document.published is None
    assert any(
        "2099-03-15" in item.message for item in opened.problems if item.code == "date-ahead"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("XXXX-WXX-6", "a Saturday (not dated)"),
        ("XXXX-03-11", "11 March (not dated)"),
        ("2032-03-10/2032-03-13", "2032-03-10 to 2032-03-13"),
        ("2032-03-10", "2032-03-10"),
        ("2032-03-10TNI", "2032-03-10, night"),
        ("2032-03-10TMO", "2032-03-10, morning"),
    ],
)
def test_cli_newcomer_times_are_words(value: str, words: str) -> None:
    assert time_words(Time(value)) == words
