"""Notes: what people put beside a row without saying how it was read: remarks, tags, who looks at it.

Each is a judgement like any other: a row with who and when, taken back by a further row.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from counterclaim.errors import CounterclaimError
from counterclaim.records.judgement import Judgement, Verdict
from counterclaim.records.ledger_rows import FiledJudgement

LONGEST_TAG = 40

BESIDE: frozenset[Verdict] = frozenset({"note", "tagged", "assigned"})
"""Verdicts that say nothing of how a row was read."""

Sort = Literal["tag", "assign", "note"]

VERDICTS: dict[Sort, Verdict] = {"tag": "tagged", "assign": "assigned", "note": "note"}

_MENTION = re.compile(r"(?:^|(?<=[\s(,;:]))@(?:\"([^\"]{1,80})\"|([^\s@,;:()\"]{1,80}))")


class NoteError(CounterclaimError):
    """A note, tag or assignment cannot be filed as asked."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one row."""

    notes: tuple[FiledJudgement, ...] = ()
    tags: tuple[FiledJudgement, ...] = ()
    """One for each tag: the first that put it there."""
    assigned: FiledJudgement | None = None
    """The latest assignment; None where nobody is asked to look."""


def beside(filed: Iterable[FiledJudgement], subject: str) -> Beside:
    """Return what stands beside a row."""
    kept = [item for item in filed if not item.taken_back and item.judgement.subject == subject]
    tags: dict[str, FiledJudgement] = {}
    for item in kept:
        if item.judgement.verdict == "tagged":
            tags.setdefault(item.judgement.reason.casefold(), item)
    assigned = [item for item in kept if item.judgement.verdict == "assigned"]
    return Beside(
        notes=tuple(item for item in kept if item.judgement.verdict == "note"),
        tags=tuple(tags[name] for name in sorted(tags)),
        assigned=assigned[-1] if assigned else None,
    )


def make_note(subject: str, sort: str, words: str, *, by: str, names: Sequence[str]) -> Judgement:
    """Return the judgement that puts a note, tag or assignment beside a row.

    Args:
        subject: Id of the row.
        sort: tag, assign or note.
        words: The remark, the tag, or the name of who shall look.
        by: Who puts it there.
        names: Of the people who can be asked to look.

    Raises:
        NoteError: If the words will not do.
    """
    verdict = next((found for name, found in VERDICTS.items() if name == sort), None)
    if verdict is None:
        raise NoteError(f"{sort[:40]!r} is nothing that is put beside a row: tag, assign or note")
    words = " ".join(words.split()) if sort != "note" else words.strip()
    if not words:
        raise NoteError("write the words first: a remark, a tag, or a name")
    if sort == "tag" and len(words) > LONGEST_TAG:
        raise NoteError(f"a tag has at most {LONGEST_TAG} characters; write the rest as a note")
    if sort == "assign":
        found = next((name for name in names if name.casefold() == words.casefold()), None)
        if found is None:
            raise NoteError(f"{words[:80]}: nobody of this name can be asked to look")
        words = found
    return Judgement(subject=subject, verdict=verdict, by=by, reason=words)


def mentions_in(words: str) -> frozenset[str]:
    """Return the names that a note calls on, in small letters: ``@Ben``, ``@"Ada Lowe"``."""
    return frozenset(
        (found[1] or found[2]).casefold().rstrip(".!?") for found in _MENTION.finditer(words)
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for one person."""

    assigned: tuple[FiledJudgement, ...]
    """Rows that they were asked to look at and have not decided."""
    mentions: tuple[FiledJudgement, ...]
    """Notes that call on them, the latest first."""


def desk_of(filed: Sequence[FiledJudgement], name: str) -> Desk:
    """Return what waits for a person."""
    last: dict[str, FiledJudgement] = {}
    done: set[str] = set()
    for item in filed:
        said = item.judgement
        if item.taken_back:
            continue
        if said.verdict == "assigned":
            last[said.subject] = item
            done.discard(said.subject)
        elif said.by == name and said.verdict not in BESIDE:
            done.add(said.subject)
    mine = [
        item
        for subject, item in last.items()
        if item.judgement.reason == name and subject not in done
    ]
    called = [
        item
        for item in filed
        if item.judgement.verdict == "note"
        and not item.taken_back
        and name.casefold() in mentions_in(item.judgement.reason)
    ]
    return Desk(tuple(reversed(mine)), tuple(reversed(called)))


def tags_in(filed: Iterable[FiledJudgement]) -> dict[str, int]:
    """Return how many rows bear each tag, the most frequent first."""
    rows: dict[str, set[str]] = {}
    for item in filed:
        if item.judgement.verdict == "tagged" and not item.taken_back:
            rows.setdefault(item.judgement.reason, set()).add(item.judgement.subject)
    return {name: len(rows[name]) for name in sorted(rows, key=lambda tag: (-len(rows[tag]), tag))}


def tagged_with(filed: Iterable[FiledJudgement], tag: str) -> tuple[str, ...]:
    """Return the ids of the rows that bear a tag, in the order in which they got it."""
    found = (
        item.judgement.subject
        for item in filed
        if item.judgement.verdict == "tagged"
        and not item.taken_back
        and item.judgement.reason.casefold() == tag.casefold()
    )
    return tuple(dict.fromkeys(found))
