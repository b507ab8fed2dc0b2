"""Messages: matters as a mail, a webhook's body, a line of a file, a feed."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from counterclaim.records.alert import Delivery, Matter

_LONGEST = 120
"""Characters of a subject line."""


def link_of(matter: Matter, site: str | None) -> str:
    """Return where a matter is read: its claim in the workbench, else its report."""
    if site is None:
        return matter.address
    return f"{site.rstrip('/')}/claims/{quote(matter.claim_id)}"


def subject_of(matters: Sequence[Matter]) -> str:
    """Return one line for one matter or many."""
    if len(matters) == 1:
        return _line(f"{matters[0].rule}: {matters[0].headline}")
    rules = list(dict.fromkeys(matter.rule for matter in matters))
    return _line(f"{len(matters)} alerts: {', '.join(rules)}")


def _line(words: str) -> str:
    flat = "".join(c if c.isprintable() else " " for c in words)
    flat = " ".join(flat.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 2]} …"


def text_of(matters: Sequence[Matter], site: str | None) -> str:
    """Write matters as plain text, rule by rule."""
    return "\n".join(_lines(matters, site))


def _lines(matters: Sequence[Matter], site: str | None) -> Iterator[str]:
    for rule in dict.fromkeys(matter.rule for matter in matters):
        yield rule
        yield ""
        for matter in matters:
            if matter.rule != rule:
                continue
            yield f"* {matter.headline}"
            yield f"  “{matter.words}”"
            source = ", ".join(filter(None, (matter.outlet, matter.day.isoformat(), matter.title)))
            yield f"  {source}"
            link = link_of(matter, site)
            if link:
                yield f"  {link}"
            yield ""
    yield "Claims are their speakers’. Counterclaim tells who says what, and never who is right."


def mail_of(
    deliveries: Sequence[Delivery], sender: str, to: Sequence[str], site: str | None, now: datetime
) -> EmailMessage:
    """Write a mail. Its Message-ID is the batch's: one that is sent again is known for what it is."""
    matters = [item.matter for item in deliveries]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = subject_of(matters)
    mail["Date"] = now
    mail["Message-ID"] = f"<{deliveries[0].batch[:40]}@counterclaim.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text_of(matters, site))
    return mail


def body_of(form: str, deliveries: Sequence[Delivery], site: str | None) -> dict[str, Any]:
    """Write a webhook's body in the form that its receiver takes."""
    matters = [item.matter for item in deliveries]
    if form == "matrix":
        return {"msgtype": "m.notice", "body": text_of(matters, site)}
    if form == "slack":
        return {"text": "\n\n".join(_slack(matter, site) for matter in matters)}
    if form == "mattermost":
        return {
            "username": "Counterclaim",
            "text": "\n\n".join(_markdown(item, site) for item in matters),
        }
    return {
        "id": deliveries[0].batch,
        "alerts": [row_of(matter, site) for matter in matters],
    }


def _slack(matter: Matter, site: str | None) -> str:
    def plain(words: str) -> str:
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    link = link_of(matter, site)
    more = f" <{plain(link).replace('|', '%7C')}|read>" if link else ""
    return f"*{plain(matter.rule)}*: {plain(matter.headline)}\n> {plain(matter.words)}\n{plain(matter.outlet)} {matter.day}{more}"


def _markdown(matter: Matter, site: str | None) -> str:
    def plain(words: str) -> str:
        for mark in "\\`*_{}[]()#+!|~<>@":
            words = words.replace(mark, f"\\{mark}")
        return words

    link = link_of(matter, site)
    more = f" <{link}>" if link else ""
    return f"**{plain(matter.rule)}**: {plain(matter.headline)}\n> {plain(matter.words)}\n\n{plain(matter.outlet)} {matter.day}{more}"


def row_of(matter: Matter, site: str | None) -> dict[str, Any]:
    """Return a matter as a row: for files, plain webhooks and dry runs."""
    return {
        "key": matter.key,
        "rule": matter.rule,
        "told": matter.headline,
        "words": matter.words,
        "who": matter.who,
        "outlet": matter.outlet,
        "day": matter.day.isoformat(),
        "title": matter.title,
        "report": matter.address,
        "claim": matter.claim_id,
        "incident": matter.incident_id,
        "document": matter.document_id,
        "link": link_of(matter, site),
        "recorded_at": matter.recorded_at,
    }


def line_of(matter: Matter, site: str | None) -> str:
    """Write a matter as one line of a file."""
    return json.dumps(row_of(matter, site), ensure_ascii=False)


def atom_of(
    title: str, name: str, deliveries: Sequence[Delivery], site: str | None, now: datetime
) -> str:
    """Write an Atom feed of matters, the latest first; an entry's id never changes."""
    latest = max((item.made_at for item in deliveries), default=now)
    entries = "".join(_entry(item, site) for item in deliveries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{xml_words(title)}</title><id>urn:counterclaim:alerts:{xml_words(quote(name, safe=''))}</id>"
        f"<updated>{latest.isoformat()}</updated><author><name>Counterclaim</name></author>{entries}</feed>\n"
    )


def _entry(delivery: Delivery, site: str | None) -> str:
    matter = delivery.matter
    link = link_of(matter, site)
    href = f"<link href={quoteattr(_clean(link))}/>" if link else ""
    source = ", ".join(filter(None, (matter.outlet, matter.day.isoformat())))
    return (
        f"<entry><title>{xml_words(matter.headline)}</title><id>urn:counterclaim:alert:{matter.key}</id>"
        f"<updated>{delivery.made_at.isoformat()}</updated>{href}"
        f"<category term={quoteattr(_clean(matter.rule))}/>"
        f"<summary>{xml_words(f'“{matter.words}” {source}')}</summary></entry>"
    )


def xml_words(words: str) -> str:
    """Escape words for XML, without the characters that it cannot hold."""
    return escape(_clean(words))


def _clean(words: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        c
        for c in words
        if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
