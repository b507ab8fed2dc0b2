"""Count headings: what the heading of a count says of every number under it.

"Casualties by locality, 1-7 May 2024", "Protection of Civilians report, 21 May - 3 June": the rows and labels below
have no sentence that could date them, and mean those days.
"""

import re
from dataclasses import replace

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.time import Time

LONGEST_HEADING = 140
"""Characters of a heading; what is longer is prose."""

_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


def heading_period(setting: DocumentContext, at: int) -> Time | None:
    """Return the days of the heading above a character; None where none names a stretch.

    Accepts a line without a finite verb that names days from one to another. One day is not enough: it may be that of
    printing.

    Args:
        setting: The document.
        at: Where the number stands.
    """
    for sentence in reversed(setting.sentences):
        if sentence.span.end > at or len(sentence.passage.span) > LONGEST_HEADING:
            continue
        if any(word.tag in {"VBD", "VBZ", "VBP"} for word in sentence.words):
            continue
        words = setting.document.words(sentence.span)
        if _SINCE.search(words):
            continue
        for item in setting.resolution.times_in(sentence.index):
            start, end = item.time.start, item.time.end
            is_stretch = start is not None and end is not None and start < end
            if item.rule != "heading" and is_stretch and "/" in item.time.value:
                return replace(item.time, evidence="carried")
    return None
