"""What pages show of long accounts, of ceasefires' lives and of incidents; and answers without a body."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from counterclaim.cli.ceasefires import life_row
from counterclaim.ledger import open_ledger
from counterclaim.serve.pages import casualties
from counterclaim.serve.rendering import heading
from counterclaim.service.ceasefire_views import ledger_ceasefires
from tests.serve.test_serve_corrected import words


@pytest.mark.parametrize("address", ["/", "/casualties", "/api/v1/claims", "/nowhere", "/api/v1/x"])
def test_serve_head_is_answered_as_get_without_a_body(local: TestClient, address: str) -> None:
    whole, head = local.get(address), local.head(address)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["content-length"] == str(len(whole.content))


def test_serve_refused_methods_name_head(local: TestClient) -> None:
    answer = local.request("PUT", "/api/v1/claims")
    if answer.status_code == 405:
        assert "HEAD" in answer.headers["allow"]
    assert local.head("/review/c-1/nothing").status_code == 404


def test_serve_a_long_account_is_paged_latest_days_first(
    local: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = words(local, "/casualties?party=")
    assert "Numbers 1 to" not in whole
    monkeypatch.setattr(casualties, "MOST_ROWS", 2)
    first, second = words(local, "/casualties"), words(local, "/casualties?after=2")
    assert "Numbers 1 to 2 of 3, the latest days first" in first
    assert "Numbers 3 to 3 of 3" in second
    assert "Next rows" in first
    assert "Next rows" not in second
    assert 'after=2"' in local.get("/casualties").text


def test_serve_ceasefires_are_those_of_the_command_line(local: TestClient, kept: str) -> None:
    page = words(local, "/ceasefires")
    with open_ledger(kept) as ledger:
        found = ledger_ceasefires(ledger)
    assert found.lives
    for life in found.lives:
        row = life_row(life, found.entries)
        assert f": {row['state']}" in page
        for step in row["steps"]:
            assert str(step["words"]) in page


def test_serve_a_report_links_its_rows_to_their_incidents(local: TestClient, kept: str) -> None:
    with open_ledger(kept) as ledger:
        entry = next(row for row in ledger.claims().rows if row.incident_id)
    page = local.get(f"/sources/{entry.claim.document_id}").text
    row = page[page.index(f'id="row-{entry.claim.id}"') :].partition("</li>")[0]
    assert f'href="/incidents/{entry.incident_id}"' in row
    assert local.get(f"/incidents/{entry.incident_id}").status_code == 200


@pytest.mark.parametrize(
    ("label", "parties", "expected"),
    [
        (
            "Turkey/Recep Tayyip Erdogan appeal",
            ("Turkey", "Armenia"),
            "Recep Tayyip Erdogan (Turkey) appeal",
        ),
        (
            "ASSAULT/heavy-weapons by Ardenia/Ministry of Defence to Kestria at Varn",
            ("Ardenia", "Kestria"),
            "Assault (heavy weapons) by Ministry of Defence (Ardenia) to Kestria at Varn",
        ),
        (
            "AGREE by Ardenia/army & Kestria/army",
            ("Ardenia", "Kestria"),
            "Agree by army (Ardenia) & army (Kestria)",
        ),
        ("ASSAULT/destroy by Ardenia", ("Ardenia",), "Assault (destroy) by Ardenia"),
    ],
)
def test_serve_headings_name_organs_as_readers_would(
    local: TestClient, kept: str, label: str, parties: tuple[str, ...], expected: str
) -> None:
    with open_ledger(kept) as ledger:
        card = replace(ledger.incidents().rows[0], label=label, parties=parties, slots=())
    assert heading(card) == expected
