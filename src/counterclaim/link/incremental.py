"""Incremental linking: linking for whoever keeps claims elsewhere and brings back only those that a new document may join.

A keeper stores ``keys_of_claims`` beside the claims; for a new document it fetches what stands under
``lookup_keys``, keeps what is ``compatible_claims``, brings all members of the incidents of these, and hands
both to ``link_near``. What it does not fetch stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence

from counterclaim.link.claim_features import Statement, keys_of, make_statement, may_join, near_keys
from counterclaim.link.document_features import DocumentFeatures, document_features
from counterclaim.link.document_frequencies import Background, load_background
from counterclaim.link.linker import Linker
from counterclaim.records.attribution import Attribution
from counterclaim.records.claim import Claim
from counterclaim.records.finding import Incident
from counterclaim.records.link import SamenessJudgement
from counterclaim.records.text import Document

BORROWED = 3
"""Keys of its document that a claim without place and parties is found by."""


def keys_of_claims(
    document: Document, claims: Sequence[Claim], background: Background | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Return the keys to keep each claim under.

    Args:
        document: The one that holds the claims.
        claims: All of it.
        background: The ledger's own; the shipped one, if none is given. It must stay the same.

    Returns:
        Keys by claim id; every claim has at least one where its document has any.
    """
    table = background or load_background()
    telling = document_features(document, table)
    return {
        claim.id: tuple(_kept(make_statement(document, claim, table), telling)) for claim in claims
    }


def lookup_keys(
    document: Document, claims: Sequence[Claim], background: Background | None = None
) -> tuple[str, ...]:
    """Return the keys under which a new document's possible neighbours stand, those of the days around too."""
    table = background or load_background()
    telling = document_features(document, table)
    statements = [make_statement(document, claim, table) for claim in claims]
    found = [
        key
        for item in statements
        for key in (*near_keys(item), *_borrowed(item, telling, (-1, 0, 1)))
    ]
    return tuple(dict.fromkeys(found))


def compatible_claims(
    new: tuple[Document, Sequence[Claim]],
    near: Iterable[tuple[Document, Sequence[Claim]]],
    background: Background | None = None,
) -> frozenset[str]:
    """Return the ids of the claims found by key that may be of one happening with any of the new ones.

    Most are not: the days of a war share its parties and not its places. Their incidents need not be brought
    back, since nothing that they hold can be tied to what is new.

    Args:
        new: The document with all its claims.
        near: Documents with those of their claims that were found.
        background: As for the keys.
    """
    table = background or load_background()
    by_sort: dict[str, list[Statement]] = {}
    for claim in new[1]:
        statement = make_statement(new[0], claim, table)
        by_sort.setdefault(statement.sort, []).append(statement)
    found = (
        make_statement(document, claim, table) for document, claims in near for claim in claims
    )
    return frozenset(
        item.claim.id
        for item in found
        if any(may_join(item, other) for other in by_sort.get(item.sort, ()))
    )


def link_near(
    new: tuple[Document, Sequence[Claim]],
    near: Iterable[tuple[Document, Sequence[Claim]]],
    judgements: Iterable[SamenessJudgement] = (),
    background: Background | None = None,
    attributions: Sequence[Attribution] = (),
) -> Linker:
    """Link a new document with those brought back.

    Args:
        new: The document with all its claims.
        near: Documents with those of their claims that may join; whole incidents, or they fall apart.
        judgements: About any of these claims.
        background: As for the keys.
        attributions: Of any of these documents: bare denials among them bear on what they answer.

    Returns:
        A linker that holds all of them: ask it for ``incidents``, ``origins`` and reasons.
    """
    linker = Linker(background, judgements)
    for document, claims in (*near, new):
        own = [item for item in attributions if item.document_id == document.id]
        linker.add(document, claims, own)
    return linker


def touched(linker: Linker, claims: Sequence[Claim]) -> tuple[Incident, ...]:
    """Return the incidents that hold any of these claims, each once, in the order of the claims."""
    found = [linker.incident_of(claim.id) for claim in claims]
    return tuple(dict.fromkeys(found))


def _kept(statement: Statement, telling: DocumentFeatures) -> Iterable[str]:
    own = list(keys_of(statement))
    return own or _borrowed(statement, telling, (0,))


def _borrowed(statement: Statement, telling: DocumentFeatures, shifts: Sequence[int]) -> list[str]:
    """Return keys made of the document's rarest names, for a claim that has none of its own."""
    if any(True for _ in keys_of(statement)):
        return []
    day = statement.day
    return [
        f"{statement.sort}|{'-' if day is None else day // 7 + shift}|in story of {key}"
        for shift in shifts
        for key in telling.keys[:BORROWED]
    ]
