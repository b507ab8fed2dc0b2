"""Layout: the lines of a PDF's page in the order in which they are read, from where their words stand.

Running heads and feet are no part of a report; two columns are read one after the other; a table's rows are written
with strokes between their cells, as a page's tables are. Where the places tell nothing sure, the words are left in the
order in which the file has them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MARGIN = 0.075
"""Share of a page's height at its head and foot in which running lines stand."""

EM = 0.5
"""Width of a letter as a share of its size: between narrow and broad faces, to tell a gap from a blank."""

GAP = 0.6
"""Blank before a piece, in letters' sizes, from which on it is a cell of its own; between words stands about 0.3."""

ROW = 0.45
"""Share of a letter's size by which pieces of one line may stand higher or lower."""

LONGEST_CELL = 40
"""Characters of a table's cell; columns of prose are wider."""

FEWEST_ROWS = 3
"""Lines of a table, its heads among them."""

CROSSING = 3
"""Letters by which a line must go over the gutter to be one of both columns: widths are estimates."""

WIDE_SHARE = 0.6
"""Share of the lines with words on both sides that must be wide on both; a table's cells are not."""

COLUMN_LINES = 4
"""Lines on both sides of a gutter that make two columns."""

PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
FULL_DATE = re.compile(
    r"\b(?:\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+(?:19|20)\d\d|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a page where they stand; y grows upwards."""

    x: float
    y: float
    size: float
    words: str

    @property
    def end(self) -> float:
        """Where the words end, about."""
        return self.x + EM * self.size * len(self.words)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page: its pieces in the file's order, and its height."""

    pieces: tuple[Piece, ...]
    height: float
    width: float


def lay_out(sheets: Sequence[PageLayout]) -> list[str]:
    """Return the text of each page, its lines as a reader reads them.

    Accepts:
      1. running heads and feet     smaller than the text, the same on several pages, or a page's number: left out; the
                                    first page's head stays where it names a day
      2. two columns                the left one, then the right one
      3. tables                     "| Ost | 23 | 61 |"

    Args:
        sheets: The file's pages.
    """
    running = _running(sheets)
    body = _body_size(sheets)
    return [
        "\n".join(_lines(_without_running(sheet, at, running, body), sheet.width))
        for at, sheet in enumerate(sheets)
    ]


def _key(words: str) -> str:
    return re.sub(r"\d+", "#", words).strip().lower()


def _in_margin(piece: Piece, height: float) -> bool:
    return piece.y > (1 - MARGIN) * height or piece.y < MARGIN * height


def _running(sheets: Sequence[PageLayout]) -> frozenset[str]:
    """Return what stands in the margins of several pages, but for its numbers."""
    told = Counter(
        key
        for sheet in sheets
        for key in {_key(p.words) for p in sheet.pieces if _in_margin(p, sheet.height)}
    )
    return frozenset(key for key, times in told.items() if times > 1)


def _body_size(sheets: Sequence[PageLayout]) -> float:
    sizes = Counter[float]()
    for sheet in sheets:
        for piece in sheet.pieces:
            sizes[round(piece.size, 1)] += len(piece.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_running(
    sheet: PageLayout, at: int, running: frozenset[str], body: float
) -> list[Piece]:
    kept = []
    for piece in sheet.pieces:
        is_small = piece.size <= body - 0.9
        repeats = _key(piece.words) in running
        number = PAGE_NUMBER.fullmatch(piece.words.strip()) is not None
        if _in_margin(piece, sheet.height) and (is_small or repeats or number):
            head = piece.y > sheet.height / 2
            if not (head and at == 0 and FULL_DATE.search(piece.words)):
                continue
        kept.append(piece)
    return kept


def _lines(pieces: Sequence[Piece], width: float) -> Iterator[str]:
    raw = _rows(pieces)
    gutter = _gutter(raw, width)
    if gutter is not None:
        for band in _bands(raw, gutter):
            yield from _plain(band)
        return
    rows = [_merged(row) for row in raw]
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and _is_table_row(rows[end]):
            end += 1
        if end - at >= FEWEST_ROWS:
            yield from _table(rows[at:end])
            at = end
        else:
            yield from _plain(rows[at : at + 1])
            at += 1


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Put pieces of one height together, in the order in which the file first comes to each height."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        near = next(
            (row for row in rows if abs(row[0].y - piece.y) <= ROW * max(piece.size, 1.0)), None
        )
        if near is None:
            rows.append([piece])
        else:
            near.append(piece)
    return [sorted(row, key=lambda piece: piece.x) for row in rows]


def _merged(row: Sequence[Piece]) -> list[Piece]:
    """Put pieces together between which no more than a blank stands."""
    merged: list[Piece] = []
    for piece in row:
        last = merged[-1] if merged else None
        if last is not None and piece.x - last.end < GAP * piece.size:
            blank = "" if last.words.endswith(" ") or piece.words.startswith(" ") else " "
            merged[-1] = Piece(last.x, last.y, last.size, f"{last.words}{blank}{piece.words}")
        else:
            merged.append(piece)
    return merged


def _gutter(rows: Sequence[Sequence[Piece]], width: float) -> float | None:
    """Return where the right column begins: many lines have words that begin there; None for one column."""
    starts = Counter(
        round(piece.x)
        for row in rows
        for piece in row[1:]
        if 0.3 * width <= piece.x <= 0.75 * width
    )
    if not starts:
        return None
    start = starts.most_common(1)[0][0]
    sides = [
        (
            sum(len(piece.words) for piece in row if piece.x < start - 1),
            sum(len(piece.words) for piece in row if piece.x >= start - 1),
        )
        for row in rows
        if any(abs(piece.x - start) <= 1 for piece in row)
    ]
    both = [(left, right) for left, right in sides if left]
    if len(both) < COLUMN_LINES:
        return None
    wide = sum(min(pair) > LONGEST_CELL / 2 for pair in both)
    return start - 1.0 if wide >= WIDE_SHARE * len(both) else None


def _bands(rows: Sequence[list[Piece]], gutter: float) -> Iterator[list[list[Piece]]]:
    """Yield the columns between lines that go over the whole width: left, then right, each from its top down."""
    ordered = sorted(rows, key=lambda row: -row[0].y)
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    for row in ordered:
        if row[-1].x < gutter < row[-1].end - CROSSING * row[-1].size:
            yield left
            yield right
            left, right = [], []
            yield [row]
            continue
        own = [piece for piece in row if piece.x < gutter]
        other = [piece for piece in row if piece.x >= gutter]
        left += [own] if own else []
        right += [other] if other else []
    yield left
    yield right


def _plain(rows: Sequence[Sequence[Piece]]) -> Iterator[str]:
    for row in rows:
        yield " ".join(piece.words.strip() for piece in row)


def _is_table_row(row: Sequence[Piece]) -> bool:
    return len(row) > 1 and all(len(piece.words.strip()) <= LONGEST_CELL for piece in row)


def _table(rows: Sequence[Sequence[Piece]]) -> Iterator[str]:
    """Write rows with strokes; a cell stands under the head that it is nearest to, and a head without one is empty."""
    heads = max(rows[:2], key=len)
    for row in rows:
        cells = [""] * len(heads)
        for piece in row:
            at = min(
                range(len(heads)),
                key=lambda i: min(abs(heads[i].x - piece.x), abs(heads[i].end - piece.end)),
            )
            cells[at] = f"{cells[at]} {piece.words.strip()}".strip()
        yield f"| {' | '.join(cells)} |"
