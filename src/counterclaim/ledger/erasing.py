"""Erasing: words are taken out of a report and of all that was read in it; what stands since is sealed.

Rows are changed here and nowhere else. For each posting that is touched an erasure keeps the digest of its rows as they
stand since: the seal of what stood before is left as it is, and the proof accepts what an erasure vouches for, and no more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from counterclaim.ledger.append_only import unguarded
from counterclaim.ledger.codec import dump
from counterclaim.ledger.engine import writing
from counterclaim.ledger.erasable_rows import Changed, Reach, find_changes, key_of, reach_of
from counterclaim.ledger.errors import WithdrawalError
from counterclaim.ledger.notepad_redaction import cut_notes
from counterclaim.ledger.post import sha256
from counterclaim.ledger.posting import PostingDraft, digest_rows
from counterclaim.ledger.redacted_postings import ROWS, rows_of, sealed_lines, vouched_digests
from counterclaim.ledger.redactions import STONE, Cuts, cut_all, cut_quotes_of, cut_words
from counterclaim.ledger.reindex import index_again
from counterclaim.ledger.tables import (
    attributions,
    claim_keys,
    claim_parties,
    claims,
    erased,
    erasures,
    incident_states,
    postings,
    state_parties,
)
from counterclaim.ledger.vacuum import sweep
from counterclaim.ledger.visibility import chunks
from counterclaim.ledger.withdrawing import erasures_of, find_document_number, is_withdrawn
from counterclaim.ledger.words import exact_words
from counterclaim.records.withdrawn import Erasure

LISTS = (
    ("claim_keys", claim_keys, "claim", "key"),
    ("state_parties", state_parties, "state", "root"),
)
"""Indices that cannot be made again: each with its table, the column of the number, and that of the word."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be erased, by whom and why."""

    document_id: str
    words: tuple[str, ...]
    """Names, in every form that the report has; none for the whole text."""
    by: str
    reason: str


class Erasures:
    """The erasures of one ledger. Threads may share it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Wrap an engine whose schema was checked."""
        self._engine = engine
        self._now = now

    def erase(
        self, document_id: str, words: Sequence[str] = (), *, by: str, reason: str
    ) -> tuple[Erasure, bool]:
        """Take words out of a report and of all that was read in it, and sweep the database.

        Args:
            document_id: Which; withdrawn, where all its words go.
            words: A name, in every form that the report has; none for the whole text.
            by: Who decides.
            reason: Why.

        Returns:
            What was done (0 rows where nothing was left to take out), and whether the database was swept: where somebody
            else was at work in it, the same call again sweeps it.

        Raises:
            LedgerError: If it cannot be done; the message says why.
        """
        done = erase(self._engine, Wanted(document_id, tuple(words), by, reason), self._now())
        return done, sweep(self._engine)


def erase(engine: Engine, wanted: Wanted, now: datetime) -> Erasure:
    """Take words out of a report; the database's files are swept afterwards, by ``sweep``.

    Args:
        engine: Of the ledger.
        wanted: What.
        now: The clock.

    Raises:
        UnknownRowError: If there is no such report.
        WithdrawalError: If it stands and all its words are to go, the words are nowhere in it, the reason has them, or a
            posting that would be touched is not what was sealed.
    """
    with exact_words(), writing(engine) as connection:
        number = find_document_number(connection, wanted.document_id)
        reach = reach_of(connection, number)
        cuts = _cuts(connection, wanted, reach)
        _check(connection, wanted, reach, cuts)
        changes = find_changes(connection, reach, cuts)
        lists = {
            "claim_keys": _changed_keys(connection, wanted, reach),
            "state_parties": _changed_roots(connection, reach, cuts),
        }
        noted = cut_notes(connection, reach, cuts)
        touched = len(changes) + sum(map(len, lists.values())) + noted
        before = erasures_of(connection, wanted.document_id)
        if not touched:
            if not before:
                raise WithdrawalError(f"{wanted.document_id}: these words are nowhere in it")
            return replace(before[-1], rows=0)
        _prove(connection, {int(row.posting) for _, row, _ in changes})
        digests = {(table, key_of(table, row)): _digest(table, row) for table, row, _ in changes}
        _apply(connection, changes)
        _apply_lists(connection, lists)
        index_again(connection)
        draft = PostingDraft(connection, now)
        erasure = draft.add(
            erasures,
            document=number,
            is_whole=cuts.is_whole,
            sha256=sha256(reach.text),
            by=wanted.by,
            reason=wanted.reason,
            rows=touched,
        )
        _vouch_rows(draft, erasure, changes, digests)
        _vouch_lists(draft, erasure, lists)
        draft.close("erasure", wanted.document_id, wanted.by)
        return erasures_of(connection, wanted.document_id)[-1]


def _check(connection: Connection, wanted: Wanted, reach: Reach, cuts: Cuts) -> None:
    if not wanted.by.strip() or not wanted.reason.strip():
        raise WithdrawalError("say who erases, and why: give --by and --reason")
    if any(not any(map(str.isalnum, words)) for words in wanted.words):
        raise WithdrawalError(
            "there is no word in what is to be erased: give the name as it is written"
        )
    if cuts.is_whole:
        if not is_withdrawn(connection, reach.number):
            raise WithdrawalError(
                f"{reach.document_id} stands: withdraw it before all its words go"
            )
    elif any(cuts.own(words) != words for words in (wanted.by, wanted.reason)):
        raise WithdrawalError(
            "who and why stay for good: leave the name that is erased out of them"
        )


