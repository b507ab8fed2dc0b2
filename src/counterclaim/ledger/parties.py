"""Parties: who is named in the ledger, in the order of the alphabet, and how often."""

from sqlalchemy import Connection, func, select, text

from counterclaim.ledger.scope import GONE, Scope
from counterclaim.ledger.tables import figures
from counterclaim.records.filed import Page, PartyCount

MOST_COUNTED = 1_000
"""Rows up to which a party's are counted one by one; beyond, the count says that there are more."""

_NAMES = text(f"""
    WITH RECURSIVE names(root, place) AS (
        SELECT min(root), 1 FROM claim_parties WHERE root > :after AND root >= :beginning
        UNION ALL
        SELECT (SELECT min(c.root) FROM claim_parties c WHERE c.root > names.root), place + 1
        FROM names WHERE names.root IS NOT NULL AND place < :size
    )
    SELECT n.root,
        (SELECT count(*) FROM (SELECT 1 FROM claim_parties c WHERE c.root = n.root AND c.claim NOT IN ({GONE}) LIMIT :most) s),
        (SELECT count(*) FROM (SELECT role FROM claim_parties c WHERE c.root = n.root AND c.claim NOT IN ({GONE}) LIMIT :most) s
         WHERE s.role = 'speaker')
    FROM names n WHERE n.root IS NOT NULL ORDER BY place
""")  # noqa: S608 - our own words
"""Walks the index from name to name, so that a page costs the same in a large ledger."""


def list_parties(
    connection: Connection, beginning: str, limit: int, after: str | None
) -> Page[PartyCount]:
    """Give parties by name.

    Args:
        connection: Any.
        beginning: What the names begin with; empty for all.
        limit: Of the page.
        after: The name before the first.
    """
    given = {"after": after or "", "beginning": beginning, "size": limit + 1, "most": MOST_COUNTED}
    rows = [
        PartyCount(root=root, named=named, said=said)
        for root, named, said in connection.execute(_NAMES, given)
        if root.startswith(beginning)
    ]
    shown = tuple(row for row in rows[:limit] if row.named)
    return Page(shown, rows[limit - 1].root if len(rows) > limit else None)


def list_figure_sides(connection: Connection, limit: int) -> tuple[PartyCount, ...]:
    """Give the sides whose losses are told, those with most figures first."""
    wanted = (
        select(figures.c.side, func.count())
        .where(figures.c.side != "", Scope(None, None).stands(figures.c.document))
        .group_by(figures.c.side)
        .order_by(func.count().desc(), figures.c.side)
        .limit(limit)
    )
    return tuple(
        PartyCount(root=side, said=0, named=told) for side, told in connection.execute(wanted)
    )
