"""These tests are of the rules and their words: the model stays out."""

from datetime import date

import pytest

from counterclaim.desk.read import read_document
from counterclaim.desk.tools import Tools, load_tools
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from tests.conftest import ReadText


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools(rules_only=True)


@pytest.fixture(scope="session")
def read_text(tools: Tools) -> ReadText:
    def read(text: str, published: date | None = None) -> Reading:
        return read_document(Document(text=text, published=published), tools=tools)

    return read
