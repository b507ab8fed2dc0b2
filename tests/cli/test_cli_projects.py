"""The commands of projects: each with one good and one wrong input, over two wars in one ledger."""

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import open_ledger
from counterclaim.lexicon.conflicts import read_conflict
from tests.ledger.wars import COAST, TEXTS, VALLEY


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def failure(*arguments: str) -> str:
    done = run(*arguments)
    assert isinstance(done.exception, CounterclaimError), done.output
    return str(done.exception)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wars")
    for name, (words, _) in TEXTS.items():
        (made / f"{name}.txt").write_text(words, "utf-8")
    (made / "valley.toml").write_bytes(VALLEY)
    (made / "coast.toml").write_bytes(COAST)
    return made


@pytest.fixture(scope="module")
def kept(folder: Path) -> str:
    path = str(folder / "kept.db")
    assert run("init", "--ledger", path).exit_code == 0
    added = run("project", "add", str(folder / "valley.toml"), "--by", "Ada", "--ledger", path)
    assert added.exit_code == 0, added.output
    for name in ("valley", "coast"):
        day = TEXTS[name][1].isoformat()
        done = run("add", str(folder / f"{name}.txt"), "--published", day, "--ledger", path)
        assert done.exit_code == 0, done.output
    added = run("project", "add", str(folder / "coast.toml"), "--ledger", path)
    assert "coast: The coast war; 1 report at hand is of it" in added.output
    return path


def rows(kept: str, *arguments: str) -> list[dict[str, object]]:
    done = run(*arguments, "--format", "jsonl", "--ledger", kept)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_cli_project_list_tells_what_is_followed_and_what_ships(kept: str) -> None:
    told = {row["id"]: row for row in rows(kept, "project", "list")}
    assert told["valley"]["reports"] == 1
    assert told["valley"]["sides"] == "Ardenia against Kestria"
    assert told["sudan"]["state"] == "ships, not added"
    assert "Sudan, since 2023" in run("project", "list", "--ledger", kept).output


def test_cli_project_show_tells_why_a_report_is_of_it(kept: str) -> None:
    done = run("project", "show", "valley", "--ledger", kept)
    assert "speaks of both sides: Ardenia, Kestria" in done.output
    assert "side B: Kestria" in done.output
    (row,) = rows(kept, "project", "show", "valley")
    assert isinstance(row["documents"], list)
    assert "did you mean valley" in failure("project", "show", "vally", "--ledger", kept)


@pytest.mark.parametrize(
    "command",
    [
        ("claims",),
        ("incidents",),
        ("search", "killed"),
        ("export", "claims"),
        ("export", "figures"),
        ("export", "documents"),
        ("export", "incidents"),
    ],
    ids=" ".join,
)
def test_cli_lists_are_of_one_project(kept: str, command: tuple[str, ...]) -> None:
    every = [json.dumps(row) for row in rows(kept, *command)]
    parts = [
        {json.dumps(row) for row in rows(kept, *command, "--project", name)}
        for name in ("valley", "coast")
    ]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert parts[0] | parts[1] == set(every)
    wrong = failure(*command, "--project", "cost", "--ledger", kept)
    assert "did you mean coast" in wrong


def test_cli_news_is_of_one_project(kept: str) -> None:
    since = ("diff", "--since", "2020-01-01")
    every = rows(kept, *since)
    parts = [rows(kept, *since, "--project", name) for name in ("valley", "coast")]
    told = [{str(row["what"]) for row in part} for part in parts]
    assert any("Kestria" in what for what in told[0])
    assert not any("Thelia" in what for what in told[0])
    assert any("Thelia" in what for what in told[1])
    assert sum(map(len, parts)) == len(every)
    assert "did you mean coast" in failure(*since, "--project", "cost", "--ledger", kept)


@pytest.mark.parametrize("command", ["positions", "ceasefires"])
def test_cli_lives_know_no_unknown_project(kept: str, command: str) -> None:
    assert run(command, "--project", "coast", "--ledger", kept).exit_code == 0
    assert "did you mean coast" in failure(command, "--project", "cost", "--ledger", kept)


def test_cli_accounts_are_of_one_project(kept: str, folder: Path) -> None:
    told = {
        name: run(
            "casualties", "--project", name, "--ledger", kept, "--format", "csv"
        ).stdout.splitlines()
        for name in ("valley", "coast")
    }
    assert any("12" in line for line in told["valley"])
    assert not any("Thelia" in line for line in told["valley"])
    assert any("Thelia" in line for line in told["coast"])
    wrong = failure("casualties", str(folder / "valley.txt"), "--project", "valley")
    assert "leave the sources out" in wrong


def test_cli_publishes_one_project(kept: str, tmp_path: Path) -> None:
    done = run(
        *("publish", str(tmp_path / "site"), "--all", "--account", "all", "--no-charts"),
        *("--project", "valley", "--ledger", kept),
    )
    assert done.exit_code == 0, done.output
    words = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "Kestria" in words
    assert "Thelia" not in words
    assert "of the project valley alone" in words


def test_cli_added_to_a_project_is_read_with_its_file_and_stays(
    kept: str, folder: Path, tmp_path: Path
) -> None:
    text = tmp_path / "war.txt"
    text.write_text("The Kestrians said that 3 of their soldiers were killed on Monday.\n", "utf-8")
    done = run("add", str(text), "--project", "valley", "--ledger", kept)
    assert done.exit_code == 0, done.output
    with open_ledger(kept) as ledger:
        document = ledger.documents().rows[0].id
        (own,) = ledger.projects.of_document(document)
        filed = ledger.document(document)
        assert (own.joined, own.basis, own.why) == (True, "by hand", "added to it")
        assert filed.signature["conflict/valley"] == ledger.projects.card("valley").digest[:12]
        assert {party.root for claim in filed.claims for party in claim.speakers} == {"Kestria"}
    out = run("project", "unassign", document, "valley", "--reason", "a test", "--ledger", kept)
    assert f"{document} is not in valley, by local" in out.output
    again = run("add", str(text), "--project", "valley", "--ledger", kept)
    assert again.exit_code == 0
    with open_ledger(kept) as ledger:
        assert ledger.projects.of_document(document)[0].joined is False
    back = run("project", "assign", document, "valley", "--ledger", kept)
    assert f"{document} is in valley" in back.output
    run("project", "unassign", document, "valley", "--ledger", kept)
    assert "no project is called" in failure(
        "add", str(text), "--project", "vall", "--ledger", kept
    )


def test_cli_a_shipped_file_is_named_where_no_project_has_its_name(kept: str) -> None:
    wrong = failure("claims", "--project", "sudan", "--ledger", kept)
    assert "project add sudan" in wrong


def test_cli_project_new_writes_a_file_to_check(kept: str, folder: Path, tmp_path: Path) -> None:
    with open_ledger(kept) as ledger:
        ids = [card.id for card in ledger.documents().rows]
    path = tmp_path / "war.toml"
    reports = [*ids, str(folder / "both.txt")]
    done = run("project", "new", "war", *reports, "--output", str(path), "--ledger", kept)
    assert done.exit_code == 0, done.output
    content = path.read_bytes()
    conflict = read_conflict(content, "war")
    assert {member.party.root for member in conflict.members} >= {"Ardenia", "Thelia"}
    assert f"Proposed from {len(reports)} reports".encode() in content
    assert tomllib.loads(content.decode())["name"] == "war"
    assert "is there already" in failure(
        "project", "new", "war", *ids, "--output", str(path), "--ledger", kept
    )
    added = run("project", "add", str(path), "--name", "again", "--ledger", str(kept))
    assert added.exit_code == 0, added.output
