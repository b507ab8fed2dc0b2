"""Figure heads: what the reader's heads say of one number, and where they may decide.

Each field is the head's where its probability reaches the field's threshold, else the grammar's.
The thresholds were chosen on the corpus' development wars (training/reader/choose.py).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from counterclaim.coders.casualties.source_relation import relate
from counterclaim.decode import Decoder, PartyReading, grade, is_lone_person, is_named
from counterclaim.model.reading import (
    CATEGORIES,
    OUTCOMES,
    SCOPES,
    numeral_in,
)
from counterclaim.records.claim import Casualty, Category, Claim, Measure, Outcome
from counterclaim.records.evidence import Evidence, weakest
from counterclaim.records.party import Party
from counterclaim.records.problem import Step
from counterclaim.records.text import Span

THRESHOLDS = {
    "is-loss": 0.6,
    "is-none": 0.93,
    "outcome": 0.95,
    "category": 0.9,
    "scope": 0.75,
    "background": 0.6,
}
"""Probabilities from which on a head decides over the grammar. Categories of persons and outcomes stand in nouns
and verbs that the grammar knows (.96 and .97 right on real reports, the heads .83 and .80)."""
PARTY_THRESHOLDS = {
    "side": {"told": 1.01, "carried": 0.8, "inferred": 0.7, "none": 0.65},
    "reporter": {"told": 1.01, "carried": 1.01, "inferred": 0.5, "none": 0.7},
}
"""The same for parties, by how the grammar knows its own value: what it was told, it is nearly always
right on; who counts, it reads better than the heads do (.84 and .80 on reports that neither saw), so that there they
only replace a guess."""

_OUTCOMES: dict[str, Outcome] = {
    "killed": "killed",
    "wounded": "wounded",
    "missing": "missing",
    "captured": "captured",
    "displaced": "displaced",
    "other": "unspecified",
}
_CATEGORIES: dict[str, Category] = {
    "military": "military",
    "civilian": "civilian",
    "mixed": "mixed",
    "unspecified": "unknown",
}
_MEASURES: dict[str, Measure] = {"incident": "incident", "new": "new", "cumulative": "cumulative"}


@dataclass(frozen=True, slots=True)
class FigureRead:
    """What the heads say of a number; None where they are not sure enough to decide."""

    loss: float
    """Probability that it counts losses at all."""
    outcome: Outcome | None
    category: Category | None
    measure: Measure | None
    background: bool
    side: PartyReading | None
    reporter: PartyReading | None
    sure: Mapping[str, float]
    """Probability of the likeliest label, by head."""

    @property
    def is_loss(self) -> bool:
        """Whether a number that the grammar does not read as a loss is one."""
        return self.loss >= THRESHOLDS["is-loss"] and self.outcome is not None

    @property
    def is_none(self) -> bool:
        """Whether a number that the grammar reads as a loss is none."""
        return 1 - self.loss >= THRESHOLDS["is-none"]


def read_figure(decoder: Decoder | None, number: Span) -> FigureRead | None:
    """Ask the heads of one number; None without them."""
    if decoder is None:
        return None
    span = Span(*numeral_in(decoder.document.text, number.start, number.end))
    outcomes = decoder.readout.choose("outcome", span)
    category = decoder.choose("category", CATEGORIES, span)
    scope = decoder.choose("scope", SCOPES, span)
    background = decoder.readout.choose("background", span)
    if outcomes is None or category is None or scope is None or background is None:
        return None
    best = 1 + int(outcomes[1:].argmax())
    loss = float(1 - outcomes[0])
    sure = float(outcomes[best]) / max(loss, 1e-9)
    return FigureRead(
        loss=loss,
        outcome=_OUTCOMES[OUTCOMES[best]] if sure >= THRESHOLDS["outcome"] else None,
        category=_CATEGORIES[category[0]] if category[1] >= THRESHOLDS["category"] else None,
        measure=_MEASURES[scope[0]] if scope[1] >= THRESHOLDS["scope"] else None,
        background=float(background[1]) >= THRESHOLDS["background"],
        side=decoder.point_party("side", span, places=True, named=True),
        reporter=decoder.point_party("reporter", span, places=False),
        sure={"outcome": sure, "category": category[1], "scope": scope[1]},
    )


_LANDS = frozenset({"state", "de facto authority"})
_OFFICES = frozenset({"official", "leader", "ministry", "government"})
UNSAID = frozenset({"measure:default", "measure:perfect", "measure:stretch"})
"""Steps of the grammar after which the words themselves do not say whether a number is new or a total."""
DYING = frozenset({"harm:subject", "harm:state"})
"""Steps of the grammar after which the counted are themselves told to have died."""
OURS = "side:ours"
"""The step of the grammar after which the loss is whose words they are: "we lost", "our"."""
COUNTS = {"side": 0.95, "reporter": 0.95, "carried": 0.985}
"""Probabilities from which on a party counts, and is not only inferred; for a side told in another sentence, higher."""
DOUBTS = {"carried": 0.35, "nobody": 0.6}
"""Probabilities from which on the heads, where they do not decide, take a value of the grammar out of the count."""


def decide(
    sentence: Span,
    claim: Claim,
    read: FigureRead,
    opposed: Collection[tuple[str, str]] = (),
    *,
    text: str = "",
) -> Claim:
    """Return a figure with the fields that the heads decide.

    Args:
        sentence: The one that the number stands in: what is pointed at outside of it is carried.
        claim: As the grammar reads it.
        read: What the heads say.
        opposed: Roots of those who are told to fight or to accuse one another.
        text: The document's.
    """
    payload = claim.payload
    assert isinstance(payload, Casualty)
    steps: list[Step] = []
    fields: dict[str, object] = {}
    # What was lost on a day that is told ("on Wednesday") is no running total.
    is_dated = payload.period is not None and payload.since is None
    unsaid = any(step.rule in UNSAID for step in claim.trace) and not (
        is_dated and read.measure == "cumulative"
    )
    # "Three of the wounded died": the persons' name tells what they were, the verb what became of them.
    died = payload.outcome == "killed" and any(step.rule in DYING for step in claim.trace)
    for name, value in (
        ("outcome", None if died else read.outcome),
        ("category", read.category),
        ("measure", read.measure if unsaid else None),
    ):
        if value is not None and value != getattr(payload, name):
            fields[name] = value
            steps.append(Step("coders", f"head:{name}", str(value)))
    if read.background and not payload.background:
        fields["background"] = True
        steps.append(Step("coders", "head:background"))
    if (
        read.side is not None
        and _decides("side", read.side, payload.side)
        and not _is_same(read.side, payload.side)
        and not any(step.rule == OURS for step in claim.trace)
        and _may_lose(claim, read.side.parties)
    ):
        evidence = grade(read.side, sentence, least=COUNTS["side"])
        if evidence == "carried" and read.side.probability < COUNTS["carried"]:
            evidence = "inferred"
        fields["side"] = tuple(_bearer(party).known(evidence) for party in read.side.parties)
        steps.append(_pointed("side", read.side))
    elif _is_doubted(read.side, payload.side, "carried"):
        fields["side"] = tuple(party.known("inferred") for party in payload.side)
        steps.append(Step("coders", "head:side-doubted"))
    speakers = claim.speakers
    # "31 were reported dead": the words themselves say that nobody is named; and a count that only a head lays in
    # somebody's mouth is a suggestion.
    passive = any(step.rule == "harm:reported" for step in claim.trace)
    labelled = not speakers and _is_label(read.reporter, sentence, text)
    if (
        read.reporter is not None
        and not labelled
        and not (passive and not speakers)
        and _decides("reporter", read.reporter, speakers)
    ):
        evidence = grade(read.reporter, sentence, least=COUNTS["reporter"])
        if not speakers:
            evidence = "inferred"
        told = tuple(party.known(evidence) for party in read.reporter.parties)
        if {party.root for party in told} != {party.root for party in speakers}:
            speakers = told
            steps.append(_pointed("reporter", read.reporter))
    if speakers is claim.speakers and _is_nobodys(read.reporter, speakers):
        speakers = tuple(party.known("inferred") for party in speakers)
        steps.append(Step("coders", "head:reporter-doubted"))
    new = replace(payload, **fields)  # type: ignore[arg-type]  # each value is of its field
    if speakers and (new.side, speakers) != (payload.side, claim.speakers):
        is_enemys = payload.relation == "enemy" and speakers == claim.speakers
        new = replace(new, relation=relate(opposed, new.side, speakers[0], is_enemys=is_enemys))
    return replace(
        claim,
        payload=new,
        speakers=speakers,
        trace=(*claim.trace, *steps),
    )


_AFTER_LABEL = re.compile(r"\s*:\s")
_BEFORE_LABEL = re.compile(r"(?:^|\n)[^\w\n]*$")


def _is_label(read: PartyReading | None, sentence: Span, text: str) -> bool:
    """Whether a head points at a land that only heads its line: "**Gaza**: nine killed in Rafah"."""
    if read is None or read.span is None or not read.parties:
        return False
    at = read.span
    return (
        at.end <= sentence.end
        and all(party.kind in _LANDS for party in read.parties)
        and _AFTER_LABEL.match(text, at.end) is not None
        and _BEFORE_LABEL.search(text[: at.start]) is not None
    )


def _decides(field: str, read: PartyReading, known: tuple[Party, ...]) -> bool:
    """Whether a head is sure enough to decide over what the grammar has."""
    if read.is_both:
        return False
    if field == "side":
        known = tuple(party for party in known if _may_bear(party))
    return read.probability >= PARTY_THRESHOLDS[field][weakest(known) if known else "none"]


def _is_same(read: PartyReading, known: tuple[Party, ...]) -> bool:
    """Whether a head only says again what the grammar reads: then the grammar's grade stands."""
    return {party.root for party in read.parties} == {party.root for party in known}


