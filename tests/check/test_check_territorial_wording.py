"""Words on whose land a place is, set beside what is recognised and who held it."""

from collections.abc import Callable
from datetime import date

import pytest

from counterclaim.lexicon.territorial_wording import WordingForm, load_wordings
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.place import PlaceWording
from counterclaim.records.reading import Reading

ReadText = Callable[[str, date], Reading]
DAY = date(2020, 10, 14)
FORMS = load_wordings()
NAMES = {"AZ": "Azerbaijan", "AM": "Armenia", "RU": "Russia", "UA": "Ukraine"}


def said(item: PlaceWording, reading: Reading) -> str:
    """Write what was read as the lexicon's examples do."""
    name = item.place.name if item.place is not None else "lands"
    country = NAMES.get(item.country or "", "")
    if item.says == "country":
        return f"{name} in {country}"
    return f"{name} {item.says}" + (f" by {country}" if country else "")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_check_wording_is_read_in_its_examples(form: WordingForm, read_text: ReadText) -> None:
    for sentence, expected in form.examples:
        reading = read_text(sentence, DAY)
        found = [said(item, reading) for item in reading.wordings if item.rule == form.id]
        assert found == [expected], sentence


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_check_wording_stays_out_of_its_counter_examples(
    form: WordingForm, read_text: ReadText
) -> None:
    for sentence in form.counter_examples:
        assert not [item for item in read_text(sentence, DAY).wordings if item.rule == form.id]


@pytest.mark.parametrize(
    ("sentence", "day", "agreement"),
    [
        ("Shells fell on the Armenian city of Stepanakert.", DAY, "inconsistent"),
        ("They drove to Stepanakert, Azerbaijan.", DAY, "consistent"),
        ("Armenian-occupied Shusha was struck.", DAY, "consistent"),
        ("Armenian-occupied Shusha was struck.", date(2024, 5, 1), "inconsistent"),
        ("Shells fell on Azerbaijani-held Shusha.", DAY, "inconsistent"),
        ("Shells fell on Azerbaijani-held Shusha.", date(2024, 5, 1), "consistent"),
        ("Shells fell on Azerbaijani-held Shusha.", date(2021, 5, 1), "not computable"),
        ("They fled Gori, occupied by Russia.", DAY, "not computable"),
    ],
)
def test_check_wording_by_the_day(
    sentence: str, day: date, agreement: str, read_text: ReadText
) -> None:
    [item] = read_text(sentence, day).wordings
    assert item.agreement == agreement, item.reason
    assert item.reason


def test_check_inside_a_country_without_a_place_says_so(read_text: ReadText) -> None:
    [item] = read_text("Azerbaijan admitted striking targets deep inside Armenia.", DAY).wordings
    assert (item.agreement, item.rule) == ("not computable", "no-place")
    assert "no place in it" in item.reason


def test_check_the_demo_tells_whose_land(tools: Tools) -> None:
    reading = read_document(demo_document(), tools=tools)
    by_words = {reading.document.words(item.span): item for item in reading.wordings}
    assert by_words["Armenia"].agreement == "not computable"
    assert by_words["“occupied” land"].agreement == "not computable"
    assert by_words["“occupied” land"].place is None
