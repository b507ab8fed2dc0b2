"""Frames: a reading as pandas tables, for those who have pandas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from counterclaim.errors import CounterclaimError
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.grades import inferred_fields
from counterclaim.records.party import Party

if TYPE_CHECKING:
    import pandas as pd

    from counterclaim.records.reading import Reading

Table = Literal["speech", "claims", "casualties", "findings"]


class NoPandasError(CounterclaimError):
    """Pandas is not installed."""

    def __init__(self) -> None:
        super().__init__("tables need pandas: pip install 'counterclaim[frames]'")


def to_frame(reading: "Reading", table: Table = "claims") -> "pd.DataFrame":
    """Give one table of a reading as a data frame.

    Args:
        reading: As ``read`` gives it.
        table: ``speech``: one row an attribution; ``claims``: one row a claim of any kind;
            ``casualties``: one row a figure, numbers as nullable integers; ``findings``: one row a slot.

    Raises:
        NoPandasError: If pandas is missing.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, not a dependency
    except ImportError as error:
        raise NoPandasError from error
    rows = {"speech": _speech, "claims": _claims, "casualties": _casualties, "findings": _findings}[
        table
    ](reading)
    frame = pd.DataFrame.from_records(rows)
    for column in ("low", "high"):
        if column in frame:
            frame[column] = frame[column].astype("Int64")
    return frame


def _names(parties: Sequence[Party]) -> str | None:
    return " and ".join(map(str, parties)) or None


def _speech(reading: "Reading") -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "speaker": item.speaker_name,
            "stance": item.stance,
            "cue": reading.document.words(item.cue),
            "content": reading.document.words(*item.content),
            "targets": _names(item.targets),
            "via": _names(item.via),
            "quotation": item.quotation,
            "cue_start": item.cue.start,
            "cue_end": item.cue.end,
        }
        for item in reading.attributions
        if item.is_claim
    ]


def _common(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "speakers": _names(claim.speakers),
        "stance": claim.stance,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "inferred": ", ".join(inferred_fields(claim)) or None,
    }


def _claims(reading: "Reading") -> list[dict[str, object]]:
    return [_common(claim) for claim in reading.claims]


def _casualties(reading: "Reading") -> list[dict[str, object]]:
    return [
        _common(claim)
        | {
            "low": claim.payload.count.low,
            "high": claim.payload.count.high,
            "qualifier": claim.payload.count.qualifier,
            "outcome": claim.payload.outcome,
            "category": claim.payload.category,
            "subgroup": claim.payload.subgroup,
            "side": _names(claim.payload.side),
            "measure": claim.payload.measure,
            "relation": claim.payload.relation,
            "period": None if claim.payload.period is None else claim.payload.period.value,
            "as_of": None if claim.payload.as_of is None else claim.payload.as_of.value,
        }
        for claim in reading.claims
        if isinstance(claim.payload, Casualty)
    ]


def _findings(reading: "Reading") -> list[dict[str, object]]:
    return [
        {
            "slot": finding.slot,
            "proposition": finding.proposition,
            "status": finding.status,
            "rule": finding.rule,
            "reason": finding.reason,
            "flags": ", ".join(finding.flags),
        }
        for finding in reading.findings
    ]
