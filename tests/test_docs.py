"""The made pages are fresh, and every page that the code points to exists."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from counterclaim.pipeline.demo import demo_document

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "generate.py"))


@pytest.mark.parametrize("page", ["docs/plan.md", "docs/cli.md"])
def test_docs_made_page_is_fresh(made: dict[str, Any], page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == made["PAGES"][page](), f"{page} is stale: make docs"


def test_docs_readme_is_fresh(made: dict[str, Any]) -> None:
    assert (ROOT / "README.md").read_text("utf-8") == made["readme"](), "README is stale: make docs"


def test_docs_pages_pointed_to_exist() -> None:
    pointed = {
        match[0]
        for folder in ("src", "bench", "tests", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".yaml", ".md"}
        for match in re.finditer(r"docs/[a-z/-]+\.md", path.read_text("utf-8"))
    }
    missing = sorted(page for page in pointed if not (ROOT / page).exists())
    assert not missing


def test_docs_the_python_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    words = (ROOT / "README.md").read_text("utf-8").split("## In Python", 1)[1]
    code = words.split("```python\n", 1)[1].split("```", 1)[0]
    names: dict[str, Any] = {"text": demo_document().text}
    exec(compile(code, "README.md", "exec"), names)
    told = capsys.readouterr().out
    assert "agreed_by_both" in told
    assert len(names["frame"]) == len(names["reading"].claims)


def test_docs_readme_links_lead_somewhere() -> None:
    words = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", words)
    assert links
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing


def test_docs_every_make_target_in_the_readme_exists() -> None:
    targets = set(
        re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert targets >= {"demo", "test"}
    assert targets <= rules
