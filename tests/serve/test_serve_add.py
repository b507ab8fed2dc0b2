"""Adding: read at once, nothing stored until somebody keeps it, nothing of others seen."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.ledger import Ledger
from counterclaim.proposals import make_settings
from counterclaim.serve import Settings, create_app
from counterclaim.serve.drafts import Drafts, NoDraftError
from counterclaim.serve.people import WorkbenchUser
from tests.endpoint import Reply, proposals, serving, speech
from tests.serve.benches import HERE, token_in

TEXT = (
    "Kestria denied on Monday that its forces had shelled the town of Ost, where officials of Ardenia "
    "said that at least 12 civilians were killed."
)


@pytest.fixture
def own(ledger_file: str, tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "own.db"
    shutil.copy(ledger_file, path)
    app = create_app(Settings(ledger=str(path), upload_bytes=10_000))
    with TestClient(app, base_url=HERE) as found:
        found.headers["x-csrf-token"] = found.get("/api/v1/session").json()["csrf_token"]
        yield found


def ledger_of(client: TestClient) -> Ledger:
    found = client.app.state.ledger  # type: ignore[attr-defined]  # our own app's
    assert isinstance(found, Ledger)
    return found


def wait(client: TestClient, where: str) -> str:
    for _ in range(600):
        told = client.get(f"{where}/state").json()
        if told["state"] != "reading":
            return str(told["state"])
        time.sleep(0.05)
    pytest.fail("the draft was never read")


def begin(client: TestClient, **data: str) -> str:
    answer = client.post("/add/text", data={"text": TEXT} | data, follow_redirects=False)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert wait(client, where) == "ready"
    return str(where)


def test_serve_add_stores_nothing_until_kept(own: TestClient) -> None:
    before = ledger_of(own).last_posting()
    where = begin(own, title="Ost <b>shelled</b>", published="2031-05-05")
    page = own.get(where).text
    assert "Not stored yet" in page
    assert "at least 12" in page
    assert "Ost &lt;b&gt;shelled" in page
    assert ledger_of(own).last_posting() == before
    kept = own.post(f"{where}/keep", follow_redirects=False)
    assert ledger_of(own).last_posting() > before
    assert "at least 12" in own.get(kept.headers["location"]).text
    assert own.get(where).status_code == 400


def test_serve_add_dropped_leaves_nothing(own: TestClient) -> None:
    before = ledger_of(own).last_posting()
    where = begin(own)
    assert own.post(f"{where}/drop", follow_redirects=False).headers["location"] == "/add"
    assert ledger_of(own).last_posting() == before
    assert own.post(f"{where}/keep").status_code == 400


def test_serve_add_reads_again_with_a_day(own: TestClient) -> None:
    where = begin(own)
    assert "not known" in own.get(where).text
    answer = own.post(f"{where}/again", data={"published": "2031-05-05"}, follow_redirects=False)
    again = answer.headers["location"]
    assert wait(own, again) == "ready"
    assert 'value="2031-05-05"' in own.get(again).text


def test_serve_add_takes_a_file_and_only_its_name(own: TestClient) -> None:
    files = {"file": ("../../etc/ost.txt", TEXT.encode())}
    answer = own.post("/add/file", files=files, follow_redirects=False)
    where = answer.headers["location"]
    assert wait(own, where) == "ready"
    page = own.get(where).text
    assert "ost.txt" in page
    assert "../" not in page


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "file:///etc/passwd", "-", "ftp://ost.example/x", "javascript:alert(1)", ""],
)
def test_serve_add_fetches_only_web_addresses(own: TestClient, address: str) -> None:
    answer = own.post("/add/address", data={"address": address})
    assert answer.status_code == 400
    assert "is no web address" in answer.text


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000/", "http://localhost/", "http://169.254.169.254/", "http://[::1]/"],
)
def test_serve_add_never_fetches_from_private_networks(own: TestClient, address: str) -> None:
    answer = own.post("/add/address", data={"address": address}, follow_redirects=False)
    where = answer.headers["location"]
    assert wait(own, where) == "failed"
    assert "Nothing was stored" in own.get(where).text


def test_serve_add_refuses_what_is_too_large(own: TestClient) -> None:
    assert own.post("/add/text", data={"text": "a " * 6_000}).status_code == 413
    files = {"file": ("large.txt", b"a " * 6_000)}
    assert own.post("/add/file", files=files).status_code == 413


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a " * 225_000, "450,000 characters"),
        ("a " * 750_000, "1,500,000 characters"),
        ("я" * 600_000, "600,000 characters"),
        ("a " * 11_000_000, "20,262,144 bytes at most"),
    ],
    ids=["past-the-limit", "past-a-megabyte", "many-bytes-each", "past-all"],
)
def test_serve_add_says_what_to_do_with_too_long_a_text(
    empty: TestClient, text: str, why: str
) -> None:
    token = token_in(empty.get("/add").text)
    answer = empty.post("/add/text", data={"csrf_token": token, "text": text})
    assert answer.status_code == 413
    assert why in answer.text
    assert "Add one report at a time: a text of up to 400,000 characters" in answer.text
    assert "Nothing was stored" in answer.text


def test_serve_add_takes_a_text_of_the_longest_sort(empty: TestClient) -> None:
    """In bytes, as a form sends it, it is far past what the framework would take of a field."""
    token = token_in(empty.get("/add").text)
    text = "あ " * 199_990
    answer = empty.post(
        "/add/text", data={"csrf_token": token, "text": text}, follow_redirects=False
    )
    assert answer.status_code == 303


def test_serve_add_refuses_too_long_a_title(empty: TestClient) -> None:
    token = token_in(empty.get("/add").text)
    answer = empty.post("/add/text", data={"csrf_token": token, "text": TEXT, "title": "t" * 2_001})
    assert answer.status_code == 400
    assert "the title has 2,001 characters, and 2,000 are taken at most" in answer.text


def test_serve_add_tells_what_could_not_be_read(own: TestClient) -> None:
    answer = own.post("/add/text", data={"text": "   "}, follow_redirects=False)
    where = answer.headers["location"]
    assert wait(own, where) == "failed"
    assert "could not be read" in own.get(where).text


def test_serve_add_is_not_for_readers(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = WorkbenchUser("ada", "reader")
    monkeypatch.setattr("counterclaim.serve.pages.add.current_person", lambda _: reader)
    for answer in (own.get("/add"), own.post("/add/text", data={"text": TEXT})):
        assert answer.status_code == 403
        assert "may read and not add" in answer.text


def test_serve_drafts_are_seen_by_their_owner_alone(own: TestClient) -> None:
    where = begin(own)
    drafts = own.app.state.drafts  # type: ignore[attr-defined]  # our own app's
    assert isinstance(drafts, Drafts)
    id_ = where.rsplit("/", 1)[-1]
    with pytest.raises(NoDraftError):
        drafts.find(id_, "somebody else")
    assert drafts.drop(id_, "local").state == "ready"


def test_serve_add_has_a_second_reader_where_one_is_set(ledger_file: str, tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    shutil.copy(ledger_file, path)
    said = speech(1, "officials of Ardenia", "said", "at least 12 civilians were killed", "allege")
    with serving(lambda _: Reply(content=proposals(said))) as endpoint:
        second = make_settings(endpoint.url, "tiny")
        app = create_app(Settings(ledger=str(path), second_reader=second))
        with TestClient(app, base_url=HERE) as client:
            token = client.get("/api/v1/session").json()["csrf_token"]
            client.headers["x-csrf-token"] = token
            page = client.get("/add").text
            assert f"is sent to {second.host}, whose language model tiny reads it too" in page
            where = begin(client)
            assert len(endpoint.bodies) == 1
            client.post(f"{where}/keep")
            ledger = ledger_of(client)
            (newest,) = ledger.documents(limit=1).rows
            signature = ledger.document(newest.id).signature
            assert signature["second-reader"] == second.name


def test_serve_add_sends_nothing_where_no_second_reader_is_set(own: TestClient) -> None:
    assert "is sent to" not in own.get("/add").text
