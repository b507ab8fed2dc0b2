"""A report's own names are parties: forms of one name are one, ranks and organs alone name nobody."""

import pytest

from counterclaim.decode.cast import Cast, has_word, is_form
from counterclaim.records.mention import Resolution
from counterclaim.records.party import Party
from counterclaim.records.text import Document

TEXT = (
    "Vardania said its army had taken Ost. The Vardanian army lost nine men, and the Vardanians mourn. "
    "Rebels of the Free Lake Movement, or FLM, struck at dawn; the Movement denied it. "
    "General Oru Banta spoke for the General Staff."
)


def cast(text: str = TEXT) -> Cast:
    return Cast(Document(text=text), Resolution())


def named(words: str, text: str = TEXT) -> str | None:
    name = cast(text).at(text.index(words))
    return None if name is None else name.party.root


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("Vardanian army", "Vardania"),
        ("Vardanians", "Vardania"),
        ("Free Lake Movement", "Free Lake Movement"),
        ("FLM", "Free Lake Movement"),
        ("Movement denied", "Free Lake Movement"),
        ("Oru Banta", "Oru Banta"),
        ("General Staff", None),
        ("struck", None),
    ],
)
def test_cast_names_are_parties(words: str, root: str | None) -> None:
    assert named(words) == root


@pytest.mark.parametrize(
    ("word", "name", "holds"),
    [
        ("Lethian", "Lethia", True),
        ("Kesmiri", "Kesmir", True),
        ("Banuarans", "Banuara", True),
        ("Lethargy", "Lethia", False),
        ("Maric", "Mar", False),
    ],
)
def test_cast_forms_of_a_name(word: str, name: str, *, holds: bool) -> None:
    assert is_form(word, name) is holds


@pytest.mark.parametrize(
    ("outlet", "root"),
    [
        ("Press office of the Vardanian army", "Vardania"),
        ("Free Lake Movement, Eastern Command", "Free Lake Movement"),
        ("The Vardania Times", None),
        ("Vardanian Doctors' Union", None),
        ("Harbour Gazette", None),
    ],
)
def test_cast_whose_organ_an_outlet_is(outlet: str, root: str | None) -> None:
    party = cast().owner_in(outlet)
    assert (party.root if party else None) == root


def test_cast_known_names_come_first() -> None:
    assert cast("Kenya").at(0) is not None
    assert isinstance(cast("Kenya").at(0).party, Party)  # type: ignore[union-attr]


def test_cast_a_word_stands_alone_only_between_what_is_no_letter() -> None:
    assert has_word("the ost, and", "ost")
    assert has_word("ost", "ost")
    assert not has_word("most costs", "ost")
    assert has_word("most ost", "ost")
    assert not has_word("_ost", "ost")
