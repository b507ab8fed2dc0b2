"""Schemas: making a ledger, telling its version, bringing an old one up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, select

from counterclaim.ledger.database_url import hide_password
from counterclaim.ledger.engine import reading, writing
from counterclaim.ledger.errors import (
    ForeignDatabaseError,
    LedgerExistsError,
    NewSchemaError,
    NoLedgerError,
    OldSchemaError,
    StorageError,
)
from counterclaim.ledger.posting import PostingDraft
from counterclaim.ledger.tables import postings, witnesses
from counterclaim.ledger.witness import MADE, read_lines

FOLDER = Path(__file__).parent / "migrations"


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


@cache
def newest_schema() -> str:
    """Return the schema that this version writes."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def schema_of(engine: Engine) -> str | None:
    """Return the schema of a database: None when it holds no ledger.

    Raises:
        ForeignDatabaseError: If it holds something else.
    """
    with reading(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        names = inspect(connection).get_table_names() if found is None else []
        if postings.name in names:
            raise StorageError(hide_password(str(engine.url)), "the mark of its schema is gone")
        if names:
            raise ForeignDatabaseError(engine.url.render_as_string())
        return found


def check_schema(engine: Engine, where: str) -> None:
    """Pass if a database holds a ledger of this version's schema.

    Raises:
        LedgerError: If it holds none, an older or a newer one. The message says what to do.
    """
    found = schema_of(engine)
    if found is None:
        raise NoLedgerError(where)
    scripts = _scripts()
    if found == scripts.get_current_head():
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if found not in known:
        raise NewSchemaError(where, found)
    raise OldSchemaError(where, found, newest_schema())


def make_schema(engine: Engine, where: str) -> None:
    """Make a ledger's tables in an empty database.

    Raises:
        LedgerExistsError: If there is a ledger.
    """
    if schema_of(engine) is not None:
        raise LedgerExistsError(where)
    migrate(engine)


def migrate(engine: Engine, to: str = "head") -> tuple[str, ...]:
    """Bring a database to a schema, in one transaction: all steps, or none.

    Args:
        engine: Of the database; an empty one gets its first schema.
        to: A schema's number, or ``head``.

    Returns:
        The schemas gone through, oldest first; empty when there was nothing to do.
    """
    scripts = _scripts()
    with writing(engine) as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        steps = tuple(script.revision for script in scripts.iterate_revisions(to, before or "base"))
        with _environment(scripts, connection, to) as environment:
            environment.run_migrations()
        if steps and to == "head":
            _seal_made(connection)
    return steps[::-1]


def lay_out(connection: Connection) -> None:
    """Make the newest schema's tables where a connection makes tables, whatever it holds already."""
    steps = reversed(list(_scripts().walk_revisions()))
    with Operations.context(MigrationContext.configure(connection)):
        for script in steps:
            script.module.upgrade()


def _seal_made(connection: Connection) -> None:
    """Have a posting seal the indices that earlier versions left unsealed, as they are now."""
    if connection.execute(select(postings.c.n).limit(1)).first() is None:
        return
    if connection.execute(select(witnesses.c.n).limit(1)).first() is not None:
        return
    draft = PostingDraft(connection, datetime.now(UTC))
    for name in MADE:
        lines = read_lines(connection, name)
        draft.witness(name, ((n, word) for _, (n, words) in lines for word in words))
    draft.close("migration", newest_schema(), "counterclaim")


@contextmanager
def _environment(
    scripts: ScriptDirectory, connection: Connection, to: str
) -> Iterator[EnvironmentContext]:
    def steps(revision: object, context: MigrationContext) -> list[object]:
        del context
        return scripts._upgrade_revs(to, revision)  # type: ignore[arg-type, return-value]  # noqa: SLF001 - Alembic's own env does so

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, fn=steps)
        yield environment
