"""Lexicons of one's own: folders whose files add to the shipped ones, chosen before anything is read.

A folder holds files named as the shipped ones are (``verbs.yaml``, ``parties.yaml``). A row with an id that the shipped
file lacks is added; one that it has adds to its lists and puts its single values over the shipped ones.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from counterclaim.errors import CounterclaimError

ENV = "COUNTERCLAIM_LEXICON"
"""Names the folders, so that every process which reads for this one has them too."""

LARGEST = 4 * 1024 * 1024
"""Bytes of one file."""


class LexiconError(CounterclaimError):
    """A lexicon file is not as its own header says."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """One folder of a person's own lexicons."""

    name: str
    files: Mapping[str, bytes]
    """What its files hold, by their names."""

    def digest(self, name: str) -> str:
        """Return the first 12 hex digits of a file's SHA-256."""
        return hashlib.sha256(self.files[name]).hexdigest()[:12]


@cache
def overlays() -> tuple[Overlay, ...]:
    """Return the folders chosen for this process, in their order; read once.

    Raises:
        LexiconError: If one is no folder of lexicons.
    """
    told = os.environ.get(ENV, "")
    return tuple(read_overlay(Path(item)) for item in told.split(os.pathsep) if item)


def choose_overlays(folders: Sequence[Path]) -> None:
    """Choose the folders of this process and of those that it starts.

    Raises:
        LexiconError: If one is no folder of lexicons, or if words were read already without them.
    """
    chosen = tuple(read_overlay(folder) for folder in folders)
    if overlays.cache_info().currsize and overlays() != chosen:
        msg = "lexicons were read already: choose one's own before the first report, in a process of its own"
        raise LexiconError(msg)
    os.environ[ENV] = os.pathsep.join(str(folder.resolve()) for folder in folders)


def read_overlay(folder: Path) -> Overlay:
    """Read a folder of lexicons.

    Raises:
        LexiconError: If it is none, or holds a file that is named as no shipped one is.
    """
    if not folder.is_dir():
        msg = f"{folder}: there is no such folder; name one that holds files such as verbs.yaml"
        raise LexiconError(msg)
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    if not paths:
        msg = f"{folder}: it holds no lexicon; put a file such as verbs.yaml in it"
        raise LexiconError(msg)
    shipped = {path.name for path in Path(__file__).parent.glob("*.yaml")}
    for path in paths:
        if path.name not in shipped:
            msg = f"{path}: no lexicon is called so; name it as one of {', '.join(sorted(shipped))}"
            raise LexiconError(msg)
        if path.stat().st_size > LARGEST:
            msg = f"{path}: it passes {LARGEST:,} bytes; part it in two folders"
            raise LexiconError(msg)
    return Overlay(folder.resolve().name, {path.name: path.read_bytes() for path in paths})


def merge_rows(
    shipped: list[dict[str, Any]], own: Sequence[Mapping[str, Any]], where: str
) -> list[dict[str, Any]]:
    """Return shipped rows with a person's own put over and behind them.

    Args:
        shipped: Rows with ids.
        own: Rows with ids.
        where: For messages.

    Raises:
        LexiconError: If a row has a field that no shipped row has: it would be read by nobody.
    """
    fields = {key for row in shipped for key in row}
    found = {str(row["id"]): row for row in shipped}
    for row in own:
        unknown = [key for key in row if key not in fields]
        if unknown:
            msg = f"{where}: {row['id']} has {unknown[0]!r}, which no shipped entry has; choose of {', '.join(sorted(fields))}"
            raise LexiconError(msg)
        before = found.get(str(row["id"]))
        found[str(row["id"])] = dict(row) if before is None else _joined(before, row)
    return list(found.values())


def _joined(before: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(before)
    for key, value in row.items():
        held = made.get(key)
        if isinstance(held, list) and isinstance(value, list):
            made[key] = [*held, *(item for item in value if item not in held)]
        elif isinstance(held, dict) and isinstance(value, dict):
            made[key] = held | value
        else:
            made[key] = value
    return made
