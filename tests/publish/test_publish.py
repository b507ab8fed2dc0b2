"""What is published stands by itself, leads on from old addresses, and puts nothing from outside on a page but as words."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from counterclaim.cli.app import app
from counterclaim.cli.options import UsageError
from counterclaim.ledger import Ledger, open_ledger
from counterclaim.pipeline.read import read
from counterclaim.pipeline.resources import Tools
from counterclaim.publish.copies import write_copies
from counterclaim.publish.gather import PublishedContent, gather, led_on
from counterclaim.publish.rendering import web_address
from counterclaim.publish.site import MARK, PublishError, SiteWords, file_name, write_site
from counterclaim.records.judgement import Judgement
from counterclaim.records.reading import Reading
from counterclaim.service.incremental_linking import link_into_ledger
from counterclaim.service.ledger_service import judge

NOW = datetime(2020, 10, 20, 12, tzinfo=UTC)
FIRST = (
    "Azerbaijan said that Armenian forces shelled the city of Ganja on Tuesday, killing 42 civilians. Armenia denied that "
    "it had shelled Ganja on Tuesday. Armenia said 12 of its soldiers were killed. Baku has yet to disclose its military casualties.\n"
)
OTHER = "Northland </script><script>alert(1)</script> said that Southmark shelled Testville on Monday, killing 7 civilians.\n"


@pytest.fixture(scope="session")
def readings(tools: Tools) -> list[Reading]:
    hostile = '"><img src=x onerror=alert(2)>'
    return [
        read(FIRST, published=date(2020, 10, 14), outlet="The Bugle", title=hostile, tools=tools),
        read(OTHER, published=date(2020, 10, 14), outlet=hostile, title="Other", tools=tools),
    ]


@pytest.fixture
def kept(readings: list[Reading], tmp_path: Path) -> Iterator[tuple[Ledger, Path]]:
    path = tmp_path / "own.db"
    with open_ledger(str(path), create=True) as ledger:
        for reading in readings:
            ledger.post(reading, link_into_ledger(reading))
        yield ledger, path


def all_of(ledger: Ledger) -> PublishedContent:
    names = [card.id for card in ledger.incidents().rows]
    return gather(ledger, names, ["all", "Armenia"], made_at=NOW)


class Links(HTMLParser):
    """Collects what a page loads and leads to, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert not any(name.startswith("on") for name in given), given
        if tag == "a":
            self.links.append(given.get("href") or "")
        for name, value in attrs:
            if value and (name == "src" or (tag == "link" and name == "href")):
                self.loaded.append(value)


def parsed(page: str) -> Links:
    found = Links()
    found.feed(page)
    return found


def test_publish_site_hangs_together_and_needs_no_server(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    made = all_of(ledger)
    size = write_site(ledger, made, tmp_path / "site", SiteWords(about=("We are <b>us</b>.",)))
    assert size < 200_000
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) == len(made.incidents) + 2 + 2
    for page in pages:
        found = parsed(page.read_text("utf-8"))
        assert len(found.ids) == len(set(found.ids)), page
        for address in (*found.loaded, *found.links):
            assert not address.startswith(("javascript:", "data:", "//")), address
            if not address.startswith(("http", "#")):
                path, _, anchor = address.partition("#")
                target = (page.parent / path).resolve()
                assert target.is_file(), f"{page}: {address}"
                assert not anchor or anchor in parsed(target.read_text("utf-8")).ids, address
        assert all(not item.startswith("http") for item in found.loaded), (
            "nothing comes from elsewhere"
        )
    assert "We are &lt;b&gt;us&lt;/b&gt;." in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "accounts" / "all.svg").read_text("utf-8").startswith("<svg")


def test_publish_pages_say_who_says_what_in_which_words(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    made = all_of(ledger)
    write_site(
        ledger, made, tmp_path / "site", SiteWords(address="https://w.example"), charts=False
    )
    shelled = next(
        item
        for item in made.incidents
        if "Ganja" in item.view.card.label and item.view.card.kind == "event"
    )
    page = (tmp_path / "site" / "incidents" / f"{shelled.id}.html").read_text("utf-8")
    assert "Armenia denied that it had shelled Ganja on Tuesday." in page
    assert f"https://w.example/incidents/{shelled.id}.html, seen 2020-10-20" in page
    assert ledger.seal() in page
    account = (tmp_path / "site" / "accounts" / "all.html").read_text("utf-8")
    assert "Armenia said 12 of its soldiers were killed." in account
    assert "Azerbaijan military (not disclosed)" in account
    method = (tmp_path / "site" / "method.html").read_text("utf-8")
    for area in (
        "Types of sources",
        "How they are collected",
        "evaluated",
        "corroborated",
        "Quality control",
    ):
        assert area in method
    assert len(re.findall(r"<h2>\d\. ", method)) == 5


def test_publish_nothing_from_outside_is_more_than_words(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    write_site(ledger, all_of(ledger), tmp_path / "site", SiteWords(), charts=False)
    for page in (tmp_path / "site").rglob("*.html"):
        found = parsed(page.read_text("utf-8"))
        assert found.tags.count("script") == (2 if page.name == "index.html" else 0)
        assert "img" not in found.tags
    index = (tmp_path / "site" / "pages.js").read_text("utf-8")
    assert "<" not in index
    rows = json.loads(index.removeprefix("window.counterclaimPages = ").rstrip(";\n"))
    assert any("</script>" in row["words"] for row in rows), "the words are there all the same"


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://a.example/1", "https://a.example/1"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("data:text/html,x", ""),
        ("report.txt", ""),
        (None, ""),
    ],
)
def test_publish_only_web_addresses_are_followed(words: str | None, address: str) -> None:
    assert web_address(words) == address


