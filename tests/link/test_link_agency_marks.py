"""Agencies' marks: every example bears one, no near miss does."""

import pytest

from counterclaim.lexicon.agencies import Agency, load_agencies
from counterclaim.link.agency_marks import find_marks

EXAMPLES = [(agency, line) for agency in load_agencies() for line in agency.examples]
NEAR = [(agency, line) for agency in load_agencies() for line in agency.near]


@pytest.mark.parametrize(("agency", "line"), EXAMPLES, ids=lambda item: getattr(item, "id", item))
def test_link_an_example_bears_its_agencys_mark(agency: Agency, line: str) -> None:
    assert [mark.agency for mark in find_marks(line)] == [agency.id]


@pytest.mark.parametrize(("agency", "line"), NEAR, ids=lambda item: getattr(item, "id", item))
def test_link_a_near_miss_bears_none(agency: Agency, line: str) -> None:
    assert agency.id not in {
        mark.agency for mark in find_marks(f"It rained.\n\n{line}\n\nIt stopped.")
    }


def test_link_a_mark_stands_where_papers_put_it() -> None:
    text = "Shells fell on the market.\n\nTwo people died, a doctor said. (AP, Reuters)\n\n— With files from AFP"
    found = {mark.agency: mark for mark in find_marks(text)}
    assert {name: mark.extent for name, mark in found.items()} == {
        "AP": "whole",
        "Reuters": "whole",
        "AFP": "part",
    }
    span = found["AFP"].span
    assert span is not None
    assert text[span.start : span.end] == "With files from AFP"


def test_link_an_outlet_that_is_an_agency_is_marked_by_its_name() -> None:
    assert find_marks("Shells fell.", "Reuters")[0].agency == "Reuters"
    assert find_marks("Shells fell.", "Reuters Institute") == ()
