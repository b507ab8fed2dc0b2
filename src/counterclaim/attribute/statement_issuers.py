"""Statement issuers: who speaks where the form of a text says so, and no cue does.

A post stands under its account, an answer under the one who is asked, a statement under its heading, a quotation
without a cue behind the one who acts. Nothing is guessed: where the form names nobody that is known, nobody speaks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.attribute.document_context import AttributionContext
from counterclaim.records.attribution import Attribution, Stance
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Passage, Span
from counterclaim.syntax.walk import SUBJECTS

ISSUED = "issued"
"""The ``cue_entry`` of words that the form of a text gives to somebody."""

ACCOUNT = re.compile(
    r"(?P<name>[^\n@]{2,70}?)[ \t]*\n?[ \t]*\(?@\w{2,20}\)?(?:[ \t]*[·|•-][^\n]{0,40})?[ \t]*(?:\n|\Z)"
)
"""An account's line over a post: "Ministry of Defence of Ardenia @ArdeniaMoD"; its handle may have the next line."""

INTERVIEW = re.compile(
    r"(?i:interview with|in conversation with|q ?& ?a with|questions to)\s+(?P<name>[^\n]{3,120})"
)
QUESTION = re.compile(r"(?:Q|Question|INTERVIEWER|Interviewer)\s?\d{0,2}\s?[:.]\s")
ANSWER = re.compile(r"(?:A|Answer)\s?\d{0,2}\s?[:.]\s")
LABEL = re.compile(r"(?P<label>[A-Z][\w.’'-]*(?:[ ][A-Z][\w.’'-]+){0,3})[ ]?:\s")
"""A name before a turn of an interview: "Ruf: We lost four men"."""

BARE = re.compile(
    r"(?:\W*(?:\d{1,2}(?:st|nd|rd|th)?|\d{4}|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|[AaPp]\.?[Mm]\.?|[A-Z]{1,3}T|UTC"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)\b)+\W*"
    r"|\s*(?:#\w+\s*)+"
    r"|\s*\d[\d.,]*[KkMm]?(?:[^\w\n]+\d[\d.,]*[KkMm]?)*[^\w\n]*"
    r"|(?i:(?:press |military |official |joint |public )?(?:statement|communiqu[eé]|press release|announcement))\s*"
    r"(?i:no\.? ?\d+)?\W*"
    r"|\W*(?i:signed|signature)\b.*",
    re.DOTALL,
)
"""Words that state nothing: a day or an hour by itself, tags and counters, the kind of a paper, a signature."""

STATEMENT = re.compile(
    r"(?i:(?:press |joint |official |public |daily |evening )?(?:statement|comment|remarks|press release|communiqu[eé]|message"
    r"|address|declaration|briefing|announcement|speech)s? (?:by|of|from))\s+(?:the\s+)?(?P<name>[^\n]{3,120})"
)
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)\b")
DENIAL = re.compile(
    r"\W*(?:No|Never|Not at all|Absolutely not)\b(?!\s+\w+\s+(?:was|were|has|have))"
)

LEAST_LETTERHEAD = 2
"""Words of a letterhead: a party's one name over a text is as often what the text is about."""

_ISSUING = frozenset({"armed group", "organisation"})

_FIRST = frozenset({"i", "we", "us", "me"})
HEADING_REACH = 2
"""Passages at the head of a text in which a statement or an interview names who speaks."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A passage's words, and whose they are."""

    passage: Passage
    start: int
    """First character behind a label such as "A:"."""
    speaker: Party
    name: Span
    """The words that name the speaker."""
    rule: str


def add_issued(
    text: AttributionContext, passages: Sequence[Passage], found: Sequence[Attribution]
) -> list[Attribution]:
    """Return attributions with those added that the form of a text makes.

    Accepts:
      1. posts under an account           "Ministry of Defence of Ardenia @ArdeniaMoD", and what follows
      2. answers                          "Interview with Colonel Ruf of the Ardenian army", "Q: …", "A: …"
      3. a statement in the first person  "Comment by the UN Human Rights Office on Ost", "We are horrified …"
      4. a quotation without a cue        "Colonel Ruf turned to the reporters. “We lost four men.”"
      5. a statement under a letterhead    "Ministry of Defence of Ardenia", and under it "Our forces …"
      6. "we say" outside quotations      of whoever issues it: by form, else the outlet

    Args:
        text: The document's text.
        passages: Of its report.
        found: What cues gave.
    """
    voices = list(_voices(text, passages))
    asked = _questions(text, passages, voices)
    kept = [
        _with_speaker(text, item, voices)
        for item in found
        if not any(span.covers(item.cue) for span in asked)
    ]
    kept += [item for voice in voices if (item := _issued(text, voice, kept)) is not None]
    uncued = _uncued(text, kept)
    kept = [*(_as_quoted(text, item, uncued) for item in kept), *uncued]
    return sorted(kept, key=lambda item: item.content[0].start if item.content else item.cue.start)


