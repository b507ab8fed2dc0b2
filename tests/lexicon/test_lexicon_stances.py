"""The stance table: every row reads its examples and leaves its counter-examples, and every cue has its stance."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from counterclaim.lexicon import Cue, load_cues
from counterclaim.lexicon.load import read_rows
from counterclaim.lexicon.stances import FACTS, StanceRow, load_stance_words, load_stances
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.attribution import STANCES, Attribution
from counterclaim.records.text import Document

ROWS = load_stances()
CUES = load_cues()
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def read_all(tools: Tools) -> dict[str, tuple[Attribution, ...]]:
    sentences = {words for row in ROWS for words in (*row.examples, *row.counter_examples)}
    sentences |= {words for cue in CUES for words in cue.examples}
    return {
        words: read_document(Document(text=words), tools=tools).attributions for words in sentences
    }


def rules(found: tuple[Attribution, ...]) -> set[str]:
    return {step.rule for item in found for step in item.trace if step.rule.startswith("stance:")}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_lexicon_stance_row_reads_its_examples(
    row: StanceRow, read_all: dict[str, tuple[Attribution, ...]]
) -> None:
    assert row.examples, "a row without an example proves nothing"
    for words in row.examples:
        found = read_all[words]
        if row.stance == "none":
            assert not any(item.is_claim for item in found), words
            continue
        read = [item for item in found if f"stance:{row.id}" in rules((item,))]
        assert read, f"{words!r} is read by {rules(found)}"
        assert {item.stance for item in read} == {row.stance}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_lexicon_stance_row_leaves_its_counter_examples(
    row: StanceRow, read_all: dict[str, tuple[Attribution, ...]]
) -> None:
    assert row.counter_examples, "a row without a counter-example knows no limit"
    for words in row.counter_examples:
        if row.stance == "none":
            assert any(item.is_claim for item in read_all[words]), words
        else:
            assert f"stance:{row.id}" not in rules(read_all[words]), words


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_lexicon_every_cue_gives_its_stance_in_its_examples(
    cue: Cue, read_all: dict[str, tuple[Attribution, ...]]
) -> None:
    by_row = {f"stance:{row.id}": row.stance for row in ROWS}
    for words in cue.examples:
        for item in read_all[words]:
            if item.cue_entry == cue.id:
                rule = next(iter(rules((item,))))
                assert item.stance == by_row.get(rule, cue.stance), (words, rule)


def test_lexicon_most_cues_keep_their_stance(
    read_all: dict[str, tuple[Attribution, ...]],
) -> None:
    first = {
        cue.id: [item for item in read_all[cue.examples[0]] if item.cue_entry == cue.id]
        for cue in CUES
    }
    changed = [cue.id for cue in CUES for item in first[cue.id][:1] if item.stance != cue.stance]
    assert len(changed) <= len(CUES) // 20, changed


def test_lexicon_stance_rows_are_unique_and_of_the_closed_list() -> None:
    assert max(Counter(row.id for row in ROWS).values()) == 1
    assert {row.stance for row in ROWS} <= {*STANCES, "none"}
    assert {stance for row in ROWS for stance in row.of} <= set(STANCES)


def test_lexicon_stance_rows_name_entries_that_exist() -> None:
    known = {cue.id for cue in CUES}
    assert {entry for row in ROWS for entry in row.entries} <= known


def test_lexicon_every_fact_and_word_set_is_used() -> None:
    facts = {fact for row in ROWS for fact in row.facts | row.barred}
    assert set(FACTS) - facts == set()
    used = {name.split(": ")[1] for row in ROWS for name in row.sets}
    assert set(load_stance_words()) - used - {"inner"} == set()


def test_lexicon_word_sets_hold_each_word_once_in_lower_case() -> None:
    for row in read_rows("stance_words.yaml"):
        words = [str(word) for word in row["words"]]
        assert max(Counter(words).values()) == 1, row["id"]
        assert words == [word.lower() for word in words], row["id"]


def test_lexicon_every_stance_has_a_cue_or_a_row() -> None:
    reached = {cue.stance for cue in CUES} | {row.stance for row in ROWS}
    assert set(STANCES) <= reached


def test_lexicon_stance_page_is_fresh() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    page = (ROOT / "docs" / "stances.md").read_text("utf-8")
    assert page == made["PAGES"]["docs/stances.md"](), "docs/stances.md is stale: make docs"
