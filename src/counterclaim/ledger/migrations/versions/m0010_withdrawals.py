"""Withdrawals and erasures: reports that count no longer, and words that were taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ADDED = ("withdrawals", "erasures", "erased")
"""Tables whose rows are only added."""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "withdrawals",
        *_head("withdrawals"),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("withdrawals", "document", "documents"),
    )
    op.create_index("ix_withdrawals_document_n", "withdrawals", ["document", "n"], unique=False)
    op.create_table(
        "erasures",
        *_head("erasures"),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        _key("erasures", "document", "documents"),
    )
    op.create_index("ix_erasures_document", "erasures", ["document"], unique=False)
    op.create_table(
        "erased",
        *_head("erased"),
        sa.Column("erasure", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _key("erased", "erasure", "erasures"),
        _key("erased", "touched", "postings"),
    )
    op.create_index("ix_erased_erasure", "erased", ["erasure"], unique=False)
    op.create_index("ix_erased_touched", "erased", ["touched"], unique=False)
    for table in ADDED:
        op.create_index(f"ix_{table}_posting", table, ["posting"], unique=False)
    _refuse_changes()


def _head(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=f"pk_{table}"),
        _key(table, "posting", "postings"),
    ]


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.n"], name=f"fk_{table}_{column}")


def _refuse_changes() -> None:
    connection = op.get_bind()
    for table in ADDED:
        if connection.dialect.name == "sqlite":
            for act in ("UPDATE", "DELETE"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
                )
            continue
        for name, acts in (("only_added", "UPDATE OR DELETE"), ("not_emptied", "TRUNCATE")):
            each = "STATEMENT" if acts == "TRUNCATE" else "ROW"
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_{name} BEFORE {acts} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION rows_are_only_added()"
            )
