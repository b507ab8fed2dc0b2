"""Words of an enemy in a real browser: with the policy put out of force, still nothing of them runs."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bench.workbench import serving
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from counterclaim.pipeline.resources import Tools
from counterclaim.serve import Settings, create_app
from tests.serve.benches import HERE
from tests.serve.test_serve_hostile import BREAKERS, TEXT, fill, pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LISTENING = """window.alert = () => { window.ran = true; };"""
STRANGE = """Array.from(document.querySelectorAll("a[href], area[href]"))
    .map(link => link.href)
    .filter(href => !href.startsWith(location.origin + "/"))"""


@contextmanager
def unguarded(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Open a page without the content security policy: only what is escaped can hold."""
    context = browser.new_context(base_url=address, bypass_csp=True)
    context.add_init_script(LISTENING)
    page = context.new_page()
    opened: list[str] = []

    def note(dialog) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - of the browser
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    yield page, opened
    context.close()


def has_run(page: Page) -> bool:
    return page.evaluate("window.ran === true") is True


@pytest.fixture(scope="module")
def enemy(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> str:
    path = str(tmp_path_factory.mktemp("enemy") / "enemy.db")
    fill(path, tools)
    return path


def addresses(ledger: str) -> list[str]:
    """Return the address of every page that a browser shows rather than saves."""
    with TestClient(create_app(Settings(ledger=ledger)), base_url=HERE) as client:
        return [
            path
            for path in pages(client)
            if client.get(path).headers["content-type"].startswith("text/html")
        ]


def test_browser_hostile_words_run_where_nothing_is_escaped(browser: Browser, site: str) -> None:
    """Without this the tests below could pass blind."""
    for words in BREAKERS[:2]:
        with unguarded(browser, site) as (page, _):
            page.goto("/method")
            page.route("**/bare", lambda route: route.fulfill(body=words, content_type="text/html"))  # noqa: B023
            page.goto("/bare")
            page.wait_for_function("window.ran === true", timeout=30_000)


def test_browser_hostile_words_run_on_no_page(browser: Browser, enemy: str) -> None:
    shown = [
        *addresses(enemy),
        "/search?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
        "/?since=2020-01-01",
        "/casualties/chart.svg",
    ]
    assert {"/", "/casualties", "/map", "/timeline", "/review", "/audit"} <= set(shown)
    with serving(enemy) as address, unguarded(browser, address) as (page, opened):
        for path in shown:
            page.goto(path)
            page.wait_for_load_state()
            if path == "/casualties":
                expect(page.locator("figure.drawn svg.marks")).to_be_visible()
            assert not has_run(page), path
            assert page.evaluate(STRANGE) == [], path
        assert opened == []


def test_browser_hostile_words_run_in_no_draft(browser: Browser, enemy: str) -> None:
    with serving(enemy) as address, unguarded(browser, address) as (page, opened):
        for words in BREAKERS[:4]:
            page.goto("/add")
            page.get_by_label("The report, with or without").fill(f"{TEXT}{words}\n")
            page.get_by_label("Title").fill(words)
            page.get_by_label("Outlet").fill(words)
            page.get_by_role("button", name="Read it").first.click()
            expect(page.get_by_text("Not stored yet")).to_be_visible(timeout=120_000)
            page.wait_for_load_state()
            assert not has_run(page), words
            assert page.evaluate(STRANGE) == [], words
        assert opened == []
