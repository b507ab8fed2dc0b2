"""Text of a PDF, page by page."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from counterclaim.ingest.errors import PdfError, SourceError, TooLargeError
from counterclaim.ingest.files import TEXT_LIMIT
from counterclaim.ingest.layout import PageLayout, Piece, lay_out

if TYPE_CHECKING:
    from pypdf import PageObject

Matrix = Sequence[float]

MOST_PAGES = 300
"""A report is shorter; a longer file is a book, and takes minutes to extract."""

FEWEST_LETTERS = 20
"""Letters in the whole file under which it is a scan: page numbers and a stamp."""


LEAN = 0.01
"""Of a line that is set askew: its page is left as the file has it."""

MOST_PIECES = 20_000
"""Pieces of a page: a drawing made of letters has more."""


def read_pdf(name: str, data: bytes) -> str:
    """Return the text of a PDF, its pages one under the other.

    Lines stand in reading order (``layout``). Words are left as the lines break them: a hyphen at a line's end may be
    the word's own (``cease-fire``), and nothing in the file tells which.

    Args:
        name: For messages.
        data: The file.

    Raises:
        PdfError: If it is locked, damaged, or holds pictures of text only.
        TooLargeError: If it has too many pages or too much text.
    """
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        text = "\n".join(page for page in _pages(name, data) if page.strip())
    except SourceError:
        raise
    except Exception as error:
        # pypdf raises whatever a damaged file leads it into: KeyError, RecursionError, its own.
        why = f"is damaged ({type(error).__name__})"
        raise PdfError(name, why, "open it and save it again, or paste the text") from error
    if sum(c.isalpha() for c in text) < FEWEST_LETTERS:
        why = "holds no text, only pictures of it"
        raise PdfError(name, why, "run text recognition on it first")
    return text


def _pages(name: str, data: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - lazily, for start-up time

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfError(name, "is locked with a password", "save a copy without it")
    if len(reader.pages) > MOST_PAGES:
        raise TooLargeError(name, "the PDF", MOST_PAGES, "pages")
    taken = 0
    plain: list[str] = []
    sheets: list[PageLayout | None] = []
    for page in reader.pages:
        words, sheet = _sheet(page)
        taken += len(words)
        if taken > TEXT_LIMIT:
            raise TooLargeError(name, "the text", TEXT_LIMIT, "characters")
        plain.append(words)
        sheets.append(sheet)
    laid = iter(lay_out([sheet for sheet in sheets if sheet is not None]))
    return [
        words if sheet is None else next(laid) for words, sheet in zip(plain, sheets, strict=True)
    ]


def _sheet(page: "PageObject") -> tuple[str, PageLayout | None]:
    """Return a page's words as the file has them, and where they stand; None where that is not told for all."""
    pieces: list[Piece] = []
    is_upright = True

    def visit(words: str, outer: Matrix, inner: Matrix, _font: object, size: float) -> None:
        nonlocal is_upright
        if not words.strip():
            return
        is_upright = is_upright and abs(inner[1]) < LEAN and abs(outer[1]) < LEAN
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        letter = abs(size * inner[3] * outer[3]) or 1.0
        pieces.append(Piece(x, y, letter, words.strip("\n")))

    words = page.extract_text(visitor_text=visit).strip("\n")
    box = page.mediabox
    if not (
        is_upright and _same(pieces, words) and not page.rotation and len(pieces) <= MOST_PIECES
    ):
        return words, None
    if any("\n" in piece.words for piece in pieces):
        return words, None
    low = float(box.bottom)
    placed = tuple(replace(piece, y=piece.y - low) for piece in pieces)
    return words, PageLayout(placed, float(box.height), float(box.width))


def _same(pieces: Sequence[Piece], words: str) -> bool:
    """Return whether the pieces hold every letter of a page, and no other."""
    letters = Counter(c for piece in pieces for c in piece.words if not c.isspace())
    return letters == Counter(c for c in words if not c.isspace())
