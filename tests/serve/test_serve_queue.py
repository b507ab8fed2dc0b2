"""The queue's filters and a claim's fields share one form and no name: neither is ever read as the other."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.judgement import MENDABLES, Mendable
from counterclaim.records.query import ClaimQuery
from counterclaim.serve.pages.review import DOUBTS, FILTER_PREFIX, FILTERS
from counterclaim.service.fields import choices_of

KINDS = ("casualty", "event", "ceasefire", "withheld", "position")


def form_of(page: str) -> list[tuple[str, str]]:
    """Return what a browser would send of the form of a claim, without a button: names as often as they stand."""
    form = page[page.index('id="decide"') : page.index("</form>", page.index('id="decide"'))]
    sent: list[tuple[str, str]] = []
    for tag in re.finditer(r"<(input|select|textarea)\b([^>]*)>", form):
        name = re.search(r'\bname="([^"]+)"', tag[2])
        if name is None:
            continue
        value = re.search(r'\bvalue="([^"]*)"', tag[2])
        if tag[1] == "select":
            options = form[tag.end() : form.index("</select>", tag.end())]
            value = re.search(r'<option value="([^"]*)" selected>', options) or re.search(
                r"<option[^>]*selected[^>]*>([^<]*)", options
            )
        sent.append((name[1], html.unescape(value[1]) if value is not None else ""))
    return sent


def claim_of(kept: str, kind: str) -> str:
    with open_ledger(kept) as ledger:
        return ledger.claims(ClaimQuery(kind=kind)).rows[-1].claim.id


def judged(kept: str, claim_id: str) -> list[tuple[str, str | None, str | None]]:
    with open_ledger(kept) as ledger:
        return [
            (item.judgement.verdict, item.judgement.field, item.judgement.after)
            for item in ledger.judgements(claim_id)
        ]


def address_of(claim_id: str, name: str, kind: str) -> str:
    value = {"kind": kind, "doubt": "speaker", "after": "9999"}[name]
    return f"/review/{claim_id}?{name}={value}"


def test_serve_queue_filters_are_named_like_no_field() -> None:
    for name in FILTERS:
        carried = FILTER_PREFIX + name
        assert carried not in MENDABLES
        assert not carried.startswith("was_")
    assert "kind" in set(FILTERS) & set(MENDABLES)


@pytest.mark.parametrize("kind", KINDS)
def test_serve_queue_form_has_each_name_once(local: TestClient, kept: str, kind: str) -> None:
    claim_id = claim_of(kept, kind)
    page = local.get(f"/review/{claim_id}?kind={kind}&doubt=speaker&after=9999&then=next").text
    names = [name for name, _ in form_of(page)]
    assert len(names) == len(set(names)), sorted(names)
    assert {FILTER_PREFIX + name for name in FILTERS} <= set(names)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("kind", KINDS)
def test_serve_queue_goes_on_with_its_filter_and_files_no_correction(
    local: TestClient, kept: str, kind: str, name: str
) -> None:
    claim_id = claim_of(kept, kind)
    address = address_of(claim_id, name, kind)
    sent = dict(form_of(local.get(address).text))
    for action, then in (("accept", "next"), ("accept", "stay")):
        answer = local.post(
            f"/review/{claim_id}",
            data={**sent, "action": action, "then": then},
            follow_redirects=False,
        )
        assert answer.status_code == 303, answer.text
        assert f"{name}={address.rpartition('=')[2]}" in answer.headers["location"]
        assert local.get(answer.headers["location"]).status_code == 200
    assert judged(kept, claim_id) == [("accepted", None, None)]


@pytest.mark.parametrize("kind", KINDS)
def test_serve_queue_corrects_each_field_alone_whatever_narrows_it(
    local: TestClient, kept: str, kind: str
) -> None:
    claim_id = claim_of(kept, kind)
    address = f"/review/{claim_id}?kind={kind}&doubt=speaker&after=9999"
    began = dict(form_of(local.get(address).text))
    unchanged = local.post(f"/review/{claim_id}", data={**began, "action": "correct"})
    assert unchanged.status_code == 400
    assert "nothing was changed" in unchanged.text
    corrected: list[tuple[str, str | None, str | None]] = []
    for name in MENDABLES:
        if f"was_{name}" not in began:
            continue
        sent = dict(form_of(local.get(address).text))
        after = another(name, sent[name])
        answer = local.post(
            f"/review/{claim_id}",
            data={**sent, name: after, "action": "correct", "then": "next"},
            follow_redirects=False,
        )
        assert answer.status_code == 303, (name, after, answer.text)
        assert f"kind={kind}&doubt=speaker&after=9999" in answer.headers["location"]
        corrected.append(("corrected", name, after))
        assert judged(kept, claim_id) == corrected


def another(name: Mendable, now: str) -> str:
    """Return a word that a field takes and does not hold."""
    known = {"stance": ("deny", "admit"), "number": ("17", "18"), "time": ("2031-05-02",)}
    words = known.get(name) or choices_of(name) or ("Kestria/army", "Ardenia/army")
    return next(word for word in words if word != now)


def test_serve_queue_offers_no_doubt_that_is_none(local: TestClient) -> None:
    for doubt in DOUBTS:
        assert local.get(f"/review?doubt={doubt}").status_code == 200
