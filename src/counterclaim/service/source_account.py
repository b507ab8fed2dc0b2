"""Brings texts and tables into one casualty account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counterclaim.errors import CounterclaimError
from counterclaim.ingest import TABLE_SUFFIXES, read_map, read_table
from counterclaim.pipeline.read import counting_start_dates, read_source
from counterclaim.pipeline.resources import Tools, load_tools
from counterclaim.pipeline.second_reader import counted
from counterclaim.reconcile import figures_of, reconcile
from counterclaim.records.account import Account
from counterclaim.records.casualty_figure import Figure, Withholding
from counterclaim.records.reading import Reading


class UnmappedTableError(CounterclaimError):
    """A table has no map, or a map no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What sources gave for one account."""

    figures: tuple[Figure, ...]
    withheld: tuple[Withholding, ...]
    problems: tuple[str, ...]
    """Problems of reading, each with its source, in words."""
    failed: tuple[str, ...]
    """Sources that could not be read at all, and why."""

    def account(self, known_on: date | None = None) -> Account:
        """Reconcile the figures, as known on a day or altogether."""
        return reconcile(self.figures, self.withheld, known_on=known_on)


def collect(
    sources: Sequence[str],
    maps: Sequence[Path] = (),
    *,
    published: date | None = None,
    tools: Callable[[], Tools] = load_tools,
) -> Collected:
    """Read texts and tables.

    Args:
        sources: Files or addresses of reports, and tables; a name that ends in one of
            ``TABLE_SUFFIXES`` is a table.
        maps: Of the tables, in their order; one map may serve all, and a map may name its own table.
        published: Day of publication of every text; overrides their own.
        tools: Loads what reading a text needs; called only when there is one.

    Raises:
        CounterclaimError: If maps and tables cannot be paired, or a map or table cannot be read. A text
            that cannot be read is told in ``failed``.
    """
    texts = [source for source in sources if not is_table(source)]
    figures: list[Figure] = []
    withheld: list[Withholding] = []
    problems: list[str] = []
    failed: list[str] = []
    for data, path in pair([source for source in sources if is_table(source)], maps):
        meaning = read_map(path)
        table = read_table(data or meaning.data or _no_table(path), meaning)
        figures += table.figures
        problems += map(str, table.problems)
    for source in texts:
        try:
            reading = read_source(source, published=published, tools=tools())
        except CounterclaimError as error:
            failed.append(str(error))
            continue
        told, kept = reading_figures(reading)
        figures += told
        withheld += kept
        problems += [f"{source}: {problem}" for problem in reading.problems]
    return Collected(
        figures=tuple(figures),
        withheld=tuple(withheld),
        problems=tuple(problems),
        failed=tuple(failed),
    )


def is_table(source: str) -> bool:
    """Return whether a source is a table, by its name."""
    return "://" not in source and source.lower().endswith(TABLE_SUFFIXES)


def reading_figures(reading: Reading) -> tuple[tuple[Figure, ...], tuple[Withholding, ...]]:
    """Return the figures of one reading, for an account over many."""
    epochs = counting_start_dates(reading.claims, reading.resolution)
    claims = counted(reading.claims)
    return figures_of(claims, reading.document.published, epochs, reading.sides)


def pair(tables: Sequence[str], maps: Sequence[Path]) -> list[tuple[Path | None, Path]]:
    """Pair tables with maps: one to one, one map for all, or maps that name their own tables.

    Raises:
        UnmappedTableError: If neither fits.
    """
    if not tables:
        return [(None, path) for path in maps]
    if len(maps) == 1:
        return [(Path(table), maps[0]) for table in tables]
    if len(maps) != len(tables):
        raise UnmappedTableError(
            f"{len(tables)} tables and {len(maps)} maps cannot be paired: give --series MAP.toml for each table, or one for all (docs/series.md)"
        )
    return [(Path(table), path) for table, path in zip(tables, maps, strict=True)]


def _no_table(path: Path) -> Path:
    raise UnmappedTableError(
        f'{path} names no table: give one after it, or write data = "file.csv" under [table]'
    )
