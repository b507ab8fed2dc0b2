"""Every cue entry is read in each of its examples, and in none of its counter-examples."""

from collections import Counter

import pytest

from counterclaim.lexicon import Cue, load_cues
from counterclaim.lexicon.load import read_rows
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.attribution import STANCES, Attribution
from counterclaim.records.text import Document

CUES = load_cues()


@pytest.fixture(scope="session")
def read_entries(tools: Tools) -> dict[str, tuple[Attribution, ...]]:
    """Every example and counter-example, read once."""
    sentences = {sentence for cue in CUES for sentence in (*cue.examples, *cue.counter_examples)}
    return {
        sentence: read_document(Document(text=sentence), tools=tools).attributions
        for sentence in sentences
    }


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_lexicon_cue_is_read_in_its_examples(
    cue: Cue, read_entries: dict[str, tuple[Attribution, ...]]
) -> None:
    assert cue.examples, "an entry without an example proves nothing"
    for sentence in cue.examples:
        found = [item for item in read_entries[sentence] if item.cue_entry == cue.id]
        assert found, f"{sentence!r} gives {[item.cue_entry for item in read_entries[sentence]]}"


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_lexicon_cue_stays_out_of_its_counter_examples(
    cue: Cue, read_entries: dict[str, tuple[Attribution, ...]]
) -> None:
    assert cue.counter_examples, "an entry without a counter-example knows no limit"
    for sentence in cue.counter_examples:
        assert cue.id not in {item.cue_entry for item in read_entries[sentence]}, sentence


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_lexicon_cue_has_a_stance_of_the_closed_list(cue: Cue) -> None:
    assert cue.stance in STANCES


def test_lexicon_cue_ids_are_unique() -> None:
    assert max(Counter(cue.id for cue in CUES).values()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "verbs.yaml",
        "nouns.yaml",
        "phrases.yaml",
        "hedges.yaml",
        "casualties.yaml",
        "events.yaml",
        "ceasefires.yaml",
        "withheld.yaml",
    ],
)
def test_lexicon_every_entry_has_examples_and_counter_examples(name: str) -> None:
    for row in read_rows(name):
        assert row.get("examples"), f"{name}: {row['id']}"
        assert row.get("not"), f"{name}: {row['id']}"
