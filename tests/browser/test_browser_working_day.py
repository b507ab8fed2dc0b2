"""The fifteen tasks of a working day, each in at most five presses from Today: by pointer, by finger, by keys.

Every test has a ledger of its own, of two wars, and leaves the page without an error in its console and no
wider than its window.
"""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bench.workbench import serving
from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, expect

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.records.text import Document
from counterclaim.service.ledger_service import file_reading
from tests.browser.hands import WIDTHS, By, Hand
from tests.ledger.wars import COAST, TEXTS, VALLEY

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READ = 120_000
"""Milliseconds within which a report is read on a slow machine, the parser loaded first."""

WORDS = r"/sources/d-\w+(\?[^#]*)?#w\d+-\d+$"

PASTED = (
    "Kestria denied on Monday that its forces had shelled Ost, where officials of Ardenia said that "
    "at least 12 civilians were killed."
)
BREACH = Document(
    text="Armenia accused Azerbaijan of breaking the ceasefire.",
    published=date(2020, 10, 15),
    outlet="Ost Courier",
    title="A truce of hours",
)


@pytest.fixture(scope="module")
def wars(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a ledger of two wars that have a project each, and the demo report besides."""
    path = str(tmp_path_factory.mktemp("day") / "wars.db")
    with open_ledger(path, create=True) as ledger:
        ledger.projects.add("valley", VALLEY, by="Ada")
        ledger.projects.add("coast", COAST, by="Ada")
        for name in ("valley", "coast"):
            words, day = TEXTS[name]
            report = Document(text=words, published=day, outlet=f"The {name} post")
            file_reading(ledger, read_document(report))
        for document in (BREACH, demo_document()):
            file_reading(ledger, read_document(document))
    return path


@pytest.fixture(params=["pointer", "finger", "keys"])
def hand(
    request: pytest.FixtureRequest, browser: Browser, wars: str, tmp_path: Path
) -> Iterator[Hand]:
    by: By = request.param
    errors: list[str] = []
    with serving(str(shutil.copy(wars, tmp_path / "own.db"))) as site:
        context = browser.new_context(
            base_url=site,
            locale="en-US",
            viewport={"width": WIDTHS[by], "height": 800},
            has_touch=by == "finger",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if is_fault(said) else None)
        page.goto("/")
        yield Hand(page, by)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[by], page.url
        context.close()
    assert not errors


def is_fault(said: ConsoleMessage) -> bool:
    """Tell a fault from the icon that a browser asks for beside a plain text."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def rows(saved: Download, path: Path) -> list[dict[str, str]]:
    saved.save_as(path)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def facet(hand: Hand, name: str) -> Locator:
    return hand.page.locator(".facets").get_by_role("link", name=re.compile(name))


def test_browser_day_a_report_is_pasted_read_kept_and_followed(hand: Hand) -> None:
    page = hand.page
    hand.turn("Add")
    expect(page.get_by_label("The report, with or without")).to_be_focused()
    page.keyboard.insert_text(PASTED)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("03022026")
    hand.click(page.get_by_role("button", name="Read it").first)
    expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=READ)
    hand.click(page.get_by_role("button", name="Keep it"))
    kept = page.locator("#kept")
    expect(kept).to_contain_text("Kept in the ledger. It speaks of")
    hand.click(kept.get_by_role("link").first)
    expect(page).to_have_url(re.compile(r"/incidents/i-\w+$"))
    expect(page.locator("#claims")).to_contain_text("Ost")


def test_browser_day_b_what_changed_opens_on_its_words(hand: Hand) -> None:
    page = hand.page
    tiles = page.get_by_role("list", name="What moved, in numbers")
    expect(tiles).to_be_in_viewport()
    hand.click(tiles.get_by_role("link", name=re.compile("contradiction")))
    line = page.locator("#opened details.line", has_text="in Ganja")
    hand.click(line.locator("summary"))
    expect(line.locator(".voice.against")).to_contain_text("denies")
    expect(line.locator("blockquote").first).to_be_visible()
    hand.click(line.locator(".voice a").first)
    expect(page).to_have_url(re.compile(WORDS))


