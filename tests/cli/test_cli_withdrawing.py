"""Withdraw, restore, erase and withdrawn by command, and what add, cite and export say of a withdrawn report."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.ledger import open_ledger

WORDS = "Kestria said on Monday that 12 soldiers were killed and 30 wounded in Varn, said Quillan Zorvath.\n"


@pytest.fixture
def told(tmp_path: Path) -> tuple[str, str, str]:
    """Return the address of a ledger with one report, the report's file and its id."""
    address, report = str(tmp_path / "kept.db"), tmp_path / "report.txt"
    report.write_text(WORDS, "utf-8")
    open_ledger(address, create=True).close()
    run("add", str(report), "--published", "2031-05-05", "--ledger", address)
    with open_ledger(address) as ledger:
        return address, str(report), ledger.documents().rows[0].id


def run(*asked: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, asked)
    told = f"{result.output}{result.exception or ''}"
    assert (result.exit_code == code) or (code and result.exception), told
    return told


def test_cli_report_is_withdrawn_and_brought_back(told: tuple[str, str, str]) -> None:
    address, report, name = told
    where = ("--ledger", address)
    why = ("--by", "Ada", "--reason", "added by mistake")
    with open_ledger(address) as ledger:
        claim = ledger.claims().rows[0].claim.id
    assert "“" in run("cite", claim, *where)
    assert "by Ada: added by mistake" in run("withdraw", name, *why, *where)
    assert name in run("withdrawn", *where, "-f", "csv")
    assert claim not in run("export", "claims", *where, "-f", "csv")
    cited = run("cite", claim, *where)
    assert "the report was withdrawn on" in cited
    assert "soldiers" not in cited
    kept_out = run("add", report, "--published", "2031-05-05", *where, code=2)
    assert f"counterclaim restore {name}" in kept_out
    assert "it stays so" in run("ledger", "problems", *where, "-f", "csv")
    assert "brought back" in run("restore", name, *why, *where)
    assert "no report is withdrawn" in run("withdrawn", *where)
    assert claim in run("export", "claims", *where, "-f", "csv")
    run("ledger", "verify", *where)


def test_cli_erasing_must_be_meant(told: tuple[str, str, str]) -> None:
    address, _, name = told
    asked = (
        "erase",
        name,
        "--words",
        "Quillan Zorvath",
        "--by",
        "Ada",
        "--reason",
        "x",
        "-l",
        address,
    )
    assert "give --yes" in run(*asked, code=2)
    assert b"Zorvath" in Path(address).read_bytes()
    assert "rows say less since" in run(*asked, "--yes")
    assert b"Zorvath" not in Path(address).read_bytes()
    assert "nothing was left" in run(*asked, "--yes")
    assert "erasures vouch for" in run("ledger", "verify", "--ledger", address)
