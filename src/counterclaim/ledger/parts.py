"""Parts: a database's own tables, indices, triggers and rules, compared with those of a ledger newly made.

SQLite keeps the words with which each part was made. PostgreSQL is asked to write its parts down, for the ledger and
for a second one, laid out among the temporary tables of a transaction that is then taken back.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.migrate import lay_out, migrate, newest_schema
from counterclaim.records.ledger_rows import Fault

Parts = Mapping[tuple[str, str], str]
"""What a part is made of, by its kind and name."""

SQLITE = (
    "SELECT type, name, sql FROM sqlite_master "
    "WHERE name NOT GLOB 'sqlite_*' AND name <> 'alembic_version'"
)

POSTGRESQL = (
    (
        "SELECT 'column', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull "
        "|| ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
        "WHERE c.oid = ANY(:tables) AND a.attnum > 0 AND NOT a.attisdropped"
    ),
    (
        "SELECT 'index', i.relname, pg_get_indexdef(x.indexrelid) || ' ' || x.indisvalid FROM pg_index x "
        "JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = ANY(:tables)"
    ),
    (
        "SELECT 'constraint', c.relname || '.' || o.conname, pg_get_constraintdef(o.oid) || ' ' || o.convalidated "
        "FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE o.conrelid = ANY(:tables) AND o.contype <> 'n'"
    ),
    (
        "SELECT 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text || ' ' || p.prosrc "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgrelid = ANY(:tables) AND NOT t.tgisinternal"
    ),
    (
        "SELECT 'reference', c.relname || '.' || o.conname || '.' || t.tgtype, t.tgenabled::text FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_constraint o ON o.oid = t.tgconstraint "
        "WHERE t.tgrelid = ANY(:tables) AND t.tgisinternal"
    ),
    (
        "SELECT 'rule', c.relname || '.' || r.rulename, pg_get_ruledef(r.oid) FROM pg_rewrite r "
        "JOIN pg_class c ON c.oid = r.ev_class WHERE r.ev_class = ANY(:tables)"
    ),
    (
        "SELECT 'table', relname, relkind::text || relrowsecurity || relforcerowsecurity FROM pg_class "
        "WHERE oid = ANY(:tables)"
    ),
)
"""What PostgreSQL is asked about the ledger's tables, each question for kind, name and make."""

OWN = "SELECT oid, relname FROM pg_class WHERE relnamespace = {schema} AND relkind IN ('r', 'p', 'v', 'm', 'f')"

HERE = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"


def find_part_faults(connection: Connection) -> Iterator[Fault]:
    """Compare a database's parts with those of a ledger newly made."""
    if is_sqlite(connection):
        wanted, found = _new_sqlite(), _sqlite_parts(connection)
    else:
        made = _new_postgresql(connection)
        if made is None:
            what = (
                "its parts cannot be compared without the right to make temporary tables: run this command as the "
                "role that owns the ledger"
            )
            yield Fault(kind="changed-schema", where="the database", what=what)
            return
        wanted = made
        names = {name for kind, name in wanted if kind == "table"}
        found = _postgresql_parts(connection, HERE, names)
    yield from _mark(connection)
    for kind, name in sorted(wanted.keys() | found.keys()):
        have, want = found.get((kind, name)), wanted.get((kind, name))
        if have != want:
            yield _fault(kind, name, have, want)


def _mark(connection: Connection) -> Iterator[Fault]:
    """Look at the mark by which the schema is told."""
    marks = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if marks != [newest_schema()]:
        what = f"the schema's mark is {', '.join(map(str, marks)) or 'gone'}: restore a backup"
        yield Fault(kind="changed-schema", where="alembic_version", what=what)


def _fault(kind: str, name: str, have: str | None, want: str | None) -> Fault:
    what = "is missing" if have is None else "is not ours" if want is None else "was changed"
    return Fault(
        kind="changed-schema",
        where=f"{kind} {name}",
        what=f"the {kind} {what}: restore a backup, or find out who changed the database",
    )


@cache
def _new_sqlite() -> Parts:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        migrate(engine)
        with engine.connect() as made:
            return _sqlite_parts(made)
    finally:
        engine.dispose()


def _sqlite_parts(connection: Connection) -> Parts:
    return {
        (kind, name): " ".join((sql or "").replace('"', "").split())
        for kind, name, sql in connection.execute(text(SQLITE))
    }


_laid_out: dict[tuple[str, str], Parts] = {}
"""Parts by the server's version and the schema's: the same process proves a backup and its copy."""


def _new_postgresql(connection: Connection) -> Parts | None:
    """Lay a ledger out among temporary tables, read its parts, and take all back."""
    server = str(connection.execute(text("SHOW server_version")).scalar_one())
    key = (server, newest_schema())
    if key not in _laid_out:
        made = _lay_out_postgresql(connection)
        if made is None:
            return None
        _laid_out[key] = made
    return _laid_out[key]


def _lay_out_postgresql(connection: Connection) -> Parts | None:
    try:
        with connection.engine.connect() as scratch:
            here = scratch.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
            scratch.execute(text("CREATE TEMPORARY TABLE scratch (n INTEGER)"))
            scratch.execute(text("DROP TABLE scratch"))
            scratch.execute(text(f"SET LOCAL search_path = pg_temp, {here}"))
            lay_out(scratch)
            return _postgresql_parts(scratch, "pg_my_temp_schema()", None)
    except SQLAlchemyError:
        return None


def _postgresql_parts(connection: Connection, schema: str, names: set[str] | None) -> Parts:
    tables = {
        name: number
        for number, name in connection.execute(text(OWN.format(schema=schema)))
        if names is None or name in names
    }
    place = str(connection.execute(text(f"SELECT {schema}::regnamespace::text")).scalar_one())
    parts: dict[tuple[str, str], str] = {}
    for question in POSTGRESQL:
        for kind, name, make in connection.execute(
            text(question), {"tables": list(tables.values())}
        ):
            parts[kind, name] = _placeless(make, place)
    return parts


def _placeless(make: str, place: str) -> str:
    """Leave out where a part stands: its schema's name."""
    for name in (place, "pg_temp", "public"):
        make = make.replace(f"{name}.", "")
    return make
