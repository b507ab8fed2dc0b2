"""These tests are of the rules and their words: the model stays out.

``read_text`` is given again too: a session's fixture keeps the tools of whoever asked for it first.
"""

import pytest

from counterclaim.pipeline.resources import Tools, load_tools
from tests.conftest import ReadText, reader


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools(rules_only=True)


@pytest.fixture(scope="session")
def read_text(tools: Tools) -> ReadText:
    return reader(tools)