def test_browser_day_c_a_number_leads_to_its_sentence(hand: Hand) -> None:
    hand.turn("Casualties")
    hand.click(hand.page.get_by_role("link", name="555", exact=True))
    expect(hand.page).to_have_url(re.compile(WORDS))
    expect(hand.page.locator("#report a.m.casualty", has_text="555")).to_be_in_viewport()


def test_browser_day_d_all_that_a_party_denied(hand: Hand) -> None:
    page = hand.page
    hand.turn("Who said what")
    hand.unfold()
    hand.choose(page.get_by_label("Did what"), "denied")
    hand.type(page.get_by_label("Who", exact=True), "yerevan")
    expect(page.get_by_text("“yerevan” is Armenia here")).to_be_visible()
    expect(page.locator(".counted")).to_contain_text("Armenia denied something")
    hand.click(page.locator(".acts summary").first)
    expect(page.locator(".acts details[open] blockquote")).to_contain_text("denied that it")


def test_browser_day_e_who_counts_is_corrected_and_that_is_taken_back(hand: Hand) -> None:
    page = hand.page
    line = page.locator("#tolls details", has_text="555")
    hand.click(line.locator("summary"))
    hand.click(line.get_by_role("link", name="review"))
    hand.type(page.get_by_label("Who counts"), "Azerbaijan/Ministry of Defence", enter=False)
    hand.click(page.get_by_role("button", name="Save corrections"))
    done = page.get_by_role("region", name="Just decided")
    expect(done.locator("ins")).to_have_text("Azerbaijan/Ministry of Defence")
    hand.click(done.get_by_role("button", name="Undo"))
    expect(done).to_contain_text("Taken back")
    expect(page.locator("#trail")).to_contain_text("taken back")


def test_browser_day_f_a_likely_pair_is_merged_and_that_is_taken_back(hand: Hand) -> None:
    page = hand.page
    hand.turn("Incidents")
    hand.click(page.get_by_role("link", name="pairs that are likely the same"))
    pair = page.locator("section.twins").first
    first = pair.get_by_role("heading", level=2).get_by_role("link")
    old = [link.get_attribute("href") for link in first.all()]
    hand.click(pair.get_by_role("button", name=re.compile("merge")))
    done = page.locator("#done")
    expect(done).to_contain_text("Same")
    met = [page.request.get(address or "").text() for address in old]
    assert sum("another incident</a> now" in words for words in met) == 1
    hand.click(done.get_by_role("button", name="Undo"))
    expect(done).to_contain_text("Taken back")


def test_browser_day_f_an_incident_is_split(hand: Hand) -> None:
    page = hand.page
    hand.turn("Incidents")
    hand.click(page.get_by_role("link", name=re.compile("^Airstrikes inside Armenia")))
    hand.click(page.get_by_role("link", name="Merge or split"))
    ticks = page.get_by_role("checkbox")
    number = ticks.count()
    assert number > 1
    hand.click(ticks.first)
    hand.click(page.get_by_role("button", name="Split the chosen claims off"))
    expect(page.locator("#done").get_by_role("button", name="Undo").first).to_be_visible()
    page.goto("/incidents?single=yes&q=airstrikes")
    expect(page.locator("main [data-row]")).not_to_have_count(0)


def test_browser_day_g_a_table_with_sentences_and_a_citation(hand: Hand, tmp_path: Path) -> None:
    page = hand.page
    hand.turn("Casualties")
    with page.expect_download() as waiting:
        hand.click(page.get_by_role("link", name="CSV"))
    found = next(row for row in rows(waiting.value, tmp_path / "f.csv") if row["number"] == "555")
    assert "555" in found["sentence"]
    assert (found["outlet"], found["published"]) == ("the demo desk", "2020-10-14")
    hand.turn("Incidents")
    hand.click(page.get_by_role("link", name=re.compile("^Airstrikes inside Armenia")))
    hand.click(page.get_by_role("link", name="in words"))
    expect(page).to_have_url(re.compile(r"/cite/i-\w+\.txt$"))
    expect(page.locator("body")).to_contain_text(
        re.compile(r"Armenia.*/incidents/i-\w+", re.DOTALL)
    )


