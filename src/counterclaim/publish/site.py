"""The site: a folder of pages that hang together by themselves and need no server.

Each incident has an address of its own that lasts: an id whose claims were merged or split away leads on to where they are.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from counterclaim.charts import draw_account
from counterclaim.errors import CounterclaimError
from counterclaim.exchange.citing import cite_account, cite_incident, write_citation
from counterclaim.ledger import Ledger
from counterclaim.publish.gather import (
    PublishedAccount,
    PublishedContent,
    PublishedIncident,
    left_out_of,
)
from counterclaim.publish.rendering import render, static_text
from counterclaim.serve.pages.casualties import figure_rows, latest_first
from counterclaim.serve.rendering import flat, heading, root_words
from counterclaim.serve.rules import RULES
from counterclaim.service.incident_list import brief_of

MARK = "counterclaim-site.json"
"""The file by which a folder is known as one of ours, with the ids that it has had pages for."""

MOST_WORDS = 4_000
"""Characters of a page that the index for searching keeps."""


class PublishError(CounterclaimError):
    """A site cannot be made as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """What the publisher says of a site."""

    title: str = "Who says what happened"
    about: tuple[str, ...] = ()
    """Paragraphs: who publishes, for whom, how to be reached."""
    address: str = ""
    """Where it will stand, for citations."""


def write_site(
    ledger: Ledger,
    gathered: PublishedContent,
    folder: Path,
    words: SiteWords,
    *,
    charts: bool = True,
) -> int:
    """Write a site; it appears whole or not at all, in the place of an earlier one. Return its bytes but for charts.

    Args:
        ledger: What it was gathered from, for sentences.
        gathered: What is shown.
        folder: New, empty, or a site of ours.
        words: What the publisher says.
        charts: Draw the accounts.

    Raises:
        PublishError: If the folder holds something else, or cannot be written.
    """
    before = _check_folder(folder)
    pages = dict(_pages(ledger, gathered, words, before, charts=charts))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            for name, data in pages.items():
                path = made / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            made.chmod(0o755)
            if folder.exists():
                shutil.rmtree(folder)
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        msg = f"{folder}: it cannot be written ({error.strerror}); name a folder that is yours"
        raise PublishError(msg) from error
    return sum(len(data) for name, data in pages.items() if not name.endswith(".svg"))


def _check_folder(folder: Path) -> tuple[str, ...]:
    """Return the ids that a site had pages for before."""
    if folder.is_dir() and (folder / MARK).is_file():
        try:
            told = json.loads((folder / MARK).read_text("utf-8"))
            return tuple(
                name for name in told["incidents"] if re.fullmatch(r"i-[0-9a-f]{12}", name)
            )
        except (ValueError, KeyError, TypeError) as error:
            msg = f"{folder / MARK}: it was changed; name another folder"
            raise PublishError(msg) from error
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        msg = f"{folder}: there is something here that is no site of ours; name a new folder"
        raise PublishError(msg)
    return ()


