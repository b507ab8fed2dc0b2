"""What a package index shows and what the extras bring."""

import re
import runpy
import sys
import tomllib
import types
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def absolute(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Load the build's own function, without the build's library."""
    stub = types.ModuleType("hatchling.metadata.plugin.interface")
    stub.MetadataHookInterface = object  # type: ignore[attr-defined]
    for name in ("hatchling", "hatchling.metadata", "hatchling.metadata.plugin"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, stub.__name__, stub)
    return runpy.run_path(str(ROOT / "hatch_build.py"))["absolute"]  # type: ignore[no-any-return]


def test_package_long_description_leads_nowhere_relative(
    absolute: Callable[[str, str], str],
) -> None:
    words = (ROOT / "README.md").read_text("utf-8")
    made = absolute(words, PROJECT["urls"]["Source"])
    targets = re.findall(r"\]\(([^)\s]+)\)", made)
    assert targets
    assert all(re.match(r"https?://|#", item) for item in targets)
    assert "/raw/main/docs/img/" in made
    assert "/blob/main/docs/ledger.md" in made


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("[a](notes/a.md#b)", "[a](https://h/r/blob/main/notes/a.md#b)"),
        ("![a](notes/a.png)", "![a](https://h/r/raw/main/notes/a.png)"),
        ("[a](https://x.example/)", "[a](https://x.example/)"),
        ("[a](#here)", "[a](#here)"),
        ("[a](mailto:b@c.example)", "[a](mailto:b@c.example)"),
    ],
)
def test_package_links_are_made_absolute(
    absolute: Callable[[str, str], str], words: str, made: str
) -> None:
    assert absolute(words, "https://h/r/") == made


@pytest.mark.parametrize(
    ("extra", "packages"),
    [
        ("parquet", {"pyarrow"}),
        ("xlsx", {"openpyxl"}),
        ("frames", {"pandas"}),
        ("exchange", {"pyarrow", "openpyxl", "pandas"}),
        ("ray", {"ray", "counterclaim[archive]"}),
        ("second-reader", {"httpx"}),
    ],
)
def test_package_extras_bring_what_they_name(extra: str, packages: set[str]) -> None:
    named = {re.split(r"[<>=!;]", item)[0] for item in PROJECT["optional-dependencies"][extra]}
    assert packages <= named


def test_package_extras_that_messages_and_pages_name_exist() -> None:
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", *(ROOT / "src").rglob("*.py")]
    named = {
        extra
        for page in pages
        for found in re.findall(r"counterclaim\[([a-z,\- ]+)\]", page.read_text("utf-8"))
        for extra in re.split(r",\s*", found)
    }
    assert named
    assert named <= PROJECT["optional-dependencies"].keys()
