"""Fixtures shared by all rooms."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

ReadText = Callable[..., Reading]

settings.register_profile("wide", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "wide"))
"""New examples at every run; the same ones in continuous integration. Slow machines break no test."""

os.environ["COUNTERCLAIM_SECOND_READER"] = "none"
"""Whatever the settings of whoever runs the tests name: no test sends a text to anybody."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="rewrite the golden files")


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools()


def reader(tools: Tools) -> ReadText:
    """Make what reads a text with these tools."""

    def read(text: str, published: date | None = None) -> Reading:
        return read_document(Document(text=text, published=published), tools=tools)

    return read


@pytest.fixture(scope="session")
def read_text(tools: Tools) -> ReadText:
    return reader(tools)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file, or rewrite the file when asked to."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, text: str) -> None:
        path = folder / name
        if request.config.getoption("--snapshot-update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), (
            f"{path.name} is missing: run pytest --snapshot-update and read the file"
        )
        assert text == path.read_text("utf-8"), (
            f"{name} changed: read the difference, then --snapshot-update"
        )

    return compare
