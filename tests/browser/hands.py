"""A visitor who counts what is pressed: by pointer, by finger on a phone, or by the keys that every browser has."""

from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page

MOST_CLICKS = 5
"""Presses that a task may take, from Today."""

MOST_TABS = 400
"""Steps of the tab key after which a page counts as a dead end for whoever has keys alone."""

By = Literal["pointer", "finger", "keys"]

WIDTHS: dict[By, int] = {"pointer": 1280, "finger": 390, "keys": 1280}


LEAVES = """here => here.matches("button:not([type=button])")
  || here.matches("a[href]:not([download])")
  && here.href.split("#")[0] !== location.href.split("#")[0]"""
"""Whether pressing something leads to another page."""


@dataclass
class Hand:
    """Presses, and counts them. Typing into a field that has the focus, and Enter, are not presses."""

    page: Page
    by: By
    clicks: int = field(default=0)

    def click(self, what: Locator) -> None:
        """Press something that can be seen."""
        self.page.wait_for_load_state()
        self._count(what)
        leaves, here = bool(what.evaluate(LEAVES)), self._born()
        if self.by == "pointer":
            what.click()
        elif self.by == "finger":
            what.tap()
        else:
            self._reach(what)
            self.page.keyboard.press("Space" if _is_ticked(what) else "Enter")
        if leaves:
            self._wait_for_another(here)

    def type(self, what: Locator, words: str, *, enter: bool = True) -> None:
        """Go to a field, write into it, and send it off."""
        self.page.wait_for_load_state()
        self._count(what)
        here = self._born()
        if self.by == "keys":
            self._reach(what)
        else:
            what.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)
        if enter:
            self.page.keyboard.press("Enter")
            self._wait_for_another(here)

    def choose(self, what: Locator, words: str) -> None:
        """Choose from a list."""
        self._count(what)
        if self.by == "keys":
            self._reach(what)
            self.page.keyboard.type(words)
        else:
            what.select_option(label=words)

    def turn(self, name: str) -> None:
        """Go to a page: by the bar, on a phone by the list at the foot where the bar has no room for it."""
        link = self.page.get_by_role("navigation", name="Pages").get_by_role(
            "link", name=name, exact=True
        )
        if not link.is_visible():
            self.click(self.page.get_by_role("link", name="More", exact=True))
            link = self.page.get_by_role("navigation", name="All of the workbench").get_by_role(
                "link", name=name, exact=True
            )
        self.click(link)

    def unfold(self) -> None:
        """Open what a phone folds away."""
        folder = self.page.locator("label.folder")
        if folder.is_visible():
            self.click(folder)

    def _born(self) -> float:
        """Return when this page began: another page has another birth, at the same address too."""
        return float(self.page.evaluate("performance.timeOrigin"))

    def _wait_for_another(self, here: float) -> None:
        self.page.wait_for_function(
            "here => performance.timeOrigin !== here && document.readyState === 'complete'",
            arg=here,
        )

    def _count(self, what: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS, what

    def _reach(self, what: Locator) -> None:
        what.wait_for()
        for _ in range(MOST_TABS):
            if what.evaluate("here => here === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{MOST_TABS} steps of the tab key do not lead to {what}")


def _is_ticked(what: Locator) -> bool:
    return bool(what.evaluate("here => here.matches('input[type=checkbox], input[type=radio]')"))
