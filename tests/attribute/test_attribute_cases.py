"""The cases of each kind of text: what must be read, and that nothing swallows what comes after."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterclaim.records.attribution import Attribution
from counterclaim.records.reading import Reading
from tests.conftest import ReadText

FOLDER = Path(__file__).parent.parent / "cases" / "attribution"
TAIL = "Lebanon denied that its army had crossed the river."
HEARD = "Lebanon | denied | deny | its army had crossed the river"


def rows() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        cases = yaml.safe_load(path.read_text("utf-8"))
        found += [pytest.param(row, id=f"{path.stem}: {row['label']}") for row in cases]
    return found


def spoken(reading: Reading, item: Attribution) -> str:
    words = " ".join(reading.document.words(*item.content).split())
    cue = " ".join(reading.document.words(item.cue).split())
    return f"{item.speaker_name or '-'} | {cue} | {item.stance} | {words}"


def claims(reading: Reading) -> list[Attribution]:
    return [item for item in reading.attributions if item.is_claim]


@pytest.mark.parametrize("case", rows())
def test_attribute_reads_the_case(case: dict[str, Any], read_text: ReadText) -> None:
    reading = read_text(case["text"])
    found = claims(reading)
    lines = [spoken(reading, item) for item in found]
    if "expect" in case:
        assert lines == case["expect"]
    for line in case.get("expect_some", ()):
        assert line in lines, lines
    if "quotation" in case:
        assert [item.quotation for item in found] == case["quotation"], lines
    if "via" in case:
        assert [list(map(str, item.via)) for item in found] == case["via"], lines
    if "targets" in case:
        assert [list(map(str, item.targets)) for item in found] == case["targets"], lines


@pytest.mark.parametrize("case", rows())
def test_attribute_swallows_nothing_after_the_case(
    case: dict[str, Any], read_text: ReadText
) -> None:
    if case.get("swallows"):
        pytest.skip("a block behind a colon goes on to the end of the text")
    text = f"{case['text']}\n\n{TAIL}"
    reading = read_text(text)
    start = len(text) - len(TAIL)
    assert HEARD in [spoken(reading, item) for item in claims(reading)]
    for item in claims(reading):
        if item.cue.start < start:
            assert all(span.end <= start for span in item.content), spoken(reading, item)


@pytest.mark.parametrize(
    "kind",
    [
        "quotes-curly",
        "quotes-straight",
        "quotes-unclosed",
        "quotes-paragraphs",
        "quotes-nested",
        "headlines",
        "capitals",
        "lists",
        "directness",
        "carriers",
        "coordination",
        "denials",
        "according-to",
        "absent",
        "passives",
        "targets",
    ],
)
def test_attribute_every_kind_has_cases_and_near_misses(kind: str) -> None:
    cases = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text("utf-8"))
    assert len(cases) >= 4
    assert len({case["label"] for case in cases}) == len(cases)
