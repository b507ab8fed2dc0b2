"""Relations between attributions: quotations that go on, speech inside speech, carriers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from counterclaim.attribute.content_edges import NEXT
from counterclaim.attribute.quotes import Quote
from counterclaim.records.attribution import Attribution, Stance
from counterclaim.records.party import Party
from counterclaim.records.text import Document, Passage, Span

RELAYED = 0.6
"""Share of a content that inner claims must make up for its speaker to be their carrier only."""


PAPERS = frozenset({"statement", "communique", "communiqué", "declaration", "text"})
"""What a body speaks through after it was told of."""
LAST = 900
"""Characters back to whoever issued a statement: some paragraphs of a report."""


def continue_quotations(
    attributions: Sequence[Attribution],
    quotes: Sequence[Quote],
    passages: Sequence[Passage],
    document: Document,
) -> list[Attribution]:
    """Attach words without a cue of their own to the attribution that they go on with.

    Accepts:
      1. a further quotation          ‘“We held,” he said. **“They fled.”**’
      2. a block after a colon        ‘The minister said:’ and the paragraphs that follow, unquoted,
         up to the first in which somebody else speaks
    """
    found = _continued(attributions, quotes, document)
    return [_with_block(item, found, passages, quotes, document) for item in found]


def _continued(
    attributions: Sequence[Attribution], quotes: Sequence[Quote], document: Document
) -> list[Attribution]:
    used = {
        quote.span
        for quote in quotes
        for item in attributions
        for span in item.content
        if span.meets(quote.span)
    }
    found = list(attributions)
    for quote in quotes:
        if quote.span in used or not quote.is_speech:
            continue
        host = _goes_on_from(quote, found, document)
        if host is not None:
            found[host] = replace(found[host], content=(*found[host].content, quote.span))
    return found


def _goes_on_from(
    quote: Quote, attributions: Sequence[Attribution], document: Document
) -> int | None:
    best: tuple[int, int] | None = None
    for position, item in enumerate(attributions):
        if item.quotation == "indirect" or not item.content:
            continue
        end = max(
            item.cue.end,
            *(span.end for span in item.content),
            item.speaker_span.end if item.speaker_span else 0,
        )
        if end > quote.span.start:
            continue
        between = document.text[end : quote.span.start]
        if len(between.strip(" .,\n")) <= NEXT and (best is None or end > best[0]):
            best = (end, position)
    return None if best is None else best[1]


def _with_block(
    item: Attribution,
    others: Sequence[Attribution],
    passages: Sequence[Passage],
    quotes: Sequence[Quote],
    document: Document,
) -> Attribution:
    """Extend an attribution that ends its passage with a colon by the unquoted paragraphs after it."""
    home = next((passage for passage in passages if passage.span.covers(item.cue)), None)
    if home is None or item.content:
        return item
    if document.text[item.cue.end : home.span.end].strip() != ":":
        return item
    block: list[Span] = []
    for passage in passages:
        if passage.index <= home.index:
            continue
        is_quoted = any(quote.span.start == passage.span.start for quote in quotes)
        if passage.kind == "headline" or (is_quoted and block):
            break
        if block and _is_told_by_another(passage, item, others):
            break
        block.append(passage.span)
        if is_quoted or document.text[passage.span.start : passage.span.end].rstrip().endswith(":"):
            break
    if not block:
        return item
    return replace(item, content=(Span(block[0].start, block[-1].end),))


def _is_told_by_another(passage: Passage, item: Attribution, others: Sequence[Attribution]) -> bool:
    """Return whether somebody named speaks in a passage who is not the speaker of the block before it."""
    roots = {party.root for party in item.speakers}
    return any(
        passage.span.covers(other.cue)
        and other.is_claim
        and other.speakers
        and not roots & {party.root for party in other.speakers}
        for other in others
    )


def link_nested(
    attributions: Sequence[Attribution], told_now: Collection[Span]
) -> list[Attribution]:
    """Point each attribution to the smallest one whose content holds its cue, and name its carriers.

    Args:
        attributions: In reading order.
        told_now: The cues of acts told in the present or as coming ("wants", "would not comment").
    """
    hosts = {item.id: _host(item, attributions) for item in attributions}
    found = []
    for item in attributions:
        host = hosts[item.id]
        if host is None:
            found.append(item)
            continue
        carriers = tuple(party for party in host.speakers if party not in item.speakers)
        found.append(
            replace(item, inside=host.id, via=tuple(dict.fromkeys((*item.via, *carriers))))
        )
    return _without_relays(_own_acts(found, told_now))


def _own_acts(attributions: Sequence[Attribution], told_now: Collection[Span]) -> list[Attribution]:
    """Take what one says of oneself in reported speech as the act itself: "said **it demands** a truce".

    The outer cue is kept, with the inner one's stance. An act told in the past is another claim.
    """
    by_id = {item.id: item for item in attributions}
    stances: dict[str, Stance] = {}
    dropped: set[str] = set()
    for item in attributions:
        outer = by_id.get(item.inside or "")
        if outer is not None and item.cue in told_now and _opens(item, outer):
            dropped.add(item.id)
            if outer.stance in {"state", "allege"}:
                stances[outer.id] = item.stance
    return [
        replace(
            item,
            is_claim=item.is_claim and item.id not in dropped,
            stance=stances.get(item.id, item.stance),
        )
        for item in attributions
    ]


def _opens(inner: Attribution, outer: Attribution) -> bool:
    """Return whether a speaker's own act opens what the speaker is reported to say."""
    return (
        inner.is_claim
        and outer.is_claim
        and outer.quotation == "indirect"
        and inner.speaker_span is not None
        and inner.speaker_span.start == outer.content[0].start
        and bool(
            {party.root for party in inner.speakers} & {party.root for party in outer.speakers}
        )
    )


