"""The people commands: accounts without a password on the command line, one-line errors."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli.app import app
from counterclaim.ledger import open_ledger
from counterclaim.records.people import WorkbenchUser

WORDS = "four plain words here"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("counterclaim.ledger.passwords.COST", (16, 8, 1))
    found = str(tmp_path / "counterclaim.db")
    open_ledger(found, create=True).close()
    return found


def people(path: str, *words: str, sent: str | None = None) -> Result:
    return CliRunner().invoke(app, ["people", *words, "--ledger", path], input=sent)


def test_cli_people_are_added_listed_changed_and_closed(path: str) -> None:
    add = ("add", "Ada", "--role", "admin", "--password-stdin")
    assert "Ada is admin now" in people(path, *add, sent=f"{WORDS}\n").output
    people(path, "add", "Ben", "--role", "reader", "--password-stdin", sent=f"{WORDS}\n")
    assert "Ben is analyst now" in people(path, "role", "Ben", "--role", "analyst").output
    assert (
        people(path, "password", "Ben", "--password-stdin", sent="other long words\n").exit_code
        == 0
    )
    assert "Ben is closed now" in people(path, "close", "Ben").output
    assert "Ben is open now" in people(path, "open", "Ben").output
    rows = json.loads(people(path, "list", "--format", "json").output)
    assert [(row["name"], row["role"], row["open"]) for row in rows] == [
        ("Ada", "admin", True),
        ("Ben", "analyst", True),
    ]
    audit = people(path, "audit", "--format", "jsonl").output
    assert [json.loads(line)["action"] for line in audit.splitlines()] == [
        "account: open",
        "account: close",
        "account: password",
        "account: role",
        "account: add",
        "account: add",
    ]
    assert WORDS not in audit


def test_cli_people_token_opens_the_account_it_is_for(path: str) -> None:
    people(path, "add", "Ada", "--role", "admin", "--password-stdin", sent=f"{WORDS}\n")
    token = people(path, "token", "Ada", "--days", "2").stdout.splitlines()[0]
    with open_ledger(path) as ledger:
        assert ledger.people.whose(token, "token") == WorkbenchUser("Ada", "admin")


@pytest.mark.parametrize(
    ("words", "sent", "why"),
    [
        (("add", "Ada", "--role", "admin", "--password-stdin"), "short\n", "12 to"),
        (("add", "Ada", "--role", "admin", "--password-stdin"), "", "no password came"),
        (("add", "Ada", "--role", "admin"), f"{WORDS}\n{WORDS}\n", "--password-stdin"),
        (("add", "Ada", "--role", "king", "--password-stdin"), f"{WORDS}\n", "choose one of"),
        (("close", "Zoe"), None, "no account"),
        (("token", "Zoe"), None, "no open account"),
    ],
)
def test_cli_people_error_says_what_to_do(
    path: str, words: tuple[str, ...], sent: str | None, why: str
) -> None:
    told = people(path, *words, sent=sent)
    assert told.exit_code != 0
    assert why in str(told.exception)
    with open_ledger(path) as ledger:
        assert ledger.people.accounts() == ()
