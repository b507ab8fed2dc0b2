"""Stand-ins: the model is shown no state's own name, and its spans come back to the report's words."""

import pytest

from counterclaim.attribute.name_masking import MaskedPassage, mask_names
from counterclaim.parse import parse_passages
from counterclaim.pipeline.resources import load_tools
from counterclaim.records.text import Document, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document


def shown(text: str) -> MaskedPassage:
    document = Document(text=text, name="report")
    division, _ = segment_document(document)
    sentences = parse_passages(document, division.passages, load_tools(rules_only=True).parser)
    resolution = resolve_document(document, sentences)
    return mask_names(document, division.passages, sentences, resolution.names)[0]


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Armenia said Azerbaijan fired.", "Azerbaijan said Armenia fired."),
        ("Armenian troops fled Syria.", "Lebanese troops fled Yemen."),
        ("The United States said Israelis had left.", "Israel said Syrians had left."),
        ("US forces met Lebanon’s.", "Israeli forces met Syria’s."),
        ("It rained in Damascus.", "It rained in Beirut."),
    ],
    ids=["names", "adjective", "an article and a people", "a name that modifies", "capital"],
)
def test_attribute_stand_ins_are_the_same_whoever_is_named(text: str, swapped: str) -> None:
    assert shown(text).text == shown(swapped).text


def test_attribute_stand_ins_keep_two_states_apart() -> None:
    first, _, second = shown("Armenia accused Azerbaijan.").text.rstrip(".").split()
    assert first != second


def test_attribute_stand_ins_leave_groups_and_organs_alone() -> None:
    text = "Hamas said the Pentagon had called."
    assert shown(text).text == text


@pytest.mark.parametrize("words", ["The United States", "said", "Azerbaijani", "fired", "."])
def test_attribute_stand_ins_lead_back_to_the_words(words: str) -> None:
    text = "The United States said Azerbaijani guns fired."
    found = shown(text)
    at = text.index(words)
    characters = [
        index
        for index in range(len(found.text))
        if found.starts[index] < at + len(words) and found.ends[index] > at
    ]
    told = found.told(Span(characters[0], characters[-1] + 1))
    assert text[told.start : told.end] == words
