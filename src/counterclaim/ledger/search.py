"""Full text: claims by the sentence that holds them, documents by all their words.

SQLite's FTS5 and PostgreSQL's tsvector hold stems and positions, not the words: those are in the documents.
"""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, text

from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.errors import SearchError

INDICES = ("claim_words", "document_words")

MOST_RANKED = 2_000
"""Matches that are put in order of fit; of more, the newest. Finding and ranking 2,000 takes about 20 ms."""

_TOKEN = re.compile(r'"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"\w+")


def index_words(connection: Connection, index: str, rows: Sequence[tuple[int, str]]) -> None:
    """Add rows to an index.

    Args:
        connection: A writing one.
        index: One of ``INDICES``.
        rows: Numbers and words.
    """
    if not rows:
        return
    value = ":words" if is_sqlite(connection) else "to_tsvector('english', :words)"
    key = "rowid" if is_sqlite(connection) else "n"
    statement = text(f"INSERT INTO {index} ({key}, words) VALUES (:n, {value})")  # noqa: S608 - fixed names
    connection.execute(statement, [{"n": n, "words": clean(words)} for n, words in rows])


def clean(words: str) -> str:
    """Leave out what databases refuse in text."""
    return re.sub("[\x00\ud800-\udfff]", " ", words)


def sqlite_index(index: str) -> str:
    """Return the statement that makes one of SQLite's indices, as the second migration made it."""
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5"
        "(words, content='', tokenize='porter unicode61 remove_diacritics 2')"
    )


def match_clause(connection: Connection, index: str) -> str:
    """Return the condition that a row of an index has the words, with the parameter ``match``."""
    if is_sqlite(connection):
        return f"{index} MATCH :match"
    return f"{index}.words @@ to_tsquery('english', :match)"


def rank_clause(connection: Connection, index: str) -> str:
    """Return the expression by which matches fit better, the smaller it is."""
    if is_sqlite(connection):
        return f"bm25({index})"
    return f"-ts_rank({index}.words, to_tsquery('english', :match))"


def key_column(connection: Connection, index: str) -> str:
    """Return the column that holds a row's number."""
    return f"{index}.rowid" if is_sqlite(connection) else f"{index}.n"


def write_match(connection: Connection, words: str) -> str:
    """Turn what a person typed into the database's own query.

    Accepts:
      1. words: all of them must stand in the sentence (``hospital strike``)
      2. words in quotation marks: one after the other (``"rocket launcher"``)
      3. a word after a minus: it must not stand there (``strike -hunger``)
      4. a word that ends in a star: any word so begun (``shell*``)

    Raises:
        SearchError: If no word is left to search for.
    """
    wanted: list[str] = []
    refused: list[str] = []
    write = _sqlite_term if is_sqlite(connection) else _postgresql_term
    for phrase, minus, word in _TOKEN.findall(words):
        parts = _WORD.findall(clean(phrase or word))
        if parts:
            (refused if minus else wanted).append(write(parts, is_open=word.endswith("*")))
    if not wanted:
        raise SearchError(words)
    if is_sqlite(connection):
        return " ".join([" AND ".join(wanted), *(f"NOT {term}" for term in refused)])
    return " & ".join([*wanted, *(f"!({term})" for term in refused)])


def _sqlite_term(parts: list[str], *, is_open: bool) -> str:
    return '"' + " ".join(parts) + '"' + ("*" if is_open else "")


def _postgresql_term(parts: list[str], *, is_open: bool) -> str:
    return "(" + " <-> ".join(f"'{part}'" for part in parts) + (":*" if is_open else "") + ")"