def _host(item: Attribution, attributions: Sequence[Attribution]) -> Attribution | None:
    outer = [
        other
        for other in attributions
        if other is not item and any(span.covers(item.cue) for span in other.content)
    ]
    return min(outer, key=lambda other: sum(map(len, other.content))) if outer else None


def _without_relays(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Keep a carrier's cue out of the ledger when it only carries others' claims.

    An outlet's report of what a party said, an office's statement of what its head said: the inner
    claim stands, the outer speaker is its ``via``. A party that tells of another keeps its claim.
    """
    inner: dict[str, list[Attribution]] = {}
    for item in attributions:
        if item.inside is not None and item.is_claim:
            inner.setdefault(item.inside, []).append(item)
    return [
        replace(item, is_claim=False) if _is_relay(item, inner) else item for item in attributions
    ]


def _is_relay(item: Attribution, inner: Mapping[str, Sequence[Attribution]]) -> bool:
    claims = inner.get(item.id, ())
    if not item.is_claim or not claims:
        return False
    is_outlet = bool(item.speakers) and all(
        party.kind in {"media", "organisation"} for party in item.speakers
    )
    is_own_office = (
        bool(item.speakers)
        and all(
            any(party.root == item.speakers[0].root for party in claim.speakers) for claim in claims
        )
        and item.speakers[0].kind in {"official", "government", "unknown"}
        and item.quotation == "indirect"
    )
    if not (is_outlet or is_own_office):
        return False
    size = sum(map(len, item.content))
    told = sum(
        sum(map(len, claim.content))
        + len(claim.cue)
        + (len(claim.speaker_span) if claim.speaker_span else 0)
        for claim in claims
    )
    return told >= RELAYED * size


def resolve_statement_issuers(
    attributions: Sequence[Attribution], document: Document
) -> list[Attribution]:
    """Attribute a statement that speaks without an owner to whoever spoke last: "**the statement** said".

    A proposal or resolution keeps nobody: others speak of it than those who made it.
    """
    found: list[Attribution] = []
    for item in attributions:
        issuer = _issuer(item, found, document)
        found.append(item if issuer is None else replace(item, speakers=issuer))
    return found


def _issuer(
    item: Attribution, before: Sequence[Attribution], document: Document
) -> tuple[Party, ...] | None:
    if item.speakers or item.speaker_span is None or item.trace[1].rule != "speaker:issued":
        return None
    if document.words(item.speaker_span).split()[-1].lower() not in PAPERS:
        return None
    near = (
        other.speakers
        for other in reversed(before)
        if other.is_claim
        and other.speakers
        and other.cue.end < item.cue.start <= other.cue.end + LAST
        and all(party.kind not in {"unknown", "media"} for party in other.speakers)
    )
    return next(near, None)


def resolve_first_person(
    attributions: Sequence[Attribution], quotes: Sequence[Quote], document: Document
) -> list[Attribution]:
    """Assign "I" and "we" inside a quotation to whoever is quoted."""
    found = []
    for item in attributions:
        words = document.words(item.speaker_span).lower() if item.speaker_span else ""
        if words not in {"i", "we", "me", "us"}:
            found.append(item)
            continue
        hosts = [
            other
            for other in attributions
            if other is not item
            and other.speakers
            and any(span.covers(item.cue) for span in other.content)
        ]
        if not hosts:
            hull = next((quote.span for quote in quotes if quote.span.covers(item.cue)), None)
            hosts = [
                other
                for other in attributions
                if hull is not None
                and other.speakers
                and any(span.meets(hull) for span in other.content)
            ]
        speakers = (
            min(hosts, key=lambda other: sum(map(len, other.content))).speakers if hosts else ()
        )
        found.append(replace(item, speakers=speakers))
    return found
