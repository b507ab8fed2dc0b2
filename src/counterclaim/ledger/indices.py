"""Proof of the indices: each is made again from the rows, part by part, and compared with what is there.

SQLite's full-text indices hold no words that could be read back row by row: what they hold is summed up, term by term
and place by place, and so is what they should hold. PostgreSQL's are compared row by row.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from typing import cast

from sqlalchemy import Connection, func, select, text

from counterclaim.ledger.columns import roles_of
from counterclaim.ledger.engine import is_sqlite
from counterclaim.ledger.project_membership import indexed_projects
from counterclaim.ledger.reindex import indexed_words
from counterclaim.ledger.search import INDICES, clean, sqlite_index
from counterclaim.ledger.stream import read_record, stream
from counterclaim.ledger.table_projects import claim_projects
from counterclaim.ledger.tables import claim_parties, claims, documents
from counterclaim.records.claim import Claim
from counterclaim.records.ledger_rows import Fault

AGAIN = "run: counterclaim ledger reindex"

WHOLE = 1 << 128
"""Sums of hashes are taken within this."""

Row = tuple[int, str]


def find_index_faults(connection: Connection) -> Iterator[Fault]:
    """Compare the indices with what they index."""
    for index in INDICES:
        yield from _counted(connection, index)
    if is_sqlite(connection):
        yield from _sqlite_words(connection)
    else:
        yield from _postgresql_words(connection)
    yield from _parties(connection)
    yield from _projects(connection)


def _counted(connection: Connection, index: str) -> Iterator[Fault]:
    table = claims if index == "claim_words" else documents
    total = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    held = f"{index}_docsize" if is_sqlite(connection) else index
    found = connection.execute(text(f"SELECT count(*) FROM {held}")).scalar()  # noqa: S608 - fixed names
    if found != total:
        what = f"{found} rows are indexed and {total} are there; {AGAIN}"
        yield Fault(kind="lost-index", where=index, what=what)


def _wrong(index: str) -> Fault:
    what = f"it finds other words than the rows have; {AGAIN}"
    return Fault(kind="lost-index", where=index, what=what)


def _sqlite_words(connection: Connection) -> Iterator[Fault]:
    wanted = dict.fromkeys(INDICES, 0)
    totals = {index: [0, 0] for index in INDICES}
    for index, rows in indexed_words(connection):
        with closing(sqlite3.connect(":memory:")) as scratch:
            scratch.execute(sqlite_index(index))
            scratch.executemany(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", _cleaned(rows))  # noqa: S608
            held = _sum_up(scratch, index)
        wanted[index] = (wanted[index] + held[0]) % WHOLE
        totals[index] = [totals[index][0] + held[1], totals[index][1] + held[2]]
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    for index in INDICES:
        try:
            found, rows_held, words_held = _sum_up(raw, index)
            is_right = [rows_held, words_held] == totals[index] and found == wanted[index]
            is_right = is_right and _can_be_sought(raw, index, totals[index])
        except (sqlite3.Error, IndexError):
            is_right = False
        if not is_right:
            yield _wrong(index)


def _cleaned(rows: Sequence[Row]) -> list[Row]:
    return [(number, clean(words)) for number, words in rows]


def _sum_up(raw: sqlite3.Connection, index: str) -> tuple[int, int, int]:
    """Sum up all that an index holds; give also its rows and words."""
    found = rows = words = 0
    with _vocabulary(raw, index, "instance") as name:
        for entry in raw.execute(f"SELECT term, doc, offset FROM {name}"):  # noqa: S608 - fixed names
            found += _hash(*entry)
    for number, size in raw.execute(f"SELECT id, sz FROM {index}_docsize"):  # noqa: S608
        found += _hash("", number, bytes(size))
        rows, words = rows + 1, words + _varint(bytes(size), 0)[0]
    return found % WHOLE, rows, words


def _hash(*values: object) -> int:
    line = "\x1f".join(map(str, values)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(line, digest_size=16).digest())


class _vocabulary:  # noqa: N801 - a context manager used as a function
    """SQLite's own view of an index: every term with its rows and places."""

    def __init__(self, raw: sqlite3.Connection, index: str, kind: str) -> None:
        self._raw, self._name, self._index, self._kind = raw, f"temp.proof_{kind}", index, kind

    def __enter__(self) -> str:
        with suppress(sqlite3.Error):
            self._raw.execute(f"DROP TABLE IF EXISTS {self._name}")
        self._raw.execute(
            f"CREATE VIRTUAL TABLE {self._name} USING fts5vocab('main', '{self._index}', '{self._kind}')"
        )
        return self._name

    def __exit__(self, *error: object) -> None:
        with suppress(sqlite3.Error):
            self._raw.execute(f"DROP TABLE IF EXISTS {self._name}")


