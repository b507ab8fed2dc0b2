from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.count import Count, exactly
from counterclaim.records.identity import make_id
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Time, bounds
from tests.strategies import claims, counts, spans


@given(spans, spans)
def test_records_spans_meet_both_ways(left: Span, right: Span) -> None:
    assert left.meets(right) == right.meets(left)
    assert not (left.covers(right) and len(left) and len(right)) or left.meets(right)


def test_records_a_span_runs_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        Span(5, 3)


@given(counts())
def test_records_a_count_prints_and_has_its_low_as_best(count: Count) -> None:
    assert str(count)
    assert count.best == count.low


def test_records_a_count_is_ordered() -> None:
    with pytest.raises(ValueError, match="low"):
        Count(5, 3)


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (exactly(1234), "1,234"),
        (Count(23, None, "at_least", 23), "at least 23"),
        (Count(24, 30, "range", 24), "24-30"),
        (Count(0, 550, "at_most", 550), "up to 550"),
        (Count(None, None, "unstated"), "not stated"),
        (exactly(0), "0"),
    ],
)
def test_records_counts_print_as_the_codebook_says(count: Count, printed: str) -> None:
    assert str(count) == printed


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-10-14", date(2020, 10, 14), date(2020, 10, 14)),
        ("2020-10-14TNI", date(2020, 10, 14), date(2020, 10, 14)),
        ("2020-W41", date(2020, 10, 5), date(2020, 10, 11)),
        ("2020-W41-WE", date(2020, 10, 10), date(2020, 10, 11)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-09-27/", date(2020, 9, 27), None),
        ("2020-09-27/2020-10-14", date(2020, 9, 27), date(2020, 10, 14)),
        ("XXXX-WXX-3", None, None),
        ("2020-13-45", None, None),
        ("", None, None),
    ],
)
def test_records_time_values_have_bounds(value: str, first: date | None, last: date | None) -> None:
    assert bounds(value) == (first, last)
    assert Time(value).is_resolved == (first is not None or last is not None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_records_a_week_holds_its_days(day: date) -> None:
    year, week, _ = day.isocalendar()
    first, last = bounds(f"{year:04}-W{week:02}")
    assert first is not None
    assert last is not None
    assert first <= day <= last
    assert last - first == timedelta(days=6)


@given(claims)
def test_records_a_claims_id_changes_with_what_was_said_only(claim: Claim) -> None:
    assert replace(claim, stance="deny", hedges=(Span(0, 1),), attribution_id="a-0").id == claim.id
    assert replace(claim, quote=claim.quote + "!").id == claim.id
    moved = Span(claim.span.start + 1, claim.span.end + 1)
    assert replace(claim, span=moved).id != claim.id
    assert replace(claim, document_id=claim.document_id + "0").id != claim.id
    assert replace(claim, speakers=(*claim.speakers, Party("nobody else"))).id != claim.id


def test_records_a_document_is_known_by_its_text() -> None:
    assert Document(text="a", name="one").id == Document(text="a", name="two").id
    assert Document(text="a").id != Document(text="b").id


def test_records_a_claim_keeps_the_id_of_earlier_versions() -> None:
    """Ledgers hold this id: a field that payloads gain must not change it where it holds nothing."""
    figure = Casualty(count=exactly(3), outcome="killed", side=(Party("Kestria"),))
    claim = Claim(
        document_id="d-1", span=Span(0, 5), quote="three", sentence=Span(0, 20), payload=figure
    )
    assert claim.id == "c-1a2aba89016d"
    replacing = replace(claim, payload=replace(figure, supersedes=Span(8, 10)))
    assert replacing.id != claim.id


def test_records_ids_tell_parts_apart() -> None:
    assert make_id("c", "ab", "c") != make_id("c", "a", "bc")


def test_records_two_parties_are_one_by_root_and_unit() -> None:
    assert Party("Ardenia", "army", "military") == Party("Ardenia", "army")
    assert Party("Ardenia", "army").whole() == Party("Ardenia")
