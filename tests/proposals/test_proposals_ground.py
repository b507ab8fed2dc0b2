"""Nothing enters whose words are not there: each way of failing is dropped, and counted by its reason."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.proposals.ground import ground, is_saying
from counterclaim.proposals.machine import load_machine_words, speaks_to_machine
from counterclaim.records.proposal import ProposedFigure, ProposedSpeech
from tests.conftest import ReadText
from tests.endpoint import Body, figure, speech
from tests.proposals.conftest import ReadTwice, second_of
from tests.proposals.test_proposals_client import numbered

TEXT = (
    "Ardenia said on 12 May that it had shelled Ost. The aforesaid town lost 23 soldiers, and 40 people"
    " were wounded."
)
"""Two sentences of one passage."""
GOOD = speech(1, "Ardenia", "said", "it had shelled Ost", "state")
LOSS = figure(2, "40", 40, "wounded", outcome="wounded", category="civilian")


def test_proposals_grounded_ones_point_at_their_words(read_twice: ReadTwice) -> None:
    reading = read_twice(TEXT, GOOD, figures=[LOSS])
    second = second_of(reading)
    assert not second.dropped
    said, lost = second.proposed
    assert isinstance(said, ProposedSpeech)
    assert isinstance(lost, ProposedFigure)
    words = reading.document.words
    assert said.speaker is not None
    assert (words(said.speaker), words(said.cue), words(said.content)) == (
        "Ardenia",
        "said",
        "it had shelled Ost",
    )
    assert (words(lost.number), lost.value, words(lost.harm)) == ("40", 40, "wounded")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sentence": 9}, "no such sentence"),
        ({"sentence": "1"}, "no such sentence"),
        ({"sentence": True}, "no such sentence"),
        ({"speaker": "Kestria"}, "speaker not in the text"),
        ({"speaker": "ardenia"}, "speaker not in the text"),
        ({"speaker": "Arden"}, "speaker not in the text"),
        ({"speaker": "Ardenia said"}, "words overlap"),
        ({"speaker": 7}, "speaker not in the text"),
        ({"cue": "announced"}, "cue not in the sentence"),
        ({"cue": "lost"}, "cue not in the sentence"),
        ({"cue": "shelled"}, "words overlap"),
        ({"cue": "on"}, "cue is no word of saying"),
        ({"cue": ""}, "cue not in the sentence"),
        ({"cue": None}, "cue not in the sentence"),
        ({"quotation": "it had shelled Kest"}, "quotation not in the text"),
        ({"quotation": "it had  destroyed Ost"}, "quotation not in the text"),
        ({"quotation": "."}, "quotation not in the text"),
        ({"quotation": ["it had shelled Ost"]}, "quotation not in the text"),
        ({"stance": "lie"}, "stance not on the list"),
        ({"stance": "State"}, "stance not on the list"),
        ({"stance": None}, "stance not on the list"),
        ({"stance": ["state"]}, "stance not on the list"),
    ],
)
def test_proposals_speech_that_is_not_in_the_text_is_dropped(
    change: Body, reason: str, read_twice: ReadTwice, read_text: ReadText
) -> None:
    reading = read_twice(TEXT, {**GOOD, **change})
    second = second_of(reading)
    assert (second.proposed, second.drops) == ((), {reason: 1})
    alone = read_text(TEXT)
    assert (reading.attributions, reading.claims) == (alone.attributions, alone.claims)
    assert any(
        item.code == "second-reader-dropped" and reason in str(item) for item in reading.problems
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": "41"}, "number not in the sentence"),
        ({"number": "4"}, "number not in the sentence"),
        ({"number": 40}, "number not in the sentence"),
        ({"value": 400}, "value is another number"),
        ({"value": "40"}, "value is another number"),
        ({"value": -40}, "value is another number"),
        ({"value": 40.0}, "value is another number"),
        ({"value": True}, "value is another number"),
        ({"number": "people", "value": 40}, "number is no count"),
        ({"sentence": 1, "number": "12", "value": 12, "harm": "shelled"}, "number is no count"),
        ({"harm": "killed"}, "harm not in the sentence"),
        ({"harm": "town"}, "harm is another outcome"),
        ({"harm": "wounded", "outcome": "killed"}, "harm is another outcome"),
        ({"outcome": "dead"}, "outcome not on the list"),
        ({"category": "innocent"}, "category not on the list"),
        ({"side": "Lowland"}, "party not in the text"),
    ],
)
def test_proposals_figures_that_are_not_in_the_text_are_dropped(
    change: Body, reason: str, read_twice: ReadTwice, read_text: ReadText
) -> None:
    reading = read_twice(TEXT, figures=[{**LOSS, **change}])
    assert second_of(reading).drops == {reason: 1}
    assert reading.claims == read_text(TEXT).claims


@pytest.mark.parametrize(
    "answer", ["", "no", "[]", '{"claims": [7, null, "x", []]}', "null", "{" * 500]
)
def test_proposals_answers_without_proposals_change_nothing(
    answer: str, read_twice: ReadTwice, read_text: ReadText
) -> None:
    reading = read_twice(TEXT, answer=answer)
    assert not second_of(reading).proposed
    assert set(second_of(reading).drops) <= {"malformed"}
    assert reading.claims == read_text(TEXT).claims


def test_proposals_said_twice_count_once(read_twice: ReadTwice) -> None:
    assert second_of(read_twice(TEXT, GOOD, GOOD)).drops == {"said twice": 1}


def test_proposals_nearest_of_like_words_is_meant(read_twice: ReadTwice) -> None:
    text = "Ardenia said the truce held, and Kestria said the truce broke."
    reading = read_twice(text, speech(1, "Kestria", "said", "the truce broke", "state"))
    (said,) = second_of(reading).proposed
    assert isinstance(said, ProposedSpeech)
    assert said.cue.start == text.rindex("said")


def test_proposals_width_of_spaces_does_not_matter(read_twice: ReadTwice) -> None:
    text = TEXT.replace("had shelled", "had \t shelled")
    assert len(second_of(read_twice(text, GOOD)).proposed) == 1


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
    | st.sampled_from(["Ardenia", "said", "it had shelled Ost", "40", "23", "wounded", "state", "killed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
rows = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        "sentence speaker cue quotation stance number value harm outcome category side".split(),
        json_like,
    ),
)


@given(
    st.lists(st.tuples(st.sampled_from(["claims", "figures", "x"]), rows | json_like), max_size=6)
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_proposals_no_answer_breaks_the_grounding_or_gets_past_it(
    read_text: ReadText, found: list[tuple[str, object]]
) -> None:
    reading = read_text(TEXT)
    kept, dropped = ground(reading.document, numbered(TEXT), reading.resolution, found)
    assert len(kept) + len(dropped) == len(found)
    said = json.dumps(found, ensure_ascii=False)
    for item in kept:
        spans = (
            (item.cue, item.content, item.speaker)
            if isinstance(item, ProposedSpeech)
            else (item.number, item.harm, item.side)
        )
        for span in spans:
            assert span is None or reading.document.text[span.start : span.end] in said


@pytest.mark.parametrize("words", ["said", "has denied", "according to", "insists", "put the blame", "vowed", "denying", "told", "claimed", "accuses", "a statement"])  # fmt: skip
def test_proposals_words_of_saying_are_known_in_their_forms(words: str) -> None:
    assert is_saying(words)


@pytest.mark.parametrize("words", ["the", "on", "shelled", "Ardenia", "soldiers were", "23", "aforesaid"])  # fmt: skip
def test_proposals_other_words_are_no_words_of_saying(words: str) -> None:
    assert not is_saying(words)


@pytest.mark.parametrize(
    ("entry", "words"),
    [(item.id, words) for item in load_machine_words() for words in item.examples],
)
def test_proposals_machine_words_are_seen(entry: str, words: str) -> None:
    assert speaks_to_machine(words) == entry


@pytest.mark.parametrize(
    "words", [words for item in load_machine_words() for words in item.near_misses]
)
def test_proposals_near_misses_speak_to_people(words: str) -> None:
    assert speaks_to_machine(words) is None
