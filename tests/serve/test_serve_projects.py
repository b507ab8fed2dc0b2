"""Two wars in one ledger at the workbench: the choice, that it is kept, and that no page mixes them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import open_ledger
from counterclaim.ledger.errors import UnknownProjectError
from counterclaim.pipeline.read import read_document
from counterclaim.pipeline.resources import Tools
from counterclaim.records.text import Document
from counterclaim.serve import Settings, create_app
from counterclaim.serve.project_choice import carry, with_choice
from counterclaim.service.incremental_linking import link_into_ledger
from tests.ledger.wars import COAST, TEXTS, VALLEY
from tests.serve.benches import HERE, log_in, served, token_in

PAGES = (
    "/?since=2000-01-01",
    "/incidents?single=yes",
    "/acts",
    "/casualties",
    "/timeline",
    "/sources",
    "/actors",
    "/search?q=killed",
    "/review",
)
"""Pages on which each of the two wars has a word of its own."""

OTHERS = ("/ceasefires", "/positions", "/map?kind=every", "/discussion", "/problems", "/method")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, tools: Tools) -> str:
    made = str(tmp_path_factory.mktemp("projects") / "wars.db")
    with open_ledger(made, create=True) as ledger:
        ledger.projects.add("valley", VALLEY, by="Ada")
        ledger.projects.add("coast", COAST.replace(b"The coast", b"The <b>coast"), by="Ada")
        for name, outlet in (("valley", "Kestria Post"), ("coast", "Thelia Post")):
            words, day = TEXTS[name]
            document = Document(text=words, published=day, outlet=outlet)
            reading = read_document(document, tools=tools)
            ledger.post(reading, link_into_ledger(reading))
    return made


@pytest.fixture(scope="module")
def client(path: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(ledger=path, person="Ada")), base_url=HERE) as found:
        yield found


def document(client: TestClient, words: str) -> str:
    """Return the id of the report that has some words."""
    rows = client.get("/api/v1/documents").json()["rows"]
    return next(
        str(row["id"])
        for row in rows
        if words in client.get(f"/api/v1/documents/{row['id']}").json()["text"]
    )


def asked(page: str, project: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}project={project}"


def content(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.parametrize("page", PAGES)
def test_serve_page_is_of_the_project_chosen(client: TestClient, page: str) -> None:
    every = content(client.get(asked(page, "all")).text)
    valley = content(client.get(asked(page, "valley")).text)
    coast = content(client.get(asked(page, "coast")).text)
    assert "Kestria" in every
    assert "Thelia" in every
    assert "Kestria" in valley
    assert "Thelia" in coast
    assert "Thelia" not in valley
    assert "Kestria" not in coast


@pytest.mark.parametrize("page", [*PAGES, *OTHERS])
def test_serve_choice_goes_along(client: TestClient, page: str) -> None:
    words = client.get(asked(page, "valley")).text
    addresses = [unescape(item) for item in re.findall(r'\shref="(/[^"#]*)', words)]
    within = [item for item in addresses if not item.startswith(("/static/", "/api"))]
    assert len(within) > 15
    assert [item for item in within if "project=" not in item] == []
    forms = re.findall(r'<form[^>]*method="get"[^>]*>.{0,60}', words)
    assert all('name="project"' in form or 'class="project"' in form for form in forms)
    assert '<option value="valley" selected>' in words
    plain = client.get(page).text
    assert "project=" not in re.sub(r"<form class=.project.*?</form>", "", plain).replace(
        "?project=valley", ""
    ).replace("?project=coast", "")


def test_serve_choice_keeps_what_else_was_asked(client: TestClient) -> None:
    words = client.get("/timeline?party=Ardenia&first=2031-05-01&after=99&project=valley").text
    form = re.search(r'<form class="project".*?</form>', words, re.DOTALL)
    assert form is not None
    assert '<input type="hidden" name="party" value="Ardenia">' in form[0]
    assert 'name="after"' not in form[0]
    assert "The &lt;b&gt;coast war" in form[0]


def test_serve_kept_pages_are_kept_by_project(client: TestClient) -> None:
    first = [client.get(asked("/acts", name)).text for name in ("valley", "coast", "all")]
    again = [client.get(asked("/acts", name)).text for name in ("valley", "coast", "all")]
    assert first == again
    assert len(set(first)) == 3


def test_serve_unknown_project_is_told_with_what_was_meant(client: TestClient) -> None:
    for page in (*PAGES, "/api/v1/claims"):
        answer = client.get(asked(page, "vally"))
        assert answer.status_code == 400, page
        assert "did you mean valley" in answer.text
    assert "project=vally" not in client.get("/acts?project=vally").text.split("</header>")[1]
    hostile = client.get('/acts?project="><script>alert(1)</script>')
    assert hostile.status_code == 400
    assert "<script>alert" not in hostile.text


def test_serve_opened_on_a_project_shows_it_until_all_are_asked_for(path: str) -> None:
    with served(path, project="coast") as client:
        page = client.get("/actors").text
        assert "Kestria" not in content(page)
        assert '<option value="coast" selected>' in page
        assert "Kestria" in content(client.get("/actors?project=all").text)
        assert "Kestria" in content(client.get("/actors?project=valley").text)
        every = client.get("/api/v1/claims?project=all").json()["rows"]
        own = client.get("/api/v1/claims").json()["rows"]
        assert 0 < len(own) < len(every)
    with pytest.raises(UnknownProjectError):
        create_app(Settings(ledger=path, project="none"))


@pytest.mark.parametrize("rows", ["claims", "incidents", "figures", "documents", "search?q=killed"])
def test_serve_api_rows_are_of_one_project(client: TestClient, rows: str) -> None:
    told = [
        {str(row) for row in client.get(asked(f"/api/v1/{rows}", name)).json()["rows"]}
        for name in ("valley", "coast", "all")
    ]
    assert all(told)
    assert told[0] | told[1] <= told[2]
    assert told[0] != told[1]


def test_serve_pictures_and_tables_are_of_one_project(client: TestClient) -> None:
    told = {
        name: client.get(asked("/casualties/figures.csv", name)).text
        for name in ("valley", "coast")
    }
    assert "12" in told["valley"]
    assert "Thelia" not in told["valley"]
    assert "Thelia" in told["coast"]
    assert "12," not in told["coast"]
    assert client.get(asked("/timeline/claims.csv", "valley")).text.count("Thelia") == 0
    assert client.get(asked("/timeline/claims.csv", "coast")).text.count("Thelia") > 0
    page = client.get(asked("/timeline", "valley")).text
    assert re.search(r'(src|data-wide)="/timeline/chart[^"]*project=valley', page)


def test_serve_person_corrects_where_a_report_belongs(path: str, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(Path(path).read_bytes())
    with served(str(own), person="Ada") as client:
        name = document(client, "7 of its soldiers")
        page = client.get(f"/sources/{name}?project=coast").text
        assert "speaks of both sides: Ardenia, Thelia" in page
        given = {"csrf_token": token_in(page), "of": "coast", "joined": "no", "reason": "a drill"}
        answer = client.post(
            f"/sources/{name}/projects?project=coast", data=given, follow_redirects=False
        )
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sources/{name}?project=coast#projects"
        told = client.get(answer.headers["location"]).text
        assert "by hand by Ada: a drill" in told
        assert name not in client.get("/sources?project=coast").text
        wrong = client.post(f"/sources/{name}/projects", data={**given, "of": "cost"})
        assert wrong.status_code == 400
        assert "did you mean coast" in wrong.text


def test_serve_reader_may_not_assign(path: str, cheap: None, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(Path(path).read_bytes())
    with open_ledger(str(own)) as ledger:
        for name, role in (("Ada", "admin"), ("Rea", "reader")):
            ledger.people.add(name, role, "four plain words here", by="test")
        document_id = ledger.documents().rows[0].id
    with served(str(own), team=True) as client:
        reader = log_in(client, "Rea")
        page = reader.get(f"/sources/{document_id}").text
        assert "Which wars it is of" in page
        assert "Take it out" not in page
        given = {"of": "coast", "joined": "no", "csrf_token": token_in(page)}
        assert reader.post(f"/sources/{document_id}/projects", data=given).status_code == 403


def test_serve_ledger_without_projects_has_no_choice(client: TestClient, tmp_path: Path) -> None:
    empty = str(tmp_path / "empty.db")
    open_ledger(empty, create=True).close()
    with served(empty) as other:
        assert 'class="project"' not in other.get("/acts").text
        assert other.get("/acts?project=sudan").status_code == 400


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("/a", "/a?project=x"),
        ("/a?b=1#c", "/a?b=1&project=x#c"),
        ("/a?project=y", "/a?project=y"),
        ("/a?project=", "/a?project="),
    ],
)
def test_choosing_writes_addresses(address: str, carried: str) -> None:
    assert with_choice(address, "x") == carried


def test_choosing_leaves_what_leads_away_and_words_alone() -> None:
    page = (
        '<a href="https://a.example/">x</a><a href="//a.example/">x</a><a href="#y">y</a>'
        '<link href="/static/a.css"><p>href=&#34;/a&#34;</p><form method="post" action="/logout">'
    )
    assert carry(page, "x") == page
    assert carry('<a href="/a?b=1&amp;c=2#d">', "x") == '<a href="/a?b=1&amp;c=2&amp;project=x#d">'
    drawn = '<div data-layers="/map/layers.json?kind=every"><img src="/map/map.svg">'
    carried = carry(drawn, "x")
    assert 'data-layers="/map/layers.json?kind=every&amp;project=x"' in carried
    assert 'src="/map/map.svg?project=x"' in carried


TRUCE = (
    "Egypt said that Israel and Hamas had agreed on a ceasefire on Tuesday. Israel demanded that Hamas free the "
    "captured soldier.\n"
)


def test_serve_map_ceasefires_and_positions_are_of_one_project(
    path: str, tools: Tools, tmp_path: Path
) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(Path(path).read_bytes())
    with open_ledger(str(own)) as ledger:
        for words, day, project in (
            (*TEXTS["neither"], "valley"),
            (TRUCE, TEXTS["neither"][1], "coast"),
        ):
            reading = read_document(Document(text=words, published=day), tools=tools)
            posted = ledger.post(reading, link_into_ledger(reading))
            ledger.projects.assign(posted.document_id, project, joined=True, by="Ada", why="")
    with served(str(own), person="Ada") as client:
        for page, word, home, other in (
            ("/map?kind=every", "Idlib", "valley", "coast"),
            ("/map/layers.json?kind=every", "Idlib", "valley", "coast"),
            ("/ceasefires", "Hamas", "coast", "valley"),
            ("/positions", "Hamas", "coast", "valley"),
            ("/api/v1/ceasefires", "Hamas", "coast", "valley"),
            ("/api/v1/positions", "Hamas", "coast", "valley"),
        ):
            every, inside, outside = (
                client.get(asked(page, name)).text for name in ("all", home, other)
            )
            assert word in every, page
            assert word in inside, page
            assert word not in outside, page
        page = client.get("/map?kind=every&project=valley").text
        assert re.search(r'data-layers="[^"]*project=valley', page)


def test_serve_api_tells_and_decides_of_which_wars_a_report_is(client: TestClient) -> None:
    told = {row["id"]: row for row in client.get("/api/v1/projects").json()}
    assert told["valley"]["reports"] == 1
    assert told["valley"]["since"] == "2031-05-01"
    home = f"/api/v1/documents/{document(client, 'Kestria')}/projects"
    (own,) = client.get(home).json()
    assert (own["project"], own["joined"], own["basis"]) == ("valley", True, "proposed")
    headers = {"x-csrf-token": client.get("/api/v1/session").json()["csrf_token"]}
    given = {"project": "coast", "reason": "a test"}
    put = client.post(home, json=given, headers=headers)
    assert put.status_code == 201, put.text
    assert {row["project"] for row in client.get(home).json() if row["joined"]} == {
        "valley",
        "coast",
    }
    out = client.post(home, json={**given, "joined": False}, headers=headers).json()
    assert (out["joined"], out["basis"], out["by"], out["reason"]) == (
        False,
        "by hand",
        "Ada",
        "a test",
    )
    wrong = client.post(home, json={"project": "cost"}, headers=headers)
    assert wrong.status_code == 400
    assert "coast" in wrong.json()["detail"]
    assert client.get("/api/v1/documents/d-000000000000/projects").status_code == 404


def test_serve_api_adds_a_report_to_a_project(tmp_path: Path) -> None:
    kept = str(tmp_path / "one.db")
    with open_ledger(kept, create=True) as ledger:
        ledger.projects.add("valley", VALLEY, by="Ada")
    with TestClient(create_app(Settings(ledger=kept, person="Ada")), base_url=HERE) as client:
        headers = {"x-csrf-token": client.get("/api/v1/session").json()["csrf_token"]}
        given = {"text": "The Kestrians said that 3 of their soldiers were killed on Monday."}
        made = client.post(
            "/api/v1/documents", json={**given, "project": "valley"}, headers=headers
        )
        assert made.status_code == 201, made.text
        assert "conflict/valley" in made.json()["signature"]
        (own,) = client.get(f"/api/v1/documents/{made.json()['id']}/projects").json()
        assert (own["project"], own["basis"], own["by"]) == ("valley", "by hand", "Ada")
        wrong = client.post("/api/v1/documents", json={**given, "project": "x"}, headers=headers)
        assert wrong.status_code == 400
