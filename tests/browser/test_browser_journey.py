"""An analyst's whole way through an empty workbench: by pointer, by keys alone, by finger, without script."""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from counterclaim.pipeline.demo import demo_document

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READ = 120_000
"""Milliseconds within which a report is read on a slow machine, the parser loaded first."""

DAY = "10142020"
"""The demo report's day, as a date field of this browser is typed into."""

KEPT = r"/sources/d-\w+\?kept=yes$"
NUMBER = r"/sources/d-\w+#w\d+-\d+$"
CLAIM = r"/review/c-\w+"

REPORT = demo_document()


@contextmanager
def opened(browser: Browser, address: str, **asked: object) -> Iterator[Page]:
    """Open a page of a new visitor; whatever its console complains of fails the test."""
    context = browser.new_context(base_url=address, locale="en-US", **asked)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not errors


def come(page: Page, address: str) -> None:
    """Wait until a page whose address matches has wholly come; none is wider than its window."""
    expect(page).to_have_url(re.compile(address), timeout=30_000)
    page.wait_for_load_state()
    wide = page.viewport_size
    assert wide is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= wide["width"], page.url


def check_csv(path: Path) -> None:
    """Check the numbers of the demo report in a table that was saved."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = {(row["side"], row["number"]) for row in rows}
    assert told >= {("Nagorno-Karabakh", "555"), ("Azerbaijan", "42")}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def check_audit(page: Page) -> None:
    """Check that the log has the correction and its undoing, the later first."""
    told = page.get_by_role("region", name="Audit log").inner_text()
    assert 0 < told.find("took a judgement back") < told.find("judged a claim")


# By pointer, and by finger


def through(page: Page, press: Callable[[Locator], None], saved: Path) -> None:
    """Go the whole way by pressing what can be seen."""
    page.goto("/add")
    page.get_by_label("The report, with or without").fill(REPORT.text)
    page.get_by_label("Title").fill(REPORT.title or "")
    page.locator("#published-text").fill("2020-10-14")
    press(page.get_by_role("button", name="Read it").first)
    expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=READ)
    page.wait_for_load_state()
    press(page.get_by_role("button", name="Keep it"))
    come(page, KEPT)
    press(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Incidents"))
    come(page, r"/incidents$")
    press(page.locator("main [data-row]").first)
    come(page, r"/incidents/i-\w+$")
    expect(page.get_by_role("heading", name="Positions side by side")).to_be_visible()
    press(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Casualties"))
    come(page, r"/casualties$")
    press(page.get_by_role("link", name="555", exact=True))
    come(page, NUMBER)
    number = page.locator("#report a.m.casualty", has_text="555")
    expect(number).to_be_in_viewport()
    press(number)
    row = page.locator("li:target")
    expect(row).to_contain_text("555")
    press(row.get_by_role("link", name="review"))
    come(page, CLAIM)
    page.get_by_label("Who counts").fill("Azerbaijan/Ministry of Defence")
    press(page.get_by_role("button", name="Save corrections"))
    come(page, r"[?&]done=j-\w+$")
    done = page.get_by_role("region", name="Just decided")
    expect(done).to_be_in_viewport()
    expect(done.locator("ins")).to_have_text("Azerbaijan/Ministry of Defence")
    press(done.get_by_role("button", name="Undo"))
    expect(done).to_contain_text("Taken back")
    page.wait_for_load_state()
    trail = page.locator("#trail")
    expect(trail).to_contain_text("taken back")
    expect(trail).to_contain_text("Azerbaijan/Ministry of Defence")
    press(page.get_by_role("link", name="audit log"))
    come(page, r"/audit$")
    check_audit(page)
    press(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Casualties"))
    come(page, r"/casualties$")
    with page.expect_download(timeout=30_000) as waiting:
        press(page.get_by_role("link", name="CSV"))
    waiting.value.save_as(saved)
    check_csv(saved)


def test_browser_journey_by_pointer(browser: Browser, bare: str, tmp_path: Path) -> None:
    with opened(browser, bare, viewport={"width": 1280, "height": 800}) as page:
        through(page, lambda what: what.click(), tmp_path / "figures.csv")


def test_browser_journey_by_finger(browser: Browser, bare: str, tmp_path: Path) -> None:
    with opened(
        browser,
        bare,
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    ) as page:
        through(page, lambda what: what.tap(), tmp_path / "figures.csv")


def test_browser_journey_without_script(browser: Browser, bare: str, tmp_path: Path) -> None:
    with opened(browser, bare, java_script_enabled=False) as page:
        through(page, lambda what: what.click(), tmp_path / "figures.csv")


def test_browser_journey_ends_early_with_too_long_a_text(browser: Browser, bare: str) -> None:
    context = browser.new_context(base_url=bare)
    page = context.new_page()
    for pieces in (450_000, 12_000_000):
        page.goto("/add")
        page.evaluate("number => { text.value = 'a '.repeat(number / 2); }", pieces)
        page.get_by_role("button", name="Read it").first.click()
        expect(page.get_by_role("heading", name="Too large")).to_be_visible(timeout=READ)
        expect(page.get_by_text("Add one report at a time")).to_be_visible()
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_browser_first_steps_lead_from_the_demo_to_a_sentence(
    browser: Browser, bare: str, *, script: bool
) -> None:
    with opened(
        browser, bare, java_script_enabled=script, viewport={"width": 390, "height": 800}
    ) as page:
        page.goto("/")
        page.get_by_role("button", name="Read the demo report").click()
        expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=READ)
        page.wait_for_load_state()
        page.get_by_role("button", name="Keep it").click()
        come(page, KEPT)
        page.goto("/casualties")
        page.get_by_role("link", name="555", exact=True).click()
        come(page, NUMBER)


# By keys alone


def tab_to(page: Page, what: Locator, most: int = 70) -> None:
    """Press the tab key until something has the focus."""
    for _ in range(most + 1):
        if what.evaluate("here => here === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{most} steps of the tab key do not lead to {what}")


def walk_to(page: Page, words: str, most: int = 70) -> None:
    """Press j until a row of these words has the focus."""
    for _ in range(most):
        page.keyboard.press("j")
        if page.locator(":focus").inner_text().strip() == words:
            return
    pytest.fail(f"{most} steps down the rows do not lead to {words}")


def turn(page: Page, name: str) -> None:
    """Go to a page by its link in the strip of pages."""
    tab_to(page, page.get_by_role("navigation", name="Pages").get_by_role("link", name=name))
    page.keyboard.press("Enter")
    come(page, rf"/{name.casefold()}$")


def test_browser_journey_by_keys(browser: Browser, bare: str, tmp_path: Path) -> None:
    with opened(browser, bare, viewport={"width": 1280, "height": 800}) as page:
        page.goto("/", wait_until="load")
        add_by_keys(page)
        read_by_keys(page)
        review_by_keys(page)
        turn(page, "Casualties")
        tab_to(page, page.get_by_role("link", name="CSV"))
        with page.expect_download(timeout=30_000) as waiting:
            page.keyboard.press("Enter")
        waiting.value.save_as(tmp_path / "figures.csv")
        check_csv(tmp_path / "figures.csv")


def add_by_keys(page: Page) -> None:
    """From the empty ledger to the kept report."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Paste one"), 12)
    page.keyboard.press("Enter")
    come(page, r"/add$")
    expect(page.get_by_label("The report, with or without")).to_be_focused()
    page.keyboard.insert_text(REPORT.text)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(REPORT.title or "")
    tab_to(page, page.locator("#published-text"), 2)
    page.keyboard.type(DAY)
    tab_to(page, page.get_by_role("button", name="Read it").first, 5)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=READ)
    page.wait_for_load_state()
    expect(page.locator("#read")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    come(page, KEPT)
    expect(page.get_by_text("Kept in the ledger")).to_be_focused()


def read_by_keys(page: Page) -> None:
    """From the report to an incident, and from a number to its sentence and its claim."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    come(page, r"/incidents/i-\w+$")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("details.cell[open] blockquote")).to_be_visible()
    turn(page, "Casualties")
    walk_to(page, "555")
    page.keyboard.press("Enter")
    come(page, NUMBER)
    number = page.locator("#report a.m.casualty", has_text="555")
    expect(number).to_be_in_viewport()
    tab_to(page, number, 2)
    page.keyboard.press("Enter")
    row = page.locator("li:target")
    expect(row).to_contain_text("555")
    tab_to(page, row.get_by_role("link", name="review"), 3)
    page.keyboard.press("Enter")
    come(page, CLAIM)


def review_by_keys(page: Page) -> None:
    """A speaker corrected and the correction taken back; both stand in the trail and in the log."""
    page.keyboard.press("c")
    expect(page.get_by_label("Who counts")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Azerbaijan/Ministry of Defence")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    come(page, r"[?&]done=j-\w+$")
    done = page.get_by_role("region", name="Just decided")
    expect(done).to_be_focused()
    expect(done.locator("ins")).to_have_text("Azerbaijan/Ministry of Defence")
    page.keyboard.press("Tab")
    expect(done.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("u")
    expect(done).to_contain_text("Taken back")
    page.wait_for_load_state()
    expect(done).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#trail")).to_contain_text("taken back")
    tab_to(page, page.get_by_role("link", name="audit log"))
    page.keyboard.press("Enter")
    come(page, r"/audit$")
    check_audit(page)
