"""The command about readers' predictions: lists them with what became of them, and says it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from counterclaim.cli.options import (
    FormatOption,
    KnownOption,
    LedgerOption,
    LimitOption,
    OutputOption,
    ProjectOption,
    RecordedOption,
    UsageError,
)

COLUMNS = ("report", "comment", "words", "outcome", "ground", "by")
_WORDS = 160
"""Characters of a comment in a table."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(foretold)


def foretold(
    report: Annotated[
        str | None,
        typer.Argument(metavar="DOC", help="A report's id (d-…), to say what became of one."),
    ] = None,
    comment: Annotated[
        int | None, typer.Argument(help="Number of the comment in its thread.")
    ] = None,
    outcome: Annotated[str | None, typer.Argument(help="came_true, came_false or open.")] = None,
    ground: Annotated[
        str,
        typer.Option("--ground", help="Id of the claim, incident or finding that shows it."),
    ] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who says so.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    only: Annotated[
        str | None, typer.Option("--only", help="List those alone of this outcome.")
    ] = None,
    known_on: KnownOption = None,
    recorded_by: RecordedOption = None,
    project: ProjectOption = None,
    limit: LimitOption = 50,
    format_: FormatOption = "table",
    output: OutputOption = None,
    ledger: LedgerOption = None,
) -> None:
    """List readers' predictions and what became of them; or say it of one. 'judge J-ID withdrawn' takes it back."""
    from counterclaim.cli.options import read_known  # noqa: PLC0415 - keeps --help instant

    if report is None:
        known = read_known(known_on, recorded_by, project)
        _list(ledger, known, only, limit, format_, output)
        return
    if comment is None or outcome is None or by is None:
        raise UsageError(
            "to say what became of one give the report, the number of the comment, the outcome and --by"
        )
    _say(ledger, report, comment, outcome, ground, by, reason)


def _list(
    address: str | None, known: Any, only: str | None, limit: int, format_: str, output: Path | None
) -> None:
    from counterclaim.cli.options import open_kept  # noqa: PLC0415
    from counterclaim.cli.rows import check_format, show_rows  # noqa: PLC0415
    from counterclaim.records.judgement import OUTCOMES  # noqa: PLC0415
    from counterclaim.service.predictions import list_predictions  # noqa: PLC0415

    check_format(format_)
    if only is not None and only not in OUTCOMES:
        raise UsageError(f"outcome {only!r} is unknown: choose came_true, came_false or open")
    rows: list[dict[str, Any]] = []
    with open_kept(address) as kept:
        for item in list_predictions(kept, known=known):
            if only is not None and item.outcome != only:
                continue
            said = item.latest.judgement if item.latest else None
            rows.append(
                {
                    "report": item.document_id,
                    "comment": item.number,
                    "words": item.words[:_WORDS] if format_ == "table" else item.words,
                    "outcome": item.outcome,
                    "ground": said.evidence if said else None,
                    "ground_left_out": item.ground_is_left_out,
                    "by": said.by if said else None,
                    "reason": said.reason if said else None,
                    "judgement": said.id if said else None,
                }
            )
            if len(rows) == limit:
                break
    show_rows(rows, COLUMNS, format_, output, none="no reader foretold anything")


def _say(
    address: str | None,
    report: str,
    comment: int,
    outcome: str,
    ground: str,
    by: str,
    reason: str,
) -> None:
    from counterclaim.cli.options import open_kept  # noqa: PLC0415
    from counterclaim.cli.saying import say  # noqa: PLC0415
    from counterclaim.service.predictions import say_outcome  # noqa: PLC0415

    with open_kept(address) as kept:
        filed = say_outcome(kept, report, comment, outcome, ground=ground, by=by, reason=reason)
    said = filed.judgement
    ground = f", by {said.evidence}" if said.evidence else ""
    say(f"{said.id}: comment {comment} under {report} {said.verdict}{ground}, says {said.by}")