def test_publish_old_ids_lead_on_after_a_merge(kept: tuple[Ledger, Path], tmp_path: Path) -> None:
    ledger, path = kept
    folder = tmp_path / "site"
    write_site(ledger, all_of(ledger), folder, SiteWords(), charts=False)
    one, other = [card.id for card in ledger.incidents().rows if card.kind == "event"][:2]
    claims = [ledger.incident(name).entries[0].claim.id for name in (one, other)]
    judge(ledger, Judgement(subject=claims[0], verdict="same", other=claims[1], by="Ada"))
    gone = one if not ledger.incident(one).entries else other
    (heir,) = led_on(ledger, gone)
    assert heir in {one, other} - {gone}
    assert ledger.lineage.heirs(gone) == (heir,)
    assert gone in ledger.lineage.forebears(heir)
    write_site(ledger, all_of(ledger), folder, SiteWords(), charts=False)
    moved = parsed((folder / "incidents" / f"{gone}.html").read_text("utf-8"))
    assert f"{heir}.html" in moved.links
    cited = CliRunner().invoke(app, ["cite", gone, "-l", str(path)])
    assert f"claims that stood here are in {heir} now" in cited.stdout
    sheet = CliRunner().invoke(app, ["sheet", gone, "-l", str(path)])
    assert f"/incidents/{heir}" in sheet.stdout


def test_publish_what_is_not_shown_any_more_says_so(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    folder = tmp_path / "site"
    names = [card.id for card in ledger.incidents().rows]
    write_site(ledger, gather(ledger, names, (), made_at=NOW), folder, SiteWords())
    write_site(ledger, gather(ledger, names[:1], (), made_at=NOW), folder, SiteWords())
    told = (folder / "incidents" / f"{names[1]}.html").read_text("utf-8")
    assert "is not any more" in told
    assert json.loads((folder / MARK).read_text("utf-8"))["incidents"] == sorted(names)


def test_publish_never_writes_over_what_is_not_its_own(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(PublishError, match="no site of ours"):
        write_site(ledger, all_of(ledger), folder, SiteWords())
    assert (folder / "thesis.txt").read_text("utf-8") == "years of work"
    (folder / MARK).write_text("[]", "utf-8")
    with pytest.raises(PublishError, match="it was changed"):
        write_site(ledger, all_of(ledger), folder, SiteWords())


def test_publish_nothing_without_a_choice(kept: tuple[Ledger, Path], tmp_path: Path) -> None:
    _, path = kept
    result = CliRunner().invoke(app, ["publish", str(tmp_path / "site"), "-l", str(path)])
    assert isinstance(result.exception, UsageError)
    assert not (tmp_path / "site").exists()
    asked = ["publish", str(tmp_path / "site"), "--account", "Nowhere", "-l", str(path)]
    assert "Nowhere" in str(CliRunner().invoke(app, asked).exception)


def test_publish_copies_are_the_reports_as_read(
    kept: tuple[Ledger, Path], readings: list[Reading], tmp_path: Path
) -> None:
    _, path = kept
    folder = tmp_path / "site"
    words = ["publish", str(folder), "--all", "--no-charts", "--warc", "-l", str(path)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    found: dict[str, str] = {}
    with (folder / "sources.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type == "conversion":
                name = record.rec_headers.get_header("X-Counterclaim-Document")
                found[name] = record.content_stream().read().decode()
    assert found == {
        reading.document.id: reading.document.text[: reading.division.report.end]
        for reading in readings
    }


def test_publish_copies_of_a_hostile_title_break_no_header(
    kept: tuple[Ledger, Path], tmp_path: Path
) -> None:
    ledger, _ = kept
    path = tmp_path / "copies.warc.gz"
    assert write_copies(ledger, [row.id for row in ledger.documents().rows], path) == 2
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "conversion", "conversion"]


def test_publish_sheet_stands_alone(kept: tuple[Ledger, Path]) -> None:
    _, path = kept
    words = ["sheet", "account:Armenia", "--site", "https://w.example", "-l", str(path)]
    page = CliRunner().invoke(app, words).stdout
    found = parsed(page)
    assert found.loaded == []
    assert "@media print" in page
    assert "https://w.example/casualties?party=Armenia" in page
    assert "12 of its soldiers" in page


def test_publish_account_is_cited_with_its_totals(kept: tuple[Ledger, Path]) -> None:
    _, path = kept
    told = CliRunner().invoke(app, ["cite", "account:armenia", "-l", str(path)]).stdout
    assert told.startswith("Losses of Armenia. Counterclaim ledger, 1 figure;")
    csl = CliRunner().invoke(app, ["cite", "account", "--style", "csl", "-l", str(path)]).stdout
    assert json.loads(csl)[0]["title"] == "Losses of all sides"


def test_publish_file_names_are_plain_and_unlike() -> None:
    names = {
        file_name(name)
        for name in ("all", "Armenia", "ARMENIA", "../../etc", "Ünited", "a/b", "a b")
    }
    assert len(names) == 7
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
