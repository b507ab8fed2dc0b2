"""Positions: what a party wants, offers, refuses or backs, read from what it is made to say."""

from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.attribution import Attribution, Stance
from counterclaim.records.claim import Claim, Position, PositionAct
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

_ACTS: dict[Stance, PositionAct] = {
    "demand": "demand",
    "appeal": "appeal",
    "reject": "refuse",
    "promise": "commit",
    "threaten": "threaten",
}
_BY_ENTRY: dict[str, PositionAct] = {
    "offer": "offer",
    "support": "support",
    "n-support": "support",
    "reaffirm": "support",
    "oppose": "oppose",
    "welcome": "support",
}
_CONDITIONS = (
    "unless",
    "only if",
    "on condition",
    "provided that",
    "conditional on",
    "as long as",
    "until",
)


def code_positions(setting: DocumentContext) -> tuple[Claim, ...]:
    """Read the positions of a document: one for each demand, appeal, offer, refusal, commitment or backing.

    Accepts:
      1. a stance that is a position         demand, appeal, reject, promise, threaten
      2. a cue that backs or opposes         "reiterated his **support** for", "welcomed"
      3. a condition in what is said         "will not sign **unless** ..."
    """
    claims = []
    for attribution in setting.attributions:
        act, rule = _act(setting, attribution)
        if act is None or not attribution.content or not attribution.speakers:
            continue
        span = Span(attribution.content[0].start, attribution.content[0].end)
        sentence = next(
            (item for item in setting.sentences if item.span.covers(attribution.cue)), None
        )
        claims.append(
            Claim(
                document_id=setting.document.id,
                span=span,
                quote=setting.document.text[span.start : span.end],
                sentence=sentence.span if sentence is not None else span,
                payload=Position(
                    act=act,
                    holders=attribution.speakers,
                    addressees=attribution.targets,
                    what=span,
                ),
                speakers=attribution.speakers,
                stance=attribution.stance,
                attribution_id=attribution.id,
                hedges=attribution.hedges,
                trace=(
                    Step(
                        "coders",
                        f"position:{rule}",
                        setting.document.words(attribution.cue),
                        attribution.cue,
                    ),
                ),
            )
        )
    return tuple(claims)


def _act(setting: DocumentContext, attribution: Attribution) -> tuple[PositionAct | None, str]:
    if attribution.cue_entry in _BY_ENTRY:
        return _BY_ENTRY[attribution.cue_entry], f"entry:{attribution.cue_entry}"
    if not attribution.is_claim:
        return None, ""
    words = setting.document.words(*attribution.content).lower()
    act = _ACTS.get(attribution.stance)
    if act is not None and any(condition in words for condition in _CONDITIONS):
        return "condition", "condition"
    if act is not None:
        return act, f"stance:{attribution.stance}"
    if attribution.cue_entry in {"reiterate", "stress", "voice"} and "support" in words[:40]:
        return "support", "support-in-content"
    return None, ""
