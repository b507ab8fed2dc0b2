"""Table metadata: what all tables stand on: their register, how their parts are named, and the columns that most of them have."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

ID = String(24)
DAY = String(10)
AT = String(27)
SHA256 = String(64)


def number_column() -> Column[int]:
    """Make the column of a row's number, which the writer gives."""
    return Column("n", Integer, primary_key=True, autoincrement=False)


def posting_column() -> Column[int]:
    """Make the column of the posting that wrote a row."""
    return Column("posting", ForeignKey("postings.n"), nullable=False, index=True)
