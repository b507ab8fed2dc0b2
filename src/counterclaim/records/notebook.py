"""Notebook: a reading as a small table of HTML, every word of others escaped."""

from html import escape
from typing import TYPE_CHECKING

from counterclaim.records.finding import status_words
from counterclaim.records.flat import FlatRow, reading_rows

if TYPE_CHECKING:
    from counterclaim.records.reading import Reading

MOST_ROWS = 40
"""Claims that a notebook shows; the frame has all."""

HEADS = ("who", "does", "what", "status", "in the words")


def claims_table(reading: "Reading") -> str:
    """Return the claims of a reading as HTML: who says what, how that stands, in which sentence."""
    document = reading.document
    day = document.published.isoformat() if document.published else "undated"
    parts = [document.title or document.name, document.outlet or "", day]
    head = " · ".join(escape(part) for part in parts if part)
    rows = list(reading_rows(reading))
    body = "".join(_line(row) for row in rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    rest = f"<p>… and {more:,} more: reading.to_frame()</p>" if more > 0 else ""
    problems = "".join(f"<li>{escape(item.message)}</li>" for item in reading.problems)
    told = f"<ul>{problems}</ul>" if problems else ""
    heads = "".join(f"<th>{name}</th>" for name in HEADS)
    return (
        f"<div><p><strong>{head}</strong>, {len(rows)} claims</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{rest}{told}</div>"
    )


def _line(row: FlatRow) -> str:
    speakers = row["speakers"]
    who = " & ".join(speakers) if isinstance(speakers, list) and speakers else "the report"
    mark = " (inferred)" if row["speaker_evidence"] == "inferred" else ""
    act = row["event_type"] or row["outcome"] or row["ceasefire_status"] or row["position"] or ""
    what = f"{row['kind']} {act} {'' if row['low'] is None else row['low']}".strip()
    status = status_words(str(row["status"])) if row["status"] else ""
    cells = (f"{who}{mark}", str(row["stance"]), what, status, str(row["sentence"] or row["quote"]))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
