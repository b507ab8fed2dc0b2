"""Review: each decision a row beside the claim; undone by a row; merged and split; queued by doubt."""

import re

from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.claim import Casualty
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import ClaimQuery
from tests.serve.benches import LogIn, token_in


def figure(kept: str) -> Entry:
    with open_ledger(kept) as ledger:
        return next(
            entry
            for entry in ledger.claims(ClaimQuery(kind="casualty")).rows
            if isinstance(entry.claim.payload, Casualty) and entry.claim.payload.count.low == 12
        )


def fields(page: str) -> dict[str, str]:
    """Return what the form of a page holds."""
    form = page[page.index('id="decide"') :]
    found = dict(
        re.findall(
            r'<input (?:type="hidden" |id="[^"]*" )name="([^"]+)"[^>]*? value="([^"]*)"', form
        )
    )
    chosen = re.findall(
        r'<select id="mend-\w+" name="(\w+)"[^>]*>.*?<option value="([^"]*)" selected>.*?</select>',
        form,
    )
    assert "stance" in dict(chosen)
    return {**found, **dict(chosen)}


def decide(client: TestClient, claim_id: str, action: str, **changed: str) -> TestClient:
    page = client.get(f"/review/{claim_id}").text
    answer = client.post(
        f"/review/{claim_id}",
        data={**fields(page), "action": action, **changed},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return client


def test_serve_review_queue_begins_with_the_most_doubtful(local: TestClient) -> None:
    page = local.get("/review").text
    first = page.split("data-row", 2)[1]
    assert "whose loss it is was inferred" in first
    assert local.get("/review?doubt=model").text.count("data-row") == 0
    assert local.get("/review?kind=casualty").text.count("data-row") == 3


def test_serve_review_corrects_a_speaker_and_undoes_it(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "correct", speaker="Ardenia/Ministry of Defence", reason="see line 2")
    page = local.get(f"/review/{claim.id}").text
    assert "<ins>Ardenia/Ministry of Defence</ins>" in page
    assert "<del>Kestria</del>" in page
    undo = re.search(r'action="(/review/undo/j-[0-9a-f]+)"', page)
    assert undo is not None
    local.post(undo[1], data={"csrf_token": token_in(page)})
    page = local.get(f"/review/{claim.id}").text
    assert "taken back" in page
    assert "As corrected" not in page
    with open_ledger(kept) as ledger:
        trail = ledger.judgements(claim.id)
        assert [
            (item.judgement.field, item.judgement.before, item.judgement.after) for item in trail
        ] == [("speaker", "Kestria", "Ardenia/Ministry of Defence")]
        assert trail[0].taken_back
        assert ledger.claim(claim.id).claim == claim
        assert ledger.verify() == ()


def test_serve_review_corrects_several_fields_at_once(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(
        local,
        claim.id,
        "correct",
        number="at least 14",
        side="Kestria",
        stance="confirm",
        place="Varn",
        time="2031-05-01",
    )
    with open_ledger(kept) as ledger:
        said = {item.judgement.field: item.judgement.after for item in ledger.judgements(claim.id)}
    assert said["number"] == "at least 14"
    assert said["stance"] == "confirm"
    assert said["place"] == "Varn"
    assert said["time"] == "2031-05-01"


def test_serve_review_refuses_a_correction_made_on_something_older(
    local: TestClient, kept: str
) -> None:
    claim = figure(kept).claim
    stale = fields(local.get(f"/review/{claim.id}").text)
    decide(local, claim.id, "correct", number="13")
    answer = local.post(f"/review/{claim.id}", data={**stale, "action": "correct", "number": "15"})
    assert answer.status_code == 409
    assert "meanwhile" in answer.text
    assert 'name="number" maxlength="200" value="15"' in answer.text
    assert "now “13”, you typed “15”" in answer.text
    again = local.post(
        f"/review/{claim.id}", data={**fields(answer.text), "action": "correct", "number": "15"}
    )
    assert again.status_code == 200
    with open_ledger(kept) as ledger:
        assert [item.judgement.after for item in ledger.judgements(claim.id)] == ["13", "15"]


def test_serve_review_refuses_words_that_are_no_number(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    page = fields(local.get(f"/review/{claim.id}").text)
    answer = local.post(f"/review/{claim.id}", data={**page, "action": "correct", "number": "many"})
    assert answer.status_code == 400
    assert "no number of persons" in answer.text
    assert local.post(f"/review/{claim.id}", data={**page, "action": "correct"}).status_code == 400


def test_serve_review_rejects_only_with_a_reason(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    page = fields(local.get(f"/review/{claim.id}").text)
    answer = local.post(f"/review/{claim.id}", data={**page, "action": "reject", "reason": " "})
    assert answer.status_code == 400
    decide(local, claim.id, "reject", reason="the number is of another day")
    assert "the number is of another day" in local.get(f"/review/{claim.id}").text


def test_serve_review_accepts_undoes_and_accepts_again(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    for _ in range(2):
        decide(local, claim.id, "accept")
        assert claim.id not in local.get("/review").text
        page = local.get(f"/review/{claim.id}").text
        undo = re.findall(r'action="(/review/undo/j-[0-9a-f]+)"', page)
        assert len(undo) == 1
        answer = local.post(undo[0], data={"csrf_token": token_in(page)}, follow_redirects=False)
        assert answer.status_code == 303
        assert claim.id in local.get("/review").text


def test_serve_review_goes_on_to_the_next_claim(local: TestClient, kept: str) -> None:
    first = re.search(r'href="/review/(c-[0-9a-f]+)[?]then=next"', local.get("/review").text)
    assert first is not None
    page = fields(local.get(f"/review/{first[1]}").text)
    answer = local.post(
        f"/review/{first[1]}",
        data={**page, "action": "accept", "then": "next"},
        follow_redirects=False,
    )
    place = answer.headers["location"]
    assert re.fullmatch(r"/review/c-[0-9a-f]+\?then=next&done=j-[0-9a-f]+", place)
    assert first[1] not in place
    told = local.get(place).text
    note = told[told.index('id="done"') : told.index("<h1>")]
    assert "Accepted" in note
    assert f'href="/review/{first[1]}"' in note
    assert '<option value="next" selected>' in told
    undo = re.search(r'action="(/review/undo/j-[0-9a-f]+)"', note)
    assert undo is not None
    undone = local.post(undo[1], data={"csrf_token": page["csrf_token"]})
    assert undone.url.path == f"/review/{first[1]}"
    assert "Taken back" in undone.text[undone.text.index('id="done"') : undone.text.index("<h1>")]


def test_serve_review_tells_only_ones_own_decisions_as_just_made(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "note", reason="seen by Ben")
    with open_ledger(kept) as ledger:
        filed = ledger.judgements(claim.id)[0].judgement.id
    address = f"/review/{claim.id}?done={filed}&done=j-000000000000&done=%3Cscript%3E"
    assert 'id="done"' in team("Ben").get(address).text
    assert 'id="done"' not in team("Eve").get(address).text
    assert team("Ben").get(f"/review/{claim.id}?" + "done=x&" * 9).status_code == 422


def test_serve_review_merges_two_incidents_and_undoes_it(local: TestClient, kept: str) -> None:
    with open_ledger(kept) as ledger:
        rows = ledger.claims(ClaimQuery(kind="casualty")).rows
    homes = {entry.claim.document_id: entry.incident_id for entry in rows}
    one, other = homes.values()
    page = local.get(f"/review/incidents/{one}").text
    answer = local.post(
        f"/review/incidents/{one}",
        data={"csrf_token": token_in(page), "action": "merge", "other": other, "reason": "one day"},
    )
    assert answer.status_code == 200
    assert "same" in answer.text
    with open_ledger(kept) as ledger:
        assert len(
            {entry.incident_id for entry in ledger.claims_by_id([row.claim.id for row in rows])}
        ) < len({entry.incident_id for entry in rows})
    undo = re.search(r'action="(/review/undo/j-[0-9a-f]+)"', answer.text)
    assert undo is not None
    assert local.post(undo[1], data={"csrf_token": token_in(page)}).status_code == 200
    with open_ledger(kept) as ledger:
        again = ledger.claims(ClaimQuery(kind="casualty")).rows
        assert len({entry.incident_id for entry in again}) == len(
            {entry.incident_id for entry in rows}
        )
        assert ledger.verify() == ()


def test_serve_review_splits_chosen_claims_off(local: TestClient, kept: str) -> None:
    homes = [entry.incident_id for entry in figures(kept)]
    one, other = homes[0], homes[-1]
    token = token_in(local.get(f"/review/incidents/{one}").text)
    local.post(
        f"/review/incidents/{one}", data={"csrf_token": token, "action": "merge", "other": other}
    )
    held = figures(kept)
    home = held[-1].incident_id
    mine = [entry.claim.id for entry in held if entry.incident_id == home]
    answer = local.post(
        f"/review/incidents/{home}",
        data={
            "csrf_token": token,
            "action": "split",
            "claims": mine[:1],
            "reason": "another place",
        },
    )
    assert answer.status_code == 200
    assert len({entry.incident_id for entry in figures(kept)}) > len(
        {entry.incident_id for entry in held}
    )
    for chosen in ([], mine[1:], ["c-000000000000"]):
        refused = local.post(
            f"/review/incidents/{figures(kept)[-1].incident_id}",
            data={"csrf_token": token, "action": "split", "claims": chosen},
        )
        assert refused.status_code == 400


def figures(kept: str) -> tuple[Entry, ...]:
    with open_ledger(kept) as ledger:
        return ledger.claims(ClaimQuery(kind="casualty")).rows


def test_serve_review_shows_how_far_two_reviewers_agree(team: LogIn, kept: str) -> None:
    held = figures(kept)
    for name, actions in (
        ("Ben", ("accept", "reject", "accept")),
        ("Eve", ("accept", "accept", "accept")),
    ):
        client = team(name)
        for entry, action in zip(held, actions, strict=True):
            decide(client, entry.claim.id, action, reason="wrong side")
    page = team("Rea").get("/review").text
    assert "Ben and Eve" in page
    assert "67 %" in page
    assert "0.00" in page


def test_serve_review_of_another_person_is_undone_by_an_admin_only(team: LogIn, kept: str) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "accept")
    with open_ledger(kept) as ledger:
        said = ledger.judgements(claim.id)[0].judgement.id
    eve, ada = team("Eve"), team("Ada")
    token = token_in(eve.get("/review").text)
    assert eve.post(f"/review/undo/{said}", data={"csrf_token": token}).status_code == 400
    token = token_in(ada.get("/review").text)
    assert ada.post(f"/review/undo/{said}", data={"csrf_token": token}).status_code == 200
    with open_ledger(kept) as ledger:
        assert ledger.judgements(claim.id)[0].taken_back


def test_serve_review_asks_for_a_second_opinion_before_showing_the_first(
    team: LogIn, kept: str
) -> None:
    claim = figure(kept).claim
    decide(team("Ben"), claim.id, "reject", reason="misread")
    page = team("Eve").get(f"/review/{claim.id}").text
    assert "look after you have judged" in page
    assert "misread" not in page
    assert "look after you have judged" not in team("Ben").get(f"/review/{claim.id}").text
    assert "misread" in team("Rea").get(f"/review/{claim.id}").text
