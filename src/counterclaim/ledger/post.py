"""Posting a reading: the document, where it was met, what was read, what it is linked with. All or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from counterclaim.ledger.codec import dump
from counterclaim.ledger.columns import claim_columns, figure_columns, iso, roles_of, roots
from counterclaim.ledger.documents import SUPERSEDED
from counterclaim.ledger.errors import CollisionError, KeptOutError
from counterclaim.ledger.linking_view import LinkedIncidents, LinkingView, ReadingBody, Relate
from counterclaim.ledger.membership import about_claim, file_incidents, index_states
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.project_membership import index_projects, propose
from counterclaim.ledger.search import index_words
from counterclaim.ledger.tables import (
    attributions,
    claim_keys,
    claim_parties,
    claims,
    documents,
    figures,
    problems,
    readings,
    sightings,
    signatures,
)
from counterclaim.ledger.withdrawing import tell_kept_out
from counterclaim.records.claim import Claim
from counterclaim.records.identity import make_id
from counterclaim.records.problem import Problem
from counterclaim.records.reading import Reading
from counterclaim.records.text import Document

Outcome = Literal["new", "read again", "seen again", "known"]
"""What a posting did: a new document, a new reading of a known one, a known text met elsewhere, nothing."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of posting a reading."""

    outcome: Outcome
    document_id: str
    claims: int
    """Claims filed by it."""
    seal: str | None = None
    """The posting's seal; None when nothing was written."""


def sha256(text: str) -> str:
    """Hash a document's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sighting_mark(document: Document) -> str:
    """Hash where a text was met and what was said of it there."""
    return make_id("s", document.id, *_sighting_values(document).values())


def signature_mark(signature: Mapping[str, str]) -> str:
    """Hash what read."""
    return make_id("v", *sorted(f"{name}={value}" for name, value in signature.items()))


def reading_mark(document: Document, signature: Mapping[str, str]) -> str:
    """Hash a reading: what was read, dated how, by what."""
    return make_id("r", document.id, iso(document.published), signature_mark(signature))


def _sighting_values(document: Document) -> dict[str, str | None]:
    return {
        "name": document.name,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": iso(document.published),
        "published_basis": document.published_basis,
    }


def post_reading(draft: PostingDraft, reading: Reading, relate: Relate | None) -> Posted:
    """File a reading with what it is linked to.

    Args:
        draft: An open posting.
        reading: As read; its incidents are filed as they are when ``relate`` is None.
        relate: Links its claims with those of the ledger.

    Returns:
        What was done; ``known`` when the ledger has the same reading of the same text already.

    Raises:
        CollisionError: If another text has the document's short id.
        KeptOutError: If the text was withdrawn or erased. That it stands at its address no more is filed all the same.
    """
    document = reading.document
    if SUPERSEDED not in reading.signature:
        why = tell_kept_out(draft.connection, document.id)
        if why is not None:
            raise KeptOutError(why)
    number = _file_document(draft, document)
    sighting, is_new_sighting = _file_sighting(draft, document, number)
    mark = reading_mark(document, reading.signature)
    known = draft.connection.execute(select(readings.c.n).where(readings.c.id == mark)).first()
    if known is not None:
        if draft.is_empty:
            return Posted("known", document.id, 0)
        seal = draft.close("sighting", document.id, _signed(reading.signature))
        return Posted("seen again" if is_new_sighting else "known", document.id, 0, seal)
    earlier = _earlier_claims(draft.connection, number)
    known_on = iso(document.published) or draft.day
    row = draft.add(
        readings,
        document=number,
        sighting=sighting,
        signature=_file_signature(draft, reading.signature),
        id=mark,
        known_on=known_on,
        claims=len(reading.claims),
        body=dump(
            ReadingBody(
                division=reading.division,
                account=reading.account,
                comments=reading.comments,
                sides=reading.sides,
                wordings=reading.wordings,
                reader_claims=reading.reader_claims,
            )
        ),
    )
    numbers = _file_rows(draft, reading, row, number, known_on)
    gone = frozenset(earlier) - {claim.id for claim in reading.claims}
    around = LinkingView(draft.connection, gone)
    related = (
        relate(around)
        if relate
        else LinkedIncidents(incidents=reading.incidents, findings=reading.findings)
    )
    fresh = {claim.id: about_claim(claim, known_on) for claim in reading.claims}
    named = file_incidents(draft, related, gone, fresh)
    is_first = not _has_readings(draft.connection, number)
    kind = "document" if is_first else "reading"
    numbered = list(zip(numbers, reading.claims, strict=True))
    found = list(keyed_claims(numbered, related.keys))
    draft.witness("claim_keys", found)
    has_projects = propose(draft, number, reading.claims, document.outlet, document.published)
    seal = draft.close(kind, document.id, _signed(reading.signature))
    index_claims(draft.connection, numbered, document, found)
    if is_first:
        index_words(draft.connection, "document_words", [(number, document_words(document))])
    index_states(draft.connection, named)
    if has_projects:
        index_projects(draft.connection, [number])
    outcome: Outcome = "new" if is_first else "read again"
    return Posted(outcome, document.id, len(reading.claims), seal)


def holds(connection: Connection, document: Document, signature: Mapping[str, str] | None) -> bool:
    """Return whether posting a document's reading would change nothing.

    Args:
        connection: Any.
        document: As taken in.
        signature: What would read it; None accepts a reading by any version, dated alike.
    """
    seen = select(sightings.c.n).where(sightings.c.mark == sighting_mark(document))
    if connection.execute(seen).first() is None:
        return False
    if signature is not None:
        wanted = select(readings.c.n).where(readings.c.id == reading_mark(document, signature))
        return connection.execute(wanted).first() is not None
    day = iso(document.published)
    own = sightings.c.published.is_(None) if day is None else sightings.c.published == day
    wanted = (
        select(readings.c.n)
        .join(sightings, sightings.c.n == readings.c.sighting)
        .join(documents, documents.c.n == readings.c.document)
        .where(documents.c.id == document.id, own)
    )
    return connection.execute(wanted.limit(1)).first() is not None


def _signed(signature: Mapping[str, str]) -> str:
    return f"counterclaim {signature.get('counterclaim', '')} {signature_mark(signature)}"


def _has_readings(connection: Connection, document: int) -> bool:
    found = select(readings.c.n).where(readings.c.document == document).limit(1)
    return connection.execute(found).first() is not None


def _file_document(draft: PostingDraft, document: Document) -> int:
    digest = sha256(document.text)
    found = draft.connection.execute(
        select(documents.c.n, documents.c.sha256).where(documents.c.id == document.id)
    ).first()
    if found is None:
        return draft.add(documents, id=document.id, sha256=digest, text=document.text)
    if found.sha256 != digest:
        raise CollisionError(document.id)
    return int(found.n)


def _file_sighting(draft: PostingDraft, document: Document, number: int) -> tuple[int, bool]:
    mark = sighting_mark(document)
    found = draft.connection.execute(select(sightings.c.n).where(sightings.c.mark == mark)).scalar()
    if found is not None:
        return found, False
    revises = None
    if "://" in document.name:
        revises = draft.connection.execute(
            select(func.max(sightings.c.n)).where(
                sightings.c.name == document.name, sightings.c.document != number
            )
        ).scalar()
    values = _sighting_values(document)
    return draft.add(sightings, document=number, mark=mark, revises=revises, **values), True


def _file_signature(draft: PostingDraft, signature: Mapping[str, str]) -> int:
    mark = signature_mark(signature)
    found = draft.connection.execute(select(signatures.c.n).where(signatures.c.id == mark)).scalar()
    if found is not None:
        return int(found)
    return draft.add(signatures, id=mark, body=dump(dict(sorted(signature.items()))))


def _earlier_claims(connection: Connection, document: int) -> list[str]:
    latest = select(func.max(readings.c.n)).where(readings.c.document == document).scalar_subquery()
    return list(connection.execute(select(claims.c.id).where(claims.c.reading == latest)).scalars())


def _file_rows(
    draft: PostingDraft, reading: Reading, row: int, document: int, known_on: str
) -> Sequence[int]:
    """File attributions, claims and problems; give the claims' numbers."""
    for item in reading.attributions:
        draft.add(
            attributions,
            reading=row,
            id=item.id,
            stance=item.stance,
            is_claim=item.is_claim,
            speakers=roots(item.speakers),
            body=dump(item),
        )
    numbers = []
    for claim in reading.claims:
        number = draft.add(claims, reading=row, document=document, **claim_columns(claim, known_on))
        numbers.append(number)
        figure = figure_columns(claim, known_on)
        if figure is not None:
            draft.hang(figures, {"claim": number, "reading": row, "document": document, **figure})
    for problem in reading.problems:
        file_problem(draft, reading.document.name, problem, row)
    return numbers


