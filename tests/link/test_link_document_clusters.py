"""Stories: documents of one happening, copies, and the reasons."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.link.document_clusters import Stories, find_stories
from counterclaim.link.text_features import read_wording
from counterclaim.link.weights import load_weights
from counterclaim.records.text import Document
from tests.happenings import DAY, document

MILL = (
    "A shell hit the Brenmill flour mill in Ostbridge on Sunday, killing the miller Anna Varnholt, 61, the mayor Tor Halstead said. "
    "Neighbours of the Brenmill yard said that two carters were taken to the Kelford clinic."
)
MILL_AGAIN = (
    "Anna Varnholt, 61, a miller, died when her Brenmill flour mill in Ostbridge was shelled, said Tor Halstead, the mayor. "
    "Two carters lay wounded in the Kelford clinic on Monday."
)
SCHOOL = (
    "Fire destroyed the Limgate school in Dorwick on Sunday after a drone fell on its roof, the teacher Ven Garrow said. "
    "Nobody was inside, and the Dorwick brigade put it out by noon."
)


def test_link_two_reports_of_one_happening_are_one_story() -> None:
    rows = [document(MILL), document(MILL_AGAIN, DAY + timedelta(days=1)), document(SCHOOL)]
    first, again, school = find_stories(rows)
    assert first == again
    assert school != first


@pytest.mark.xfail(
    reason="one rare town and one day are enough for two short reports: the weights come from towns where little happens"
)
def test_link_the_same_town_and_day_is_not_one_story() -> None:
    other = "A bus drivers' strike began in Ostbridge on Sunday, and the depot at Saltmoor stayed shut, said Ivo Fenwick of the union."
    one, two = find_stories([document(MILL), document(other)])
    assert one != two


def test_link_years_between_part_reports_alike() -> None:
    near = Stories()
    far = Stories()
    near.add(document(MILL))
    far.add(document(MILL))
    soon = document(MILL_AGAIN, DAY + timedelta(days=1))
    late = document(MILL_AGAIN + " It was remembered.", DAY + timedelta(days=1500))
    near.add(soon)
    far.add(late)
    first = document(MILL).id
    assert near.chance(first, soon.id) > far.chance(first, late.id)


def test_link_waterfall_sums_to_the_points() -> None:
    stories = Stories()
    one, two = document(MILL), document(MILL_AGAIN, DAY + timedelta(days=1))
    stories.add(one)
    stories.add(two)
    link = stories.link(one.id, two.id)
    assert link.waterfall()[-1][2] == pytest.approx(link.points)
    assert link == stories.link(two.id, one.id)
    assert {part.name for part in link.parts} - {"constant"} == set(load_weights("dated").by_name)


def test_link_an_edited_copy_is_a_copy() -> None:
    stories = Stories()
    long = f"{MILL} {SCHOOL}"
    one = document(long)
    two = document(long + " The Courier adds that rain is expected.", outlet="The Courier")
    other = document(MILL_AGAIN)
    for item in (one, two, other):
        stories.add(item)
    assert set(stories.copies_of(one.id)) == {one.id, two.id}
    assert stories.copies_of(other.id) == (other.id,)


def test_link_the_same_words_on_another_day_are_another_document() -> None:
    gone = "This article is no longer available."
    keys = find_stories(
        [
            Document(text=gone, published=date(2030, 1, 1)),
            Document(text=gone, published=date(2033, 1, 1)),
        ]
    )
    assert keys[0] != keys[1]


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(5)))
def test_link_stories_are_the_same_in_any_order(order: list[int]) -> None:
    rows = [
        document(MILL),
        document(MILL_AGAIN, DAY + timedelta(days=1)),
        document(SCHOOL),
        document(MILL + " More was not known.", DAY),
        document(SCHOOL + " The Dorwick brigade thanked Ven Garrow.", DAY + timedelta(days=2)),
    ]
    stories = Stories()
    for index in order:
        stories.add(rows[index])
    expected = Stories()
    for row in rows:
        expected.add(row)
    assert stories.stories() == expected.stories()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It fell on Sunday.", date(2031, 5, 4)),
        ("It fell on May 2.", date(2031, 5, 2)),
        ("It fell on 2 May, they said.", date(2031, 5, 2)),
        ("It fell on Dec. 30.", date(2030, 12, 30)),
        ("It fell on June 1, 2029.", date(2029, 6, 1)),
    ],
)
def test_link_wording_resolves_days_named(text: str, day: date) -> None:
    assert read_wording(text, DAY).days == {day.toordinal()}


def test_link_wording_without_a_day_of_publication_resolves_none() -> None:
    assert not read_wording("It fell on Sunday, May 2.").days


def test_link_every_weight_is_of_a_known_sign() -> None:
    for name in ("dated", "undated", "events undated"):
        for feature, weight in load_weights(name).by_name.items():
            if feature not in {"days apart", "undated", "same sentence", "same document"}:
                assert weight > 0, f"{name}: {feature} is an agreement and speaks against"
