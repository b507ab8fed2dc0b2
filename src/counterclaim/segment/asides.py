"""Asides: lines of a page that are not the report's: links to other stories, newsletter boxes, consent banners.

Pages that come as plain text have no markup to tell them by; only their own words do. What is left in costs a claim that the
report does not make; what is taken out wrongly costs one that it makes, so that each shape is a whole line's.
"""

import re
from collections.abc import Iterator, Sequence

LONGEST = 40
"""Words of a line that may be an aside: a headline and a half."""

MOST_LISTED = 12
"""Lines under a heading of other stories that may be theirs."""

_STORIES = (
    r"related(?: (?:stories|articles?|content|topics|news|links?|coverage|reading|posts?))?|read (?:more|next|also|this)"
    r"|see also|also read|also see|more (?:on this|stories|news)|most (?:read|popular|viewed|shared)"
    r"|trending(?: now)?|recommended(?: (?:stories|for you|reading))?|you may also like|you might also like"
    r"|up next|don[’']t miss|in other news|editor[’']?s[’']? picks?|from our archives?"
)
_POINTER = re.compile(rf"\W*(?:{_STORIES})\s*(?::|\||»|>|–|—| - )\s*\S", re.IGNORECASE)
_MORE = re.compile(
    r"\W*more (?:from|on) .{2,30}?(?::|\||»|>)\s*[A-Z0-9“\"].*[^.!?…\s]", re.IGNORECASE
)
_HEADING = re.compile(rf"\W*(?:{_STORIES})\s*:?\W*", re.IGNORECASE)
_BOX = re.compile(
    r"\W*(?:sign up (?:to|for|now)\b|subscribe (?:to|for|now)\b|get (?:our|the) .{2,40} newsletter"
    r"|(?:our|the) .{0,30}newsletter\b|we value your privacy|we (?:and our (?:\d+ )?partners|use cookies)\b"
    r"|this (?:site|website) uses cookies|by (?:clicking|continuing)\b.{0,80}(?:cookies|agree|accept)"
    r"|accept all(?: cookies)?\b|manage (?:options|preferences|cookies)|download our app|follow us on\b)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\W*(?:file )?(?:photo(?:graph)?|picture|image|caption|video)s?(?: caption)?\s*(?::|\|)\s*\S.*",
    re.IGNORECASE,
)
"""A picture's words: they tell of what it shows, which is often another day's."""

_STOPPED = re.compile(r"[.!?…][\"”’»)]*$")
_NUMBERED = re.compile(r"\W*\d{1,2}[.)]?\s+\S")


def find_asides(lines: Sequence[str]) -> frozenset[int]:
    """Return the positions of the blocks that are not the report's.

    Accepts:
      1. a line that points elsewhere      "Related: Rocket kills two in Ost"
      2. a heading of other stories, and the headlines under it, up to a line that ends as prose does
      3. a newsletter box, a consent banner
      4. a picture's words under its label  "Photo: Ost after the raid of 2011 that killed 60. (Agency)"

    Args:
        lines: The words of a text's blocks, in order. The first is never an aside.
    """
    return frozenset(_asides(lines))


def _asides(lines: Sequence[str]) -> Iterator[int]:
    listed = 0
    for at, line in enumerate(lines):
        if at == 0 and not _BOX.match(line):
            continue
        is_short = len(line.split()) <= LONGEST and "\n" not in line
        if is_short and _HEADING.fullmatch(line):
            listed = MOST_LISTED
            yield at
        elif is_short and (
            _POINTER.match(line)
            or _MORE.fullmatch(line)
            or _BOX.match(line)
            or _PICTURE.fullmatch(line)
        ):
            yield at
        elif listed and is_short and (_NUMBERED.match(line) or not _STOPPED.search(line)):
            listed -= 1
            yield at
        else:
            listed = 0
