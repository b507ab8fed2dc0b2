"""Ceasefires: each told state of each truce, with brokers, parties, terms, times and alleged breaches."""

from collections.abc import Iterator

from counterclaim.coders.arguments import parties_at, place_of
from counterclaim.coders.setting import Setting
from counterclaim.lexicon.statuses import load_ceasefires
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Ceasefire, CeasefireStatus, Claim
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence
from counterclaim.syntax.walk import (
    agent,
    ancestors,
    child,
    children,
    is_negated,
    is_passive,
    subject,
)

_BROKERING = frozenset({"broker", "mediate", "negotiate", "arrange", "propose"})
_ANNOUNCING = frozenset(
    {"announce", "declare", "order", "offer", "call", "urge", "demand", "press", "request", "seek"}
)
"""Verbs whose subject brings a ceasefire forward, be it heard or not."""
_PLANS = frozenset({"proposal", "plan", "initiative", "offer", "call", "bid"})
_BROKERED = frozenset(
    {"brokered", "mediated", "sponsored", "backed", "led", "negotiated", "supervised"}
)
CLAUSE = 110
"""Characters on either side of a ceasefire's name in which its status is read. A long clause; not the next one."""


def code_ceasefires(setting: Setting) -> tuple[Claim, ...]:
    """Read the ceasefires of a document: one claim for each clause that tells how one fares.

    Statuses are read by precedence from the words around the name (lexicon/ceasefires.yaml): a truce
    "agreed last week" that is said to be violated is violated. Where nothing tells, no claim.

    Source:
        docs/codebook/ceasefires.md.
    """
    claims: list[Claim] = []
    for sentence in setting.sentences:
        claims.extend(_in_sentence(setting, sentence))
    return tuple(claims)


