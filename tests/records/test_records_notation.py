from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.count import Count, exactly
from counterclaim.records.notation import (
    NotationError,
    parse_attribution,
    parse_claim,
    print_attribution,
    print_claim,
)
from counterclaim.records.party import Party
from counterclaim.records.text import Span
from tests.strategies import attributions, claims


@settings(max_examples=400)
@given(claims)
def test_records_claims_round_trip_in_the_notation(claim: Claim) -> None:
    line = print_claim(claim)
    again = parse_claim(line)
    assert again == claim
    assert again.id == claim.id
    assert print_claim(again) == line


@settings(max_examples=300)
@given(attributions)
def test_records_attributions_round_trip_in_the_notation(item: Attribution) -> None:
    line = print_attribution(item, "what is said")
    again = parse_attribution(line)
    assert again == item
    assert again.id == item.id


def figure() -> Claim:
    return Claim(
        document_id="d-0123456789ab",
        span=Span(775, 777),
        quote="23",
        sentence=Span(741, 884),
        payload=Casualty(
            count=exactly(23),
            outcome="killed",
            category="military",
            side=(Party("Upper Ost"),),
            relation="self",
            measure="new",
        ),
        speakers=(Party("Upper Ost", "Ministry of Defence"),),
    )


def test_records_a_line_reads_like_a_sentence() -> None:
    assert print_claim(figure(), date(2031, 5, 4)) == (
        "2031-05-04 Upper_Ost/Ministry_of_Defence state killed 23 military of=Upper_Ost new relation=self "
        '[d-0123456789ab#775-777 in=741-884] "23"'
    )


def test_records_the_day_before_a_line_is_for_the_reader_only() -> None:
    assert parse_claim(print_claim(figure(), date(2031, 5, 4))) == figure()


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (exactly(555), "555"),
        (Count(12, None, "at_least", 12), "12../at_least=12"),
        (Count(0, 550, "at_most", 550), "0..550/at_most=550"),
        (Count(270, 299, "about", 300), "270..299/about=300"),
        (Count(None, None, "unstated", None), "../unstated"),
    ],
)
def test_records_counts_are_written_as_ranges(count: Count, written: str) -> None:
    claim = figure()
    line = print_claim(
        replace(claim, payload=Casualty(count=count, outcome="killed", measure="new"))
    )
    assert f" killed {written} unknown " in line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "ends in"),
        ("Ardenia state event", "ends in"),
        ('Ardenia [d-1#0-1] "x"', "begins with"),
        ('Ardenia state killed 5 unknown [d-1#0-1 in=0-1] "x"', "breaks off"),
        ('Ardenia state killed five unknown new relation=self [d-1#0-1 in=0-1] "x"', "count"),
        ('Ardenia state position demand - > - [d-1#here in=0-1] "x"', "span"),
    ],
)
def test_records_a_broken_line_says_what_is_wrong(line: str, why: str) -> None:
    with pytest.raises(NotationError, match=why):
        parse_claim(line)
