"""Grounding: a proposal enters only as words of the text, at offsets; the rest is dropped and counted.

1. the sentence it points to is one that was asked about
2. cue, number and harm stand in that sentence, speaker, side and quotation in its passage, letter by
   letter; how wide the space between two words is does not matter
3. whole words: "said" is not found in "aforesaid"
4. cue, speaker and quotation share no character; the cue is a word of saying
5. stance, outcome and category are of their closed lists
6. the number's words mean the proposed value, by the house's own reading of numbers, and are no date
7. the harm's word does not tell of another outcome, by the lexicon
8. the sentence does not speak to a machine
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from counterclaim.lexicon import load_cues
from counterclaim.lexicon.harm import load_harm
from counterclaim.proposals.chunks import Numbered
from counterclaim.proposals.machine import speaks_to_machine
from counterclaim.proposals.modes import CATEGORIES, OUTCOMES
from counterclaim.records.attribution import STANCES, Stance
from counterclaim.records.mention import CountMention, Resolution
from counterclaim.records.proposal import (
    Dropped,
    Proposed,
    ProposedFigure,
    ProposedSpeech,
    Reason,
)
from counterclaim.records.text import Document, Span

if TYPE_CHECKING:
    from counterclaim.records.claim import Category, Outcome

LONGEST_CUE = 60
"""Characters: "has categorically denied as baseless" fits, a clause does not."""
LARGEST = 10_000_000
"""Persons: no figure of a war report is larger."""


class _DroppedError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def ground(
    document: Document,
    sentences: Sequence[Numbered],
    resolution: Resolution,
    proposals: Iterable[tuple[str, object]],
) -> tuple[tuple[Proposed, ...], tuple[Dropped, ...]]:
    """Ground proposals in the text.

    Args:
        document: The document.
        sentences: Those that were asked about.
        resolution: Of the document: how numbers are read.
        proposals: As they came, each with the name of its list.

    Returns:
        The grounded ones in reading order, and the dropped ones.
    """
    by_number = {item.number: item for item in sentences}
    kept: dict[Proposed, None] = {}
    dropped: list[Dropped] = []
    for name, row in proposals:
        number = row.get("sentence") if isinstance(row, dict) else None
        known = number if type(number) is int else None
        try:
            if not isinstance(row, dict) or name not in {"claims", "figures"}:
                raise _DroppedError("malformed")  # noqa: TRY301 - one place counts them all
            sentence = _sentence(by_number, known)
            found: Proposed = (
                _speech(document, sentence, row)
                if name == "claims"
                else _figure(document, sentence, resolution, row)
            )
            if found in kept:
                raise _DroppedError("said twice")  # noqa: TRY301
            if speaks_to_machine(_around(document, sentence)):
                raise _DroppedError("speaks to a machine")  # noqa: TRY301
        except _DroppedError as error:
            dropped.append(Dropped(error.reason, known if known in by_number else None))
        else:
            kept[found] = None
    return tuple(sorted(kept, key=_place)), tuple(dropped)


def _around(document: Document, sentence: Numbered) -> str:
    """Return the passage: instructions and what they would have said seldom share a sentence."""
    return document.text[sentence.passage.start : sentence.passage.end]


def _place(item: Proposed) -> tuple[int, int]:
    at = item.cue if isinstance(item, ProposedSpeech) else item.number
    return at.start, at.end


def _sentence(by_number: Mapping[int, Numbered], number: int | None) -> Numbered:
    sentence = None if number is None else by_number.get(number)
    if sentence is None:
        raise _DroppedError("no such sentence")
    return sentence


def _speech(document: Document, sentence: Numbered, row: Mapping[str, Any]) -> ProposedSpeech:
    stance = row.get("stance")
    if stance not in STANCES:
        raise _DroppedError("stance not on the list")
    contents = _find(document, sentence.passage, row.get("quotation"))
    content = _nearest(contents, sentence.span, "quotation not in the text")
    cues = [
        span
        for span in _find(document, sentence.span, row.get("cue"))
        if len(span) <= LONGEST_CUE and not span.meets(content)
    ]
    if not cues:
        inside = _find(document, sentence.span, row.get("cue"))
        raise _DroppedError("words overlap" if inside else "cue not in the sentence")
    cue = _nearest(cues, content, "cue not in the sentence")
    if not is_saying(document.text[cue.start : cue.end]):
        raise _DroppedError("cue is no word of saying")
    speaker = _optional(document, sentence, row.get("speaker"), cue, "speaker not in the text")
    if speaker is not None and (speaker.meets(cue) or speaker.meets(content)):
        raise _DroppedError("words overlap")
    return ProposedSpeech(cue=cue, content=content, speaker=speaker, stance=cast("Stance", stance))


def _figure(
    document: Document, sentence: Numbered, resolution: Resolution, row: Mapping[str, Any]
) -> ProposedFigure:
    outcome, category = row.get("outcome"), row.get("category")
    if outcome not in OUTCOMES:
        raise _DroppedError("outcome not on the list")
    if category not in CATEGORIES:
        raise _DroppedError("category not on the list")
    value = row.get("value")
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise _DroppedError("value is another number")
    harms = _find(document, sentence.span, row.get("harm"))
    numbers = _find(document, sentence.span, row.get("number"))
    if not numbers:
        raise _DroppedError("number not in the sentence")
    number = _nearest(numbers, harms[0] if harms else numbers[0], "number not in the sentence")
    harm = _nearest(harms, number, "harm not in the sentence")
    told = count_at(resolution, number)
    if told is None or any(item.span.meets(number) for item in resolution.times):
        raise _DroppedError("number is no count")
    if value not in {told.count.low, told.count.high, told.count.said}:
        raise _DroppedError("value is another number")
    known = _outcomes(document.text[harm.start : harm.end])
    if not known or outcome not in known:
        raise _DroppedError("harm is another outcome")
    side = _optional(document, sentence, row.get("side"), number, "party not in the text")
    return ProposedFigure(
        number=number,
        value=value,
        harm=harm,
        outcome=cast("Outcome", outcome),
        category=cast("Category", category),
        side=side,
    )


def count_at(resolution: Resolution, span: Span) -> CountMention | None:
    """Return the number expression that words point to: the one that shares most of them."""
    meeting = [item for item in resolution.counts if item.span.meets(span)]
    return max(
        meeting,
        key=lambda item: min(item.span.end, span.end) - max(item.span.start, span.start),
        default=None,
    )


def _optional(
    document: Document, sentence: Numbered, words: object, near: Span, reason: Reason
) -> Span | None:
    """Find words that may be left out; the nearest in the sentence, else the last before it."""
    if words is None or words == "":
        return None
    found = _find(document, sentence.passage, words)
    inside = [span for span in found if sentence.span.covers(span)]
    return _nearest(inside or found, near, reason)


def _nearest(spans: Sequence[Span], near: Span, reason: Reason) -> Span:
    if not spans:
        raise _DroppedError(reason)
    return min(spans, key=lambda span: (_gap(span, near), span.start))


def _gap(span: Span, near: Span) -> int:
    return max(span.start - near.end, near.start - span.end, 0)


def _find(document: Document, within: Span, words: object) -> list[Span]:
    """Find words letter by letter, as whole words, wherever they stand in a stretch of the text."""
    if not isinstance(words, str) or len(words) > len(within):
        return []
    parts = words.split()
    if not any(letter.isalnum() for letter in words):
        return []
    body = r"\s+".join(map(re.escape, parts))
    start = r"(?<!\w)" if parts[0][0].isalnum() else ""
    end = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    found = re.compile(start + body + end).finditer(document.text, within.start, within.end)
    return [Span(*match.span()) for match in found]


@cache
def _saying() -> tuple[Mapping[str, tuple[frozenset[str], ...]], tuple[str, ...]]:
    """Return the lexicon's words of saying, each with what it needs beside it; and its formulas."""
    known: dict[str, tuple[frozenset[str], ...]] = {}
    formulas = []
    for cue in load_cues():
        if cue.sort not in {"speech", "act", "show"}:
            continue
        if cue.role == "phrase":
            formulas.append(f" {' '.join(cue.forms)} ".lower())
            continue
        for form in cue.forms:
            known[form.lower()] = (*known.get(form.lower(), ()), cue.words)
    return known, tuple(formulas)


