"""Choices and glossary: every value of a closed list has plain words, every page's words are explained."""

import pytest

from counterclaim.records.attribution import STANCES
from counterclaim.records.claim import Casualty, Ceasefire, Event, Position
from counterclaim.service.fields import FIELDS, choices_of
from counterclaim.tell import glossary
from counterclaim.tell.choices import choice_words, kind_words, options
from counterclaim.tell.words import KINDS

NO_CODE = ("_", "/", "ASSAULT", "COERCE")


@pytest.mark.parametrize("field", [name for name in FIELDS if choices_of(name)])
def test_tell_each_choice_is_in_plain_words(field: str) -> None:
    found = options(field, choices_of(field), "")  # type: ignore[arg-type]  # a name of the table
    words = [said for _, said in found]
    assert len(set(words)) == len(words), words
    for said in words:
        assert said
        assert not any(code in said for code in NO_CODE), said


def test_tell_each_stance_is_in_plain_words() -> None:
    assert set(glossary.STANCES) == set(STANCES)
    assert len({choice_words("stance", stance) for stance in STANCES}) == len(STANCES)
    assert all(choice_words("stance", stance) != stance for stance in STANCES)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ASSAULT/heavy-weapons", "Shelling"),
        ("ASSAULT/aerial/drone", "Airstrikes, Drone attack"),
        ("ASSAULT/sling-shot", "Attack: sling shot"),
        ("FROLIC", "Frolic"),
    ],
)
def test_tell_a_kind_of_act_is_called_what_people_call_it(kind: str, words: str) -> None:
    assert kind_words(kind) == words


def test_tell_what_a_field_holds_is_always_among_its_options() -> None:
    assert ("ASSAULT/aerial/drone", "Airstrikes, Drone attack") in options(
        "kind", ["ASSAULT"], "ASSAULT/aerial/drone"
    )
    assert options("harm", ["killed"], "") == [("killed", "killed")]


def test_tell_the_words_of_a_page_are_those_of_its_longest_address() -> None:
    assert dict(glossary.words_of_page("/incidents/i-1"))["origin"] == glossary.GLOSSARY["origin"]
    assert glossary.words_of_page("/incidentsx") == ()
    assert glossary.words_of_page("/") != glossary.words_of_page("/sources")
    for words in glossary.PAGES.values():
        assert set(words) <= set(glossary.GLOSSARY)


def test_tell_each_kind_of_claim_says_what_is_kept() -> None:
    assert set(glossary.KINDS_KEPT) == set(KINDS)
    assert {Casualty.kind, Ceasefire.kind, Event.kind, Position.kind} <= set(glossary.KINDS_KEPT)
