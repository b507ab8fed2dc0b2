"""Views: a folder's tables in DuckDB, of the parts that count and no others."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.archive.errors import ExtraError, StoreError
from counterclaim.archive.rows import TABLES
from counterclaim.archive.schema import BY_DAY, COLUMNS
from counterclaim.archive.store import read_manifest, read_notes

if TYPE_CHECKING:
    import duckdb

SQL_TYPES = {"s": "VARCHAR", "i": "BIGINT", "f": "DOUBLE", "b": "BOOLEAN"}


def open_views(folder: Path) -> "duckdb.DuckDBPyConnection":
    """Return a connection in which each table of a folder is a view; those by day have a column ``day``.

    Besides: ``figures_by_day``, the figures with name and outlet of their document.

    Raises:
        StoreError: If the folder was not made by ``code_archives``.
        ExtraError: If DuckDB is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraError("duckdb") from error
    read_manifest(folder)
    files = [name for note in read_notes(folder) for name in note["files"]]
    found = duckdb.connect()
    for table in TABLES:
        mine = [str(folder / name) for name in files if name.startswith(f"{table}/")]
        found.execute(f"CREATE VIEW {table} AS {_selection(table, mine)}")
    found.execute(
        "CREATE VIEW figures_by_day AS SELECT d.name, d.outlet, d.published, f.* "
        "FROM figures f JOIN documents d ON d.document = f.document AND d.copy_of IS NULL"
    )
    return found


def _selection(table: str, files: list[str]) -> str:
    columns = [column.split(":") for column in COLUMNS[table].split()]
    if table in BY_DAY:
        columns = [["day", "s"], *columns]
    if not files:
        empty = ", ".join(f'NULL::{SQL_TYPES[kind]} AS "{name}"' for name, kind in columns)
        return f"SELECT {empty} WHERE false"
    named = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    return (
        f"SELECT {names} FROM read_parquet([{named}], "  # noqa: S608 - names of our own files, quoted
        "hive_partitioning = true, hive_types = {'day': 'VARCHAR'})"
        if table in BY_DAY
        else f"SELECT {names} FROM read_parquet([{named}], hive_partitioning = false)"  # noqa: S608
    )


def run_query(folder: Path, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run one query over a folder's views.

    Returns:
        The names of the columns, and the rows.

    Raises:
        StoreError: If the query cannot be run.
    """
    with open_views(folder) as views:
        import duckdb  # noqa: PLC0415 - there: the views are open

        try:
            found = views.execute(sql)
            names = [column[0] for column in found.description or ()]
            return names, found.fetchall()
        except duckdb.Error as error:
            told = " ".join(str(error).split())[:300]
            raise StoreError(
                f"the query cannot be run ({told}); the views are {', '.join(TABLES)}, figures_by_day"
            ) from error
