"""Review of everything that is kept: every field, blind second readings, rules, notes, nothing typed lost."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.claim import Casualty, Ceasefire, Event
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import ClaimQuery
from counterclaim.records.reading import Reading
from counterclaim.service.corrections import as_corrected, is_left_out
from counterclaim.service.ledger_service import file_reading
from tests.conftest import ReadText
from tests.serve.benches import LogIn, served, token_in
from tests.serve.test_serve_review import decide, fields, figure


def first_of(kept: str, kind: str) -> Entry:
    with open_ledger(kept) as ledger:
        return ledger.claims(ClaimQuery(kind=kind)).rows[-1]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("casualty", "speaker stance side number harm category group scope background place time"),
        ("event", "speaker stance kind telling doer target place time"),
        ("ceasefire", "speaker stance status parties broker breach terms background place time"),
        ("withheld", "speaker stance owner time"),
        ("position", "speaker stance act holder addressee"),
    ],
)
def test_serve_judging_shows_every_field_that_is_kept(
    local: TestClient, kept: str, kind: str, names: str
) -> None:
    page = local.get(f"/review/{first_of(kept, kind).claim.id}").text
    assert set(re.findall(r'name="was_(\w+)"', page)) == set(names.split())


def test_serve_judging_corrects_harm_scope_and_category_of_a_figure(
    local: TestClient, kept: str
) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "correct", harm="wounded", scope="in all", category="civilian")
    page = local.get(f"/review/{claim.id}").text
    assert "<del>killed</del> <ins>wounded</ins>" in page
    answer = local.get("/api/v1/figures?outcome=wounded").json()
    row = next(row for row in answer["rows"] if row["claim"] == claim.id)
    assert (row["measure"], row["category"]) == ("cumulative", "civilian")
    with open_ledger(kept) as ledger:
        payload = ledger.claim(claim.id).claim.payload
        assert isinstance(payload, Casualty)
        assert payload.outcome == "killed"
        assert ledger.verify() == ()


def test_serve_judging_corrects_kind_doer_and_target_of_an_act(
    local: TestClient, kept: str
) -> None:
    claim = first_of(kept, "event").claim
    decide(local, claim.id, "correct", kind="COERCE/seize", doer="Kestria", target="Ardenia/army")
    told = fields(local.get(f"/review/{claim.id}").text)
    assert (told["kind"], told["doer"], told["target"]) == (
        "COERCE/seize",
        "Kestria",
        "Ardenia/army",
    )
    answer = local.post(
        f"/review/{claim.id}", data={**told, "action": "correct", "kind": "FROLIC/merry"}
    )
    assert answer.status_code == 400
    assert 'value="FROLIC/merry"' in answer.text
    assert isinstance(claim.payload, Event)


def test_serve_judging_corrects_the_status_of_a_truce(local: TestClient, kept: str) -> None:
    claim = first_of(kept, "ceasefire").claim
    assert isinstance(claim.payload, Ceasefire)
    decide(local, claim.id, "correct", status="collapsed")
    page = local.get(f"/review/{claim.id}").text
    assert '<option value="collapsed" selected>' in page
    assert "collapsed" in local.get("/ceasefires").text
    told = fields(page)
    answer = local.post(f"/review/{claim.id}", data={**told, "action": "correct", "status": "over"})
    assert answer.status_code == 400
    assert "choose one of" in answer.text


def test_serve_judging_keeps_what_was_typed_when_a_field_cannot_be_read(
    local: TestClient, kept: str
) -> None:
    claim = figure(kept).claim
    told = fields(local.get(f"/review/{claim.id}").text)
    answer = local.post(
        f"/review/{claim.id}",
        data={
            **told,
            "action": "correct",
            "number": "a few",
            "side": "Kestria",
            "reason": "line 4",
        },
    )
    assert answer.status_code == 400
    for kept_words in ('value="a few"', 'value="Kestria"', ">line 4<"):
        assert kept_words in answer.text


def test_serve_judging_a_second_reviewer_sees_nothing_of_the_first(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "correct", number="13", reason="see the table")
    eve = team("Eve")
    page = eve.get(f"/review/{claim.id}").text
    assert fields(page)["number"] == "12"
    for told in ("Ben", "see the table", "<ins>"):
        assert told not in page[page.index("<h1>") :].replace("<option>Ben</option>", "")
    decide(eve, claim.id, "accept")
    page = eve.get(f"/review/{claim.id}").text
    assert fields(page)["number"] == "13"
    assert "see the table" in page


def test_serve_judging_two_who_correct_alike_agree(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    for name in ("Ben", "Eve"):
        decide(team(name), claim.id, "correct", number="13")
    (row,) = team("Ada").get("/api/v1/agreement").json()
    assert (row["both"], row["same"]) == (1, 1)
    assert "1 of 1" in team("Ada").get("/review").text
    assert claim.id not in team("Ada").get("/review?of=differ").text


def test_serve_judging_lists_where_reviewers_differ(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "correct", number="13")
    decide(team("Eve"), claim.id, "correct", number="14")
    assert claim.id in team("Ada").get("/review?of=differ").text


def test_serve_judging_what_is_said_after_the_reveal_is_no_agreement(
    team: LogIn, kept: str
) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "reject", reason="of another day")
    decide(team("Eve"), claim.id, "accept")
    decide(team("Eve"), claim.id, "reject", reason="Ben is right")
    (row,) = team("Ada").get("/api/v1/agreement").json()
    assert row["same"] == 0


def with_inferred_side(reading: Reading) -> Reading:
    """Return a reading in which whose loss a figure is was inferred."""
    claims = tuple(
        replace(
            claim,
            payload=replace(
                claim.payload, side=tuple(party.known("inferred") for party in claim.payload.side)
            ),
        )
        if isinstance(claim.payload, Casualty)
        else claim
        for claim in reading.claims
    )
    return replace(reading, claims=claims)


def test_serve_judging_confirms_what_was_inferred_with_one_button(
    readings: tuple[Reading, ...], tmp_path: Path
) -> None:
    path = str(tmp_path / "inferred.db")
    with open_ledger(path, create=True) as ledger:
        file_reading(ledger, with_inferred_side(readings[1]))
        claim = ledger.claims(ClaimQuery(kind="casualty")).rows[0].claim
    with served(path, person="Ada") as client:
        page = client.get(f"/review/{claim.id}").text
        assert page.index('value="confirm:side" data-key="1"') > 0, "what is inferred stands first"
        assert "inferred</strong>, not counted" in page
        decide(client, claim.id, "confirm:side")
        again = client.get(f"/review/{claim.id}").text
        assert "confirm:side" not in again
        assert "by Ada" in again
    with open_ledger(path) as ledger:
        entry = as_corrected(ledger.claim(claim.id))
        assert isinstance(entry.claim.payload, Casualty)
        assert {party.evidence for party in entry.claim.payload.side} == {"told"}
        assert not is_left_out(entry)
        assert ledger.verify() == ()


def make_rule(client: TestClient, kept: str, before: str, after: str) -> str:
    with open_ledger(kept) as ledger:
        entry = next(
            entry
            for entry in ledger.claims(ClaimQuery(), limit=200).rows
            if [str(party) for party in entry.claim.speakers] == [before]
        )
    decide(client, entry.claim.id, "correct", speaker=after)
    page = client.get(f"/review/{entry.claim.id}").text
    address = re.search(r'href="(/rules/new/j-[0-9a-f]+)"', page)
    assert address is not None
    return address[1]


def test_serve_rules_are_seen_before_they_are_made_and_undone_as_one(
    local: TestClient, kept: str
) -> None:
    address = make_rule(local, kept, "Kestria", "Lowland")
    page = local.get(address).text
    number = len(re.findall("<ins>[^<]*Lowland[^<]*</ins>", page))
    assert number >= 1
    with open_ledger(kept) as ledger:
        filed = len(ledger.judgements())
    local.post(address, data={"csrf_token": token_in(page), "reason": "the same body"})
    with open_ledger(kept) as ledger:
        assert len(ledger.judgements()) == filed + 1 + number
        assert ledger.verify() == ()
    rules = local.get("/rules").text
    assert "the same body" in rules
    undo = re.search(r'action="(/review/undo/j-[0-9a-f]+)"', rules)
    assert undo is not None
    assert local.post(undo[1], data={"csrf_token": token_in(rules)}).url.path == "/rules"
    with open_ledger(kept) as ledger:
        standing = [item for item in ledger.judgements() if not item.taken_back]
        assert [item.judgement.verdict for item in standing if item.judgement.evidence] == []
        assert ledger.verify() == ()
    assert "No rule yet" in local.get("/rules").text


def test_serve_rules_read_later_reports_too(
    local: TestClient, kept: str, read_text: ReadText
) -> None:
    address = make_rule(local, kept, "Kestria", "Lowland")
    local.post(address, data={"csrf_token": token_in(local.get(address).text)})
    with open_ledger(kept) as ledger:
        later = read_text("Kestria said on Friday that 9 soldiers were wounded.", date(2031, 5, 10))
        file_reading(ledger, later)
        claim = next(item for item in later.claims if item.kind == "casualty")
        said = [item.judgement for item in ledger.judgements(claim.id)]
        assert [(item.field, item.after) for item in said if item.field == "speaker"] == [
            ("speaker", "Lowland")
        ]
    assert claim.id in local.get("/review").text, "what a rule did is no look at the claim"


def test_serve_rules_are_not_made_of_numbers(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "correct", number="13")
    with open_ledger(kept) as ledger:
        said = ledger.judgements(claim.id)[0].judgement.id
    answer = local.get(f"/rules/new/{said}")
    assert answer.status_code == 400
    assert "claim by claim" in answer.text


def beside(client: TestClient, subject: str, sort: str, words: str) -> int:
    token = token_in(client.get(f"/review/{subject}").text)
    answer = client.post(
        f"/review/beside/{subject}", data={"csrf_token": token, "sort": sort, "words": words}
    )
    return answer.status_code


def test_serve_notes_tags_and_assignment_stand_beside_a_claim(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    ben, eve = team("Ben"), team("Eve")
    assert beside(ben, claim.id, "tag", "check the date") == 200
    assert beside(ben, claim.id, "assign", "eve") == 200
    assert beside(ben, claim.id, "note", "is this new or in all, @Eve?") == 200
    for address in ("/review?tag=check+the+date", "/review?of=mine", "/review?of=mentions"):
        assert claim.id in eve.get(address).text, address
        assert "data-row" in eve.get(address).text
    assert claim.id not in ben.get("/review?of=mine").text
    assert beside(ben, claim.id, "assign", "Rea") == 400
    assert beside(ben, claim.id, "assign", "Nobody") == 400
    assert beside(ben, claim.id, "tag", "x" * 41) == 400
    assert beside(ben, claim.id, "frown", "x") == 400
    decide(eve, claim.id, "accept")
    assert claim.id not in eve.get("/review?of=mine").text
    with open_ledger(kept) as ledger:
        assert ledger.verify() == ()


def test_serve_notes_are_not_offered_to_readers(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    page = team("Rea").get(f"/review/{claim.id}").text
    assert "/review/beside" not in page
    assert 'id="decide"' not in page
