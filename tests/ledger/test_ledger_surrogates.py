"""Halves of characters: cleaned where a report or a judgement enters, shown as � where a ledger holds them."""

from dataclasses import replace
from pathlib import Path

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.ledger.tables import sightings
from counterclaim.ledger.words import exact_words
from counterclaim.records.judgement import Judgement
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document


def test_documents_and_judgements_hold_no_half_characters() -> None:
    document = Document(
        text="a\ud800b", name="x\udce9", title="\udfff", outlet="o\ud800", author="\ud83d\ude00"
    )
    assert (document.text, document.name, document.title) == ("a�b", "x�", "�")
    assert (document.outlet, document.author) == ("o�", "��")
    judged = Judgement(subject="c-0", verdict="note", by="Ad\ud800a", reason="\udce9")
    assert (judged.by, judged.reason) == ("Ad�a", "�")


def test_ledger_serves_rows_with_half_characters_and_proves_them(
    ledger: Ledger, first: Reading, tmp_path: Path
) -> None:
    """As version 0.1.0 filed them: the words of the row are sealed as they are, and given as they can be sent."""
    spoilt = replace(first.document)
    object.__setattr__(spoilt, "outlet", "Ost \ud800 Courier")
    object.__setattr__(spoilt, "title", "R\udce9sum\udce9")
    ledger.post(replace(first, document=spoilt))
    ledger.note_problem("rapport_\udce9t\udce9.txt", Problem("source", "no \ud800"))
    (card,) = ledger.documents().rows
    assert (card.outlet, card.title) == ("Ost � Courier", "R�sum�")
    (problem,) = ledger.problems(of_sources=True)
    assert (problem.source, problem.problem.message) == ("rapport_�t�.txt", "no �")
    with exact_words(), ledger._reading() as connection:
        assert connection.execute(sightings.select()).one().outlet == "Ost \ud800 Courier"
    assert ledger.verify() == ()
    copy = f"{tmp_path}/copy.db"
    ledger.copy_to(copy)
    with open_ledger(copy) as copied:
        assert copied.verify() == ()
        assert copied.stats().seal == ledger.stats().seal
