"""The door: a source of any kind becomes a Document."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from counterclaim.ingest.charset import clean_field, clean_pasted, decode
from counterclaim.ingest.errors import WrongLanguageError
from counterclaim.ingest.files import check_text, kind_of, read_source
from counterclaim.ingest.language import is_english
from counterclaim.ingest.publication import day_in_head, day_of_dateline
from counterclaim.ingest.tidy import tidy
from counterclaim.ingest.url_safety import is_web_address
from counterclaim.records.problem import Problem
from counterclaim.records.text import DateBasis, Document, Span

if TYPE_CHECKING:
    from counterclaim.ingest.fetch import Fetcher


class Opened(NamedTuple):
    """A source taken in."""

    document: Document
    problems: tuple[Problem, ...]
    thread: Span | None
    """Where the page's markup sets its readers' thread apart, in characters of the text."""


_OF_DATES = frozenset({"no-date", "no-day", "date-of-dateline"})
"""Problems about the day of publication that what a person knows of it does away with."""


class KnownOfSource(NamedTuple):
    """What a person knows of a report, whatever it says itself."""

    published: date | None = None
    basis: DateBasis = "given"
    outlet: str | None = None
    title: str | None = None


class Raw(NamedTuple):
    """Bytes of a source, and what is known about them."""

    name: str
    data: bytes
    address: str | None = None
    media_type: str = ""
    charset: str | None = None


def open_document(
    source: str = "pasted",
    *,
    text: str | None = None,
    published: date | None = None,
    published_basis: DateBasis = "given",
    outlet: str | None = None,
    title: str | None = None,
    fetch: "Fetcher | None" = None,
    any_language: bool = False,
    stdin: BinaryIO | None = None,
) -> Opened:
    """Take in one report.

    Accepts:
      1. text given by the caller; ``source`` is then only its name
      2. ``-``: standard input
      3. a path: text, Markdown, HTML or PDF, told by content first and by name second
      4. an http or https address, fetched under guard (``pages.py``)

    Args:
        source: Where the report stands.
        text: The report itself.
        published: Its day of publication; overrides what the page says.
        published_basis: ``month`` or ``year`` where ``published`` is the last day of one.
        outlet: Who published it; overrides what the page says.
        title: Its title; overrides what the page says.
        fetch: Fetches a page; a new guarded fetcher when None. Pass one from ``make_fetcher`` to
            ask a site for its robots file only once.
        any_language: Read on though the text is not English.
        stdin: Stands in for standard input.

    Returns:
        The document, its problems, and the place of a readers' thread that markup set apart.

    Raises:
        SourceError: If there is nothing that can be read. The message is one line and says what to
            do.

    Problems:
        no-date: Nobody said when the report was published.
        date-of-dateline: Nobody said it, and the report's own dateline was taken.
        charset-guessed: The text says no charset and is not UTF-8.
        broken-characters: Some places could not be decoded.
        mended-encoding: Garbled signs were turned back into what they stood for.
        date-conflict: A page gives two days of publication.
    """
    if text is not None:
        words, problems = clean_pasted(source, text)
        words, mended = tidy(words)
        opened = Opened(Document(text=words, name=source), (*problems, *mended), None)
    else:
        opened = _read(take_raw(source, fetch, stdin), source)
    known = KnownOfSource(published, published_basis, outlet, title)
    return _finish(opened, source, known, any_language=any_language)


def open_bytes(
    raw: Raw, source: str, *, published: date | None = None, outlet: str | None = None
) -> Opened:
    """Take in one report whose bytes are at hand: a record of an archive.

    Args:
        raw: The bytes, and what is known about them.
        source: For messages.
        published: Its day of publication; overrides what the page says.
        outlet: Who published it; overrides what the page says.

    Raises:
        SourceError: If there is nothing that can be read.
    """
    known = KnownOfSource(published, "given", outlet)
    return _finish(_read(raw, source), source, known, any_language=False)


def _finish(
    opened: Opened,
    source: str,
    known: "KnownOfSource",
    *,
    any_language: bool,
) -> Opened:
    """Check the text, and put what the caller knows over what the page says."""
    document = opened.document
    check_text(source, document.text)
    if not any_language and not is_english(document.text):
        raise WrongLanguageError(source)
    document = replace(
        document,
        name=clean_field(document.name) or "unnamed",
        author=clean_field(document.author),
        title=clean_field(document.title),
        outlet=clean_field(document.outlet),
    )
    return put_known(Opened(document, opened.problems, opened.thread), known)


def put_known(opened: Opened, known: "KnownOfSource") -> Opened:
    """Return what was taken in with what a person knows of it put over what it says itself."""
    document = opened.document
    document = replace(
        document,
        title=clean_field(known.title) or document.title,
        outlet=clean_field(known.outlet) or document.outlet,
        published=known.published or document.published,
        published_basis=known.basis if known.published else document.published_basis,
    )
    others = tuple(item for item in opened.problems if item.code not in _OF_DATES)
    written = None if document.published else day_of_dateline(document.text)
    if written is not None:
        document = replace(document, published=written, published_basis="dateline")
    return Opened(document, (*others, *_undated(document)), opened.thread)


def take_raw(source: str, fetch: "Fetcher | None" = None, stdin: BinaryIO | None = None) -> Raw:
    """Take the bytes of a source, and read nothing in them.

    Args:
        source: A path, an address or ``-``.
        fetch: Fetches a page; a new guarded fetcher when None.
        stdin: Stands in for standard input.

    Raises:
        SourceError: If it cannot be had.
    """
    if not is_web_address(source):
        return Raw(*read_source(source, stdin=stdin))
    if fetch is None:
        from counterclaim.ingest.fetch import make_fetcher  # noqa: PLC0415 - for start-up time

        fetch = make_fetcher()
    page = fetch(source)
    return Raw(page.address, page.body, page.address, page.media_type, page.charset)


def _read(raw: Raw, source: str) -> Opened:
    """Turn bytes into a document, by their kind."""
    kind = kind_of(source if raw.address is None else raw.address, raw.data, raw.media_type)
    if kind == "pdf":
        from counterclaim.ingest.pdf import read_pdf  # noqa: PLC0415 - for start-up time

        text, mended = tidy(read_pdf(source, raw.data))
        return Opened(Document(text=text, name=raw.name), mended, None)
    text, problems = decode(source, raw.data, said=raw.charset, is_markup=kind == "markup")
    if kind == "text":
        text, mended = tidy(text)
        return Opened(Document(text=text, name=raw.name), (*problems, *mended), None)
    from counterclaim.ingest.html_page import read_markup  # noqa: PLC0415 - for start-up time

    article = read_markup(source, text, address=raw.address)
    document = Document(
        text=article.text,
        name=raw.name,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        published=article.published,
        published_basis=article.published_basis,
    )
    return Opened(document, (*problems, *article.problems), article.thread)


def _undated(document: Document) -> tuple[Problem, ...]:
    if document.published_basis in {"month", "year"}:
        words = (
            f"only the {document.published_basis} of publication is known, so days such as “Wednesday” stay relative; "
            "pass --published YYYY-MM-DD if you know the day"
        )
        return (Problem("no-day", words),)
    if document.published is not None and document.published_basis == "dateline":
        words = (
            f"the day of publication, {document.published.isoformat()}, is that of the report's own dateline; "
            "pass --published YYYY-MM-DD if another is right"
        )
        return (Problem("date-of-dateline", words),)
    if document.published is not None:
        return ()
    named = day_in_head(document.text)
    message = (
        "nobody says when the report was published, so days such as “Wednesday” stay relative; "
        "pass --published YYYY-MM-DD"
    )
    if named is not None:
        message += f" (its first lines name {named.isoformat()}: is that the day?)"
    return (Problem("no-date", message),)
