"""Serializers: records into the shapes of the API."""

from collections.abc import Mapping, Sequence

from counterclaim.export.plain import plain
from counterclaim.records.claim import Ceasefire, Position
from counterclaim.records.finding import Finding
from counterclaim.records.grades import inferred_fields
from counterclaim.records.judgement import Judgement
from counterclaim.records.ledger_rows import (
    DocumentCard,
    Entry,
    Filed,
    FiledFigure,
    FiledJudgement,
    IncidentCard,
    IncidentView,
    Thread,
)
from counterclaim.records.reader_match import RowMatch, StretchMatch
from counterclaim.serve.api.schemas import (
    CeasefireShape,
    ClaimShape,
    CommentShape,
    DocumentShape,
    DocumentWhole,
    FigureShape,
    FindingShape,
    IncidentShape,
    IncidentWhole,
    JudgementShape,
    PositionShape,
    PredictionShape,
    RowMatchShape,
    SlotShape,
    StretchShape,
    ThreadShape,
    VoiceShape,
)
from counterclaim.service.incident_list import Brief, brief_of
from counterclaim.service.predictions import Prediction


def judgement_shape(item: Judgement, filed: FiledJudgement | None = None) -> JudgementShape:
    """Write a judgement, with when it was made where that is known."""
    return JudgementShape(
        id=item.id,
        subject=item.subject,
        verdict=item.verdict,
        by=item.by,
        reason=item.reason,
        other=item.other,
        evidence=item.evidence,
        field=item.field,
        before=item.before,
        after=item.after,
        span=None if item.span is None else (item.span.start, item.span.end),
        recorded_at=None if filed is None else filed.recorded_at,
        taken_back=filed is not None and filed.taken_back,
    )


def sentence_of(entry: Entry, texts: Mapping[str, str]) -> str | None:
    """Return the sentence that holds a claim; None where its text is not at hand."""
    text, sentence = texts.get(entry.claim.document_id), entry.claim.sentence
    return None if text is None else text[sentence.start : sentence.end]


