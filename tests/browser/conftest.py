"""A real Chromium before a real server over the demo report; skipped where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.workbench import find_chromium, make_demo_ledger, serving

from counterclaim.ledger import open_ledger

try:
    from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
except ImportError:
    pytest.skip("playwright is not installed: uv sync --group browser", allow_module_level=True)

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a ledger of the demo report; give its address."""
    return make_demo_ledger(tmp_path_factory.mktemp("browser") / "demo.db")


@pytest.fixture(scope="session")
def site(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the demo ledger, which tests may write to: what it holds depends on those before."""
    with serving(str(shutil.copy(demo, tmp_path_factory.mktemp("site") / "site.db"))) as address:
        yield address


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[str]:
    """Serve a ledger in which nothing is yet."""
    path = str(tmp_path / "bare.db")
    open_ledger(path, create=True).close()
    with serving(path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        try:
            found = play.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"no Chromium can be started: {str(error).splitlines()[0]}")
        yield found
        found.close()


class Errors(list[str]):
    """What the page's console complained of."""


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    found = context.new_page()
    errors = Errors()
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield found
    context.close()
    assert not errors
