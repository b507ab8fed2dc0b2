"""Earlier losses: losses of an earlier war or year, told for context and in no account of this one."""

import re
from datetime import date, timedelta

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import ancestors, is_below

PAST = timedelta(days=365)
"""Losses that ended longer ago than this are of another time than the report's."""

_DECADE = re.compile(r"\d{3}\Z")
_BEGINNING = frozenset(
    "begin start erupt launch break declare found establish join bear arrive annex seize take topple oust come".split()
)
"""Verbs by which a past day only opens what still goes on."""
_WARS = frozenset(
    "war conflict fighting clash clashes battle uprising revolt genocide massacre insurgency intifada invasion".split()
)
_RUNNING = re.compile(r"\b(?:since|from|after)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)


def is_background(
    setting: DocumentContext, sentence: Sentence, anchor: int, since: Span | None
) -> bool:
    """Return whether a figure counts the losses of an earlier war or year.

    Accepts:
      1. a year long past that its clause tells    "**the 1999 war** killed 527", "in **April 2016**"
      2. the war it was, which a year ends         "the war that ended with a **1994** truce"
    A day since which losses run, or on which something began that goes on, makes none.

    Args:
        setting: The document: its day of publication is the day to count from.
        sentence: Where the figure stands.
        anchor: The word that carries it.
        since: The words that name its start, if any.
    """
    published = setting.document.published
    if published is None or since is not None:
        return False
    times = setting.resolution.times_in(sentence.index)
    if any(_ends(time) is not None and not _is_past(time, published) for time in times):
        return False
    return any(
        _is_past(time, published)
        and not _runs_on(setting, sentence, time)
        and _bears_on(sentence, time, anchor)
        for time in times
    )


def _ends(mention: TimeMention) -> date | None:
    value = mention.time.value
    if _DECADE.match(value):
        return date(int(f"{value}9"), 12, 31)
    return mention.time.end


def _is_past(mention: TimeMention, published: date) -> bool:
    end = _ends(mention)
    return end is not None and published - end > PAST


def _runs_on(setting: DocumentContext, sentence: Sentence, mention: TimeMention) -> bool:
    before = setting.document.text[sentence.span.start : mention.span.start]
    if _RUNNING.search(before):
        return True
    return any(
        sentence[above].lemma in _BEGINNING and sentence[above].pos == "VERB"
        for above in [*ancestors(sentence, mention.first)][:3]
    )


def _bears_on(sentence: Sentence, mention: TimeMention, anchor: int) -> bool:
    """Return whether a time dates the losses: no clause of its own stands between, but one of a war."""
    for above in ancestors(sentence, mention.first):
        if is_below(sentence, anchor, above):
            return True
        word = sentence[above]
        if word.dep in {"relcl", "acl"} and sentence[word.head].lemma not in _WARS:
            return False
    return True
