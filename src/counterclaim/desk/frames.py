"""Frames: a reading as pandas tables, for those who have pandas."""

from typing import TYPE_CHECKING, Literal

from counterclaim.desk.sheet import party_names, time_words
from counterclaim.errors import CounterclaimError
from counterclaim.records.claim import Casualty, Claim
from counterclaim.records.reading import Reading

if TYPE_CHECKING:
    import pandas as pd

Table = Literal["speech", "claims", "casualties", "findings"]


class NoPandasError(CounterclaimError):
    """Pandas is not installed."""

    def __init__(self) -> None:
        super().__init__("tables need pandas: pip install 'counterclaim[frames]'")


def to_frame(reading: Reading, table: Table = "claims") -> "pd.DataFrame":
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


def _speech(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "speaker": item.speaker_name,
            "stance": item.stance,
            "cue": reading.document.words(item.cue),
            "content": reading.document.words(*item.content),
            "targets": party_names(item.targets) if item.targets else None,
            "via": party_names(item.via) if item.via else None,
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
        "speakers": party_names(claim.speakers) if claim.speakers else None,
        "stance": claim.stance,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
    }


def _claims(reading: Reading) -> list[dict[str, object]]:
    return [_common(claim) for claim in reading.claims]


def _casualties(reading: Reading) -> list[dict[str, object]]:
    return [
        _common(claim)
        | {
            "low": claim.payload.count.low,
            "high": claim.payload.count.high,
            "qualifier": claim.payload.count.qualifier,
            "outcome": claim.payload.outcome,
            "category": claim.payload.category,
            "subgroup": claim.payload.subgroup,
            "side": party_names(claim.payload.side) if claim.payload.side else None,
            "measure": claim.payload.measure,
            "relation": claim.payload.relation,
            "period": time_words(claim.payload.period) or None,
            "as_of": time_words(claim.payload.as_of) or None,
        }
        for claim in reading.claims
        if isinstance(claim.payload, Casualty)
    ]


def _findings(reading: Reading) -> list[dict[str, object]]:
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
