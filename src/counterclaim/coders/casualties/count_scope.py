"""Count scope: whether a figure is new, a running total, or the toll of one incident; and its days."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from counterclaim.coders.days import nearest_time, own_times
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.event_triggers import trigger_index
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Measure
from counterclaim.records.mention import CountMention, TimeMention
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import child, children, conjuncts, is_passive, subject

_LONG = re.compile(r"\d{4}(?:-\d{2})?\Z|.*/.*|P.*|PAST_REF|\d{4}-(?:SP|SU|FA|WI)")
"""Values of stretches longer than a day or week: a figure over one of them is a running total."""

WEEK = timedelta(days=7)
_PAST = frozenset({"since-then", "the-past-one"})
"""Stretches that end today: "the past three days" sums up."""

FEW = 10
"""Below it, a number with a month or year is one happening's: "four were killed in June"."""
_HAVE = frozenset({"have", "has", "’ve", "'ve"})
_SUMMING = frozenset(
    {"lose", "claim", "top", "reach", "exceed", "pass", "surpass", "total", "hit", "cost", "leave"}
)
"""Verbs that sum losses up in the active voice: "the war has **claimed** 900 lives"."""

NEAR = 7
"""Words from "since" to the day that it names: "since the start of the offensive on July 8" has seven."""

_SINCE = re.compile(
    r"\b(?:(?<!have )(?<!has )(?<!had )since|from the start of|from the beginning of)\b"
    r"(?:[^,.;]|(?<=\d), (?=\d{4}\b)|(?<=\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))\.(?= \d)"
    r"|(?<=\bSept)\.(?= \d)){2,90}?[^,.;\s]"
    r"(?=\s+(?:to|at|is|are|was|were|stands?|stood)\s+(?:\w+\s+)?\d|[,;](?! \d{4}\b)|\.(?! \d)|\s*\Z"
    r"|\s+(?:and|while|according)\b|\s+[-–—]\s)",
    re.IGNORECASE,
)
_BRINGING = re.compile(
    r"\b(?:bring|brings|bringing|brought|raising|raise|raises|raised|taking|takes)\b[^.;]{0,60}?\b(?:total|toll|number|losses|tally|deaths)\b[^.;]{0,60}?\bto\b",
    re.IGNORECASE,
)


_IN_THE_WAR = re.compile(
    r"\b(?:in|during) the (?:\w+ )?(?:war|conflict|fighting|offensive|genocide)\b|\bsince\b|\bso far\b"
)
"""Words behind a number of which it is the running total, whatever stands in the clause before."""

_TO_TOTAL = re.compile(
    r"\b(?:bring|brings|bringing|brought|raising|raise|raises|raised|taking|takes|took|pushing|pushed|lifting)\b"
    r"[^;]{0,60}?\b(?:total|toll|number|losses|tally|deaths|count)\b[^;]{0,60}?\bto\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)


_RECORD = re.compile(
    r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|heaviest|highest|greatest|most \w+)\b"
    r"[^,.;]{0,60}?\bsince\b[^,.;]*",
    re.IGNORECASE,
)
"""Words that set a happening against earlier ones, and sum nothing up: "the **first such deaths since** the truce"."""

_SINCE_THEN = re.compile(r"\bsince\s*(?:[,.;”\"']|\Z)", re.IGNORECASE)
"""A bare "since", which counts from what the clause before tells: "15 more have died **since**"."""


def brings_total(before: str) -> bool:
    """Return whether the words before a number end in "bringing the total ... to"."""
    return _TO_TOTAL.search(before) is not None


def _is_long(said: TimeMention) -> bool:
    """Return whether a time is a stretch over which a figure sums up; a few days told together are not."""
    value, start, end = said.time.value, said.time.start, said.time.end
    if _LONG.match(value) is None:
        return False
    if "/" not in value or start is None or end is None or said.rule in _PAST:
        return True
    return end - start >= WEEK


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words: tuple[str, ...] = getattr(load_harm(), kind)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScopedNumber:
    """A number in its sentence, as far as its scope depends on it."""

    count: CountMention
    anchor: int
    """The word that stands in the sentence's grammar for number and noun."""
    harm: int
    """The word of harm."""
    said: tuple[Span, ...] = ()
    """The content of the saying it stands in: words outside it do not bear on the figure."""


