"""Ceasefires: each told state of each truce, with brokers, parties, terms, times and alleged breaches."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from counterclaim.coders.arguments import place_of
from counterclaim.coders.ceasefires.participants import CeasefireMention, ceasefire_participants
from counterclaim.coders.ceasefires.sides import bind_parties, find_sides
from counterclaim.coders.ceasefires.status import StatusMention, ceasefire_statuses
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.statuses import load_ceasefires
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Ceasefire, Claim
from counterclaim.records.mention import TimeMention
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence

_NO_ALLEGATION = frozenset({"deny", "reject", "retract", "admit"})
"""Stances under which who speaks of a breach does not allege one."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A ceasefire's name where a state is told of it."""

    sentence: Sentence
    head: int
    name: Span
    speaker: Attribution | None
    told: tuple[StatusMention, ...]
    named: CeasefireMention


def code_ceasefires(setting: DocumentContext) -> tuple[Claim, ...]:
    """Read the ceasefires of a document: one claim for each state that a clause tells of one.

    Statuses are read from the words that govern the name (``progress``), brokers and parties from the
    words beside it (``bound``) and then from the whole document (``belligerents``). Where nothing tells a state, no claim.

    Source:
        docs/codebook/ceasefires.md.
    """
    mentions = [item for sentence in setting.sentences for item in _in_sentence(setting, sentence)]
    sides = find_sides(setting, [item.named for item in mentions])
    return tuple(
        _claim(setting, item, told, *bind_parties(setting, item.named, sides))
        for item in mentions
        for told in item.told
    )


def _in_sentence(setting: DocumentContext, sentence: Sentence) -> Iterator[_Mention]:
    text = setting.document.text
    last_end = -1
    for match in load_ceasefires().names.finditer(text, sentence.span.start, sentence.span.end):
        name = Span(*match.span())
        head = _head(sentence, name.start, name.end)
        if head is None or name.start < last_end:
            continue
        speaker = setting.speaker_of(name)
        told = ceasefire_statuses(text, sentence, head, name, speaker)
        if told:
            last_end = _span(sentence, head, name).end
            named = ceasefire_participants(setting, sentence, head)
            yield _Mention(sentence, head, name, speaker, told, named)


def _claim(
    setting: DocumentContext,
    item: _Mention,
    told: StatusMention,
    brokers: tuple[Party, ...],
    parties: tuple[Party, ...],
) -> Claim:
    text, speaker = setting.document.text, item.speaker
    phrase = _span(item.sentence, item.head, item.name)
    span = phrase if told.basis is None else _joined(item.sentence, phrase, told.basis)
    is_alleged = speaker is not None and speaker.stance not in _NO_ALLEGATION
    return Claim(
        document_id=setting.document.id,
        span=span,
        quote=text[span.start : span.end],
        sentence=item.sentence.span,
        payload=Ceasefire(
            status=told.status,
            brokers=brokers,
            parties=parties,
            effective=_effective(setting, item, told, phrase),
            place=place_of(setting, item.sentence, item.head),
            terms=_terms(text, item.sentence, item.head),
            background=_is_past(setting, item),
            breach_alleged_by=speaker.speakers
            if told.status == "violated" and speaker is not None and is_alleged
            else (),
        ),
        speakers=speaker.speakers if speaker is not None else (),
        stance=speaker.stance if speaker is not None else "state",
        attribution_id=speaker.id if speaker is not None else None,
        trace=(
            Step(
                "coders",
                f"ceasefire:{told.rule}",
                text[item.name.start : item.name.end],
                item.name,
            ),
        ),
    )


def _head(sentence: Sentence, start: int, end: int) -> int | None:
    inside = [word.index for word in sentence.words if word.start < end and word.end > start]
    if not inside:
        return None
    return next(
        (
            index
            for index in inside
            if sentence[index].head not in inside or sentence[index].head == index
        ),
        inside[-1],
    )


def _span(sentence: Sentence, head: int, name: Span) -> Span:
    """Return the noun phrase of a ceasefire with what is told in it: "agreed to in Moscow last Friday"."""
    first, last = sentence.first[head], sentence.last[head]
    if sentence[head].pos not in {"NOUN", "PROPN"}:
        return name
    return sentence.cover(first, last)


def _joined(sentence: Sentence, phrase: Span, basis: Span) -> Span:
    """Return the words from those that tell the state to the name: "**refused to extend the truce**"."""
    span = Span(min(phrase.start, basis.start), max(phrase.end, basis.end))
    return span if len(span) <= MOST_WORDS and sentence.span.covers(span) else phrase


