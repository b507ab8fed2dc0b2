"""Every way to say a time is read in each of its examples, and in none of its counter-examples."""

from datetime import date

import pytest

from counterclaim.lexicon.times import TimeForm, load_times
from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Document
from counterclaim.resolve import times as room
from counterclaim.resolve.times import find_times
from tests.flat import flat, flat_sentences

FORMS = load_times().forms
WEDNESDAY = date(2020, 10, 14)
ACCOUNT = (
    "In 1939 war began. In 1940 it spread. In 1941 it spread again. In 1942 it turned. "
    "In 1943 it went on. In January 1944 it neared its end. "
)


def read(form: TimeForm, words: str) -> list[TimeMention]:
    text = f"{ACCOUNT}Then, {words}" if form.account else words
    sentences = flat_sentences(text) if form.account else [flat(text)]
    document = Document(text=text, published=WEDNESDAY)
    return [item for item in find_times(document, sentences) if item.rule == form.id]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_lexicon_time_is_read_in_its_examples(form: TimeForm) -> None:
    assert form.examples, "a form without an example proves nothing"
    for words, value in form.examples:
        found = read(form, words)
        assert found, f"{words!r} is not read"
        assert found[0].timex == value, words


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_lexicon_time_stays_out_of_its_counter_examples(form: TimeForm) -> None:
    assert form.counter_examples, "a form without a counter-example proves nothing"
    for words in form.counter_examples:
        found = read(form, words)
        assert not found, f"{words!r} gives {found[0].timex}"


def test_lexicon_time_forms_have_readers_and_readers_forms() -> None:
    assert {form.id for form in FORMS} == set(room._READERS)
