"""Memory: what was worked out is given again, and forgotten when there is too much of it."""

from dataclasses import replace
from datetime import timedelta

from counterclaim.link.claim_features import make_statement
from counterclaim.link.comparison_cache import Memory
from counterclaim.link.document_features import document_features
from counterclaim.link.document_frequencies import Background, load_background
from tests.happenings import DAY, claim, document, shelling


def test_link_memory_gives_again_what_it_keeps() -> None:
    memory = Memory[str, int](most=2)
    assert [memory.get("Ost", lambda: 3), memory.get("Ost", lambda: 4)] == [3, 3]


def test_link_memory_keeps_none_too() -> None:
    memory = Memory[str, int | None](most=2)
    assert memory.get("Ost", lambda: None) is None
    assert memory.get("Ost", lambda: 4) is None


def test_link_memory_forgets_when_full() -> None:
    memory = Memory[str, int](most=2)
    for number, name in enumerate(["Ost", "Varn", "Kel"]):
        memory.get(name, lambda number=number: number)  # type: ignore[misc]  # a default, to bind it now
    assert memory.get("Kel", lambda: 9) == 2
    assert memory.get("Ost", lambda: 9) == 9


def test_link_a_document_dated_anew_is_read_anew() -> None:
    carrier = document("Guns shelled the mill at Ost.", DAY)
    later = replace(carrier, published=DAY + timedelta(days=9))
    first, second = document_features(carrier), document_features(later)
    assert first.published != second.published
    assert document_features(replace(carrier)) is first


def test_link_a_statement_follows_its_claim_document_and_background() -> None:
    table = load_background()
    carrier = document("Guns shelled the mill at Ost.", DAY)
    told = claim(carrier, shelling(on=None))
    statement = make_statement(carrier, told, table)
    assert make_statement(carrier, told, table) is statement
    later = replace(carrier, published=DAY + timedelta(days=9))
    assert make_statement(later, told, table).day != statement.day
    corrected = told.corrected(payload=shelling(by=(), on=None))
    assert make_statement(carrier, corrected, table).actors == frozenset()
    other = Background({**table.table, "mill": 1.0})
    assert make_statement(carrier, told, other).words != statement.words
