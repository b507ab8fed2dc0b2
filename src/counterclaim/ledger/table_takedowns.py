"""Tables of what was taken down: reports withdrawn, and words erased. docs/withdrawing.md says what each means."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from counterclaim.ledger.table_metadata import SHA256, metadata, number_column, posting_column
from counterclaim.ledger.words import EscapedText

withdrawals = Table(
    "withdrawals",
    metadata,
    number_column(),
    posting_column(),
    Column("document", ForeignKey("documents.n"), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("by", EscapedText, nullable=False),
    Column("reason", EscapedText, nullable=False),
    Index("ix_withdrawals_document_n", "document", "n"),
)
"""Reports withdrawn from every view, and brought back; of each document the latest row holds."""

erasures = Table(
    "erasures",
    metadata,
    number_column(),
    posting_column(),
    Column("document", ForeignKey("documents.n"), nullable=False, index=True),
    Column("is_whole", Boolean, nullable=False),
    Column("sha256", SHA256, nullable=False),
    Column("by", EscapedText, nullable=False),
    Column("reason", EscapedText, nullable=False),
    Column("rows", Integer, nullable=False),
)
"""Words taken out for good. ``sha256`` is that of the document's text as it stood before."""

erased = Table(
    "erased",
    metadata,
    number_column(),
    posting_column(),
    Column("erasure", ForeignKey("erasures.n"), nullable=False, index=True),
    Column("touched", ForeignKey("postings.n"), nullable=False, index=True),
    Column("name", String(16), nullable=False),
    Column("digest", SHA256, nullable=False),
    Column("body", EscapedText, nullable=False),
)
"""What an erasure left of an earlier posting: the digest of its rows (``rows``), or of what it added to an index, as they
stand since. ``body`` lists the rows that were touched: table, number, digest before and since."""
