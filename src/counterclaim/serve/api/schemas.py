"""Schemas: what the API gives, field by field. The field descriptions are its documentation."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from counterclaim.records.judgement import Mendable, Verdict
from counterclaim.records.text import Verifiability

Row = TypeVar("Row")
ROW_ID = r"^[a-z]-[0-9a-f]{12}$"


SpanShape = Annotated[
    tuple[int, int],
    WithJsonSchema({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
]
"""Start and end in the document's text, half-open; described in words that every generator knows."""


class Shape(BaseModel):
    """Base of all shapes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemShape(Shape):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class Rows(Shape, Generic[Row]):
    """Some rows of a view."""

    rows: list[Row]
    next: int | None = Field(description="Pass it as `after` for the next rows; null at the end.")


class JudgementShape(Shape):
    """What a person decided about a row."""

    id: str
    subject: str
    verdict: Verdict
    by: str
    reason: str
    other: str | None
    evidence: str | None
    field: Mendable | None = Field(description="Which field of a claim is corrected.")
    before: str | None
    after: str | None
    span: SpanShape | None = Field(
        description="Which words of a document it is about: a reader's prediction."
    )
    recorded_at: datetime | None = Field(description="UTC; null inside other rows.")
    taken_back: bool


class JudgementGiven(Shape):
    """A decision to be filed. Who decides is who asks."""

    subject: str = Field(pattern=ROW_ID)
    verdict: Verdict
    reason: str = Field("", max_length=2_000)
    other: str | None = Field(None, pattern=ROW_ID)
    evidence: str | None = Field(None, max_length=2_000)
    field: Mendable | None = None
    before: str | None = Field(None, max_length=200)
    after: str | None = Field(None, max_length=200)
    span: SpanShape | None = Field(
        None, description="Of a reader's comment, for what became of its prediction."
    )
    text_sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class AgreementShape(Shape):
    """How far two reviewers agree on the claims that both judged."""

    first: str
    second: str
    both: int
    same: int
    share: float = Field(description="0 to 1.")
    kappa: float | None = Field(description="Cohen's kappa; null where it is not defined.")


class ClaimShape(Shape):
    """Somebody says that something is so, in these words."""

    id: str
    kind: str
    stance: str
    speakers: list[str] = Field(description="Empty in the report's own voice.")
    quote: str
    span: SpanShape = Field(description="Where the quote stands: characters, half-open.")
    sentence: SpanShape
    words: str | None = Field(None, description="The sentence that holds it.")
    hedged: bool
    document: str
    document_title: str | None
    outlet: str | None
    published: date | None
    known_on: date
    recorded_at: datetime
    incident: str | None
    payload: dict[str, Any] = Field(description="What is claimed, as read.")
    inferred: list[str] = Field(
        description="Fields that no words tell: shown, and counted in nothing."
    )
    judgements: list[JudgementShape] = Field(description="Those that stand; corrections included.")


class HitShape(Shape):
    """A claim found by its words."""

    words: str = Field(description="The sentence that holds it.")
    claim: ClaimShape


class FigureShape(Shape):
    """One casualty figure, flat."""

    claim: str
    document: str
    outlet: str | None
    reporters: str
    side: str
    relation: str
    outcome: str
    category: str
    subgroup: str | None
    measure: str
    low: int | None
    high: int | None
    qualifier: str
    first_day: date | None
    last_day: date | None
    place: str | None
    words: str | None = Field(None, description="The sentence that holds it.")
    background: bool
    is_part: bool
    quote: str
    known_on: date
    recorded_at: datetime
    corrections: list[str] = Field(
        description="What people changed about it; the other fields are then as corrected."
    )
    left_out: bool = Field(description="Whether people left it out: it enters no number.")


class CeasefireShape(Shape):
    """One state of one ceasefire, as told."""

    claim: str
    state: str
    parties: list[str]
    brokers: list[str]
    effective: str | None = Field(description="TIMEX3 value.")
    place: str | None
    terms: str | None
    words: str | None = Field(None, description="The sentence that holds it.")
    breach_alleged_by: list[str]
    background: bool
    told_by: list[str]
    stance: str
    quote: str
    document: str
    outlet: str | None
    known_on: date


class PositionShape(Shape):
    """What a party wants, offers, refuses or backs."""

    claim: str
    act: str
    holders: list[str]
    addressees: list[str]
    what: str | None = Field(description="As worded.")
    words: str | None = Field(None, description="The sentence that holds it.")
    told_by: list[str]
    stance: str
    quote: str
    document: str
    outlet: str | None
    known_on: date


class SlotShape(Shape):
    """One slot of an incident, in short."""

    slot: str
    status: str
    proposition: str


class IncidentShape(Shape):
    """Claims held to speak of one happening."""

    id: str
    kind: str
    title: str = Field(description="What people call it: what, where, when, and who says so.")
    label: str
    first_day: date | None
    last_day: date | None
    parties: list[str]
    claims: int
    documents: int
    slots: list[SlotShape]
    recorded_at: datetime


class VoiceShape(Shape):
    """One origin's stand on one slot."""

    party: str | None
    alignment: str
    affirms: bool | None
    """None where it is shown and counts neither way."""
    stance: str
    claim: str
    scope_inferred: bool
    evidence: str
    """How it is known that this party says it: told, carried, or inferred and not counted."""


