"""The output folder: tables in Parquet, one part after another, each whole or not there.

A part is a stretch of one source. Its rows are first kept in a journal, a line a document; when the
stretch is done its files are moved into place and a note of it is written, which makes it count. Whatever
is killed, the next run goes on after the last line of the journal.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from counterclaim.archive.errors import StoreError
from counterclaim.archive.rows import TABLES, DocumentRows, Row
from counterclaim.archive.schema import BY_DAY, schema_of
from counterclaim.copies.prints import Copies, Print

MANIFEST = "manifest.json"
NOTES = "parts"
JOURNAL = ".journal"
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A stretch of one source."""

    source: str
    """The source's id."""
    name: str
    """What the source is called."""
    number: int
    """From 0."""

    @property
    def id(self) -> str:
        """Names its files."""
        return f"{self.source}-{self.number:06d}"


@dataclass(slots=True)
class PartRows:
    """The rows of a part while it is made."""

    part: SourcePart
    items: int = 0
    tables: dict[str, list[Row]] = field(default_factory=dict)
    is_last: bool = False
    """Whether the source ends with it."""
    error: str | None = None
    """Why the source ends, where it broke off."""

    def add(self, rows: DocumentRows) -> None:
        """Take in one item's rows."""
        for row in rows.tables.get("documents", ()):
            row["item"] = self.items
        self.items += 1
        for table, more in rows.tables.items():
            self.tables.setdefault(table, []).extend(more)


class Store:
    """An output folder, held by one run at a time. Use it as a context.

    Args:
        folder: Made if it is not there.
        settings: What decides the rows: what reads, what lets pass. A folder holds rows of one kind.

    Raises:
        StoreError: If it cannot be written, is held by another run, or was made with other settings.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self._settings = dict(settings)
        self._journal: Any = None
        try:
            (folder / NOTES).mkdir(parents=True, exist_ok=True)
            (folder / JOURNAL).mkdir(exist_ok=True)
            self._lock = (folder / LOCK).open("w")
        except OSError as error:
            raise StoreError(
                f"{folder}: it cannot be written ({error.strerror or error})"
            ) from error
        self._hold()
        try:
            self._check()
            self.notes = read_notes(folder)
        except StoreError:
            self._lock.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._journal is not None:
            self._journal.close()
        self._lock.close()

    def _hold(self) -> None:
        try:
            import fcntl  # noqa: PLC0415 - POSIX has it, Windows does not
        except ImportError:  # pragma: no cover
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise StoreError(
                f"{self.folder}: another run is writing it; wait, or use another --out"
            ) from error

    def _check(self) -> None:
        path = self.folder / MANIFEST
        if not path.exists():
            write_whole(path, _json({"settings": self._settings, "parts": 0}))
            return
        held = read_manifest(self.folder)["settings"]
        differing = sorted(
            key for key in {*held, *self._settings} if held.get(key) != self._settings.get(key)
        )
        if differing:
            raise StoreError(
                f"{self.folder}: it was made with another {', '.join(differing)}; use another --out"
            )

    def next_number(self, source: str) -> int | None:
        """Return the number of the first part of a source that is not there yet; None if it is done."""
        mine = [note for note in self.notes if note["source"] == source]
        if any(note["last"] for note in mine):
            return None
        return len(mine)

    def begin(self, part: SourcePart) -> list[DocumentRows]:
        """Open a part's journal; return what an earlier run left in it, in order."""
        path = self.folder / JOURNAL / f"{part.id}.jsonl"
        left: list[DocumentRows] = []
        good = 0
        if path.exists():
            with path.open("rb") as stream:
                for line in stream:
                    try:
                        tables = json.loads(line) if line.endswith(b"\n") else None
                    except ValueError:
                        tables = None
                    if not isinstance(tables, dict):
                        break
                    left.append(DocumentRows(tables))
                    good += len(line)
            with path.open("r+b") as stream:
                stream.truncate(good)
        return left

    def keep(self, part: SourcePart, rows: DocumentRows) -> None:
        """Write one item's rows to the part's journal."""
        path = self.folder / JOURNAL / f"{part.id}.jsonl"
        if self._journal is None or self._journal.name != str(path):
            if self._journal is not None:
                self._journal.close()
            self._journal = path.open("ab")
        self._journal.write(rows.dump().encode("utf-8", "backslashreplace") + b"\n")
        self._journal.flush()

    def commit(self, gathered: PartRows) -> None:
        """Write a part's tables and the note that makes them count; drop its journal."""
        part = gathered.part
        files = [name for table in TABLES for name in self._write(table, gathered)]
        note = {
            "part": part.id,
            "order": len(self.notes),
            "source": part.source,
            "name": part.name,
            "number": part.number,
            "last": gathered.is_last,
            "error": gathered.error,
            "items": gathered.items,
            "counts": {table: len(gathered.tables.get(table, ())) for table in TABLES},
            "outcomes": _outcomes(gathered.tables),
            "files": files,
        }
        write_whole(self.folder / NOTES / f"{part.id}.json", _json(note))
        self.notes.append(note)
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        (self.folder / JOURNAL / f"{part.id}.jsonl").unlink(missing_ok=True)

    def _write(self, table: str, gathered: PartRows) -> Iterator[str]:
        import pyarrow as pa  # noqa: PLC0415 - an extra; schema_of tells where it is missing

        schema = schema_of(table)
        by_day: dict[str, list[Row]] = {}
        for row in gathered.tables.get(table, ()):
            by_day.setdefault(row.get("day", ""), []).append(row)
        for day, rows in sorted(by_day.items()):
            folder = f"{table}/day={day}" if table in BY_DAY else table
            columns = {name: [row[name] for row in rows] for name in schema.names}
            name = f"{folder}/{gathered.part.id}.parquet"
            self._place(name, pa.table(columns, schema=schema))
            yield name

    def _place(self, name: str, table: Any) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.new")
            pq.write_table(table, unfinished, compression="zstd")
            unfinished.replace(path)
        except OSError as error:
            raise StoreError(f"{path}: it cannot be written ({error.strerror or error})") from error

    def remembered(self) -> Copies:
        """Return the texts that the folder's parts hold, as they were met."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        copies = Copies()
        columns = ["document", "minima", "numbers"]
        for note in self.notes:
            found: list[Row] = []
            for name in note["files"]:
                if name.startswith("documents/"):
                    found += pq.read_table(
                        self.folder / name, columns=[*columns, "item"]
                    ).to_pylist()
            for row in sorted(found, key=lambda row: row["item"]):
                remember(copies, row)
        return copies

    def finish(self) -> dict[str, Any]:
        """Write the manifest, drop journals that are left of parts that count, return the manifest."""
        manifest = summarise(self._settings, self.notes)
        write_whole(self.folder / MANIFEST, _json(manifest))
        for note in self.notes:
            (self.folder / JOURNAL / f"{note['part']}.jsonl").unlink(missing_ok=True)
        return manifest


def remember(copies: Copies, row: Row) -> None:
    """Add a document's row to what copies are told by, if it is no copy itself."""
    if row["minima"] is not None:
        mark = Print(bytes.fromhex(row["minima"]), frozenset(row["numbers"].split(" ")) - {""})
        copies.add(row["document"], mark)


