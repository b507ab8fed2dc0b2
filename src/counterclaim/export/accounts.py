"""Accounts as data: one row for each figure, with its series, its days and what became of it."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from counterclaim.export.plain import plain
from counterclaim.export.separated import write_csv
from counterclaim.records.account import Account, Point, Series


def account_rows(account: Account) -> Iterator[dict[str, Any]]:
    """Yield one row for each point of each series, in order."""
    for series in account.series:
        for point in series.points:
            yield {**_series_columns(series), **_point_columns(point)}


def _series_columns(series: Series) -> dict[str, Any]:
    return {
        "reporter": " & ".join(map(str, series.reporters)),
        "side": " & ".join(map(str, series.side)),
        "line": series.line,
        "category": series.category,
        "subgroup": series.subgroup,
        "outcome": series.outcome,
        "place": series.scope_name,
        "epoch": plain(series.key.epoch),
        "background": series.is_background,
        "part": series.is_part,
        "inferred": series.is_inferred,
    }


def _point_columns(point: Point) -> dict[str, Any]:
    return {
        "measure": point.measure,
        "low": point.count.low,
        "high": point.count.high,
        "qualifier": point.count.qualifier,
        "number": str(point.count),
        "start": plain(point.start),
        "day": plain(point.day),
        "known": plain(point.known),
        "known_to": plain(point.known_to),
        "standing": point.standing,
        "derivation": point.derivation,
        "figures": list(point.figure_ids),
    }


def account_json(account: Account) -> str:
    """Write the whole account as one JSON object: series, totals, ranges, withheld, findings."""
    return json.dumps(account_plain(account), ensure_ascii=False, indent=1) + "\n"


def account_plain(account: Account) -> dict[str, Any]:
    """Return the whole account as plain data."""
    return {
        "known_on": plain(account.known_on),
        "figures": list(account_rows(account)),
        "running": [
            {
                **_series_columns(series),
                "number": str(series.running),
                "basis": series.running_basis,
                "day": plain(series.running_day),
            }
            for series in account.series
            if series.running is not None
        ],
        "totals": [{"line": str(total), **plain(total)} for total in account.totals],
        "ranges": plain(account.ranges),
        "withheld": plain(account.withheld),
        "findings": [
            {
                "words": str(item),
                **{name: value for name, value in plain(item).items() if name != "key"},
            }
            for item in account.findings
        ],
    }


def account_lines(account: Account) -> str:
    """Write the figures as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in account_rows(account))


def account_csv(account: Account) -> str:
    """Write the figures as CSV; the ids of a figure's sources are joined by spaces."""
    stream = io.StringIO()
    write_csv(
        ({**row, "figures": " ".join(row["figures"])} for row in account_rows(account)), stream
    )
    return stream.getvalue()


ACCOUNT_FORMATS: Mapping[str, Callable[[Account], str]] = MappingProxyType(
    {"json": account_json, "jsonl": account_lines, "csv": account_csv}
)
"""Writers of accounts by format name."""
