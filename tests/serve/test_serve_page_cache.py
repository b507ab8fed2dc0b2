"""Pages kept for all of a role: made once, filled for each, made anew when the ledger has grown."""

import re
from pathlib import Path

import pytest

from counterclaim.ledger import open_ledger
from counterclaim.records.reading import Reading
from counterclaim.serve import page_cache
from counterclaim.service.incident_list import Catalogue
from tests.serve.benches import served


@pytest.fixture
def path(tmp_path: Path, readings: tuple[Reading, ...]) -> str:
    made = str(tmp_path / "kept.db")
    with open_ledger(made, create=True) as ledger:
        ledger.post(readings[0])
    return made


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the list of incidents is made."""
    asked: list[str] = []
    own = Catalogue.find

    def find(self: Catalogue, *given: object, **known: object) -> object:
        asked.append("incidents")
        return own(self, *given, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Catalogue, "find", find)
    return asked


def test_serve_kept_page_is_made_once(path: str, counted: list[str]) -> None:
    with served(path) as client:
        pages = {client.get("/incidents").text for _ in range(5)}
        assert len(pages) == 1
        assert len(counted) == 1
        client.get("/incidents?kind=event")
        assert len(counted) == 2


def test_serve_kept_page_is_made_anew_when_somebody_else_writes(
    path: str, readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch, counted: list[str]
) -> None:
    monkeypatch.setattr(page_cache, "FRESH", 0.0)
    with served(path) as client:
        before = client.get("/sources").text
        with open_ledger(path) as other:
            other.post(readings[1])
        assert client.get("/sources").text != before


def test_serve_writer_sees_at_once_what_was_written(
    path: str, readings: tuple[Reading, ...], counted: list[str]
) -> None:
    claim = readings[0].claims[0].id
    with served(path) as client:
        client.get("/incidents")
        token = client.get("/api/v1/session").json()["csrf_token"]
        said = {"subject": claim, "verdict": "note", "reason": "seen"}
        answer = client.post("/api/v1/judgements", json=said, headers={"x-csrf-token": token})
        assert answer.status_code < 300, answer.text
        client.get("/incidents")
        assert len(counted) == 2


def test_serve_today_is_kept_for_nobody(path: str) -> None:
    with served(path) as client:
        names = {next(iter(client.get("/").cookies)) for _ in range(2)}
    with served(path) as client:
        names.add(next(iter(client.get("/").cookies)))
    assert len(names) == 1


def test_serve_kept_errors_are_not_kept(path: str) -> None:
    with served(path) as client:
        for _ in range(2):
            assert client.get("/incidents/i-none").status_code == 404
            assert client.get("/incidents?kind=evnt").status_code == 400
        assert client.get("/incidents?kind=evnt").headers["content-length"]


def test_serve_slots_never_reach_a_reader(path: str) -> None:
    with served(path) as client:
        for page in sorted(page_cache.PAGES):
            for _ in range(2):
                text = client.get(page).text
                assert re.search(r"(?:name|form)[0-9a-f]{48}", text) is None


def test_serve_kept_headers_are_those_of_every_page(path: str) -> None:
    with served(path) as client:
        first, second = client.get("/incidents"), client.get("/incidents")
        assert dict(first.headers) | {"date": ""} == dict(second.headers) | {"date": ""}
        assert "content-security-policy" in second.headers
        head = client.head("/incidents")
        assert head.status_code == 200
        assert head.content == b""
