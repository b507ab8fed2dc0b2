"""Lists as feeds: the same rows as the page, in Atom that every reader takes, whatever words reports hold."""

from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from tests.serve.conftest import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: TestClient, address: str) -> list[dict[str, str]]:
    """Return title, id, summary and link of each entry."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    assert "<script" not in answer.text
    feed = ET.fromstring(answer.content)
    found = []
    for entry in feed.findall(f"{ATOM}entry"):
        row = {name: entry.findtext(f"{ATOM}{name}", "") for name in ("title", "id", "summary")}
        link = entry.find(f"{ATOM}link")
        assert link is not None
        found.append(row | {"link": link.attrib["href"]})
    return found


def test_serve_feed_of_acts_holds_what_was_asked_for(client: TestClient) -> None:
    denied = entries(client, "/acts/feed.atom?act=deny&party=yerevan")
    assert denied
    assert all("Armenia denied" in row["title"] for row in denied)
    assert len(entries(client, "/acts/feed.atom")) > len(denied)
    assert any(HOSTILE in row["summary"] for row in entries(client, "/acts/feed.atom"))
    for row in denied:
        assert client.get(row["link"]).status_code == 200


def test_serve_feed_of_incidents_is_narrowed_as_the_list(client: TestClient) -> None:
    whole = entries(client, "/incidents/feed.atom?single=yes")
    both = entries(client, "/incidents/feed.atom?both=yes")
    assert 0 < len(both) < len(whole)
    assert "Airstrikes inside Armenia, 14 October 2020: admitted by Azerbaijan" in both[0]["title"]
    assert len({row["id"] for row in whole}) == len(whole)
    assert client.get(both[0]["link"]).status_code == 200


@pytest.mark.parametrize("address", ["/incidents?both=yes", "/acts?act=deny"])
def test_serve_a_list_leads_to_its_feed(client: TestClient, address: str) -> None:
    path, _, asked = address.partition("?")
    page = client.get(address).text
    assert page.count(f'href="{path}/feed.atom?{asked}"') == 2


def test_serve_feed_refuses_what_the_list_refuses(client: TestClient) -> None:
    assert client.get("/acts/feed.atom?act=nonsense").status_code == 400
    assert client.get("/incidents/feed.atom?kind=nonsense").status_code == 400
