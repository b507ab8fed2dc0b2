"""The cut by structure: where a comment system's own lines begin.

A thread repeats one form of stamp (``Toma says: May 3, 2031 at 4:12 pm``) every few lines down to
the end; an article carries one or two, of another form, at its own head or foot.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from counterclaim.segment.comment_headers import form_of
from counterclaim.segment.comment_scorer import Scored

FEWEST_STAMPS = 2
"""Stamps of one form that make a thread. An article signs once."""

FEWEST_HANDLES = 4
"""Lines of one bare user name that make a thread: a list of products or codes looks the same, so
these need more of them than stamps with a time do."""

LONGEST_COMMENT = 40
"""Blocks between two stamps of one thread. Wider gaps are printed essays between their bylines."""

BUSY_THREAD = 10
"""Stamps from which on a thread is beyond doubt, and gaps of any width are long comments."""

LEAST_BETWEEN = -0.5
"""Mean log-odds of the lines between a thread's stamps. A chronicle or a live report, with a time
above each entry, has a report's -0.9."""

LONGEST_LONE = 12
"""Blocks that may follow a thread's only stamp."""

LIVELY = 0.2
"""Mean log-odds of a text's only comment, under a line with a name and a day."""

_POINTS = re.compile(r"\S.{0,28}\s\d+ (?:pts|points)$")
"""A name with the standing that a comment system gives it."""

LONGEST_SIGNED = 4
"""Blocks of the only comment of a text, over the line that signs it."""

SHORT_REPORT = 100
"""Characters of report above a stamp from which on it may open a thread that goes on in the same form under it."""

REPORT_CHARACTERS = 200
"""Characters of report that must stand above a thread: what is signed earlier is the report."""

NAME_WORDS = 7
"""Words of a line above or under a stamp that may still be its writer's name."""

LEAD_SHARE = 0.6
"""Share of stamps that must have such a line above them for it to count as part of the stamp."""


_PROSE = re.compile(r"^.{60,}[.!?…][\"”’»)]*$", re.DOTALL)
"""A line long enough for a sentence, and finished."""

NO_NAME = re.compile(r"(?<!\b[A-Z])[.!?…:,;\"”’)]$")
"""How a line ends that is not a name: with a stop, unless an initial stands before it."""


@dataclass(frozen=True, slots=True)
class CommentRun:
    """A run of stamped comments at the end of a text."""

    starts: tuple[int, ...]
    """Blocks at which comments begin, by their stamps."""
    stamps: int
    """How many stamps there are."""
    below: bool
    """Whether the stamp stands under its comment."""


def find_thread(words: Sequence[str], scored: Sequence[Scored]) -> CommentRun | None:
    """Find a run of stamped comments that reaches to the end of a text.

    Accepts:
      1. two or more stamps of one form, above or below their comments
      2. four or more bare user names, each on a line above a longer one
      3. one stamp with a clock time, or a name above a date, and a short comment under it

    Args:
        words: The text's blocks.
        scored: Their scores, in the same order.
    """
    first = _first_allowed(words)
    marks = [
        (i, s.stamp)
        for i, s in enumerate(scored)
        if i >= first and s.stamp in {"named", "dated", "handle"}
    ]
    forms = [(i, form_of(words[i], kind)) for i, kind in marks]
    counts = Counter(form for _, form in forms)
    earliest = {form: i for i, form in reversed(forms)}
    for form in sorted(counts, key=lambda f: (f == "handle", -counts[f], earliest[f])):
        at = _last_run([i for i, f in forms if f == form], len(words))
        if len(at) < FEWEST_STAMPS or (form == "handle" and not _are_names(words, at)):
            continue
        if not _reads_as_thread(scored, at[0]):
            continue
        kin = [
            i for i, f in forms if i < at[0] and _is_kin(f, form) and at[0] - i <= LONGEST_COMMENT
        ] or _opening(words, scored, form, at[0])
        return _build(words, scored, [*kin, *at])
    signed = [i for i, _ in forms if scored[i].stamp != "handle"]
    points = [i for i in range(first, len(words)) if _POINTS.match(words[i])]
    return _lone(words, scored, sorted({*signed, *points}))


def _opening(words: Sequence[str], scored: Sequence[Scored], form: str, first: int) -> list[int]:
    """Find stamps of a thread's own form under a report too short to be told by its length: a finished sentence stands above."""
    least = _first_allowed(words, SHORT_REPORT)
    return [
        i
        for i in range(max(least, first - LONGEST_COMMENT), first)
        if scored[i].stamp == "named"
        and not {"time", "ago"}.isdisjoint(form.split())
        and form_of(words[i], "named") == form
        and _PROSE.search(words[i - 1])
    ]


def _first_allowed(words: Sequence[str], least: int = REPORT_CHARACTERS) -> int:
    above = 0
    for i, line in enumerate(words):
        if above >= least:
            return i
        above += len(line)
    return len(words)


def _last_run(at: list[int], size: int) -> list[int]:
    """Keep the stamps that follow one another closely down to the end of the text."""
    run: list[int] = []
    following = size
    for i in reversed(at):
        if following - i > LONGEST_COMMENT and len(at) < BUSY_THREAD:
            break
        run.append(i)
        following = i
    return run[::-1]


def _is_kin(form: str, other: str) -> bool:
    """Return whether two forms may be one system's: the same verb, or the same way of dating."""
    shared = set(form.split()) & set(other.split())
    return bool(shared - {"time", "by"}) or (form.split()[-1:] == other.split()[-1:] == ["by"])


