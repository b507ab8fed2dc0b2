"""Told: outlets and origins of an incident and of a number, from real readings in a ledger."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from counterclaim.cli.origins import print_told
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.link import Told
from counterclaim.records.query import IncidentQuery, Known
from counterclaim.records.text import Document
from counterclaim.service.ledger_account import ledger_account
from counterclaim.service.ledger_service import file_reading, view_incident
from counterclaim.service.told import incident_told, number_told

DAY = date(2024, 5, 20)
LEAD = "A Russian bomb hit an apartment block in Kharkiv on Monday and killed seven civilians."
MORE = "Rescuers pulled a woman and two children from the cellar of number fourteen before the roof gave way, residents of the street said."
WIRES = {
    "The Bugle": f"KHARKIV (AFP) - {LEAD}\n\n{MORE}\n\nSmoke rose over the market until the evening.",
    "The Post": f"{LEAD} {MORE} (AFP)",
    "Lakeside Gazette": f"A Cork family prayed for their old neighbours on Monday night.\n\n{LEAD}\n\n{MORE}",
}
OWN = "Seven civilians were killed in Kharkiv on Monday when a Russian bomb tore open the house at the end of the tram line, where our reporter counted the stretchers."


@pytest.fixture
def ledger(tmp_path: Path, tools: Tools) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "kept.db"), create=True) as made:
        for outlet, text in {**WIRES, "The Tribune": OWN}.items():
            document = Document(text=text, name=outlet, outlet=outlet, published=DAY)
            file_reading(made, read_document(document, tools=tools))
        yield made


def biggest(ledger: Ledger, kind: str) -> str:
    cards = ledger.incidents(IncidentQuery(kind=kind)).rows
    return max(cards, key=lambda card: card.documents).id


@pytest.mark.parametrize("known", [Known(), Known(DAY)])
def test_service_an_incident_is_told_by_outlets_and_fewer_origins(
    ledger: Ledger, known: Known
) -> None:
    view = view_incident(ledger, biggest(ledger, "event"), known=known)
    told = incident_told(ledger, view)
    assert str(told) == "told by 4 outlets, 2 origins"
    agency = told.origins[0]
    assert (agency.name, agency.by) == ("AFP", "passages")
    assert set(agency.outlets) == set(WIRES)
    assert any("(AFP)" in shown.words for shown in agency.shown)
    voices = {
        str(voice.party)
        for finding in view.findings
        if finding.slot == "occurred"
        for voice in finding.voices
    }
    assert voices == {"media: AFP", "media: The Tribune"}


def test_service_the_same_text_in_another_outlet_is_one_more_outlet(
    ledger: Ledger, tools: Tools
) -> None:
    before = incident_told(ledger, view_incident(ledger, biggest(ledger, "event")))
    again = Document(text=OWN, name="again", outlet="City Herald", published=DAY)
    file_reading(ledger, read_document(again, tools=tools))
    after = incident_told(ledger, view_incident(ledger, biggest(ledger, "event")))
    assert (len(before.outlets), len(after.outlets)) == (4, 5)
    assert len(after.origins) == 2


def test_service_the_account_never_counts_a_wire_twice(ledger: Ledger) -> None:
    kept = ledger_account(ledger)
    points = [point for row in kept.account.series for point in row.points if not point.is_derived]
    seven = [point for point in points if point.count.low == 7]
    told = [
        number_told([kept.entries[name] for name in item.figure_ids], kept.wires) for item in seven
    ]
    assert [(len(item.outlets), len(item.origins)) for item in told] == [(4, 2)]
    assert told[0].origins[0].name == "AFP"


def test_service_what_is_told_is_printed_with_its_words(ledger: Ledger) -> None:
    told = incident_told(ledger, view_incident(ledger, biggest(ledger, "event")))
    console = Console(record=True, width=200)
    print_told(console, told)
    words = console.export_text()
    assert "told by 4 outlets, 2 origins" in words
    assert "AFP, by passages that are the same: in" in words
    assert "The Tribune, by a report by its own hand" in words


def test_service_nothing_is_told_by_nobody() -> None:
    assert str(Told(outlets=(), origins=())) == "told by 0 outlets, 0 origins"