def sentences_of(entries: Sequence[Entry], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the sentences that hold some claims, by claim id."""
    found = ((entry.claim.id, sentence_of(entry, texts)) for entry in entries)
    return {id_: words for id_, words in found if words is not None}


def claim_shape(entry: Entry, texts: Mapping[str, str] | None = None) -> ClaimShape:
    """Write a claim as filed: as it was read, its corrections beside it, in its sentence."""
    claim = entry.as_read or entry.claim
    return ClaimShape(
        id=claim.id,
        kind=claim.kind,
        stance=claim.stance,
        speakers=[str(party) for party in claim.speakers],
        quote=claim.quote,
        span=(claim.span.start, claim.span.end),
        sentence=(claim.sentence.start, claim.sentence.end),
        words=sentence_of(entry, texts or {}),
        hedged=bool(claim.hedges),
        document=claim.document_id,
        document_title=entry.document_title,
        outlet=entry.outlet,
        published=entry.published,
        known_on=entry.known_on,
        recorded_at=entry.recorded_at,
        incident=entry.incident_id,
        payload=plain(claim.payload),
        inferred=list(inferred_fields(claim)),
        judgements=[judgement_shape(item) for item in entry.judgements],
    )


def figure_shape(figure: FiledFigure, words: str | None = None) -> FigureShape:
    """Write a figure, with the sentence that tells it."""
    return FigureShape(
        claim=figure.claim_id,
        document=figure.document_id,
        outlet=figure.outlet,
        reporters=figure.reporters,
        side=figure.side,
        relation=figure.relation,
        outcome=figure.outcome,
        category=figure.category,
        subgroup=figure.subgroup,
        measure=figure.measure,
        low=figure.low,
        high=figure.high,
        qualifier=figure.qualifier,
        first_day=figure.first_day,
        last_day=figure.last_day,
        place=figure.place,
        words=words,
        background=figure.background,
        is_part=figure.is_part,
        quote=figure.quote,
        known_on=figure.known_on,
        recorded_at=figure.recorded_at,
        corrections=list(figure.corrections),
        left_out=figure.left_out,
    )


def ceasefire_shape(entry: Entry, payload: Ceasefire, texts: Mapping[str, str]) -> CeasefireShape:
    """Write one telling of a ceasefire."""
    return CeasefireShape(
        claim=entry.claim.id,
        state=payload.status,
        parties=[str(party) for party in payload.parties],
        brokers=[str(party) for party in payload.brokers],
        effective=None if payload.effective is None else payload.effective.value,
        place=None if payload.place is None else payload.place.name,
        terms=payload.terms,
        words=sentence_of(entry, texts),
        breach_alleged_by=[str(party) for party in payload.breach_alleged_by],
        background=payload.background,
        told_by=[str(party) for party in entry.claim.speakers],
        stance=entry.claim.stance,
        quote=entry.claim.quote,
        document=entry.claim.document_id,
        outlet=entry.outlet,
        known_on=entry.known_on,
    )


def position_shape(entry: Entry, payload: Position, texts: Mapping[str, str]) -> PositionShape:
    """Write a position; its words come out of the report's text."""
    what = payload.what
    text = texts.get(entry.claim.document_id, "")
    return PositionShape(
        claim=entry.claim.id,
        act=payload.act,
        holders=[str(party) for party in payload.holders],
        addressees=[str(party) for party in payload.addressees],
        what=None if what is None else text[what.start : what.end],
        words=sentence_of(entry, texts),
        told_by=[str(party) for party in entry.claim.speakers],
        stance=entry.claim.stance,
        quote=entry.claim.quote,
        document=entry.claim.document_id,
        outlet=entry.outlet,
        known_on=entry.known_on,
    )


def incident_shape(card: IncidentCard, brief: Brief | None = None) -> IncidentShape:
    """Write an incident in short."""
    return IncidentShape(
        id=card.id,
        kind=card.kind,
        title=card.label if brief is None else str(brief.title),
        label=card.label,
        first_day=card.first_day,
        last_day=card.last_day,
        parties=list(card.parties),
        claims=card.claims,
        documents=card.documents,
        slots=[
            SlotShape(slot=item.slot, status=item.status, proposition=item.proposition)
            for item in card.slots
        ],
        recorded_at=card.recorded_at,
    )


def thread_shape(
    thread: Thread,
    beside: Mapping[int, Sequence[StretchMatch]],
    foretold: Mapping[int, Prediction],
) -> ThreadShape:
    """Write the comments under a document, with the rows beside what can be checked in them.

    Args:
        thread: As read.
        beside: Stretches that can be checked, by the comment's position from 0.
        foretold: Predictions and what became of them, by the same.
    """
    return ThreadShape(
        document=thread.document.id,
        comments=[
            CommentShape(
                number=at + 1,
                span=(comment.span.start, comment.span.end),
                words=thread.document.words(comment.span),
                types=list(comment.types),
                verifiability=comment.verifiability,
                answers=None if comment.reply_to is None else comment.reply_to + 1,
                checkable=[_stretch_shape(part) for part in beside.get(at, ())],
                prediction=_prediction_shape(foretold[at]) if at in foretold else None,
            )
            for at, comment in enumerate(thread.comments)
        ],
    )


def _prediction_shape(item: Prediction) -> PredictionShape:
    return PredictionShape(
        outcome=item.outcome,
        ground=item.latest.judgement.evidence if item.latest else None,
        finding=item.finding,
        judgements=[judgement_shape(filed.judgement, filed) for filed in item.said],
    )


def _stretch_shape(part: StretchMatch) -> StretchShape:
    return StretchShape(
        span=(part.span.start, part.span.end),
        words=part.words,
        read=[claim.quote for claim in part.claims],
        finding=part.finding,
        rows=[_match_shape(item) for item in part.rows],
        more=part.more,
    )


def _match_shape(item: RowMatch) -> RowMatchShape:
    return RowMatchShape(
        claim=item.row.id,
        document=item.row.document_id,
        kind=item.row.kind,
        quote=item.row.quote,
        speakers=[str(party) for party in item.row.speakers],
        stance=item.row.stance,
        reasons=list(item.reasons),
        weight=round(item.weight, 2),
        same_number=item.same_number,
    )


def finding_shape(finding: Finding) -> FindingShape:
    """Write a finding with its voices."""
    return FindingShape(
        id=finding.id,
        slot=finding.slot,
        proposition=finding.proposition,
        status=finding.status,
        rule=finding.rule,
        reason=finding.reason,
        flags=list(finding.flags),
        voices=[
            VoiceShape(
                party=None if voice.party is None else str(voice.party),
                alignment=voice.alignment,
                affirms=voice.affirms,
                stance=voice.stance,
                claim=voice.claim_id,
                scope_inferred=voice.scope_inferred,
                evidence=voice.evidence,
            )
            for voice in finding.voices
        ],
    )


def incident_whole(view: IncidentView, texts: Mapping[str, str]) -> IncidentWhole:
    """Write an incident with all that bears on it."""
    return IncidentWhole(
        incident=incident_shape(view.card, brief_of(view)),
        findings=[finding_shape(item) for item in view.findings],
        claims=[claim_shape(entry, texts) for entry in view.entries],
        judgements=[judgement_shape(item) for item in view.judgements],
        merged_into=view.merged_into,
    )


def document_shape(card: DocumentCard) -> DocumentShape:
    """Write a document in short."""
    return DocumentShape(
        id=card.id,
        name=card.name,
        title=card.title,
        outlet=card.outlet,
        published=card.published,
        recorded_at=card.recorded_at,
        claims=card.claims,
        readings=card.readings,
    )


def document_whole(filed: Filed) -> DocumentWhole:
    """Write a document with its reading."""
    document, report = filed.document, filed.division.report
    return DocumentWhole(
        id=document.id,
        name=document.name,
        title=document.title,
        outlet=document.outlet,
        author=document.author,
        published=document.published,
        text=document.text,
        report=(report.start, report.end),
        sides=[str(party) for party in filed.sides],
        claims=[claim.id for claim in filed.claims],
        problems=[str(item) for item in filed.problems],
        signature=dict(filed.signature),
        readings=list(filed.reading_ids),
        recorded_at=filed.recorded_at,
    )
