"""Withheld figures: from the first report that a party gives none to its first own figure.

Source: docs/casualties.md, rule R17.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from counterclaim.records.account import WithheldRow
from counterclaim.records.casualty_figure import Figure, Withholding
from counterclaim.records.claim import Category

_FIRST = date.min


def find_withheld(
    withholdings: Iterable[Withholding], figures: Sequence[Figure]
) -> tuple[WithheldRow, ...]:
    """Return each stretch in which a party is reported to give no figure.

    It begins with the first such report and ends on the day the party's own first figure for that
    category becomes known; reports after that day begin another. Nothing before the end is filled in.

    Returns:
        Rows by start; one that never ends has no end.
    """
    groups: dict[tuple[tuple[str, ...], Category | None], list[Withholding]] = {}
    for item in withholdings:
        owners = tuple(sorted(party.root for party in item.owners))
        groups.setdefault((owners, item.category), []).append(item)
    rows = [
        row
        for (owners, category), items in groups.items()
        for row in _stretches(items, _own_days(owners, category, figures))
    ]
    return tuple(sorted(rows, key=lambda row: (row.start or _FIRST, str(row), row.ids)))


def _own_days(
    owners: tuple[str, ...], category: Category | None, figures: Sequence[Figure]
) -> list[date]:
    """Return the days on which the owners' own figures of killed became known."""
    return sorted(
        figure.known or _FIRST
        for figure in figures
        if figure.key.line == "self"
        and figure.key.outcome in {"killed", "unspecified"}
        and figure.key.subgroup is None
        and not figure.background
        and tuple(sorted(party.root for party in figure.key.side)) == owners
        and category in {None, figure.key.category}
        and category is not None
    )


def _stretches(items: Sequence[Withholding], own: Sequence[date]) -> list[WithheldRow]:
    rows: list[WithheldRow] = []
    open_: list[Withholding] = []
    for item in sorted(items, key=lambda item: (item.known or _FIRST, item.id)):
        end = _end(open_, own)
        if end is not None and (item.known or _FIRST) > end:
            rows.append(_row(open_, end))
            open_ = []
        open_.append(item)
    if open_:
        rows.append(_row(open_, _end(open_, own)))
    return rows


def _end(items: Sequence[Withholding], own: Sequence[date]) -> date | None:
    """Find the first own figure that came to be known after the first report of keeping back."""
    if not items:
        return None
    start = items[0].known or _FIRST
    return next((day for day in own if day > start), None)


def _row(items: Sequence[Withholding], end: date | None) -> WithheldRow:
    return WithheldRow(
        owners=items[0].owners,
        category=items[0].category,
        start=items[0].known,
        end=end,
        ids=tuple(dict.fromkeys(item.id for item in items)),
        words=items[0].words,
    )