def _are_names(words: Sequence[str], at: list[int]) -> bool:
    under = [len(words[i + 1].split()) for i in at if i + 1 < len(words)]
    return len(at) >= FEWEST_HANDLES and sum(n > NAME_WORDS for n in under) * 2 > len(at)


def _reads_as_thread(scored: Sequence[Scored], first: int) -> bool:
    between = [s.score for s in scored[first:] if s.stamp is None]
    return not between or sum(between) >= LEAST_BETWEEN * len(between)


def _build(words: Sequence[str], scored: Sequence[Scored], at: list[int]) -> CommentRun:
    below = _stands_below(words, scored, at)
    if below:
        starts = [_first_body(scored, at), *(_after(scored, i) for i in at[:-1])]
    else:
        lead = _lead(words, scored, at)
        starts = [i - lead for i in at]
    return CommentRun(tuple(sorted({s for s in starts if s < len(words)})), len(at), below)


def _lone(words: Sequence[str], scored: Sequence[Scored], at: list[int]) -> CommentRun | None:
    """Accept a single comment: two stamp lines in a row, or a date with a clock time under a name."""
    signed = _signed_end(words, scored, at)
    if signed is not None:
        return signed
    for i in at:
        rest = [j for j in range(i + 1, len(words)) if scored[j].stamp is None]
        if not rest or len(words) - i > LONGEST_LONE or sum(scored[j].score for j in rest) < 0:
            continue
        named = scored[i].stamp == "named"
        mean = sum(scored[j].score for j in rest) / len(rest)
        if (
            len(rest) <= LONGEST_SIGNED
            and mean > LIVELY
            and ((named and _is_dated(words[i])) or _POINTS.match(words[i]))
        ):
            return CommentRun((i,), 1, below=False)
        if named and scored[min(i + 1, len(words) - 1)].stamp in {"dated", "timed"}:
            return CommentRun((i,), 1, below=False)
        if named and scored[-1].stamp in {"dated", "timed"}:
            return CommentRun((i,), 1, below=False)
        if (
            scored[i].stamp == "dated"
            and "time" in form_of(words[i], "dated")
            and _category(words, scored, i - 1)
        ):
            return CommentRun((i - 1,), 1, below=False)
    return None


def _signed_end(words: Sequence[str], scored: Sequence[Scored], at: list[int]) -> CommentRun | None:
    """Accept one comment over the line that signs it: "Well said.", and then "Posted by: Mara May 3, 2031"."""
    last = len(words) - 1
    if last not in at or scored[last].stamp != "named" or not _is_dated(words[last]):
        return None
    start = last
    while start > 1 and last - start < LONGEST_SIGNED and scored[start - 1].score > 0:
        start -= 1
    return CommentRun((start,), 1, below=True) if start < last else None


def _is_dated(line: str) -> bool:
    form = form_of(line, "named").split()
    return any(part in {"month", "day", "iso", "figures"} for part in form)


def _category(words: Sequence[str], scored: Sequence[Scored], i: int) -> str:
    """Say what a line beside a stamp may be: its kind of stamp, a short line, or nothing."""
    stamp = scored[i].stamp
    if stamp:
        return stamp
    line = words[i]
    is_name = len(line.split()) <= NAME_WORDS and NO_NAME.search(line) is None
    return "short" if is_name and not scored[i].fired else ""


def _stands_below(words: Sequence[str], scored: Sequence[Scored], at: list[int]) -> bool:
    """Return whether stamps stand under their comments: then the last one closes the text."""
    tail = [
        i
        for i in range(at[-1] + 1, len(words))
        if not scored[i].stamp and len(words[i].split()) > 2
    ]
    headed = sum(scored[i - 1].stamp == "named" for i in at)
    return not tail and headed * 2 <= len(at)


def _lead(words: Sequence[str], scored: Sequence[Scored], at: list[int]) -> int:
    """Count the lines above each stamp that belong to it: the writer's name, a date, a number."""
    lead = 0
    while lead < 3 and at[0] - lead - 1 > 0:
        kinds = [_category(words, scored, i - lead - 1) for i in at]
        if not kinds[0] or kinds[0] == "heading" or kinds.count(kinds[0]) < LEAD_SHARE * len(at):
            break
        lead += 1
    return lead


def _first_body(scored: Sequence[Scored], at: list[int]) -> int:
    """Find where the first comment begins when its stamp stands below it.

    Comments are about as long as the other comments; within that reach, the comment begins where
    lines turn from the report's usual voice to a reader's.
    """
    first = at[0]
    gaps = sorted(b - a for a, b in pairwise(at))
    reach = min(8, gaps[(len(gaps) - 1) // 2] - 1 if gaps else 1)
    usual = sum(s.score for s in scored[:first]) / first
    best, start, total = float("-inf"), max(1, first - 1), 0.0
    for i in range(first - 1, max(0, first - 1 - reach), -1):
        if scored[i].stamp == "heading":
            return i + 1
        total += scored[i].score - max(0.0, usual) - 0.3
        if total > best:
            best, start = total, i
    return start


def _after(scored: Sequence[Scored], stamp: int) -> int:
    """Return the first block after a stamp that is not one of its buttons."""
    i = stamp + 1
    while i < len(scored) - 1 and scored[i].stamp == "button":
        i += 1
    return i
