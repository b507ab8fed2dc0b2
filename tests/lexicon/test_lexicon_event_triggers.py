"""Every entry of events, casualties, ceasefires, withheld and hedges is read as its examples say."""

from typing import Any, get_args

import pytest

from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.events.triggers import find_triggers
from counterclaim.lexicon import Hedge, load_hedges, load_parties, load_persons, load_roles
from counterclaim.lexicon.event_triggers import Trigger, load_triggers
from counterclaim.lexicon.harm import load_harm
from counterclaim.lexicon.load import read_rows
from counterclaim.lexicon.statuses import Formula, load_ceasefires, load_formulas
from counterclaim.parse import parse_passages
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import Casualty, Ceasefire, Event, Withheld
from counterclaim.records.party import PartyKind
from counterclaim.records.text import Document
from counterclaim.resolve import resolve_document
from counterclaim.segment import segment_document

HARMS = [row for row in read_rows("casualties.yaml") if row["kind"] == "harm"]
GROUPS = [row for row in read_rows("casualties.yaml") if row["kind"] in {"group", "subgroup"}]
STATES = [row for row in read_rows("ceasefires.yaml") if row["kind"] == "status"]


def events(tools: Tools, sentence: str) -> set[str]:
    claims = read_document(Document(text=sentence), tools=tools).claims
    return {
        step.rule for claim in claims if isinstance(claim.payload, Event) for step in claim.trace
    }


def triggers_in(tools: Tools, words: str) -> list[str]:
    """Which triggers fire, before anyone asks who did it: invented parties are in no lexicon."""
    document = Document(text=words)
    passages = segment_document(document)[0].passages
    sentences = parse_passages(document, passages, tools.parser)
    setting = DocumentContext(document, sentences, resolve_document(document, sentences))
    return [
        match.trigger.id for sentence in sentences for match in find_triggers(setting, sentence)
    ]


@pytest.mark.parametrize("trigger", load_triggers(), ids=lambda trigger: trigger.id)
def test_lexicon_event_is_read_in_its_examples(trigger: Trigger, tools: Tools) -> None:
    for sentence in trigger.examples:
        assert trigger.id in triggers_in(tools, sentence), sentence


@pytest.mark.parametrize("trigger", load_triggers(), ids=lambda trigger: trigger.id)
def test_lexicon_event_stays_out_of_its_counter_examples(trigger: Trigger, tools: Tools) -> None:
    for sentence in trigger.counter_examples:
        assert f"trigger:{trigger.id}" not in events(tools, sentence), sentence


@pytest.mark.parametrize("row", HARMS, ids=lambda row: row["id"])
def test_lexicon_harm_is_read_in_its_examples(row: dict[str, Any], tools: Tools) -> None:
    for sentence in row["examples"]:
        found = [
            claim.payload
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Casualty)
        ]
        assert [item.outcome for item in found] == [row["outcome"]], sentence


@pytest.mark.parametrize("row", HARMS, ids=lambda row: row["id"])
def test_lexicon_harm_stays_out_of_its_counter_examples(row: dict[str, Any], tools: Tools) -> None:
    for sentence in row["not"]:
        found = [
            claim.payload
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Casualty)
        ]
        assert not found, sentence


@pytest.mark.parametrize("row", GROUPS, ids=lambda row: row["id"])
def test_lexicon_group_is_read_in_its_examples(row: dict[str, Any], tools: Tools) -> None:
    for sentence in row["examples"]:
        (claim,) = (
            claim
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Casualty)
        )
        assert isinstance(claim.payload, Casualty)
        assert claim.payload.category == row["category"]
        assert claim.payload.subgroup == row["subgroup"]


@pytest.mark.parametrize("row", STATES, ids=lambda row: row["id"])
def test_lexicon_ceasefire_state_is_read_in_its_examples(row: dict[str, Any], tools: Tools) -> None:
    for sentence in row["examples"]:
        found = [
            claim.payload.status
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Ceasefire)
        ]
        assert found == [row["status"]], sentence
    for sentence in row["not"]:
        found = [
            claim.payload.status
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Ceasefire)
        ]
        assert row["status"] not in found, sentence


@pytest.mark.parametrize("formula", load_formulas(), ids=lambda formula: formula.id)
def test_lexicon_withheld_formula_is_read_in_its_examples(formula: Formula, tools: Tools) -> None:
    for sentence in formula.examples:
        claims = [
            claim
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Withheld)
        ]
        assert [claim.trace[0].rule for claim in claims] == [f"withheld:{formula.id}"], sentence
    for sentence in formula.counter_examples:
        claims = [
            claim
            for claim in read_document(Document(text=sentence), tools=tools).claims
            if isinstance(claim.payload, Withheld)
        ]
        assert not claims, sentence


def test_lexicon_ceasefire_names_match_whole_words_only() -> None:
    assert load_ceasefires().names.search("The Truces held")
    assert not load_ceasefires().names.search("A trucelike calm")


@pytest.mark.parametrize("hedge", load_hedges(), ids=lambda hedge: hedge.id)
def test_lexicon_hedge_matches_its_examples_only(hedge: Hedge) -> None:
    import re

    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, hedge.patterns)) + r")(?!\w)", re.IGNORECASE
    )
    assert all(pattern.search(sentence) for sentence in hedge.examples)
    assert not any(pattern.search(sentence) for sentence in hedge.counter_examples)


def test_lexicon_party_kinds_are_those_of_the_record() -> None:
    kinds = set(get_args(PartyKind))
    assert {known.kind for known in load_parties()} <= kinds
    assert {role.kind for role in load_roles()} <= kinds


def test_lexicon_party_ids_are_unique() -> None:
    ids = [known.id for known in load_parties()]
    assert len(ids) == len(set(ids))


def test_lexicon_persons_belong_to_known_parties() -> None:
    from counterclaim.resolve.known_names import known_party

    assert all(known_party(person.root) is not None for person in load_persons())


def test_lexicon_harm_verbs_and_things_do_not_mix() -> None:
    lexicon = load_harm()
    assert not set(lexicon.verbs) & set(lexicon.person_verbs)
