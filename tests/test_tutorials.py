"""The tutorials are true: their files are written, their commands and Python run, and what they show is what comes."""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from counterclaim.cli.app import app
from counterclaim.ledger import open_ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.serve import Settings, create_app
from counterclaim.service.ledger_service import file_reading

FOLDER = Path(__file__).parent.parent / "docs" / "tutorials"
FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
OUTPUT = "Output"
"""Title of the block that shows what the Python block before it prints; any other title is a file's name."""
SCREEN = {"COLUMNS": "96", "TERM": "dumb", "NO_COLOR": "1"}


@dataclass(frozen=True)
class Block:
    language: str
    title: str | None
    body: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    for found in FENCE.finditer(page):
        yield Block(
            found["language"], found["title"], found["body"], found.start("body"), found.end("body")
        )


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed; ``...`` on the page stands for anything."""
    return doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)


MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b")
SEAL = re.compile(r"(?<=seal )[0-9a-f]{64}")


def tidy(words: str) -> str:
    """Take off spaces at the ends of lines and empty lines at both ends; one moment stands for any, ``...`` for any seal."""
    words = SEAL.sub("...", MOMENT.sub("2031-05-08 09:00", words))
    lines = "\n".join(line.rstrip() for line in words.splitlines()).strip("\n")
    return f"{lines}\n" if lines else ""


def run_command(arguments: list[str]) -> str:
    """Run one command: in this process, which is quicker, but for ``add``, whose reading process outlives the command."""
    if arguments[0] == "add":
        command = [sys.executable, "-m", "counterclaim.cli.app", *arguments]
        ran = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, **SCREEN},
            timeout=300,
        )
        output, code = ran.stdout + ran.stderr, ran.returncode
    else:
        done = CliRunner().invoke(app, arguments, env=SCREEN)
        output, code = done.output, done.exit_code
    assert code == 0, f"counterclaim {shlex.join(arguments)}: code {code}\n{output}"
    return output


def run_console(body: str) -> str:
    """Run each ``$ counterclaim …`` line; return the block with what each printed where that differs."""
    shown = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "counterclaim", f"a tutorial may run counterclaim alone, not {line!r}"
        printed = tidy(run_command(arguments))
        shown.append(f"$ {line}\n{expected if agrees(tidy(expected), printed) else printed}")
    return "".join(shown)


def run_python(code: str, names: dict[str, Any], where: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, where, "exec"), names)
    return tidy(out.getvalue())


def run_page(page: str, where: str) -> str:
    """Follow a tutorial in the current folder; return the page with what is printed now."""
    names: dict[str, Any] = {}
    printed = ""
    made: list[tuple[Block, str]] = []
    for block in blocks(page):
        if block.language == "console":
            made.append((block, run_console(block.body)))
        elif block.language == "python":
            printed = run_python(block.body, names, where)
        elif block.title == OUTPUT:
            made.append((block, block.body if agrees(tidy(block.body), printed) else printed))
        elif block.title:
            Path(block.title).write_text(block.body, "utf-8")
    for block, body in reversed(made):
        page = page[: block.start] + body + page[block.end :]
    return page


TUTORIALS = sorted(path.name for path in FOLDER.glob("*.md") if path.name != "index.md")


@pytest.mark.slow
@pytest.mark.parametrize("name", TUTORIALS)
def test_tutorials_show_what_comes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    page = (FOLDER / name).read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    now = run_page(page, name)
    if request.config.getoption("--snapshot-update"):
        (FOLDER / name).write_text(now, "utf-8")
        return
    assert now == page, (
        f"{name} shows what does not come: read the difference, then --snapshot-update"
    )


def test_tutorials_there_is_one_for_each_kind_of_user() -> None:
    assert {"casualty-recorder.md", "fact-checker.md", "data-scientist.md", "analyst.md"} <= set(
        TUTORIALS
    )


ADDRESS = re.compile(r"`http://127\.0\.0\.1:8000([^`]*)`")


def test_tutorials_pages_of_the_workbench_open(tmp_path: Path, tools: Tools) -> None:
    path = str(tmp_path / "ledger.db")
    with open_ledger(path, create=True) as ledger:
        file_reading(ledger, read_document(demo_document(), tools=tools))
    named = ADDRESS.findall((FOLDER / "analyst.md").read_text("utf-8"))
    assert len(named) > 5
    with TestClient(create_app(Settings(ledger=path)), base_url="http://127.0.0.1:8000") as client:
        assert {name: client.get(name).status_code for name in named} == dict.fromkeys(named, 200)


def test_tutorials_the_test_sees_a_wrong_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = '```python\nprint(1)\n```\n\n```text title="Output"\n2\n```\n'
    assert run_page(page, "page") == page.replace("2\n", "1\n")
