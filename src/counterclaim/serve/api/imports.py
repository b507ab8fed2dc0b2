"""What was imported from other data sets: shown beside what was read, never in it."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import Field

from counterclaim.exchange.beside import beside_incident
from counterclaim.exchange.cells import day, many, number, words
from counterclaim.records.flat import FlatRow
from counterclaim.records.imported import ImportCard
from counterclaim.serve.api.etags import Tagged
from counterclaim.serve.api.routes import ALWAYS, SAME, KnownGiven, RowId, describe_errors
from counterclaim.serve.api.schemas import Shape
from counterclaim.serve.request_params import LedgerAsked
from counterclaim.service.ledger_service import view_incident

router = APIRouter(tags=["imports"], responses=SAME | describe_errors(*ALWAYS))


class ImportShape(Shape):
    """A file of another data set that was taken in."""

    id: str
    format: str
    file: str
    sha256: str
    claims: int
    refused: int = Field(description="Rows that were not taken.")
    problems: list[str] = Field(description="Rows refused or odd, and why; the first thousand.")
    recorded_at: datetime
    by: str
    withdrawn_by: str | None = Field(description="Who took it back; its rows are shown no more.")
    reason: str


class ImportedShape(Shape):
    """A row of another data set. It corroborates nothing and is in no number."""

    id: str
    kind: str
    says: list[str]
    quote: str
    act: str | None
    first_day: date | None
    last_day: date | None
    place: str | None
    actors: list[str]
    recipients: list[str]
    side: list[str]
    low: int | None
    high: int | None
    row: str = Field(description="Where it stands: its file and row, or its own address.")


def import_shape(card: ImportCard) -> ImportShape:
    """Write an import."""
    return ImportShape(
        id=card.id,
        format=card.format,
        file=card.file,
        sha256=card.sha256,
        claims=card.claims,
        refused=card.refused,
        problems=[item.message for item in card.problems],
        recorded_at=card.recorded_at,
        by=card.by,
        withdrawn_by=card.withdrawn_by,
        reason=card.reason,
    )


def imported_shape(row: FlatRow) -> ImportedShape:
    """Write an imported row."""
    return ImportedShape(
        id=words(row, "id"),
        kind=words(row, "kind"),
        says=many(row, "speakers"),
        quote=words(row, "quote"),
        act=words(row, "outcome") or words(row, "event_type") or None,
        first_day=day(row, "first_day"),
        last_day=day(row, "last_day"),
        place=words(row, "place") or None,
        actors=many(row, "actors"),
        recipients=many(row, "recipients"),
        side=many(row, "side"),
        low=number(row, "low"),
        high=number(row, "high"),
        row=words(row, "address"),
    )


@router.get("/imports")
def imports(tagged: Tagged, ledger: LedgerAsked) -> list[ImportShape]:
    """List what was imported, the latest first."""
    del tagged
    return [import_shape(card) for card in ledger.imports.cards()]


@router.get("/imports/{import_id}", responses=describe_errors(404))
def one_import(tagged: Tagged, ledger: LedgerAsked, import_id: RowId) -> ImportShape:
    """Show one import with what it refused."""
    del tagged
    return import_shape(ledger.imports.card(import_id))


@router.get("/incidents/{incident_id}/imported", responses=describe_errors(404))
def imported_beside(
    tagged: Tagged, ledger: LedgerAsked, known: KnownGiven, incident_id: RowId
) -> list[ImportedShape]:
    """Return imported rows of the same kind, days, and place or party: nobody says that they are the same."""
    del tagged
    view = view_incident(ledger, incident_id, known=known)
    return [imported_shape(row) for row in beside_incident(ledger, view, known=known)]
