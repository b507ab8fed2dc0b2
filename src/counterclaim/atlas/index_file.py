"""The index file: numeric columns and names in one file that is mapped, never read into memory.

Layout: magic, length of the header, the header as JSON, then each column from a multiple of eight
bytes. The header names the columns and holds a checksum over them.
"""

import json
import mmap
import os
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"CCLAIMG1"
_ALIGN = 8
_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of an index, mapped or in memory; ``meta`` is what the writer put beside them."""

    columns: Mapping[str, "memoryview[int]"]
    meta: Mapping[str, Any]


def pack_table(columns: Mapping[str, tuple[str, bytes]], meta: Mapping[str, Any]) -> bytes:
    """Lay columns out as the bytes of an index file.

    Args:
        columns: Name to format character (as in ``struct``) and the column's bytes.
        meta: Anything that JSON can hold.
    """
    places: dict[str, tuple[str, int, int]] = {}
    body = bytearray()
    for name, (code, data) in columns.items():
        body += b"\0" * (-len(body) % _ALIGN)
        places[name] = (code, len(body), len(data))
        body += data
    header = json.dumps(
        {"columns": places, "meta": meta, "size": len(body), "crc": zlib.crc32(body)}
    ).encode()
    header += b" " * (-len(header) % _ALIGN)
    return MAGIC + len(header).to_bytes(_LENGTH_BYTES, "little") + header + bytes(body)


def open_table(data: "memoryview[int]") -> Table | None:
    """Read a table from the bytes of an index file, without copying; None when it is damaged."""
    start = len(MAGIC) + _LENGTH_BYTES
    if len(data) < start or bytes(data[: len(MAGIC)]) != MAGIC:
        return None
    end = start + int.from_bytes(data[len(MAGIC) : start], "little")
    try:
        header = json.loads(bytes(data[start:end]))
        body = data[end:]
        if len(body) != header["size"] or zlib.crc32(body) != header["crc"]:
            return None
        columns = {
            name: body[at : at + size].cast(code)
            for name, (code, at, size) in header["columns"].items()
        }
        return Table(columns, header["meta"])
    except (ValueError, KeyError, TypeError):
        return None


def map_file(path: Path) -> Table | None:
    """Map an index file; None when it is not there, cannot be read or is damaged."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # ValueError: an empty file
        return None
    return open_table(memoryview(data))


def write_file(path: Path, data: bytes) -> bool:
    """Write a file so that readers see all of it or nothing; False where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    except OSError:
        return False
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        return False
    return True
