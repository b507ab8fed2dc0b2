import re
from collections import Counter

import pytest

from counterclaim.lexicon.load import read_rows

ROWS = read_rows("discussion.yaml")
PARTS = {"heading", "stamp", "byline", "register", "voice", "act", "stance"}
TYPES = {"opinion", "prediction", "question", "proposal", "insult"}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_lexicon_entry_matches_its_examples_and_nothing_it_denies(row: dict[str, object]) -> None:
    pattern = re.compile(str(row["pattern"]))
    examples, denied = row["examples"], row["not"]
    assert isinstance(examples, list)
    assert isinstance(denied, list)
    assert examples
    assert denied
    assert [x for x in examples if not pattern.search(x)] == []
    assert [x for x in denied if pattern.search(x)] == []


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_lexicon_entry_is_whole(row: dict[str, object]) -> None:
    assert row["part"] in PARTS
    assert str(row["means"]).endswith(".")
    assert ("weight" in row) == (row["part"] in {"act", "stance"})
    assert ("type" in row) == (row["part"] == "act")
    assert row.get("type", "opinion") in TYPES


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_lexicon_entry_that_folds_is_written_small(row: dict[str, object]) -> None:
    pattern = str(row["pattern"])
    if pattern.startswith("(?i)"):
        assert re.search(r"(?<!\\)[A-Z]", pattern[4:]) is None


def test_lexicon_ids_stand_once() -> None:
    assert [i for i, n in Counter(row["id"] for row in ROWS).items() if n > 1] == []