MOST_WORDS = 240
"""Characters of a claim's words beyond which they are the name's phrase alone."""


# ---------------------------------------------------------------- from when


def _effective(
    setting: DocumentContext, item: _Mention, told: StatusMention, span: Span
) -> Time | None:
    """Return from when it holds, or the day of what is told.

    Rules, first match first:
      1. a time behind words of a start        "**starting** Saturday", "**since** July 8", "**from** midnight on Sunday"
      2. a time in the noun phrase, the nearest; else in the sentence

    Where a part of the sentence tells the state, its times go before the others'.
    """
    times = setting.resolution.times_in(item.sentence.index)
    if not times:
        return None
    if told.words is not None:
        times = tuple(time for time in times if told.words.covers(time.span)) or times
    starting = [time for time in times if _begins(setting, item.sentence, time)]
    if starting and told.status in {"agreed", "in force", "proposed", "called for"}:
        chosen = min(starting, key=lambda time: abs(time.span.start - item.name.end))
        return _ahead(setting, item.sentence, _dated(times, chosen))
    inside = [time for time in times if span.covers(time.span)]
    chosen = min(inside or times, key=lambda time: abs(time.span.start - span.end))
    if inside and told.status in {"proposed", "called for"}:
        return _next_week(setting, _dated(times, chosen))
    return _dated(times, chosen).time


def _begins(setting: DocumentContext, sentence: Sentence, time: TimeMention) -> bool:
    before = setting.document.text[sentence.span.start : time.span.start]
    return load_ceasefires().starts.search(before) is not None


def _dated(times: tuple[TimeMention, ...], chosen: TimeMention) -> TimeMention:
    """Return an hour's day where it stands beside it: "8 a.m. on **Saturday**"."""
    if chosen.kind != "TIME":
        return chosen
    near = [
        time
        for time in times
        if time.kind == "DATE" and 0 <= time.first - chosen.last <= 4 and time.time.is_resolved
    ]
    return near[0] if near else chosen


def _ahead(setting: DocumentContext, sentence: Sentence, item: TimeMention) -> Time:
    """Read the weekday of a start to come as the next one: "will take effect on Saturday", on a Friday."""
    before = setting.document.text[sentence.span.start : item.span.start]
    is_coming = load_ceasefires().coming.search(before) is not None
    return _next_week(setting, item) if is_coming else item.time


def _next_week(setting: DocumentContext, item: TimeMention) -> Time:
    """Return the next such weekday after publication, where a bare weekday was read as the last one."""
    published, start = setting.document.published, item.time.start
    words = setting.document.text[item.span.start : item.span.end].lower().split()
    is_weekday = (
        not _WEEKDAYS.isdisjoint(word.strip(".,") for word in words) and "last" not in words
    )
    if not is_weekday or published is None or start is None or start >= published:
        return item.time
    ahead = start + timedelta(days=7)
    return replace(item.time, value=ahead.isoformat() + item.time.value[10:])


def _is_past(setting: DocumentContext, item: _Mention) -> bool:
    """Return whether it is an earlier one, told for context: "**previous** truces", "the **1994** ceasefire"."""
    sentence, published = item.sentence, setting.document.published
    low, high = sentence.first[item.head], item.head
    if sentence[high].dep in {"compound", "nmod"}:
        low, high = sentence.first[sentence[high].head], sentence[high].head
    if any(word.lower in _EARLIER for word in sentence.words[low:high]):
        return True
    if published is None:
        return False
    inside = (
        time.time.end
        for time in setting.resolution.times_in(sentence.index)
        if sentence.first[item.head] <= time.first <= sentence.last[item.head]
    )
    return any(day is not None and (published - day).days > PAST_DAYS for day in inside)


PAST_DAYS = 400
"""Days before publication beyond which a ceasefire's own day makes it one of another time."""
_EARLIER = frozenset({"previous", "earlier", "past", "prior"})
_WEEKDAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)


def _terms(text: str, sentence: Sentence, head: int) -> str | None:
    window = text[sentence[sentence.first[head]].start : sentence[head].end]
    match = load_ceasefires().terms.search(window)
    if match is not None:
        return match.group().lower()
    for index in range(sentence.first[head], head):
        if sentence[index].lower in {"hour", "day", "week", "month"} and index >= 2:
            return text[sentence[index - 2].start : sentence[index].end]
    return None
