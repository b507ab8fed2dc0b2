"""What a person does at the workbench, done in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from counterclaim.pipeline.demo import demo_document
from counterclaim.serve.rendering import NAVIGATION

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AGREED = "/incidents?status=agreed_by_both"


def follow(link: Locator, address: str) -> None:
    """Follow a link of a page that has wholly come, to the page at an address that matches."""
    link.page.wait_for_load_state()
    link.click()
    expect(link.page).to_have_url(re.compile(address), timeout=30_000)
    link.page.wait_for_load_state()


def test_browser_from_an_incident_to_the_sentence(page: Page) -> None:
    page.goto(AGREED)
    follow(page.locator("main [data-row]").first, r"/incidents/i-\w+$")
    expect(page.get_by_role("heading", name="Positions side by side")).to_be_visible()
    cell = page.locator("details.cell", has_text="admits").first
    cell.locator("summary").click()
    expect(cell.locator("blockquote")).to_contain_text("airstrikes")
    follow(cell.get_by_role("link", name="In the report"), r"/sources/d-\w+#w\d+-\d+$")
    expect(page.locator("span.at:target")).to_have_count(1)
    expect(page.locator("#report")).to_contain_text("carried out airstrikes")


def test_browser_from_a_number_to_its_sentence_and_back_to_its_row(page: Page) -> None:
    page.goto("/casualties")
    follow(page.get_by_role("link", name="555", exact=True), r"/sources/d-\w+#w\d+-\d+$")
    number = page.locator("#report a.m.casualty", has_text="555")
    expect(number).to_be_in_viewport()
    number.click()
    expect(page.locator("li:target")).to_contain_text("555")


def test_browser_paste_read_keep(page: Page) -> None:
    page.goto("/add")
    page.get_by_label("The report, with or without").fill(
        "Kestria denied on Monday that its forces had shelled Ost, where officials of Ardenia said that "
        "at least 12 civilians were killed."
    )
    page.get_by_role("button", name="Read it").first.click()
    expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=60_000)
    expect(page.locator("#report")).to_contain_text("at least 12")
    page.get_by_role("button", name="Keep it").click()
    expect(page).to_have_url(re.compile(r"/sources/d-\w+\?kept=yes$"))
    page.goto("/actors/Kestria")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kestria")


def test_browser_keys_alone(page: Page) -> None:
    page.goto("/incidents")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    first = page.locator(":focus").inner_text()
    page.keyboard.press("j")
    assert page.locator(":focus").inner_text() != first
    page.keyboard.press("ArrowUp")
    assert page.locator(":focus").inner_text() == first
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/i-\w+"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("killed")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=killed"))
    expect(page.locator("main [data-row]").first).to_be_visible()


@pytest.mark.parametrize("address", [address for address, _ in NAVIGATION])
def test_browser_phone_width_never_scrolls_sideways(
    browser: Browser, site: str, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(site + address, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_browser_reads_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    pages = page.get_by_role("navigation", name="Pages")
    page.goto("/")
    follow(pages.get_by_role("link", name="Casualties"), r"/casualties$")
    picture = page.locator("figure.drawn img")
    expect(picture).to_be_visible()
    follow(page.get_by_role("link", name="555", exact=True), r"/sources/d-\w+#w\d+-\d+$")
    expect(page.locator("#report")).to_contain_text("555")
    follow(pages.get_by_role("link", name="Sources"), r"/sources$")
    follow(page.get_by_role("link", name=demo_document().title or ""), r"/sources/d-\w+$")
    expect(page.get_by_role("heading", name="Reader discussion")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_draws_charts_without_evaluating_words(
    browser: Browser, site: str, scheme: str
) -> None:
    """The strictest policy is put before every answer: what the pages need must live with it."""
    context = browser.new_context(
        base_url=site,
        color_scheme=scheme,
        viewport={"width": 1280, "height": 800},
    )
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"

    def strict(route, request) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        answer = route.fetch()
        headers = answer.headers | {"content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    page.route("**/*", strict)
    page.goto("/casualties")
    expect(page.locator("figure.drawn svg.marks")).to_be_visible(timeout=30_000)
    expect(page.locator("figure.drawn img")).to_have_count(0)
    page.goto("/map")
    expect(page.locator("#live-map[data-ready=yes] path.map-land")).to_be_attached(timeout=30_000)
    expect(page.locator("#live-map .map-pin, #live-map .map-cluster").first).to_be_visible()
    assert not [words for words in refused if "Content Security Policy" in words]
    context.close()
