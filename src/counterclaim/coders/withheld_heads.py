"""Withheld heads: what is not said, as the reader's heads find it, joined with what the grammar's formulas find.

On wars left out of training, with whose silence it is: .25 (formulas alone .17); bench/results/corpus-test.json.
"""

import re
from collections.abc import Sequence

from counterclaim.coders.document_context import DocumentContext
from counterclaim.decode import COUNTS, Decoder, grade, is_named
from counterclaim.model.heads import Run
from counterclaim.records.claim import Claim, Withheld
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span
from counterclaim.records.time import Time
from counterclaim.syntax.sentence import Sentence, sentence_over

LEAST = 0.65
"""Probability from which on words tell that something is not said."""
_CHECKING = re.compile(
    r"\b(?:verif(?:y|ied|iable)|independent(?:ly)? confirm\w*|could be confirmed|not be confirmed|asked not to be|condition of anonymity|cross-check\w*|corroborat\w+)\b"
)
"""Words of a sentence that says what could not be checked: "neither figure could be **verified**". Nobody keeps that back."""
LEAST_OWNER = 0.5
"""Probability below which nobody is named as the one who does not say it."""


def join_withheld(setting: DocumentContext, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Join the grammar's silences with the heads': one a sentence.

    Args:
        setting: The document's.
        claims: Those of the formulas.

    Returns:
        Claims in reading order.
    """
    decoder = setting.decoder
    if decoder is None:
        return tuple(claims)
    found = list(claims)
    for run in decoder.runs("withheld"):
        sentence = sentence_over(setting.sentences, run.span)
        if (
            run.probability < LEAST
            or sentence is None
            or any(sentence.span.covers(claim.span) for claim in found)
            or _is_denied(setting, run)
            or _CHECKING.search(setting.document.words(sentence.span))
        ):
            continue
        found.append(_claim(setting, decoder, sentence, run))
    return tuple(sorted(found, key=lambda claim: (claim.span.start, claim.span.end)))


def _is_denied(setting: DocumentContext, run: Run) -> bool:
    """Return whether the words are what somebody denies or refuses: that is said, not left unsaid."""
    return any(item.stance in {"deny", "reject"} for item in setting.speakers_of(run.span))


def _claim(setting: DocumentContext, decoder: Decoder, sentence: Sentence, run: Run) -> Claim:
    published = setting.document.published
    span = _with_helpers(setting, sentence, run)
    return Claim(
        document_id=setting.document.id,
        span=span,
        quote=setting.document.words(span),
        sentence=sentence.span,
        payload=Withheld(
            owners=_owners(decoder, sentence, run),
            since=Time(published.isoformat()) if published is not None else None,
        ),
        stance="withhold",
        trace=(Step("coders", f"head:withheld:{run.probability:.2f}", "", run.span),),
    )


def _with_helpers(setting: DocumentContext, sentence: Sentence, run: Run) -> Span:
    """Return the words with the helping verbs before them: "**could not be** reached"."""
    before = setting.document.text[sentence.span.start : run.span.start]
    match = _HELPERS.search(before)
    return run.span if match is None else Span(sentence.span.start + match.start(), run.span.end)


_HELPERS = re.compile(
    r"\b(?:could|can|would|will|did|does|do|has|have|had|is|are|was|were)(?:n[’']t|\s+not|\s+never)?"
    r"(?:\s+(?:yet|immediately|so far|be|been|to))*\s+$"
)


def _owners(decoder: Decoder, sentence: Sentence, run: Run) -> tuple[Party, ...]:
    for read in decoder.point_parties("owner", run.span, least=LEAST_OWNER):
        if is_named(read.parties):
            evidence = grade(read, sentence.span, least=COUNTS)
            return tuple(party.known(evidence) for party in read.parties)
    return ()
