"""Quotations: where marks open and close, passage by passage, whatever the marks.

An odd mark never spoils more than its own passage. Shapes accepted:

  1. curly double, angle and low marks     “a” «a» „a“ „a”
  2. straight double marks                 "a"
  3. single marks, where no double ones    ‘a’, 'a'
  4. quotations over several passages: opened anew in each, closed in the last
  5. a mark never closed: it runs to the end of its passage
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from counterclaim.records.text import Document, Passage, Span

_OPENING = frozenset("“«„‟")
_CLOSING = frozenset("”»")
SPEECH_WORDS = 6
"""A quotation of at least this many words is speech; a shorter one may be a term or a title."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: its span with the marks."""

    span: Span
    passage: int
    is_closed: bool
    is_speech: bool
    """Whether it reads as somebody's words, not as a term held at arm's length."""
    continues: bool = False
    """Whether the next passage goes on with it."""

    @property
    def inner(self) -> Span:
        """The words without the marks."""
        end = self.span.end - 1 if self.is_closed else self.span.end
        return Span(
            min(self.span.start + 1, end),
            max(self.span.start + 1, end) if end > self.span.start else end,
        )


def find_quotes(document: Document, passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Find the quotations of a document, in order, without overlaps."""
    found: list[Quote] = []
    for passage in passages:
        found.extend(_in_passage(document.text, passage))
    return tuple(_joined(found))


def _joined(quotes: list[Quote]) -> Iterator[Quote]:
    """Mark an unclosed quotation as going on when the next passage opens with a mark."""
    for quote, following in zip_longest(quotes, quotes[1:]):
        goes_on = (
            not quote.is_closed and following is not None and following.passage == quote.passage + 1
        )
        yield Quote(quote.span, quote.passage, quote.is_closed, quote.is_speech or goes_on, goes_on)


def _in_passage(text: str, passage: Passage) -> Iterator[Quote]:
    start, end = passage.span.start, passage.span.end
    block = text[start:end]
    if any(mark in block for mark in '“”"«»„'):
        pairs = _double_pairs(text, start, end)
    else:
        pairs = _single_pairs(text, start, end)
    for first, last in pairs:
        is_closed = last is not None
        stop = last + 1 if last is not None else end
        yield Quote(Span(first, stop), passage.index, is_closed, _is_speech(text[first:stop]))


def _double_pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    opened: int | None = None
    for at in range(start, end):
        mark = text[at]
        if mark == "“" and opened is not None and text[opened] == "„":
            yield opened, at
            opened = None
        elif mark in _OPENING or (
            mark == '"' and opened is None and _may_open(text, at, start, end)
        ):
            if opened is None:
                opened = at
        elif (mark in _CLOSING or mark == '"') and opened is not None:
            yield opened, at
            opened = None
    if opened is not None:
        yield opened, None


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not after.isspace() and (before.isspace() or before in "([—–-/:,'‘“")


def _single_pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    """Pair single marks, leaving apostrophes alone: an opener follows a space, a closer ends a word."""
    opened: int | None = None
    for at in range(start, end):
        if text[at] not in "‘’'":
            continue
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if (
            opened is None
            and text[at] in "‘'"
            and before.isspace()
            and (after.isalpha() or after == "[")
        ):
            opened = at
        elif (
            opened is not None
            and text[at] in "’'"
            and not before.isspace()
            and not after.isalnum()
            # "the soldiers' camp": a plural possessive closes nothing unless a stop or comma is by.
            and (before in ".,!?" or after in ".,;:!?)" or not _later_closer(text, at + 1, end))
        ):
            yield opened, at
            opened = None


def _later_closer(text: str, start: int, end: int) -> bool:
    return any(
        text[at] in "’'" and text[at - 1] in ".,!?" for at in range(start, min(end, start + 400))
    )


def _is_speech(quoted: str) -> bool:
    words = quoted.split()
    inner = quoted.strip("“”\"«»„‘’' ")
    return (
        len(words) >= SPEECH_WORDS
        or inner[-1:] in {",", ".", "!", "?"}
        or quoted[-2:-1] in {",", ".", "!", "?"}
    )
