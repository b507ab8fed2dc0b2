"""Parties: who is named in the ledger, in the order of the alphabet, and how often."""

from sqlalchemy import Connection, func, select, text, true

from counterclaim.ledger.tables import figures, withdrawals
from counterclaim.ledger.visibility import GONE, Scope
from counterclaim.records.ledger_rows import Page, PartyCount

MOST_COUNTED = 1_000
"""Rows up to which a party's are counted one by one; beyond, the count says that there are more."""

_NAMES = f"""
    WITH RECURSIVE names(root, place) AS (
        SELECT min(c.root), 1 FROM claim_parties c WHERE c.root > :after AND c.root >= :beginning{{own}}
        UNION ALL
        SELECT (SELECT min(c.root) FROM claim_parties c WHERE c.root > names.root{{own}}), place + 1
        FROM names WHERE names.root IS NOT NULL AND place < :size
    )
    SELECT n.root,
        (SELECT count(*) FROM (SELECT 1 FROM claim_parties c WHERE c.root = n.root{{own}} AND c.claim NOT IN ({GONE}) LIMIT :most) s),
        (SELECT count(*) FROM (SELECT role FROM claim_parties c WHERE c.root = n.root{{own}} AND c.claim NOT IN ({GONE}) LIMIT :most) s
         WHERE s.role = 'speaker')
    FROM names n WHERE n.root IS NOT NULL ORDER BY place
"""  # noqa: S608 - our own words
"""Walks the index from name to name, so that a page costs the same in a large ledger."""

_OWN = (
    " AND EXISTS (SELECT 1 FROM claim_projects p WHERE p.project = :project AND p.claim = c.claim)"
)


def list_parties(
    connection: Connection, beginning: str, scope: Scope, limit: int, after: str | None
) -> Page[PartyCount]:
    """Return parties by name.

    Args:
        connection: Any.
        scope: Of which project the claims are that count; its days are left aside.
        beginning: What the names begin with; empty for all.
        limit: Of the page.
        after: The name before the first.
    """
    given: dict[str, object] = {
        "after": after or "",
        "beginning": beginning,
        "size": limit + 1,
        "most": MOST_COUNTED,
    }
    own = "" if scope.project is None else _OWN
    if scope.project is not None:
        given["project"] = scope.project
    rows = [
        PartyCount(root=root, named=named, said=said)
        for root, named, said in connection.execute(text(_NAMES.replace("{own}", own)), given)
        if root.startswith(beginning)
    ]
    shown = tuple(row for row in rows[:limit] if row.named)
    return Page(shown, rows[limit - 1].root if len(rows) > limit else None)


def list_figure_sides(connection: Connection, scope: Scope, limit: int) -> tuple[PartyCount, ...]:
    """Return the sides whose losses are told, those with most figures first."""
    # Most ledgers withdrew nothing: the sides are then counted in an index, without a look at the rows.
    is_whole = connection.execute(select(withdrawals.c.n).limit(1)).scalar() is None
    wanted = (
        select(figures.c.side, func.count())
        .where(
            figures.c.side != "",
            true() if is_whole else scope.stands(figures.c.document),
            scope.of_project(figures.c.claim),
        )
        .group_by(figures.c.side)
        .order_by(func.count().desc(), figures.c.side)
        .limit(limit)
    )
    return tuple(
        PartyCount(root=side, said=0, named=told) for side, told in connection.execute(wanted)
    )
