"""With the model, without it by choice, and without it by mishap: each reading says which."""

from pathlib import Path

import pytest
import spacy

import counterclaim.pipeline.resources
from counterclaim.model import open_model
from counterclaim.parse import DEFAULT_PIPELINE
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.text import Document

TEXT = "Syria said on Monday that Turkey had shelled a village."


def test_pipeline_model_reads_by_default(tools: Tools) -> None:
    reading = read_document(Document(text=TEXT), tools=tools)
    assert reading.signature["model"].startswith("polnear-minilm ")
    assert reading.attributions[0].probability is not None


def test_pipeline_rules_only_leaves_the_model_out() -> None:
    reading = read_document(Document(text=TEXT), tools=load_tools(rules_only=True))
    assert reading.signature["model"] == "none: rules only"
    assert [item.probability for item in reading.attributions] == [None]
    assert not reading.problems


def test_pipeline_missing_model_is_told_and_the_rules_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterclaim.pipeline.resources, "open_model", lambda: open_model(tmp_path))
    tools = load_tools.__wrapped__()
    reading = read_document(Document(text=TEXT), tools=tools)
    assert [item.stance for item in reading.attributions] == ["accuse"]
    [problem] = reading.problems
    assert problem.code == "no-model"
    assert "read by rules alone, because" in problem.message


@pytest.mark.parametrize("rules_only", [False, True])
def test_pipeline_component_takes_the_setting(*, rules_only: bool) -> None:
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.add_pipe("counterclaim_attribution", config={"rules_only": rules_only})
    [item] = nlp(TEXT)._.attributions
    assert (item.probability is None) == rules_only
