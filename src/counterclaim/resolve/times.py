"""Times: when, how long and how often, read against the day of publication.

The ways to say a time are data (lexicon/times.yaml), one pattern tried at each place; the readers of
``dates``, ``relative`` and ``lengths`` give each its TIMEX3 value. What the document does not date
stays open: a bare "Wednesday" becomes ``XXXX-WXX-3``. In an account of the past (``anchors``) times
follow one another, and not the day of publication.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from counterclaim.lexicon.times import TimeForm, TimeLexicon, load_times
from counterclaim.records.mention import TimeMention
from counterclaim.records.text import Document, Span
from counterclaim.records.time import Epoch, Time
from counterclaim.resolve import anniversaries, dates, durations, relative_times
from counterclaim.resolve.headings import carry_days, day_under, find_day_headings, governing
from counterclaim.resolve.ranges import join_ranges
from counterclaim.resolve.reference_time import Anchor, Expression, TimeValue, start_anchor
from counterclaim.syntax.sentence import Sentence, Word

Reader = Callable[[Expression, Anchor, TimeLexicon], "TimeValue | None"]

FUTURE_WORDS = 14
"""How many words before an expression tell whether it lies ahead."""

_AHEAD = frozenset({"will", "would", "shall", "next", "until", "'ll", "’ll", "due", "scheduled"})
_BEGIN = frozenset({"begin", "start", "take", "meet", "hold", "run"})
_BEFORE = re.compile(r"(?:\S+\s+)?\S+\s*\Z")
_PARTS = re.compile(r"\w+")
_AFTER = re.compile(r"\s+([^\W\d]+)")

_BESIDE = re.compile(r",?\s+(?:just\s+|only\s+|barely\s+|some\s+)?")

_SECOND_DAY = re.compile(
    r"\s*[-–—/]\s*(\d{1,2})(?!\w|[.,:]\d)"
    r"|\s+(?:and|to|or)\s+(\d{1,2})(?:st|nd|rd|th|(?=[.,;)]|\s+(?:was|were|in|at|when|the)\b))"
)
"""After a month and day: ``May 4-5``, ``May 4 and 5.``"""

_FIRST_DAY = re.compile(
    r"(?<![\w.,:-])(\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–—/]\s*|\s+(?:and|to|or)\s+)\Z"
)
"""Before a day and month: ``4-5 May``, ``13 and 14 July``."""

_JOINED = re.compile(
    r"(?:\s*[-–—]\s*|\s+(?:and|or|to|until|till|through)\s+)(?:the\s+)?(?:early\s+|late\s+)?"
    r"(?:\d{1,2}\s+)?(?P<month>[A-Z][a-z]{2,8})\.?(?:\s+\d{1,2})?(?:,?\s+|\s+of\s+)(?P<year>1[1-9]\d\d|20\d\d)(?!\w)"
)
"""After a date without its year: the date that it is joined to, and that has one."""

_SECOND_YEAR = re.compile(r"\s*[-–—/]\s*(\d\d)(?![\w-])")
"""After a year: ``1957-58``."""

_READERS: Mapping[str, Reader] = {
    "epoch": relative_times.read_epoch,
    "iso": dates.read_iso,
    "part-of-date": dates.read_part_of_date,
    "part-of-day": dates.read_weekday,
    "month-day-year": dates.read_day,
    "day-month-year": dates.read_day,
    "month-year": dates.read_month_year,
    "month": dates.read_month,
    "season": dates.read_season,
    "bare-season": dates.read_bare_season,
    "weekday-part": dates.read_weekday,
    "weekday": dates.read_weekday,
    "since-then": durations.read_since_then,
    "the-past-one": durations.read_past_one,
    "anniversary": anniversaries.read_anniversary,
    "day-apart": anniversaries.read_day_apart,
    "up-to": anniversaries.read_up_to,
    "shifted": relative_times.read_shifted,
    "calendar-unit": relative_times.read_calendar_unit,
    "day-beside": relative_times.read_day_beside,
    "day-of-month": relative_times.read_day_of_month,
    "edge-of-unit": relative_times.read_edge_of_unit,
    "deictic": relative_times.read_deictic,
    "the-part": relative_times.read_the_part,
    "decade": dates.read_decade,
    "century": dates.read_century,
    "half": dates.read_share,
    "quarter": dates.read_share,
    "feast": dates.read_feast,
    "before-christ": dates.read_before_christ,
    "anno-domini": dates.read_anno_domini,
    "clock": relative_times.read_clock,
    "rate": durations.read_rate,
    "adverb-rate": durations.read_adverb_rate,
    "age": durations.read_age,
    "length": durations.read_length,
    "long": durations.read_long,
    "approximate-year": dates.read_year,
    "year": dates.read_year,
    "loose-past": relative_times.read_loose,
    "loose-now": relative_times.read_loose,
    "loose-future": relative_times.read_loose,
    "loose-adjective": relative_times.read_loose,
}


def find_times(
    document: Document, sentences: Sequence[Sentence], *, epoch: Epoch | None = None
) -> tuple[TimeMention, ...]:
    """Find the time expressions of a document and give each its TIMEX3 value.

    Args:
        document: ``published`` anchors relative days; without it they stay unresolved.
        sentences: In document order.
        epoch: When the fighting began, for ``since the fighting began``; without it that start
            stays open.

    Returns:
        Mentions from left to right, without overlaps; ``is_when`` tells those that say when from
        lengths, rates and loose words.
    """
    lexicon = load_times()
    anchor = start_anchor(document, epoch)
    found: list[TimeMention] = []
    published = anchor.published
    passages = tuple(dict.fromkeys(sentence.passage for sentence in sentences))
    headings = find_day_headings(document.text, passages)
    for sentence in sentences:
        anchor.is_here = False
        heading = governing(sentence, headings)
        if heading is not None and not heading.words.meets(sentence.span):
            anchor.published = day_under(heading, found) or published
        elif heading is not None:
            anchor.published = published
        if any(word.lower in lexicon.hints or _has_digit(word.text) for word in sentence.words):
            said = _in_sentence(document.text, sentence, anchor, lexicon)
            found.extend(join_ranges(document.text, tuple(said)))
    found.extend(carry_days(sentences, found, headings))
    return tuple(sorted(found, key=lambda item: (item.sentence, item.first)))


def _in_sentence(
    text: str, sentence: Sentence, anchor: Anchor, lexicon: TimeLexicon
) -> Iterator[TimeMention]:
    at, end = sentence.words[0].start, sentence.words[-1].end
    last: int | None = None
    for start in _starts(sentence, lexicon):
        if start < at or text[start - 1 : start].isalnum():
            continue
        match = lexicon.pattern.match(text, start, end)
        said = None if match is None else _read(text, sentence, match, anchor, lexicon, last=last)
        if match is None or said is None:
            continue
        form, value = said
        one = Span(*match.span()), value
        every = [*_day_before(text, one, form, at), one, *_after(text, one, form, end)]
        for span, told in every:
            anchor.note(told.timex)
            yield _mention(sentence, span, told, form)
        at = last = every[-1][0].end


def _starts(sentence: Sentence, lexicon: TimeLexicon) -> Iterator[int]:
    """Yield the characters at which a time may begin: an opening word, a digit, or one behind a dash."""
    for word in sentence.words:
        text = word.text
        if word.lower in lexicon.openers:
            yield word.start
        elif _has_digit(text):
            for part in _PARTS.finditer(text):
                if part[0][0].isdigit() or part[0].lower() in lexicon.openers:
                    yield word.start + part.start()
        elif not text.isalpha():
            head = _PARTS.search(text)
            if head is not None and head[0].lower() in lexicon.openers:
                yield word.start + head.start()


def _has_digit(text: str) -> bool:
    return not text.isalpha() and any(letter.isdigit() for letter in text)


def _read(
    text: str,
    sentence: Sentence,
    match: re.Match[str],
    anchor: Anchor,
    lexicon: TimeLexicon,
    *,
    last: int | None,
) -> tuple[TimeForm, TimeValue] | None:
    """Read the words of one match; None where they tell no time after all."""
    form, groups = lexicon.groups_of(match)
    if form.account and not anchor.is_account:
        return None
    item = _expression(text, sentence, match, (form, groups), lexicon, last=last)
    value = _READERS[form.id](item, anchor, lexicon)
    return None if value is None else (form, value)


def _expression(
    text: str,
    sentence: Sentence,
    match: re.Match[str],
    said: tuple[TimeForm, Mapping[str, str]],
    lexicon: TimeLexicon,
    *,
    last: int | None,
) -> Expression:
    """Collect what the readers look at; ``last`` is where the time told before it in the sentence ends."""
    start, end = match.span()
    form, groups = said
    lead = _BEFORE.search(text[max(sentence.words[0].start, start - 30) : start])
    after = _AFTER.match(text, end)
    return Expression(
        form,
        groups,
        match.group(),
        " ".join(lead.group().lower().split()) if lead else "",
        after[1] if after and after.end() <= sentence.words[-1].end else "",
        _year_ahead(text, end, groups, lexicon),
        sentence.words[_word_at(sentence, start)].entity,
        _is_future(sentence, start),
        last is not None and _BESIDE.fullmatch(text, last, start) is not None,
        last is not None
        and any(word.lower in lexicon.sayings for word in _words(sentence, last, start)),
    )


def _year_ahead(text: str, at: int, groups: Mapping[str, str], lexicon: TimeLexicon) -> int | None:
    """Read the year of a date that follows and is joined: ``from November 15 to February 15, 1989``."""
    if "month" not in groups and "season" not in groups:
        return None
    joined = _JOINED.match(text, at)
    if joined is None:
        return None
    month = lexicon.months.get(groups.get("month", "").lower().rstrip("."))
    then = lexicon.months.get(joined["month"].lower())
    if then is None and joined["month"].lower() not in lexicon.seasons:
        return None
    return int(joined["year"]) - (month is not None and then is not None and month > then)


def _mention(sentence: Sentence, span: Span, value: TimeValue, form: TimeForm) -> TimeMention:
    first, last = _word_at(sentence, span.start), _word_at(sentence, span.end - 1)
    is_clock = form.kind == "DATE" and "T" in value.timex[:12] and value.timex[:1].isdigit()
    return TimeMention(
        sentence=sentence.index,
        first=first,
        last=last,
        span=span,
        time=Time(value.value, span),
        rule=form.id,
        kind="TIME" if is_clock else form.kind,
        timex=value.timex,
    )


def _day_before(
    text: str, said: tuple[Span, TimeValue], form: TimeForm, least: int
) -> Iterator[tuple[Span, TimeValue]]:
    """Read the first day of ``13-14 July``."""
    span, value = said
    if form.id != "day-month-year" or not text[span.start].isdigit():
        return
    lead = _FIRST_DAY.search(text, max(least, span.start - 12), span.start)
    if lead is not None and 1 <= int(lead[1]) < int(value.value[-2:]):
        yield Span(*lead.span(1)), TimeValue.of(f"{value.value[:-2]}{int(lead[1]):02}")


def _after(
    text: str, said: tuple[Span, TimeValue], form: TimeForm, end: int
) -> Iterator[tuple[Span, TimeValue]]:
    """Read the second day of ``May 4-5``, the second year of ``1957-58``."""
    span, value = said
    if form.id == "month-day-year" and text[span.end - 1].isdigit() and len(value.value) == 10:
        tail = _SECOND_DAY.match(text, span.end, end)
        if tail is not None:
            group = 1 if tail[1] else 2
            if int(value.value[-2:]) < int(tail[group]) <= 31:
                day = f"{value.value[:-2]}{int(tail[group]):02}"
                yield Span(*tail.span(group)), TimeValue.of(day)
    elif form.id in {"year", "approximate-year"}:
        tail = _SECOND_YEAR.match(text, span.end, end)
        if tail is not None and tail[1] > value.value[2:]:
            yield Span(*tail.span(1)), TimeValue.of(value.value[:2] + tail[1])


def _words(sentence: Sentence, start: int, end: int) -> Iterator[Word]:
    return (word for word in sentence.words if start <= word.start < end)


def _word_at(sentence: Sentence, character: int) -> int:
    """Return the word that holds a character, or the first after it."""
    at = bisect_right(sentence.words, character, key=lambda word: word.end)
    return min(at, len(sentence) - 1)


def _is_future(sentence: Sentence, character: int) -> bool:
    """Return whether the verb nearest before an expression speaks of the future.

    What will be and when it was said are told side by side: "will meet in Ost, an official **said** on Monday".
    """
    end = bisect_right(sentence.words, character, key=lambda word: word.start)
    words = sentence.words[max(0, end - FUTURE_WORDS - 1) : end]
    words = tuple(word for word in words if word.start < character)[-FUTURE_WORDS:]
    nearest = ""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.lower in _AHEAD:
            return True
        if word.lower in _BEGIN and at and words[at - 1].tag == "TO":
            return True
        if word.tag == "VBD" and nearest != "VB":
            return False
        if word.tag.startswith("VB") and not nearest:
            nearest = word.tag
    return False
