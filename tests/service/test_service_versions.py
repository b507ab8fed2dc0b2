"""Versions: the latest text at an address counts, the earlier one no longer, and what changed is told in claims."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.ingest import Opened
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.pipeline.reader_process import OwnReader
from counterclaim.pipeline.resources import Tools
from counterclaim.records.query import IncidentQuery
from counterclaim.records.text import Document
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import file_opened, view_incident
from counterclaim.service.versions import file_version, versions_of

ADDRESS = "https://bugle.example/kharkiv"
FIRST = "Ukraine said on Monday that 12 of its soldiers were killed near Kharkiv. Russia denied shelling Kharkiv."
SECOND = "Ukraine said on Monday that 14 of its soldiers were killed near Kharkiv. Ukraine accused Russia of shelling Kharkiv."
ELSEWHERE = "Ukraine accused Russia of shelling Kharkiv on Monday."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as made:
        yield made


@pytest.fixture(scope="module")
def reader(tools: Tools) -> OwnReader:
    return OwnReader(tools)


def opened(text: str, name: str = ADDRESS) -> Opened:
    return Opened(
        Document(text=text, name=name, outlet="The Bugle", published=date(2024, 5, 20)), (), None
    )


def numbers(ledger: Ledger) -> set[str]:
    account = ledger_account(ledger).account
    return {str(point.count) for row in account.series for point in row.points}


def test_service_the_latest_version_counts_and_the_earlier_no_longer(
    ledger: Ledger, reader: OwnReader
) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_opened(ledger, opened(ELSEWHERE, "https://post.example/k"), reader=reader)
    assert numbers(ledger) == {"12"}
    file_version(ledger, opened(SECOND), reader)
    assert numbers(ledger) == {"14"}
    assert not any(entry.claim.stance == "deny" for entry in ledger.claims().rows)
    for card in ledger.incidents(IncidentQuery(kind="event")).rows:
        view = view_incident(ledger, card.id)
        assert view.findings, "an incident that lost claims is checked anew"
        assert not any(
            voice.affirms is False for finding in view.findings for voice in finding.voices
        )
    assert ledger.verify() == ()


def test_service_what_changed_is_told_in_claims(ledger: Ledger, reader: OwnReader) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_version(ledger, opened(SECOND), reader)
    one, two = versions_of(ledger, ADDRESS)
    assert (one.stands, two.stands) == (False, True)
    assert one.claims > 0
    told = list(map(str, two.changes))
    assert any(
        line.startswith("changed: ") and "12 killed" in line and "14 killed" in line
        for line in told
    )
    assert any(line.startswith("dropped: Russia (deny)") for line in told)
    assert any(line.startswith("added: Ukraine (accuse)") for line in told)


def test_service_a_text_that_comes_back_counts_again(ledger: Ledger, reader: OwnReader) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    for text, number in ((SECOND, "14"), (FIRST, "12"), (SECOND, "14"), (FIRST, "12")):
        file_version(ledger, opened(text), reader)
        assert numbers(ledger) == {number}
    assert ledger.verify() == ()


def test_service_the_same_version_again_changes_nothing(ledger: Ledger, reader: OwnReader) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_version(ledger, opened(SECOND), reader)
    before = ledger.last_posting()
    assert file_version(ledger, opened(SECOND), reader).outcome == "known"
    assert ledger.last_posting() == before


def test_service_a_text_that_stands_elsewhere_too_still_counts(
    ledger: Ledger, reader: OwnReader
) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_opened(ledger, opened(FIRST, "https://post.example/k"), reader=reader)
    file_version(ledger, opened(SECOND), reader)
    assert numbers(ledger) == {"12", "14"}


def test_service_an_earlier_version_is_not_read_again_by_newer_code(
    ledger: Ledger, reader: OwnReader
) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_version(ledger, opened(SECOND), reader)
    assert [item.text for item in ledger.stale_documents({"other": "version"})] == [SECOND]
    assert SUPERSEDED in ledger.document(opened(FIRST).document.id).signature


def test_service_versions_by_command(tmp_path: Path, ledger: Ledger, reader: OwnReader) -> None:
    file_opened(ledger, opened(FIRST), reader=reader)
    file_version(ledger, opened(SECOND), reader)
    where = ["--ledger", str(tmp_path / "kept.db")]
    done = CliRunner().invoke(app, ["versions", ADDRESS, *where], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert "counts no longer" in done.output
    assert "dropped: Russia (deny)" in done.output
    assert CliRunner().invoke(app, ["versions", "https://nowhere.example", *where]).exit_code != 0
