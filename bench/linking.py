"""Linking measured: the interface over whole files, and the scorer of B3 and pairwise F1."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.clusters import measure
from bench.tasks import Row, day
from counterclaim.link.document_clusters import find_stories
from counterclaim.records.text import Document


def run_linking(source: Path, target: Path) -> int:
    """Link the documents of a file: ``{id, text, date?, outlet?}`` to ``{id, incidents: [key]}``.

    Equal keys mean the same main happening; every document has one. The whole file is read before
    the first row is written, since a document's happening depends on the others. A row that cannot be
    read becomes ``{"id": ..., "error": ...}``; the others go on.

    Returns:
        0, or 1 when some row could not be read.
    """
    lines = [line for line in source.read_text("utf-8").splitlines() if line.strip()]
    find_stories([Document(text="Ardenia denied on Monday that it had shelled Ost.")])
    started = time.perf_counter()
    rows = [_open(line) for line in lines]
    keys = iter(find_stories([row for _, row in rows if isinstance(row, Document)]))
    failed = 0
    with target.open("w", encoding="utf-8") as stream:
        for name, row in rows:
            failed += isinstance(row, str)
            result: Row = (
                {"id": name, "error": row}
                if isinstance(row, str)
                else {"id": name, "incidents": [next(keys)]}
            )
            stream.write(json.dumps(result, ensure_ascii=False) + "\n")
    seconds = time.perf_counter() - started
    rate = len(lines) / seconds if seconds else 0.0
    print(
        f"{len(lines)} documents, {seconds:.2f} seconds, {rate:.2f} documents per second"
        + (f", {failed} failed" if failed else "")
    )
    return 1 if failed else 0


def _open(line: str) -> tuple[object, Document | str]:
    """Read one row; what is wrong with it in words where it cannot be read."""
    name: object = None
    try:
        row = json.loads(line)
        name = row.get("id")
        return row["id"], Document(
            text=row["text"],
            name=str(row["id"]),
            outlet=row.get("outlet"),
            published=day(row.get("date") or row.get("dct")),
        )
    except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
        sys.stderr.write(f"row {name}: {type(error).__name__}: {error}\n")
        return name, f"{type(error).__name__}: {error}"


def run_scoring(gold: Path, found: Path) -> int:
    """Print B3 and pairwise F1 of ``{id, incidents}`` rows against gold rows of the same form."""
    for name, value in measure(_keys(gold), _keys(found)).items():
        print(f"{name:20} {value:.4f}")
    return 0


def _keys(path: Path) -> Mapping[str, frozenset[str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {
        row["id"]: frozenset(map(str, row.get("incidents") or [f"alone {row['id']}"]))
        for row in rows
    }
