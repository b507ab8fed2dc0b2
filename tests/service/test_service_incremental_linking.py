"""Claims of a new document meet those of the ledger: over documents, whichever comes first."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.text import Document
from counterclaim.service.incremental_linking import link_into_ledger

ADMITS = Document(
    text="Azerbaijan acknowledged on Wednesday that it had carried out airstrikes inside Armenia near the town of Vardenis.",
    name="one",
    outlet="One",
    published=date(2020, 10, 14),
)
CONFIRMS = Document(
    text="Armenia's defence ministry confirmed on Wednesday that areas near Vardenis inside Armenia were hit by Azerbaijani airstrikes. It denied firing at Ganja.",
    name="two",
    outlet="Two",
    published=date(2020, 10, 14),
)
ELSEWHERE = Document(
    text="A blast in Kabul killed 12 people on Wednesday, the interior ministry of Afghanistan said.",
    name="three",
    outlet="Three",
    published=date(2020, 10, 14),
)


def kept(tmp_path: Path, documents: Sequence[Document], tools: Tools) -> Ledger:
    ledger = open_ledger(str(tmp_path / "kept.db"), create=True)
    for document in documents:
        reading = read_document(document, tools=tools)
        ledger.post(reading, link_into_ledger(reading))
    return ledger


@pytest.mark.parametrize(
    "order",
    [(ADMITS, CONFIRMS, ELSEWHERE), (ELSEWHERE, CONFIRMS, ADMITS), (CONFIRMS, ELSEWHERE, ADMITS)],
    ids=["admission first", "admission last", "stranger between"],
)
def test_relating_two_outlets_make_one_incident_agreed_by_both(
    tmp_path: Path, order: Sequence[Document], tools: Tools
) -> None:
    with kept(tmp_path, order, tools) as ledger:
        cards = [card for card in ledger.incidents().rows if card.documents == 2]
        assert [
            {slot.status for slot in card.slots if slot.slot == "occurred"} for card in cards
        ] == [{"agreed_by_both"}]
        assert ledger.verify() == ()


def test_relating_leaves_strangers_alone(tmp_path: Path, tools: Tools) -> None:
    with kept(tmp_path, (ADMITS, ELSEWHERE), tools) as ledger:
        assert {card.documents for card in ledger.incidents().rows} == {1}


def test_relating_the_same_document_twice_changes_nothing(tmp_path: Path, tools: Tools) -> None:
    with kept(tmp_path, (ADMITS, CONFIRMS, CONFIRMS), tools) as ledger:
        assert len(ledger.documents().rows) == 2
        assert ledger.verify() == ()
