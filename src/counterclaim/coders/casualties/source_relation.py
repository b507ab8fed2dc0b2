"""Source relation: how whoever counted a figure stands to the side that suffered."""

from collections.abc import Collection, Sequence

from counterclaim.coders.casualties.figure_source import Reporter
from counterclaim.coders.document_context import DocumentContext
from counterclaim.records.claim import Relation
from counterclaim.records.party import Party


def read_relation(
    setting: DocumentContext, side: Sequence[Party], source: Reporter, *, is_enemys: bool = False
) -> Relation:
    """Say how a figure's reporter stands to the side that suffered.

    Args:
        setting: The document: who is told to fight or to accuse whom.
        side: Whose loss it is.
        source: Who counted.
        is_enemys: Whether the words say that it is the enemy's.

    Returns:
        ``self`` for its own or its authority's count, ``enemy`` when one that is told to fight or to
        accuse the side counts it, ``third`` for bodies, media, other states and unnamed officials,
        ``narrator`` without reporter.
    """
    if not source.speakers:
        if is_enemys and source.attribution is None:
            return "enemy" if setting.resolution.voice is not None else "narrator"
        return "narrator" if source.attribution is None else "third"
    return relate(setting.opposed, side, source.speakers[0], is_enemys=is_enemys)


def relate(
    opposed: Collection[tuple[str, str]],
    side: Sequence[Party],
    reporter: Party,
    *,
    is_enemys: bool = False,
) -> Relation:
    """Say how one party stands to the side that suffered, as ``read_relation`` does.

    Args:
        opposed: Roots of those who are told to fight or to accuse one another.
        side: Whose loss it is.
        reporter: Who counted.
        is_enemys: Whether the words say that it is the enemy's.
    """
    may_fight = reporter.kind not in {"media", "organisation", "expert", "civilian", "mediator"}
    if is_enemys and may_fight:
        return "enemy"
    if reporter.kind in {
        "organisation",
        "media",
        "expert",
        "mediator",
        "unknown",
    } or reporter.root.startswith("officials"):
        return "third"
    if any(
        party.root == reporter.root
        or (
            party.country
            and party.country == reporter.country
            and party.kind != "armed group"
            and reporter.kind != "armed group"
        )
        for party in side
    ):
        return "self"
    if reporter.kind == "civilian" or not side:
        return "third"
    roots = {party.root for party in side}
    is_opposed = any(
        (reporter.root == left and right in roots) or (reporter.root == right and left in roots)
        for left, right in opposed
    )
    if any(party.root.endswith("(unnamed)") and party.kind != "armed group" for party in side):
        return "third"
    is_revolt = any(
        party.kind == "armed group" and (party.country in {None, reporter.country})
        for party in side
    )
    return "enemy" if is_opposed or is_revolt else "third"
