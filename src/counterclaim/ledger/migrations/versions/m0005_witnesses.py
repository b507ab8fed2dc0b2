"""Witnesses: accounts are chained, the ends of chains are kept, and postings seal what stands beside their rows."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GENESIS = "0" * 64
KEPT = ("accounts", "audit")
VALUES = ("n", "at", "name", "role", "is_open", "secret", "signed")


def upgrade() -> None:
    """Make the tables; chain the accounts that are there."""
    op.create_table(
        "witnesses",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["posting"], ["postings.n"], name="fk_witnesses_posting"),
        sa.PrimaryKeyConstraint("n", name="pk_witnesses"),
    )
    op.create_index("ix_witnesses_posting", "witnesses", ["posting"], unique=False)
    op.create_index("ix_witnesses_name_n", "witnesses", ["name", "n"], unique=False)
    heads = op.create_table(
        "heads",
        sa.Column("chain", sa.String(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name="pk_heads"),
    )
    op.add_column("accounts", sa.Column("seal", sa.String(length=64), nullable=True))
    connection = op.get_bind()
    ends = {"accounts": _chain_accounts(connection), "audit": _end_of_audit(connection)}
    op.bulk_insert(
        heads, [{"chain": name, "n": n, "seal": seal} for name, (n, seal) in ends.items()]
    )
    if connection.dialect.name != "sqlite":
        for table in KEPT:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_only_added()"
            )


def _chain_accounts(connection: sa.Connection) -> tuple[int, str]:
    """Seal each account's row with the one before it; for that, changes are let through once."""
    rows = connection.exec_driver_sql(
        "SELECT n, at, name, role, is_open, secret, signed FROM accounts ORDER BY n"
    ).all()
    _let_change(connection)
    number, seal = 0, GENESIS
    for row in rows:
        number, seal = row.n, _seal(seal, row)
        connection.execute(
            sa.text("UPDATE accounts SET seal = :seal WHERE n = :n"), {"seal": seal, "n": number}
        )
    _refuse_change(connection)
    return number, seal


def _seal(before: str, row: Any) -> str:
    values = [bool(row.is_open) if name == "is_open" else getattr(row, name) for name in VALUES]
    line = json.dumps([before, *values], separators=(",", ":"))
    return hashlib.sha256(line.encode("ascii")).hexdigest()


def _let_change(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER accounts_no_update")
    else:
        connection.exec_driver_sql("ALTER TABLE accounts DISABLE TRIGGER accounts_only_added")


def _refuse_change(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE TRIGGER accounts_no_update BEFORE UPDATE ON accounts "
            "BEGIN SELECT RAISE(ABORT, 'rows of accounts are only added'); END"
        )
    else:
        connection.exec_driver_sql("ALTER TABLE accounts ENABLE TRIGGER accounts_only_added")


def _end_of_audit(connection: sa.Connection) -> tuple[int, str]:
    row = connection.exec_driver_sql("SELECT n, seal FROM audit ORDER BY n DESC LIMIT 1").first()
    return (0, GENESIS) if row is None else (row.n, row.seal)