def file_problem(
    draft: PostingDraft, source: str, problem: Problem, reading: int | None = None
) -> int:
    """File a problem of a source, or of a reading of it."""
    return draft.add(
        problems, source=source, reading=reading, code=problem.code, body=dump(problem)
    )


def document_words(document: Document) -> str:
    """Return the words by which a document is found."""
    return f"{document.title or ''}\n{document.text}"


def claim_words(claim: Claim, text: str) -> str:
    """Return the words by which a claim is found: its sentence, and who says it."""
    speakers = " ".join(str(party) for party in claim.speakers)
    return f"{text[claim.sentence.start : claim.sentence.end]}\n{speakers}"


def keyed_claims(
    numbered: Sequence[tuple[int, Claim]], keys: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """Yield the number of each claim with each key under which it is found."""
    for number, claim in numbered:
        for key in dict.fromkeys(keys.get(claim.id, ())):
            yield number, key


def index_claims(
    connection: Connection,
    numbered: Sequence[tuple[int, Claim]],
    document: Document,
    keyed: Sequence[tuple[int, str]],
) -> None:
    """Fill the indices of some claims of one document."""
    parties = [
        {"root": root, "role": role, "claim": number}
        for number, claim in numbered
        for root, role in roles_of(claim)
    ]
    if parties:
        connection.execute(insert(claim_parties), parties)
    if keyed:
        rows = [{"key": key, "claim": number} for number, key in keyed]
        connection.execute(insert(claim_keys), rows)
    words = [(number, claim_words(claim, document.text)) for number, claim in numbered]
    index_words(connection, "claim_words", words)
