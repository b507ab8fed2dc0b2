"""Indices made again from the rows that they index: after a migration, or when one is found lacking."""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, delete, insert, select, text

from counterclaim.ledger.codec import load
from counterclaim.ledger.columns import roles_of
from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.post import claim_words, document_words
from counterclaim.ledger.project_membership import index_projects
from counterclaim.ledger.search import INDICES, index_words, sqlite_index
from counterclaim.ledger.tables import claim_parties, claims, documents, readings, sightings
from counterclaim.records.claim import Claim
from counterclaim.records.text import Document

BATCH = 500
"""Documents taken at a time: about 2 MB of text."""


def indexed_words(connection: Connection) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield what the full-text indices hold: index by index, numbers and words, some documents at a time."""
    documents_found = _documents(connection)
    while some := list(islice(documents_found, BATCH)):
        yield "document_words", [(n, document_words(document)) for n, document, _ in some]
        yield (
            "claim_words",
            [(n, claim_words(claim, held.text)) for _, held, rows in some for n, claim in rows],
        )


def index_words_again(connection: Connection) -> None:
    """Fill the empty full-text indices from documents and claims."""
    for index, rows in indexed_words(connection):
        index_words(connection, index, rows)


def index_again(connection: Connection) -> None:
    """Make full-text, party and project indices again.

    Args:
        connection: A writing one.
    """
    for index in INDICES:
        if is_sqlite(connection):  # a damaged index can be dropped, and not always emptied
            connection.execute(text(f"DROP TABLE IF EXISTS {index}"))
            connection.execute(text(sqlite_index(index)))
        else:
            connection.execute(text(f"DELETE FROM {index}"))  # noqa: S608 - fixed names
    connection.execute(delete(claim_parties))
    index_words_again(connection)
    for _, _, rows in _documents(connection):
        named = [
            {"root": root, "role": role, "claim": n}
            for n, claim in rows
            for root, role in roles_of(claim)
        ]
        if named:
            connection.execute(insert(claim_parties), named)
    index_projects(connection)


Numbered = Sequence[tuple[int, Claim]]


def _documents(connection: Connection) -> Iterator[tuple[int, Document, Numbered]]:
    """Yield documents with the claims of all their readings, batch by batch."""
    last = 0
    while batch := _batch(connection, last):
        numbers = [number for number, _ in batch]
        held: dict[int, list[tuple[int, Claim]]] = {}
        wanted = select(claims.c.document, claims.c.n, claims.c.body)
        rows = connection.execute(wanted.where(claims.c.document.in_(numbers)))
        for document, number, body in rows:
            held.setdefault(document, []).append((number, load(Claim, body)))
        for number, document in batch:
            yield number, document, held.get(number, ())
        last = numbers[-1]


def _batch(connection: Connection, last: int) -> list[tuple[int, Document]]:
    """Return the next documents, each titled as its first reading saw it."""
    wanted = (
        select(documents.c.n, documents.c.text, sightings.c.title)
        .join(readings, readings.c.document == documents.c.n)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .where(documents.c.n > last)
        .order_by(documents.c.n, readings.c.n)
        .limit(BATCH)
    )
    found: dict[int, Document] = {}
    for number, words, title in islice(connection.execute(wanted), BATCH):
        found.setdefault(number, Document(text=words, title=title))
    return list(found.items())