def _pages(
    ledger: Ledger,
    gathered: PublishedContent,
    words: SiteWords,
    before: Sequence[str],
    *,
    charts: bool,
) -> Iterator[tuple[str, bytes]]:
    site = words.address.rstrip("/")
    shared: dict[str, Any] = {
        "site": words,
        "made": gathered,
        "alone": False,
        "link": "",
    }
    index: list[dict[str, str]] = []
    accounts = []
    for account in gathered.accounts:
        name = f"accounts/{file_name(account.name)}"
        title = account_title(account.name)
        drawing = draw_account(account.kept.account, ".svg", title=title) if charts else None
        if drawing is not None:
            yield f"{name}.svg", drawing
        rows = account_rows_of(ledger, account)
        page = render(
            "account.html",
            **shared | {"link": _link(site, f"{name}.html")},
            up="../",
            item=account,
            title=title,
            rows=rows,
            chart=None if drawing is None else f"{file_name(account.name)}.svg",
            cited=cited_account(account, gathered, f"{site}/{name}.html" if site else ""),
        )
        accounts.append((account, f"{name}.html", title))
        said = " ".join(f"{row['side']} {row['number']} {row['sentence']}" for row in rows)
        index.append(_indexed(f"{name}.html", title, said))
        yield f"{name}.html", page.encode()
    for item in gathered.incidents:
        address = f"incidents/{item.id}.html"
        page = render(
            "incident.html",
            **shared | {"link": _link(site, address)},
            up="../",
            item=item,
            cited=cited_incident(item, gathered, f"{site}/{address}" if site else ""),
        )
        said = " ".join(sentence for _, sentence in item.sheet.entries)
        index.append(_indexed(address, heading(item.view.card), said))
        yield address, page.encode()
    yield from _moved(ledger, gathered, before, shared)
    yield "index.html", render("index.html", **shared, up="", accounts=accounts).encode()
    method = render("method.html", **shared, up="", rules=RULES, left_out=left_out_of(gathered))
    yield "method.html", method.encode()
    yield "site.css", static_text("site.css").encode()
    yield "search.js", static_text("search.js").encode()
    yield "pages.js", f"window.counterclaimPages = {_script(index)};\n".encode()
    names = sorted({item.id for item in gathered.incidents} | set(before))
    mark = {"incidents": names, "seal": gathered.seal, "made_at": gathered.made_at.isoformat()}
    yield MARK, (json.dumps(mark, indent=1) + "\n").encode()


def _moved(
    ledger: Ledger, gathered: PublishedContent, before: Sequence[str], shared: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Yield a page for each id that has none of its own any more, which leads on to where its claims are."""
    shown = {item.id: item for item in gathered.incidents}
    former = {name for item in gathered.incidents for name in item.former} | set(before)
    for name in sorted(former - shown.keys()):
        heirs = [shown[heir] for heir in ledger.lineage.heirs(name) if heir in shown]
        page = render("moved.html", **shared, up="../", former=name, heirs=heirs)
        yield f"incidents/{name}.html", page.encode()


def _indexed(address: str, title: str, words: str) -> dict[str, str]:
    return {"address": address, "title": title, "words": flat(words, MOST_WORDS)}


def _script(value: object) -> str:
    """Write JSON that is safe within a script, whatever it holds."""
    words = json.dumps(value, ensure_ascii=True)
    return words.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _link(site: str, address: str) -> str:
    return f"{site}/{address}" if site else address


def file_name(name: str) -> str:
    """Return a name as that of a file, unlike any other's."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
    usual = " ".join(part.capitalize() for part in plain.split("-"))
    is_plain = name in {plain, usual}
    return plain if is_plain else f"{plain}-{sha256(name.encode()).hexdigest()[:8]}".strip("-")


def account_title(name: str) -> str:
    """Return the title of an account's page."""
    return "Losses of all sides" if name == "all" else f"Losses of {root_words(name)}"


def account_rows_of(ledger: Ledger, account: PublishedAccount) -> list[dict[str, Any]]:
    """Return the rows of an account's table, the latest day first, each with its sentence."""
    kept = account.kept
    rows = list(figure_rows(kept, latest_first(kept)))
    texts = ledger.texts(sorted({entry.claim.document_id for entry in kept.entries.values()}))
    for row in rows:
        entry = row["entry"]
        row["sentence"] = "" if entry is None else _sentence(texts, entry)
    return rows


def _sentence(texts: Mapping[str, str], entry: Any) -> str:
    span = entry.claim.sentence
    return texts.get(entry.claim.document_id, "")[span.start : span.end]


def cited_incident(item: PublishedIncident, gathered: PublishedContent, address: str) -> str:
    """Return the citation of an incident, in words."""
    cited = cite_incident(
        item.view,
        gathered.day,
        title=brief_of(item.view).title.what,
        link=address or f"incidents/{item.id}.html",
    )
    return write_citation(cited, "text").strip()


def cited_account(account: PublishedAccount, gathered: PublishedContent, address: str) -> str:
    """Return the citation of an account, in words."""
    cited = cite_account(account.name, account.kept.account, gathered.day, link=address)
    return write_citation(cited, "text").strip()
