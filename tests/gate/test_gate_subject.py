"""What is no report of war gives nothing and says so; short reports are never refused."""

import pytest

from counterclaim.gate.subject import read_words, tell_subject
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from tests.gate.test_gate import OTHER, WAR

SPORT = (
    "City killed off Athletic with two late strikes on Saturday. Okafor fired in from twenty yards and the keeper had no "
    "answer. The coach said that his team had kept attacking and that the midfield surrendered. Fans sang in the stadium."
)
EARTHQUAKE = (
    "An earthquake of magnitude 6.1 struck the coast before dawn, killing at least 34 people and destroying 400 houses. "
    "Rescuers dug for the missing in the rain. The mayor said that schools would stay closed and that trains had stopped."
)
SHORT_WAR = [
    "Shelling killed nine in Varn.",
    "Germany has withheld tanks from Ukraine, officials said.",
    "Fifty years ago on Friday, Egypt attacked Israel.",
    "One and a half million people have fled Khartoum since April, the United Nations said.",
    "Neither Armenia nor Azerbaijan has disclosed its losses.",
    "Deaths: 45\nInjuries: 120\nMissing: 8",
]


@pytest.mark.parametrize("text", [*WAR, *SHORT_WAR])
def test_subject_reports_of_war_are_read(text: str) -> None:
    assert tell_subject(text).is_war


@pytest.mark.parametrize("text", [*OTHER, SPORT, EARTHQUAKE])
def test_subject_texts_about_something_else_are_not(text: str) -> None:
    assert not tell_subject(text).is_war


@pytest.mark.parametrize("text", [SPORT, EARTHQUAKE])
def test_read_what_is_no_report_of_war_gives_nothing_and_says_so(text: str, tools: Tools) -> None:
    reading = read(text, published="2031-05-04", tools=tools)
    assert (reading.claims, reading.attributions, reading.events) == ((), (), ())
    (problem,) = [item for item in reading.problems if item.code == "not-war"]
    assert "no report of war" in problem.message
    assert "--conflict" in problem.message


def test_subject_words_of_one_subject_stand_in_no_list_of_war() -> None:
    words = read_words()
    for name, own in words.items():
        if name not in {"conflict", "loose"}:
            assert not own & words["conflict"], name
