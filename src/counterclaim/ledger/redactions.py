"""Redactions: what stands where words were taken out. Each is as long as the words, so that every offset holds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from counterclaim.records.text import Span
from counterclaim.records.time import Time

Record = TypeVar("Record")
Cut = Callable[[str], str]
"""Gives words of the same length, with stones for what is taken out."""

STONE = "█"

IDS = re.compile(r"[a-z]-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}")
"""Ids and days: they say nothing in words, and rows are joined by them."""

KEPT = frozenset({"code", "room", "rule", "cue_entry"})
"""Fields that hold the program's own words."""

SHORTEST = 12
"""Characters of the shortest words of several that are known again as a report's own."""

_QUOTED = re.compile("“([^”]+)”")


def cut_all(words: str) -> str:
    """Take all words out; the spaces stay.

    Example:
        >>> cut_all("Two died.")
        '███ █████'
    """
    return re.sub(r"\S", STONE, words)


def cut_words(wanted: Sequence[str]) -> Cut:
    """Make what takes some words out, in capitals or not, whatever stands between them.

    A name is met whole: inside a longer word it is left. Near misses: ``Ann`` in ``Annan``, ``Roe`` in ``Roer``.

    Args:
        wanted: One or more, each of one word or several.

    Example:
        >>> cut_words(["Jane Roe"])("JANE  ROE's house, jane-roe.html, Jane Roer")
        "████  ███'s house, ████-███.html, Jane Roer"
    """
    between = r"(?:%20|[\W_])+"
    forms = [between.join(map(re.escape, re.findall(r"[^\W_]+", item))) for item in wanted]
    any_form = "|".join(sorted(filter(None, forms), key=len, reverse=True))
    found = re.compile(rf"(?<![^\W_])(?:{any_form})(?![^\W_])", re.IGNORECASE)

    def cut(words: str) -> str:
        return found.sub(lambda match: _stones(match[0]), words) if any_form else words

    return cut


def _stones(words: str) -> str:
    return "".join(
        part if part == "%20" else re.sub(r"[^\W_]", STONE, part)
        for part in re.split("(%20)", words)
    )


def cut_quotes_of(text: str, names: Cut) -> Cut:
    """Make what takes a report's own words out of what is told of several reports: quotes, and names that it alone has.

    Args:
        text: The report's.
        names: Takes the names out.
    """
    flat = " ".join(text.split())

    def own(words: str) -> bool:
        found = " ".join(words.split())
        return len(found) >= SHORTEST and " " in found and found in flat

    def cut(words: str) -> str:
        if own(words):
            return cut_all(words)
        told = _QUOTED.sub(
            lambda match: f"“{cut_all(match[1])}”" if match[1] in flat else match[0], words
        )
        return names(told)

    return cut


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is taken out of what."""

    own: Cut
    """Out of the document and what was read in it."""
    shared: Cut
    """Out of what is told of several reports: incidents and findings."""
    is_whole: bool
    before: str
    """The document's text."""
    since: str
    """The same with the words taken out."""


def cut_record(record: Record, cut: Cut, before: str, since: str) -> Record:
    """Take words out of a record: out of every field that holds words from outside.

    Closed vocabularies, ids, days, times and numbers stay as they are. Words that stand beside their span are what the text
    says there since: a span may end within a name.

    Args:
        record: Any; itself is given back where nothing is taken out.
        cut: Takes the words out.
        before: The document's text.
        since: The same with the words taken out.
    """

    def walk(value: Any, hint: Any) -> Any:
        match value:
            case str():
                return value if _is_kept(value, hint) else _same_or(value, cut(value))
            case tuple():
                items = get_args(hint) if get_origin(hint) is tuple else ()
                parts = tuple(walk(item, items[0] if items else None) for item in value)
                same = all(new is old for new, old in zip(parts, value, strict=True))
                return value if same else parts
            case Time():
                return value
        return _walked(value) if is_dataclass(value) and not isinstance(value, type) else value

    def _walked(value: Any) -> Any:
        hints, span = _hints(type(value)), getattr(value, "span", None)  # type: ignore[arg-type]  # classes are hashable
        changed = {}
        for item in fields(value):
            held = getattr(value, item.name)
            if item.name in KEPT:
                continue
            if isinstance(span, Span) and held and held == before[span.start : span.end]:
                made = _same_or(held, since[span.start : span.end])
            else:
                made = walk(held, hints[item.name])
            if made is not held:
                changed[item.name] = made
        return replace(value, **changed) if changed else value

    found: Record = walk(record, None)
    return found


def _same_or(words: str, made: str) -> str:
    return words if made == words else made


def _is_kept(words: str, hint: Any) -> bool:
    return (hint is not None and _is_closed(hint)) or IDS.fullmatch(words) is not None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_closed(hint: Any) -> bool:
    """Return whether a field holds words of a closed vocabulary."""
    return get_origin(hint) is Literal or any(_is_closed(item) for item in get_args(hint))
