"""The article of a page: main text, readers' thread apart, title, outlet, author, date."""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from counterclaim.ingest.errors import MarkupError, TooLargeError
from counterclaim.ingest.mainpart import (
    clear_page,
    needs_own_reading,
    own_reading,
    plain,
    title_of,
    without_repeats,
)
from counterclaim.ingest.publication import dateline_day, day_ahead, stated_days
from counterclaim.ingest.tidy import drop_unseen
from counterclaim.records.problem import Problem
from counterclaim.records.text import DateBasis, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

MARKUP_LIMIT = 10 * 1024 * 1024
"""Characters of markup; as for a page fetched."""

MOST_TAGS = 40_000
"""Tags. The heaviest news page seen has 15,000; extraction takes up to 20 s for 40,000, and four
times as long for twice as many."""

DEEPEST = 1_000
"""Tags open at once. Pages nest 20-60 deep; parsers and extraction go down by recursion."""

MOST_COMMENTS = 20_000
"""Comments and declarations (``<!…``, ``<?…``). A news page has under 200."""

MOST_ATTRIBUTES = 1_000
"""Attributes of one tag. A news page has up to 40; parsers take quadratic time over them."""

LONG_TAG = 2 * MOST_ATTRIBUTES
"""Characters under which a tag cannot have so many."""

QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")

MOST_CELLS = 6_000
"""Cells of tables. A table of losses has some hundreds; extraction takes quadratic time."""

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,40})([^<>]*)>")
"""A tag. What stands inside it holds no further angle, so that the scan is linear."""

OPENING = re.compile(r"<[a-zA-Z/]")
"""How a tag begins, closed or not: parsers make an element of each."""

_VOID = "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option"
VOID = frozenset(_VOID.split())
"""Tags that need no closing one, and so open nothing for the count of depth."""

CELLS = frozenset({"td", "th"})

ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")

THREAD_GAP = "\n\n"
"""What stands between the article and the readers' thread in the text."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds of its report."""

    text: str
    thread: Span | None
    """Where the readers' thread stands in the text, when the page's markup sets one apart."""
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    published_basis: DateBasis | None
    problems: tuple[Problem, ...] = ()


def read_markup(name: str, markup: str, *, address: str | None = None) -> Article:
    """Take the article out of a page.

    Args:
        name: For messages.
        markup: HTML, decoded.
        address: Where the page stands; a date in it is used when the markup has none.

    Raises:
        MarkupError: If the page nests too deep, declares entities, or holds no article.
        TooLargeError: If it has too much markup.
    """
    _guard(name, markup)
    page = _parse(name, markup)
    title = title_of(page)
    published, basis, problems = _date(page, markup, address)
    clear_page(page)
    extracted = _extract(name, plain(page), address)
    text = drop_unseen((extracted.text if extracted is not None else None) or "").strip("\n")
    own = own_reading(page)
    if needs_own_reading(text, own):
        text = drop_unseen(own).strip("\n")
    text = without_repeats(text)
    if not any(letter.isalpha() for letter in text):
        raise MarkupError(name, "it holds no main text")
    if published is not None and basis == "markup":
        published = dateline_day(text, published) or published
    thread = None
    comments = drop_unseen((extracted.comments if extracted is not None else None) or "").strip(
        "\n"
    )
    if comments.strip():
        start = len(text) + len(THREAD_GAP)
        text = f"{text}{THREAD_GAP}{comments}"
        thread = Span(start, len(text))
    return Article(
        text=text,
        thread=thread,
        title=title or (extracted.title or None if extracted is not None else None),
        outlet=extracted.sitename or None if extracted is not None else None,
        author=extracted.author or None if extracted is not None else None,
        published=published,
        published_basis=basis,
        problems=problems,
    )


def _parse(name: str, markup: str) -> "HtmlElement":
    from lxml.html import document_fromstring  # noqa: PLC0415 - lazily, for start-up time

    try:
        return document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup))
    except Exception as error:
        # lxml raises whatever a broken page leads it into.
        raise MarkupError(name, "it holds no main text") from error