def _voices(text: AttributionContext, passages: Sequence[Passage]) -> Iterator[_Voice]:
    words = text.document.text
    account: tuple[Party, Span] | None = None
    asked = _asked(text, passages)
    issuer = _issuer(text, passages)
    is_answering = False
    last = passages[-1].span.end if passages else 0
    read = 0
    for passage in passages:
        if passage.span.end <= read:
            continue
        head = ACCOUNT.match(words, passage.span.start, last)
        if (
            head is not None
            and "\n" in head[0].strip()
            and _party(text, Span(*head.span("name"))) is None
        ):
            head = None
        if head is not None:
            read = head.end()
            name = Span(*head.span("name"))
            party = _party(text, name)
            account = None if party is None else (party, name)
            if account is not None and head.end() < passage.span.end:
                yield _Voice(passage, head.end(), *account, "account")
            continue
        if account is not None:
            yield _Voice(passage, passage.span.start, *account, "account")
            continue
        if asked is not None:
            answered = _answered(text, passage, asked[1])
            if _is_question(text, passage, asked[1]):
                is_answering = True
            elif answered is not None:
                yield _Voice(passage, answered, *asked, "answer")
            elif is_answering:
                yield _Voice(passage, passage.span.start, *asked, "answer")
            continue
        if issuer is not None and passage.span.start > issuer[1].end:
            yield _Voice(passage, passage.span.start, *issuer, "statement")


def _questions(
    text: AttributionContext, passages: Sequence[Passage], voices: Sequence[_Voice]
) -> tuple[Span, ...]:
    """Return the questions of an interview: nobody states anything in them."""
    if not any(voice.rule == "answer" for voice in voices):
        return ()
    name = next(voice.name for voice in voices if voice.rule == "answer")
    return tuple(item.span for item in passages if _is_question(text, item, name))


def _is_question(text: AttributionContext, passage: Passage, name: Span) -> bool:
    """Return whether a passage is asked: under "Q:", or under another name than that of the one who answers."""
    start, end = passage.span.start, passage.span.end
    if QUESTION.match(text.document.text, start, end):
        return True
    label = LABEL.match(text.document.text, start, end)
    return (
        label is not None
        and not ANSWER.match(text.document.text, start, end)
        and not _names(text, label["label"], name)
        and text.document.text[start:end].rstrip().endswith(("?", "."))
    )


def _answered(text: AttributionContext, passage: Passage, name: Span) -> int | None:
    """Return where an answer begins behind its label: "A:", or the name of the one who answers."""
    start, end = passage.span.start, passage.span.end
    answer = ANSWER.match(text.document.text, start, end)
    if answer is not None:
        return answer.end()
    label = LABEL.match(text.document.text, start, end)
    return None if label is None or not _names(text, label["label"], name) else label.end()


def _names(text: AttributionContext, label: str, name: Span) -> bool:
    """Return whether a label's last word is one of the words that name who is asked."""
    return label.rsplit(maxsplit=1)[-1] in re.findall(r"[\w’'-]+", text.document.words(name))


def _asked(text: AttributionContext, passages: Sequence[Passage]) -> tuple[Party, Span] | None:
    """Return who is interviewed, where a heading says so and questions follow."""
    named = _named(text, passages, INTERVIEW)
    if named is None or not any(_is_question(text, item, named[1]) for item in passages):
        return None
    if not any(_answered(text, item, named[1]) for item in passages) and not any(
        QUESTION.match(text.document.text, item.span.start, item.span.end) for item in passages
    ):
        return None
    return named


def _issuer(text: AttributionContext, passages: Sequence[Passage]) -> tuple[Party, Span] | None:
    """Return who issues a statement that is written in the first person."""
    named = _named(text, passages, STATEMENT) or _letterhead(text, passages)
    if named is None:
        return None
    quotes = [quote.span for quote in text.quotes]
    speaks = any(
        not any(quote.covers(Span(*match.span())) for quote in quotes)
        for match in FIRST_PERSON.finditer(text.document.text, named[1].end)
    )
    return named if speaks else None


def _letterhead(text: AttributionContext, passages: Sequence[Passage]) -> tuple[Party, Span] | None:
    """Return the body whose bare name is a text's first line."""
    if not passages:
        return None
    start = passages[0].span.start
    line = text.document.text[start : passages[0].span.end].split("\n", 1)[0].rstrip()
    name = Span(start, start + len(line))
    said = next((party for span, party in text.resolution.line_voices if span == name), None)
    if said is None:
        said = next(
            (
                item.parties[0]
                for item in text.resolution.parties
                if item.span == name and len(item.parties) == 1 and item.parties[0].kind in _ISSUING
            ),
            None,
        )
    return None if said is None or len(line.split()) < LEAST_LETTERHEAD else (said, name)


