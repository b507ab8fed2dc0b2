"""Running totals behind a label: "Total since 24 February: ~215,640", after the figure that they go on from."""

import re
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.coders.casualties.count_scope import read_since
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.count import Count, exactly
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

TOTAL = re.compile(
    r"\b(?P<label>(?:grand |overall |running |cumulative |combined )?(?:total|overall|altogether|in all|to date)\b[^:\n]{0,50}?)"
    r"(?::|=|\bstands at|\bis now)\s*(?P<hedge>~|about |around |some |nearly |over |more than |at least |>)?\s?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<plus>\+)?(?![\w%]|[.,:]\d)",
    re.IGNORECASE,
)
REACH = 300
"""Characters back to the figure that a total goes on from."""

_WORD = re.compile(r"[a-z]+")
_OTHER = frozenset(
    "tanks drones aircraft vehicles guns missiles sorties cost costs price votes".split()
)


def add_running(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return figures with the running totals added that stand behind a label and name no harm themselves.

    They count what the figure just before them counts: its outcome, its persons, its side and who told it.

    Args:
        setting: The document.
        claims: The figures found so far, in reading order.
    """
    text = setting.document.text
    spans = sorted({sentence.passage.span for sentence in setting.sentences})
    new: list[Claim] = []
    for passage in spans:
        for match in TOTAL.finditer(text, passage.start, passage.end):
            number = Span(*match.span("n"))
            if any(claim.span.meets(number) for claim in claims):
                continue
            if not _OTHER.isdisjoint(_WORD.findall(match["label"].lower())):
                continue
            before = _before(claims, passage, number)
            if before is not None and isinstance(before.payload, Casualty):
                new.append(_total(setting, before, before.payload, match))
    return tuple(sorted([*claims, *new], key=lambda claim: claim.span.start))


def _before(claims: Sequence[Claim], passage: Span, number: Span) -> Claim | None:
    near = [
        claim
        for claim in claims
        if isinstance(claim.payload, Casualty)
        and passage.covers(claim.span)
        and 0 < number.start - claim.span.end <= REACH
    ]
    return near[-1] if near else None


def _total(
    setting: DocumentContext, before: Claim, payload: Casualty, match: re.Match[str]
) -> Claim:
    number = Span(*match.span("n"))
    sentence = next((item for item in setting.sentences if item.span.covers(number)), None)
    value = int(match["n"].replace(",", ""))
    hedge = (match["hedge"] or "").strip().lower()
    if hedge in {"over", "more than", ">"}:
        count = Count(value + 1, None, "at_least", value)
    elif hedge == "at least" or match["plus"]:
        count = Count(value, None, "at_least", value)
    elif hedge:
        count = Count(value, value, "about", value)
    else:
        count = exactly(value)
    item = setting.speaker_of(number)
    since = None if sentence is None else read_since(setting, sentence)
    label = Span(*match.span("label"))
    return replace(
        before,
        span=number,
        quote=setting.document.text[number.start : number.end],
        sentence=before.sentence if sentence is None else sentence.span,
        payload=replace(
            payload,
            count=count,
            measure="cumulative",
            period=None,
            as_of=None,
            since=since,
            place=None,
            includes=(),
            part_of=None,
            supersedes=None,
        ),
        speakers=item.speakers if item is not None else before.speakers,
        attribution_id=item.id if item is not None else before.attribution_id,
        trace=(Step("coders", "total:behind", match["label"].strip(), label), *before.trace),
    )