def is_saying(words: str) -> bool:
    """Whether a form of a word of saying that the lexicon knows stands in some words, or a formula does."""
    known, formulas = _saying()
    found = re.findall(r"[^\W\d_]+", words.lower())
    line = f" {' '.join(found)} "
    needs = [need for word in found for stem in _stems(word) for need in known.get(stem, ())]
    return any(not need or need & set(found) for need in needs) or any(
        form in line for form in formulas
    )


def _outcomes(words: str) -> frozenset[str]:
    """Return the outcomes that a word of harm may tell, by the lexicon."""
    harm = load_harm()
    tables = (harm.verbs, harm.alone, harm.nouns)
    stems = {stem for word in re.findall(r"[^\W\d_]+", words.lower()) for stem in _stems(word)}
    found: set[Outcome] = {table[stem] for table in tables for stem in stems if stem in table}
    if stems & harm.person_verbs.keys():  # "lost", "hit": the sentence decides what befell them
        found.update(OUTCOMES)
    if stems & harm.tolls:
        found.add("killed")
    return frozenset(found)


_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "saw": "see", "seen": "see", "put": "put", "gave": "give", "given": "give",
    "made": "make", "held": "hold", "sought": "seek", "swore": "swear", "sworn": "swear",
    "dying": "die", "lost": "lose", "shot": "shoot", "hurt": "hurt", "fell": "fall",
    "slain": "slay", "fled": "flee", "took": "take", "taken": "take", "beaten": "beat",
    "injuries": "injury", "fatalities": "fatality", "casualties": "casualty", "bodies": "body",
}  # fmt: skip
"""Forms that no ending explains."""


def _stems(word: str) -> frozenset[str]:
    """Return what a word may be a form of: grammar is not asked, any that the lexicon has will do."""
    found = {word, _IRREGULAR.get(word, word)}
    for ending, others in (
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("d", ("",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found |= {stem + other for other in others}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)