def classify_count_scope(
    setting: DocumentContext, sentence: Sentence, figure: ScopedNumber, previous: Measure | None
) -> tuple[Measure, str]:
    """Read the scope of one figure.

    Rules, first match first:
      1. after "bringing the total to"       cumulative    "... **to 555**"
      2. before it, with another or more     new           "**another 23** ..., bringing the total to"
      3. the day or two just past            new           "in the **past 24 hours**"
         more of them since                  new           "**15 more** have died **since**"
      4. an ordinal of a word of harm        cumulative    "the **fourth** death"
      5. one happening in its clause         incident      "**a bombing** in June killed 12"
      6. one person with an article          incident      "**a soldier** was captured"
      7. words of a running total            cumulative    "since", "so far", "in the war"
      8. a year or month as its stretch      cumulative    "killed **in 2013**"
      9. another, more: goes on with the figure before it, else new
     10. a present perfect                   cumulative    "**have been** killed"
     11. otherwise                           incident

    Returns:
        The measure and the rule's name.
    """
    text = setting.document.text
    count = figure.count
    once = _is_of_one_happening(sentence, figure)
    bringing = _BRINGING.search(text, sentence.span.start, sentence.span.end)
    is_total = brings_total(text[sentence.span.start : count.span.start])
    follows = is_total or (
        bringing is not None
        and 0 <= count.span.start - bringing.end() <= 40
        and "," not in text[bringing.end() : count.span.start]
    )
    if follows and (is_total or not once):
        return "cumulative", "bringing-to"
    more = _is_more(sentence, count)
    if bringing is not None and count.span.end <= bringing.start() and not once:
        return "new", "before-total"
    if more and bringing is not None and not follows:
        return "new", "another"
    reach = _RECORD.sub("", _reach(setting, sentence, figure))
    since = read_since(setting, sentence)
    if since is not None and 0 <= since.start - count.span.end <= 2:
        return "cumulative", "running-total"
    recent = _pattern("recent").search(reach)
    if recent and not _is_own_since(sentence, figure):
        return "new", "past-day"
    if more and _SINCE_THEN.search(reach):
        return "new", "since-then"
    lexicon = load_harm()
    if count.rule == "ordinal" and sentence[figure.anchor].lemma in lexicon.nouns:
        return "cumulative", "ordinal"
    if once:
        return "incident", "one-happening"
    if count.rule in {"article", "name", "ordinal"} and not more:
        return "incident", "one-person"
    if not _has_own_day(setting, sentence, count.span) and (
        _pattern("cumulative").search(reach) or _SINCE.search(reach)
    ):
        return "cumulative", "running-total"
    is_small = count.count.high is not None and count.count.high < FEW
    if not is_small and any(
        _is_long(time) and text[time.span.start : time.span.end] in reach
        for time in setting.resolution.times_in(sentence.index)
    ):
        return "cumulative", "long-period"
    if more:
        return (previous, "goes-on") if previous is not None else ("new", "another")
    lead = not any(map(_has_verb, setting.sentences[: sentence.index]))
    sums = _is_perfect(sentence, figure) and not _has_day(setting, sentence)
    if sums and (not lead or _is_summing(sentence, figure)):
        return "cumulative", "perfect"
    return "incident", "default"


def _is_own_since(sentence: Sentence, figure: ScopedNumber) -> bool:
    """Return whether "in the war", "since May" or the like stands behind a number before the past day does."""
    after = " ".join(word.lower for word in sentence.words[figure.count.last + 1 :])
    own = _IN_THE_WAR.search(after)
    recent = _pattern("recent").search(after)
    return own is not None and (recent is None or own.start() < recent.start())


def _is_more(sentence: Sentence, count: CountMention) -> bool:
    lexicon = load_harm()
    near = {
        sentence[index].lower
        for index in range(max(0, count.first - 2), min(len(sentence), count.last + 1))
    }
    after = {word.lower for word in sentence.words[count.last + 1 : count.last + 2]}
    return bool(near & lexicon.new_before or after & lexicon.new_after)


def _reach(setting: DocumentContext, sentence: Sentence, figure: ScopedNumber) -> str:
    """Return the words that bear on a figure's scope, other clauses blanked out.

    Left out are relative clauses and later coordinated clauses that do not hold the number, what
    stands outside the content it is said in, and what a semicolon or dash cuts off. "Since ...," or
    "As of ...," at the sentence's opening stays: it holds for all of it.
    """
    at = figure.count.head
    out: set[int] = set()
    for word in sentence.words:
        first, last = sentence.first[word.index], sentence.last[word.index]
        if first <= at <= last:
            if _is_reason(sentence, word.index):
                out.update(children(sentence, word.index, "mark"))
            continue
        is_clause = word.dep == "relcl" or (
            word.dep == "conj"
            and word.index > at
            and word.pos in {"VERB", "AUX"}
            and child(sentence, word.index, "nsubj", "nsubjpass") is not None
            and not _shares_auxiliary(setting, sentence, word.index, at)
        )
        if is_clause or _is_reason(sentence, word.index):
            out.update(range(first, last + 1))
    text = setting.document.text
    clause = _clause(text, sentence.span.start, sentence.span.end, figure.count.span)
    opening = _opening(text, sentence.span)
    kept = [
        word
        for word in sentence.words
        if word.index not in out
        and clause.meets(word.span)
        and (
            not figure.said
            or any(content.covers(word.span) for content in figure.said)
            or word.end <= opening
        )
    ]
    return " ".join(
        text[left.start : left.end]
        if right is None
        else text[left.start : min(right.start, left.end + 1)].strip()
        for left, right in zip(kept, [*kept[1:], None], strict=True)
    )


