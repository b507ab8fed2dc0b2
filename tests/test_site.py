"""The documentation builds as a site, strictly, and no page of it fetches anything from elsewhere."""

import importlib.util
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FETCHED = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\ssrc=\"(https?:)?//|<link[^>]*rel=\"(?:stylesheet|preconnect)\"[^>]*href=\"(https?:)?//"
)
"""An element that makes a browser fetch from another host. A link that somebody may follow is none."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for name in ("mkdocs", "material", "mkdocstrings"):
        if importlib.util.find_spec(name) is None:
            pytest.skip("the dependency group docs is not installed: uv sync --group docs")
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(folder),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.slow
def test_site_builds_and_has_its_pages(site: Path) -> None:
    for page in (
        "index",
        "walks",
        "python",
        "changelog",
        "tutorials/analyst",
        "decisions/0002-findings-never-verdicts",
    ):
        assert (site / f"{page}.html").exists(), page
    assert "open_ledger" in (site / "python.html").read_text("utf-8")
    assert "Not released yet" in (site / "changelog.html").read_text("utf-8")


@pytest.mark.slow
def test_site_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    assert not [page.name for page in pages if FETCHED.search(page.read_text("utf-8"))]
    assert not [
        page.name
        for page in site.rglob("*.css")
        if re.search(r"(?:url\(|@import)\s*[\"']?https?:", page.read_text("utf-8"))
    ]


@pytest.mark.slow
def test_site_marks_pages_that_the_program_makes(site: Path) -> None:
    for page in ("cli", "plan", "stances"):
        assert "Made by the program" in (site / f"{page}.html").read_text("utf-8")


def test_site_the_check_sees_what_is_fetched() -> None:
    assert FETCHED.search('<script async src="https://cdn.example/x.js">')
    assert FETCHED.search('<link rel="stylesheet" href="https://fonts.example/css">')
    assert not FETCHED.search('<a href="https://example.org">')
    assert not FETCHED.search('<script src="assets/x.js">')


@pytest.fixture(scope="module")
def changes() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "changes.py"))


def test_changes_every_fragment_has_a_kind_and_says_something(changes: dict[str, Any]) -> None:
    found = changes["read_fragments"](ROOT / "changelog.d")
    assert sum(len(words) for words in found.values()) == len(
        list((ROOT / "changelog.d").iterdir())
    )


@pytest.mark.parametrize(
    ("name", "words"), [("x.md", "a"), ("x.mended.md", "a"), ("x.fixed.md", " ")]
)
def test_changes_a_fragment_without_kind_or_words_is_refused(
    changes: dict[str, Any], tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / name).write_text(words, "utf-8")
    with pytest.raises(changes["FragmentError"], match=name):
        changes["read_fragments"](tmp_path)


def test_changes_are_put_under_their_headings(changes: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "b.fixed.md").write_text("One\nfault.\n", "utf-8")
    (tmp_path / "a.added.md").write_text("A page.\n", "utf-8")
    words = changes["assemble"](changes["read_fragments"](tmp_path))
    assert words == "\n### Added\n\n- A page.\n\n### Fixed\n\n- One fault.\n"
