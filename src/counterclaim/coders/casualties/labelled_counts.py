"""Labelled figures: counts that stand in tables, behind a label, or in telegraphic lines, without a sentence.

Bulletins, counts of hospitals and digests of headlines write "Killed: 14", "23 killed, 61 injured", or a table.
A parser makes nothing of them, or something else; here the words beside the number are all the grammar there is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.coders.casualties.count_headings import heading_period
from counterclaim.coders.casualties.count_scope import read_since
from counterclaim.coders.casualties.text_tables import NumberCell, PlacedWords, find_cells
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.unreal import tells_unreal
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Casualty, Category, Claim, Measure, Outcome, Relation
from counterclaim.records.count import Count, exactly
from counterclaim.records.party import Party
from counterclaim.records.place import Place
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time

TOTALS = re.compile(r"\W*(?:grand |sub-?)?totals?\b|\W*(?:all|overall|sum)\W*\Z", re.IGNORECASE)

_HARM = (
    r"killed|dead|deaths|deceased|fatalities|fatality|injured|injuries|wounded|hurt|missing|martyred|martyrs"
    r"|captured|detained|displaced"
)
_AMOUNT = r"(?P<hedge>at least|more than|over|about|around|some|nearly|up to|~|>)?\s?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<plus>\+)?"
LABEL = re.compile(
    rf"(?P<label>(?:[A-Za-z][\w’'-]*[ ]){{0,5}}?(?:{_HARM})(?:[ ](?:by|in|of|among|since)(?:[ ][\w’'-]+){{1,5}}?)?)[ ]?[:=][ ]?{_AMOUNT}"
    r"(?![\w%]|[.,:]\d|\s*(?:people|per|km|year|month|day|hour))",
    re.IGNORECASE,
)
"""A label with a word of harm, a colon and a number: "Ardenians killed: 14"."""

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
TELEGRAM = re.compile(
    rf"(?P<opens>^[^\w\n~>]*|[,;:–—-]\s|\band\s|\bleft\s|\bleaves\s|\bleaving\s)\s*"
    rf"(?:(?P<words>{'|'.join(_NUMBERS)})|{_AMOUNT})\s(?P<who>(?:[A-Za-z][\w’'-]*\s){{0,3}}?)(?P<harm>{_HARM})\b(?!\s*(?:or\b|/)|\s+[a-z]+s\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""A number, at most three words for the persons and a word of harm, at the beginning of a line or a clause."""

_TELLS = re.compile(
    r"(?P<who>[^.:\n]{2,90}?)\s(?:said|says|reported|reports|announced|put out|gave|counted)\b[^.:\n]{0,60}:\s*\Z"
)
LONGEST_LEAD = 160
"""Characters before a label in which "the army said:" is looked for."""

LONGEST_LINE = 400
"""Characters of a telegraphic line; a longer one is prose, and read as such."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with what the words beside it say."""

    number: Span
    count: Count
    outcome: Outcome
    label: PlacedWords
    """The words that say what was counted."""
    rule: str
    row: PlacedWords | None = None
    is_total: bool = False
    instead: bool = True
    """Whether it stands for whatever the grammar made of the same number."""


