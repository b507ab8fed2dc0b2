"""What can be verified in a comment: the shipped model, its card, and how it joins the signs."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from counterclaim.discussion import read_comments
from counterclaim.discussion.proposition_features import BLOCKS, BUCKETS, features_of
from counterclaim.discussion.verifiability import (
    DATA,
    VerifiabilityError,
    name_of,
    open_verifiability,
)
from counterclaim.records.text import (
    VERIFIABILITIES,
    Comment,
    Division,
    Document,
    ReportEnd,
    Span,
    Verifiability,
)

REPORT = "Ardenia’s army shelled the town of Ost on Sunday.\n"


def comment_on(words: str) -> Comment:
    """Read one comment under a report."""
    text = REPORT + words
    comment = Comment(span=Span(len(REPORT), len(text)), boundary="sure", reason="x")
    end = ReportEnd(at=len(REPORT), boundary="sure", reason="x")
    division = Division(report=Span(0, len(REPORT)), cut=end, passages=(), comments=(comment,))
    return read_comments(Document(text=text), division)[0]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("This is a disgrace and should stop at once.", "unverifiable"),
        ("Please do the right thing.", "unverifiable"),
        ("Last year I was held on a plane for six hours and my bag was lost.", "own experience"),
        ("The bank called me twice and told me that my papers were lost.", "own experience"),
        ("The law of 2009 requires banks to answer within 30 days.", "verifiable"),
    ],
)
def test_verifiability_tells_three_kinds_of_propositions(words: str, label: Verifiability) -> None:
    model = open_verifiability()
    assert model.label(words) == label
    assert sum(model.chances(words).values()) == pytest.approx(1)


@pytest.mark.parametrize("words", ["", "   ", "?", "ё", "x" * 5_000, "\ud800 no"])
def test_verifiability_takes_any_words(words: str) -> None:
    shares = open_verifiability().chances(words)
    assert set(shares) == set(VERIFIABILITIES)
    assert all(0 <= share <= 1 for share in shares.values())


def test_verifiability_features_are_buckets_of_every_sort() -> None:
    found = features_of("I paid $40 in 2009, did they?")
    assert tuple(found) == BLOCKS
    assert all(0 <= bucket < BUCKETS for own in found.values() for bucket in own)


def test_verifiability_weights_are_those_of_the_card(tmp_path: Path) -> None:
    with np.load(DATA / "verifiability.npz") as stored:
        codes = stored["codes"]
    told = json.loads((DATA / "verifiability.json").read_text("utf-8"))
    assert told["name"] == name_of(codes)
    assert {"data", "propositions", "limits", "left out by rule"} <= told["card"].keys()
    for name in ("verifiability.npz", "verifiability.json"):
        shutil.copy(DATA / name, tmp_path / name)
    np.savez_compressed(tmp_path / "verifiability.npz", codes=codes[:, ::-1])
    with pytest.raises(VerifiabilityError, match="not those of their card"):
        open_verifiability(tmp_path)
    (tmp_path / "verifiability.npz").unlink()
    with pytest.raises(VerifiabilityError, match="cannot be read"):
        open_verifiability(tmp_path)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Ardenia occupied Osk in 2008.", "verifiable"),
        ("I was stopped at the border twice last year and they took my car.", "own experience"),
        ("Shame on all of them, this should stop.", "unverifiable"),
    ],
)
def test_verifiability_of_a_comment_is_that_of_its_strongest_stretch(
    words: str, label: Verifiability
) -> None:
    found = comment_on(words)
    assert found.verifiability == label
