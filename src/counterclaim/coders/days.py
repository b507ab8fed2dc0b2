"""Days: which of a sentence's times a figure or a happening belongs to."""

from collections.abc import Sequence

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence

_JOINTS = frozenset({"and", "but", "while", "whereas", ",", ";", "–", "—"})
COUNT_NEAR = 3
"""Words behind a joint within which the next count begins another member: "on Monday **and two** in Ost"."""

MEMBER = 40
"""Words that a step into another member of a row weighs: more than any distance within one."""


def own_times(setting: DocumentContext, sentence: Sentence, span: Span) -> tuple[TimeMention, ...]:
    """Return the times that may date some words: those told in the same breath.

    What is said happened when its own words say, not when it was said: "the army said **on Monday** that nine had
    been killed **on Friday**". Without a time of its own the day of the saying is all that is told.
    """
    times = setting.resolution.times_in(sentence.index)
    speech = setting.speaker_of(span)
    if speech is None:
        outside = tuple(item for item in times if setting.speaker_of(item.span) is None)
        return outside or times
    within = tuple(
        item
        for item in times
        if any(content.start <= item.span.start < content.end for content in speech.content)
        or item.rule == "heading"
    )
    return within or times


def nearest_time(
    setting: DocumentContext, sentence: Sentence, index: int, times: Sequence[TimeMention]
) -> TimeMention:
    """Return the time that a counted word belongs to: the nearest within its own member of a row.

    "Three were killed in Ost **on Thursday** and two in Hill **on Sunday**": each number has the day of its member.
    """
    begins = _members(setting, sentence)

    def cost(item: TimeMention) -> int:
        low, high = min(index, item.first), max(index, item.last)
        steps = sum(low < at <= high for at in begins)
        return MEMBER * steps + min(abs(item.first - index), abs(item.last - index))

    return min(times, key=cost)


def _members(setting: DocumentContext, sentence: Sentence) -> list[int]:
    """Return the words at which the next member of a row of counts begins."""
    counts = {item.first for item in setting.resolution.counts if item.sentence == sentence.index}
    return [
        word.index + 1
        for word in sentence.words
        if word.lower in _JOINTS
        and any(at in counts for at in range(word.index + 1, word.index + 1 + COUNT_NEAR))
    ]