def _guard(name: str, markup: str) -> None:
    if len(markup) > MARKUP_LIMIT:
        raise TooLargeError(name, "the page", MARKUP_LIMIT, "characters")
    if re.search(r"<!ENTITY", markup, re.IGNORECASE):
        raise MarkupError(name, "it declares entities of its own")
    open_tags = cells = 0
    for found in TAG.finditer(markup):
        closing, tag, inside = found.groups()
        tag = tag.lower()
        cells += not closing and tag in CELLS
        if cells > MOST_CELLS:
            raise TooLargeError(name, "the page", MOST_CELLS, "cells of tables")
        if len(inside) > LONG_TAG and len(QUOTED.sub("", inside).split()) > MOST_ATTRIBUTES:
            raise TooLargeError(name, "a tag", MOST_ATTRIBUTES, "attributes")
        if inside.endswith("/") or tag in VOID:
            continue
        open_tags = max(0, open_tags - 1) if closing else open_tags + 1
        if open_tags > DEEPEST:
            raise MarkupError(name, f"it nests more than {DEEPEST} tags deep")
    _guard_sizes(name, markup)


def _guard_sizes(name: str, markup: str) -> None:
    if sum(1 for _ in OPENING.finditer(markup)) > MOST_TAGS:
        raise TooLargeError(name, "the page", MOST_TAGS, "tags")
    if markup.count("<!") + markup.count("<?") > MOST_COMMENTS:
        raise TooLargeError(name, "the page", MOST_COMMENTS, "comments")


def _extract(name: str, markup: str, address: str | None) -> "Extracted | None":
    from trafilatura import bare_extraction  # noqa: PLC0415 - lazily, for start-up time

    for logger in ("trafilatura", "htmldate"):
        logging.getLogger(logger).addHandler(logging.NullHandler())
    try:
        return bare_extraction(
            markup,
            url=address,
            include_comments=True,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        # lxml and the extraction raise whatever a broken page leads them into.
        raise MarkupError(name, type(error).__name__) from error


def _date(
    page: "HtmlElement", markup: str, address: str | None
) -> tuple[date | None, DateBasis | None, tuple[Problem, ...]]:
    """Find the day of publication in the markup, else in the address; never guess from the text.

    What the page states in so many words goes before what a library makes of it; the day is that of the stated zone.
    """
    from htmldate import find_date  # noqa: PLC0415 - lazily, for start-up time

    told = date_of_address(address or "")
    linked = next(
        (
            day
            for href in page.xpath("//link[@rel='canonical']/@href")
            if (day := date_of_address(href))
        ),
        None,
    )
    stated = stated_days(page)
    if stated:
        days = {*stated, *(day for day in (told, linked) if day is not None)}
        return stated[0], "markup", _conflict(stated[0], days)
    ahead = _ahead(day_ahead(page))
    found = find_date(markup, extensive_search=False, original_date=True)
    if found:
        return date.fromisoformat(found), "markup", ahead
    return told, "address" if told else None, ahead


def _ahead(day: date | None) -> tuple[Problem, ...]:
    """Tell of a stated day that is yet to come, which is not taken."""
    if day is None:
        return ()
    message = (
        f"the page gives {day.isoformat()} as its day of publication, which is yet to come, so it was not taken: "
        f"pass --published {day.isoformat()} if it is right"
    )
    return (Problem("date-ahead", message),)


def _conflict(taken: date, days: set[date]) -> tuple[Problem, ...]:
    """Tell of other days that are more than a zone away."""
    others = sorted(day for day in days if abs((day - taken).days) > 1)
    if not others:
        return ()
    message = (
        f"the page gives {taken.isoformat()} as its day of publication, and also "
        f"{', '.join(day.isoformat() for day in others)}; the first was taken: "
        "pass --published YYYY-MM-DD if another is right"
    )
    return (Problem("date-conflict", message),)


def date_of_address(address: str) -> date | None:
    """Read the day in an address such as ``/2019/05/03/truce``."""
    found = ADDRESS_DATE.search(address)
    if found is None:
        return None
    try:
        told = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return told if told <= datetime.now(UTC).date() + timedelta(days=1) else None
