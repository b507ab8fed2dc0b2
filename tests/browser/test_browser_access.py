"""Every page as assistive technology meets it: axe-core finds nothing wrong, on both grounds, wide and narrow."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from bench.workbench import serving
from playwright.sync_api import Browser, Page, expect

from counterclaim.ledger import open_ledger
from counterclaim.records.query import ClaimQuery
from counterclaim.serve.rendering import NAVIGATION

sync_axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 390)
SCHEMES = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}
"""Rules by ground; on the second those alone that colours decide. None: all."""

RUN = """rules => axe
  .run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
  .then(told => told.violations)"""
CHARTED = ("/casualties",)
PASSWORD = "four plain words here"


def faults_of(page: Page) -> list[str]:
    """Return what axe-core finds on a page that has come, at each width and on each ground."""
    page.evaluate(sync_axe.Axe().axe_script)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            for fault in page.evaluate(RUN, rules):
                places = ", ".join(str(node["target"][0]) for node in fault["nodes"][:3])
                found.append(
                    f"{page.url} at {width} px, {scheme}: {fault['id']} ({fault['impact']}): {places}"
                )
    return found


def look(page: Page, addresses: list[str]) -> list[str]:
    """Open pages and give what is wrong with any."""
    found = []
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state()
        if address.startswith(CHARTED):
            expect(page.locator("figure.drawn svg.marks")).to_be_visible()
        if page.locator("#map-figure").count():
            expect(page.locator("#live-map[data-ready=yes]")).to_be_visible()
        found += faults_of(page)
    return found


def test_browser_access_finds_a_fault(page: Page) -> None:
    page.goto("/method")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert any("html-has-lang (serious)" in fault for fault in faults_of(page))


def test_browser_access_of_every_page(page: Page, demo: str) -> None:
    with open_ledger(demo) as ledger:
        document = ledger.documents().rows[0].id
        entry = ledger.claims(ClaimQuery(kind="casualty")).rows[0]
    claim, incident = entry.claim.id, entry.incident_id
    faults = look(
        page,
        [
            *(address for address, _ in NAVIGATION if address != "/"),
            "/?since=2020-01-01",
            f"/incidents/{incident}",
            f"/sources/{document}",
            "/actors/Armenia",
            f"/review/{claim}",
            f"/review/incidents/{incident}",
            "/search?q=killed",
            "/method/verbs",
            "/audit",
            "/rules",
            "/activity",
            "/api",
            "/map?kind=every&inferred=1",
            "/map?party=nobody+at+all",
            "/acts?act=deny&party=yerevan",
            "/casualties?view=sides",
            "/timeline?party=azeris&role=speaker",
            "/incidents?single=yes&q=ceasefire",
            "/incidents?party=Azerbaijin",
            "/actors?beginning=yerevan",
            "/review?of=differ",
            "/review?kind=event&doubt=inferred",
            "/review/pairs",
            "/imports",
            f"/sources/{document}/claim",
            f"/sources/{document}/claim?words=civilians&kind=casualty",
        ],
    )
    assert faults == []


def test_browser_access_of_today_with_every_line_open(page: Page) -> None:
    page.goto("/?since=2020-01-01")
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(line => { line.open = true; })")
    expect(page.locator("#opened .voice.against").first).to_be_visible()
    assert faults_of(page) == []


def test_browser_access_of_a_draft_and_of_an_error(page: Page, site: str) -> None:
    page.goto("/add")
    page.get_by_label("The report, with or without").fill(
        "Kestria said on Monday that 3 soldiers were killed in Ost. Ardenia denied it had shelled Ost."
    )
    page.get_by_role("button", name="Read it").first.click()
    expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=120_000)
    page.wait_for_load_state()
    faults = faults_of(page)
    page.get_by_role("button", name="Drop it").click()
    expect(page).to_have_url(re.compile(r"/add$"))
    page.wait_for_load_state()
    page.get_by_label("The report, with or without").fill("   ")
    page.get_by_role("button", name="Read it").first.click()
    expect(page.get_by_role("heading", name="It could not be read")).to_be_visible(timeout=60_000)
    page.wait_for_load_state()
    assert faults + faults_of(page) == []


def test_browser_access_of_pages_of_a_team(browser: Browser, demo: str, tmp_path: Path) -> None:
    path = str(shutil.copy(demo, tmp_path / "team.db"))
    with open_ledger(path) as ledger:
        ledger.people.add("Ada", "admin", PASSWORD, by="test")
    with serving(path, team=True) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        faults = look(page, ["/login"])
        page.get_by_label("Name").fill("Ada")
        page.get_by_label("Password").fill("not this one at all")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        faults += faults_of(page)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        with open_ledger(path) as ledger:
            invited = ledger.tickets.make("join", by="Ada", role="analyst", lasts=timedelta(days=1))
        faults += look(
            page,
            [
                f"/join/{invited}",
                "/people",
                "/password",
                "/account",
                "/activity",
                "/audit",
                "/nowhere",
            ],
        )
        context.close()
    assert faults == []
