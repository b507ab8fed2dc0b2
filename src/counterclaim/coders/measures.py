"""Measures: whether a figure is new, a running total, or the toll of one incident; and its days."""

import re
from functools import cache

from counterclaim.coders.setting import Setting
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Measure
from counterclaim.records.mention import CountMention, TimeMention
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence

_LONG = re.compile(r"\d{4}(?:-\d{2})?\Z|.*/.*|P.*|PAST_REF|\d{4}-(?:SP|SU|FA|WI)")
"""Values of stretches longer than a day or week: a figure over one of them is a running total."""

_SINCE = re.compile(
    r"\b(?:since|from the start of|from the beginning of)\b[^,.;]{3,90}", re.IGNORECASE
)
_BRINGING = re.compile(
    r"\b(?:bring|brings|bringing|brought|raising|raise|raises|raised|taking|takes)\b[^.;]{0,60}?\b(?:total|toll|number|losses|tally|deaths)\b[^.;]{0,60}?\bto\b",
    re.IGNORECASE,
)


@cache
def _cumulative() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, load_harm().cumulative)) + r")(?!\w)", re.IGNORECASE
    )


def read_measure(
    setting: Setting, sentence: Sentence, count: CountMention, previous: Measure | None
) -> tuple[Measure, str]:
    """Read the scope of one figure.

    Rules, first match first:
      1. after "bringing the total to"       cumulative    "... **to 555**"
      2. before it, with another or more     new           "**another 23** ..., bringing the total to"
      3. an ordinal                          cumulative    "the **fourth** death"
      4. words of a running total            cumulative    "since", "so far", "in the war"
      5. a year or month as its stretch      cumulative    "killed **in 2013**"
      6. another, more: goes on with the figure before it, else new
      7. otherwise                           incident

    Returns:
        The measure and the rule's name.
    """
    text = setting.document.text
    start, end = sentence.span.start, sentence.span.end
    bringing = _BRINGING.search(text, start, end)
    if (
        bringing is not None
        and bringing.end() <= count.span.start
        and count.span.start - bringing.end() <= 40
    ):
        return "cumulative", "bringing-to"
    more = _is_more(sentence, count)
    if more and bringing is not None:
        return "new", "another"
    if count.rule == "ordinal":
        return "cumulative", "ordinal"
    clause = _clause(text, start, end, count.span)
    if _cumulative().search(text, clause.start, clause.end) or _SINCE.search(
        text, clause.start, clause.end
    ):
        return "cumulative", "running-total"
    if any(
        _LONG.match(time.time.value) and _governs(time, clause)
        for time in setting.resolution.times_in(sentence.index)
    ):
        return "cumulative", "long-period"
    if more:
        return (previous, "goes-on") if previous is not None else ("new", "another")
    return "incident", "default"


def _is_more(sentence: Sentence, count: CountMention) -> bool:
    lexicon = load_harm()
    near = {
        sentence[index].lower
        for index in range(max(0, count.first - 2), min(len(sentence), count.last + 1))
    }
    after = {word.lower for word in sentence.words[count.last + 1 : count.last + 2]}
    return bool(near & lexicon.new_before or after & lexicon.new_after)


def _governs(time: TimeMention, clause: Span) -> bool:
    return clause.meets(time.span)


def _clause(text: str, start: int, end: int, span: Span) -> Span:
    """Give the stretch between semicolons and dashes that holds a number."""
    left = max(
        (text.rfind(mark, start, span.start) for mark in (";", " — ", " -- ", " – ")), default=-1
    )
    rights = [
        at
        for at in (text.find(mark, span.end, end) for mark in (";", " — ", " -- ", " – "))
        if at != -1
    ]
    return Span(left + 1 if left > start else start, min(rights, default=end))


def read_since(setting: Setting, sentence: Sentence) -> Span | None:
    """Give the words that name a running total's start: "since the fighting began"."""
    match = _SINCE.search(setting.document.text, sentence.span.start, sentence.span.end)
    return None if match is None else Span(*match.span())


def read_days(
    setting: Setting, sentence: Sentence, count: CountMention, measure: Measure
) -> tuple[Time | None, Time | None]:
    """Give a figure's period and its as-of day.

    "As of Tuesday" governs every figure of its sentence that follows; another time is the period of a
    new or incident figure, and the as-of day of a running total.
    """
    times = setting.resolution.times_in(sentence.index)
    text = setting.document.text
    for time in times:
        before = text[max(0, time.span.start - 8) : time.span.start].lower()
        if (
            before.endswith(("as of ", "by ", "until "))
            and time.span.start <= count.span.start + 200
        ):
            return None, time.time
    if not times:
        return None, None
    nearest = min(
        times, key=lambda item: min(abs(item.first - count.head), abs(item.last - count.head))
    )
    if measure in {"cumulative", "snapshot"}:
        return (nearest.time, None) if _LONG.match(nearest.time.value) else (None, nearest.time)
    return nearest.time, None
