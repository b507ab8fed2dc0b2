"""Formats: one writer for each, by name."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from counterclaim.export.page import page
from counterclaim.export.plain import as_plain, claim_rows
from counterclaim.records.notation import print_attribution, print_claim
from counterclaim.records.reading import Reading


def notation(reading: Reading) -> str:
    """Write a reading in the notation, one line each: attributions, then claims, in reading order."""
    document = reading.document
    lines = [f"# {document.id} {json.dumps(document.title or document.name, ensure_ascii=False)}"]
    lines += [
        print_attribution(item, document.words(*item.content), document.published)
        for item in reading.attributions
        if item.is_claim
    ]
    lines += [print_claim(claim, document.published) for claim in reading.claims]
    lines += [f"# {problem}" for problem in reading.problems]
    return "\n".join(lines) + "\n"


def json_text(reading: Reading) -> str:
    """Write a reading as one JSON object."""
    return json.dumps(as_plain(reading), ensure_ascii=False, indent=1) + "\n"


def json_lines(reading: Reading) -> str:
    """Write a reading as JSON lines: one attribution or claim a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in claim_rows(reading))


FORMATS: Mapping[str, Callable[[Reading], str]] = MappingProxyType(
    {"notation": notation, "json": json_text, "jsonl": json_lines, "html": page}
)
"""Writers by format name."""


def write_reading(reading: Reading, name: str) -> str:
    """Write a reading in a format.

    Raises:
        KeyError: If there is no such format; ``FORMATS`` has the names.
    """
    return FORMATS[name](reading)
