"""Full text: indices of the claims' sentences and of the documents' words, filled from what is there."""

from alembic import op
from sqlalchemy import text

from counterclaim.ledger.reindex import index_words_again

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indices and fill them."""
    connection = op.get_bind()
    for index in ("claim_words", "document_words"):
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    f"CREATE VIRTUAL TABLE {index} USING fts5"
                    "(words, content='', tokenize='porter unicode61 remove_diacritics 2')"
                )
            )
        else:
            connection.execute(
                text(f"CREATE TABLE {index} (n INTEGER PRIMARY KEY, words tsvector NOT NULL)")
            )
            connection.execute(text(f"CREATE INDEX ix_{index} ON {index} USING gin (words)"))
    index_words_again(connection)