def _outcomes(tables: Mapping[str, list[Row]]) -> dict[str, int]:
    found: Counter[str] = Counter(row["reason"] for row in tables.get("let_go", ()))
    for row in tables.get("documents", ()):
        if row["copy_of"] is not None:
            found["copy"] += 1
        elif row["reading"] is not None:
            found["read"] += 1
    return dict(sorted(found.items()))


def summarise(settings: Mapping[str, Any], notes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the manifest: what made the folder, and what is in it."""
    counts: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    sources: dict[str, dict[str, Any]] = {}
    for note in notes:
        counts.update(note["counts"])
        outcomes.update(note["outcomes"])
        source = sources.setdefault(
            note["source"], {"name": note["name"], "items": 0, "done": False}
        )
        source["items"] += note["items"]
        source["done"] = note["last"]
        source["error"] = note["error"]
    return {
        "settings": dict(settings),
        "parts": len(notes),
        "items": sum(note["items"] for note in notes),
        "outcomes": dict(sorted(outcomes.items())),
        "rows": {table: counts[table] for table in TABLES},
        "sources": sources,
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a folder's manifest.

    Raises:
        StoreError: If there is none that can be read.
    """
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        assert "settings" in found
    except (OSError, ValueError, AssertionError, TypeError) as error:
        raise StoreError(
            f"{folder}: it holds no manifest that can be read; was it made by 'counterclaim code'?"
        ) from error
    return found


def read_notes(folder: Path) -> list[dict[str, Any]]:
    """Return the notes of a folder's parts, in the order in which they were made.

    Raises:
        StoreError: If one cannot be read.
    """
    try:
        notes = [json.loads(path.read_text("utf-8")) for path in (folder / NOTES).glob("*.json")]
        return sorted(notes, key=lambda note: note["order"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{folder}: a note in {NOTES}/ cannot be read ({error}); restore it"
        ) from error


def write_whole(path: Path, words: str) -> None:
    """Write a file so that it is either as it was or as it shall be."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            stream.write(words)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: it cannot be written ({error.strerror or error})") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
