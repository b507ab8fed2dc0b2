"""Every page: whole, safe, linked, and usable without sight, mouse or script."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger
from counterclaim.records.query import ClaimQuery, ProblemQuery
from counterclaim.serve.pages.today import read_visit, write_visit
from counterclaim.serve.rendering import NAVIGATION
from tests.serve.conftest import HOSTILE
from tests.serve.markup import Element, Page

FIRST_PAGE_BYTES = 200_000
HEADINGS = ("h1", "h2", "h3", "h4")


@pytest.fixture(scope="session")
def parsed(pages: dict[str, str]) -> dict[str, Page]:
    return {address: Page(markup) for address, markup in pages.items()}


def test_serve_every_page_of_the_navigation_answers(client: TestClient) -> None:
    for address, name in NAVIGATION:
        answer = client.get(address)
        assert answer.status_code == 200, name
        assert answer.headers["content-type"].startswith("text/html")
        assert len(answer.content) < FIRST_PAGE_BYTES


def test_serve_markup_is_well_formed(parsed: dict[str, Page]) -> None:
    faults = {address: page.faults for address, page in parsed.items() if page.faults or page.open}
    assert not faults


def test_serve_hostile_words_stay_words(pages: dict[str, str]) -> None:
    shown = [address for address, markup in pages.items() if "&lt;script&gt;alert(1)" in markup]
    assert "/sources" in shown
    assert "/problems" in shown
    for address, markup in pages.items():
        assert HOSTILE not in markup, address
        assert "<script>" not in markup, address
        assert "<img src=x" not in markup, address


def test_serve_pages_hold_no_inline_script_or_style(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.elements:
            inline = [name for name in element.attributes if name.startswith("on")]
            assert not inline, (address, element.name)
            assert "style" not in element.attributes, (address, element.name)
            target = element.attributes.get("href", "") + element.attributes.get("src", "")
            assert not target.lower().strip().startswith(("javascript:", "data:", "vbscript:"))
        for script in page.all("script"):
            assert script.attributes.get("src", "").startswith("/static/"), address
            assert not script.text(), address
        assert not page.all("style"), address


def test_serve_pages_fetch_nothing_from_elsewhere(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.all("script", "link", "img", "source", "form"):
            for name in ("src", "href", "srcset", "action"):
                value = element.attributes.get(name, "/")
                assert value.startswith("/"), (address, element.name, value)
                assert not value.startswith("//"), (address, value)


def test_serve_internal_links_lead_somewhere(client: TestClient, parsed: dict[str, Page]) -> None:
    wanted = {
        element.attributes["href"]
        for page in parsed.values()
        for element in page.all("a")
        if element.attributes.get("href", "").startswith("/")
    }
    assert len(wanted) > 100
    anchors: dict[str, set[str]] = {}
    for link in sorted(wanted):
        address, _, anchor = link.partition("#")
        if re.search(r"\.(png|svg)", address):
            continue
        if address not in anchors:
            answer = client.get(address)
            assert answer.status_code == 200, link
            is_page = answer.headers["content-type"].startswith("text/html")
            anchors[address] = set(Page(answer.text).ids()) if is_page else set()
        assert not anchor or anchor in anchors[address], link


def test_serve_links_within_a_page_lead_somewhere(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        ids = set(page.ids())
        lost = [
            link
            for element in page.all("a")
            if (link := element.attributes.get("href", "")).startswith("#") and link[1:] not in ids
        ]
        assert not lost, address


def test_serve_ids_are_unique(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        twice = [name for name, times in Counter(page.ids()).items() if times > 1]
        assert not twice, address


def test_serve_pages_have_landmarks_and_a_skip_link(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        assert page.all("html")[0].attributes["lang"] == "en"
        assert len(page.all("main")) == len(page.all("h1")) == 1, address
        assert page.all("title")[0].text(), address
        first = page.all("a")[0]
        assert first.attributes["href"] == "#content", address
        assert page.all("main")[0].attributes["id"] == "content", address
        names = [element.attributes.get("aria-label") for element in page.all("nav")]
        assert all(names), address
        assert len(names) == len(set(names)), address


def test_serve_headings_step_down_one_at_a_time(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        levels = [int(element.name[1]) for element in page.all(*HEADINGS)]
        assert levels[0] == 1, address
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), (address, levels)


def test_serve_every_field_has_a_label(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        labelled = {element.attributes.get("for") for element in page.all("label")}
        for element in page.all("input", "select", "textarea"):
            if element.attributes.get("type") == "hidden":
                continue
            assert element.attributes.get("id") in labelled, (address, element.attributes)


def test_serve_links_and_buttons_have_names(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.all("a", "button", "summary"):
            name = element.text() or element.attributes.get("aria-label")
            assert name or not element.attributes.get("href"), (address, element.attributes)


def test_serve_pictures_have_words_and_tables_have_headings(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.all("img"):
            assert element.attributes.get("alt"), address
        for element in page.all("th"):
            assert element.attributes.get("scope") in {"col", "row"}, address


def test_serve_what_scrolls_can_be_reached_by_keys(parsed: dict[str, Page]) -> None:
    for address, page in parsed.items():
        for element in page.elements:
            if element.attributes.get("class") in {"wide", "side"}:
                assert element.attributes.get("tabindex") == "0", address
                assert element.attributes.get("aria-label"), address


def test_serve_the_page_shown_is_marked_in_the_navigation(parsed: dict[str, Page]) -> None:
    page = parsed["/incidents"]
    here = [element for element in page.all("a") if "aria-current" in element.attributes]
    assert [(element.text(), element.attributes["aria-current"]) for element in here] == [
        ("Incidents", "page")
    ]


def test_serve_every_claim_leads_to_its_words(client: TestClient, ledger: Ledger) -> None:
    for entry in ledger.claims(ClaimQuery(), limit=500).rows:
        answer = client.get(f"/claims/{entry.claim.id}", follow_redirects=False)
        address, _, anchor = answer.headers["location"].partition("#")
        page = Page(client.get(address).text)
        mark = next(item for item in page.elements if item.attributes.get("id") == anchor)
        following = _after(page, mark)
        assert entry.claim.quote.startswith(following.words.split("\n")[0].strip()[:12])


def _after(page: Page, mark: Element) -> Element:
    place = page.elements.index(mark)
    return next(
        item for item in page.elements[place + 1 :] if item.name == "a" and item.words.strip()
    )


def test_serve_a_mark_leads_to_its_row_and_back(pages: dict[str, str], ledger: Ledger) -> None:
    document = ledger.documents().rows[-1].id
    page = Page(pages[f"/sources/{document}"])
    marks = [
        item.attributes["href"][1:]
        for item in page.all("a")
        if item.attributes.get("class", "").startswith("m ") and "href" in item.attributes
    ]
    assert marks
    assert set(marks) <= set(page.ids())


def test_serve_numbers_of_the_account_link_to_their_sentence(pages: dict[str, str]) -> None:
    page = Page(pages["/casualties"])
    cells = [item for item in page.all("td") if item.attributes.get("class") == "number big"]
    linked = {child.text(): child.attributes["href"] for cell in cells for child in cell.children}
    assert linked["555"].startswith("/sources/d-")
    assert "#w" in linked["555"]


def test_serve_an_incident_shows_each_partys_words_and_the_rule(
    pages: dict[str, str], ledger: Ledger
) -> None:
    card = next(
        card
        for card in ledger.incidents(limit=200).rows
        if any(slot.status == "agreed_by_both" for slot in card.slots)
    )
    page = Page(pages[f"/incidents/{card.id}"])
    columns = {element.text() for element in page.all("th")}
    assert {"Azerbaijan", "Armenia"} <= columns
    assert any(item.attributes.get("href") == "/method#rule-2" for item in page.all("a"))
    assert all(cell.parent is not None for cell in page.all("details"))
    assert "carried out airstrikes" in pages[f"/incidents/{card.id}"]


def test_serve_discussion_is_never_a_source(client: TestClient, ledger: Ledger) -> None:
    thread = ledger.threads().rows[0]
    words = thread.document.words(thread.comments[-1].span)
    assert words[:40] in client.get("/discussion").text
    for entry in ledger.claims(ClaimQuery(document_id=thread.document.id), limit=500).rows:
        assert not any(entry.claim.span.meets(comment.span) for comment in thread.comments)


def test_serve_an_empty_ledger_says_what_to_do(empty: TestClient) -> None:
    for address, name in NAVIGATION:
        answer = empty.get(address)
        assert answer.status_code == 200, name
    assert "/add" in empty.get("/sources").text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "Look for it by search"),
        ("/incidents/i-000000000000", 404, "no such row"),
        ("/sources/d-000000000000", 404, "no such row"),
        ("/claims/c-000000000000", 404, "no such row"),
        ("/incidents?first=yesterday", 400, "write it as 2020-10-14"),
        ("/incidents?after=x", 400, "begin again without it"),
        ("/casualties?known_on=2020-02-30", 400, "is not a day"),
        ("/casualties?clock=mine", 400, "choose one of published, recorded"),
        ("/search?q=%22%22", 400, "no word to search for"),
        ("/search?q=a&order=odd", 400, "choose one of newest, best"),
        ("/map/map.svg?theme=pink", 400, "choose light or dark"),
        ("/map/map.gif", 422, "svg"),
        ("/method/..%2f..%2fetc", 404, "Look for it by search"),
        ("/method/passwd", 400, "choose one of acts, agencies"),
        ("/static/..%2fapp.py", 404, "Look for it by search"),
        ("/search?q=" + "a" * 301, 422, "300"),
    ],
)
def test_serve_errors_are_pages_that_say_what_to_do(
    client: TestClient, address: str, status: int, words: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in answer.text.replace("&#39;", "'")
    assert Page(answer.text).all("h1")


def test_serve_known_on_leaves_out_what_came_later(client: TestClient) -> None:
    assert "15 Oct 2020" in client.get("/timeline").text
    early = client.get("/timeline?known_on=2020-10-14").text
    assert "As known on 14 Oct 2020" in early
    assert "15 Oct 2020" not in early


def test_serve_pages_go_on_by_cursor(client: TestClient, ledger: Ledger) -> None:
    first = ledger.incidents(limit=3)
    assert first.next is not None
    page = Page(client.get(f"/incidents?after={first.next}").text)
    shown = {item.attributes.get("href") for item in page.all("a")}
    assert not {f"/incidents/{card.id}" for card in first.rows} & shown
    assert "/incidents" in shown


def test_serve_today_tells_what_moved_numbers_first(pages: dict[str, str]) -> None:
    told = pages["/?since=2020-01-01"]
    page = Page(told)
    headings = [element.text() for element in page.all("h2")]
    assert {"Tolls", "Denials", "Admissions", "Ceasefires", "Contradictions opened", "Reports"} <= {
        *headings
    }
    tiles = told.index('class="tiles"')
    assert tiles < told.index('id="tolls"')
    assert re.search(r"<b>2</b> reports", told)
    assert re.search(r"Nagorno-Karabakh, soldiers killed: .*<span class=\"now\">555</span>", told)
    assert re.search(r"<strong>Azerbaijan</strong> admitted", told)
    assert re.search(r"</strong> denied", told)


def test_serve_today_opens_every_line_on_its_words(pages: dict[str, str]) -> None:
    told = pages["/?since=2020-01-01"]
    ganja = next(part for part in told.split("<details") if "in Ganja" in part)
    assert "<strong>Azerbaijan</strong> accuses" in ganja
    assert re.search(r'class="voice against"><strong>[^<]*Armenia</strong> denies', ganja)
    assert ganja.count("<blockquote>") >= 2
    truce = next(part for part in told.split("<details") if "Ceasefire brokered by Russia" in part)
    assert re.search(r"<strong>Agreed</strong>, told by the report", truce)
    assert "the Russian-brokered ceasefire" in truce
    opened = told[told.index('id="opened"') :].partition("</section>")[0]
    assert opened.count("<details") == opened.count("<summary")
    assert all("<blockquote>" in part for part in opened.split('<details class="line"')[1:])


def test_serve_today_counts_what_its_links_lead_to(
    client: TestClient, pages: dict[str, str]
) -> None:
    told = pages["/?since=2020-01-01"]
    number = int(re.search(r"<b>(\d+)</b> denial", told).group(1))  # type: ignore[union-attr]
    section = told[told.index('id="denials"') :].partition("</section>")[0]
    acts = re.findall(r'href="/acts\?act=(\w+)"', section)
    assert "deny" in acts
    found = [
        re.search(r"<strong>(\d+)</strong> time", client.get(f"/acts?act={act}").text)
        for act in acts
    ]
    assert number == sum(int(item.group(1)) for item in found if item)


def test_serve_today_is_still_where_nothing_moved(client: TestClient) -> None:
    told = client.get("/?since=2200-01-01").text
    assert "Nothing moved" in told
    assert 'id="tolls"' not in told


def test_serve_today_remembers_the_last_visit() -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    yesterday = now - timedelta(days=1)
    assert read_visit("", now) == (now, None)
    assert read_visit("nonsense/9", now) == (now, None)
    assert read_visit(write_visit(yesterday, None), now) == (now, yesterday)
    minute = now - timedelta(minutes=1)
    assert read_visit(write_visit(minute, yesterday), now) == (now, yesterday)
    assert read_visit(write_visit(now + timedelta(days=1), None), now) == (now, None)


def test_serve_changes_give_the_latest_where_there_is_more(ledger: Ledger) -> None:
    whole = ledger.changes(datetime(2020, 1, 1, tzinfo=UTC))
    some = ledger.changes(datetime(2020, 1, 1, tzinfo=UTC), limit=3)
    for kind, number in (("figure", 3), ("ceasefire", 1)):
        every = [item.subject for item in whole if item.kind == kind]
        shown = [item.subject for item in some if item.kind == kind]
        assert len(shown) >= number
        assert shown == every[-3:]


def test_serve_problems_are_narrowed_and_go_on(client: TestClient, ledger: Ledger) -> None:
    whole = ledger.problem_page(ProblemQuery(), limit=500).rows
    assert len(whole) > 1
    found: list[str] = []
    after: str | None = None
    while True:
        page = ledger.problem_page(ProblemQuery(), limit=1, after=after)
        found += [str(item.problem) for item in page.rows]
        after = page.next
        if after is None:
            break
    assert found == [str(item.problem) for item in whole]
    assert sum(ledger.problem_codes().values()) == len(whole)
    code = whole[0].problem.code
    only = client.get(f"/problems?code={code}").text
    assert only.count('data-label="Sort"') == sum(item.problem.code == code for item in whole)
    assert "No problem matches" in client.get("/problems?source=nobody+wrote+this").text
    named = client.get("/problems?source=BROKEN").text
    assert named.count('data-label="Sort"') == 1
    assert client.get("/problems?after=x").status_code == 400


def test_serve_source_shows_whose_land_it_words(client: TestClient, ledger: Ledger) -> None:
    demo = next(card for card in ledger.documents().rows if "Denied" not in (card.title or ""))
    wordings = ledger.document(demo.id).wordings
    assert wordings
    page = client.get(f"/sources/{demo.id}").text
    assert "Whose land, as worded" in page
    for item in wordings:
        anchor = f"w{item.span.start}-{item.span.end}"
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    assert wordings[0].agreement in page


def test_serve_a_brokered_ceasefire_is_counted_once(client: TestClient) -> None:
    page = client.get("/ceasefires").text
    brokers = page[page.index('id="brokers"') : page.index("Each ceasefire that was")]
    assert '<td>Russia</td><td class="number">1</td>' in brokers
    assert "From 9 Oct 2020." in page


def test_serve_casualties_name_the_sides_of_a_sum(pages: dict[str, str]) -> None:
    told = pages["/casualties"]
    assert re.search(r"all sides together: .*= 555 Nagorno-Karabakh \(military\) \+ ", told)
    assert "+ 31 Nagorno-Karabakh (civilian, nobody named for it)" in told
    rows = re.findall(r'<th scope="row">([^<]+)<span class="proposition">([^<]+)', told)
    assert rows[0] == ("Nagorno-Karabakh", "soldiers killed")


def test_serve_ceasefires_count_breaches_by_who_alleges_them(pages: dict[str, str]) -> None:
    told = pages["/ceasefires"]
    section = told[told.index('id="breaches"') :].partition("</section>")[0]
    assert re.search(r"<td>Armenia</td><td>[^<]*Azerbaijan</td><td[^>]*>1</td>", section)


def test_serve_a_report_just_kept_leads_to_its_own_incidents(
    client: TestClient, ledger: Ledger
) -> None:
    document = ledger.documents().rows[-1].id
    page = client.get(f"/sources/{document}?kept=yes").text
    note = page[page.index('id="kept"') :].partition("</p>")[0]
    named = set(re.findall(r'href="/incidents/(i-\w+)"', note))
    own = {
        entry.incident_id
        for entry in ledger.claims_by_id([claim.id for claim in ledger.document(document).claims])
    }
    assert named
    assert named <= own
