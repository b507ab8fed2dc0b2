"""What is really read: pages sifted, rows of a reading, readings whole again, the commands."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.archive.items import ArchiveItem
from counterclaim.archive.loading import read_back
from counterclaim.archive.rows import ArchivedDocument, filing_day, reading_rows, settled
from counterclaim.archive.schema import BY_DAY, COLUMNS
from counterclaim.archive.sift import sift
from counterclaim.cli.app import app
from counterclaim.copies.prints import take_print
from counterclaim.errors import CounterclaimError
from counterclaim.gate import open_gate
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.text import Document

REPORT = (
    "Artillery of the Ardenian army shelled the town of Vardenis on Tuesday, Armenia’s defence ministry said. "
    "Azerbaijan denied that it had struck any target inside Armenia. Armenia reported 12 soldiers killed and 30 wounded. "
    "The two sides accused each other of breaking the ceasefire that Russia brokered on Saturday."
)
PEACE = (
    "The council of Ost approved a new library with 40 reading rooms. Building will begin in spring, and the mayor hopes to "
    "open it before the autumn. Residents had asked for a swimming pool instead, and some of them want a vote."
)
GERMAN = (
    "Die Armee beschoss am Dienstag die Stadt mit schwerer Artillerie, wie das Verteidigungsministerium mitteilte. Zwölf "
    "Soldaten wurden getötet und dreißig verletzt. Die Gegenseite wies den Vorwurf zurück und sprach von einer Lüge."
)


def page(text: str, head: str = "") -> bytes:
    links = "".join(f'<li><a href="/{at}">Section {at}</a></li>' for at in range(30))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>News</title>{head}</head><body><nav><ul>{links}</ul></nav>"
        f"<main><article><h1>News</h1><p>{text}</p></article></main></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("text", "reason"), [(REPORT, None), (PEACE, "not of war"), (GERMAN, "not English")]
)
def test_sift_pages_and_texts_alike(text: str, reason: str | None) -> None:
    gate = open_gate()
    markup = ArchiveItem(name="https://a.example/1", data=page(text), media_type="text/html")
    for item in (
        markup,
        ArchiveItem(name="row 1", text=text),
        ArchiveItem(name="a.txt", data=text.encode()),
    ):
        found = sift(item, gate)
        assert found.reason == reason, item.name
        assert found.name == item.name
        assert (found.opened is None) == (reason is not None)
        assert found.detail or reason is None


def test_sift_keeps_what_the_archive_knows() -> None:
    item = ArchiveItem(
        name="row 1",
        text=REPORT,
        published=date(2020, 10, 14),
        outlet="A",
        title="T",
        crawled=date(2021, 1, 1),
    )
    found = sift(item, open_gate())
    assert found.opened is not None
    document = found.opened.document
    assert (document.name, document.published, document.outlet, document.title) == (
        "row 1",
        item.published,
        "A",
        "T",
    )


def test_sift_a_crawl_dates_no_report() -> None:
    found = sift(ArchiveItem(name="row 1", text=REPORT, crawled=date(2021, 1, 1)), None)
    assert found.opened is not None
    assert found.opened.document.published is None
    met = ArchivedDocument(
        document=found.opened.document, mark=take_print(REPORT), crawled=date(2021, 1, 1)
    )
    assert filing_day(met) == ("2021-01-01", "crawled")


@pytest.mark.parametrize(
    "item",
    [
        ArchiveItem(name="x", text=""),
        ArchiveItem(name="x", data=b"\x89PNG\r\n", media_type="text/html"),
        ArchiveItem(name="x", data=b"<html><body></body></html>", media_type="text/html"),
        ArchiveItem(name="x", data=b"%PDF-1.4 broken", media_type="application/pdf"),
        ArchiveItem(name="x", error="it passes a limit"),
    ],
)
def test_sift_what_cannot_be_read_says_why(item: ArchiveItem) -> None:
    found = sift(item, None)
    assert found.reason == "unreadable"
    assert found.detail


@pytest.fixture(scope="module")
def rules() -> Tools:
    return load_tools(rules_only=True)


def test_rows_hold_every_column_and_nothing_else(rules: Tools) -> None:
    document = Document(text=REPORT, name="row 1", published=date(2020, 10, 14))
    reading = read_document(document, tools=rules)
    rows = reading_rows(reading, ArchivedDocument(document=document, mark=take_print(REPORT)))
    assert {len(rows.tables["claims"]), rows.tables["documents"][0]["claims"]} == {
        len(reading.claims)
    }
    assert {row["low"] for row in rows.tables["figures"]} == {12, 30}
    for table, found in rows.tables.items():
        names = {column.split(":")[0] for column in COLUMNS[table].split()} - {"item"}
        for row in found:
            assert set(row) == names | ({"day"} if table in BY_DAY else set()), table
    assert json.loads(rows.dump()) == rows.tables


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coded")
    archive = folder / "a.jsonl"
    rows = [
        {"url": "https://a.example/1", "text": REPORT, "published": "2020-10-14"},
        {"url": "https://b.example/1", "text": REPORT, "published": "2020-10-15"},
        {"url": "https://a.example/2", "text": PEACE, "published": "2020-10-14"},
        {
            "url": "https://a.example/3",
            "text": REPORT.replace("12", "15"),
            "published": "2020-10-16",
        },
    ]
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = run("code", str(archive), "--out", str(folder / "out"), "--rules-only")
    assert done.exit_code == 0, done.output
    assert "2 read, 1 copy, 1 not of war" in done.output
    return folder / "out"


def test_readings_come_back_whole(coded: Path, rules: Tools) -> None:
    document = Document(
        text=REPORT,
        name="https://a.example/1",
        published=date(2020, 10, 14),
        published_basis="given",
    )
    expected = settled(read_document(document, tools=rules))
    first, second = read_back(coded)
    assert first == expected
    assert first.signature == expected.signature
    assert [reading.document.id for reading in read_back(coded, since=date(2020, 10, 15))] == [
        second.document.id
    ]
    assert list(read_back(coded, until=date(2020, 10, 13))) == []


def test_ledger_load_files_the_readings_once(coded: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "kept.db")
    assert run("init", "--ledger", ledger).exit_code == 0
    assert (
        "1 new"
        in run("ledger", "load", str(coded), "--to", "2020-10-14", "--ledger", ledger).output
    )
    again = run("ledger", "load", str(coded), "--ledger", ledger)
    assert again.output.strip() == "1 known, 1 new"
    assert run("ledger", "verify", "--ledger", ledger).exit_code == 0


def test_archive_commands_show_what_is_there(coded: Path) -> None:
    assert "4 documents: 2 read, 1 copy, 1 not of war" in run("archive", "stats", str(coded)).output
    gone = json.loads(run("archive", "let-go", str(coded), "-f", "json").output)
    assert [(row["name"], row["reason"]) for row in gone] == [("https://a.example/2", "not of war")]
    assert (
        run("archive", "let-go", str(coded), "--reason", "quarantined").output.strip()
        == "nothing was let go"
    )
    sql = "SELECT low, name FROM figures_by_day WHERE low IN (12, 15) ORDER BY low"
    found = json.loads(run("archive", "query", str(coded), sql, "-f", "json").output)
    assert found == [
        {"low": 12, "name": "https://a.example/1"},
        {"low": 15, "name": "https://a.example/3"},
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("code", "nowhere.warc", "--out", "out"), "there is no such file or folder"),
        (("code", "a.jsonl", "--out", "out", "--no-gate", "--threshold", "1"), "not both"),
        (("archive", "stats", "nowhere"), "no manifest"),
        (("archive", "let-go", "nowhere", "--reason", "boredom"), "'boredom' is unknown"),
        (("ledger", "load", "nowhere"), "no manifest"),
        (("ledger", "load", "nowhere", "--from", "soon"), "'soon' is not a day"),
    ],
)
def test_archive_commands_say_what_to_do(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init")
    found = run(*arguments).exception
    assert isinstance(found, CounterclaimError)
    assert message in str(found)
