"""Tasks of a working day at the map, in review and in a team: each in five presses at the most, none a dead end."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.workbench import serving
from playwright.sync_api import Browser, Locator, Page, expect

from counterclaim.ledger import open_ledger
from counterclaim.records.query import ClaimQuery

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 5
"""Presses that a task may take, from Today."""


class Presses:
    """Counts what a person presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def press(self, what: Locator) -> None:
        self.page.wait_for_load_state()
        what.click()
        self.number += 1

    def key(self, key: str) -> None:
        self.page.wait_for_load_state()
        self.page.keyboard.press(key)
        self.number += 1


@pytest.fixture
def own(browser: Browser, demo: str, tmp_path: Path) -> Iterator[Page]:
    """Yield a page over a ledger of one's own, which may be written to."""
    path = str(shutil.copy(demo, tmp_path / "own.db"))
    with serving(path) as site:
        context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.set_default_timeout(90_000)
        yield page
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_browser_place_on_the_map_leads_to_its_words(
    browser: Browser, site: str, width: int
) -> None:
    """Task i of the review: from Today to a place on the map and what is claimed of it."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("/")
    does = Presses(page)
    does.press(page.get_by_role("link", name="Map", exact=True))
    expect(page.locator("#live-map[data-ready=yes]")).to_be_visible()
    before = page.evaluate("location.hash")
    does.press(page.locator("#map-places button", has_text="Ganja"))
    chosen = page.get_by_role("region", name="Chosen place")
    expect(chosen).to_contain_text("placed by machine")
    expect(chosen.locator("a.said").first).to_contain_text("Ganja")
    page.wait_for_function("before => location.hash !== before", arg=before)
    does.press(chosen.locator("a.said").first)
    expect(page).to_have_url(re.compile(r"/sources/d-\w+#w"))
    assert does.number <= MOST
    context.close()


def test_browser_map_moves_by_keys_and_pointer_and_keeps_its_view(page: Page) -> None:
    page.goto("/map")
    plot = page.locator("#live-map[data-ready=yes]")
    expect(plot).to_be_visible()
    start = page.evaluate("location.hash")
    plot.focus()
    page.keyboard.press("+")
    page.wait_for_function("start => location.hash !== start", arg=start)
    nearer = page.evaluate("location.hash")
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 200, steps=5)
    page.mouse.up()
    page.wait_for_function("nearer => location.hash !== nearer", arg=nearer)
    kept = page.evaluate("location.hash")
    page.reload()
    expect(plot).to_be_visible()
    assert page.evaluate("location.hash") == kept


def test_browser_speaker_corrected_undone_and_made_a_rule(own: Page) -> None:
    """Task e: five presses correct, and one takes it back; the rule is seen before it is made."""
    own.goto("/")
    does = Presses(own)
    does.press(own.get_by_role("link", name="Review", exact=True))
    does.press(own.locator("main [data-row]").first)
    own.get_by_label("Who says it").or_(own.get_by_label("Who counts")).fill("Lowland/army")
    does.press(own.get_by_label("Then"))
    own.get_by_label("Then").select_option("stay")
    does.press(own.get_by_role("button", name="Save corrections"))
    expect(own.locator("#done")).to_contain_text("Lowland/army")
    assert does.number <= MOST
    own.get_by_role("link", name="Make it a rule").click()
    expect(own.get_by_role("heading", level=1)).to_contain_text("everywhere?")
    own.get_by_role("link", name="Leave it").click()
    own.wait_for_load_state()
    own.locator("#trail").get_by_role("button", name="Undo").click()
    expect(own.locator("#done")).to_contain_text("Taken back")


def test_browser_what_is_inferred_is_confirmed_by_one_key(own: Page) -> None:
    own.goto("/review?doubt=inferred")
    own.wait_for_load_state()
    own.locator("main [data-row]").first.click()
    own.wait_for_load_state()
    first = own.locator("button[data-key='1']")
    expect(first).to_be_visible()
    own.get_by_label("Then").select_option("stay")
    own.get_by_label("Then").blur()
    own.keyboard.press("1")
    own.wait_for_load_state()
    expect(own.locator("#done")).to_contain_text("Accepted")


def test_browser_incidents_merged_without_copying_an_id(own: Page, tmp_path: Path) -> None:
    """Task f: the other incident is chosen from those of the same party."""
    with open_ledger(str(tmp_path / "own.db")) as ledger:
        rows = ledger.claims(ClaimQuery(kind="event"), limit=100).rows
    for row in rows:
        own.goto(f"/incidents/{row.incident_id}")
        own.get_by_role("link", name="Merge or split").click()
        if own.locator("input[name=near]").count():
            break
    does = Presses(own)
    does.press(own.locator("input[name=near]").first)
    does.press(own.get_by_role("button", name="Merge with the other incident"))
    expect(own.locator("#done")).to_contain_text("Same")
    does.press(own.locator("#done").get_by_role("button", name="Undo"))
    assert does.number <= MOST - 2


def test_browser_filtered_queue_goes_on_after_an_act(own: Page) -> None:
    """An act has a kind and the queue is narrowed by kind: accepting the one keeps the other."""
    own.goto("/review?kind=event")
    own.wait_for_load_state()
    own.locator("main [data-row]").first.click()
    own.wait_for_load_state()
    first = own.url
    own.get_by_role("button", name="Accept as read").click()
    own.wait_for_load_state()
    expect(own.locator("#done")).to_contain_text("Accepted")
    expect(own).to_have_url(re.compile(r"/review(/c-\w+)?\?kind=event&"))
    assert own.url != first
    own.get_by_role("link", name="Review").last.click()
    expect(own.get_by_label("Kind")).to_have_value("event")


@pytest.mark.parametrize("script", [True, False])
def test_browser_claim_made_by_hand_on_words_of_a_report(
    browser: Browser, demo: str, tmp_path: Path, *, script: bool
) -> None:
    """What was missed can be said by a person, with and without script, and is marked as theirs."""
    path = str(shutil.copy(demo, tmp_path / "hand.db"))
    with serving(path) as site:
        context = browser.new_context(base_url=site, java_script_enabled=script)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.goto("/sources")
        page.locator("main a[href^='/sources/d-']").first.click()
        page.get_by_role("link", name="Make a claim by hand").click()
        page.get_by_label("Words of the report").fill("spoke by phone")
        page.get_by_role("button", name="Find them").click()
        page.get_by_label("Who says it").fill("Russia")
        page.get_by_label("Who did it").fill("Turkey")
        page.get_by_role("button", name="File this claim").click()
        expect(page.get_by_text("made by hand by local").first).to_be_visible()
        expect(page.locator("blockquote mark").first).to_have_text("spoke by phone")
        page.get_by_role("link", name="In the report").first.click()
        expect(page.locator("#claims").get_by_text("made by hand by local")).to_be_visible()
        context.close()


def test_browser_pairs_are_kept_apart_and_that_is_taken_back(own: Page) -> None:
    own.goto("/")
    does = Presses(own)
    does.press(own.get_by_role("link", name="Review", exact=True))
    does.press(own.get_by_role("link", name="Likely the same"))
    own.wait_for_load_state()
    before = own.locator("section.twins").count()
    assert before
    does.press(own.get_by_role("button", name=re.compile("keep apart.*pair 1$")))
    expect(own.locator("section.twins")).to_have_count(before - 1)
    does.press(own.locator("#done").get_by_role("button", name="Undo"))
    assert does.number <= MOST
    own.goto("/review/pairs?after=")
    expect(own.locator("section.twins")).to_have_count(before)


def test_browser_selected_words_become_a_claim_by_hand(own: Page) -> None:
    own.goto("/sources")
    own.locator("main [data-row]").first.click()
    own.wait_for_load_state()
    chosen = own.get_by_role("link", name="Make a claim of these words")
    expect(chosen).to_be_hidden()
    own.locator("#report .text p").nth(2).evaluate(
        """here => { const range = document.createRange(); const words = here.lastChild;
        range.setStart(words, 0); range.setEnd(words, Math.min(24, words.textContent.length));
        const selection = document.getSelection(); selection.removeAllRanges(); selection.addRange(range); }"""
    )
    words = own.evaluate("document.getSelection().toString().trim()")
    assert words
    chosen.click()
    own.wait_for_load_state()
    expect(own.get_by_label("Words of the report")).to_have_value(words)
    expect(own.get_by_role("group", name="Where they stand")).to_contain_text(words)


@pytest.mark.parametrize("width", [1280, 390])
def test_browser_help_explains_the_page_and_hides_nothing_when_closed(
    own: Page, width: int
) -> None:
    own.set_viewport_size({"width": width, "height": 800})
    own.goto("/casualties")
    meaning = own.get_by_text("A side’s number of its own losses.")
    expect(meaning).to_be_hidden()
    own.locator("#help summary").click()
    expect(meaning).to_be_visible()
    assert own.evaluate("document.documentElement.scrollWidth") <= width
    heading, summary = own.locator("h1").bounding_box(), own.locator("#help summary").bounding_box()
    assert heading is not None
    assert summary is not None
    words = own.evaluate(
        "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('h1')); "
        "return Math.max(...Array.from(range.getClientRects(), box => box.right)); })()"
    )
    assert words <= summary["x"]
