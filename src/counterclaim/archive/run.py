"""Runs: archives sifted, copies told, the rest read, the rows kept. The order of work, and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from counterclaim.archive.errors import ArchiveReadError, WorkerError
from counterclaim.archive.items import ArchiveItem
from counterclaim.archive.pool import Failed, Here, Pool, Processes, in_order
from counterclaim.archive.rows import (
    ArchivedDocument,
    DocumentRows,
    copy_rows,
    failed_rows,
    let_go_rows,
    problem_rows,
)
from counterclaim.archive.sift import Sifted
from counterclaim.archive.sources import Source, list_sources
from counterclaim.archive.stages import ArchiveSettings, Describe, Read, Refused, Sift
from counterclaim.archive.store import PartRows, SourcePart, Store, remember
from counterclaim.copies.prints import Copies

PART_ITEMS = 2_000
"""Items of a part: some hundred documents of war, whose tables are worth a file of their own."""

CHUNK = 16
"""Items that are sifted as one piece of work: enough that handing them over costs little beside it."""

AHEAD = 4
"""Pieces given out for each process before the first is taken back."""

Progress = Callable[[str, str], None]
"""Told of each item: its name and what became of it."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the row of items: one of them, one that an earlier run did, or a part's end."""

    part: SourcePart
    item: ArchiveItem | None = None
    rows: DocumentRows | None = None
    ends: bool = False
    is_last: bool = False
    error: str | None = None


