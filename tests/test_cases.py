"""The cases: short texts, and what must be read in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Casualty, Ceasefire, Claim, Event, Withheld
from counterclaim.records.party import Party
from counterclaim.records.reading import Reading
from tests.conftest import ReadText, reader

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def read_text(tools: Tools) -> ReadText:
    """Read by grammar and attribution model: the reader's heads are measured on the corpus, not on cases."""
    return reader(replace(tools, reader=None))


def load(name: str) -> list[Any]:
    rows = yaml.safe_load((CASES / name).read_text("utf-8"))
    known = {
        row["label"]: row["why"]
        for row in yaml.safe_load((CASES / "known-failures.yaml").read_text("utf-8"))
    }
    marks = {label: pytest.mark.xfail(strict=True, reason=why) for label, why in known.items()}
    return [pytest.param(row, id=row["label"], marks=marks.get(row["label"], ())) for row in rows]


def spoken(reading: Reading, item: Attribution) -> str:
    words = " ".join(reading.document.words(*item.content).split())
    cue = " ".join(reading.document.words(item.cue).split())
    return f"{item.speaker_name or '-'} | {cue} | {item.stance} | {words}"


@pytest.mark.parametrize("case", load("attribution.yaml"))
def test_case_attribution(case: dict[str, Any], read_text: ReadText) -> None:
    reading = read_text(case["text"])
    found = [spoken(reading, item) for item in reading.attributions if item.is_claim]
    if "expect" in case:
        assert found == case["expect"]
    for line in case.get("expect_some", ()):
        assert line in found, found


def figure(claim: Claim) -> str:
    payload = claim.payload
    assert isinstance(payload, Casualty)
    count = payload.count
    number = f"{count.said}.." if count.qualifier == "at_least" else str(count.said)
    side = " & ".join(map(str, payload.side)) or "-"
    return f"{number} {payload.outcome} {payload.category} {side} {payload.measure}"


@pytest.mark.parametrize("case", load("casualties.yaml"))
def test_case_casualties(case: dict[str, Any], read_text: ReadText) -> None:
    reading = read_text(case["text"])
    assert [figure(claim) for claim in reading.claims if claim.kind == "casualty"] == case["expect"]


def counted_by(claim: Claim) -> str:
    assert isinstance(claim.payload, Casualty)
    rule = next(
        step.rule.partition(":")[2] for step in claim.trace if step.rule.startswith("reporter:")
    )
    return f"{claim.payload.count.said} {' & '.join(map(str, claim.speakers)) or '-'} {rule}"


@pytest.mark.parametrize("case", load("reporters.yaml"))
def test_case_reporters(case: dict[str, Any], read_text: ReadText) -> None:
    reading = read_text(case["text"])
    assert [counted_by(claim) for claim in reading.claims if claim.kind == "casualty"] == case[
        "expect"
    ]


def truce(claim: Claim) -> str:
    payload = claim.payload
    assert isinstance(payload, Ceasefire)
    parties, brokers, accusers = (
        " & ".join(map(str, rows)) or "-"
        for rows in (payload.parties, payload.brokers, payload.breach_alleged_by)
    )
    start = payload.effective.start if payload.effective is not None else None
    return f"{payload.status} | {parties} | {brokers} | {start or '-'} | {accusers}"


@pytest.mark.parametrize("case", load("ceasefires.yaml"))
def test_case_ceasefires(case: dict[str, Any], tools: Tools) -> None:
    reading = read(case["text"], published=date(2014, 7, 18), tools=tools)
    assert [truce(claim) for claim in reading.claims if claim.kind == "ceasefire"] == case["expect"]


@pytest.mark.parametrize("case", load("revisions.yaml"))
def test_case_revisions(case: dict[str, Any], read_text: ReadText) -> None:
    reading = read_text(case["text"])
    found = []
    for claim in reading.claims:
        if isinstance(claim.payload, Casualty):
            old = claim.payload.supersedes
            words = "" if old is None else f" for {reading.document.words(old)}"
            found.append(f"{claim.payload.count} {claim.payload.measure}{words}")
    assert found == case["expect"]


def graded(parties: Sequence[Party]) -> str:
    """Write parties with how they are known: ``^`` carried, ``?`` inferred."""
    marks = {"told": "", "carried": "^", "inferred": "?"}
    return " & ".join(f"{party}{marks[party.evidence]}" for party in parties) or "-"


def told(reading: Reading) -> list[str]:
    """Write what is read of a text as lines: sayings, figures, events, what is withheld, the sides."""
    words = reading.document.words
    lines = [
        f"{graded(item.speakers)} {item.stance} {words(item.cue)}"
        + (f" to {graded(item.targets)}" if item.targets else "")
        for item in reading.attributions
        if item.is_claim
    ]
    for claim in reading.claims:
        payload = claim.payload
        if isinstance(payload, Casualty):
            low = (
                f"{payload.count.said}.."
                if payload.count.qualifier == "at_least"
                else str(payload.count.said)
            )
            place = "" if payload.place is None else f" at {payload.place.name}"
            old = "" if payload.supersedes is None else f" for {words(payload.supersedes)}"
            past = " background" if payload.background else ""
            lines.append(
                f"figure {low} {payload.outcome} {payload.category} of {graded(payload.side)} "
                f"{payload.measure} by {graded(claim.speakers)} {payload.relation}{place}{old}{past}"
            )
        elif isinstance(payload, Event):
            place = "" if payload.place is None else f" at {payload.place.name}"
            lines.append(
                f"event {payload.type} {graded(payload.actors)} > {graded(payload.recipients)} "
                f"{payload.telling}{place}"
            )
        elif isinstance(payload, Withheld):
            lines.append(f"withheld {graded(payload.owners)}")
    return [*lines, f"sides {graded(reading.sides)}"]


@pytest.mark.parametrize("case", load("told.yaml"))
def test_case_told(case: dict[str, Any], tools: Tools) -> None:
    """Hold what is said of a side to what the words say; the case's kind stands in the message.

    Lines are the grammar's: the heads may be surer of them, and add what it leaves open. What must never be
    said, neither may say.
    """
    published = date.fromisoformat(case.get("published", "2024-05-14"))
    with_heads = told(read(case["text"], published=published, tools=tools))
    for words in case.get("never", ()):
        assert not any(words in line for line in with_heads), (case["kind"], words, with_heads)
    grammar = replace(tools, reader=None)
    lines = told(read(case["text"], published=published, tools=grammar))
    for line in case.get("expect", ()):
        assert line in lines, (case["kind"], lines)
    for words in case.get("never", ()):
        assert not any(words in line for line in lines), (case["kind"], words, lines)
    if case.get("only_sides"):
        assert all(not line.startswith(("figure ", "event ")) for line in lines), (
            case["kind"],
            lines,
        )
