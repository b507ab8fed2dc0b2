"""Request parameters: how the words of an address become what a view is asked for."""

from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from counterclaim.errors import CounterclaimError
from counterclaim.ledger import Ledger
from counterclaim.records.project import EVERY
from counterclaim.records.query import Clock, Known
from counterclaim.serve.lru_cache import LruCache

ROWS = 50
"""Rows of a page."""

LONGEST_WORDS = 300
"""Characters of one parameter that are taken; nobody's name or search is longer."""

LONGEST_CURSOR = 9
"""Digits of the largest row number that every database takes."""

CLOCKS = {"published": "published by then", "recorded": "in this ledger by then"}

Words = Annotated[str, Query(max_length=LONGEST_WORDS)]
"""A parameter of an address."""


class AskingError(CounterclaimError):
    """An address asks for something that cannot be."""


def read_day(name: str, words: str | None) -> date | None:
    """Read a day from an address; empty means none.

    Raises:
        AskingError: If the words are no day.
    """
    if not words:
        return None
    try:
        return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        msg = f"{name} {words[:40]!r} is not a day: write it as 2020-10-14"
        raise AskingError(msg) from error


def read_month(name: str, words: str) -> str:
    """Read a month from an address; empty means none.

    Raises:
        AskingError: If the words are no month.
    """
    day = f"{words}-01"
    with suppress(ValueError):
        if not words or date.fromisoformat(day).isoformat() == day:
            return words
    msg = f"{name} {words[:40]!r} is not a month: write it as 2020-10"
    raise AskingError(msg)


def read_flag(name: str, words: str) -> bool:
    """Read a choice of an address that is made or not.

    Raises:
        AskingError: If the words are neither.
    """
    if words not in {"", "no", "yes"}:
        msg = f"{name} {words[:40]!r} is unknown: choose one of yes, no"
        raise AskingError(msg)
    return words == "yes"


def ask_ledger(request: Request) -> Ledger:
    """Return the ledger that is served."""
    return cast("Ledger", request.app.state.ledger)


def ask_shelf(request: Request) -> LruCache:
    """Return the shelf of things made for this ledger."""
    return cast("LruCache", request.app.state.shelf)


def ask_project(
    request: Request,
    project: Annotated[
        str,
        Query(
            max_length=LONGEST_WORDS,
            description="Of one project alone: its id; `all` for all. Without it, that which the workbench was opened on.",
        ),
    ] = "",
) -> str | None:
    """Read which project is meant: None for all.

    Raises:
        UnknownProjectError: If there is none of the name.
    """
    chosen = project or request.app.state.settings.project or EVERY
    if chosen == EVERY:
        return None
    ask_ledger(request).projects.check(chosen)
    return chosen


ProjectAsked = Annotated[str | None, Depends(ask_project)]


def ask_known(project: ProjectAsked, known_on: Words = "", clock: Words = "published") -> Known:
    """Read which knowledge is meant: ``known_on`` a day, ``clock`` published or recorded, of which project."""
    if clock not in CLOCKS:
        msg = f"clock {clock!r} is unknown: choose one of {', '.join(CLOCKS)}"
        raise AskingError(msg)
    return Known(read_day("known_on", known_on), cast("Clock", clock), project)


def ask_after(after: Words = "") -> str | None:
    """Read where a page begins: a cursor as the page before gave it."""
    if after and not (after.isascii() and after.isdecimal() and len(after) <= LONGEST_CURSOR):
        msg = f"after {after[:40]!r} is no valid page cursor: begin again without it"
        raise AskingError(msg)
    return after or None


def link(path: str, **asked: object) -> str:
    """Write an address with what is asked; empty parameters are left out."""
    given = {name: str(value) for name, value in asked.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given)}" if given else path


def url_with(request: Request, **changed: Any) -> str:
    """Write the address of the page itself, with some parameters changed."""
    given: dict[str, object] = dict(request.query_params) | changed
    return link(request.scope["path"], **given)


ShelfAsked = Annotated[LruCache, Depends(ask_shelf)]
LedgerAsked = Annotated[Ledger, Depends(ask_ledger)]
KnownAsked = Annotated[Known, Depends(ask_known)]
AfterAsked = Annotated[str | None, Depends(ask_after)]