def _can_be_sought(raw: sqlite3.Connection, index: str, totals: list[int]) -> bool:
    """Return whether each term is found when it is sought, and the averages by which matches are ranked are right."""
    (block,) = raw.execute(f"SELECT block FROM {index}_data WHERE id = 1").fetchone()  # noqa: S608
    if totals[0] and _averages(bytes(block)) != totals:
        return False
    with _vocabulary(raw, index, "row") as terms, _vocabulary(raw, index, "instance") as places:
        lost = raw.execute(
            f"SELECT 1 FROM {terms} r WHERE r.cnt <> (SELECT count(*) FROM {places} i WHERE i.term = r.term)"  # noqa: S608
        )
        return lost.fetchone() is None


def _averages(block: bytes) -> list[int]:
    rows, at = _varint(block, 0)
    return [rows, _varint(block, at)[0]]


def _varint(block: bytes, at: int) -> tuple[int, int]:
    """Read one of SQLite's numbers of several bytes; give it, and where the next begins."""
    value = 0
    for step in range(9):
        byte = block[at + step]
        if step == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise IndexError


def _postgresql_words(connection: Connection) -> Iterator[Fault]:
    wrong: Counter[str] = Counter()
    for index, rows in indexed_words(connection):
        pairs = _cleaned(rows)
        differing = connection.execute(
            text(
                "SELECT count(*) FROM unnest(CAST(:numbers AS integer[]), CAST(:words AS text[])) AS i (n, words) "  # noqa: S608
                f"LEFT JOIN {index} USING (n) WHERE {index}.words IS DISTINCT FROM to_tsvector('english', i.words)"
            ),
            {"numbers": [n for n, _ in pairs], "words": [words for _, words in pairs]},
        )
        wrong[index] += int(differing.scalar_one())
    for index in INDICES:
        if wrong[index]:
            yield _wrong(index)


def _parties(connection: Connection) -> Iterator[Fault]:
    """Compare the index of parties with the claims, row by row."""
    expected: Counter[tuple[int, str, str]] = Counter()
    for number, body in stream(connection, select(claims.c.n, claims.c.body)):
        claim = read_record(Claim, body)
        if claim is not None:
            expected.update((number, root, role) for root, role in roles_of(claim))
    for row in stream(
        connection, select(claim_parties.c.claim, claim_parties.c.root, claim_parties.c.role)
    ):
        expected.subtract([(row.claim, row.root, row.role)])
    wrong = sum(abs(count) for count in expected.values())
    if wrong:
        what = f"{wrong} rows are lacking or do not belong there; {AGAIN}"
        yield Fault(kind="lost-index", where="claim_parties", what=what)


def _projects(connection: Connection) -> Iterator[Fault]:
    """Compare the index of projects with what reports, claims and files say, row by row."""
    expected = Counter(indexed_projects(connection))
    rows = select(claim_projects.c.claim, claim_projects.c.project)
    expected.subtract((row.claim, row.project) for row in stream(connection, rows))
    wrong = sum(abs(count) for count in expected.values())
    if wrong:
        what = f"{wrong} rows are lacking or do not belong there; {AGAIN}"
        yield Fault(kind="lost-index", where="claim_projects", what=what)
