"""Truce heads: states of ceasefires as the reader's heads find them, joined with those that the grammar finds.

The heads mark the words that tell a state ("agreed", "violated") and point at whom the truce binds and who
brokered it. A state of the grammar stays; the heads add what it does not know, and name parties where its own
words name none.
On wars left out of training: found .61 (grammar alone .44), with the state .44 (.33); bench/results/corpus-test.json.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from counterclaim.coders.ceasefires.sides import LEADING
from counterclaim.coders.document_context import DocumentContext
from counterclaim.coders.unreal import find_real
from counterclaim.decode import COUNTS, Decoder, grade
from counterclaim.model.heads import Run
from counterclaim.model.reading import STATUSES
from counterclaim.records.claim import Ceasefire, CeasefireStatus, Claim
from counterclaim.records.evidence import weakest
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.syntax.sentence import Sentence

THRESHOLDS = {
    "found": 0.5,
    "beside another": 0.9,
    "unnamed breach": 0.95,
    "party": 0.1,
    "counts": 0.99,
    "broker": 0.6,
    "background": 0.6,
}
"""Probabilities from which on a head decides. Whom a truce binds counts later than elsewhere: on wars left out, from
0.95 on, three of fourteen were others."""
_FOLDED: Mapping[str, CeasefireStatus] = MappingProxyType(
    {"extended": "in force", "expired": "collapsed"}
)
"""Labels of the head that are another state in the ledger."""
_MAY_SIGN = frozenset({"state", "armed group", "de facto authority", "government", "organisation"})
"""Kinds of parties that a truce may bind."""


def join_truces(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Join the grammar's states of ceasefires with the heads'.

    Args:
        setting: The document's.
        claims: The grammar's ceasefires.

    Returns:
        Claims in reading order.
    """
    decoder = setting.decoder
    if decoder is None:
        return tuple(claims)
    found = [_with_parties(decoder, claim, claim.span) for claim in claims]
    for run in decoder.runs("truce"):
        if run.probability < THRESHOLDS["found"]:
            continue
        sentence = find_real(setting.sentences, run.span)
        if sentence is None or _is_known(found, run, sentence):
            continue
        if run.probability < THRESHOLDS["unnamed breach"] and _is_only_fire(setting, run, sentence):
            continue
        bare = _bare(setting, decoder, sentence, run)
        found.append(_with_parties(decoder, bare, run.span))
    return tuple(sorted(found, key=lambda claim: (claim.span.start, claim.span.end)))


def _status(run: Run) -> CeasefireStatus:
    label = STATUSES[run.label]
    return _FOLDED.get(label, label)  # type: ignore[arg-type]  # the other labels are its states


def _is_known(found: Sequence[Claim], run: Run, sentence: Sentence) -> bool:
    """Whether a state is already told in the sentence; only a sure head adds a second one."""
    status = _status(run)
    return any(
        claim.span.meets(run.span)
        or (
            sentence.span.covers(claim.span)
            and isinstance(claim.payload, Ceasefire)
            and (claim.payload.status == status or run.probability < THRESHOLDS["beside another"])
        )
        for claim in found
    )


_OF_TRUCE = re.compile(
    r"\b(?:truces?|cease-?fires?|cessation|armistice|halt|pauses?|lull|calm|quiet|hostilities|agreements?|accords?|pacts?|deals?|"
    r"arrangements?|violat\w+|breach\w*|broke|broken|peace|guns|silen\w+|respect\w*|observ\w+|hold(?:s|ing)?|held)\b",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of a truce, by whatever name."""


def _is_only_fire(setting: DocumentContext, run: Run, sentence: Sentence) -> bool:
    """Return whether a breach would be told by nothing but fire: "they **shelled each other**", in a report on a truce."""
    return _status(run) == "violated" and not _OF_TRUCE.search(
        setting.document.words(sentence.span)
    )


def _bare(setting: DocumentContext, decoder: Decoder, sentence: Sentence, run: Run) -> Claim:
    speaker = setting.speaker_of(run.span)
    status = _status(run)
    background = decoder.readout.choose("truce_background", run.span)
    return Claim(
        document_id=setting.document.id,
        span=run.span,
        quote=setting.document.words(run.span),
        sentence=sentence.span,
        payload=Ceasefire(
            status=status,
            brokers=_brokers(decoder, sentence, run.span),
            background=background is not None and float(background[1]) >= THRESHOLDS["background"],
        ),
        speakers=speaker.speakers if speaker is not None else (),
        stance=speaker.stance if speaker is not None else "state",
        attribution_id=speaker.id if speaker is not None else None,
        trace=(Step("coders", f"head:truce:{run.probability:.2f}", status, run.span),),
    )


def _brokers(decoder: Decoder, sentence: Sentence, span: Span) -> tuple[Party, ...]:
    read = decoder.point_parties("broker", span, least=THRESHOLDS["broker"])
    return tuple(
        party.known(grade(one, sentence.span, least=COUNTS))
        for one in read
        for party in one.parties
    )


def _with_parties(decoder: Decoder, claim: Claim, span: Span) -> Claim:
    """Return a ceasefire with its parties: the grammar's, else those pointed at, and whom they fight.

    A truce has two sides. Where the words name one, the other is the party that the heads hold most for a side of the
    conflict; it is inferred.
    """
    payload = claim.payload
    assert isinstance(payload, Ceasefire)
    if len(payload.parties) > 1:
        return claim
    brokers = {party.root for party in payload.brokers}
    told: dict[str, Party] = {
        party.root: party for party in payload.parties if weakest((party,)) != "inferred"
    }
    for read in decoder.point_parties("truce_party", span, least=THRESHOLDS["party"]):
        for party in read.parties:
            whole = party.whole()
            if whole.kind in _MAY_SIGN and whole.root not in brokers:
                evidence = grade(read, claim.sentence, least=THRESHOLDS["counts"])
                told.setdefault(whole.root, whole.known(evidence))
    if len(told) == 1:
        sides = {side.root for side in decoder.own_sides}
        other = next(
            (
                side
                for side in decoder.likely_sides
                if side.root not in {*told, *brokers}
                and (side.kind != "organisation" or side.root in sides)
            ),
            None,
        )
        if other is not None and other.kind in _MAY_SIGN:
            told[other.root] = other.known("inferred")
    if len(told) <= len(payload.parties):
        return claim
    parties = tuple(told.values())[:LEADING]
    words = " & ".join(map(str, parties))
    return replace(
        claim,
        payload=replace(payload, parties=parties),
        trace=(*claim.trace, Step("coders", "head:truce-parties", words, span)),
    )
