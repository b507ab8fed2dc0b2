"""A claim by hand: found by its words, filled in and filed without script, marked, and nothing typed lost."""

import html
import re

from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.query import ClaimQuery
from counterclaim.service.manual_claims import made_by
from tests.serve.benches import LogIn, token_of


def report_in(kept: str) -> str:
    """Return the id of the report that speaks of Varn."""
    with open_ledger(kept) as ledger:
        return next(
            card.id
            for card in ledger.documents().rows
            if "Varn" in ledger.texts([card.id])[card.id]
        )


def sent(page: str) -> dict[str, str]:
    """Return what a browser sends of the form to fill in, with the first place chosen."""
    form = page[page.index('id="make"') : page.index("</form>", page.index('id="make"'))]
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)
        if name != "at"
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', form):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        first = re.search(r'<option(?: value="([^"]*)")?>([^<]*)', options)
        option = chosen or first
        assert option is not None
        found[name] = option[1] or option[2]
    place = re.search(r'name="at" value="(\d+-\d+)"', form)
    assert place is not None
    return {**found, "at": place[1]}


def test_serve_making_files_a_claim_that_is_marked_and_reviewed(
    local: TestClient, kept: str
) -> None:
    address = f"/sources/{report_in(kept)}/claim"
    assert f'href="{address}"' in local.get(address.removesuffix("/claim")).text
    page = local.get(f"{address}?words=its civilian casualties&kind=casualty").text
    assert "<mark>its civilian casualties</mark>" in page
    filled = {
        **sent(page),
        "speaker": "Kestria",
        "number": "at least 7",
        "side": "Kestria",
        "category": "civilian",
    }
    answer = local.post(address, data=filled, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    shown = local.get(answer.headers["location"]).text
    assert "made by hand by Ada" in shown
    assert "made by hand on these words" in shown
    assert "≥ 7" in shown or "at least 7" in shown or "≥7" in shown
    for place in (address.removesuffix("/claim"), "/casualties?party=Kestria&harm=killed"):
        assert "made by hand by Ada" in local.get(place).text, place
    with open_ledger(kept) as ledger:
        (made,) = [
            entry.claim for entry in ledger.claims(ClaimQuery()).rows if made_by(entry.claim)
        ]
        assert made.quote == "its civilian casualties"
        assert ledger.verify() == ()


def test_serve_making_an_act_has_its_kind_beside_the_kind_of_claim(
    local: TestClient, kept: str
) -> None:
    address = f"/sources/{report_in(kept)}/claim"
    page = local.get(f"{address}?words=ceasefire was agreed").text
    filled = {**sent(page), "act_kind": "COERCE/seize", "doer": "Ardenia", "target": "Kestria"}
    assert filled["kind"] == "event"
    answer = local.post(address, data=filled, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert 'value="COERCE/seize"' in local.get(answer.headers["location"]).text


def test_serve_making_keeps_what_was_typed_when_it_cannot_be_filed(
    local: TestClient, kept: str
) -> None:
    address = f"/sources/{report_in(kept)}/claim"
    page = local.get(f"{address}?words=its civilian casualties&kind=casualty").text
    filled = {**sent(page), "number": "a few", "side": "Kestria/guards"}
    answer = local.post(address, data=filled)
    assert answer.status_code == 400
    for words in ('value="a few"', 'value="Kestria/guards"', "no number of persons"):
        assert words in answer.text
    astray = local.post(address, data={**filled, "number": "7", "at": "0-3"})
    assert astray.status_code == 400
    assert "choose where in the report" in astray.text
    stale = local.post(address, data={**filled, "number": "7", "text_sha256": "0" * 64})
    assert stale.status_code == 400
    assert "another text was shown" in stale.text


def test_serve_making_says_where_words_are_not_found(local: TestClient, kept: str) -> None:
    address = f"/sources/{report_in(kept)}/claim"
    page = local.get(f"{address}?words=<b>no such words").text
    assert "The report has no such words" in page
    assert "<b>no such" not in page
    assert 'id="make"' not in page
    assert local.get("/sources/d-000000000000/claim").status_code == 404


def test_serve_making_is_for_those_who_may_judge(team: LogIn, kept: str) -> None:
    address = f"/sources/{report_in(kept)}/claim"
    reader = team("Rea")
    assert reader.get(address).status_code == 403
    assert address not in reader.get(address.removesuffix("/claim")).text
    data = {"csrf_token": token_of(reader), "words": "casualties"}
    assert reader.post(address, data=data).status_code == 403
    analyst = team("Ben")
    assert analyst.get(address).status_code == 200
    assert analyst.post(address, data={"words": "casualties"}).status_code == 403
