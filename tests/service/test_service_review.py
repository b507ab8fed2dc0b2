"""Review: corrections read and applied, doubts told, agreement computed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.records.claim import Casualty, Claim, Event, Position
from counterclaim.records.count import Count, exactly
from counterclaim.records.finding import Finding, Voice
from counterclaim.records.judgement import Judgement, Verdict
from counterclaim.records.ledger_rows import Entry, FiledJudgement
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.service.corrected_claims import (
    CorrectionError,
    apply_corrections,
    correct_field,
    correctable_fields,
    parse_count,
    parse_parties,
    parse_time,
    print_count,
    value_of,
)
from counterclaim.service.review_reasons import min_probability, review_reasons
from counterclaim.service.reviewer_agreement import agreements, cohens_kappa
from tests.strategies import claims


def figure(**fields: object) -> Claim:
    payload = Casualty(
        count=exactly(12),
        outcome="killed",
        side=(Party("Ardenia"),),
        as_of=Time("2031-05-04"),
        **fields,  # type: ignore[arg-type]
    )
    return Claim(
        document_id="d-1",
        span=Span(3, 5),
        quote="12",
        sentence=Span(0, 20),
        payload=payload,
        speakers=(Party("Kestria", "Ministry of Defence"),),
        attribution_id="a-1",
    )


def entry(claim: Claim) -> Entry:
    return Entry(
        claim=claim,
        attribution=None,
        document_title=None,
        document_name="x",
        outlet=None,
        published=None,
        known_on=date(2031, 5, 4),
        recorded_at=datetime(2031, 5, 4, tzinfo=UTC),
        reading_id="r-1",
    )


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("40", exactly(40)),
        ("1,200", exactly(1200)),
        ("at least 40", Count(40, None, "at_least", 40)),
        ("up to 45", Count(0, 45, "at_most", 45)),
        ("40-45", Count(40, 45, "range")),
        ("40 to 45", Count(40, 45, "range")),
        ("0", exactly(0)),
        ("not stated", Count(None, None, "unstated")),
        ("", Count(None, None, "unstated")),
    ],
)
def test_service_mending_reads_numbers(words: str, count: Count) -> None:
    assert parse_count(words) == count


@pytest.mark.parametrize(
    "words", ["many", "-3", "45-40", "4.5", "1,20", "99999999999", "٣", "40 soldiers"]
)
def test_service_mending_refuses_what_is_no_number(words: str) -> None:
    with pytest.raises(CorrectionError, match="no number"):
        parse_count(words)


@given(st.integers(0, 10**6), st.integers(0, 10**6) | st.none())
def test_service_mending_number_printed_is_read_back(low: int, more: int | None) -> None:
    count = Count(low, None if more is None else low + more)
    again = parse_count(print_count(count))
    assert (again.low or 0, again.high) == (low, count.high)


def test_service_mending_reads_parties_and_times() -> None:
    assert parse_parties("Ardenia/Ministry of Defence & Kestria") == (
        Party("Ardenia", "Ministry of Defence"),
        Party("Kestria"),
    )
    assert parse_parties("") == ()
    for words in ("Ardenia & ", "Ardenia/ "):
        with pytest.raises(CorrectionError):
            parse_parties(words)
    assert parse_time("2031-05-04/") == Time("2031-05-04/")
    assert parse_time("") is None
    for words in ("yesterday", "2031-13-01", "2031-05-04/2031-05-01"):
        with pytest.raises(CorrectionError):
            parse_time(words)


@given(claims)
def test_service_mending_with_the_words_as_they_stand_changes_nothing_that_shows(
    claim: Claim,
) -> None:
    for name in correctable_fields(claim):
        words = value_of(claim, name)
        if words != " ".join(words.split()):
            continue  # a name with spaces at its edges is no name that a report gives
        try:
            again = correct_field(claim, name, words)
        except CorrectionError:
            continue
        assert value_of(again, name).split() == words.split()  # a name of blanks is nobody's


def test_service_mending_leaves_the_claim_as_it_was() -> None:
    claim = figure()
    mended = correct_field(claim, "number", "13")
    assert value_of(claim, "number") == "12"
    assert value_of(mended, "number") == "13"
    assert mended.payload.as_of == Time("2031-05-04")  # type: ignore[union-attr]
    with pytest.raises(CorrectionError, match="no number to correct"):
        correct_field(
            Claim(
                document_id="d",
                span=Span(0, 1),
                quote="x",
                sentence=Span(0, 1),
                payload=Position(act="demand"),
            ),
            "number",
            "3",
        )


def test_service_mending_the_latest_correction_of_a_field_holds() -> None:
    claim = figure()
    said = [
        Judgement(
            subject=claim.id, verdict="corrected", by=by, field="number", before=before, after=after
        )
        for by, before, after in (("Ada", "12", "13"), ("Ben", "13", "at least 14"))
    ]
    found = apply_corrections(
        claim, [*said, Judgement(subject=claim.id, verdict="note", by="Ada", reason="x")]
    )
    assert value_of(found.claim, "number") == "at least 14"
    assert found.corrections == (said[1],)
    assert apply_corrections(claim, []).claim is claim


def test_service_doubts_are_told_with_the_heaviest_first() -> None:
    claim = figure(flags=("side_inferred",))
    denied = Finding(
        incident_id="i-1",
        slot="figure",
        proposition="12 killed",
        status="denied",
        rule=6,
        reason="",
        voices=(
            Voice(
                party=None, alignment="doer", affirms=False, claim_id=claim.id, scope_inferred=True
            ),
        ),
    )
    assert [doubt.code for doubt in review_reasons(entry(claim), [denied])] == [
        "side",
        "scope",
        "contested",
    ]
    assert review_reasons(entry(figure())) == ()
    other = Finding(
        incident_id="i-1", slot="figure", proposition="x", status="denied", rule=6, reason=""
    )
    assert review_reasons(entry(figure()), [other]) == ()


def test_service_doubts_name_a_model_that_was_unsure() -> None:
    from dataclasses import replace

    steps = (Step("model", "content:0.55"), Step("model", "cue:0.97"), Step("coders", "side:0.10"))
    claim = replace(figure(), trace=steps)
    assert min_probability(claim) == 0.55
    (doubt,) = review_reasons(entry(claim))
    assert doubt.code == "model"
    assert "55%" in doubt.why
    sure = replace(figure(), trace=(Step("model", "content:0.93"),))
    assert review_reasons(entry(sure)) == ()


def test_service_doubts_name_a_speaker_that_nobody_named() -> None:
    from dataclasses import replace

    claim = replace(figure(), speakers=(), hedges=(Span(0, 2),), payload=Event(type="ASSAULT"))
    assert [doubt.code for doubt in review_reasons(entry(claim))] == ["speaker", "hedged"]


def filed(subject: str, by: str, verdict: Verdict, *, back: bool = False) -> FiledJudgement:
    said = Judgement(subject=subject, verdict=verdict, by=by, reason="x")
    return FiledJudgement(
        judgement=said, recorded_at=datetime(2031, 5, 4, tzinfo=UTC), taken_back=back
    )


def test_service_agreement_is_of_what_both_judged_last() -> None:
    said = [
        filed("c-1", "Ada", "rejected"),
        filed("c-1", "Ada", "accepted"),
        filed("c-1", "Ben", "accepted"),
        filed("c-2", "Ada", "rejected"),
        filed("c-2", "Ben", "discounted"),
        filed("c-3", "Ada", "accepted"),
        filed("c-3", "Ben", "rejected"),
        filed("c-4", "Ada", "accepted"),
        filed("c-4", "Ben", "accepted", back=True),
        filed("i-1", "Ben", "accepted"),
        filed("c-5", "Ben", "note"),
    ]
    (found,) = agreements(said)
    assert (found.first, found.second, found.both, found.same) == ("Ada", "Ben", 3, 2)
    assert found.kappa == pytest.approx(0.4)


def test_service_kappa_is_that_of_the_textbook() -> None:
    """Two readers of fifty proposals, both 20, neither 15, one 5, the other 10: kappa 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([("yes", "yes")] * 3) is None
    assert cohens_kappa([]) is None
    assert cohens_kappa([("a", "b"), ("b", "a")]) == -1
