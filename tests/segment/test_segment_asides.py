"""Asides: lines of a page that point elsewhere, sell or ask for consent are shown and not read."""

import pytest

from counterclaim.records.text import Document
from counterclaim.segment.asides import find_asides
from counterclaim.segment.divide import segment_document

LEAD = "Shells hit the mill at Ost on Sunday, killing four people, medics said."


@pytest.mark.parametrize(
    "line",
    [
        "Related: Rocket kills two in Varn",
        "READ MORE | Twelve die as bridge falls",
        "See also – How 200 died at Varn",
        "More from the north: three wounded in raid",
        "Sign up to our newsletter: the day's war in five minutes",
        "We and our 812 partners store and access information on a device.",
        "This site uses cookies. Accept all",
    ],
)
def test_asides_are_told_by_their_own_words(line: str) -> None:
    assert find_asides(["Title", LEAD, line, LEAD]) == {2}


@pytest.mark.parametrize(
    "line",
    [
        "Related deaths rose to 40, the ministry said.",
        "More on the road were wounded: twelve, medics said, and two died.",
        "The ministry said it would sign up to the truce.",
        "Most read the leaflets and left.",
        "Recommended measures: none",
        "Read them the list, he said.",
    ],
)
def test_asides_leave_the_report(line: str) -> None:
    assert find_asides(["Title", LEAD, line, LEAD]) == frozenset()


def test_asides_under_a_heading_end_where_prose_goes_on() -> None:
    lines = ["Title", LEAD, "Most read", "1. Rocket kills 5", "How 200 died", LEAD, "A Heading"]
    assert find_asides(lines) == {2, 3, 4}


def test_asides_a_banner_may_open_a_text_and_stays_in_it() -> None:
    text = f"We value your privacy\n\nShells hit Ost\n\n{LEAD}\n\nRelated: Rocket kills two in Varn"
    division, _ = segment_document(Document(text=text))
    kinds = [passage.kind for passage in division.passages]
    assert (kinds[0], kinds[-1]) == ("aside", "aside")
    assert division.report == type(division.report)(0, len(text))


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Soldiers carry a coffin in Arauca, where 16 people died last year. (Agency)",
        "Image: A bridge in Ost, hit in 2011",
        "Picture caption: Mourners in Varn",
        "File photo: A camp of the rebels.",
        "Video | Shells fall on Ost",
    ],
)
def test_asides_are_pictures_words_too(line: str) -> None:
    assert find_asides(["Title", LEAD, line, LEAD]) == {2}


@pytest.mark.parametrize(
    "line",
    [
        "Photographs showed 16 bodies: all were men.",
        "Video of the raid shows four dead.",
        "Images: none were given, the army said, of the 12 dead soldiers." * 4,
    ],
)
def test_asides_reports_on_pictures_stay(line: str) -> None:
    assert find_asides(["Title", LEAD, line, LEAD]) == frozenset()
