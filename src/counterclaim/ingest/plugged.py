"""Sources that other packages bring: ``NAME:WHAT`` is asked of the package that gives a source that name."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from counterclaim.ingest.errors import SourceError, shorten
from counterclaim.plugins import PluginError, load_plugin


class PluggedSourceError(SourceError):
    """A source that a package brings cannot give what is asked."""

    def __init__(self, name: str, error: BaseException) -> None:
        why = f"its source fails ({type(error).__name__}: {shorten(str(error))})"
        super().__init__(name, why, "ask the makers of the package")


def find_plugged(source: str) -> str | None:
    """Return the name of the package's source that is meant; None where there is none of the name."""
    name, mark, _ = source.partition(":")
    if not mark or not name.isidentifier():
        return None
    return name if load_plugin("sources", name) is not None else None


def ask_plugged(name: str, source: str, skip: int = 0) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the reports of a package's source as rows, each with its place for messages.

    Args:
        name: As ``find_plugged`` gave it.
        source: ``NAME:WHAT``.
        skip: How many of the first reports are passed over.

    Raises:
        PluginError: If it is not made as a source is.
        PluggedSourceError: If it fails on the way.
    """
    ask = load_plugin("sources", name)
    if not callable(ask):
        raise PluginError("sources", name, "it is no function", "see docs/plugins.md")
    try:
        rows: Iterable[Any] = ask(source.partition(":")[2])
        for number, row in enumerate(islice(rows, skip, None), skip + 1):
            yield f"{source} report {number}", _checked(row, name, number)
    except PluginError:
        raise
    except Exception as error:
        raise PluggedSourceError(source, error) from error


def _checked(row: object, name: str, number: int) -> Mapping[str, Any]:
    if isinstance(row, Mapping) and isinstance(row.get("text"), str):
        return row
    what = f"report {number} is no mapping with a text"
    raise PluginError("sources", name, what, "see docs/plugins.md")
