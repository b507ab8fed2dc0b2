"""Superseded counts: a number that its own sentence puts in another's place.

Source:
    docs/codebook/casualties.md: both numbers are kept; the replaced one does not stand (R12).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from counterclaim.coders.casualties.figure_source import read_reporter
from counterclaim.coders.document_context import DocumentContext
from counterclaim.lexicon.harm import load_harm
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.evidence import EvidenceLink, weakest
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence

_TO = re.compile(r"^(?:\s+\S+){0,4}?\s+to\s*$", re.IGNORECASE)
_UP_FROM = re.compile(
    r"\b(?:up|down|revised|raised|lowered|increased|reduced|corrected|updated)\b[^.;]{0,30}?\bfrom\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?:\s+(?:an?|the|its)(?:\s+\w+){0,3}?\s+of)?\s*$", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:correct|replac|revis|retract|withdr[ae]w|instead of|rather than)\w*\b[^.;\d]{0,30}"
    r"\b(?:earlier|previous|initial|first|original|preliminary)\b[^.;\d]{0,30}$",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"\b(?:raised|lowered|revised|cut|increased|reduced|corrected|updated|put|gave|placed|set|brought|amended|"
    r"raises|puts|lowers|revises)\s+(?:it|this|that|the|its|their|his|her)"
    r"(?:\s+(?:death\s+)?(?:figure|number|toll|count|tally|total|estimate))?(?:\s+(?:up|down))?"
    r"\s+(?:to|at|as)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:first|initially|originally|at first|earlier)\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|later|now|subsequently|afterwards)\b", re.IGNORECASE)
BACK = 3
"""Sentences back in which "the figure" is still the last one told."""
NEAR = 80
"""Characters before a pair of numbers in which the word of change may stand."""


def restated(setting: DocumentContext, sentence: Sentence, earlier: Sequence[Claim]) -> list[Claim]:
    """Read numbers that only restate the last figure: "It later raised **the number to six**".

    Args:
        setting: The document's.
        sentence: Where to look.
        earlier: The figures so far, this sentence's own among them, in reading order.
    """
    found: list[Claim] = []
    text = setting.document.text
    taken = [claim.span for claim in earlier if claim.sentence == sentence.span]
    for count in setting.resolution.counts_in(sentence.index):
        before = text[sentence.span.start : count.span.start]
        if not _RESTATED.search(before) or any(count.span.meets(span) for span in taken):
            continue
        last = _last_whole(earlier, count.span, setting, sentence)
        if last is None or not isinstance(last.payload, Casualty):
            continue
        reporter = read_reporter(setting, sentence, count.span, count.head)
        payload = replace(
            last.payload,
            count=count.count,
            supersedes=last.span,
            part_of=None,
            includes=(),
            as_of=None,
        )
        found.append(
            replace(
                last,
                span=count.span,
                quote=text[count.span.start : count.span.end],
                sentence=sentence.span,
                payload=payload,
                speakers=reporter.speakers or last.speakers,
                attribution_id=None if reporter.attribution is None else reporter.attribution.id,
                stance="state" if reporter.attribution is None else reporter.attribution.stance,
                trace=(*last.trace, Step("coders", "replaces", last.quote, last.span)),
            )
        )
    return found


def _last_whole(
    earlier: Sequence[Claim], span: Span, setting: DocumentContext, sentence: Sentence
) -> Claim | None:
    """Return the last figure before some words that divides no other, if it stands near enough."""
    low = setting.sentences[max(0, sentence.index - BACK)].span.start
    for claim in reversed(earlier):
        if not isinstance(claim.payload, Casualty) or claim.payload.part_of is not None:
            continue
        if low <= claim.span.start < span.start:
            return claim
    return None


def mark_replaced(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark each figure that its own sentence says to replace its neighbour.

    Accepts, for an old number O and a new one N, of one kind of harm:
      1. a change from one to the other     "raised the toll **from O to N**"
      2. the same, new number first         "rose **to N from O**"
      3. a number with its former           "put it at **N, up from O**"
      4. a correction                       "**N** had died, **correcting an earlier figure of O**"
      5. two sentences of one speaker       "**first** said O were dead. He **then** said N were"

    Args:
        setting: The document's.
        claims: Casualty figures, in reading order.
    """
    pairs = list(_replacements(setting, claims))
    new = {mine.id: old for mine, old in pairs}
    old = {theirs.id: mine for mine, theirs in pairs}
    return tuple(
        _replacing(claim, new[claim.id])
        if claim.id in new
        else _replaced(claim, old[claim.id])
        if claim.id in old
        else claim
        for claim in claims
    )


