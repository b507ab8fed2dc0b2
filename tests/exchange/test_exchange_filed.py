"""Imports are filed beside what was read: shown, sealed, taken back, and in no status, account or total."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.exchange import acled
from counterclaim.exchange.beside import beside_incident
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.errors import LedgerError, UnknownRowError
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.records.ledger_rows import every_row
from counterclaim.records.reading import Reading
from counterclaim.serve.app import create_app
from counterclaim.serve.settings import Settings
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_service import view_incident
from tests.exchange.test_exchange_imports import ACLED, lines, put

NEAR = ACLED | {
    "event_id_cnty": "ZZZ7", "event_date": "2020-10-13", "actor1": "Military Forces of Armenia (2018-)",
    "actor2": "Military Forces of Azerbaijan (1993-)", "location": "Ganja", "fatalities": "42",
    "notes": "<script>alert(1)</script>",
}  # fmt: skip
FAR = NEAR | {"event_id_cnty": "ZZZ8", "event_date": "2019-10-13", "location": "Elsewhere"}


SHELLED = (
    "Azerbaijan said that Armenian forces shelled the city of Ganja on Tuesday, killing 42 civilians. "
    "Armenia denied that it had shelled Ganja on Tuesday.\n"
)


@pytest.fixture(scope="session")
def shelled(tools: Tools) -> Reading:
    return read(SHELLED, published=date(2020, 10, 14), outlet="The Bugle", tools=tools)


@pytest.fixture
def own(shelled: Reading, tmp_path: Path) -> Iterator[tuple[Ledger, Path]]:
    path = tmp_path / "own.db"
    with open_ledger(str(path), create=True) as ledger:
        ledger.post(shelled, link_into_ledger(shelled))
        yield ledger, path


def take_in(path: Path, folder: Path, *rows: dict[str, object], name: str = "rows.csv") -> str:
    file = put(folder, lines(acled.COLUMNS, *rows), name)
    result = CliRunner().invoke(app, ["import", str(file), "--as", "acled", "-l", str(path)])
    return result.stderr


def standing(ledger: Ledger) -> list[object]:
    """Return all that a status, an account or a total could be made of."""
    cards = list(every_row(lambda after: ledger.incidents(limit=50, after=after)))
    found = ledger.findings([card.id for card in cards])
    claims = list(every_row(lambda after: ledger.claims(limit=50, after=after)))
    return [cards, found, claims, ledger.figures(), ledger.parties().rows, ledger.documents().rows]


def test_import_is_filed_and_changes_nothing_that_was_read(
    own: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, path = own
    before = standing(ledger)
    told = take_in(path, tmp_path, NEAR, FAR, NEAR | {"event_date": "soon"})
    assert "1 rows refused" in told
    assert "filed as m-" in told
    (card,) = ledger.imports.cards()
    assert (card.format, card.file, card.claims, card.refused) == ("acled", "rows.csv", 4, 1)
    assert "is not a day" in card.problems[0].message
    assert standing(ledger) == before
    assert ledger.verify() == ()


def test_import_rows_come_back_as_they_went_in(own: tuple[Ledger, Path], tmp_path: Path) -> None:
    from counterclaim.exchange.imports import file_import, read_import

    ledger, _ = own
    file = put(tmp_path, lines(acled.COLUMNS, NEAR, FAR))
    arrived = read_import(file, "acled")
    file_import(ledger, file, "acled", arrived, by="Ada")
    assert list(ledger.imports.rows()) == arrived.rows


def test_import_twice_is_known_and_taken_back_is_filed_anew(
    own: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, path = own
    take_in(path, tmp_path, NEAR)
    assert "known: filed before" in take_in(path, tmp_path, NEAR)
    (card,) = ledger.imports.cards()
    runner = CliRunner()
    done = runner.invoke(
        app,
        ["imports", "withdraw", card.id, "--by", "Ada", "--reason", "old", "-l", str(path)],
    )
    assert "taken back by Ada" in done.stdout
    assert list(ledger.imports.rows()) == []
    assert ledger.imports.card(card.id).withdrawn_by == "Ada"
    with pytest.raises(LedgerError, match="took it back already"):
        ledger.imports.withdraw(card.id, by="Ada", reason="again")
    with pytest.raises(UnknownRowError):
        ledger.imports.withdraw("m-000000000000", by="Ada", reason="none")
    assert "filed as" in take_in(path, tmp_path, NEAR)
    assert len(list(ledger.imports.rows())) == 2
    assert ledger.verify() == ()


def test_import_dry_run_files_nothing(own: tuple[Ledger, Path], tmp_path: Path) -> None:
    ledger, path = own
    file = put(tmp_path, lines(acled.COLUMNS, NEAR))
    words = ["import", str(file), "--as", "acled", "--dry-run", "-l", str(path)]
    assert "Ganja" in CliRunner().invoke(app, words).stdout
    assert ledger.imports.cards() == ()


def test_import_tampered_with_is_found(own: tuple[Ledger, Path], tmp_path: Path) -> None:
    ledger, path = own
    take_in(path, tmp_path, NEAR)
    with ledger._engine.begin() as connection:
        connection.execute(text("UPDATE import_claims SET body = replace(body, '42', '4')"))
    assert [fault.kind for fault in ledger.verify()] == ["changed-rows"]


def incident_of(ledger: Ledger) -> str:
    """Return the incident that holds the shelling of Ganja."""
    return next(card.id for card in ledger.incidents().rows if card.kind == "event")


def test_import_stands_beside_the_incident_of_its_day_and_place(
    own: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, path = own
    take_in(path, tmp_path, NEAR, FAR)
    name = incident_of(ledger)
    found = beside_incident(ledger, view_incident(ledger, name))
    assert {row["quote"] for row in found} == {"ZZZ7"}
    shown = CliRunner().invoke(app, ["imports", "beside", name, "-l", str(path), "-f", "jsonl"])
    assert '"says": "ACLED"' in shown.stdout


def test_import_is_shown_on_the_page_and_in_the_api(
    own: tuple[Ledger, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterclaim.serve.page_cache.FRESH", 0.0)
    ledger, path = own
    name = incident_of(ledger)
    with TestClient(create_app(Settings(ledger=str(path))), base_url="http://127.0.0.1") as client:
        assert "In other data sets" not in client.get(f"/incidents/{name}").text
        take_in(path, tmp_path, NEAR, NEAR | {"event_date": "<b>"})
        page = client.get(f"/incidents/{name}").text
        assert "In other data sets" in page
        assert "rows.csv row 2" in page
        assert "<script>alert" not in page
        rows = client.get(f"/api/v1/incidents/{name}/imported").json()
        assert {row["says"][0] for row in rows} == {"ACLED"}
        (card,) = client.get("/api/v1/imports").json()
        assert card["refused"] == 1
        assert client.get(f"/api/v1/imports/{card['id']}").json() == card
        assert client.get("/api/v1/imports/m-000000000000").status_code == 404
        assert "is not a day" in client.get(f"/imports/{card['id']}").text
        assert "<b>" not in client.get(f"/imports/{card['id']}").text
        assert card["file"] in client.get("/imports").text
