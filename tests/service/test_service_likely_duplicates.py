"""Likely the same: pairs that linking holds apart are offered both ways, with reasons, until a person parts them."""

from datetime import date
from pathlib import Path

import pytest

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.link import link_documents
from counterclaim.link.weights import load_weights
from counterclaim.records.judgement import Judgement
from counterclaim.records.link import Link, ScorePart
from counterclaim.service.ledger_service import file_reading, judge
from counterclaim.service.likely_duplicates import LEAST, Likely, likely_same
from counterclaim.service.reviewing import ReviewError, merge, part
from counterclaim.tell.link_reasons import REASONS, STARTING, reasons_of
from tests.conftest import ReadText

MARKET = "Armenia shelled the market of Ganja, killing 12 civilians, Azerbaijan said."
SCHOOL = "Azerbaijan said that Armenian missiles had hit a school in Ganja."
ELSEWHERE = "Azerbaijan said Armenian troops had shelled Agdam."


@pytest.fixture
def ledger(tmp_path: Path, read_text: ReadText) -> Ledger:
    found = open_ledger(str(tmp_path / "likely.db"), create=True)
    for text, day in ((MARKET, 11), (SCHOOL, 13), (ELSEWHERE, 13)):
        file_reading(found, read_text(text, date(2020, 10, day)))
    return found


def incident_of(ledger: Ledger, words: str) -> str:
    (found,) = {
        hit.entry.incident_id
        for hit in ledger.search(words).rows
        if hit.entry.claim.kind == "event"
    }
    assert found is not None
    return found


def alike(ledger: Ledger, words: str) -> tuple[Likely, ...]:
    name = incident_of(ledger, words)
    return likely_same(ledger, name, ledger.incident(name).incident.claim_ids)


def test_likely_pairs_are_offered_both_ways_with_one_measure(ledger: Ledger) -> None:
    (one,) = alike(ledger, "market")
    (other,) = alike(ledger, "school")
    assert one.pair == other.pair == {one.incident_id, one.other_id}
    assert (one.incident_id, one.other_id) == (other.other_id, other.incident_id)
    assert one.chance == other.chance
    assert LEAST <= one.chance < 0.5
    assert one.mine.claim.quote == other.yours.claim.quote == "shelled the market"
    assert alike(ledger, "Agdam") == ()


def test_likely_reasons_are_words_the_weightiest_first(ledger: Ledger) -> None:
    (one,) = alike(ledger, "market")
    told = {item.words: item.points for item in one.reasons}
    assert told["at the same place"] > 2
    assert told["2 days apart"] < 0
    assert [abs(item.points) for item in one.reasons] == sorted(map(abs, told.values()))[::-1]


def test_likely_parted_is_offered_no_more_until_that_is_taken_back(ledger: Ledger) -> None:
    (one,) = alike(ledger, "market")
    filed = part(ledger, one.incident_id, one.other_id, by="Ada", reason="another street")
    assert filed.judgement.verdict == "different"
    assert alike(ledger, "market") == alike(ledger, "school") == ()
    judge(ledger, Judgement(subject=filed.judgement.id, verdict="withdrawn", by="Ada"))
    assert len(alike(ledger, "market")) == 1
    assert ledger.verify() == ()


def test_likely_merged_is_one(ledger: Ledger) -> None:
    (one,) = alike(ledger, "market")
    merge(ledger, one.incident_id, one.other_id, by="Ada", reason="")
    assert incident_of(ledger, "market") == incident_of(ledger, "school")
    assert alike(ledger, "market") == ()


def test_likely_without_another_is_refused(ledger: Ledger) -> None:
    name = incident_of(ledger, "market")
    with pytest.raises(ReviewError, match="choose the other incident"):
        part(ledger, name, "", by="Ada", reason="")
    assert likely_same(ledger, name, ()) == ()


def test_likely_linker_gives_nothing_where_all_is_forbidden(read_text: ReadText) -> None:
    reading, other = read_text(SCHOOL, date(2020, 10, 13)), read_text(ELSEWHERE, date(2020, 10, 13))
    linker = link_documents([(item.document, item.claims) for item in (reading, other)])
    ones = [claim.id for claim in reading.claims if claim.kind == "event"]
    others = [claim.id for claim in other.claims if claim.kind == "event"]
    assert linker.likeliest(ones, others) is None
    assert linker.likeliest(ones, []) is None


@pytest.mark.parametrize(
    "name", ["events", "events undated", "casualties", "ceasefires", "positions"]
)
def test_reasons_have_words_for_every_weight(name: str) -> None:
    assert set(load_weights(name).by_name) <= set(REASONS)


def test_reasons_leave_out_where_every_comparison_starts_and_what_adds_nothing() -> None:
    parts = (
        ScorePart(STARTING, 1.0, -5.5),
        ScorePart("wording", 0.5, 2.5),
        ScorePart("same place", 0.0, 0.0),
    )
    link = Link(left="c-1", right="c-2", parts=parts, points=-3.0, chance=0.05)
    assert [item.words for item in reasons_of(link)] == ["the sentences are worded alike"]