def _in_sentence(setting: Setting, sentence: Sentence) -> Iterator[Claim]:
    lexicon = load_ceasefires()
    text = setting.document.text
    last_end = -1
    for match in lexicon.names.finditer(text, sentence.span.start, sentence.span.end):
        head = _head(sentence, match.start(), match.end())
        if head is None or match.start() < last_end:
            continue
        span = _span(sentence, head, Span(*match.span()))
        speaker = setting.speaker_of(Span(*match.span()))
        found = _status(setting, sentence, head, Span(*match.span()), speaker)
        if found is None:
            continue
        status, rule = found
        last_end = span.end
        brokers = _brokers(setting, sentence, head)
        breach = speaker.speakers if status == "violated" and speaker is not None else ()
        payload = Ceasefire(
            status=status,
            brokers=brokers,
            parties=_parties(setting, sentence, head, brokers),
            effective=_effective(setting, sentence, span),
            place=place_of(setting, sentence, head),
            terms=_terms(text, sentence, head),
            breach_alleged_by=breach,
        )
        yield Claim(
            document_id=setting.document.id,
            span=span,
            quote=text[span.start : span.end],
            sentence=sentence.span,
            payload=payload,
            speakers=speaker.speakers if speaker is not None else (),
            stance=speaker.stance if speaker is not None else "state",
            attribution_id=speaker.id if speaker is not None else None,
            trace=(
                Step(
                    "coders",
                    f"ceasefire:{rule}",
                    text[match.start() : match.end()],
                    Span(*match.span()),
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
    """Give the noun phrase of a ceasefire with what is told in it: "agreed to in Moscow last Friday"."""
    first, last = sentence.first[head], sentence.last[head]
    if sentence[head].pos not in {"NOUN", "PROPN"}:
        return name
    return sentence.cover(first, last)


def _status(
    setting: Setting, sentence: Sentence, head: int, name: Span, speaker: Attribution | None
) -> tuple[CeasefireStatus, str] | None:
    """Read a status from the clause around a name, and from the stance it is told under."""
    text = setting.document.text
    start = max(sentence.span.start, name.start - CLAUSE)
    end = min(sentence.span.end, name.end + CLAUSE)
    clause = _narrow(sentence, head, Span(start, end))
    window = text[clause.start : clause.end]
    supposed = _is_supposed(sentence, head)
    for entry, status, pattern in load_ceasefires().statuses:
        match = pattern.search(window)
        if match is None or (supposed and status in {"violated", "collapsed", "expired"}):
            continue
        if (
            status == "in force"
            and speaker is not None
            and speaker.stance in {"appeal", "demand"}
            and "agree" in window.lower()
        ):
            continue
        if _negated_near(sentence, head) and status in {"agreed", "in force"}:
            return "rejected", f"not-{entry}"
        return status, entry
    if speaker is not None and speaker.stance in {"appeal", "demand"}:
        return "called for", f"stance:{speaker.stance}"
    return None


def _is_supposed(sentence: Sentence, head: int) -> bool:
    """Say whether the clause only supposes: "**if** it breaks the truce", "**could** undermine it"."""
    for above in ancestors(sentence, head):
        word = sentence[above]
        if word.pos not in {"VERB", "AUX"}:
            continue
        below = [sentence[i] for i in children(sentence, above, "mark", "aux", "advmod")]
        return any(
            item.lower in {"if", "unless", "should", "whether"} or item.tag == "MD"
            for item in below
        )
    return False


def _narrow(sentence: Sentence, head: int, window: Span) -> Span:
    """Keep to the clause whose verb governs the name."""
    for above in ancestors(sentence, head):
        if sentence[above].pos in {"VERB", "AUX"} and sentence[above].dep in {
            "ROOT",
            "ccomp",
            "conj",
            "advcl",
            "relcl",
            "parataxis",
            "acl",
            "xcomp",
            "pcomp",
        }:
            low, high = sentence.first[above], sentence.last[above]
            for other in children(sentence, above, "conj"):
                own = child(sentence, other, "nsubj", "nsubjpass")
                if own is not None and other > max(above, head):
                    high = min(high, sentence.first[other] - 1)
            span = sentence.cover(low, max(low, high))
            start, end = max(span.start, window.start), min(span.end, window.end)
            return Span(start, end) if start < end else window
    return window


def _negated_near(sentence: Sentence, head: int) -> bool:
    for above in ancestors(sentence, head):
        if sentence[above].pos in {"VERB", "AUX"}:
            return is_negated(sentence, above)
    return is_negated(sentence, head)


def _brokers(setting: Setting, sentence: Sentence, head: int) -> tuple[Party, ...]:
    """Give who brokered it: "Russian-**brokered**", "brokered **by Egypt**", "**Egypt** brokered"."""
    for index in range(sentence.first[head], head):
        if (
            sentence[index].lower in _BROKERED
            and index >= 2
            and sentence[index - 1].text in {"-", "–"}
        ):
            name = setting.names.get((sentence.index, index - 2))
            if name is not None:
                return (name.party,)
    for clause in children(sentence, head, "acl", "relcl", "amod"):
        found = parties_at(setting, sentence, agent(sentence, clause))
        if found and sentence[clause].lemma in _BROKERING | _ANNOUNCING:
            return found
    for above in ancestors(sentence, head):
        word = sentence[above]
        owner = child(sentence, above, "poss", "amod") if word.lemma in _PLANS else None
        name = None if owner is None else setting.names.get((sentence.index, owner))
        if name is not None:
            return (name.party,)
        if word.pos not in {"VERB", "AUX"}:
            continue
        if word.lemma not in _BROKERING | _ANNOUNCING:
            return ()
        passive = is_passive(sentence, above)
        doer = agent(sentence, above) if passive else subject(sentence, above)
        return parties_at(setting, sentence, doer)
    return ()


def _parties(
    setting: Setting, sentence: Sentence, head: int, brokers: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Give who is bound: named beside it, else the two sides that the report is most about."""
    for prep in children(sentence, head, "prep"):
        if sentence[prep].lower in {"between", "with"}:
            found = parties_at(setting, sentence, child(sentence, prep, "pobj"))
            if sentence[prep].lower == "between" and len(found) > 1:
                return tuple(party.whole() for party in found)
            if found:
                verb = sentence[head].head
                doers = parties_at(setting, sentence, child(sentence, verb, "nsubj"))
                both = tuple(dict.fromkeys(party.whole() for party in (*doers, *found)))
                if len(both) > 1:
                    return both
    for clause in children(sentence, head, "acl", "relcl"):
        found = parties_at(setting, sentence, agent(sentence, clause))
        if len(found) > 1 and sentence[clause].lemma not in _BROKERING:
            return tuple(party.whole() for party in found)
    named = {party.root for party in brokers}
    bound = [party for party in setting.belligerents if party.root not in named]
    if len(bound) < 2:
        bound = [party for party in setting.sides if party.root not in named][:2]
    return tuple(bound)


def _effective(setting: Setting, sentence: Sentence, span: Span) -> Time | None:
    times = setting.resolution.times_in(sentence.index)
    if not times:
        return None
    inside = [time for time in times if span.covers(time.span)]
    return min(inside or times, key=lambda item: abs(item.span.start - span.end)).time


def _terms(text: str, sentence: Sentence, head: int) -> str | None:
    window = text[sentence[sentence.first[head]].start : sentence[head].end]
    match = load_ceasefires().terms.search(window)
    if match is not None:
        return match.group().lower()
    for index in range(sentence.first[head], head):
        if sentence[index].lower in {"hour", "day", "week", "month"} and index >= 2:
            return text[sentence[index - 2].start : sentence[index].end]
    return None