def _has_own_day(setting: DocumentContext, sentence: Sentence, number: Span) -> bool:
    """Return whether a day of its own and then another number stand between a number and "since".

    "Eleven were killed **on Monday** and 26 wounded **since** May": the eleven are Monday's.
    """
    since = read_since(setting, sentence)
    if since is None or since.start < number.end:
        return False
    others = [
        other.span.start
        for other in setting.resolution.counts_in(sentence.index)
        if number.end <= other.span.start < since.start
    ]
    return any(
        number.end <= time.span.start
        and not _is_long(time)
        and any(time.span.end <= other for other in others)
        for time in setting.resolution.times_in(sentence.index)
    )


def _shares_auxiliary(setting: DocumentContext, sentence: Sentence, verb: int, number: int) -> bool:
    """Return whether a later clause leaves out the auxiliary of a number's own, so that its end holds for both.

    "Eleven had been killed and 26 **wounded since May**"; not where the number has a day of its own: "eleven were killed
    **on Monday** and 26 wounded since".
    """
    own = child(sentence, verb, "nsubj", "nsubjpass")
    if own is None or sentence[own].pos != "NUM" or children(sentence, verb, "aux", "auxpass"):
        return False
    return not any(
        number < time.first < sentence.first[verb]
        for time in setting.resolution.times_in(sentence.index)
    )


def _opening(text: str, span: Span) -> int:
    """Return the end of an opening phrase that sets a running total's scope; its start where none does."""
    comma = text.find(",", span.start, span.end)
    opening = text[span.start : comma] if comma != -1 else ""
    sets = _pattern("cumulative").search(opening) or _SINCE.search(opening)
    return comma if sets else span.start


def _is_reason(sentence: Sentence, index: int) -> bool:
    """Return whether a clause gives a reason: "**since** several were in danger"."""
    marks = children(sentence, index, "mark")
    return any(sentence[mark].lower == "since" for mark in marks) and any(
        sentence[aux].lower in {"was", "were", "is", "are"}
        for aux in (index, *children(sentence, index, "aux", "auxpass", "cop"))
    )


def _is_of_one_happening(sentence: Sentence, figure: ScopedNumber) -> bool:
    """Return whether the words tell the harm as that of one happening.

    Accepts:
      1. its doer or means          "**the blast** killed 12", "killed by **a mine**"
      2. what holds it              "12 were killed in **the attack**", "a toll of 12 from **the raid**"
      3. what it followed from      "stormed the hotel, **killing** 12", "a siege **that left** 12 dead"
    """
    harm = figure.harm
    hosts = (harm, *conjuncts(sentence, harm), figure.anchor, *_above(sentence, figure.anchor))
    for index in dict.fromkeys(hosts):
        for prep in children(sentence, index, "prep", "agent"):
            if sentence[prep].lower in {"in", "by", "during", "from", "when", "at", "after", "of"}:
                inner = child(sentence, prep, "pobj")
                if inner is not None and any(
                    _is_occasion(sentence, noun) for noun in (inner, *conjuncts(sentence, inner))
                ):
                    return True
    verb = harm
    if sentence[verb].pos not in {"VERB", "AUX"}:
        verb = sentence[verb].head
    doer = None if is_passive(sentence, verb) else subject(sentence, verb)
    if doer is not None and doer != figure.anchor and _is_occasion(sentence, doer):
        return True
    host = sentence[verb].head
    if sentence[verb].dep in {"relcl", "acl"} and _is_occasion(sentence, host):
        return True
    if sentence[verb].dep in {"advcl", "relcl"} and sentence[verb].tag in {"VBG", "VBD"}:
        return _is_act(sentence, host) and not _has_plural_object(sentence, host)
    return any(
        _is_act(sentence, index)
        and any(
            sentence[mark].lower == "when" for mark in children(sentence, index, "advmod", "mark")
        )
        for index in children(sentence, verb, "advcl")
    )


@cache
def _acts() -> frozenset[str]:
    """Lemmas of the verbs of force."""
    return frozenset(
        name
        for name, triggers in trigger_index().verbs.items()
        if any(trigger.type == "ASSAULT" for trigger in triggers)
    )


def _is_act(sentence: Sentence, verb: int) -> bool:
    word = sentence[verb]
    return word.tag in {"VBD", "VBG", "VBN"} and word.lemma in _acts()


