"""Hostile input: nothing executes, nothing leaks, nothing is lost."""

import csv
import io
import re
import threading
import time
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import Page
from counterclaim.records.problem import Problem
from counterclaim.records.query import ClaimQuery
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document
from counterclaim.serve import Settings, create_app
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_service import judge
from tests.serve.benches import HERE, LogIn, log_in, token_in

SCRIPT = "<script>alert(1)</script>"
BREAKERS = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title></textarea></script><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
)
TEXT = (
    f"Ardenia{SCRIPT} said on Monday that 12 soldiers were killed in Varn. "
    f'"><img src=x onerror=alert(1)> Kestria denied it had shelled Varn. '
    f"Ardenia accused Kestria of shelling {SCRIPT} Ost. Kestria said 3 civilians were wounded.\n"
)


class Finder(HTMLParser):
    """Finds what would run: scripts without a file of ours, handlers, script addresses, strange elements."""

    STRANGE = frozenset({"iframe", "object", "embed", "svg", "img", "base", "style", "math"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        source = given.get("src") or ""
        if tag == "script" and not source.startswith("/static/"):
            self.found.append(f"{tag} {attrs}")
        if tag in self.STRANGE and not source.startswith("/"):
            self.found.append(f"{tag} {attrs}")
        for name, value in attrs:
            if name.startswith("on") or (
                (value or "").strip().casefold().startswith(("javascript:", "data:", "vbscript:"))
                and name in {"href", "src", "action", "formaction"}
            ):
                self.found.append(f"{tag} {name}={value}")


def runs(page: str) -> list[str]:
    finder = Finder()
    finder.feed(page)
    return finder.found


def test_serve_hostile_finder_finds() -> None:
    for words in BREAKERS[:2]:
        assert runs(f"<p>{words}</p>")
    assert runs('<a href=" JavaScript:alert(1)">x</a>')
    assert not runs('<script src="/static/keys.js" defer></script><a href="/sources/d-1">on=x</a>')


def fill(path: str, tools: Tools) -> None:
    """Make a ledger in which every word came from an enemy."""
    with open_ledger(path, create=True) as ledger:
        for number, words in enumerate(BREAKERS):
            document = Document(
                text=f"{TEXT}Note {number}.\n",
                name=f"javascript:alert(1)//{words}"
                if number % 2
                else f"https://x.example/{words}",
                title=words,
                outlet=f"=cmd|' /C calc'!A0 {words}",
                author=words,
                published=date(2031, 5, 3),
            )
            reading = read_document(document, tools=tools)
            ledger.post(reading, link_into_ledger(reading))
            ledger.note_problem(f"../../{words}", Problem("no-page", words))
        rows = ledger.claims(ClaimQuery(kind="casualty")).rows
        for entry, words in zip(rows, BREAKERS, strict=False):
            judge(ledger, Judgement(subject=entry.claim.id, verdict="note", by=words, reason=words))
            said = Judgement(
                subject=entry.claim.id,
                verdict="corrected",
                by=words,
                field="place",
                before="Varn" if entry.claim.payload.place else "",  # type: ignore[union-attr]
                after=words,
            )
            judge(ledger, said)


@pytest.fixture(scope="module")
def hostile(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a workbench over a ledger in which every word came from an enemy."""
    path = str(tmp_path_factory.mktemp("hostile") / "counterclaim.db")
    fill(path, tools)
    with TestClient(create_app(Settings(ledger=path, person=SCRIPT)), base_url=HERE) as client:
        yield client


def pages(client: TestClient) -> list[str]:
    """Return the address of every page that takes no parameter, and of one of each that does."""
    rows = client.get("/api/v1/claims?limit=500").json()["rows"]
    row = next((row for row in rows if row["judgements"]), rows[0])
    values = {"claim_id": row["id"], "incident_id": row["incident"], "document_id": row["document"]}
    found = []
    for route in walk(client.app):
        path = route
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", value)
        if "{" not in path:
            found.append(path)
    return found


def walk(app: Any) -> list[str]:
    """Return the paths of all pages that are read."""
    from fastapi.routing import iter_route_contexts

    return sorted(
        {
            str(item.path)
            for item in iter_route_contexts(app.routes)
            if "GET" in (item.methods or ()) and not str(item.path).startswith("/api/")
        }
    )


def test_serve_hostile_words_never_run_on_any_page(hostile: TestClient) -> None:
    addresses = pages(hostile)
    assert {"/", "/incidents", "/sources", "/review", "/audit"} <= set(addresses)
    for address in addresses:
        answer = hostile.get(address)
        assert answer.status_code < 500, address
        if answer.headers["content-type"].startswith("text/html"):
            assert runs(answer.text) == [], address
            assert "49{% raw" not in answer.text


@pytest.mark.parametrize("words", BREAKERS)
def test_serve_hostile_parameters_never_run(hostile: TestClient, words: str) -> None:
    for address in ("/", "/incidents", "/sources", "/review", "/search", "/casualties", "/login"):
        for name in (
            "q",
            "party",
            "kind",
            "status",
            "first",
            "known_on",
            "clock",
            "after",
            "doubt",
            "next",
        ):
            answer = hostile.get(address, params={name: words})
            assert answer.status_code < 500, (address, name)
            assert runs(answer.text) == [], (address, name)
    for prefix in ("/", "/review/", "/incidents/", "/sources/", "/static/", "/api/v1/claims/"):
        answer = hostile.get(prefix + quote(words, safe=""))
        assert answer.status_code in {400, 404, 405, 422}, prefix
        if answer.headers["content-type"].startswith("text/html"):
            assert runs(answer.text) == []


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "..%2f..%2fsettings.py",
        "%2e%2e/%2e%2e/app.py",
        "....//app.py",
        "..\\..\\app.py",
        "%5c..%5capp.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "keys.js%00.txt",
        "",
        ".",
    ],
)
def test_serve_hostile_paths_stay_in_their_folder(local: TestClient, path: str) -> None:
    for prefix in ("/static/", "/sources/", "/review/", "/api/v1/documents/"):
        answer = local.get(prefix + path)
        assert answer.status_code < 500
        assert "import" not in answer.text or answer.headers["content-type"].startswith("text/html")
        assert "root:" not in answer.text
        assert "create_app" not in answer.text


@pytest.mark.parametrize(
    "number", ["9" * 4, "9" * 12, "9" * 299, "-1", "1e9", "٣", "²", "0x1", " 1"]
)
@pytest.mark.parametrize(
    "address",
    ["/incidents", "/sources", "/review", "/audit", "/api/v1/claims", "/api/v1/documents"],
)
def test_serve_hostile_cursors_are_refused_or_empty(
    local: TestClient, address: str, number: str
) -> None:
    assert local.get(address, params={"after": number}).status_code in {200, 400, 422}


def test_serve_hostile_csv_holds_no_formula(hostile: TestClient) -> None:
    tables = [path for path in walk(hostile.app) if path.endswith(".csv") and "{" not in path]
    for path in tables:
        answer = hostile.get(path)
        assert answer.status_code == 200
        for row in csv.reader(io.StringIO(answer.text)):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r", "+"))
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+", cell)


def test_serve_hostile_csv_makes_words_of_formulas(tools: Tools, tmp_path: Path) -> None:
    """Names that a spreadsheet would compute come out of the reading, and go into no cell as they are."""
    path = str(tmp_path / "formulas.db")
    text = "@VarnWatch said 4 civilians were wounded. -Ost said 12 soldiers were killed."
    reading = read_document(Document(text=text, published=date(2031, 5, 3)), tools=tools)
    with open_ledger(path, create=True) as ledger:
        ledger.post(reading, link_into_ledger(reading))
    with TestClient(create_app(Settings(ledger=path)), base_url=HERE) as client:
        table = client.get("/casualties/figures.csv").text
    reporters = {row["reporter"] for row in csv.DictReader(io.StringIO(table))}
    assert reporters == {"'@VarnWatch", "'-Ost"}


def test_serve_hostile_search_takes_anything(local: TestClient) -> None:
    for words in (
        '"',
        "NEAR(a, b)",
        "a AND OR",
        "*",
        "(((",
        "a:b",
        "^x",
        "' OR 1=1 --",
        "\\",
        "-" * 300,
    ):
        assert local.get("/api/v1/search", params={"q": words}).status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "/etc/passwd",
        "../../../etc/passwd",
        "ftp://127.0.0.1/",
    ],
)
def test_serve_hostile_addresses_are_not_fetched(
    local: TestClient, address: str, kept: str
) -> None:
    token = token_in(local.get("/add").text)
    answer = local.post("/add/address", data={"csrf_token": token, "address": address})
    assert answer.status_code < 500
    where = answer.url.path
    for _ in range(200):
        if answer.status_code == 400 or local.get(f"{where}/state").json()["state"] == "failed":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the address was neither refused nor failed")
    assert "root:" not in local.get(where).text
    with open_ledger(kept) as ledger:
        assert len(ledger.documents().rows) == 2


def test_serve_hostile_secrets_never_leave(team: LogIn, kept: str) -> None:
    with open_ledger(kept) as ledger:
        with ledger._reading() as connection:
            rows = connection.exec_driver_sql("SELECT secret FROM accounts").scalars().all()
        assert rows
    client = team("Ada")
    for address in pages(client):
        page = client.get(address).text
        assert not any(secret in page for secret in rows)
        assert "scrypt$" not in page


def test_serve_hostile_other_methods_are_refused(local: TestClient) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        assert local.request(method, "/review").status_code in {403, 405}
    assert local.request("TRACE", "/review").status_code in {403, 405}


@pytest.mark.slow
def test_serve_hostile_two_hundred_readers_and_a_writer(
    kept: str, cheap: None, readings: tuple[Reading, ...]
) -> None:
    """Two hundred read while one files and judges: every answer is whole, every row is there afterwards."""
    with open_ledger(kept) as ledger:
        ledger.people.add("Ada", "admin", "four plain words here", by="test")
        ledger.people.add("Rea", "reader", "four plain words here", by="test")
    app = create_app(Settings(ledger=kept, team=True))
    failures: list[str] = []
    waits: list[float] = []
    with TestClient(app, base_url=HERE) as first:
        reader = dict(log_in(first, "Rea").cookies)
        writer = log_in(TestClient(app, base_url=HERE), "Ada")
        start = threading.Barrier(201)

        def read(number: int) -> None:
            address = ("/api/v1/claims", "/incidents", "/review", "/api/v1/incidents")[number % 4]
            client = TestClient(app, base_url=HERE, cookies=reader)
            start.wait()
            for _ in range(2):
                began = time.perf_counter()
                answer = client.get(address)
                waits.append(time.perf_counter() - began)
                if answer.status_code != 200 or "Ada, admin" in answer.text:
                    failures.append(f"{address}: {answer.status_code}")

        threads = [threading.Thread(target=read, args=(number,)) for number in range(200)]
        for thread in threads:
            thread.start()
        start.wait()
        filed = write_all(writer, app.state.ledger, readings)
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)
    assert failures == []
    assert len(waits) == 400
    with open_ledger(kept) as ledger:
        assert len(ledger.documents(limit=500).rows) == 2 + 20
        assert {item.judgement.id for item in ledger.judgements()} == filed
        assert ledger.verify() == ()


def write_all(client: TestClient, ledger: Any, readings: tuple[Reading, ...]) -> set[str]:
    """File twenty documents and judge twenty claims."""
    from dataclasses import replace

    page: Page[Any] = ledger.claims(ClaimQuery(), limit=20)
    token = client.get("/api/v1/session").json()["csrf_token"]
    filed = set()
    for number in range(20):
        text = f"{readings[0].document.text}Edition {number}.\n"
        document = replace(readings[0].document, text=text)
        empty = replace(
            readings[0], document=document, claims=(), attributions=(), incidents=(), findings=()
        )
        ledger.post(empty)
        row = page.rows[number % len(page.rows)].claim.id
        said = {"subject": row, "verdict": "note", "reason": f"remark {number}"}
        answer = client.post("/api/v1/judgements", json=said, headers={"x-csrf-token": token})
        assert answer.status_code == 201, answer.text
        filed.add(answer.json()["id"])
    return filed


def test_serve_hostile_ledger_is_reached_by_no_path(local: TestClient, kept: str) -> None:
    for path in (kept, f"/static/{Path(kept).name}", "/counterclaim.db"):
        assert local.get(path).status_code in {400, 404}
