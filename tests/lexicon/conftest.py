"""These tests are of the rules and their words: the model stays out."""

import pytest

from counterclaim.desk.tools import Tools, load_tools


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools(rules_only=True)
