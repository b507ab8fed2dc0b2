"""Every entry of acts.yaml and plover.yaml is read as its examples say; the codebook page keeps to them."""

import re
from pathlib import Path
from typing import get_args

import pytest

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.plover import read_contexts
from counterclaim.coders.events.triggers import find_triggers
from counterclaim.lexicon.event_triggers import Trigger, load_triggers, trigger_index
from counterclaim.lexicon.plover import Context, load_contexts, load_types
from counterclaim.parse import parse_passages
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import EventType
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

ACTS = load_triggers("acts.yaml")
PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")


def setting_of(tools: Tools, words: str) -> DocumentContext:
    document = Document(text=words)
    sentences = parse_passages(document, segment_document(document)[0].passages, tools.parser)
    return DocumentContext(document, sentences, resolve_document(document, sentences))


def acts_in(tools: Tools, words: str) -> set[str]:
    setting = setting_of(tools, words)
    return {
        match.trigger.id
        for sentence in setting.sentences
        for match in find_triggers(setting, sentence, trigger_index("acts.yaml"))
    }


@pytest.mark.parametrize("trigger", ACTS, ids=lambda trigger: trigger.id)
def test_lexicon_act_is_read_in_its_examples(trigger: Trigger, tools: Tools) -> None:
    for sentence in trigger.examples:
        types = {item.type for item in ACTS if item.id in acts_in(tools, sentence)}
        assert trigger.type in types, sentence


@pytest.mark.parametrize("trigger", ACTS, ids=lambda trigger: trigger.id)
def test_lexicon_act_stays_out_of_its_counter_examples(trigger: Trigger, tools: Tools) -> None:
    assert trigger.counter_examples
    for sentence in trigger.counter_examples:
        assert trigger.id not in acts_in(tools, sentence), sentence


@pytest.mark.parametrize("context", load_contexts(), ids=lambda context: context.name)
def test_lexicon_context_is_read_in_its_examples(context: Context, tools: Tools) -> None:
    for words in context.examples:
        [sentence] = setting_of(tools, words).sentences
        assert context.name in read_contexts(sentence), words
    for words in context.counter_examples:
        [sentence] = setting_of(tools, words).sentences
        assert context.name not in read_contexts(sentence), words


def test_lexicon_plover_has_the_sixteen_types_and_37_contexts() -> None:
    assert set(load_types()) == set(get_args(EventType))
    assert len(load_contexts()) == 37
    assert sum(len(kind.modes) for kind in load_types().values()) == 67


def test_lexicon_plover_takes_the_most_extreme_of_several_modes() -> None:
    assert load_types()["ASSAULT"].rating(("beat", "aerial")).score == -9.5
    assert load_types()["ASSAULT"].rating(()).score == -9
    assert load_types()["ACCUSE"].rating(("investigate",)).cameo == "09"


def test_lexicon_modes_of_triggers_are_plovers_or_named_by_the_ledger() -> None:
    ledgers_own = {"ceasefire"}
    for trigger in (*load_triggers(), *ACTS):
        allowed = {None, *load_types()[trigger.type].modes, *ledgers_own}
        assert trigger.mode in allowed, trigger.id


def test_lexicon_trigger_ids_are_unique() -> None:
    ids = [trigger.id for trigger in (*load_triggers(), *ACTS)]
    assert len(ids) == len(set(ids))


def test_docs_table_of_types_is_the_lexicons() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| (-?[\d.]+) \| (\d) \| (\d\d) \|", PAGE, re.MULTILINE)
    told = {name: (float(score), int(quad), cameo) for name, score, quad, cameo in rows}
    assert told == {
        name: (kind.bare.score, kind.quad, kind.bare.cameo) for name, kind in load_types().items()
    }
