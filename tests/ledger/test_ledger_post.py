"""Posting: all or nothing, once, and never over what is there."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from counterclaim.ledger import Ledger
from counterclaim.ledger.linking_view import LinkedIncidents, LinkingView
from counterclaim.records.identity import make_id
from counterclaim.records.query import EVERYTHING
from counterclaim.records.reading import Reading
from tests.ledger.conftest import Clock


def test_ledger_keeps_a_reading_whole(ledger: Ledger, first: Reading) -> None:
    assert ledger.post(first).outcome == "new"
    filed = ledger.document(first.document.id)
    for name in ("document", "division", "attributions", "claims", "comments", "sides", "account"):
        assert repr(getattr(filed, name)) == repr(getattr(first, name))
    assert dict(filed.signature) == dict(first.signature)
    assert repr(filed.problems) == repr(first.problems)
    assert ledger.verify() == ()


def test_ledger_keeps_incidents_and_findings(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    views = {row.id: ledger.incident(row.id) for row in ledger.incidents().rows}
    assert set(views) == {incident.id for incident in first.incidents}
    for incident in first.incidents:
        assert repr(views[incident.id].incident) == repr(incident)
        told = tuple(item for item in first.findings if item.incident_id == incident.id)
        assert repr(views[incident.id].findings) == repr(told)


def test_ledger_posting_twice_changes_nothing(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    before = ledger.stats()
    assert ledger.post(first).outcome == "known"
    assert ledger.stats() == before


def test_ledger_one_text_elsewhere_is_one_document(ledger: Ledger, first: Reading) -> None:
    ledger.post(first)
    elsewhere = replace(first, document=replace(first.document, name="b.txt", outlet="The Bugle"))
    assert ledger.post(elsewhere).outcome == "seen again"
    filed = ledger.document(first.document.id)
    assert [item.outlet for item in filed.sightings] == [None, "The Bugle"]
    assert ledger.stats().counts["claims"] == len(first.claims)


def test_ledger_reading_by_newer_code_stands_beside_the_old(
    ledger: Ledger, first: Reading, clock: Clock
) -> None:
    ledger.post(first)
    old = ledger.document(first.document.id)
    clock.later(days=1)
    newer = replace(
        first,
        claims=first.claims[1:],
        incidents=tuple(
            item for item in first.incidents if first.claims[0].id not in item.claim_ids
        ),
        signature=MappingProxyType({**first.signature, "counterclaim": "99"}),
    )
    assert ledger.post(newer).outcome == "read again"
    now = ledger.document(first.document.id)
    assert now.claims == first.claims[1:]
    assert len(now.reading_ids) == 2
    assert repr(ledger.document(first.document.id, reading_id=old.id).claims) == repr(old.claims)
    assert {entry.claim.id for entry in ledger.claims().rows} == {item.id for item in now.claims}
    assert first.claims[0].id not in {
        member
        for row in ledger.incidents().rows
        for member in ledger.incident(row.id).incident.claim_ids
    }
    assert ledger.verify() == ()


def test_ledger_changed_report_at_an_address_points_back(
    ledger: Ledger, first: Reading, second: Reading
) -> None:
    address = "https://bugle.example/varn"
    ledger.post(replace(first, document=replace(first.document, name=address)))
    ledger.post(replace(second, document=replace(second.document, name=address)))
    assert ledger.document(second.document.id).sightings[0].revises == first.document.id


@pytest.mark.parametrize("odd", ["\x00", "\ud83d", "\uf8ff", "\uf8ff0000", "é\x00\udc00"])
def test_ledger_keeps_characters_that_databases_refuse(
    ledger: Ledger, first: Reading, odd: str
) -> None:
    text = first.document.text + odd
    document = replace(first.document, text=text, title=odd)
    reading = replace(
        first,
        document=document,
        attributions=(),
        claims=tuple(replace(claim, document_id=document.id) for claim in first.claims),
        incidents=(),
        findings=(),
    )

    def alone(around: LinkingView) -> LinkedIncidents:
        assert around.gone == frozenset()
        return LinkedIncidents(
            incidents=tuple(
                replace(first.incidents[0], claim_ids=(claim.id,), attribution_ids=())
                for claim in reading.claims
            )
        )

    ledger.post(reading, alone)
    assert ledger.document(document.id).document == document
    assert ledger.verify() == ()


def test_ledger_posting_is_all_or_nothing(ledger: Ledger, first: Reading) -> None:
    def broken(around: LinkingView) -> LinkedIncidents:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ledger.post(first, broken)
    assert set(ledger.stats().counts.values()) == {0}
    assert ledger.post(first).outcome == "new"


def test_ledger_clock_set_back_keeps_the_order(
    ledger: Ledger, first: Reading, second: Reading, clock: Clock
) -> None:
    ledger.post(first)
    clock.later(days=-10)
    ledger.post(second)
    stats = ledger.stats()
    assert stats.first_recorded == stats.last_recorded
    assert ledger.verify() == ()


def test_ledger_another_text_under_the_same_id_is_refused(ledger: Ledger, first: Reading) -> None:
    from counterclaim.ledger.errors import CollisionError

    ledger.post(first)
    other = replace(first.document, text="Another text.")
    other.__dict__["id"] = first.document.id
    with pytest.raises(CollisionError, match=first.document.id):
        ledger.post(replace(first, document=other))


def test_ledger_dated_later_is_read_again(ledger: Ledger, first: Reading) -> None:
    ledger.post(replace(first, document=replace(first.document, published=None)))
    assert ledger.post(first).outcome == "read again"
    assert ledger.claims(limit=1).rows[0].known_on == date(2031, 5, 3)
    assert ledger.verify() == ()


def test_ledger_holds_what_was_posted(ledger: Ledger, first: Reading) -> None:
    assert not ledger.holds(first.document)
    ledger.post(first)
    assert ledger.holds(first.document)
    assert ledger.holds(first.document, first.signature)
    assert not ledger.holds(first.document, {"counterclaim": "99"})
    assert not ledger.holds(replace(first.document, outlet="The Bugle"))
    assert ledger.stale_documents({"counterclaim": "99"}) == (first.document,)
    assert ledger.stale_documents(first.signature) == ()


def test_ledger_problem_of_a_source_is_kept_until_it_is_read(
    ledger: Ledger, first: Reading
) -> None:
    from counterclaim.records.problem import Problem

    problem = Problem("source", "report.txt: it holds no text; give a file with words in it")
    for _ in range(2):
        ledger.note_problem("pasted", problem)
    assert [item.problem for item in ledger.problems(of_sources=True)] == [problem]
    ledger.post(replace(first, document=replace(first.document, name="pasted")))
    assert ledger.problems(of_sources=True) == ()
    assert problem in [item.problem for item in ledger.problems(known=EVERYTHING)]


def test_ledger_ids_are_of_their_content(first: Reading) -> None:
    assert first.document.id == make_id("d", first.document.text)