def test_browser_day_h_truces_by_broker_and_who_alleges_breaches(hand: Hand) -> None:
    page = hand.page
    hand.turn("Ceasefires")
    expect(page.locator("#brokers")).to_contain_text("Russia")
    breaches = page.locator("#breaches tbody tr")
    expect(breaches.filter(has_text="Armenia")).to_contain_text("Azerbaijan")
    hand.click(page.locator("main a.said").first)
    expect(page).to_have_url(re.compile(WORDS))


def test_browser_day_i_a_place_on_the_map_leads_to_its_words(hand: Hand) -> None:
    page = hand.page
    hand.turn("Map")
    expect(page.locator("#live-map[data-ready=yes]")).to_be_visible()
    expect(page.get_by_role("region", name="Places on the map")).to_be_visible()
    hand.click(page.locator("#map-places button", has_text="Ganja"))
    words = page.get_by_role("region", name="Chosen place").locator("a.said").first
    expect(words).to_contain_text("Ganja")
    hand.click(words)
    expect(page).to_have_url(re.compile(WORDS))


def test_browser_day_j_an_address_holds_what_is_seen(hand: Hand, browser: Browser) -> None:
    page = hand.page
    hand.turn("Incidents")
    hand.unfold()
    hand.click(facet(hand, "^ceasefire"))
    seen = page.locator(".counted").inner_text()
    assert "1 incident" in seen
    other = browser.new_page()
    other.goto(page.url)
    assert other.locator(".counted").inner_text() == seen
    other.close()


def test_browser_day_k_twenty_of_the_queue_by_keys(hand: Hand) -> None:
    page = hand.page
    hand.turn("Review")
    hand.click(page.locator("main [data-row]").first)
    hand.choose(page.get_by_label("Then"), "go to the next claim")
    page.get_by_label("Then").blur()
    for _ in range(20):
        before = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()
    page.goto("/review")
    expect(page.get_by_text("20 you judged")).to_be_visible()


def test_browser_day_l_what_readers_say_beside_the_ledger(hand: Hand) -> None:
    page = hand.page
    hand.turn("Discussion")
    hand.click(page.get_by_role("link", name="checkable", exact=True))
    expect(page.get_by_text("Can be checked:").first).to_be_visible()
    hand.click(page.locator("main a.m").first)
    expect(page).to_have_url(re.compile(WORDS))
    expect(page.locator("#thread")).to_be_attached()


def test_browser_day_m_what_is_asked_for_can_be_followed(hand: Hand) -> None:
    page = hand.page
    hand.turn("Who said what")
    hand.unfold()
    hand.click(facet(hand, "^denied"))
    link = page.get_by_role("link", name="follow this list as a feed")
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    feed = ET.fromstring(answer.body())
    titles = [title.text or "" for title in feed.iterfind(".//{*}entry/{*}title")]
    assert any("Armenia denied" in title for title in titles)
    assert all("denied" in title for title in titles)


def test_browser_day_n_a_report_added_by_mistake_is_withdrawn(hand: Hand) -> None:
    page = hand.page
    hand.turn("Sources")
    hand.click(page.get_by_role("link", name=re.compile("Strikes inside Armenia")))
    hand.click(page.get_by_text("Withdraw this report"))
    hand.type(page.get_by_label(re.compile("^Why")), "added by mistake")
    expect(page.locator("#withdrawn")).to_contain_text("added by mistake")
    page.goto("/casualties")
    expect(page.get_by_role("link", name="555", exact=True)).to_have_count(0)


def test_browser_day_o_two_wars_stand_apart(hand: Hand) -> None:
    page = hand.page
    hand.choose(page.get_by_label("War", exact=True), "The coast war")
    hand.click(page.locator("form.project button"))
    expect(page.get_by_label("War", exact=True)).to_have_value("coast")
    hand.turn("Casualties")
    expect(page).to_have_url(re.compile(r"project=coast"))
    table = page.get_by_role("region", name="Each side’s losses by who counts").or_(
        page.get_by_role("region", name="Figures")
    )
    expect(table.first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Nagorno-Karabakh")
    expect(page.locator("main")).not_to_contain_text("Kestria")