def _cuts(connection: Connection, wanted: Wanted, reach: Reach) -> Cuts:
    if wanted.words:
        cut = cut_words(wanted.words)
        return Cuts(cut, cut, is_whole=False, before=reach.text, since=cut(reach.text))
    alone = cut_words(_names_alone(connection, reach))
    shared, since = cut_quotes_of(reach.text, alone), cut_all(reach.text)
    return Cuts(cut_all, shared, is_whole=True, before=reach.text, since=since)


def _names_alone(connection: Connection, reach: Reach) -> list[str]:
    """Return the parties that no other report names."""
    own = select(claim_parties.c.root).join(claims, claims.c.n == claim_parties.c.claim)
    names = set(connection.execute(own.where(claims.c.document == reach.number)).scalars())
    said = select(attributions.c.speakers).where(attributions.c.reading.in_(reach.readings))
    for speakers in connection.execute(said).scalars():
        names |= set(filter(None, speakers.split(" & ")))
    for some in chunks(sorted(names)):
        others = own.where(claims.c.document != reach.number, claim_parties.c.root.in_(some))
        names -= set(connection.execute(others).scalars())
    return sorted(names)


Listed = Mapping[int, tuple[set[str], set[str]]]
"""What an index has of a claim or state before and since, by its number."""


def _changed_keys(connection: Connection, wanted: Wanted, reach: Reach) -> Listed:
    """Return the keys that hold a name, or a part of one: keys are made of single words too."""
    parts = [word for words in wanted.words for word in words.split() if len(word) > 2]
    cut = cut_words(parts or wanted.words) if wanted.words else lambda _: STONE
    held: dict[int, set[str]] = {}
    for some in chunks(sorted(reach.claims)):
        rows = select(claim_keys.c.claim, claim_keys.c.key).where(claim_keys.c.claim.in_(some))
        for number, key in connection.execute(rows):
            held.setdefault(number, set()).add(key)
    return _differing({number: (keys, {cut(key) for key in keys}) for number, keys in held.items()})


def _changed_roots(connection: Connection, reach: Reach, cuts: Cuts) -> Listed:
    held: dict[int, set[str]] = {}
    for some in chunks(reach.incidents):
        rows = (
            select(state_parties.c.state, state_parties.c.root)
            .join(incident_states, incident_states.c.n == state_parties.c.state)
            .where(incident_states.c.incident.in_(some))
        )
        for number, root in connection.execute(rows):
            held.setdefault(number, set()).add(root)
    return _differing(
        {number: (names, {cuts.shared(name) for name in names}) for number, names in held.items()}
    )


def _differing(found: Listed) -> Listed:
    return {number: pair for number, pair in found.items() if pair[0] != pair[1]}


def _prove(connection: Connection, numbers: Iterable[int]) -> None:
    """Pass where postings hold what was sealed: what was changed by others is not vouched for."""
    vouched = vouched_digests(connection, ROWS)
    for number in sorted(numbers):
        sealed = select(postings.c.digest).where(postings.c.n == number)
        expected = vouched.get(number) or connection.execute(sealed).scalar()
        if digest_rows(rows_of(connection, number)) != expected:
            raise WithdrawalError(
                f"posting {number} is not what was sealed: run counterclaim ledger verify before anything is erased"
            )


def _digest(table: Table, row: Sequence[Any]) -> str:
    return digest_rows([(table, [list(row)[: len(table.columns)]])])


def _apply(connection: Connection, changes: Sequence[Changed]) -> None:
    with unguarded(connection, {table.name for table, _, _ in changes}):
        for table, row, values in changes:
            key = table.c[table.primary_key.columns.keys()[0]]
            connection.execute(update(table).where(key == key_of(table, row)).values(dict(values)))


def _apply_lists(connection: Connection, lists: Mapping[str, Listed]) -> None:
    for name, table, number, word in LISTS:
        for n, (_, since) in lists[name].items():
            connection.execute(delete(table).where(table.c[number] == n))
            connection.execute(insert(table), [{number: n, word: item} for item in sorted(since)])


def _vouch_rows(
    draft: PostingDraft,
    erasure: int,
    changes: Sequence[Changed],
    before: Mapping[tuple[Table, int], str],
) -> None:
    """Keep, for each touched posting, the digest of its rows as they stand, and of each touched row before and since."""
    by_posting: dict[int, dict[tuple[Table, int], None]] = {}
    for table, row, _ in changes:
        by_posting.setdefault(int(row.posting), {})[table, key_of(table, row)] = None
    for touched, keys in sorted(by_posting.items()):
        told = []
        for table, number in sorted(keys, key=lambda item: (item[0].name, item[1])):
            key = table.c[table.primary_key.columns.keys()[0]]
            row = draft.connection.execute(select(table).where(key == number)).one()
            told.append((table.name, str(number), before[table, number], _digest(table, row)))
        draft.add(
            erased,
            erasure=erasure,
            touched=touched,
            name=ROWS,
            digest=digest_rows(rows_of(draft.connection, touched)),
            body=dump(tuple(told)),
        )


def _vouch_lists(draft: PostingDraft, erasure: int, lists: Mapping[str, Listed]) -> None:
    homes = {"claim_keys": claims, "state_parties": incident_states}
    for name, changed in lists.items():
        table, made = homes[name], set[int]()
        for some in chunks(sorted(changed)):
            wanted = select(table.c.posting).where(table.c.n.in_(some))
            made |= set(draft.connection.execute(wanted).scalars())
        for touched, digest in sealed_lines(draft.connection, name, sorted(made)):
            draft.add(
                erased, erasure=erasure, touched=touched, name=name, digest=digest, body=dump(())
            )
