"""What a person says of reports: day, outlet and title, whatever they say themselves."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.ingest import open_document
from counterclaim.ingest.batch import open_many
from counterclaim.ingest.publication import read_published
from counterclaim.ingest.sources import KnownOfSource, put_known
from counterclaim.pipeline.read import read_opened
from counterclaim.pipeline.resources import Tools

TEXT = "The army said that nine soldiers were killed in Ost on Wednesday and three on 12 May."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2019-09-03", (date(2019, 9, 3), "given")),
        ("2019-09-03T10:00:00Z", (date(2019, 9, 3), "given")),
        ("2019-09", (date(2019, 9, 30), "month")),
        ("2020", (date(2020, 12, 31), "year")),
        ("2019-13", None),
        ("soon", None),
    ],
)
def test_cli_day_of_publication_may_be_a_month_or_a_year(
    words: str, found: tuple[date, str] | None
) -> None:
    assert read_published(words) == found


def test_cli_a_month_leaves_relative_days_open_and_gives_the_year(tools: Tools) -> None:
    opened = open_document("note", text=TEXT, published=date(2019, 9, 30), published_basis="month")
    assert [problem.code for problem in opened.problems] == ["no-day"]
    reading = read_opened(opened, tools=tools)
    assert reading.resolution is not None
    assert [time.time.value for time in reading.resolution.times] == ["XXXX-WXX-3", "2019-05-12"]


def test_cli_what_a_person_says_is_put_over_what_a_source_says() -> None:
    opened = open_document(
        "note", text=TEXT, published=date(2019, 9, 3), outlet="Bugle", title="Old"
    )
    found = put_known(opened, KnownOfSource(date(2019, 9, 4), "given", "Herald", None)).document
    assert (found.published, found.outlet, found.title) == (date(2019, 9, 4), "Herald", "Old")
    assert put_known(opened, KnownOfSource()).document == opened.document


def test_cli_rows_may_give_a_month(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": TEXT, "published": "2019-09"}) + "\n{}\n", "utf-8")
    first, second = open_many(str(rows))
    assert first.opened is not None
    assert first.opened.document.published_basis == "month"
    assert second.error is not None


def test_cli_read_takes_rows_and_the_day(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": TEXT, "outlet": "Bugle"}) + "\n", "utf-8")
    result = CliRunner().invoke(
        app, ["read", str(rows), "--published", "2019-09-05", "--format", "json"]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["document"]["published"] == "2019-09-05"


def test_cli_add_takes_day_and_outlet(tmp_path: Path) -> None:
    note, ledger = tmp_path / "note.txt", tmp_path / "l.db"
    note.write_text(TEXT, "utf-8")
    runner = CliRunner()
    assert runner.invoke(app, ["init", "-l", str(ledger)]).exit_code == 0
    done = runner.invoke(
        app, ["add", str(note), "-l", str(ledger), "--published", "2019-09-05", "--outlet", "Bugle"]
    )
    assert done.exit_code == 0, done.output
    with closing(sqlite3.connect(ledger)) as held:
        rows = held.execute("SELECT outlet, published_basis FROM sightings").fetchall()
    assert rows == [("Bugle", "given")]


@pytest.mark.parametrize(
    "words", [["--published", "yesterday"], ["--title", "One title", "another.txt"]]
)
def test_cli_add_tells_what_is_wrong(words: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["add", "note.txt", "-l", str(tmp_path / "l.db"), *words])
    assert result.exit_code != 0
