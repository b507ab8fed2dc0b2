"""Claims asked for on the command line: by who says what, forgiving in spelling, in every format."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli.app import app
from counterclaim.errors import CounterclaimError
from counterclaim.ledger import open_ledger
from counterclaim.service.incremental_linking import link_into_ledger
from tests.conftest import ReadText

TEXT = (
    "Azerbaijan admitted launching airstrikes inside Armenia. Armenia denied that it had shelled Ganja. Azerbaijan said "
    "42 civilians had been killed. A ceasefire brokered by Russia was agreed on Saturday.\n"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def kept(read_text: ReadText, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("claims") / "kept.db"
    with open_ledger(str(path), create=True) as ledger:
        reading = read_text(TEXT)
        ledger.post(reading, link_into_ledger(reading))
    return str(path)


def rows(kept: str, *arguments: str) -> list[dict[str, object]]:
    done = run("claims", *arguments, "-f", "jsonl", "-l", kept)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("who", ["Armenia", "armenians", "YEREVAN", "arm"])
@pytest.mark.parametrize("stance", ["deny", "Denied", "denies"])
def test_cli_claims_by_speaker_and_stance(kept: str, who: str, stance: str) -> None:
    found = rows(kept, "--speaker", who, "--stance", stance)
    assert found
    assert {(row["stance"], *row["speakers"]) for row in found} == {("deny", "Armenia")}  # type: ignore[misc]
    assert all("shelled Ganja" in str(row["sentence"]) for row in found)


def test_cli_claims_filters_narrow(kept: str) -> None:
    assert {row["kind"] for row in rows(kept, "--kind", "casualties")} == {"casualty"}
    assert rows(kept, "--since", "2999-01-01") == []
    assert rows(kept, "--until", "1999-01-01") == []
    assert {row["outcome"] for row in rows(kept, "--table", "figures")} == {"killed"}
    assert len(rows(kept, "-n", "1")) == 1


def test_cli_claims_table_shows_the_sentence(kept: str) -> None:
    done = run("claims", "--stance", "admit", "-l", kept)
    assert done.exit_code == 0
    assert "Azerbaijan" in done.stdout
    assert "airstrikes" in done.stdout


def test_cli_export_narrows_and_writes_files(kept: str, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    target = tmp_path / "said.parquet"
    done = run(
        "export", "claims", "--speaker", "baku", "-f", "parquet", "-o", str(target), "-l", kept
    )
    assert done.exit_code == 0, done.output
    table = pq.read_table(target)
    assert set(map(tuple, table["speakers"].to_pylist())) == {("Azerbaijan",)}
    assert f"{table.num_rows} claims" in done.stderr
    sheet = tmp_path / "figures.csv"
    run(
        "export",
        "figures",
        "-f",
        "csv",
        "-o",
        str(sheet),
        "--site",
        "https://l.example",
        "-l",
        kept,
    )
    (row,) = csv.DictReader(sheet.read_text("utf-8").splitlines())
    assert row["permalink"].startswith("https://l.example/claims/c-")
    assert row["low"] == "42"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["claims", "--speaker", "Azerbeijan"], 'did you mean "Azerbaijan"'),
        (["claims", "--party", "Atlantis"], "no claim names"),
        (["claims", "--stance", "denny"], "did you mean deny"),
        (["claims", "--kind", "event-ish"], "choose one of event, casualty"),
        (["claims", "--since", "soon"], "write it as 2020-10-14"),
        (["claims", "--table", "tables"], "choose one of claims, figures"),
        (["claims", "-f", "xlsx"], "needs a file"),
        (["claims", "-f", "gdelt"], "did you mean gdelt2"),
        (["claims", "--table", "fig"], "did you mean figures"),
        (["claims", "--table", "events", "-f", "acled"], "export claims, not events"),
        (["export", "figures", "-f", "hxl"], "export claims, not figures"),
        (["export", "incident"], "did you mean incidents"),
        (["export", "figures", "-f", "parquet"], "needs a file"),
        (["export", "incidents", "-f", "xlsx"], "choose one of"),
    ],
)
def test_cli_claims_refuses_with_a_remedy(kept: str, arguments: list[str], told: str) -> None:
    done = run(*arguments, "-l", kept)
    assert isinstance(done.exception, CounterclaimError)
    assert told in str(done.exception)


def test_cli_claims_go_out_in_formats_of_the_field_too(kept: str, tmp_path: Path) -> None:
    target = tmp_path / "denied.json"
    done = run("claims", "--stance", "denied", "-f", "schema-org", "-o", str(target), "-l", kept)
    assert done.exit_code == 0, done.output
    (made,) = json.loads(target.read_text("utf-8"))["@graph"]
    assert (made["cc:stance"], made["author"][0]["name"]) == ("deny", "Armenia")
    assert (tmp_path / "denied.json.losses.json").is_file()
    noted = run("claims", "--stance", "denied", "-f", "notation", "-l", kept)
    assert noted.exit_code == 0, noted.output
    assert len(noted.stdout.splitlines()) == 1
    assert " deny event " in noted.stdout


@pytest.mark.parametrize("format_", ["table", "csv"])
def test_cli_claims_that_are_cut_off_are_told_of(kept: str, format_: str) -> None:
    cut = run("claims", "-n", "1", "-f", format_, "-l", kept)
    assert "the latest 1 only" in cut.stderr
    assert "the latest" not in run("claims", "-n", "400", "-f", format_, "-l", kept).stderr


def test_cli_claims_table_tells_statuses_in_words(kept: str) -> None:
    done = run("claims", "-l", kept)
    statuses = {str(row["status"]) for row in rows(kept) if row["status"]}
    assert any("_" in name for name in statuses)
    assert not any(name in done.stdout for name in statuses if "_" in name)


def test_cli_output_never_replaces_what_is_no_file(kept: str, tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    link = tmp_path / "link.csv"
    real.write_text("old", "utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    assert run("claims", "-f", "csv", "-o", str(link), "-l", kept).exit_code == 0
    assert link.is_symlink()
    assert real.read_text("utf-8").startswith("id,kind")
    assert real.stat().st_mode & 0o777 == 0o600
    assert run("claims", "-f", "csv", "-o", "/dev/null", "-l", kept).exit_code == 0
    assert not Path("/dev/null").is_file()


def test_cli_export_tells_what_a_format_could_not_carry(kept: str, tmp_path: Path) -> None:
    target = tmp_path / "claims.hxl.csv"
    done = run("export", "-f", "hxl", "-o", str(target), "-l", kept)
    assert done.exit_code == 0, done.output
    report = json.loads((tmp_path / "claims.hxl.csv.losses.json").read_text("utf-8"))
    assert report["claims_written"] == 1
    assert report["claims_not_written"]
    assert "hxl: 1 claim written" in done.stderr
    assert "claims.hxl.csv.losses.json" in done.stderr
    shown = run("export", "-f", "hxl", "-l", kept)
    assert shown.stdout == target.read_text("utf-8")
    assert "hxl: 1 claim written" in shown.stderr
