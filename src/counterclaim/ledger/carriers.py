"""Carriers: the reports behind some claims, with every outlet that carries each text."""

from collections.abc import Sequence

from sqlalchemy import Engine, select

from counterclaim.ledger.document_lists import count_outlets, find_documents
from counterclaim.ledger.engine import reading
from counterclaim.ledger.sightings import make_document
from counterclaim.ledger.tables import documents, sightings
from counterclaim.ledger.visibility import chunks, make_scope
from counterclaim.records.ledger_rows import DocumentCard
from counterclaim.records.query import EVERYTHING, DocumentQuery, Known
from counterclaim.records.text import Document


class Carriers:
    """Reads which reports carry what is claimed, and who printed them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Return documents by id, each as first met."""
        found: dict[str, Document] = {}
        for id_, document in self._met(ids):
            found.setdefault(id_, document)
        return found

    def outlets(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return all who printed the text of each document, in the order in which they were met."""
        found: dict[str, dict[str, None]] = {}
        for some in chunks(sorted(set(ids))):
            wanted = (
                select(documents.c.id, sightings.c.outlet, sightings.c.name)
                .join(sightings, sightings.c.document == documents.c.n)
                .where(documents.c.id.in_(some))
                .order_by(sightings.c.n)
            )
            with reading(self._engine) as connection:
                for id_, outlet, name in connection.execute(wanted):
                    found.setdefault(id_, {})[outlet or name] = None
        return {id_: tuple(names) for id_, names in found.items()}

    def find(
        self,
        query: DocumentQuery,
        *,
        known: Known = EVERYTHING,
        limit: int = 50,
        start: int = 0,
    ) -> tuple[tuple[DocumentCard, ...], int]:
        """Return a stretch of the reports that are asked for, and how many there are in all."""
        with reading(self._engine) as connection:
            scope = make_scope(connection, known)
            return find_documents(connection, query, scope, limit, start)

    def publishers(
        self, *, known: Known = EVERYTHING, limit: int = 50
    ) -> tuple[tuple[str, int], ...]:
        """Return the outlets whose reports are here, those with most reports first."""
        with reading(self._engine) as connection:
            return count_outlets(connection, make_scope(connection, known), limit)

    def at(self, name: str) -> tuple[str, ...]:
        """Return the ids of the texts that were met at an address, the first met first."""
        wanted = (
            select(documents.c.id)
            .join(sightings, sightings.c.document == documents.c.n)
            .where(sightings.c.name == name)
            .order_by(sightings.c.n)
        )
        with reading(self._engine) as connection:
            return tuple(dict.fromkeys(connection.execute(wanted).scalars()))

    def _met(self, ids: Sequence[str]) -> list[tuple[str, Document]]:
        rows: list[tuple[str, Document]] = []
        for some in chunks(sorted(set(ids))):
            wanted = (
                select(documents.c.id.label("document_id"), documents.c.text, sightings)
                .join(sightings, sightings.c.document == documents.c.n)
                .where(documents.c.id.in_(some))
                .order_by(sightings.c.n)
            )
            with reading(self._engine) as connection:
                rows += [
                    (row.document_id, make_document(row)) for row in connection.execute(wanted)
                ]
        return rows
