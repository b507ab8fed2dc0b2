"""A casualty account is worked out once of the same claims, and anew where anything that it rests on has changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.reconcile import reconcile as reconcile_figures
from counterclaim.reconcile.wires import sharing
from counterclaim.records.judgement import Judgement
from counterclaim.records.text import Document
from counterclaim.service import ledger_account as accounts
from counterclaim.service.ledger_account import ledger_account, memory_of
from counterclaim.service.ledger_service import file_reading, judge
from counterclaim.service.withdrawing import erase_report

DAY = date(2031, 5, 5)
LEAD = "Seven civilians of Ukraine were killed in Kharkiv on Monday, said spokesman Quillan Zorvath of Ukraine."
REST = "Rescuers pulled two children from the cellar of number fourteen before the roof gave way, residents of the street said."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as made:
        yield made


def put(ledger: Ledger, tools: Tools, text: str, outlet: str) -> str:
    document = Document(text=text, name=outlet, outlet=outlet, published=DAY)
    file_reading(ledger, read_document(document, tools=tools))
    return document.id


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each account that is worked out."""
    made: list[str] = []
    own = reconcile_figures

    def reconcile(*given: object, **more: object) -> object:
        made.append("account")
        return own(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(accounts, "reconcile", reconcile)
    return made


def test_service_a_report_of_others_leaves_an_account_as_it_was(
    ledger: Ledger, tools: Tools, worked: list[str]
) -> None:
    put(ledger, tools, LEAD, "The Bugle")
    first = ledger_account(ledger, "Ukraine")
    put(ledger, tools, "Armenia said that 12 of its soldiers were killed near Ganja.", "The Post")
    assert ledger_account(ledger, "Ukraine") is first
    assert len(worked) == 1
    put(ledger, tools, "Ukraine said on Monday that 9 of its soldiers were killed.", "The Tribune")
    again = ledger_account(ledger, "Ukraine")
    assert len(worked) == 2
    assert len(again.entries) == len(first.entries) + 1


def test_service_a_decision_changes_the_account_it_is_about(
    ledger: Ledger, tools: Tools, worked: list[str]
) -> None:
    put(ledger, tools, LEAD, "The Bugle")
    first = ledger_account(ledger, "Ukraine")
    (claim,) = first.entries
    judge(ledger, Judgement(subject=claim, verdict="rejected", by="Ada", reason="misread"))
    assert [entry.claim.id for entry in ledger_account(ledger, "Ukraine").left_out] == [claim]
    assert len(worked) == 2


def test_service_what_is_remembered_is_what_is_worked_out_anew(
    ledger: Ledger, tools: Tools
) -> None:
    put(ledger, tools, f"{LEAD} {REST}", "The Bugle")
    put(ledger, tools, f"{LEAD} {REST} More will follow.", "The Post")
    kept = ledger_account(ledger)
    memory_of(ledger).forget(figures=False)
    anew = ledger_account(ledger)
    memory_of(ledger).forget()
    ledger.losses.forget()
    bare = ledger_account(ledger)
    assert kept.account == anew.account == bare.account
    assert kept.wires.ties == bare.wires.ties != []


def test_service_words_taken_out_are_in_no_account(ledger: Ledger, tools: Tools) -> None:
    document = put(ledger, tools, f"{LEAD} {REST}", "The Bugle")
    put(ledger, tools, f"{LEAD} {REST} More will follow.", "The Post")
    before = ledger_account(ledger)
    assert any("cellar" in f"{tie.left_words} {tie.right_words}" for tie in before.wires.ties)
    erase_report(ledger, document, ["cellar"], by="Ada", reason="asked")
    after = ledger_account(ledger)
    assert after is not before
    assert not any(
        "cellar" in words
        for tie in after.wires.ties
        for name, words in ((tie.left, tie.left_words), (tie.right, tie.right_words))
        if name == document
    )


def test_service_reports_are_compared_where_they_give_one_number_of_one_loss(
    ledger: Ledger, tools: Tools
) -> None:
    one = put(ledger, tools, LEAD, "The Bugle")
    other = put(ledger, tools, f"{LEAD} {REST}", "The Post")
    put(ledger, tools, LEAD.replace("killed", "wounded"), "The Tribune")
    put(ledger, tools, LEAD.replace("Seven", "Eight"), "The Echo")
    told = ledger.losses.of(limit=50)
    figures, _ = accounts._figures(ledger, told, {})
    assert sharing(figures) == {tuple(sorted((one, other)))}
