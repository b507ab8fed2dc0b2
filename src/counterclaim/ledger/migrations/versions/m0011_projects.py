"""Projects: wars that are followed, and which reports and claims are theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "projects",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting"], ["postings.n"], name="fk_projects_posting"),
        sa.PrimaryKeyConstraint("n", name="pk_projects"),
    )
    op.create_index("ix_projects_posting", "projects", ["posting"], unique=False)
    op.create_index("ix_projects_id", "projects", ["id"], unique=False)
    op.create_table(
        "document_projects",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting"], ["postings.n"], name="fk_document_projects_posting"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.n"], name="fk_document_projects_document"
        ),
        sa.PrimaryKeyConstraint("n", name="pk_document_projects"),
    )
    op.create_index("ix_document_projects_posting", "document_projects", ["posting"], unique=False)
    op.create_index(
        "ix_document_projects_document_project_n",
        "document_projects",
        ["document", "project", "n"],
        unique=False,
    )
    op.create_index(
        "ix_document_projects_project_document",
        "document_projects",
        ["project", "document"],
        unique=False,
    )
    op.create_table(
        "claim_projects",
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.n"], name="fk_claim_projects_claim"),
        sa.PrimaryKeyConstraint("project", "claim", name="pk_claim_projects"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_projects_claim", "claim_projects", ["claim"], unique=False)
