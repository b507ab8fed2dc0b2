"""Workbenches for tests: a small ledger, served to one local person or to a team."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.records.reading import Reading
from counterclaim.serve import Settings, create_app
from counterclaim.service.incremental_linking import link_into_ledger
from tests.conftest import ReadText

HERE = "http://127.0.0.1:8000"

FIRST = (
    "Ardenia admitted on Monday that it had shelled Varn. Kestria said 12 soldiers were killed and 30 wounded. "
    "Kestria has yet to disclose its civilian casualties. A ceasefire was agreed on Tuesday.\n"
)
SECOND = (
    "Kestria's defence ministry denied that its forces had fired on Ost. Ardenia said 40 of its soldiers had "
    "been killed since the fighting began. Ardenia called on Kestria to respect the ceasefire.\n"
)
PASSWORD = "four plain words here"


@pytest.fixture(scope="session")
def readings(read_text: ReadText) -> tuple[Reading, ...]:
    return (read_text(FIRST, date(2031, 5, 3)), read_text(SECOND, date(2031, 5, 6)))


@pytest.fixture(scope="session")
def filled(readings: tuple[Reading, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "counterclaim.db"
    with open_ledger(str(path), create=True) as ledger:
        for reading in readings:
            ledger.post(reading, link_into_ledger(reading))
    return path


@pytest.fixture
def kept(filled: Path, tmp_path: Path) -> str:
    """Return a ledger of one's own."""
    return str(shutil.copy(filled, tmp_path / "counterclaim.db"))


@pytest.fixture
def local(kept: str) -> Iterator[TestClient]:
    """Yield a browser of the one local person."""
    with TestClient(
        create_app(Settings(ledger=kept, person="Ada")), base_url=HERE, client=("127.0.0.1", 5000)
    ) as client:
        yield client


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at little cost: what is tested is not the time it takes."""
    monkeypatch.setattr("counterclaim.ledger.passwords.COST", (16, 8, 1))


LogIn = Callable[[str], TestClient]


@pytest.fixture
def team(kept: str, cheap: None) -> Iterator[LogIn]:
    """Yield a function that gives a browser in which somebody of the team is logged in."""
    with open_ledger(kept) as ledger:
        for name, role in (
            ("Ada", "admin"),
            ("Ben", "analyst"),
            ("Eve", "analyst"),
            ("Rea", "reader"),
        ):
            ledger.people.add(name, role, PASSWORD, by="test")
    app = create_app(Settings(ledger=kept, team=True))
    with TestClient(app, base_url=HERE) as first:
        yield lambda name: log_in(TestClient(app, base_url=HERE), name) if name else first


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> TestClient:
    token = token_in(client.get("/login").text)
    answer = client.post(
        "/login",
        data={"csrf_token": token, "name": name, "password": password},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return client


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def token_of(client: TestClient) -> str:
    """Return the form token of a browser."""
    return token_in(client.get("/review").text if client.cookies else client.get("/login").text)


@contextmanager
def served(ledger: str, **settings: object) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(ledger=ledger, **settings)),  # type: ignore[arg-type]
        base_url=HERE,
    ) as client:
        yield client