def _replacements(
    setting: DocumentContext, claims: Sequence[Claim]
) -> Iterator[tuple[Claim, Claim]]:
    """Yield each replacing figure with the figure that it replaces."""
    text = setting.document.text
    sentences = {sentence.span: sentence for sentence in setting.sentences}
    for first, second in pairwise(claims):
        if _is_said_anew(setting, first, second) or _is_restated(text, first, second):
            yield second, first
            continue
        if first.sentence != second.sentence or not _same_harm(first, second):
            continue
        before = text[max(first.sentence.start, first.span.start - NEAR) : first.span.start]
        between = text[first.span.end : second.span.start]
        moves = _moves(sentences[first.sentence], first.span)
        if moves and _FROM.search(before) and _TO.search(between):
            yield second, first
        elif (
            (moves and before.rstrip().endswith("to") and _FROM.search(between))
            or _UP_FROM.search(between)
            or _EARLIER.search(between)
        ):
            yield first, second


def _is_said_anew(setting: DocumentContext, first: Claim, second: Claim) -> bool:
    """Return whether one speaker says another number for the same: first this, then that."""
    if first.sentence == second.sentence or not _same_harm(first, second):
        return False
    if not first.speakers or {p.root for p in first.speakers} != {p.root for p in second.speakers}:
        return False
    text = setting.document.text
    one = text[first.sentence.start : first.span.start]
    other = text[second.sentence.start : second.span.start]
    return bool(_FIRST.search(one) and _THEN.search(other))


def _is_restated(text: str, first: Claim, second: Claim) -> bool:
    """Return whether a number stands for "the figure" of the sentence before: "It later raised **that figure to** 19"."""
    if not isinstance(second.payload, Casualty):
        return False
    since = first.span.end if first.sentence == second.sentence else second.sentence.start
    return (
        second.payload.supersedes is None
        and second.payload.part_of is None
        and _same_outcome(first, second)
        and {party.root for party in first.speakers} == {party.root for party in second.speakers}
        and _RESTATED.search(text[since : second.span.start]) is not None
    )


def _same_outcome(first: Claim, second: Claim) -> bool:
    one, other = first.payload, second.payload
    return (
        isinstance(one, Casualty) and isinstance(other, Casualty) and one.outcome == other.outcome
    )


def _moves(sentence: Sentence, number: Span) -> bool:
    """Return whether a word of change stands close before a number."""
    return any(
        word.lemma in load_harm().moves
        for word in sentence.words
        if number.start - NEAR <= word.start < number.start
    )


def _same_harm(first: Claim, second: Claim) -> bool:
    one, other = first.payload, second.payload
    return (
        isinstance(one, Casualty)
        and isinstance(other, Casualty)
        and one.outcome == other.outcome
        and (one.category == other.category or "unknown" in {one.category, other.category})
    )


def _replacing(claim: Claim, old: Claim) -> Claim:
    """Return a number what it replaces; and its persons and side, where its own words name none."""
    assert isinstance(claim.payload, Casualty)
    assert isinstance(old.payload, Casualty)
    mine, former = claim.payload, old.payload
    bare = mine.category == "unknown" and not mine.side
    return replace(
        claim,
        payload=replace(
            mine,
            category=former.category if bare else mine.category,
            subgroup=former.subgroup if bare else mine.subgroup,
            side=tuple(
                party.known(weakest((party, EvidenceLink("carried")))) for party in former.side
            )
            if bare
            else mine.side,
            relation=former.relation if bare and claim.speakers == old.speakers else mine.relation,
            supersedes=old.span,
            includes=tuple(span for span in claim.payload.includes if span != old.span),
        ),
        trace=(*claim.trace, Step("coders", "replaces", old.quote, old.span)),
    )


def _replaced(claim: Claim, new: Claim) -> Claim:
    """Set the scope of a replaced number to that of the one in its place: they count the same."""
    assert isinstance(claim.payload, Casualty)
    assert isinstance(new.payload, Casualty)
    return replace(claim, payload=replace(claim.payload, measure=new.payload.measure))