class FindingShape(Shape):
    """The status of one slot, by one rule."""

    id: str
    slot: str
    proposition: str
    status: str
    rule: int
    reason: str
    flags: list[str]
    voices: list[VoiceShape]


class IncidentWhole(Shape):
    """One incident with all that bears on it."""

    incident: IncidentShape
    findings: list[FindingShape]
    claims: list[ClaimShape]
    judgements: list[JudgementShape]
    merged_into: str | None


class DocumentShape(Shape):
    """A document in a list."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    published: date | None
    recorded_at: datetime
    claims: int
    readings: int


class DocumentWhole(Shape):
    """A document with its latest reading."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    text: str
    report: SpanShape = Field(description="The report itself; what follows is discussion.")
    sides: list[str]
    claims: list[str] = Field(description="Ids of its claims, in reading order.")
    problems: list[str]
    signature: dict[str, str] = Field(description="What read it: versions of code and lexicons.")
    readings: list[str]
    recorded_at: datetime


class RowMatchShape(Shape):
    """One row that speaks of the same as a reader; whether it bears the reader out is not said."""

    claim: str
    document: str
    kind: str
    quote: str
    speakers: list[str]
    stance: str
    reasons: list[str] = Field(description="What the two share, and where they differ.")
    weight: float = Field(description="How much the two share.")
    same_number: bool | None = Field(
        description="Whether the numbers fit; null where one names none."
    )


class StretchShape(Shape):
    """A stretch of a comment that states something that can be checked."""

    span: SpanShape
    words: str
    read: list[str] = Field(description="Words in which a claim was read; it is never filed.")
    finding: str
    rows: list[RowMatchShape] = Field(description="The likeliest first; empty where no row does.")
    more: int = Field(description="Rows beyond those given.")


class PredictionShape(Shape):
    """What became of a reader's prediction, as people say on the ground of a row."""

    outcome: str = Field(description="came_true, came_false or open.")
    ground: str | None = Field(description="Id of the row that shows it.")
    finding: str
    judgements: list[JudgementShape] = Field(
        description="Oldest first, without those taken back; the last holds."
    )


class CommentShape(Shape):
    """One reader's comment. Never a source."""

    number: int
    span: SpanShape
    words: str
    types: list[str]
    verifiability: Verifiability = Field(
        description="Whether others can check anything in it, or the writer alone lived through it."
    )
    answers: int | None = Field(description="Number of the comment that it answers.")
    checkable: list[StretchShape]
    prediction: PredictionShape | None = Field(
        description="What became of it; null where it foretells nothing."
    )


class ThreadShape(Shape):
    """What readers say under a document."""

    document: str
    comments: list[CommentShape]


class DocumentGiven(Shape):
    """A report to be read and kept."""

    text: str = Field(min_length=1, max_length=400_000)
    published: date | None = Field(
        None, description="Day of publication; without it days stay unsettled."
    )
    title: str | None = Field(None, max_length=2_000)
    outlet: str | None = Field(None, max_length=2_000)
    name: str = Field(
        "by program", min_length=1, max_length=2_000, description="Its address or file name."
    )
    project: str | None = Field(
        None,
        min_length=1,
        max_length=60,
        description="Id of the project that it is put into, and with whose conflict file it is read.",
    )


class SessionShape(Shape):
    """Who asks, and the token that a browser's or script's session sends as `X-CSRF-Token`."""

    name: str
    role: str
    csrf_token: str
