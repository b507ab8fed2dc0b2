"""Text of a PDF, page by page."""

import logging
from collections.abc import Iterator
from io import BytesIO

from counterclaim.ingest.errors import PdfError, SourceError, TooLargeError
from counterclaim.ingest.files import TEXT_LIMIT

MOST_PAGES = 300
"""A report is shorter; a longer file is a book, and takes minutes to extract."""

FEWEST_LETTERS = 20
"""Letters in the whole file under which it is a scan: page numbers and a stamp."""


def read_pdf(name: str, data: bytes) -> str:
    """Give the text of a PDF, its pages one under the other.

    Words are left as the lines break them: a hyphen at a line's end may be the word's own
    (``cease-fire``), and nothing in the file tells which.

    Args:
        name: For messages.
        data: The file.

    Raises:
        PdfError: If it is locked, damaged, or holds pictures of text only.
        TooLargeError: If it has too many pages or too much text.
    """
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    try:
        text = "\n".join(_pages(name, data))
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


def _pages(name: str, data: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - lazily, for start-up time

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfError(name, "is locked with a password", "save a copy without it")
    if len(reader.pages) > MOST_PAGES:
        raise TooLargeError(name, "the PDF", MOST_PAGES, "pages")
    taken = 0
    for page in reader.pages:
        words = page.extract_text().strip("\n")
        taken += len(words)
        if taken > TEXT_LIMIT:
            raise TooLargeError(name, "the text", TEXT_LIMIT, "characters")
        if words.strip():
            yield words
