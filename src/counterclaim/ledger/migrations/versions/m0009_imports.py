"""Imports: rows of other data sets, kept apart from what was read."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "imports",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting"], ["postings.n"], name="fk_imports_posting"),
        sa.ForeignKeyConstraint(["withdraws"], ["imports.n"], name="fk_imports_withdraws"),
        sa.PrimaryKeyConstraint("n", name="pk_imports"),
    )
    op.create_index("ix_imports_posting", "imports", ["posting"], unique=False)
    op.create_index("ix_imports_id", "imports", ["id"], unique=False)
    op.create_table(
        "import_claims",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("import", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting"], ["postings.n"], name="fk_import_claims_posting"),
        sa.ForeignKeyConstraint(["import"], ["imports.n"], name="fk_import_claims_import"),
        sa.PrimaryKeyConstraint("n", name="pk_import_claims"),
    )
    op.create_index("ix_import_claims_posting", "import_claims", ["posting"], unique=False)
    op.create_index("ix_import_claims_import", "import_claims", ["import"], unique=False)
    op.create_index(
        "ix_import_claims_kind_first_day", "import_claims", ["kind", "first_day"], unique=False
    )
