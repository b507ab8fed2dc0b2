"""What people correct is what the pages show and count, with a mark that says who, when and what was read."""

import re

from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.ledger_rows import Entry
from counterclaim.records.query import ClaimQuery
from tests.serve.test_serve_review import decide, figure


def first_of(kept: str, kind: str) -> Entry:
    with open_ledger(kept) as ledger:
        return ledger.claims(ClaimQuery(kind=kind)).rows[-1]


def words(client: TestClient, address: str) -> str:
    """Return a page's words, without its markup."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_serve_corrected_number_and_side_show_in_the_account(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "correct", number="at least 21", side="Kestria")
    page = local.get("/casualties").text
    assert "number corrected to “at least 21” by Ada on" in page
    assert "read as “12”" in page
    assert "side corrected to “Kestria” by Ada on" in page
    assert f'href="/review/{claim.id}#j-' in page
    assert "at least 21" in words(local, "/casualties?party=Kestria")
    assert "number corrected to “at least 21”" in local.get(f"/sources/{claim.document_id}").text
    csv = local.get("/casualties/figures.csv").text
    assert "21" in csv
    assert ",12," not in csv


def test_serve_rejected_figure_is_named_and_not_counted(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "reject", reason="a road accident")
    page = words(local, "/casualties")
    assert "Left out by reviewers" in page
    assert "rejected by Ada on" in page
    assert "a road accident; not counted" in page
    assert ">12<" not in local.get("/casualties").text.split('id="left-out"')[0]


def test_serve_corrected_speaker_shows_side_by_side(local: TestClient, kept: str) -> None:
    with open_ledger(kept) as ledger:
        rows = ledger.claims(ClaimQuery(kind="event", speaker="Ardenia")).rows
        row = next(entry for entry in rows if entry.claim.stance == "admit")
    before = local.get(f"/incidents/{row.incident_id}").text
    assert "s-admitted" in before
    decide(local, row.claim.id, "correct", speaker="Kestria")
    after = local.get(f"/incidents/{row.incident_id}").text
    assert "s-admitted" not in after
    assert "speaker corrected to “Kestria” by Ada on" in after
    assert '<th scope="col">Kestria</th>' in after
    api = local.get(f"/api/v1/incidents/{row.incident_id}").json()
    assert api["claims"][0]["speakers"] == ["Ardenia"]
    assert api["claims"][0]["judgements"][0]["after"] == "Kestria"


def test_serve_corrected_position_moves_to_its_holder(local: TestClient, kept: str) -> None:
    claim = first_of(kept, "position").claim
    decide(local, claim.id, "correct", speaker="Kestria", stance="demand")
    page = words(local, "/positions?party=Kestria")
    assert "speaker corrected to “Kestria” by Ada on" in page
    assert "stance corrected to “demand”" in page
    assert "<strong>demand</strong>" in local.get("/positions").text
    assert "corrected" in words(local, "/timeline?party=Kestria&role=speaker")
    own = local.get("/timeline?party=Ardenia&role=speaker").text
    assert 'class="tag position"' not in own


def test_serve_rejected_ceasefire_is_struck_and_counted_for_nobody(
    local: TestClient, kept: str
) -> None:
    claim = first_of(kept, "ceasefire").claim
    assert "Agreements told, by broker" in words(local, "/ceasefires")
    decide(local, claim.id, "reject", reason="a plan, not a ceasefire")
    page = local.get("/ceasefires").text
    assert "Agreements told, by broker" not in page
    assert '<li class="out">' in page
    assert "a plan, not a ceasefire; not counted" in page


def test_serve_corrected_figures_of_the_api_follow(local: TestClient, kept: str) -> None:
    claim = figure(kept).claim
    decide(local, claim.id, "correct", number="at least 21", side="Kestria")
    rows = local.get("/api/v1/figures?side=Kestria").json()["rows"]
    (row,) = [item for item in rows if item["claim"] == claim.id]
    assert (row["low"], row["qualifier"], row["left_out"]) == (21, "at_least", False)
    assert any("corrected from “12” to “at least 21” by Ada" in item for item in row["corrections"])
