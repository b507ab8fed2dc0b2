"""Citing: a claim, an incident or an account as a citation, in words, BibTeX and CSL-JSON, with the day it was looked at."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from counterclaim.exchange.cells import flat, many, words
from counterclaim.records.account import Account
from counterclaim.records.finding import status_words
from counterclaim.records.flat import FlatRow
from counterclaim.records.ledger_rows import IncidentView

STYLES = ("text", "bibtex", "csl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is cited."""

    key: str
    """The row's id."""
    title: str
    said_by: tuple[str, ...] = ()
    outlet: str = ""
    report: str = ""
    """Title of the report, for a claim."""
    published: date | None = None
    source: str = ""
    """Address of the report."""
    link: str = ""
    """Lasting address of the row."""
    seen: date
    """The day on which it was looked at: a later day may know more."""
    note: str = ""


def cite_claim(row: FlatRow, seen: date, gone: str = "") -> Citation:
    """Return the citation of a claim: its report's, with the words and who says them.

    Args:
        row: Of the flat table of claims.
        seen: Today.
        gone: When its report was withdrawn, by whom and why; such a claim is cited without its words.
    """
    if gone:
        return Citation(
            key=words(row, "id"),
            title="a claim of a report that was withdrawn",
            link=words(row, "permalink"),
            seen=seen,
            note=f"claim {row['id']}; the report was {gone}",
        )
    published = row["published"]
    quote = flat(words(row, "sentence") or words(row, "quote"))
    told = [] if row["speaker_evidence"] == "inferred" else many(row, "speakers")
    return Citation(
        key=words(row, "id"),
        title=f"“{quote}”",
        said_by=tuple(told),
        outlet=words(row, "outlet"),
        report=flat(words(row, "title")),
        published=published if isinstance(published, date) else None,
        source=words(row, "address"),
        link=words(row, "permalink"),
        seen=seen,
        note=f"claim {row['id']}, {row['stance']}",
    )


def cite_incident(
    view: IncidentView,
    seen: date,
    site: str = "",
    *,
    title: str = "",
    link: str = "",
    heirs: Sequence[str] = (),
) -> Citation:
    """Return the citation of an incident, with the statuses of its slots as they stand.

    Args:
        view: As ``desk`` shows it.
        seen: Today.
        site: Where the workbench is reached.
        title: What readers know it as; its label, where none is given.
        link: Its lasting address, where it is not that in the workbench.
        heirs: Where claims that it once held are now, after merging and splitting.
    """
    slots = [f"{item.slot}: {status_words(item.status)}" for item in view.findings]
    moved = f"; claims that stood here are in {' and '.join(heirs)} now" if heirs else ""
    documents = len({entry.claim.document_id for entry in view.entries})
    return Citation(
        key=view.card.id,
        title=title or view.card.label,
        link=link or f"{site.rstrip('/')}/incidents/{view.card.id}",
        seen=seen,
        note=f"{_count(len(view.entries), 'claim')} of {_count(documents, 'report')}; {', '.join(slots) or 'not assessed'}{moved}",
    )


def cite_account(
    name: str, account: Account, seen: date, site: str = "", *, link: str = ""
) -> Citation:
    """Return the citation of an account of losses, with its totals as they stand.

    Args:
        name: Root of the side whose losses they are, or ``all``.
        account: As ``desk`` reconciles it.
        seen: Today.
        site: Where the workbench is reached.
        link: Its lasting address, where it is not that in the workbench.
    """
    asked = "" if name == "all" else f"?party={quote(name, safe='')}"
    figures = sum(len(series.points) for series in account.series)
    known = f"; as known on {account.known_on.isoformat()}" if account.known_on else ""
    totals = [f"{total.outcome}: {total}" for total in account.totals]
    return Citation(
        key=f"account-{name}",
        title="Losses of all sides" if name == "all" else f"Losses of {name}",
        link=link or f"{site.rstrip('/')}/casualties{asked}",
        seen=seen,
        note=f"{_count(figures, 'figure')}; {'; '.join(totals) or 'no total'}{known}",
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def write_citation(item: Citation, style: str) -> str:
    """Write a citation in one of ``STYLES``."""
    return _WRITERS[style](item)


def _text(item: Citation) -> str:
    who = f"{' and '.join(item.said_by)}: " if item.said_by else ""
    report = ", ".join(part for part in (item.report, item.outlet) if part)
    day = item.published.isoformat() if item.published else "undated" if item.source else ""
    parts = [f"{who}{item.title}", report, day, item.source]
    head = " ".join(part if part.endswith((".", ".”")) else f"{part}." for part in parts if part)
    link = f" {item.link}," if item.link else ""
    return f"{head} Counterclaim ledger, {item.note}.{link} seen {item.seen.isoformat()}.\n"


def _bibtex(item: Citation) -> str:
    fields = {
        "title": item.title,
        "author": " and ".join(f"{{{_tex(name)}}}" for name in item.said_by),
        "howpublished": ", ".join(part for part in (item.report, item.outlet) if part),
        "date": item.published.isoformat() if item.published else "",
        "url": item.link or item.source,
        "urldate": item.seen.isoformat(),
        "note": "; ".join(part for part in (item.note, item.source if item.link else "") if part),
    }
    lines = [
        f"  {name} = {{{value if name == 'author' else _tex(value)}}},"
        for name, value in fields.items()
        if value
    ]
    key = re.sub(r"[^A-Za-z0-9-]", "-", item.key)
    return f"@misc{{counterclaim-{key},\n" + "\n".join(lines) + "\n}\n"


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash ", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
        "_": r"\_", "^": r"\^{}", "~": r"\~{}", "\n": " ",
    }
)  # fmt: skip


def _tex(words_: str) -> str:
    """Return words that TeX sets as they are: text from outside must run nothing."""
    return words_.translate(_TEX)


def _csl(item: Citation) -> str:
    made: dict[str, Any] = {
        "id": item.key,
        "type": "article-newspaper" if item.source else "entry",
        "title": item.title,
        "author": [{"literal": name} for name in item.said_by],
        "container-title": item.outlet,
        "note": "; ".join(
            part for part in (item.report, item.note, item.source if item.link else "") if part
        ),
        "URL": item.link or item.source,
        "accessed": _parts(item.seen),
        "issued": _parts(item.published) if item.published else None,
    }
    return (
        json.dumps(
            [{key: value for key, value in made.items() if value}], ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _parts(day: date) -> dict[str, Sequence[Sequence[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


_WRITERS: Mapping[str, Callable[[Citation], str]] = MappingProxyType(
    {"text": _text, "bibtex": _bibtex, "csl": _csl}
)
