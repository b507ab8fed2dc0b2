"""Rules and model together: whose word counts for what, and what the trace says of it."""

from collections.abc import Sequence
from typing import cast

import pytest

from counterclaim.attribute import find_attributions
from counterclaim.attribute.name_masking import MaskedPassage, mask_names
from counterclaim.model import Tagged, Tagger
from counterclaim.parse import parse_passages
from counterclaim.pipeline.resources import Tools
from counterclaim.records.attribution import Attribution
from counterclaim.records.text import Document, Span
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

Said = tuple[str, str, str]
"""Source (``-`` for none), cue, content; fragments of the content parted by ``|``."""


class Stub:
    """A tagger that says what it was told to, of the passages as they stand in the document."""

    def __init__(self, *said: Said, sure: float, shown: Sequence[MaskedPassage], text: str) -> None:
        self.said = said
        self.sure = sure
        self.shown = {item.text: item for item in shown}
        self.text = text

    def tag(self, passages: Sequence[str]) -> list[tuple[Tagged, ...]]:
        return [tuple(self._in(passage)) for passage in passages]

    def _in(self, passage: str) -> list[Tagged]:
        shown = self.shown[passage]
        own = self.text[shown.starts[0] : shown.ends[-1]]

        def where(words: str) -> Span:
            start = shown.starts[0] + own.index(words)
            met = [
                index
                for index in range(len(passage))
                if shown.starts[index] < start + len(words) and shown.ends[index] > start
            ]
            return Span(met[0], met[-1] + 1)

        return [
            Tagged(
                cue=where(cue),
                source=None if source == "-" else where(source),
                content=tuple(map(where, content.split("|"))),
                cue_probability=self.sure,
                source_probability=self.sure,
                content_probability=self.sure,
            )
            for source, cue, content in self.said
            if cue in own
        ]


def joined(tools: Tools, text: str, *said: Said, sure: float = 0.97) -> tuple[Attribution, ...]:
    document = Document(text=text)
    division, _ = segment_document(document)
    sentences = parse_passages(document, division.passages, tools.parser)
    resolution = resolve_document(document, sentences)
    shown = mask_names(document, division.passages, sentences, resolution.names)
    tagger = cast("Tagger", Stub(*said, sure=sure, shown=shown, text=text))
    found, _ = find_attributions(document, division.passages, sentences, resolution, tagger)
    return found


def words(text: str, item: Attribution) -> list[str]:
    return [text[span.start : span.end] for span in item.content]


def test_attribute_joining_keeps_the_rules_edges_where_both_agree(tools: Tools) -> None:
    text = "Syria denied that it had shelled the port."
    [item] = joined(tools, text, ("Syria", "denied", "that it had shelled the port"))
    assert words(text, item) == ["it had shelled the port"]
    assert item.stance == "deny"
    assert item.probability == pytest.approx(0.97)
    assert [str(step) for step in item.trace if step.room == "model"] == [
        "model: cue:0.97 “denied”",
        "model: speaker:0.97 “Syria”",
        "model: content:0.97 “that it had shelled the port”",
    ]


def test_attribute_joining_takes_the_models_content_where_they_differ(tools: Tools) -> None:
    text = "Syria said: The port was hit, and the road to it was cut in three places."
    [item] = joined(
        tools,
        text,
        ("Syria", "said", "The port was hit, and the road to it was cut in three places"),
    )
    assert words(text, item)[0].endswith("three places")


def test_attribute_joining_takes_a_speaker_the_rules_do_not_see(tools: Tools) -> None:
    text = "The port was hit, Turkey, or rather its foreign minister, the report said."
    without = joined(tools, text)
    [item] = joined(tools, text, ("Turkey", "said", "The port was hit"))
    assert [str(party) for party in item.speakers] == ["Turkey"]
    assert [str(party) for found in without for party in found.speakers] != ["Turkey"]


def test_attribute_joining_leaves_the_speaker_when_unsure(tools: Tools) -> None:
    text = "Syria said Turkey had shelled the port."
    [item] = joined(tools, text, ("Turkey", "said", "had shelled the port"), sure=0.5)
    assert [str(party) for party in item.speakers] == ["Syria"]


def test_attribute_joining_keeps_what_the_rules_alone_found(tools: Tools) -> None:
    [item] = joined(tools, "Syria denied that it had shelled the port.")
    assert item.probability is None
    assert all(step.room != "model" for step in item.trace)


def test_attribute_joining_keeps_an_unknown_cue_out_of_the_ledger(tools: Tools) -> None:
    text = "Syria glowered that the port was lost."
    [item] = joined(tools, text, ("Syria", "glowered", "that the port was lost"))
    assert (item.cue_entry, item.is_claim) == ("model", False)


def test_attribute_joining_reads_nobody_as_nobody(tools: Tools) -> None:
    text = "No group has claimed the attack."
    assert not any(
        item.is_claim for item in joined(tools, text, ("No group", "claimed", "the attack"))
    )


def test_attribute_joining_drops_a_lone_pronoun_from_the_content(tools: Tools) -> None:
    text = "The raid, which Syria said was a crime, went on."
    [item] = joined(tools, text, ("Syria", "said", "which|was a crime"))
    assert words(text, item) == ["was a crime"]