def _named(
    text: AttributionContext, passages: Sequence[Passage], form: re.Pattern[str]
) -> tuple[Party, Span] | None:
    for passage in passages[:HEADING_REACH]:
        match = form.search(text.document.text, passage.span.start, passage.span.end)
        if match is not None:
            name = Span(*match.span("name"))
            party = _party(text, name)
            if party is not None:
                return party, name
    return None


def _party(text: AttributionContext, name: Span) -> Party | None:
    """Return the party that a name's words mean: the person or body that they begin with."""
    inside = [item for item in text.resolution.parties if name.covers(item.span) and item.parties]
    said = next((party for span, party in text.resolution.line_voices if span.meets(name)), None)
    if not inside:
        return said
    first = min(inside, key=lambda item: (item.span.start, -len(item.span))).parties[0]
    if said is None or said.unit is None:
        return first
    is_same = first.unit is None or said.unit.startswith(first.unit)
    return said if first.root == said.root and is_same else first


def _with_speaker(
    text: AttributionContext, item: Attribution, voices: Sequence[_Voice]
) -> Attribution:
    """Assign "we" outside quotations to whoever issues the words."""
    if item.speakers or item.speaker_span is None:
        return item
    if text.document.words(item.speaker_span).lower() not in _FIRST:
        return item
    if any(quote.span.covers(item.cue) for quote in text.quotes):
        return item
    voice = next((v for v in voices if v.passage.span.covers(item.cue)), None)
    party = text.resolution.voice if voice is None else voice.speaker
    return item if party is None else replace(item, speakers=(party,))


def _as_quoted(
    text: AttributionContext, item: Attribution, quoted: Sequence[Attribution]
) -> Attribution:
    """Assign "we" inside a quotation without a cue to the one who is quoted."""
    if item.speakers or item.speaker_span is None:
        return item
    if text.document.words(item.speaker_span).lower() not in _FIRST:
        return item
    host = next((q for q in quoted if any(span.covers(item.cue) for span in q.content)), None)
    return item if host is None else replace(item, speakers=host.speakers)


def _issued(
    text: AttributionContext, voice: _Voice, found: Sequence[Attribution]
) -> Attribution | None:
    """Make one attribution of a passage's sentences that no cue gives to anybody."""
    spans: list[Span] = []
    for sentence in text.sentences_in(voice.passage.span):
        start = max(sentence.span.start, voice.start)
        words = text.document.text[start : sentence.span.end]
        if start >= sentence.span.end or words.rstrip().endswith("?") or len(words.split()) < 2:
            continue
        if BARE.fullmatch(words):
            continue
        if any(item.is_claim and sentence.span.covers(item.cue) for item in found):
            continue
        if spans and not text.document.text[spans[-1].end : start].strip():
            spans[-1] = Span(spans[-1].start, sentence.span.end)
        else:
            spans.append(Span(start, sentence.span.end))
    if not spans:
        return None
    stance: Stance = "state"
    if voice.rule == "answer" and DENIAL.match(
        text.document.text, voice.start, voice.passage.span.end
    ):
        stance = "deny"
    return _attribution(text, tuple(spans), voice.speaker, voice.name, (stance, voice.rule))


def _uncued(text: AttributionContext, found: Sequence[Attribution]) -> list[Attribution]:
    """Attribute a quotation in the first person, which no cue reaches, to the one who acts in the sentence before it."""
    made: list[Attribution] = []
    for quote in text.quotes:
        inner = text.document.text[quote.span.start : quote.span.end]
        if not quote.is_closed or not FIRST_PERSON.search(inner):
            continue
        if any(span.meets(quote.span) for item in found if item.speakers for span in item.content):
            continue
        quoted = text.sentences_in(quote.span)
        if not quoted or not all(quote.span.covers(item.span) for item in quoted):
            continue
        before = next(
            (item for item in reversed(text.sentences) if item.span.end <= quote.span.start), None
        )
        if before is None or before.passage.index < quoted[0].passage.index - 1:
            continue
        actor = next(
            (
                item
                for item in text.resolution.parties
                if item.sentence == before.index
                and before[item.head].dep in SUBJECTS
                and item.parties
                and item.parties[0].unit is not None
            ),
            None,
        )
        if actor is not None:
            made.append(
                _attribution(text, (quote.span,), actor.parties[0], actor.span, ("state", "uncued"))
            )
    return made


def _attribution(
    text: AttributionContext,
    content: tuple[Span, ...],
    speaker: Party,
    name: Span,
    how: tuple[Stance, str],
) -> Attribution:
    stance, rule = how
    words = text.document.text[name.start : name.end]
    return Attribution(
        document_id=text.document.id,
        cue=name,
        cue_entry=ISSUED,
        content=content,
        speakers=(speaker,),
        speaker_span=name,
        stance=stance,
        quotation="direct" if rule == "uncued" else "indirect",
        trace=(
            Step("attribute", "cue:issued", words, name),
            Step("attribute", f"speaker:{rule}", words, name),
            Step("attribute", f"content:{rule}", "", content[0]),
        ),
    )
