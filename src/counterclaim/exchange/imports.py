"""Imports: one reader for each format of others, by name; packages may bring further ones."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from counterclaim.errors import CounterclaimError
from counterclaim.exchange.arrivals import Arrived
from counterclaim.exchange.from_acled import read_acled
from counterclaim.exchange.from_csv import read_csv, read_map
from counterclaim.exchange.from_events import read_gdelt, read_polecat
from counterclaim.exchange.from_hxl import read_hxl
from counterclaim.exchange.from_ucdp import read_ucdp
from counterclaim.ledger import Ledger
from counterclaim.plugins import PluginError, load_plugin, plugin_names
from counterclaim.records.imported import ImportCard

IMPORTS: Mapping[str, Callable[[Path], Arrived]] = MappingProxyType(
    {
        "acled": read_acled,
        "ucdp": read_ucdp,
        "polecat": read_polecat,
        "gdelt2": read_gdelt,
        "hxl": read_hxl,
    }
)
"""Readers of files whose columns are known; ``csv`` needs a map."""


def import_names() -> tuple[str, ...]:
    """Return the names of all formats that come in: the house's own, then those that packages bring."""
    own = (*IMPORTS, "csv")
    return (*own, *(name for name in plugin_names("importers") if name not in own))


class MapNeededError(CounterclaimError):
    """A CSV was given without a map, or a map for what needs none."""


def read_import(path: Path, format_: str, meaning: Path | None = None) -> Arrived:
    """Read a file of others.

    Args:
        path: The file.
        format_: One of ``import_names()``.
        meaning: What the columns of a CSV mean.

    Raises:
        CounterclaimError: If it cannot be read as that; the message says what to do.
    """
    if format_ == "csv":
        if meaning is None:
            raise MapNeededError("--as csv needs --map MAP.toml, which says what its columns mean")
        return read_csv(path, read_map(meaning))
    if meaning is not None:
        raise MapNeededError(f"--map is for --as csv: {format_} has columns of its own")
    if format_ in IMPORTS:
        return IMPORTS[format_](path)
    read = load_plugin("importers", format_)
    if not callable(read):
        raise PluginError("importers", format_, "it is no function", "see docs/plugins.md")
    arrived = read(path)
    if not isinstance(arrived, Arrived):
        raise PluginError("importers", format_, "it returns no Arrived", "see docs/plugins.md")
    return arrived


def file_import(
    ledger: Ledger,
    path: Path,
    format_: str,
    arrived: Arrived,
    *,
    meaning: Path | None = None,
    by: str,
) -> tuple[ImportCard, bool]:
    """File what a file gave, beside what the ledger read; return its card, and whether it is new.

    Args:
        ledger: Which.
        path: The file.
        format_: As what it was read.
        arrived: What it gave.
        meaning: The map by which a CSV was read: another map makes another import.
        by: Who takes it in.
    """
    digest = hashlib.sha256(path.read_bytes())
    if meaning is not None:
        digest.update(meaning.read_bytes())
    problems = (*arrived.refused, *arrived.doubtful)
    return ledger.imports.file(
        format_,
        path.name,
        digest.hexdigest(),
        arrived.rows,
        problems,
        refused=len(arrived.refused),
        by=by,
    )
