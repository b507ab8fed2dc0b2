"""Real count series: imported, reconciled, checked for loss, and drawn for the documentation."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counterclaim.charts import draw_account
from counterclaim.ingest import TableFigures, read_map, read_table
from counterclaim.reconcile import reconcile
from counterclaim.reconcile.series import fill_days
from counterclaim.records.account import Account, Series
from counterclaim.records.casualty_figure import Figure

HERE = Path(__file__).parent
TABLES = ("gaza", "general_staff", "economist")
PICTURES = {
    "gaza": (("gaza",), "Killed and wounded in Gaza, daily reports"),
    "ukraine": (("general_staff", "economist"), "Losses of Russia and Ukraine, as claimed"),
}
"""Pictures by name: the tables drawn into each, and its title."""


def run_series(shared: Path, pictures: Path | None) -> int:
    """Import every table that is there; 1 when a figure was lost or a negative one appeared."""
    folder = shared / "data" / "series"
    if not folder.exists():
        print(f"no count series at {folder}: nothing measured; give --shared")
        return 0
    read = {name: _read(name, folder) for name in TABLES}
    rows = {name: _measure(name, table, folder) for name, table in read.items()}
    (HERE / "results" / "series.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    for name, row in rows.items():
        _show(name, row)
    if pictures is not None:
        _draw(read, pictures)
    return 1 if any(row["figures lost"] or row["negative numbers"] for row in rows.values()) else 0


def _read(name: str, folder: Path) -> TableFigures:
    meaning = read_map(HERE / "maps" / f"{name}.toml")
    assert meaning.data is not None
    return read_table(folder / meaning.data.name, meaning)


def _measure(name: str, table: TableFigures, folder: Path) -> dict[str, Any]:
    started = time.perf_counter()
    account = reconcile(table.figures)
    seconds = time.perf_counter() - started
    kept = Counter(id_ for s in account.series for point in s.points for id_ in point.figure_ids)
    row: dict[str, Any] = {
        "command": "python -m bench series",
        "rows": table.rows,
        "cells": table.cells,
        "figures": len(table.figures),
        "empty": table.empty,
        "refused": table.refused,
        "problems": len(table.problems),
        "series": len(account.series),
        "figures lost": sum(1 for figure in table.figures if kept[figure.id] != 1),
        "negative numbers": _negative(account, table.figures),
        "findings": dict(sorted(Counter(item.rule for item in account.findings).items())),
        "revisions and gaps": [
            _told(item) for item in account.findings if item.rule in {"R13", "C1"}
        ],
        "seconds to reconcile": round(seconds, 3),
    }
    if name == "gaza":
        row["filled days"] = _filled(account, folder / "gaza_daily_reports.jsonl")
    return row


def _told(item: Any) -> str:
    subgroup = f" {item.key.subgroup}" if item.key.subgroup else ""
    return f"{item.day} {item.rule} {item.key.outcome}{subgroup} {item.amount:+}: {item.words}"


def _negative(account: Account, figures: Sequence[Figure]) -> int:
    told = [figure.count for figure in figures]
    told += [point.count for item in account.series for point in item.points]
    return sum(1 for count in told if (count.low or 0) < 0 or (count.high or 0) < 0)


def _filled(account: Account, path: Path) -> dict[str, Any]:
    """Set our filled days beside the compilers' own, which this table carries."""
    theirs = {
        row["report_date"]: row["ext_killed_cum"]
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if "killed_cum" not in row
    }
    (total,) = [s for s in account.series if s.outcome == "killed" and s.subgroup is None]
    ours = {str(point.day): point.count.low for point in _fill(total)}
    same = sum(1 for day, number in theirs.items() if ours.get(day) == number)
    apart = {
        day: [ours.get(day), number] for day, number in theirs.items() if ours.get(day) != number
    }
    return {
        "days without a report": len(theirs),
        "as the compilers fill them": same,
        "apart": apart,
    }


def _fill(series: Series) -> Sequence[Any]:
    return fill_days(series.standing("cumulative"), series.standing("new"))


def _show(name: str, row: dict[str, Any]) -> None:
    print(
        f"{name}: {row['rows']} rows, {row['figures']} figures, {row['empty']} empty cells, {row['refused']} refused; "
        f"{row['figures lost']} lost, {row['negative numbers']} negative; findings {row['findings']}"
    )
    for line in row["revisions and gaps"]:
        print(f"  {line}")


def _draw(read: dict[str, TableFigures], pictures: Path) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    for name, (tables, title) in PICTURES.items():
        account = reconcile(figure for table in tables for figure in read[table].figures)
        for width in (960, 390):
            path = pictures / f"series-{name}-{width}.svg"
            path.write_bytes(draw_account(account, ".svg", title=title, width=width))
            print(f"drew {path}")
