"""Sifting: which items are worth reading, decided as cheaply as each allows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from counterclaim.archive.errors import ExtraError
from counterclaim.archive.items import PAGE_TYPES, ArchiveItem
from counterclaim.copies.prints import Print, take_print
from counterclaim.errors import CounterclaimError
from counterclaim.gate import Gate
from counterclaim.ingest import Opened, open_document
from counterclaim.ingest.charset import decode
from counterclaim.ingest.files import kind_of
from counterclaim.ingest.language import is_english
from counterclaim.ingest.sources import Raw, open_bytes

Reason = Literal["not of war", "not English", "unreadable", "copy", "quarantined"]
"""Why an item was not read."""

PAGE_LIMIT = 2_000_000
"""Characters of a page's markup that the gate looks at; a page above it is a dump of something else."""

LANGUAGE_HEAD = 3_000
"""Characters by which a language is told before anything is cleaned."""

FEWEST = 200
"""Characters below which a page's main content is taken to be missed, and all of its text looked at."""

SHOWN = 120
"""Characters of an item that the list of what was let go repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What sifting made of an item: a document to read, or why there is none."""

    name: str
    reason: Reason | None = None
    detail: str = ""
    """For one who looks through what was let go: its first words, or what was wrong."""
    score: float | None = None
    opened: Opened | None = None
    mark: Print | None = None
    """What near copies are told by; None where nothing is to be read."""


def sift(item: ArchiveItem, gate: Gate | None) -> Sifted:
    """Decide whether an item is to be read.

    A page is first stripped by the fast extractor and looked at by the gate; only what passes is
    cleaned as ``read`` cleans it, which costs ten times as much.

    Args:
        item: As it stands in the archive.
        gate: What lets items pass; None to let all of them.
    """
    if item.error is not None:
        return Sifted(name=item.name, reason="unreadable", detail=item.error)
    try:
        return _sift(item, gate)
    except CounterclaimError as error:
        if isinstance(error, ExtraError):
            raise
        return Sifted(name=item.name, reason="unreadable", detail=str(error))


def _sift(item: ArchiveItem, gate: Gate | None) -> Sifted:
    opening: Callable[[ArchiveItem], Opened]
    kind = "text" if item.text is not None else kind_of(item.name, item.data, item.media_type)
    if item.text is not None:
        glimpse, opening = item.text, _open_text
    elif kind == "markup" or item.media_type in PAGE_TYPES:
        glimpse, opening = strip_page(item), _open_page
    elif kind == "pdf":
        opened = _open_page(item)
        glimpse, opening = opened.document.text, lambda _: opened
    else:
        glimpse, opening = decode(item.name, item.data, said=item.charset)[0], _open_page
    return _judge(item, glimpse, opening, gate)


def _judge(
    item: ArchiveItem, glimpse: str, opening: Callable[[ArchiveItem], Opened], gate: Gate | None
) -> Sifted:
    shown = " ".join(glimpse[: 4 * SHOWN].split())[:SHOWN]
    score = None
    if gate is not None:
        if not is_english(glimpse[:LANGUAGE_HEAD]):
            return Sifted(name=item.name, reason="not English", detail=shown)
        score = round(gate.score(glimpse), 3)
        if score < gate.threshold:
            return Sifted(name=item.name, reason="not of war", detail=shown, score=score)
    opened = opening(item)
    opened = opened._replace(document=replace(opened.document, name=item.name))
    mark = take_print(opened.document.text)
    return Sifted(name=item.name, score=score, opened=opened, mark=mark)


def strip_page(item: ArchiveItem) -> str:
    """Return a page's words by the fast extractor, its title before them."""
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError("resiliparse") from error
    markup, _ = decode(item.name, item.data, said=item.charset, is_markup=True)
    tree: Any = HTMLTree.parse(markup[:PAGE_LIMIT])
    words: str = extract_plain_text(tree, main_content=True)
    if len(words) < FEWEST:
        words = extract_plain_text(tree)
    return f"{tree.title}\n{words}"


def _open_text(item: ArchiveItem) -> Opened:
    return open_document(
        item.name, text=item.text, published=item.published, outlet=item.outlet, title=item.title
    )


def _open_page(item: ArchiveItem) -> Opened:
    address = item.name if "://" in item.name else None
    raw = Raw(item.name, item.data, address, item.media_type, item.charset)
    opened = open_bytes(raw, item.name, published=item.published, outlet=item.outlet)
    if item.title is None:
        return opened
    return opened._replace(document=replace(opened.document, title=item.title))