def _above(sentence: Sentence, anchor: int) -> list[int]:
    """Return the word above the number, where that is a toll or a verb of saying it."""
    head = sentence[anchor].head
    found = [head]
    if sentence[head].pos == "ADP":
        found.append(sentence[head].head)
    return found


def _is_occasion(sentence: Sentence, noun: int) -> bool:
    """Return whether a noun names one happening: singular, and not "an attack a day"."""
    word = sentence[noun]
    if word.lemma == "pair":
        return True
    return word.tag in {"NN", "NNP"} and word.lemma in load_harm().occasions


def _has_plural_object(sentence: Sentence, verb: int) -> bool:
    return any(
        sentence[index].lemma in load_harm().occasions and sentence[index].tag == "NNS"
        for index in children(sentence, verb, "dobj")
    )


def _is_perfect(sentence: Sentence, figure: ScopedNumber) -> bool:
    """Return whether the words sum up until now: "**have been** killed", "said 32 **had** died".

    A first sentence tells news in the perfect, and so does a party that "has killed" somebody.
    """
    hosts = [figure.harm]
    if sentence[figure.harm].tag not in {"VBG", "VBD"}:
        hosts += [sentence[figure.harm].head, sentence[figure.anchor].head]
    for index in dict.fromkeys(hosts):
        helpers = children(sentence, index, "aux")
        if sentence[index].tag != "VBN" or any(sentence[aux].tag == "MD" for aux in helpers):
            continue
        has = any(sentence[aux].lower in _HAVE for aux in helpers)
        had = bool(figure.said) and any(sentence[aux].lower == "had" for aux in helpers)
        sums = (
            is_passive(sentence, index)
            or child(sentence, index, "dobj") is None
            or sentence[index].lemma in _SUMMING
        )
        if (has or had) and sums:
            return True
    return False


def _is_summing(sentence: Sentence, figure: ScopedNumber) -> bool:
    """Return whether a verb sums losses up, first sentence or not: "has **lost**", "has **topped**"."""
    hosts = (figure.harm, sentence[figure.harm].head, sentence[figure.anchor].head)
    return any(sentence[index].lemma in _SUMMING for index in hosts)


def _has_verb(sentence: Sentence) -> bool:
    """Return whether a sentence tells anything: a dateline does not."""
    return any(word.pos in {"VERB", "AUX"} for word in sentence.words)


def _has_day(setting: DocumentContext, sentence: Sentence) -> bool:
    return any(not _is_long(item) for item in setting.resolution.times_in(sentence.index))


def _clause(text: str, start: int, end: int, span: Span) -> Span:
    """Return the stretch between semicolons and dashes that holds a number."""
    left = max(
        (text.rfind(mark, start, span.start) for mark in (";", " — ", " -- ", " – ")), default=-1
    )
    rights = [
        at
        for at in (text.find(mark, span.end, end) for mark in (";", " — ", " -- ", " – "))
        if at != -1
    ]
    return Span(left + 1 if left > start else start, min(rights, default=end))


def read_since(setting: DocumentContext, sentence: Sentence) -> Span | None:
    """Return the words that name a running total's start: "since the fighting began"."""
    match = _SINCE.search(setting.document.text, sentence.span.start, sentence.span.end)
    return None if match is None else Span(*match.span())


def _opens(since: Span, time: Span, text: str) -> bool:
    """Return whether a time is the beginning that the words name: "since **July 8**", not what follows it."""
    between = text[since.start : time.start] if since.covers(time) else ","
    return len(between.split()) <= NEAR and "," not in between


def _is_recent(setting: DocumentContext, time: Span) -> bool:
    """Return whether a time is the day just past, which a running total beside a new figure does not count alone."""
    text = setting.document.text
    return _pattern("recent").search(text[max(0, time.start - 12) : time.end]) is not None


def read_days(
    setting: DocumentContext, sentence: Sentence, count: CountMention, measure: Measure
) -> tuple[Time | None, Time | None]:
    """Return a figure's period and its as-of day.

    "As of Tuesday" governs every figure of its sentence that follows; another time is the period of a
    new or incident figure, and the as-of day of a running total. The day behind "since" is neither: a
    total runs from it, and where no other day is told it is that of the day of printing.
    """
    record = _RECORD.search(setting.document.text, sentence.span.start, sentence.span.end)
    times = tuple(
        item
        for item in own_times(setting, sentence, count.span)
        if record is None or not Span(*record.span()).covers(item.span)
    )
    since = read_since(setting, sentence)
    if since is not None:
        times = tuple(item for item in times if not _opens(since, item.span, setting.document.text))
    if measure == "cumulative":
        times = tuple(item for item in times if not _is_recent(setting, item.span))
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
    nearest = nearest_time(setting, sentence, count.head, times)
    if measure in {"cumulative", "snapshot"}:
        return (nearest.time, None) if _is_long(nearest) else (None, nearest.time)
    return nearest.time, None
