"""The tagger: the shipped weights on our own sentences, and its plumbing on made-up scores."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from counterclaim.model import Tagger, open_model
from counterclaim.model.files import FOLDER, TOKENIZER
from counterclaim.model.labels import Floats, Ints
from counterclaim.records.text import Span


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = open_model().tagger
    assert found is not None
    return found


def parts(tagger: Tagger, text: str) -> list[tuple[str, str, str]]:
    return [
        (
            text[item.source.start : item.source.end] if item.source else "-",
            text[item.cue.start : item.cue.end],
            " … ".join(text[span.start : span.end] for span in item.content),
        )
        for item in tagger.tag([text])[0]
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The ministry said the bridge had fallen.",
            "The ministry",
            "said",
            "the bridge had fallen",
        ),
        ("“We hold the town,” the mayor said.", "the mayor", "said", "“We hold the town,”"),
        ("According to Kestria, the road is open.", "Kestria", "According to", "the road is open"),
        (
            "Ardenia denied that it had shelled the port.",
            "Ardenia",
            "denied",
            "that it had shelled the port",
        ),
    ],
    ids=["clause", "quotation", "formula", "denial"],
)
def test_model_tags_plain_speech(
    tagger: Tagger, text: str, source: str, cue: str, content: str
) -> None:
    assert parts(tagger, text) == [(source, cue, content)]


def test_model_splits_a_content_around_its_cue(tagger: Tagger) -> None:
    [(source, cue, content)] = parts(tagger, "“We hold,” the mayor said, “and we shall stay.”")
    assert (source, cue) == ("the mayor", "said")
    assert content == "“We hold,” … “and we shall stay.”"


def test_model_finds_nothing_where_nobody_speaks(tagger: Tagger) -> None:
    assert tagger.tag(["The road to Ost is long.", "", "   "]) == [(), (), ()]


def test_model_probabilities_are_probabilities(tagger: Tagger) -> None:
    for item in tagger.tag(["Kestria said on Monday that Ardenia had denied it."])[0]:
        for sure in (item.cue_probability, item.source_probability, item.content_probability):
            assert 0 <= sure <= 1


def test_model_reads_a_passage_longer_than_its_window(tagger: Tagger) -> None:
    text = "The road to Ost is long. " * 80 + "The ministry said the bridge had fallen."
    source, cue, content = parts(tagger, text)[-1]
    assert (source, cue) == ("The ministry", "said")
    assert content.endswith("the bridge had fallen")


class Scripted:
    """Networks that call the third piece a cue, the second its source, the fourth its content."""

    def encode(self, ids: Ints, _mask: Ints) -> tuple[Floats, Floats]:
        scores = np.zeros((*ids.shape, 3), dtype=np.float32)
        scores[:, :, 0] = 5
        scores[:, 3] = (0, 9, 0)
        return np.zeros((*ids.shape, 4), dtype=np.float32), scores

    def mark(self, hidden: Floats, _mask: Ints, distance: Ints) -> Floats:
        scores = np.zeros((*hidden.shape[:2], 5), dtype=np.float32)
        scores[:, :, 0] = 5
        scores[distance == -1] = (0, 9, 0, 0, 0)
        scores[distance == 1] = (0, 0, 0, 9, 0)
        return scores


def scripted(**settings: float) -> Tagger:
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER))
    return Tagger(Scripted(), tokenizer, max_pieces=16, **settings)  # type: ignore[arg-type]


def test_model_offsets_are_those_of_each_passage() -> None:
    found = scripted().tag(["the town said no", "a", "  well the army cried stop there"])
    assert [len(items) for items in found] == [1, 0, 1]
    assert found[0][0].cue == Span(9, 13)
    assert found[2][0].source == Span(7, 10)
    assert found[2][0].content == (Span(16, 21),)


def test_model_bias_asks_more_of_a_cue() -> None:
    assert scripted(cue_bias=20.0).tag(["the town said no"]) == [()]
