"""Read annotated articles and cut them into paragraphs.

An article with attributions is one JSON line: `{"doc_id", "text", "attributions": [{"source", "cue",
"content"}]}`, every role a list of half-open character spans of `text`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated attribution; spans are characters of its paragraph, half-open."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article with the attributions whose cue stands in it."""

    doc_id: str
    start: int
    """Where the paragraph begins in the article, in characters."""
    text: str
    attributions: tuple[GoldAttribution, ...]


def split_paragraphs(text: str) -> list[Span]:
    """Return the spans of the lines of a text that are not blank."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def read_rows(path: Path) -> Iterator[dict]:
    """Read the objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _clip(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """Return the parts of spans inside a paragraph, counted from its start."""
    start, end = within
    clipped = ((max(s, start) - start, min(e, end) - start) for s, e in spans)
    return tuple(sorted((s, e) for s, e in clipped if s < e))


def read_paragraphs(path: Path) -> list[Paragraph]:
    """Read every paragraph of every article.

    Parts of a source or content outside the cue's paragraph are left out (0.8 % of
    contents in PolNeAR): the model reads a paragraph at a time.
    """
    paragraphs = []
    for row in read_rows(path):
        text = row["text"]
        for within in split_paragraphs(text):
            attributions = []
            for raw in row["attributions"]:
                cue = _clip(raw["cue"], within)
                if cue:
                    attributions.append(GoldAttribution(cue, _clip(raw["source"], within), _clip(raw["content"], within)))
            attributions.sort(key=lambda attribution: attribution.cue)
            paragraphs.append(Paragraph(row["doc_id"], within[0], text[slice(*within)], tuple(attributions)))
    return paragraphs
