"""What the walks point to exists: every path, and every name in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "counterclaim"
PAGES = [
    "docs/walks.md",
    "docs/first-changes.md",
    "docs/method.md",
    "docs/reader.md",
    "CONTRIBUTING.md",
    *(f"docs/decisions/{path.name}" for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))),
]
POINTER = re.compile(r"`([a-z_]+(?:/[\w.-]+)+/?)(?:::(\w+))?`|`((?:[a-z_]+/)+)`")
"""A path in backquotes, perhaps with a name in it: ``check/status.py::decide_status``."""


def pointers(page: str) -> Iterator[tuple[str, str | None]]:
    for found in POINTER.finditer((ROOT / page).read_text("utf-8")):
        yield found[1] or found[3], found[2]


def places(path: str) -> list[Path]:
    return [base / path for base in (SOURCE, ROOT) if (base / path).exists()]


def names_in(path: Path) -> set[str]:
    """What a module defines or imports at its top."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {item.id for item in targets if isinstance(item, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.ImportFrom(names=names):
                found |= {item.asname or item.name for item in names}
    return found


@pytest.mark.parametrize("page", PAGES)
def test_walks_lead_to_what_exists(page: str) -> None:
    missing = [
        f"{path}::{name}" if name else path
        for path, name in pointers(page)
        if not places(path) or (name and not any(name in names_in(at) for at in places(path)))
    ]
    assert not missing


def test_walks_point_to_names_in_files() -> None:
    assert sum(name is not None for _, name in pointers("docs/walks.md")) > 12


def test_walks_are_the_six() -> None:
    words = (ROOT / "docs" / "walks.md").read_text("utf-8")
    for walk in (
        "wrong speaker",
        "misread number",
        "wrong link",
        "wrong column",
        "new verb",
        "new format",
    ):
        assert f"### A {walk}" in words
    assert "docs/walks.md" in (ROOT / "README.md").read_text("utf-8")
