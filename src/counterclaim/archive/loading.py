"""Loading: the readings of a folder, whole again, for a ledger."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from counterclaim.archive.errors import ExtraError, StoreError
from counterclaim.archive.store import read_manifest, read_notes
from counterclaim.ledger.codec import load
from counterclaim.records.reading import Reading


def read_back(
    folder: Path, *, since: date | None = None, until: date | None = None
) -> Iterator[Reading]:
    """Return the readings of a folder, in the order in which they were made.

    Args:
        folder: Made by ``code_archives``.
        since: First day of filing that is wanted.
        until: Last day that is wanted. With either, what nobody dated is left out.

    Raises:
        StoreError: If the folder cannot be read.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError("pyarrow") from error
    read_manifest(folder)
    for note in read_notes(folder):
        for name in note["files"]:
            if not name.startswith("documents/") or not _wanted(name, since, until):
                continue
            try:
                column = pq.read_table(folder / name, columns=["reading"]).column("reading")
                for words in column.to_pylist():
                    if words is not None:
                        yield load(Reading, words)
            except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as error:
                told = " ".join(str(error).split())[:200]
                raise StoreError(
                    f"{folder / name}: its readings cannot be read ({told}); code the archive anew"
                ) from error


def _wanted(name: str, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    words = name.split("/")[1].removeprefix("day=")
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return False
    return (since is None or since <= day) and (until is None or day <= until)