def _is_doubted(read: PartyReading | None, known: tuple[Party, ...], evidence: Evidence) -> bool:
    """Whether a value that the grammar knows so is doubted: the head points at another party."""
    return (
        read is not None
        and bool(read.parties and known)
        and weakest(known) == evidence
        and read.probability >= DOUBTS["carried"]
        and not {party.root for party in read.parties} & {party.root for party in known}
    )


def _is_nobodys(read: PartyReading | None, speakers: tuple[Party, ...]) -> bool:
    """Whether the head finds that nobody counts a figure that the grammar lays in somebody's mouth."""
    return (
        read is not None
        and bool(speakers)
        and not read.parties
        and not read.is_both
        and read.probability >= DOUBTS["nobody"]
    )


def _may_bear(party: Party) -> bool:
    """Whether the grammar's value names a side: neither someone unnamed nor a person of no stated side."""
    return is_named((party,)) and not is_lone_person(party)


def _may_lose(claim: Claim, side: tuple[Party, ...]) -> bool:
    """Whether a loss may be a party's: one with a name, and not the counter's own where it is its enemy's."""
    assert isinstance(claim.payload, Casualty)
    if not is_named(side):
        return False
    own = {party.root for party in claim.speakers} & {party.root for party in side}
    return not (own and (claim.payload.relation == "enemy" or claim.stance in {"deny", "reject"}))


def _bearer(party: Party) -> Party:
    """Return who bears a loss: an office or ministry stands for its state, an army for itself."""
    return party.whole() if party.kind in _OFFICES else party


def _pointed(field: str, read: PartyReading) -> Step:
    return Step(
        "coders",
        f"head:{field}:{read.probability:.2f}",
        " & ".join(map(str, read.parties)),
        read.span,
    )
