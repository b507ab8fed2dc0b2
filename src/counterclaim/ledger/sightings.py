"""Sightings: a kept text with what was said of it where it was met."""

from counterclaim.ledger.visibility import AnyRow, read_day
from counterclaim.records.text import Document


def make_document(row: AnyRow) -> Document:
    """Make a document of its text and one sighting of it.

    Args:
        row: With the sighting's columns, ``text``, and ``document_id``: the id under which it was filed.
    """
    made = Document(
        text=row.text,
        name=row.name,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        published=read_day(row.published),
        published_basis=row.published_basis,
    )
    return made.known_as(row.document_id)
