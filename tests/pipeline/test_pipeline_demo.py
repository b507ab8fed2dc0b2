"""The shipped report, read end to end: what its ledger must hold, said by hand, and the whole as a golden file."""

from collections.abc import Callable
from datetime import date

import pytest

from counterclaim.export.formats import notation
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.claim import Casualty, Claim, Event, Withheld
from counterclaim.records.finding import Finding
from counterclaim.records.notation import parse_claim, print_claim
from counterclaim.records.reading import Reading
from counterclaim.service.report_view import build_report_view


@pytest.fixture(scope="module")
def reading(tools: Tools) -> Reading:
    return read_document(demo_document(), tools=tools)


def said(reading: Reading) -> list[str]:
    return [
        f"{item.speaker_name or '-'} {item.stance} {' & '.join(map(str, item.targets))}".strip()
        for item in reading.attributions
        if item.is_claim
    ]


def finding(reading: Reading, slot: str, *words: str) -> Finding:
    found = [
        item
        for item in reading.findings
        if item.slot == slot and all(word in item.proposition for word in words)
    ]
    assert len(found) == 1, [(item.slot, item.proposition) for item in reading.findings]
    return found[0]


def figures(reading: Reading) -> dict[int, tuple[Claim, Casualty]]:
    return {
        claim.payload.count.low: (claim, claim.payload)
        for claim in reading.claims
        if isinstance(claim.payload, Casualty) and claim.payload.count.low is not None
    }


def test_pipeline_demo_who_says_what(reading: Reading) -> None:
    lines = said(reading)
    for expected in (
        "Azerbaijan admit",
        "Azerbaijan/Ministry of Defence state",
        "Armenia/Ministry of Defence confirm",
        "Armenia/Ministry of Defence deny",
        "Azerbaijan accuse Armenia/military",
        "Nagorno-Karabakh state",
        "Russia appeal Azerbaijan & Armenia",
        "Turkey/Recep Tayyip Erdogan appeal Armenia",
    ):
        assert expected in lines
    assert not any(
        "You are wrong" in reading.document.words(*item.content) for item in reading.attributions
    )


def test_pipeline_demo_figures_in_every_field(reading: Reading) -> None:
    found = figures(reading)
    assert set(found) == {23, 555, 31, 42}
    expected = {
        23: ("Nagorno-Karabakh", "military", "new", "2020-10-14", "Nagorno-Karabakh"),
        555: ("Nagorno-Karabakh", "military", "cumulative", "2020-10-14", "Nagorno-Karabakh"),
        31: ("Nagorno-Karabakh", "civilian", "cumulative", "2020-10-13", ""),
        42: ("Azerbaijan", "civilian", "cumulative", "2020-10-13", "Azerbaijan"),
    }
    for number, (side, category, measure, day, reporter) in expected.items():
        claim, payload = found[number]
        when = payload.as_of or payload.period
        assert when is not None
        assert (payload.count.low, payload.count.high) == (number, number)
        assert payload.outcome == "killed"
        assert " & ".join(map(str, payload.side)) == side
        assert (payload.category, payload.measure, when.value) == (category, measure, day)
        assert " & ".join(map(str, claim.speakers)) == reporter
    assert found[555][1].includes == (found[23][0].span,)
    assert "as_of_shared" in found[42][1].flags


def test_pipeline_demo_account_derives_532_and_excludes_what_is_not_disclosed(
    reading: Reading,
) -> None:
    derived = [
        point
        for series in reading.account.series
        for point in series.points
        if point.is_derived and point.count.low == 532
    ]
    assert [point.as_of.value for point in derived if point.as_of] == ["2020-10-13"]
    (total,) = map(str, reading.account.totals)
    assert total.startswith("at least 628 (555 + 42 + 31), 2020-10-13 to 2020-10-14")
    assert total.endswith("excludes Azerbaijan military (not disclosed)")
    (withheld,) = [claim.payload for claim in reading.claims if isinstance(claim.payload, Withheld)]
    assert [str(owner) for owner in withheld.owners] == ["Azerbaijan"]
    assert finding(reading, "disclosure", "Azerbaijan").rule == 11


def test_pipeline_demo_strikes_agreed_by_both_and_denials_by_scope(reading: Reading) -> None:
    strikes = finding(reading, "occurred", "assault (aerial) by Azerbaijan")
    assert (strikes.status, strikes.rule) == ("agreed_by_both", 2)
    assert finding(reading, "place", "inside Armenia").status == "agreed_by_both"
    assert "not computable" in finding(reading, "border", "Armenia").proposition
    assert finding(reading, "effect", "rocket launcher").status == "single_source"
    ganja = finding(reading, "occurred", "Ganja")
    assert ganja.status == "denied"
    assert "scope_inferred" in ganja.flags
    border = finding(reading, "border", "Ganja").proposition
    assert "in Azerbaijan by the recognised border" in border
    assert "outside the disputed areas" in border
    assert finding(reading, "occurred", "northern Syria").status == "unattributed"


def test_pipeline_demo_a_denial_is_never_an_attack(reading: Reading) -> None:
    (denied,) = [
        claim
        for claim in reading.claims
        if isinstance(claim.payload, Event) and claim.payload.telling == "denied"
    ]
    assert denied.stance == "deny"
    assert denied.quote == "fired"


def test_pipeline_demo_thread_is_cut_and_never_a_source(reading: Reading) -> None:
    text = reading.document.text
    cut = text.index("this will go on all winter")
    assert reading.division.cut.at == cut - 1
    assert reading.division.cut.reason
    assert len(reading.comments) >= 7
    kinds = {kind for comment in reading.comments for kind in comment.types}
    assert {"prediction", "question", "checkable", "proposal", "reply"} <= kinds
    assert all(claim.span.end <= cut for claim in reading.claims)


def test_pipeline_demo_golden_ledger(reading: Reading, golden: Callable[[str, str], None]) -> None:
    golden("demo.ledger", notation(reading))


def test_pipeline_demo_every_line_reads_back_to_its_claim(reading: Reading) -> None:
    for claim in reading.claims:
        assert parse_claim(print_claim(claim)).payload == claim.payload


def test_pipeline_demo_sheet_keeps_each_side_in_one_column(reading: Reading) -> None:
    sheet = build_report_view(reading)
    strikes = next(block for block in sheet.incidents if "aerial" in block.label)
    assert {"Azerbaijan", "Armenia"} <= set(strikes.parties)
    assert any(
        cell.words.startswith("Ministry of Defence confirms")
        for row in strikes.rows
        for cell in row.cells
    )
    assert date(2020, 10, 14).isoformat() in sheet.source
