"""Tables of projects: wars that are followed, and which reports and claims are theirs."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from counterclaim.ledger.table_metadata import SHA256, metadata, number_column, posting_column
from counterclaim.ledger.words import EscapedText

projects = Table(
    "projects",
    metadata,
    number_column(),
    posting_column(),
    Column("id", EscapedText, nullable=False, index=True),
    Column("name", EscapedText, nullable=False),
    Column("digest", SHA256, nullable=False),
    Column("by", EscapedText, nullable=False),
    Column("body", EscapedText, nullable=False),
)
"""Wars that are followed, each by its conflict file as it was read; the latest row of an id holds."""

document_projects = Table(
    "document_projects",
    metadata,
    number_column(),
    posting_column(),
    Column("document", ForeignKey("documents.n"), nullable=False),
    Column("project", EscapedText, nullable=False),
    Column("joined", Boolean, nullable=False),
    Column("basis", String(16), nullable=False),
    Column("by", EscapedText, nullable=False),
    Column("why", EscapedText, nullable=False),
    Index("ix_document_projects_document_project_n", "document", "project", "n"),
    Index("ix_document_projects_project_document", "project", "document"),
)
"""Reports joining and leaving projects, as proposed or by hand; of each pair the latest row holds."""

claim_projects = Table(
    "claim_projects",
    metadata,
    Column("project", EscapedText, primary_key=True),
    Column("claim", ForeignKey("claims.n"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)
"""Which claims are of which project now: an index, made again from reports, parties and places when it is lost."""