def code_archives(
    paths: Sequence[str],
    out: Path,
    *,
    settings: ArchiveSettings | None = None,
    workers: int = 1,
    part_items: int = PART_ITEMS,
    pool: Pool | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Code archives into a folder of tables.

    A run that was stopped, or killed, goes on where it was when it is called again with the same words.
    Sources that are done are passed over, so that a folder grows with what comes in.

    Args:
        paths: Archives and folders; see ``sources.list_sources``.
        out: The folder.
        settings: What decides the rows.
        workers: Processes; with one, this one does the work.
        part_items: Items of a part.
        pool: Where the work is done; overrides ``workers``.
        progress: Told of each item.

    Returns:
        The folder's manifest.

    Raises:
        CounterclaimError: If nothing can be done; the message says what to do. What was coded is kept.
    """
    settings = settings or ArchiveSettings()
    sources = list_sources(paths)
    with closing(pool or make_pool(workers, settings)) as hands:
        described = hands.settle(hands.submit(Describe()))
        if isinstance(described, Failed):
            raise WorkerError(f"what reads cannot be loaded: {described.why}")
        with Store(out, {**described, "part_items": part_items}) as store:
            _code(
                sources, store, hands, settings=settings, part_items=part_items, progress=progress
            )
            return store.finish()


def make_pool(workers: int, settings: ArchiveSettings) -> Pool:
    """Return processes of this machine; for one worker, this process."""
    return Here(settings) if workers <= 1 else Processes(workers, settings)


def _code(
    sources: Sequence[Source],
    store: Store,
    pool: Pool,
    *,
    settings: ArchiveSettings,
    part_items: int,
    progress: Progress | None,
) -> None:
    copies = store.remembered() if settings.copies else None
    slots = _slots(sources, store, part_items)
    sifted = _sift(slots, pool)
    decided = _decide(sifted, copies)
    gathered: PartRows | None = None
    for (slot, kept), result in in_order(pool, decided, AHEAD * pool.workers):
        if gathered is None:
            gathered = PartRows(slot.part)
        if slot.ends:
            gathered.is_last, gathered.error = slot.is_last, slot.error
            if slot.error is not None:
                gathered.tables.setdefault("problems", []).extend(
                    problem_rows(slot.part.name, "archive", slot.error).tables["problems"]
                )
            store.commit(gathered)
            gathered = None
            continue
        rows = _rows(slot, kept, result)
        if slot.rows is None:
            store.keep(slot.part, rows)
        gathered.add(rows)
        if progress is not None:
            progress(*_outcome(rows))


def _slots(sources: Sequence[Source], store: Store, part_items: int) -> Iterator[_Slot]:
    """Yield all items that are not in the folder yet, and after each part its end."""
    for source in sources:
        first = store.next_number(source.id)
        if first is None:
            continue
        items = source.items()
        error = None
        try:
            for _ in range(first * part_items):
                next(items, None)
            for number in count(first):
                part = SourcePart(source.id, source.path.name, number)
                left = store.begin(part)
                size = 0
                for item in items:
                    yield _Slot(part, item, left[size] if size < len(left) else None)
                    size += 1
                    if size == part_items:
                        break
                if size < part_items:
                    break
                yield _Slot(part, ends=True)
        except ArchiveReadError as broken:
            error = str(broken)
        yield _Slot(part, ends=True, is_last=True, error=error)


def _sift(slots: Iterator[_Slot], pool: Pool) -> Iterator[tuple[_Slot, Sifted | Failed | None]]:
    """Sift items by the chunk; one at a time where a chunk fails."""
    for chunk, found in in_order(pool, _chunks(slots), AHEAD * pool.workers):
        results = _singly(chunk, pool) if isinstance(found, Failed) else iter(found or ())
        for slot in chunk:
            yield slot, (next(results) if _is_fresh(slot) else None)


def _chunks(slots: Iterator[_Slot]) -> Iterator[tuple[list[_Slot], Sift | None]]:
    chunk: list[_Slot] = []
    for slot in slots:
        chunk.append(slot)
        if slot.ends or len(chunk) == CHUNK:
            yield _chunk(chunk)
            chunk = []
    if chunk:
        yield _chunk(chunk)


def _chunk(slots: list[_Slot]) -> tuple[list[_Slot], Sift | None]:
    items = tuple(slot.item for slot in slots if slot.item is not None and _is_fresh(slot))
    return slots, Sift(items) if items else None


def _is_fresh(slot: _Slot) -> bool:
    return slot.item is not None and slot.rows is None


def _singly(chunk: list[_Slot], pool: Pool) -> Iterator[Sifted | Failed]:
    for slot in chunk:
        if slot.item is not None and _is_fresh(slot):
            found = pool.settle(pool.submit(Sift((slot.item,))))
            yield found if isinstance(found, Failed) else found[0]


def _decide(
    sifted: Iterator[tuple[_Slot, Sifted | Failed | None]], copies: Copies | None
) -> Iterator[tuple[tuple[_Slot, Any], Read | None]]:
    """Tell copies, in the order of the archive; give out what is to be read."""
    for slot, found in sifted:
        if slot.rows is not None and copies is not None:
            for row in slot.rows.tables.get("documents", ()):
                remember(copies, row)
        if not isinstance(found, Sifted) or found.opened is None or found.mark is None:
            yield (slot, found), None
            continue
        assert slot.item is not None
        document = found.opened.document
        met = ArchivedDocument(
            document=document, mark=found.mark, crawled=slot.item.crawled, score=found.score
        )
        original = None if copies is None else copies.find(found.mark)
        if original is not None:
            yield (slot, copy_rows(met, original)), None
            continue
        if copies is not None:
            copies.add(document.id, found.mark)
        task = Read(opened=found.opened, met=met)
        yield (slot, task), task


def _rows(slot: _Slot, kept: Any, result: Any) -> DocumentRows:
    """Return the rows that an item adds, whatever came of it."""
    assert slot.item is not None
    match kept, result:
        case _ if slot.rows is not None:
            return slot.rows
        case DocumentRows(), _:
            found: DocumentRows = kept
            return found
        case Sifted(), _:
            return let_go_rows(kept.name, kept.reason or "unreadable", kept.detail, kept.score)
        case Failed(), _:
            return let_go_rows(slot.item.name, "quarantined", kept.why, None)
        case Read(), Failed():
            return failed_rows(kept.met, "quarantined", result.why)
        case Read(), Refused():
            return failed_rows(kept.met, "unreadable", result.message)
    done: DocumentRows = result
    return done


def _outcome(rows: DocumentRows) -> tuple[str, str]:
    for row in rows.tables.get("let_go", ()):
        return row["name"], row["reason"]
    row = rows.tables["documents"][0]
    return row["name"], "read" if row["copy_of"] is None else "copy"
