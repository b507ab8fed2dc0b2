"""An analyst's tasks on the pages that tell: each in at most five clicks from Today, none a dead end."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.workbench import serving
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_CLICKS = 5


@pytest.fixture(scope="module")
def site(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo report and nothing else: what other tests add is not counted here."""
    with serving(str(shutil.copy(demo, tmp_path_factory.mktemp("tasks") / "demo.db"))) as address:
        yield address


class Hand:
    """A visitor who counts clicks. Typing into a field that has the focus, and Enter, are not clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, what
        what.click()
        self.page.wait_for_load_state("domcontentloaded")

    def turn(self, name: str) -> None:
        pages = self.page.get_by_role("navigation", name="Pages")
        self.click(pages.get_by_role("link", name=name))

    def type(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.click(field)
        field.fill(words)
        field.press("Enter")
        self.page.wait_for_load_state("domcontentloaded")


@pytest.fixture(params=[1280, 390])
def hand(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Hand]:
    wide = request.param
    context = browser.new_context(base_url=site, viewport={"width": wide, "height": 800})
    page = context.new_page()
    page.goto("/")
    found = Hand(page)
    yield found
    assert page.evaluate("document.documentElement.scrollWidth") <= wide, page.url
    context.close()


def unfold(hand: Hand) -> None:
    """Open what a phone folds away."""
    folder = hand.page.locator("label.folder")
    if folder.is_visible():
        hand.click(folder)


def test_browser_task_what_changed(hand: Hand) -> None:
    tiles = hand.page.get_by_role("list", name="What moved, in numbers")
    expect(tiles).to_be_in_viewport()
    expect(tiles.get_by_role("listitem").filter(has_text="denial")).to_contain_text("1")
    expect(hand.page.locator("#tolls")).to_contain_text("555")
    line = hand.page.locator("#denials summary").first
    hand.click(line)
    expect(hand.page.locator("#denials details[open] blockquote")).to_contain_text("fired into")
    hand.click(
        hand.page.locator("#denials details[open]").get_by_role("link", name="In the report")
    )
    expect(hand.page).to_have_url(re.compile(r"/sources/d-\w+#w\d+-\d+$"))


def test_browser_task_number_to_its_sentence(hand: Hand) -> None:
    hand.turn("Casualties")
    hand.click(hand.page.get_by_role("link", name="555", exact=True))
    expect(hand.page).to_have_url(re.compile(r"/sources/d-\w+#w\d+-\d+$"))
    expect(hand.page.locator("#report a.m.casualty", has_text="555")).to_be_in_viewport()


def test_browser_task_all_that_a_party_denied(hand: Hand) -> None:
    hand.turn("Who said what")
    unfold(hand)
    hand.click(hand.page.locator(".facets").get_by_role("link", name=re.compile("^denied")))
    expect(hand.page.locator(".counted")).to_contain_text("denied something")
    row = hand.page.locator(".acts summary").first
    expect(row).to_contain_text("Ministry of Defence, Armenia denied: it had fired into Azerbaijan")
    hand.click(row)
    expect(hand.page.locator(".acts details[open] blockquote")).to_contain_text("denied that it")


def test_browser_task_a_party_as_it_comes_to_mind(hand: Hand) -> None:
    hand.turn("Who said what")
    unfold(hand)
    hand.type("Who", "baku")
    expect(hand.page.get_by_text("“baku” is Azerbaijan here")).to_be_visible()
    assert hand.page.locator(".acts summary").count() > 1


def test_browser_task_an_incident_both_sides_speak_of(hand: Hand) -> None:
    hand.turn("Incidents")
    unfold(hand)
    hand.click(
        hand.page.locator(".facets").get_by_role("link", name=re.compile("both sides spoke"))
    )
    hand.click(hand.page.get_by_role("link", name=re.compile("Airstrikes inside Armenia")))
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(
        "Airstrikes inside Armenia, 14 October 2020"
    )
    expect(hand.page.get_by_text("Admitted by Azerbaijan, confirmed by Armenia.")).to_be_visible()
    hand.click(hand.page.locator("details.cell summary").first)
    expect(hand.page.locator("details.cell[open] blockquote").first).to_be_visible()


def test_browser_task_table_with_its_numbers(hand: Hand, tmp_path: Path) -> None:
    hand.turn("Casualties")
    with hand.page.expect_download() as waiting:
        hand.click(hand.page.get_by_role("link", name="CSV"))
    waiting.value.save_as(tmp_path / "figures.csv")
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as stream:
        assert {"555", "42", "31"} <= {row["number"] for row in csv.DictReader(stream)}


def test_browser_task_why_this_number(hand: Hand) -> None:
    hand.turn("Casualties")
    hand.click(hand.page.get_by_text("Explain this number").first)
    told = hand.page.locator(".total details[open]")
    expect(told).to_contain_text("that its own people gave is added once")
    expect(told).to_contain_text("Left out:")


def test_browser_task_an_address_holds_what_is_seen(
    hand: Hand, browser: Browser, site: str
) -> None:
    hand.turn("Incidents")
    unfold(hand)
    hand.click(hand.page.locator(".facets").get_by_role("link", name=re.compile("^ceasefire")))
    seen = hand.page.locator(".counted").inner_text()
    other = browser.new_page()
    other.goto(hand.page.url)
    assert other.locator(".counted").inner_text() == seen
    other.close()


def test_browser_task_by_keys_alone(page: Page) -> None:
    page.goto("/acts?act=deny")
    page.keyboard.press("j")
    expect(page.locator(".acts summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".acts details[open] blockquote")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sources/d-\w+#w\d+-\d+$"))