def add_labelled(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return figures with those added that stand in tables, behind labels and in telegraphic lines.

    Accepts:
      1. a table's cell                "| Ost | 23 | 61 |" under "Killed", "Injured"
      2. a label before a number       "Killed: 14", "Ardenians killed by Kestrian forces: 14"
      3. a telegraphic line            "23 killed, 61 injured in shelling of Ost", "14 dead, 30 hurt as shells hit Ost"

    What the grammar read of the same number gives way in tables and behind labels; in a telegraphic line only where
    it has the outcome from elsewhere.

    Args:
        setting: The document.
        claims: The figures that the grammar gives.
    """
    found = _without_doubles([*_of_tables(setting), *_of_labels(setting), *_of_telegrams(setting)])
    if not found:
        return tuple(claims)
    kept: list[Claim] = []
    told: set[Span] = set()
    for claim in claims:
        same = next((item for item in found if item.number.meets(claim.span)), None)
        if same is None or not isinstance(claim.payload, Casualty):
            kept.append(claim)
        elif not same.instead:
            told.add(same.number)
            kept.append(_with_outcome(claim, claim.payload, same))
    new = [
        _claim(setting, item)
        for item in found
        if item.number not in told and not tells_unreal(setting.sentences, item.number)
    ]
    return tuple(sorted([*kept, *new], key=lambda claim: claim.span.start))


def _with_outcome(claim: Claim, payload: Casualty, found: _Found) -> Claim:
    if payload.outcome == found.outcome:
        return claim
    step = Step("coders", f"harm:{found.rule}", found.label.words, found.label.span)
    return replace(
        claim,
        payload=replace(payload, outcome=found.outcome, outcome_words=None),
        trace=(*claim.trace, step),
    )


def _without_doubles(found: Sequence[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for item in found:
        if not any(item.number.meets(other.number) for other in kept):
            kept.append(item)
    return kept


def read_outcome(words: str) -> Outcome | None:
    """Return the outcome that a label or a column's head names; None for none, or for several."""
    lexicon = load_harm()
    outcomes: list[Outcome] = []
    for word in re.findall(r"[a-z]+", words.lower()):
        for form in _forms(word):
            outcome = lexicon.alone.get(form) or lexicon.nouns.get(form) or lexicon.verbs.get(form)
            if outcome is not None and form not in {
                "loss",
                "body",
                "remains",
                "fall",
                "hit",
                "strike",
                "count",
            }:
                outcomes.append(outcome)
                break
        if word == "by":
            break
    return outcomes[0] if len(set(outcomes)) == 1 else None


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending, other in (("ies", "y"), ("s", ""), ("ed", ""), ("ed", "e"), ("d", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)] + other


def _is_head(words: str) -> bool:
    return len(words) <= 40 and read_outcome(words) is not None


def _of_tables(setting: DocumentContext) -> Iterator[_Found]:
    text = setting.document.text
    lines = [
        Span(start, end) for passage in _passages(setting) for start, end in _lines(text, passage)
    ]
    for cell in find_cells(text, lines, _is_head):
        outcome = read_outcome(cell.column.words)
        if outcome is not None:
            yield _of_cell(cell, outcome)


def _of_cell(cell: NumberCell, outcome: Outcome) -> _Found:
    words = cell.number.words
    number = int(re.sub(r"\D", "", words))
    count = exactly(number)
    if words.endswith("+") or words.startswith((">", "+")):
        count = Count(number, None, "at_least", number)
    elif words.startswith("~"):
        count = Count(number, number, "about", number)
    is_total = TOTALS.match(cell.row.words) is not None
    return _Found(cell.number.span, count, outcome, cell.column, "table", cell.row, is_total)


def _lines(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _passages(setting: DocumentContext) -> list[Span]:
    spans = dict.fromkeys(sentence.passage.span for sentence in setting.sentences)
    return sorted(spans)


def _of_labels(setting: DocumentContext) -> Iterator[_Found]:
    text = setting.document.text
    for passage in _passages(setting):
        if not any(sign in text[passage.start : passage.end] for sign in ":="):
            continue  # no label ends without one
        for match in LABEL.finditer(text, passage.start, passage.end):
            outcome = read_outcome(match["label"])
            if outcome is not None:
                label = PlacedWords(Span(*match.span("label")), match["label"])
                yield _Found(Span(*match.span("n")), _count(match), outcome, label, "label")


def _of_telegrams(setting: DocumentContext) -> Iterator[_Found]:
    text = setting.document.text
    for passage in _passages(setting):
        if len(passage) > LONGEST_LINE:
            continue
        for match in TELEGRAM.finditer(text, passage.start, passage.end):
            outcome = read_outcome(match["harm"])
            who = match["who"].lower().split()
            if outcome is None or not _counts_persons(who):
                continue
            name = "words" if match["words"] else "n"
            label = PlacedWords(
                Span(match.start("who"), match.end("harm")), f"{match['who']}{match['harm']}"
            )
            yield _Found(
                Span(*match.span(name)), _count(match), outcome, label, "telegram", instead=False
            )


def _counts_persons(words: Sequence[str]) -> bool:
    """Return whether the words between number and harm are persons: none, "people", "Ardenian soldiers", "others"."""
    if not words:
        return True
    last = words[-1]
    groups = load_harm().groups
    return last in {
        "people",
        "persons",
        "others",
        "more",
        "men",
        "were",
        "reported",
        "confirmed",
        "enemy",
    } or any(form in groups for form in _forms(last))


def _count(match: re.Match[str]) -> Count:
    if match.re is TELEGRAM and match["words"]:
        return exactly(_NUMBERS.index(match["words"].lower()) + 1)
    number = int(match["n"].replace(",", ""))
    hedge = (match["hedge"] or "").lower()
    if hedge == "at least" or match["plus"]:
        return Count(number, None, "at_least", number)
    if hedge in {"more than", "over", ">"}:
        return Count(number + 1, None, "at_least", number)
    if hedge == "up to":
        return Count(0, number, "at_most", number)
    if hedge:
        return Count(number, number, "about", number)
    return exactly(number)


def _claim(setting: DocumentContext, found: _Found) -> Claim:
    text = setting.document.text
    sentence = next((item for item in setting.sentences if item.span.covers(found.number)), None)
    passage = next(span for span in _passages(setting) if span.covers(found.number))
    speakers, stance_of = _speakers(setting, found, passage)
    side, side_words = _side(setting, found)
    place = _place(setting, found)
    since = None if sentence is None else read_since(setting, sentence)
    measure: Measure = "incident" if since is None else "cumulative"
    period = None if sentence is None or since is not None else _period(setting, sentence.index)
    if period is None and since is None:
        period = heading_period(setting, found.number.start)
    payload = Casualty(
        count=found.count,
        outcome=found.outcome,
        category=_category(found),
        side=side,
        relation=_relation(side, speakers),
        measure=measure,
        period=period,
        since=since,
        place=place,
    )
    item = setting.speaker_of(found.number)
    return Claim(
        document_id=setting.document.id,
        span=found.number,
        quote=text[found.number.start : found.number.end],
        sentence=sentence.span if sentence is not None else passage,
        payload=payload,
        speakers=speakers,
        stance=item.stance if item is not None else "state",
        attribution_id=item.id if item is not None else None,
        trace=(
            Step("coders", f"harm:{found.rule}", found.label.words, found.label.span),
            *(
                (Step("coders", "row", found.row.words, found.row.span),)
                if found.row is not None
                else ()
            ),
            Step("coders", f"side:{'label' if side else 'unknown'}", side_words),
            Step("coders", f"reporter:{stance_of}"),
        ),
    )


def _period(setting: DocumentContext, sentence: int) -> Time | None:
    times = setting.resolution.times_in(sentence)
    return times[0].time if times else None


def _speakers(
    setting: DocumentContext, found: _Found, passage: Span
) -> tuple[tuple[Party, ...], str]:
    """Return who counts: whose words the number stands in, or who is said to tell what follows a colon."""
    item = setting.speaker_of(found.number)
    if item is not None:
        return item.speakers, "speech"
    text = setting.document.text
    lead_start = max(passage.start, found.label.span.start - LONGEST_LEAD)
    first = text.find(":", lead_start, found.label.span.start)
    tells = None if first == -1 else _TELLS.search(text[lead_start : first + 1])
    if tells is not None:
        within = Span(lead_start + tells.start("who"), lead_start + tells.end("who"))
        named = [
            mention
            for mention in setting.resolution.parties
            if within.start <= mention.span.start
            and mention.span.end <= within.end
            and mention.parties
        ]
        if named:
            return named[-1].parties, "colon"
    voice = setting.resolution.voice
    return ((), "author") if voice is None else ((voice,), "voice")


def _side(setting: DocumentContext, found: _Found) -> tuple[tuple[Party, ...], str]:
    """Return the people that a label or a row's head names before any "by"."""
    text = setting.document.text
    for piece in (found.label, found.row):
        if piece is None:
            continue
        by = re.search(r"\sby\s", piece.words)
        end = piece.span.start + by.start() if by is not None else piece.span.end
        for name in setting.resolution.names:
            if (
                piece.span.start <= name.span.start
                and name.span.end <= end
                and name.kind in {"people", "adjective", "name", "alias"}
                and not (piece is found.row and name.kind == "name" and name.party.kind == "state")
            ):
                return (name.party,), text[name.span.start : name.span.end]
    return (), ""


def _place(setting: DocumentContext, found: _Found) -> Place | None:
    """Return the place of the row's head; in a line, the one place that it names."""
    if found.is_total:
        return None
    within = found.row.span if found.row is not None else _line_of(setting, found)
    inside = [item for item in setting.resolution.places if within.covers(item.span)]
    kept = [item for item in inside if item.rule != "adjective"]
    if found.row is None:
        kept = [item for item in kept if item.rule != "country"]
    places = list(dict.fromkeys(item.place for item in kept))
    return places[0] if places and (found.row is not None or len(places) == 1) else None


def _line_of(setting: DocumentContext, found: _Found) -> Span:
    text = setting.document.text
    start = text.rfind("\n", 0, found.number.start) + 1
    end = text.find("\n", found.number.end)
    return Span(start, len(text) if end == -1 else end)


def _category(found: _Found) -> Category:
    groups = load_harm().groups
    for piece in (found.label, found.row):
        if piece is None:
            continue
        for word in re.findall(r"[a-z]+", piece.words.lower()):
            if word == "by":
                break
            for form in _forms(word):
                if form in groups and form not in {"dead", "wounded"}:
                    return groups[form].category
    return "unknown"


def _relation(side: Sequence[Party], speakers: Sequence[Party]) -> Relation:
    if not speakers:
        return "narrator"
    roots = {party.root for party in side}
    return "self" if roots & {party.root for party in speakers} else "third"
