"""One ledger of our own sentences, some of them hostile, and a client over it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.demo import demo_document
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.problem import Problem
from counterclaim.records.text import Document
from counterclaim.serve import Settings, create_app
from counterclaim.service.ledger_service import file_reading
from tests.serve.benches import HERE, cheap, filled, kept, local, readings, team

__all__ = ["cheap", "filled", "kept", "local", "readings", "team"]

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'

DOCUMENTS = (
    demo_document(),
    Document(
        text=(
            "Azerbaijan denied on Thursday that it had shelled Stepanakert, after Armenia said that at "
            f"least 12 civilians were killed there. {HOSTILE}\n\n"
            "Armenia accused Azerbaijan of breaking the ceasefire. Turkey called on Armenia to withdraw "
            "from the area."
        ),
        published=date(2020, 10, 15),
        outlet=f"Ost Courier {HOSTILE}",
        title=f"Denied {HOSTILE}",
        name="javascript:alert(3)",
    ),
)


@pytest.fixture(scope="session")
def ledger_file(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> str:
    path = tmp_path_factory.mktemp("serve") / "ledger.db"
    with open_ledger(str(path), create=True) as ledger:
        for document in DOCUMENTS:
            file_reading(ledger, read_document(document, tools=tools))
        ledger.note_problem(f"broken {HOSTILE}", Problem("source", f"not read: {HOSTILE}"))
    return str(path)


@pytest.fixture(scope="session")
def client(ledger_file: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(ledger=ledger_file)), base_url=HERE) as found:
        yield found


@pytest.fixture(scope="session")
def ledger(client: TestClient) -> Ledger:
    found = client.app.state.ledger  # type: ignore[attr-defined]  # our own app's
    assert isinstance(found, Ledger)
    return found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    path = str(tmp_path / "empty.db")
    open_ledger(path, create=True).close()
    with TestClient(create_app(Settings(ledger=path)), base_url=HERE) as found:
        yield found


@pytest.fixture(scope="session")
def pages(client: TestClient, ledger: Ledger) -> dict[str, str]:
    """Every page, by address."""
    documents = ledger.documents().rows
    incidents = ledger.incidents().rows
    addresses = [
        "/?since=2020-01-01",
        "/incidents",
        *(f"/incidents/{card.id}" for card in incidents),
        "/incidents?status=contested&party=Armenia",
        "/incidents?single=yes",
        "/incidents?party=baku&q=ceasefire&first=2020-10-01&single=yes",
        "/incidents?party=Atlantis",
        "/acts",
        "/acts?act=deny&party=yerevan",
        "/casualties",
        "/casualties?party=azeris&harm=killed&view=sides",
        "/casualties?party=Azerbaijan&known_on=2020-10-14",
        "/ceasefires",
        "/positions",
        "/map",
        "/timeline",
        "/timeline?party=Armenia&role=speaker",
        "/sources",
        *(f"/sources/{card.id}" for card in documents),
        "/actors",
        "/actors/Armenia",
        "/search?q=killed",
        "/search?q=%3Cscript%3E",
        "/discussion",
        "/discussion?act=checkable",
        "/problems",
        "/problems?of=sources",
        "/method",
        "/method/verbs",
        "/add",
        "/nowhere",
    ]
    return {address: client.get(address).text for address in addresses}
